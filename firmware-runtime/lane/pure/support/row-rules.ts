// What of each kind of ledger row may stand in a support file: a kind of row that is new has to be decided here.
// Bodies of uploads, evidence of debits, digests, photos, details and everything that a person typed stay in the lot.
import type { LedgerRow, OrderLine, RowKind } from '#base/pure/rows/ledger-row.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import type { Redactor } from './redactor.ts'
import { kept, redacted, type Rule, type RuleMembers } from './rules.ts'

const plates = { plate: 'plate', plateRaw: 'plate', plateRead: 'plate', colour: 'keep' } as const
const who = { by: 'person', approvedBy: 'person' } as const
const car = { obuId: 'obu', cardNo: 'card' } as const
const span = kept('fromMs|toMs')
const attempt: RuleMembers = {
  ...kept('attemptNo|way|amountFen|state|paidFen'),
  item: 'typed',
  refunds: kept('refundNo|amountFen|why|state'),
}
const points: RuleMembers = { no: 'number', ...kept('points|until') }

const rowRules: Readonly<Record<RowKind, RuleMembers>> = {
  boot: kept('repair|version|build|schema|mode|chargeMode'),
  stayOpened: { ...plates, ...kept('enteredAtMs|noEntry|imported|timeUnsure|spaceId') },
  spaceLeft: kept('spaceId|leftAtMs|seenAtMs|by'),
  plateRead: plates,
  zeroRecord: { spaceId: 'keep', why: 'word', by: 'person', obu: kept('vehicleClass') },
  orderMade: {
    ...plates,
    ...span,
    tariffId: 'keep',
    lines: { ...span, ...kept('rule|amountFen'), text: { zh: 'said', en: 'said' } },
    match: {
      plateRead: 'plate',
      ...kept('score|secondScore|scoreMin|marginMin'),
      parts: { ...kept('word|points'), args: 'matchArgs' },
    },
    vehicle: kept('colour|vehicleClass'),
    before: { ...kept('overstay|freeUsedMs'), days: kept('dayMs|amountFen') },
    cover: { no: 'number', ...span },
    reservation: { orderNo: 'number', ...span, amountFen: 'keep' },
    coupons: { code: 'number', amountFen: 'keep' },
    arrears: kept('orderId|amountFen'),
    earns: { no: 'number', ...kept('perYuan|perVisit|validDays') },
    sent: {
      ...kept('partnerId|laneId|leftAtMs|madeAtMs|colour'),
      orderNo: 'number',
      stayNo: 'number',
    },
  },
  sentOrder: { what: 'keep', why: 'typed' },
  review: { result: 'keep', by: 'person', why: 'typed' },
  intent: { ...plates, ...car, ...kept('chargeMode|outTradeNo') },
  armed: { ...car, cardType: 'keep', unit: kept('vehicleClass') },
  outcome: { ...car, ...kept('state|source'), reason: 'word' },
  payment: {
    ...kept('paymentId|means|givenFen|changeFen'),
    by: 'person',
    reason: 'typed',
    sold: 'number',
  },
  pay: {
    ...attempt,
    ...kept('row|with|refundNo|why|orderNo|dueFen|paidWith'),
    reason: 'typed',
    requestedBy: 'person',
    approvedBy: 'person',
    attempts: attempt,
  },
  member: {
    row: 'keep',
    no: 'number',
    member: { no: 'number', ...kept('kind|spaces|from|until'), plates: 'plate' },
  },
  coupon: {
    row: 'keep',
    code: 'number',
    coupon: { code: 'number', ...kept('kind|value|from|until'), points },
  },
  arrears: kept('row|orderId'),
  points: { row: 'keep', ...points },
  reservation: { ...kept('row|what|level|seq|answer'), orderNo: 'number' },
  book: {
    ...kept('row|of|takeAtMs|day|means|stayId|kind|expectedFen|foundFen|state|how|differences'),
    ...kept('open|floatFen|fromMs|beforeFen|takenFen|backFen|countedFen|leftFen|uptoSeq'),
    ...kept('attemptNo|amountFen|answer|role|refundMeans|refundFen'),
    ...who,
    owner: 'person',
    plate: 'plate',
    reason: 'typed',
    itemId: 'number',
    askId: 'number',
    etc: kept('count|fen'),
  },
  refund: {
    ...kept('refundId|outTradeNo|paymentId|byPeople'),
    reason: 'note',
    operator: 'person',
    approvedBy: 'person',
  },
  refundState: { ...kept('refundId|state|means'), ...who },
  adjustment: { ...kept('adjustmentId|refersToSeq'), by: 'person', reason: 'typed' },
  pass: { ...kept('passId|cause'), by: 'person', reason: 'typed' },
  barrier: kept('passId|command|result'),
  stayClosed: kept('end|leftAtMs'),
  outbox: kept('outboxId|destination|op|businessNo|resends|replaces'),
  outboxState: kept('outboxId|state|attempt|httpStatus|respCode|ends'),
  exception: { exceptionType: 'keep', reason: 'word' },
  audit: {
    act: 'word',
    by: 'person',
    role: 'keep',
    reason: 'typed',
    commandId: 'number',
    result: 'word',
  },
  signIn: kept('validUntilMs|status|authorised'),
  event: kept('type'),
  checkpoint: kept('headSeq|fromSeq'),
}

/** Lines whose text quotes a member, a merchant or a number that someone knows. */
const lineWords: Partial<Readonly<Record<OrderLine['rule'], BilingualText>>> = {
  member: t('会员', 'Member'),
  coupon: t('优惠券', 'Coupon'),
  reservation: t('预约', 'Reservation'),
}

/** A person who settles a charge types the reason of its outcome. */
const bodyRule = (row: LedgerRow): Rule =>
  row.kind === 'outcome' && row.body.source === 'person'
    ? { ...rowRules.outcome, reason: 'typed' }
    : rowRules[row.kind]

const rowRule = (row: LedgerRow): RuleMembers => ({
  ...kept('seq|kind|atMs|laneId|stayId|orderId|deductionId|amountFen'),
  body: bodyRule(row),
})

const plainLine = (line: OrderLine): OrderLine => ({
  ...line,
  text: lineWords[line.rule] ?? line.text,
})

/** False for a kind of row of a newer program. */
export const isKnownRow = ({ kind }: LedgerRow): boolean => Object.hasOwn(rowRules, kind)

/** A row as it may leave the lot. */
export function redactedRow(row: LedgerRow, redactor: Redactor): LedgerRow {
  const plain =
    row.kind === 'orderMade'
      ? { ...row, body: { ...row.body, lines: row.body.lines.map(plainLine) } }
      : row
  return redacted(rowRule(row), plain, redactor) as LedgerRow
}
