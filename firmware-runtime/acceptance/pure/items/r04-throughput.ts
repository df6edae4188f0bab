// Clause 10.3.2.4 and table L.1: transactions per second by the number of lots served, from 100 on. The requirement is
// on the platform, so it does not apply to a lot. When a rule pack names the number of lots (`lots`, 0 in the base),
// each lot must show an even share: more answers than that in the busiest span of its accesses. A lot that never made
// requests at that rate proves nothing.
import { t } from '#base/pure/words/fault-text.ts'
import { parseIso } from '#base/pure/values/instant.ts'
import type { Rules } from '#base/pure/rules/rule-pack.ts'
import type { AccessFact } from '#ledger/pure/facts.ts'
import { accessEvidence, defineAcceptanceItem, found, judged, type Evidence } from '../item.ts'
import { secondsOf } from '../seconds.ts'

function limitsOf(rules: Rules) {
  const [tps, lots] = [rules.limit('R4', 'tps'), rules.limit('R4', 'lots')]
  const spanSec = rules.limit('R4', 'span')
  // Table L.1 requires more than this number, so one is added.
  return { tps, lots, spanSec, needed: Math.floor((tps / lots) * spanSec) + 1 }
}

const notOfALot = t(
  '表 L.1 按服务的停车场数量要求平台(100 个起),不适用于单个停车场;规则包写明停车场数时按份额判定',
  'Table L.1 sets this requirement for a platform by the number of lots it serves (100 or more), not for a single lot; if the rule pack names the number of lots, the share of one lot is judged',
)

interface Busiest {
  readonly asked: readonly AccessFact[]
  readonly answered: number
}

const isAnswered = ({ status, isRefused }: AccessFact): boolean =>
  status !== null && status >= 200 && status < 400 && isRefused !== true

/** Table L.1 is about the expansion platform; lines of older versions name none. */
const isOfPlatform = ({ destination = 'platform' }: AccessFact): boolean =>
  destination === 'platform'

/** The span with the most answers; among equals the one with the most requests. */
function busiest(accesses: readonly AccessFact[], spanMs: number): Busiest {
  const sent = accesses
    .map((one) => ({ one, atMs: parseIso(one.atIso) ?? 0 }))
    .toSorted((a, b) => a.atMs - b.atMs)
  let best: Busiest = { asked: [], answered: 0 }
  let [from, answered] = [0, 0]
  for (const [to, { one, atMs }] of sent.entries()) {
    answered += Number(isAnswered(one))
    for (let old = sent[from]; old !== undefined && old.atMs <= atMs - spanMs; old = sent[from]) {
      answered -= Number(isAnswered(old.one))
      from++
    }
    const asked = to - from + 1
    if (answered < best.answered || (answered === best.answered && asked <= best.asked.length))
      continue
    best = { asked: sent.slice(from, to + 1).map((each) => each.one), answered }
  }
  return best
}

export const throughput = defineAcceptanceItem({
  id: 'R4',
  title: t('系统吞吐量', 'Throughput'),
  rule: {
    clause: '10.3.2.4',
    evidence: ['access'],
    thresholds: {
      tps: {
        words: t('每秒请求', 'requests a second'),
        value: 150,
        unit: 'count',
        basis: 'printed',
        min: 1,
        max: 100_000,
      },
      lots: {
        words: t('停车场数(0:不适用)', 'car parks (0: not applicable)'),
        value: 0,
        unit: 'count',
        basis: 'assumed',
        min: 0,
        max: 100_000,
      },
      span: {
        words: t('时间窗', 'span'),
        value: 60,
        unit: 's',
        basis: 'assumed',
        min: 1,
        max: 3_600,
      },
    },
  },
  printed: '系统吞吐量按服务的停车场数量应满足附录 L 中表 L.1 的要求',
  needs: ['anyPlatform'],
  steps: [
    t(
      '把 pacePerMin 设得高于这一份额,断开平台,让车出场直到待传够多',
      'Set pacePerMin above this share, disconnect the platform, and let cars out until enough records are waiting',
    ),
    t('恢复平台,运行 queue drain,再判定', 'Restore the platform, run queue drain, then judge'),
  ],
  expected: (rules) => {
    const { tps, lots, spanSec, needed } = limitsOf(rules)
    if (lots === 0) return notOfALot
    return t(
      `最忙的 ${spanSec} 秒里答复至少 ${needed} 次(每 ${lots} 个停车场 >${tps} TPS 的一份)`,
      `At least ${needed} answers in the busiest ${spanSec} s (the share of >${tps} TPS for ${lots} lots)`,
    )
  },
  assumed: t(
    '规则包写明停车场数时,单个停车场按平均份额判定,时间窗是假定;整个平台的吞吐量由平台一方测',
    'If the rule pack names the number of lots, one lot is judged by an even share and the time span is assumed; the throughput of the whole platform is measured by the platform',
  ),
  plant: {
    why: t(
      '按自己的节奏上传的停车场不会问得这么快:要先攒下待传,平台的故障只会让它问得更慢',
      'A lot that uploads at its own pace never sends this fast: it needs a backlog first, and a platform fault only makes it send more slowly',
    ),
  },
  judge({ accesses, rules }) {
    const { lots, spanSec, needed } = limitsOf(rules)
    if (lots === 0) return found('notApplicable', notOfALot)
    const { asked, answered } = busiest(accesses.filter(isOfPlatform), spanSec * 1_000)
    const perSec = secondsOf(answered / spanSec)
    const said = t(
      `${spanSec} 秒里发出 ${asked.length} 次,答复 ${answered} 次,需要 ${needed} 次`,
      `${asked.length} requests and ${answered} answers in ${spanSec} s, ${needed} answers are needed`,
    )
    const figures: Evidence = {
      source: 'access',
      ref: `${asked.length}`,
      text: `asked=${asked.length} answered=${answered} in ${spanSec} s`,
      said: { words: said, atIso: null },
    }
    const evidence = [figures, ...asked.slice(0, 1).map(accessEvidence)]
    if (answered >= needed)
      return judged(
        [],
        [],
        t(`${said.zh},每秒 ${perSec}`, `${said.en}, ${perSec} a second`),
        evidence,
      )
    return asked.length >= needed
      ? judged([{ assertion: 'slow', words: said, evidence }], [], said, [])
      : judged([], [said], said, [])
  },
})
