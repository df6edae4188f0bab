// Table F.1 row 5: without an answer the exit queries the result, and the barrier follows that. Judged by the states of
// such a charge, the queries in the access log between them, and the platform's own answer.
import { t } from '#base/pure/words/fault-text.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { isTaken } from '../accesses.ts'
import { askedWords, isTakenAt } from '../asked-words.ts'
import type { AcceptanceFacts, AccessFact } from '#ledger/pure/facts.ts'
import { accessEvidence, defineAcceptanceItem, judged, rowEvidence, type Wrong } from '../item.ts'
import { carOf, chargedFen, chargesOf, isPaid, type Charge } from '../transactions.ts'
import { spoilt } from '../plant.ts'
import type { Assertion } from '../next-steps.ts'

/** A query that the expansion platform answered, also by "not found"; lines of older versions name no platform. */
const isQuery = ({ interfaceId, status, destination }: AccessFact): boolean =>
  interfaceId === 'chargeQuery' &&
  status !== null &&
  (destination === undefined || destination === 'platform')

/** Answered queries, made before the outcome of the charge was written. */
function queriesOf(charge: Charge, { accesses }: AcceptanceFacts): readonly AccessFact[] {
  const { outcome, intent } = charge
  if (outcome === null) return []
  const [from, to] = [isoOf(intent.atMs), isoOf(outcome.atMs + 1_000)]
  return accesses.filter((one) => isQuery(one) && one.atIso >= from && one.atIso <= to)
}

function faultsOf(
  charge: Charge,
  queries: readonly AccessFact[],
  all: readonly Charge[],
): readonly Wrong[] {
  const { outcome, passes, word } = charge
  const evidence = [
    ...queries.map(accessEvidence),
    ...[charge.intent, outcome].filter((row) => row !== null).map(rowEvidence),
  ]
  const say = (assertion: Assertion, zh: string, en: string): readonly Wrong[] => [
    { assertion, words: t(`${carOf(charge)}:${zh}`, `${carOf(charge)}: ${en}`), evidence },
  ]
  if (isPaid(charge) && !isLetOut(charge))
    return say(
      'noCommand',
      '查询得到成功,没有抬杆命令',
      'the query confirmed the charge, but no command opened the barrier',
    )
  const rose = passes.some(({ body }) => body.cause === 'etc')
  if (rose && !isPaid(charge))
    return say(
      'openedUnpaid',
      '查询没有得到成功,却按 ETC 抬杆',
      'the query did not confirm the charge, but the barrier opened as ETC',
    )
  // A charge with an amount at the platform took money.
  const took = all.filter(
    (one) => one.intent.stayId === charge.intent.stayId && (one.word?.amountFen ?? null) !== null,
  )
  if (took.length > 1)
    return say(
      'chargedTwice',
      `平台对同一停留扣了 ${took.length} 次`,
      `the platform charged the same stay ${took.length} times`,
    )
  if (!isPaid(charge) || word === null || word.says === 'unasked') return []
  if (word.says === 'hasNot')
    return say(
      'platformHasNot',
      '查询后记为成功,平台没有这笔',
      'it was called paid after a query, but the platform does not have it',
    )
  if (!isTakenAt(word, charge.refunds.length > 0))
    return say(
      'platformState',
      `查询后记为成功,平台为 ${word.state}`,
      `it was called paid after a query, but the platform says ${word.state}`,
    )
  const fen = chargedFen(charge)
  if (word.amountFen === fen) return []
  return say(
    'platformAmount',
    `账本 ${fen} 分,平台 ${word.amountFen ?? '-'} 分`,
    `the ledger has ${fen} fen, but the platform has ${word.amountFen ?? '-'} fen`,
  )
}

/** A car that was paid after a query is let out. */
const isLetOut = ({ passes, barriers }: Charge): boolean =>
  passes.length === 0 ||
  passes.some(({ body }) => barriers.some((one) => one.body.passId === body.passId))

export const chargeQuery = defineAcceptanceItem({
  id: 'F5',
  title: t('联机查询扣款结果', 'Query of a charge'),
  rule: { clause: 'F.1-5', evidence: ['ledger', 'access'] },
  printed: '按标准协议发起联机查询扣款结果，根据响应结果抬杆或者不抬杆',
  needs: ['online', 'platform'],
  steps: [
    t('让平台收到扣款而答复丢失一次', 'Let the platform receive a charge and lose its answer once'),
    t(
      '车道查询结果,按结果抬杆',
      'The lane queries the result, and the barrier opens according to it',
    ),
  ],
  expected: t(
    '无答复后先查询再决定;只扣一次',
    'Without an answer, the lane queries the result before it decides; the car is charged only once',
  ),
  assumed: null,
  plant: spoilt('charges', { drive: 'lostAnswer', turns: 'platformHasNot' }),
  judge(facts) {
    const all = chargesOf(facts)
    const queried = all.flatMap((charge) => {
      const queries = queriesOf(charge, facts)
      return queries.length === 0 ? [] : [{ charge, queries }]
    })
    const asked = askedWords(
      queried.map(({ charge }) => charge),
      facts,
    )
    // An answer without success decides nothing, but what the lane did behind it is judged.
    const decided = queried.filter(({ queries }) => queries.some(isTaken))
    const missing = [
      ...(decided.length === 0
        ? [t('还没有查询过扣款结果', 'no charge result was queried yet')]
        : []),
      ...(decided.length > 0 && !decided.some(({ charge }) => charge.word?.says === 'has')
        ? [
            t(
              '平台没有证实查询过的扣款',
              'the platform has not confirmed a charge that was queried',
            ),
          ]
        : []),
      ...asked.missing,
    ]
    return judged(
      queried.flatMap(({ charge, queries }) => faultsOf(charge, queries, all)),
      missing,
      t(
        `${decided.length} 次按查询结果处理:${asked.words.zh}`,
        `${decided.length} charges were decided by the query result: ${asked.words.en}`,
      ),
      decided.flatMap(({ charge, queries }) => [
        ...queries.map(accessEvidence),
        ...(charge.outcome === null ? [] : [rowEvidence(charge.outcome)]),
      ]),
    )
  },
})
