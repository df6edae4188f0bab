// The money invariants M1 to M11 (reliability-security.md section 1, design.md section 4) as one checker.
// It reads ledger rows and, where there are any, the records of platform and cards; replay, simulation,
// kill tests and every money test use this and nothing else. What it keeps lies on shelves: a year's on disk.
import { cashFits } from '#base/pure/values/cash.ts'
import { isNoTac } from '#base/pure/words/exception-words.ts'
import type { Fen } from '#base/pure/values/fen.ts'
import type { LedgerRow, RowKind } from '#base/pure/rows/ledger-row.ts'
import { inMemory } from '#base/pure/values/shelf.ts'
import { isTestOrder } from '#base/pure/values/test-order.ts'
import {
  Checker,
  deductionsOf,
  emptyCases,
  invariantIds,
  isFinal,
  kept,
  lastState,
  ordersOf,
  uploadNo,
  type DeductionCase,
  type InvariantReport,
  type KeptRow,
  type Ledgered,
  type LiveFacts,
  type OrderCase,
  type OutsideRecords,
} from './invariant-cases.ts'
import { CouponChecks } from './coupon-checks.ts'
import { LargeChecks } from './large-checks.ts'
import { PlateChecks } from './plate-checks.ts'
import { RefundChecks } from './refund-checks.ts'
import { ReviewChecks } from './review-checks.ts'
import { SaleChecks } from './sale-checks.ts'
import { isBooked, isLateTac } from '#ledger/pure/lot/not-uploaded.ts'
import { isEndedAsDone, noteIn } from '#base/pure/words/notes.ts'
import { checkOutside } from './outside-checks.ts'
import { checkRecords } from './record-checks.ts'
import { checkUploads } from './upload-checks.ts'

export { invariantIds } from './invariant-cases.ts'
export type {
  InvariantId,
  InvariantReport,
  LiveFacts,
  OutsideRecords,
  Violation,
} from './invariant-cases.ts'

export function checkInvariants(
  rows: Iterable<LedgerRow>,
  outside: OutsideRecords,
  live: LiveFacts,
  shelf = inMemory,
): InvariantReport {
  const c = new Checker()
  const ledger = emptyCases(shelf)
  const coupons = new CouponChecks()
  const refunds = new RefundChecks(shelf)
  const large = new LargeChecks(live.largeAmountFen ?? Infinity)
  const beside = [new PlateChecks(), new SaleChecks(), new ReviewChecks(), large]
  let lastSeq = 0
  for (const row of rows) {
    c.check('M5', row.seq === lastSeq + 1, row, 'a row is missing before this one')
    lastSeq = row.seq
    takeRow(c, ledger, row)
    coupons.take(c, row)
    refunds.take(c, row, ledger)
    for (const checks of beside) checks.take(c, row)
    if (row.kind === 'pass' && live.passesOf !== undefined) checkLayout(c, row, live.passesOf)
  }
  c.check('M5', live.chainOk, null, 'the chain or the head does not verify')
  for (const order of ledger.orders.values()) checkOrder(c, ledger, order)
  for (const ids of ledger.byStay.values())
    checkStay(
      c,
      ids.flatMap((id) => ledger.orders.get(id) ?? []),
    )
  for (const refund of ledger.refunds.values()) checkRefund(c, ledger, refund)
  for (const row of ledger.replaced.values())
    c.check('M3', row === null, row, 'a record ended for another one that was never made')
  coupons.end(c, ledger)
  checkOutside(c, ledger, outside, shelf)
  if (outside.records !== undefined)
    checkRecords(c, ledger, { records: outside.records, healed: live.healed }, shelf)
  checkUploads(c, ledger, live)
  checkLive(c, ledger, live)
  return { checked: c.checked, violations: c.violations, openFen: c.openFen }
}

function takeZeroRecord({ zeroRecords }: Ledgered, { body }: RowOf<'zeroRecord'>) {
  const { cardNo } = body.obu
  if (body.proof === null) return
  zeroRecords.set(cardNo, { cardNo, times: (zeroRecords.get(cardNo)?.times ?? 0) + 1 })
}

type RowOf<K extends RowKind> = Extract<LedgerRow, { kind: K }>
type Take<K extends RowKind> = (c: Checker, ledger: Ledgered, row: RowOf<K>) => void
/** No money and no passage of its own, or judged by the checks beside (coupon-checks.ts, sale-checks.ts and others). */
const none = (): void => undefined

/** What each kind of row brings to the checks: a kind that is new has to be decided here. */
const takes: { readonly [K in RowKind]: Take<K> } = {
  boot: none,
  stayOpened(_c, ledger, row) {
    if (!row.body.noEntry) ledger.passages++
  },
  spaceLeft: none,
  plateRead: none,
  zeroRecord: (_c, ledger, row) => takeZeroRecord(ledger, row),
  orderMade: takeOrder,
  sentOrder: none,
  review: none,
  intent: takeIntent,
  armed(c, ledger, row) {
    const d = ledger.deductions.get(row.deductionId ?? '')
    c.check('M2', d !== undefined && d.outcomes.length === 0, row, 'armed without an open intent')
    if (d === undefined) return
    d.armed = row.body.cardNo
    putDeduction(ledger, d)
  },
  outcome: takeOutcome,
  payment: takePayment,
  pay: none,
  member: none,
  coupon: none,
  arrears: none,
  points: none,
  reservation: none,
  book: none,
  refund: (_c, ledger, row) => takeRefund(ledger, row),
  refundState: none,
  adjustment: none,
  pass(c, ledger, row) {
    c.check('M2', passIsEarned(ledger, row), row, `pass ${row.body.cause} without its ground`)
    ledger.passes.set(row.body.passId, true)
  },
  barrier(c, ledger, row) {
    const hasPass = ledger.passes.has(row.body.passId)
    c.check('M2', hasPass, row, 'the barrier was told before its pass was durable')
  },
  stayClosed(_c, ledger, row) {
    ledger.stayEnds.set(row.stayId ?? '', row.body.end)
    ledger.passages++
  },
  outbox(c, ledger, row) {
    const { outboxId, op, bodySm3 } = row.body
    const no = uploadNo(row.body)
    const before = ledger.outbox.get(no)
    // A record that a destination lacks is resent: the same bytes under the same number.
    const isAgain = row.body.resends !== undefined && before?.bodySm3 === bodySm3
    const isFree = before === undefined || isAgain || isMended(ledger, row, before)
    c.check('M3', isFree, row, `number ${no} was used twice`)
    if (row.body.replaces !== undefined) ledger.replaced.set(row.body.replaces, null)
    ledger.outbox.set(no, { no, outboxId, op, bodySm3, amountFen: row.amountFen ?? 0 })
  },
  outboxState: takeState,
  exception(_c, ledger, row) {
    if (isNoTac(row.body.exceptionType)) ledger.noTac.set(row.orderId ?? '', true)
    if (row.body.report !== undefined) ledger.reports.set(row.body.report.exceptionNo, kept(row))
  },
  audit(_c, ledger, row) {
    if (isBooked(row)) ledger.booked.set(row.deductionId ?? '', true)
  },
  signIn: none,
  event: none,
  checkpoint: none,
}
/** Rows of a newer program may have other kinds. */
const takeRow = (c: Checker, ledger: Ledgered, row: LedgerRow): void =>
  (takes[row.kind] as Take<RowKind> | undefined)?.(c, ledger, row)

/** In the place of a record that ended for it, of the same act and money, with another body. */
function isMended(
  { uploadState }: Ledgered,
  { amountFen = 0, body }: RowOf<'outbox'>,
  before: ReturnType<Ledgered['outbox']['get']>,
): boolean {
  const { replaces, op, bodySm3 } = body
  if (replaces === undefined || before?.outboxId !== replaces) return false
  const isSame = before.op === op && before.amountFen === amountFen
  return isSame && before.bodySm3 !== bodySm3 && uploadState.get(replaces) === 'replaced'
}

function takeState(c: Checker, ledger: Ledgered, row: RowOf<'outboxState'>): void {
  const { outboxId, state } = row.body
  const isOver = ledger.uploadState.get(outboxId) === 'replaced'
  c.check('M3', !isOver, row, `${outboxId} went on although another record took its place`)
  ledger.uploadState.set(outboxId, state)
  if (isEndedAsDone(row.body.note)) checkDone(c, ledger, row)
  else if (state === 'replaced') ledger.replaced.set(outboxId, kept(row))
}

/** A person ended it because its number is done: the record that did it has to be confirmed. */
function checkDone(c: Checker, { uploadState }: Ledgered, row: RowOf<'outboxState'>): void {
  const by = noteIn(row.body.note ?? '')?.args[0] ?? ''
  const isDone =
    uploadState.get(by) === 'confirmed' || (by === '-' && row.deductionId === undefined)
  c.check('M3', isDone, row, `${row.body.outboxId} was ended, and nothing did it`)
}

function checkLayout(
  c: Checker,
  row: RowOf<'pass'>,
  passesOf: NonNullable<LiveFacts['passesOf']>,
): void {
  const { cause } = row.body
  const may = passesOf(row.laneId ?? '').includes(cause)
  c.check('M2', may, row, `pass ${cause} in a lane whose layout has no such pass`)
}

const putOrder = (ledger: Ledgered, order: OrderCase): void => {
  ledger.orders.set(order.order.orderId ?? '', order)
}

const putDeduction = (ledger: Ledgered, d: DeductionCase): void => {
  ledger.deductions.set(d.intent.deductionId ?? '', d)
}

function takeRefund(ledger: Ledgered, row: RowOf<'refund'>): void {
  const { deductionId = '', amountFen = 0 } = row
  ledger.refundFen.set(row.body.refundId, amountFen)
  // A refund by people leaves the order paid (refund-checks.ts).
  if (row.body.byPeople === true) return
  ledger.refunds.set(String(row.seq), kept(row))
  ledger.refundTimes.set(deductionId, (ledger.refundTimes.get(deductionId) ?? 0) + 1)
  const order = ledger.orders.get(row.orderId ?? '')
  if (order === undefined) return
  order.refundFen += amountFen
  order.refundCount++
  putOrder(ledger, order)
}

function takeOrder(c: Checker, ledger: Ledgered, row: RowOf<'orderMade'>): void {
  // One number, one thing: what lay there would be lost to every check after it.
  if (ledger.orders.has(row.orderId ?? '')) c.check('M1', false, row, 'an order was made twice')
  const order: OrderCase = {
    order: kept(row),
    costsFen: row.body.lines.reduce((sum, line) => sum + line.amountFen, 0),
    deductionIds: [],
    etcFen: 0,
    etcCount: 0,
    otherFen: 0,
    otherCount: 0,
    refundFen: 0,
    refundCount: 0,
  }
  putOrder(ledger, order)
  const stayId = row.stayId ?? ''
  ledger.byStay.set(stayId, [...(ledger.byStay.get(stayId) ?? []), row.orderId ?? ''])
}

function takeIntent(c: Checker, ledger: Ledgered, row: RowOf<'intent'>): void {
  const order = ledger.orders.get(row.orderId ?? '')
  c.check('M2', order !== undefined, row, 'an intent without its order')
  if (order === undefined) return
  const deductionId = row.deductionId ?? ''
  if (ledger.deductions.has(deductionId)) c.check('M1', false, row, 'one deduction was asked twice')
  const before = deductionsOf(ledger, order)
  const open = before.some((d) => !isFinal(d))
  c.check('M1', !open, row, 'a second intent while the first is not settled')
  c.check('M1', order.otherCount === 0, row, 'charged anew after it was paid otherwise')
  c.check('M8', (row.amountFen ?? 0) > 0, row, 'a zero-fee order was to be charged')
  const modes = new Set([...before.map((d) => d.intent.body.chargeMode), row.body.chargeMode])
  c.check('M10', modes.size === 1, row, 'one order was charged in both modes')
  const deduction: DeductionCase = {
    intent: {
      ...kept(row),
      body: { outTradeNo: row.body.outTradeNo, chargeMode: row.body.chargeMode },
    },
    armed: null,
    outcomes: [],
  }
  order.deductionIds.push(deductionId)
  putOrder(ledger, order)
  putDeduction(ledger, deduction)
}

function takeOutcome(c: Checker, ledger: Ledgered, row: RowOf<'outcome'>): void {
  const d = ledger.deductions.get(row.deductionId ?? '')
  c.check('M2', d !== undefined, row, 'an outcome without an intent')
  if (d === undefined) return
  const before = lastState(d)
  const settled = before === 'paid' || before === 'refused'
  c.check('M1', !settled || tellsTac(d, row), row, `settled twice, before ${before}`)
  const guessed = row.body.state === 'refused' && row.body.source === 'lane'
  c.check(
    'M6',
    !(guessed && (before === 'unknown' || (d.armed !== null && row.body.reason !== 'tooLate'))),
    row,
    'unknown was taken as not done',
  )
  const sideways = d.intent.body.chargeMode === 'card' && row.body.source === 'platform'
  c.check('M10', !sideways, row, 'a card debit was decided by the platform')
  const { state, source, proof } = row.body
  d.outcomes.push({ ...kept(row), body: { state, source }, tac: proof?.tac ?? null })
  putDeduction(ledger, d)
}

/** The same payment once more, and nothing but its TAC is new. */
function tellsTac(d: DeductionCase, row: RowOf<'outcome'>): boolean {
  const before = d.outcomes.at(-1)
  return (
    isLateTac(row) &&
    before?.body.state === 'paid' &&
    before.tac === null &&
    (row.body.proof?.tac ?? null) !== null &&
    before.amountFen === row.amountFen
  )
}

function takePayment(c: Checker, ledger: Ledgered, row: RowOf<'payment'>): void {
  if (row.body.sold !== undefined) return
  const order = ledger.orders.get(row.orderId ?? '')
  c.check('M2', order !== undefined, row, 'a payment without its order')
  if (order === undefined) return
  if (row.body.means === 'etc') {
    order.etcFen += row.amountFen ?? 0
    order.etcCount++
    const d = ledger.deductions.get(row.deductionId ?? '')
    c.check(
      'M2',
      d !== undefined && lastState(d) === 'paid',
      row,
      'ETC money without a paid outcome',
    )
  } else {
    order.otherFen += row.amountFen ?? 0
    order.otherCount++
    const fits = cashFits(row.amountFen ?? 0, row.body)
    c.check('M1', fits, row, 'cash given less its change is not what was paid')
  }
  putOrder(ledger, order)
}

function passIsEarned(ledger: Ledgered, row: RowOf<'pass'>): boolean {
  const { cause } = row.body
  if (cause === 'entry' || cause === 'emergency') return true
  const orders = ordersOf(ledger, row.stayId ?? '')
  if (cause === 'free') return orders.at(-1)?.order.amountFen === 0
  if (cause === 'etc') return orders.some((o) => o.etcCount > 0)
  if (cause === 'other') return orders.some((o) => o.otherCount > 0)
  return row.body.by !== null || orders.some((o) => o.deductionIds.length > 0)
}

function checkOrder(c: Checker, ledger: Ledgered, o: OrderCase): void {
  const { order } = o
  const amountFen = order.amountFen ?? 0
  const both = o.etcCount > 0 && o.otherFen > 0
  c.check('M1', o.etcCount <= 1, order, `${o.etcCount} ETC payments for one order`)
  c.check('M1', o.otherCount <= 1, order, `${o.otherCount} other payments for one order`)
  c.check('M1', !both || o.refundCount === 1, order, 'paid twice without exactly one refund')
  c.check(
    'M1',
    o.etcFen - o.refundFen + o.otherFen <= amountFen || !both,
    order,
    'more kept than due',
  )
  c.check('M7', o.refundFen <= o.etcFen, order, 'refunds above what was paid')
  c.check('M8', amountFen > 0 || o.deductionIds.length === 0, order, 'a free stay was charged')
  c.check(
    'M10',
    deductionsOf(ledger, o).every((d) => d.armed === null || d.intent.body.chargeMode === 'card'),
    order,
    'C6 in online mode',
  )
}

const keptFen = (o: OrderCase): Fen => o.etcFen + o.otherFen - o.refundFen

/**
 * A stay may be paid in parts: a later order is for its price minus what was paid. All parts together never exceed the
 * price of the stay.
 */
function checkStay(c: Checker, orders: readonly OrderCase[]): void {
  // The charge of a test car is outside every total, and refunded.
  const parts = orders.filter((o) => keptFen(o) > 0 && !isTestOrder(o.order.orderId))
  const last = parts.at(-1)
  if (last === undefined) return
  const sumFen = parts.reduce((sum, o) => sum + keptFen(o), 0)
  const costs = parts.map(({ costsFen }) => costsFen)
  const ok = parts.length === 1 || sumFen <= Math.max(...costs)
  c.check('M1', ok, last.order, `${parts.length} orders of one stay kept ${sumFen} fen together`)
}

function checkRefund(c: Checker, ledger: Ledgered, refund: KeptRow): void {
  const d = ledger.deductions.get(refund.deductionId ?? '')
  const paid = d !== undefined && lastState(d) === 'paid'
  c.check('M7', paid, refund, 'a refund of something that was not charged')
  const same = ledger.refundTimes.get(refund.deductionId ?? '')
  c.check('M7', same === 1, refund, 'refunded twice')
}

function checkLive(c: Checker, ledger: Ledgered, live: LiveFacts): void {
  const { passages } = ledger
  // Each passage stands under every invariant, also those that only speak when something happened.
  for (const id of invariantIds) c.checked[id] += passages
  if (!live.healed) return
  c.check('M9', live.unsent === 0, null, `${live.unsent} uploads left after everything healed`)
  c.check(
    'M9',
    live.unknown === 0,
    null,
    `${live.unknown} deductions still unknown after all healed`,
  )
  c.check('M9', live.lanesReady, null, 'a lane does not take the next car')
}
