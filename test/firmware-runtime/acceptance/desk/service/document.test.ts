// The document of an acceptance: each item with its verdict, and a mark on every page when the run was simulated.
// Only its content is tested here; its layout is that of all reports.
import { expect, it } from 'vitest'
import { acceptanceItems } from '#acceptance/pure/items/index.ts'
import { clauseOf } from '#acceptance/pure/item.ts'
import { acceptanceDocument } from '#acceptance/desk/service/document.ts'
import type { AcceptRecord } from '#acceptance/desk/record/record.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { baseRules, knownDigests, rulesIn } from '#base/pure/rules/packs.ts'
import { alterationWords, alteredWords } from '#base/pure/rules/rule-alterations.ts'
import { recordOf } from '../record/record-kit.ts'

const lock = {
  why: t('没有勘测', 'no survey'),
  override: { by: '验收员', reason: '原因', atIso: 'x' },
}
function recordWith(simulated: boolean): AcceptRecord {
  const record = recordOf(undefined, { simulated, lock })
  return {
    ...record,
    items: record.items.map((item, i) => ({
      ...item,
      verdict: i === 0 ? 'fail' : 'pass',
      words: i === 0 ? t('金额不符', 'another amount') : t('好', 'good'),
      evidence: [{ source: 'ledger', ref: '17', text: 'x' }],
    })),
  }
}
const textOf = (simulated: boolean, language: 'zh' | 'en'): string =>
  JSON.stringify(acceptanceDocument(recordWith(simulated), 0, language))

it('has every row with its verdict, why, and what it stands on', () => {
  const text = textOf(false, 'en')
  for (const { id } of acceptanceItems) expect(text).toContain(`"${clauseOf(id, baseRules)}"`)
  for (const said of ['another amount', 'Ledger 17', 'no survey', '验收员', 'Lot one GX00099'])
    expect(text).toContain(said)
  for (const said of ['不通过', '账本 17']) expect(textOf(false, 'zh')).toContain(said)
})

it('says at the foot of every page that a run was simulated, and of no other', () => {
  const foot = (simulated: boolean) => acceptanceDocument(recordWith(simulated), 0, 'zh').footer
  expect(foot(true)).toMatch(/^模拟运行，不是验收 · 第 \{page\} 页/)
  expect(foot(false)).toMatch(/^第 \{page\} 页/)
  expect(textOf(true, 'en')).toContain('SIMULATED, no acceptance')
})

it('has by what and from what it was judged, both transcripts, and the papers behind them', () => {
  const { sections } = acceptanceDocument(recordWith(false), 0, 'en')
  const ids = sections.map(({ id }) => id)
  const order = [
    'head',
    'E',
    'F',
    'G',
    'H',
    'I',
    'R',
    'sessions',
    'combinations',
    'transcripts',
    'J',
    'K',
    'M',
    'N',
    'S',
    'rules',
  ]
  expect(ids).toEqual(order)
  const { accesses, words } = recordOf()
  const text = JSON.stringify(sections)
  const said = [
    '1.2.3',
    `SM3 ${knownDigests['guangxi']?.at(-1)?.slice(0, 16) ?? ''}`,
    'platform.example:8443',
    'J.1-2',
  ]
  const { matrix = [] } = recordOf().items.find(({ id }) => id === 'E3') ?? {}
  expect(matrix).toHaveLength(16)
  for (const { businessNo, frames } of matrix)
    for (const one of [businessNo, ...frames]) expect(text).toContain(one)
  for (const one of [...said, accesses.at(-1)?.requestId, words.at(-1)?.businessNo])
    expect(text).toContain(one)
})

it('names every run of the car park, also those that failed or were broken off', () => {
  const judged = (verdict: 'pass' | 'fail') => [
    { id: 'E1' as const, verdict, failed: [], red: null },
  ]
  const run = (at: string, of: ReturnType<typeof judged> | readonly []) => ({
    atIso: `2026-03-02T0${at}:00:00.000+08:00`,
    isRed: false,
    judged: of,
  })
  const session = (sessionId: string, ...runs: readonly ReturnType<typeof run>[]) => ({
    sessionId,
    fromIso: '2026-03-02T00:00:00.000+08:00',
    aimedAt: null,
    runs,
  })
  const sessions = [session('A1', run('8', judged('fail')), run('9', [])), session('A2')]
  const document = acceptanceDocument({ ...recordOf(), sessions }, 0, 'zh')
  const text = JSON.stringify(document.sections.find(({ id }) => id === 'sessions'))
  expect(text).toContain('不通过 1 项：E1')
  expect(text).toContain('中断')
  expect(text).not.toContain('跳过')
})

it.each([
  ['王工', '判定 0 项', '跳过 F1', '王工'],
  [null, '判定 0 项', '跳过 F1', '-'],
])('names what was left out, and by whom: %s', (by, ...said) => {
  const atIso = '2026-03-02T08:00:00.000+08:00'
  const verdict = 'incomplete' as const
  const left = { verdict, failed: [], red: null, skipped: { by, atIso } }
  const runs = [{ atIso, isRed: true, judged: [{ id: 'F1' as const, ...left }] }]
  const sessions = [{ sessionId: 'A1', fromIso: atIso, aimedAt: null, runs }]
  const document = acceptanceDocument({ ...recordOf(), sessions }, 0, 'zh')
  const text = JSON.stringify(document.sections.find(({ id }) => id === 'sessions'))
  for (const one of said) expect(text).toContain(one)
})

it('says on its cover, in the rows and in the verdicts which rules were altered', () => {
  const { altered } = rulesIn({
    format: 1,
    id: 'ours',
    standard: 'X 1',
    province: '45',
    over: 'guangxi',
    rules: { I1: null, R1: { printed: '宽松' } },
  })
  const { head, items, ...record } = recordOf()
  const said = altered.map((one) => ({ ...one, words: alterationWords(one) }))
  const shown = {
    ...record,
    head: { ...head, pack: { ...head.pack, altered: said } },
    items: items.map((item) => ({ ...item, altered: alteredWords(altered, item.id) })),
  }
  const document = acceptanceDocument(shown, 0, 'zh')
  const cover = JSON.stringify(document.sections[0])
  for (const { rule } of said) expect(cover).toContain(rule)
  expect(document.basis).not.toContain('依据 DBJT45')
  const rows = document.sections.flatMap(({ blocks }) =>
    blocks.flatMap((block) => (block.kind === 'table' ? block.rows : [])),
  )
  const marked = rows.filter(([, , verdict]) => verdict?.text.includes('按改动过的规则'))
  expect(marked.map(([clause]) => clause?.text)).toEqual(
    items.filter(({ id }) => id === 'I1' || id === 'R1').map(({ clause }) => clause),
  )
})

it('says on its cover under which certificates the platforms answered, and of which none was recorded', () => {
  const { head, ...record } = recordOf()
  const fromIso = '2026-03-02T08:00:00.000+08:00'
  const certificate = {
    channel: 'platform' as const,
    host: '192.168.1.20:8443',
    fingerprint: '0123456789ABCDEF'.repeat(4),
    subject: 'TEST platform',
    issuer: 'TEST platform TLS authority',
    notAfterIso: '2031-03-02T08:00:00.000+08:00',
    fromIso,
    simulated: true,
  }
  const unrecorded = [{ channel: 'operator', fromIso }]
  const shown = { ...record, head: { ...head, certificates: [certificate], unrecorded } }
  const cover = JSON.stringify(acceptanceDocument(shown, 0, 'en').sections[0])
  for (const one of [certificate.host, certificate.subject, certificate.issuer])
    expect(cover).toContain(one)
  expect(cover).toMatch(/SHA-256 0123456789ABCDEF[^"]*2026-03-02T08:00:00[^"]*simulated/)
  expect(cover).toMatch(/operator's platform · not recorded/)
  const earlier = JSON.stringify(acceptanceDocument({ ...record, head }, 0, 'en').sections[0])
  expect(earlier).not.toContain('TLS certificate of a platform')
})
