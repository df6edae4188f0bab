// Table E.1 row 4: charge exceptions are handled as 8.3.1 a to d require: another payment, a message to the platform, a
// person. Judged by the ledger: how the car of each exception left, what the platform accepted, and that no unpaid car
// left as paid.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import type { ChargeMode, LedgerRow } from '#base/pure/rows/ledger-row.ts'
import type { AcceptanceFacts } from '#ledger/pure/facts.ts'
import { defineAcceptanceItem, judged, rowEvidence, type Wrong } from '../item.ts'
import { boomFaults, passFaults } from '../leaving.ts'
import { ofKind, type RowOf } from '../transactions.ts'
import { notTaken } from '../plant.ts'

/** An exception with its consequences. */
interface Exception {
  readonly row: RowOf<'exception'>
  readonly stayId: string | null
  /** All payments of its stay. */
  readonly payments: readonly RowOf<'payment'>[]
  /** Payments after the exception. */
  readonly after: readonly RowOf<'payment'>[]
  /** The pass that let the car out; null: it still waits, or went back. */
  readonly pass: RowOf<'pass'> | null
  readonly closed: RowOf<'stayClosed'> | null
  /** Its message to the platform. */
  readonly message: RowOf<'outbox'> | null
  readonly answer: RowOf<'outboxState'> | null
}

/** For a car without a stay: the next act of its lane, if it came before the platform was told how it ended. */
function nextInLane(
  row: RowOf<'exception'>,
  message: RowOf<'outbox'> | null,
  lane: readonly LedgerRow[],
): LedgerRow | null {
  const next = lane.find(
    ({ kind, seq }) => seq > row.seq && (kind === 'payment' || kind === 'pass'),
  )
  return next !== undefined && next.seq < (message?.seq ?? Infinity) ? next : null
}

function exceptionsOf(rows: readonly LedgerRow[]): readonly Exception[] {
  const stays = Map.groupBy(rows, ({ stayId = '' }) => stayId)
  const lanes = Map.groupBy(rows, ({ laneId = '' }) => laneId)
  const messages = ofKind(rows, 'outbox').filter(
    ({ body }) => body.op === 'exception' && body.destination === 'platform',
  )
  const states = Map.groupBy(ofKind(rows, 'outboxState'), ({ body }) => body.outboxId)
  return ofKind(rows, 'exception').map((row) => {
    const no = row.body.report?.exceptionNo
    const message = messages.find(({ body }) => body.businessNo === no) ?? null
    const isKnown = row.stayId !== undefined
    const next = isKnown ? null : nextInLane(row, message, lanes.get(row.laneId ?? '') ?? [])
    const stayId = row.stayId ?? next?.stayId ?? null
    const own = stayId === null ? [next].filter((one) => one !== null) : (stays.get(stayId) ?? [])
    const later = own.filter(({ seq }) => seq > row.seq)
    return {
      row,
      stayId,
      payments: ofKind(own, 'payment'),
      after: ofKind(later, 'payment'),
      pass: ofKind(later, 'pass').at(-1) ?? null,
      closed: ofKind(later, 'stayClosed').at(-1) ?? null,
      message,
      answer: message === null ? null : (states.get(message.body.outboxId)?.at(-1) ?? null),
    }
  })
}

const isPaidOtherwise = ({ after }: Exception): boolean =>
  after.some(({ body }) => body.means !== 'etc')
const byPerson = ({ after, pass }: Exception): boolean =>
  [...after, pass].some((row) => (row?.body.by ?? null) !== null)

/** A kind of exception that has to be tried. */
interface ExceptionKind {
  readonly words: BilingualText
  readonly in: readonly ChargeMode[]
  isOwn(body: RowOf<'exception'>['body']): boolean
  /** Whether it was handled as the clause requires. */
  isShown(exception: Exception): boolean
}

const kinds: readonly ExceptionKind[] = [
  {
    words: t(
      '平台或卡拒绝,其他方式缴费(8.3.1 a)',
      'refused by the platform or the card, paid by other means (8.3.1 a)',
    ),
    in: ['card', 'online'],
    isOwn: ({ exceptionType }) =>
      /^(?:refused|insufficient|blacklisted|expired|debitFailed|plateMismatch)$/.test(
        String(exceptionType),
      ),
    isShown: isPaidOtherwise,
  },
  {
    words: t(
      '两次没有扣费答复,其他方式缴费,消息到达平台(8.3.1 b)',
      'no answer to the charge twice, paid by other means, and the message reached the platform (8.3.1 b)',
    ),
    // A card without an answer may have paid: the result is queried, and no other payment is accepted until then.
    in: ['online'],
    isOwn: ({ exceptionType }) => exceptionType === 'noAnswerTwice' || exceptionType === 14,
    isShown: (one) => isPaidOtherwise(one) && one.answer?.body.state === 'confirmed',
  },
  {
    words: t(
      '无 OBU 或读不出,其他方式缴费(8.3.1 c)',
      'no OBU, or an unreadable one, paid by other means (8.3.1 c)',
    ),
    in: ['card', 'online'],
    isOwn: ({ exceptionType }) =>
      /^(?:obuNotRead|obuUnreadable|cardUnreadable)$/.test(String(exceptionType)),
    isShown: isPaidOtherwise,
  },
  {
    words: t(
      '车牌未识别,转人工缴费(8.3.1 d)',
      'plate not recognised, payment handed to a person (8.3.1 d)',
    ),
    in: ['card', 'online'],
    isOwn: ({ reason }) => reason === 'plateNotRead',
    isShown: byPerson,
  },
]

/** How a stay ends that was settled by other means than ETC. */
const settled = ['other', 'later', 'free']

function unpaidFault(one: Exception): Wrong | null {
  const { row, closed, stayId, payments } = one
  if (closed === null || payments.length > 0) return null
  const { end } = closed.body
  if (settled.includes(end) || end === 'open') return null
  return {
    assertion: 'unpaid',
    words: t(
      `${stayId}:${row.body.reason} 之后没有付款,却以 ${end} 结束`,
      `${stayId}: nothing was paid after ${row.body.reason}, but the stay ended as ${end}`,
    ),
    evidence: [rowEvidence(row), rowEvidence(closed)],
  }
}

/** Time limit from the end of a car to the message of its exception, ms (assumed). */
const messageMs = 60_000

/** The message (8.3.1 b) was refused by the platform, or is missing although its car has left. */
function messageFault(
  { row, closed, message, answer }: Exception,
  { nowMs, platforms }: AcceptanceFacts,
): Wrong | null {
  const no = row.body.report?.exceptionNo
  if (no === undefined || !platforms.includes('platform')) return null
  if (message === null)
    return closed === null || nowMs - closed.atMs < messageMs
      ? null
      : {
          assertion: 'messageMissing',
          words: t(
            `异常 ${no} 的车已离场,没有推送消息`,
            `the car of exception ${no} has left, but no message was sent`,
          ),
          evidence: [rowEvidence(row), rowEvidence(closed)],
        }
  if (closed !== null && message.atMs - closed.atMs > messageMs)
    return {
      assertion: 'messageLate',
      words: t(
        `异常 ${no} 的消息在车离场后 ${Math.round((message.atMs - closed.atMs) / 1_000)} 秒才推送`,
        `the message of exception ${no} was sent ${Math.round((message.atMs - closed.atMs) / 1_000)} s after its car had left`,
      ),
      evidence: [closed, message].map(rowEvidence),
    }
  if (answer?.body.state !== 'rejected' && answer?.body.state !== 'held') return null
  return {
    assertion: 'messageRefused',
    words: t(`异常 ${no} 的消息被平台退回`, `the platform refused the message of exception ${no}`),
    evidence: [message, answer].map(rowEvidence),
  }
}

/** Messages that the platform has not answered for too long. */
function unansweredOf(all: readonly Exception[], { nowMs }: AcceptanceFacts) {
  const open = all.filter(
    ({ message, answer }) =>
      message !== null &&
      nowMs - message.atMs > messageMs &&
      !['confirmed', 'replaced', 'rejected', 'held'].includes(answer?.body.state ?? ''),
  )
  const no = open[0]?.row.body.report?.exceptionNo
  if (no === undefined) return []
  return [
    t(
      `${open.length} 条异常消息没有答复,例如 ${no}`,
      `${open.length} messages of exceptions have no answer, for example ${no}`,
    ),
  ]
}

/** The car was let out as paid by hand without a payment by hand. */
function personFault(one: Exception): Wrong | null {
  const { row, pass, after } = one
  if (row.body.reason !== 'plateNotRead' || pass?.body.cause !== 'other') return null
  if (after.length > 0 || byPerson(one)) return null
  return {
    assertion: 'noPerson',
    words: t(
      `${row.laneId}:没有识别出车牌,没有转人工就放行`,
      `${row.laneId}: the plate was not recognised, but the car was let out without being handed to a person`,
    ),
    evidence: [row, pass].map(rowEvidence),
  }
}

const checks = [unpaidFault, messageFault, personFault] as const

export const exceptions = defineAcceptanceItem({
  id: 'E4',
  title: t('异常处理机制', 'Exceptions'),
  rule: { clause: 'E.1-4', evidence: ['ledger'] },
  printed: '停车场计费系统和配套天线组合交易时，能够正确处理异常情况。',
  needs: ['exit'],
  steps: [
    t(
      '一张余额不足或在名单上的卡离场,改用其他方式缴费(a)',
      'A car whose card has too little balance or is on the status list leaves and pays by other means (a)',
    ),
    t(
      '联机扣费:平台两次不答复,该车改用其他方式缴费,恢复平台,等消息送达(b)',
      'Online charge: the platform does not answer twice and the car pays by other means; then restore the platform and wait until the message arrives (b)',
    ),
    t(
      '一辆没有 OBU 的车离场,改用其他方式缴费(c)',
      'A car without an OBU leaves and pays by other means (c)',
    ),
    t(
      '遮住车牌的车到出口,由人工查找并缴费(d)',
      'A car with a covered plate comes to the exit; a person finds its stay and takes the payment (d)',
    ),
  ],
  expected: t(
    '每种异常都有记录,车以其他方式结清,平台收下消息;车牌未识别转人工;没有未付的 ETC 放行',
    'Each kind of exception is recorded, the car is settled by other means and the platform accepts the message; an unrecognised plate goes to a person; no car is let out as ETC without payment',
  ),
  assumed: t(
    '8.3.1 a 至 d 各试一次;b 只在联机扣费时:卡扣没有答复可能已扣,先查询',
    'Each of 8.3.1 a to d is tried once; b only for online charges: a card charge without an answer may have been made, so it is queried first',
  ),
  plant: {
    ...notTaken('exceptions', 'exceptionNo', { at: 'platform', drive: 'exceptions', isPart: true }),
    turns: 'messageRefused',
  },
  judge(facts) {
    const all = exceptionsOf(facts.rows)
    const demanded = kinds.filter((kind) => kind.in.includes(facts.chargeMode))
    const shown = demanded.map((kind) => ({
      kind,
      by: all.filter((one) => kind.isOwn(one.row.body) && kind.isShown(one)),
    }))
    const missing = shown
      .filter(({ by }) => by.length === 0)
      .map(({ kind }) => t(`还没有试:${kind.words.zh}`, `not tried yet: ${kind.words.en}`))
    // One exception of each kind comes first.
    const first = shown.flatMap(({ by }) => by.slice(0, 1))
    return judged(
      [
        ...passFaults(facts),
        ...boomFaults(facts),
        ...all
          .flatMap((one) => checks.map((check) => check(one, facts)))
          .filter((wrong) => wrong !== null),
      ],
      [...missing, ...unansweredOf(all, facts)],
      t(`${all.length} 次异常都已处理`, `all ${all.length} exceptions were handled`),
      [...first, ...all.filter((one) => !first.includes(one))].flatMap(
        ({ row, after, message, answer }) =>
          [row, ...after.slice(0, 1), message, answer]
            .filter((one) => one !== null)
            .map(rowEvidence),
      ),
    )
  },
})
