// Table F.1 row 6: a refund is requested online, and the state of the payment follows the answer (8.3.2 c to g). Judged
// by the steps in the ledger, the progress queries in the access log, and the platform's answer about the same number.
import { t } from '#base/pure/words/fault-text.ts'
import { isSuccess } from '../uploads.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { overchargedReason, wentBy } from '#base/pure/values/refund-means.ts'
import { isSamePerson } from '#base/pure/values/same-person.ts'
import { isTaken } from '../accesses.ts'
import type { AcceptanceFacts, AccessFact } from '#ledger/pure/facts.ts'
import {
  accessEvidence,
  defineAcceptanceItem,
  judged,
  rowEvidence,
  wordEvidence,
  type Wrong,
} from '../item.ts'
import { chargedFen, chargesOf, ofKind, type Charge, type RowOf } from '../transactions.ts'
import { spoilt } from '../plant.ts'
import type { Assertion } from '../next-steps.ts'

interface Back {
  readonly row: RowOf<'refund'>
  /** Null: its charge is older than the rows that are judged. */
  readonly charge: Charge | null
  /** The refund request sent to the platform; null: none was sent. */
  readonly sent: RowOf<'outbox'> | null
  /** The last answer to that request. */
  readonly answer: RowOf<'outboxState'> | null
  readonly states: readonly RowOf<'refundState'>[]
  /** Answered progress queries sent before the refund ended. */
  readonly queries: readonly AccessFact[]
  readonly word: AcceptanceFacts['words'][number] | null
}

const lastOf = ({ states }: Back) => states.at(-1) ?? null
const isDone = (back: Back): boolean => {
  const body = lastOf(back)?.body
  return body?.state === 'success' && body.means === undefined
}

/** Refunds of ETC charges. Other payments are paid back by hand and do not belong to this row. */
function refundsOf(facts: AcceptanceFacts): readonly Back[] {
  const { rows, words, accesses } = facts
  const charges = chargesOf(facts)
  const steps = Map.groupBy(ofKind(rows, 'refundState'), ({ body }) => body.refundId)
  const sent = ofKind(rows, 'outbox').filter(
    ({ body }) => body.op === 'refund' && body.destination === 'platform',
  )
  const answers = Map.groupBy(ofKind(rows, 'outboxState'), ({ body }) => body.outboxId)
  return ofKind(rows, 'refund').flatMap((row): readonly Back[] => {
    const { outTradeNo, refundId } = row.body
    if (outTradeNo === undefined) return []
    const states = steps.get(refundId) ?? []
    const request = sent.find(({ body }) => body.businessNo === refundId) ?? null
    const [from, to] = [isoOf(row.atMs), isoOf((states.at(-1)?.atMs ?? row.atMs) + 1_000)]
    return [
      {
        row,
        charge: charges.find(({ intent }) => intent.body.outTradeNo === outTradeNo) ?? null,
        sent: request,
        answer: request === null ? null : (answers.get(request.body.outboxId)?.at(-1) ?? null),
        states,
        queries: accesses.filter(
          (one) =>
            one.interfaceId === 'refundQuery' &&
            isTaken(one) &&
            (one.destination === undefined || one.destination === 'platform') &&
            from <= one.atIso &&
            one.atIso <= to,
        ),
        word: words.findLast((one) => one.kind === 'refund' && one.businessNo === refundId) ?? null,
      },
    ]
  })
}

type Said = readonly [assertion: Assertion, zh: string, en: string]

/** 8.3.2 d: only a paid charge may be refunded. */
const paidFault = ({ charge, row }: Back): Said | null =>
  charge === null || charge.outcomes.some(({ body, seq }) => body.state === 'paid' && seq < row.seq)
    ? null
    : ['notPaidBefore', '退款先于扣款成功', 'the refund was requested before the charge succeeded']

const ranks = { pending: 1, approved: 2, abnormal: 2, success: 3, rejected: 3 } as const

/** An end is final, except when people pay back after a rejection; an approved refund never waits again. */
function orderFault({ states }: Back): Said | null {
  const at = states.findIndex(({ body }, i) => {
    const before = states[i - 1]?.body
    if (before === undefined || before.state === body.state) return false
    if (before.state === 'rejected') return body.means === undefined
    return before.state === 'success' || ranks[body.state] < ranks[before.state]
  })
  const [before, after] = [states[at - 1]?.body.state, states[at]?.body.state]
  if (before === undefined || after === undefined) return null
  return ['stateOrder', `${before} 之后又成为 ${after}`, `it became ${after} after ${before}`]
}

/** 8.3.2 c: the refund goes through the interface. */
const interfaceFault = (back: Back): Said | null =>
  isDone(back) && back.sent === null
    ? [
        'notByInterface',
        '记为成功,没有经接口申请',
        'the ledger calls it done, but it was not requested through the interface',
      ]
    : null

/** 8.3.2 f: a step in between is known through a progress query alone. */
const progressFault = (back: Back): Said | null =>
  isDone(back) && back.states.length > 1 && back.queries.length === 0
    ? [
        'progressNotAsked',
        '没有查询进展就记为成功',
        'it was called done, but its progress was never queried',
      ]
    : null

/** 8.3.2 g: paid back by hand only what the platform rejected or does not have, or what a card was overcharged. */
function wayFault(back: Back): Said | null {
  const { charge, sent, row } = back
  const means = lastOf(back)?.body.means
  const isThere = (charge?.word?.amountFen ?? null) !== null
  if (means === undefined || sent !== null || !isThere) return null
  // The issuer credits it to the account of the card.
  if (row.body.reason === overchargedReason || wentBy(means) === 'etc') return null
  return [
    'otherWay',
    `平台有这笔扣款,没有申请就以 ${means} 退还`,
    `the platform has this charge, but it was given back as ${means} without a request`,
  ]
}

function wordFault(back: Back): Said | null {
  const { word, row } = back
  if (!isDone(back) || word === null || word.says === 'unasked') return null
  if (word.says === 'hasNot')
    return [
      'platformHasNot',
      '账本记成功,平台没有',
      'the ledger calls it done, but the platform does not have it',
    ]
  if (word.state !== 'REFUNDED' && word.state !== 'SUCCESS')
    return [
      'platformState',
      `账本记成功,平台为 ${word.state}`,
      `the ledger calls it done, but the platform says ${word.state}`,
    ]
  if (word.amountFen === null || word.amountFen === row.amountFen) return null
  return [
    'platformAmount',
    `账本 ${row.amountFen} 分,平台 ${word.amountFen} 分`,
    `the ledger has ${row.amountFen} fen, but the platform has ${word.amountFen} fen`,
  ]
}

/** The request names the amount of the refund, and its answer was no error. */
function requestFault({ sent, answer, row }: Back): Said | null {
  if (sent === null) return null
  if (sent.amountFen !== row.amountFen)
    return [
      'requestAmount',
      `申请 ${sent.amountFen} 分,退款 ${row.amountFen} 分`,
      `${sent.amountFen} fen were requested, but the refund is ${row.amountFen} fen`,
    ]
  const status = answer?.body.httpStatus ?? 200
  if (answer?.body.state !== 'confirmed' || isSuccess(status)) return null
  return [
    'notSuccess',
    `记为已确认,答复却是 ${status}`,
    `it is called confirmed, but the answer was ${status}`,
  ]
}

/** A refund by people names who asked for it and another one who approved it; one within the limit of one person none. */
function peopleFault({ row }: Back): Said | null {
  const { operator, approvedBy } = row.body
  if (operator.trim() === '')
    return ['noOperator', '没有写明由谁申请', 'it does not name who asked for it']
  if (approvedBy === null || !isSamePerson(operator, approvedBy)) return null
  return [
    'samePerson',
    `${operator} 自己申请、自己批准`,
    `${operator} asked for it and approved it`,
  ]
}

/** All refunds of a charge together give back no more than it took. */
function sumFault(back: Back, all: readonly Back[]): Said | null {
  const { charge } = back
  if (charge === null || !charge.outcomes.some(({ body }) => body.state === 'paid')) return null
  const own = all.filter((one) => one.charge === charge && lastOf(one)?.body.state !== 'rejected')
  const sumFen = own.reduce((sum, { row }) => sum + (row.amountFen ?? 0), 0)
  const fen = chargedFen(charge)
  if (sumFen <= fen) return null
  return own.length > 1
    ? [
        'refundedTwice',
        `同一笔扣款 ${fen} 分退了 ${own.length} 次,共 ${sumFen} 分`,
        `a charge of ${fen} fen was refunded ${own.length} times, ${sumFen} fen in all`,
      ]
    : [
        'aboveCharge',
        `扣款 ${fen} 分,退款 ${sumFen} 分`,
        `the charge was ${fen} fen, but the refund is ${sumFen} fen`,
      ]
}

const checks = [
  requestFault,
  peopleFault,
  sumFault,
  paidFault,
  orderFault,
  interfaceFault,
  progressFault,
  wayFault,
  wordFault,
] as const

function faultsOf(back: Back, all: readonly Back[]): readonly Wrong[] {
  const { row, states, sent, word } = back
  const no = row.body.refundId
  const rows = [row, sent, ...states].filter((one) => one !== null)
  const evidence = [...rows.map(rowEvidence), ...(word === null ? [] : [wordEvidence(word)])]
  return checks.flatMap((check) => {
    const said = check(back, all)
    if (said === null) return []
    const [assertion, zh, en] = said
    return [{ assertion, words: t(`退款 ${no}:${zh}`, `refund ${no}: ${en}`), evidence }]
  })
}

function missingOf(all: readonly Back[], done: readonly Back[], facts: AcceptanceFacts) {
  if (all.length === 0) return [t('还没有退款', 'there is no refund yet')]
  if (done.length === 0)
    return [
      facts.unasked ??
        t(
          '退款还没有到终态,或平台没有答复',
          'no refund has reached its final state yet, or the platform did not answer',
        ),
    ]
  if (done.some(({ queries }) => queries.length > 0)) return []
  return [
    t(
      '还没有查询过退款进展(8.3.2 f):让平台先审核',
      'no refund progress was queried yet (8.3.2 f): let the platform review one first',
    ),
  ]
}

/** One person alone may give back a small amount: such a refund shows no approval (5.2.1 c). */
const isApproved = ({ body }: Back['row']): boolean =>
  body.byPeople !== true || body.approvedBy !== null

/** A refund that shows the whole way: its charge, its approval, the answer to its request, its end at the platform. */
const isShown = (back: Back): boolean =>
  isDone(back) &&
  back.word?.says === 'has' &&
  back.charge !== null &&
  isApproved(back.row) &&
  back.answer?.body.state === 'confirmed'

export const refund = defineAcceptanceItem({
  id: 'F6',
  title: t('联机退款', 'Online refund'),
  rule: { clause: 'F.1-6', evidence: ['ledger', 'platform'] },
  printed: '按标准协议发起联机退款，根据响应结果标记支付状态',
  needs: ['platform', 'refund'],
  steps: [
    t(
      '对一笔成功的扣款申请退款,由第二人批准',
      'Request the refund of a successful charge; a second person approves it',
    ),
    t(
      '平台审核期间车道查询进展,等平台处理完',
      'The lane queries the progress while the platform reviews the refund; wait until the platform has finished',
    ),
  ],
  expected: t(
    '扣款成功后才经接口申请,查询进展,原路退回;支付状态和金额与平台一致',
    'The refund is requested through the interface only after a successful charge, its progress is queried and the money goes back the same way; payment state and amount agree with the platform',
  ),
  assumed: t(
    '退款接口按 P16;人工退还另一种支付的退款不在本项',
    'The refund interface follows P16; refunds that people make for another payment are not part of this item',
  ),
  plant: spoilt('refunds', { drive: 'refund', turns: 'platformHasNot', isPart: true }),
  judge(facts) {
    const all = refundsOf(facts)
    const done = all.filter(isShown)
    return judged(
      all.flatMap((back) => faultsOf(back, all)),
      missingOf(all, done, facts),
      t(`${done.length} 笔退款与平台一致`, `${done.length} refunds agree with the platform`),
      done.flatMap(({ row, states, queries, word }) => [
        ...[row, ...states].map(rowEvidence),
        ...queries.slice(0, 1).map(accessEvidence),
        ...(word === null ? [] : [wordEvidence(word)]),
      ]),
    )
  },
})
