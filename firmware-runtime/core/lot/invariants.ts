// The money invariants M1 to M10 (reliability-security.md section 1, design.md section 4) as one checker.
// It reads ledger rows and, where there are any, the books of platform and cards; replay, simulation,
// kill tests and every money test use this and nothing else.
import type { Fen } from '../values/fen.ts'
import { isoOf } from '../values/instant.ts'
import type { LedgerRow, RowBodies } from '../values/ledger-row.ts'

export const invariantIds = ['M1', 'M2', 'M3', 'M4', 'M5', 'M6', 'M7', 'M8', 'M9', 'M10'] as const
export type InvariantId = (typeof invariantIds)[number]

export interface Violation {
  readonly id: InvariantId
  readonly atIso: string
  readonly stayId: string | null
  readonly detail: string
}

/** What others wrote down: the truth outside the lot. Null where it is not known. */
export interface OutsideBooks {
  readonly charges:
    | readonly {
        readonly outTradeNo: string
        readonly realFee: Fen
        readonly status: string
        readonly bodySm3: string
      }[]
    | null
  readonly refunds: readonly { readonly outRefundNo: string; readonly refundFee: Fen }[] | null
  /** Debits that really happened on cards (`card` mode). */
  readonly cardDebits:
    | readonly {
        readonly cardNo: string
        readonly amountFen: Fen
        readonly psamSerial: number
        readonly tac: string
      }[]
    | null
}

export interface LiveFacts {
  /** Rows of the chain verify and the head is not behind its outside copies. */
  readonly chainOk: boolean
  readonly unsent: number
  readonly unknown: number
  readonly lanesReady: boolean
  /** False while faults are still on: M9 is only asked after they healed. */
  readonly healed: boolean
}

export interface InvariantReport {
  readonly checked: Record<InvariantId, number>
  readonly violations: Violation[]
  /** Fen paid that the platform's books do not have, each named in the ledger (M4). */
  readonly openFen: Fen
}

const noTacException = 10

interface DeductionCase {
  readonly intent: Extract<LedgerRow, { kind: 'intent' }>
  /** Card number of the armed row; null while not armed. */
  armed: string | null
  readonly outcomes: Extract<LedgerRow, { kind: 'outcome' }>[]
}

interface OrderCase {
  readonly order: Extract<LedgerRow, { kind: 'orderMade' }>
  readonly deductions: DeductionCase[]
  etcFen: Fen
  etcCount: number
  otherFen: Fen
  otherCount: number
  refundFen: Fen
  refundCount: number
}

interface Ledgered {
  readonly orders: Map<string, OrderCase>
  readonly byStay: Map<string, OrderCase[]>
  readonly deductions: Map<string, DeductionCase>
  readonly passes: Map<string, Extract<LedgerRow, { kind: 'pass' }>>
  readonly outbox: Map<string, Extract<LedgerRow, { kind: 'outbox' }>>
  readonly uploadState: Map<string, RowBodies['outboxState']['state']>
  readonly refunds: Extract<LedgerRow, { kind: 'refund' }>[]
  /** Orders whose debit is proven, but without a TAC (P14 type 10). */
  readonly noTac: Set<string>
  passages: number
}

class Checker {
  readonly checked = Object.fromEntries(invariantIds.map((id) => [id, 0])) as Record<
    InvariantId,
    number
  >
  readonly violations: Violation[] = []
  openFen: Fen = 0

  /** One thing looked at. */
  check(id: InvariantId, ok: boolean, row: LedgerRow | null, detail: string): void {
    this.checked[id]++
    if (ok) return
    this.violations.push({
      id,
      atIso: row === null ? '' : isoOf(row.atMs),
      stayId: row?.stayId ?? null,
      detail: row === null ? detail : `row ${row.seq}: ${detail}`,
    })
  }
}

export function checkInvariants(
  rows: Iterable<LedgerRow>,
  outside: OutsideBooks,
  live: LiveFacts,
): InvariantReport {
  const c = new Checker()
  const ledger: Ledgered = {
    orders: new Map(),
    byStay: new Map(),
    deductions: new Map(),
    passes: new Map(),
    outbox: new Map(),
    uploadState: new Map(),
    refunds: [],
    noTac: new Set(),
    passages: 0,
  }
  let lastSeq = 0
  for (const row of rows) {
    c.check('M5', row.seq === lastSeq + 1, row, 'a row is missing before this one')
    lastSeq = row.seq
    takeRow(c, ledger, row)
  }
  c.check('M5', live.chainOk, null, 'the chain or the head does not verify')
  for (const order of ledger.orders.values()) checkOrder(c, order)
  for (const refund of ledger.refunds) checkRefund(c, ledger, refund)
  checkOutside(c, ledger, outside)
  checkLive(c, ledger, live)
  return { checked: c.checked, violations: c.violations, openFen: c.openFen }
}

function takeRow(c: Checker, ledger: Ledgered, row: LedgerRow): void {
  switch (row.kind) {
    case 'orderMade':
      takeOrder(ledger, row)
      return
    case 'intent':
      takeIntent(c, ledger, row)
      return
    case 'armed': {
      const d = ledger.deductions.get(row.deductionId ?? '')
      c.check('M2', d !== undefined && d.outcomes.length === 0, row, 'armed without an open intent')
      if (d !== undefined) d.armed = row.body.cardNo
      return
    }
    case 'outcome':
      takeOutcome(c, ledger, row)
      return
    case 'payment':
      takePayment(c, ledger, row)
      return
    case 'refund': {
      ledger.refunds.push(row)
      const order = ledger.orders.get(row.orderId ?? '')
      if (order !== undefined) {
        order.refundFen += row.amountFen ?? 0
        order.refundCount++
      }
      return
    }
    case 'pass':
      c.check('M2', passIsEarned(ledger, row), row, `pass ${row.body.cause} without its ground`)
      ledger.passes.set(row.body.passId, row)
      return
    case 'barrier': {
      const pass = ledger.passes.get(row.body.passId)
      c.check('M2', pass !== undefined, row, 'the barrier was told before its pass was durable')
      return
    }
    case 'outbox': {
      const known = ledger.outbox.get(row.body.businessNo)
      c.check('M3', known === undefined, row, `number ${row.body.businessNo} was used twice`)
      ledger.outbox.set(row.body.businessNo, row)
      return
    }
    case 'outboxState':
      ledger.uploadState.set(row.body.outboxId, row.body.state)
      return
    case 'exception':
      if (row.body.exceptionType === noTacException) ledger.noTac.add(row.orderId ?? '')
      return
    case 'stayOpened':
      if (!row.body.noEntry) ledger.passages++
      return
    case 'stayClosed':
      ledger.passages++
      return
    default:
      return
  }
}

function takeOrder(ledger: Ledgered, row: Extract<LedgerRow, { kind: 'orderMade' }>): void {
  const order: OrderCase = {
    order: row,
    deductions: [],
    etcFen: 0,
    etcCount: 0,
    otherFen: 0,
    otherCount: 0,
    refundFen: 0,
    refundCount: 0,
  }
  ledger.orders.set(row.orderId ?? '', order)
  const stayId = row.stayId ?? ''
  ledger.byStay.set(stayId, [...(ledger.byStay.get(stayId) ?? []), order])
}

function takeIntent(
  c: Checker,
  ledger: Ledgered,
  row: Extract<LedgerRow, { kind: 'intent' }>,
): void {
  const order = ledger.orders.get(row.orderId ?? '')
  c.check('M2', order !== undefined, row, 'an intent without its order')
  if (order === undefined) return
  const open = order.deductions.some((d) => !isFinal(d))
  c.check('M1', !open, row, 'a second intent while the first is not settled')
  c.check('M1', order.otherCount === 0, row, 'charged anew after it was paid otherwise')
  c.check('M8', (row.amountFen ?? 0) > 0, row, 'a zero-fee order was to be charged')
  const modes = new Set([
    ...order.deductions.map((d) => d.intent.body.chargeMode),
    row.body.chargeMode,
  ])
  c.check('M10', modes.size === 1, row, 'one order was charged in both modes')
  const deduction: DeductionCase = { intent: row, armed: null, outcomes: [] }
  order.deductions.push(deduction)
  ledger.deductions.set(row.deductionId ?? '', deduction)
}

const lastState = (d: DeductionCase): string => d.outcomes.at(-1)?.body.state ?? 'intent'
const isFinal = (d: DeductionCase): boolean => ['paid', 'refused'].includes(lastState(d))

function takeOutcome(
  c: Checker,
  ledger: Ledgered,
  row: Extract<LedgerRow, { kind: 'outcome' }>,
): void {
  const d = ledger.deductions.get(row.deductionId ?? '')
  c.check('M2', d !== undefined, row, 'an outcome without an intent')
  if (d === undefined) return
  const before = lastState(d)
  c.check('M1', before !== 'paid' && before !== 'refused', row, `settled twice, before ${before}`)
  const guessed = row.body.state === 'refused' && row.body.source === 'lane'
  c.check(
    'M6',
    !(guessed && (before === 'unknown' || (d.armed !== null && row.body.reason !== 'tooLate'))),
    row,
    'unknown was taken as not done',
  )
  const sideways = d.intent.body.chargeMode === 'card' && row.body.source === 'platform'
  c.check('M10', !sideways, row, 'a card debit was decided by the platform')
  d.outcomes.push(row)
}

function takePayment(
  c: Checker,
  ledger: Ledgered,
  row: Extract<LedgerRow, { kind: 'payment' }>,
): void {
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
  }
}

function passIsEarned(ledger: Ledgered, row: Extract<LedgerRow, { kind: 'pass' }>): boolean {
  const orders = ledger.byStay.get(row.stayId ?? '') ?? []
  const { cause } = row.body
  if (cause === 'entry' || cause === 'emergency') return true
  if (cause === 'free') return orders.at(-1)?.order.amountFen === 0
  if (cause === 'etc') return orders.some((o) => o.etcCount > 0)
  if (cause === 'other') return orders.some((o) => o.otherCount > 0)
  return row.body.by !== null || orders.some((o) => o.deductions.length > 0)
}

function checkOrder(c: Checker, o: OrderCase): void {
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
  c.check('M8', amountFen > 0 || o.deductions.length === 0, order, 'a free stay was charged')
  c.check(
    'M10',
    o.deductions.every((d) => d.armed === null || d.intent.body.chargeMode === 'card'),
    order,
    'C6 in online mode',
  )
}

function checkRefund(
  c: Checker,
  ledger: Ledgered,
  refund: Extract<LedgerRow, { kind: 'refund' }>,
): void {
  const d = ledger.deductions.get(refund.deductionId ?? '')
  const paid = d !== undefined && lastState(d) === 'paid'
  c.check('M7', paid, refund, 'a refund of something that was not charged')
  const same = ledger.refunds.filter((r) => r.deductionId === refund.deductionId).length
  c.check('M7', same === 1, refund, 'refunded twice')
}

function checkOutside(c: Checker, ledger: Ledgered, outside: OutsideBooks): void {
  if (outside.charges !== null) checkCharges(c, ledger, outside.charges)
  if (outside.cardDebits !== null) checkCards(c, ledger, outside.cardDebits)
  if (outside.refunds !== null) {
    const known = new Map(ledger.refunds.map((r) => [r.body.refundId, r.amountFen ?? 0]))
    for (const r of outside.refunds) {
      const ours = known.get(r.outRefundNo)
      c.check(
        'M4',
        ours === r.refundFee,
        null,
        `refund ${r.outRefundNo}: platform ${r.refundFee}, ledger ${ours ?? 'none'}`,
      )
    }
  }
}

function checkCharges(
  c: Checker,
  ledger: Ledgered,
  charges: NonNullable<OutsideBooks['charges']>,
): void {
  const byNo = new Map<string, DeductionCase>()
  for (const d of ledger.deductions.values()) byNo.set(d.intent.body.outTradeNo, d)
  const seen = new Set<string>()
  for (const charge of charges) {
    c.check('M3', !seen.has(charge.outTradeNo), null, `${charge.outTradeNo} is in the books twice`)
    seen.add(charge.outTradeNo)
    const d = byNo.get(charge.outTradeNo)
    c.check('M2', d !== undefined, null, `platform charge ${charge.outTradeNo} without an intent`)
    if (d === undefined) continue
    const row = d.intent
    const upload = ledger.outbox.get(charge.outTradeNo)
    c.check(
      'M3',
      upload === undefined || upload.body.bodySm3.toLowerCase() === charge.bodySm3.toLowerCase(),
      row,
      'another body was sent than was written down',
    )
    c.check('M4', charge.realFee === row.amountFen, row, `platform has ${charge.realFee} fen`)
    const charged = ['SUCCESS', 'ACCEPTED'].includes(charge.status)
    c.check(
      'M6',
      !(charged && lastState(d) === 'refused'),
      row,
      'the platform charged what was taken as refused',
    )
  }
  for (const d of ledger.deductions.values()) {
    if (lastState(d) !== 'paid') continue
    const number = d.intent.body.outTradeNo
    const upload = ledger.outbox.get(number)
    const state = ledger.uploadState.get(upload?.body.outboxId ?? '')
    c.check(
      'M4',
      state !== 'confirmed' || seen.has(number),
      d.intent,
      'confirmed, but not in the platform books',
    )
    if (seen.has(number)) continue
    // A debit without TAC cannot be uploaded: its exception names it for reconciliation.
    const named = upload !== undefined || ledger.noTac.has(d.intent.orderId ?? '')
    c.check('M4', named, d.intent, 'paid, and neither uploaded nor named as open')
    if (named) c.openFen += d.intent.amountFen ?? 0
  }
}

function checkCards(
  c: Checker,
  ledger: Ledgered,
  debits: NonNullable<OutsideBooks['cardDebits']>,
): void {
  const byCard = new Map<string, DeductionCase[]>()
  for (const d of ledger.deductions.values()) {
    if (d.armed === null) continue
    byCard.set(d.armed, [...(byCard.get(d.armed) ?? []), d])
  }
  const debited = new Map<string, number>()
  for (const debit of debits) debited.set(debit.cardNo, (debited.get(debit.cardNo) ?? 0) + 1)
  for (const [cardNo, times] of debited) {
    const cases = byCard.get(cardNo) ?? []
    const row = cases.at(-1)?.intent ?? null
    const paid = cases.filter((d) => lastState(d) === 'paid').length
    const open = cases.filter((d) => !isFinal(d)).length
    c.check(
      'M1',
      times <= paid + open,
      row,
      `card ${cardNo} was debited ${times} times, ${paid} paid, ${open} open`,
    )
    c.check('M6', times >= paid, row, `card ${cardNo}: ${paid} paid, ${times} debits`)
    c.check('M2', cases.length > 0, row, `card ${cardNo} was debited without an armed intent`)
  }
  for (const [cardNo, cases] of byCard) {
    const paid = cases.filter((d) => lastState(d) === 'paid').length
    c.check(
      'M4',
      paid <= (debited.get(cardNo) ?? 0),
      cases[0]?.intent ?? null,
      `card ${cardNo}: paid without a debit`,
    )
  }
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
