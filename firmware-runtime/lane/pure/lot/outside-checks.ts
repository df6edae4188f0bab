// The ledger against the records of platform and cards: what others wrote down is the truth outside.
// Part of the checker of invariants.ts (M1 to M6 as far as they can be seen from outside).
import type { OrderEnd } from '#base/pure/rows/ledger-row.ts'
import type { ShelfMaker } from '#base/pure/values/shelf.ts'
import {
  isFinal,
  bookedFen,
  lastState,
  ordersOf,
  type Checker,
  type KeptRow,
  type Ledgered,
  type OutsideRecords,
} from './invariant-cases.ts'

export function checkOutside(
  c: Checker,
  ledger: Ledgered,
  outside: OutsideRecords,
  shelf: ShelfMaker,
): void {
  if (outside.charges !== null) checkCharges(c, ledger, outside.charges, shelf)
  if (outside.cardDebits !== null) checkCards(c, ledger, outside.cardDebits, shelf)
  if (outside.exceptions !== undefined) checkExceptions(c, ledger, outside.exceptions)
  if (outside.refunds !== null) {
    for (const r of outside.refunds) {
      const ours = ledger.refundFen.get(r.outRefundNo)
      c.check(
        'M4',
        ours === r.refundFee,
        null,
        `refund ${r.outRefundNo}: platform ${r.refundFee}, ledger ${ours ?? 'none'}`,
      )
    }
  }
}

/** Order ends that fit each handling of P14: other payment, manual release, retried and paid, left unpaid. */
const endsOfHandling: Readonly<Record<number, readonly OrderEnd[]>> = {
  1: ['other'],
  2: ['other', 'later'],
  3: ['etc', 'free'],
  4: ['open'],
}

/** An exception report must state the outcome for the car, and be sent only after it. */
function checkExceptions(
  c: Checker,
  ledger: Ledgered,
  exceptions: NonNullable<OutsideRecords['exceptions']>,
): void {
  for (const { exceptionNo, handling } of exceptions) {
    const row = ledger.reports.get(exceptionNo)
    c.check('M4', row !== undefined, null, `platform exception ${exceptionNo} without its row`)
    if (row?.stayId === undefined) continue
    const end = ledger.stayEnds.get(row.stayId)
    const ends = endsOfHandling[handling] ?? []
    const detail = `${exceptionNo} was told as ${handling}, its stay ended ${end ?? 'not yet'}`
    c.check('M4', end !== undefined && ends.includes(end), row, detail)
    const money = ordersOf(ledger, row.stayId).some((order) => order.otherFen > 0)
    c.check('M4', handling !== 1 || money, row, `${exceptionNo}: no other payment was taken`)
  }
}

function checkCharges(
  c: Checker,
  ledger: Ledgered,
  charges: NonNullable<OutsideRecords['charges']>,
  shelf: ShelfMaker,
): void {
  const byNo = shelf<string>()
  for (const { intent } of ledger.deductions.values())
    byNo.set(intent.body.outTradeNo, intent.deductionId ?? '')
  const seen = shelf<true>()
  for (const charge of charges) {
    c.check('M3', !seen.has(charge.outTradeNo), null, `${charge.outTradeNo} is in the books twice`)
    seen.set(charge.outTradeNo, true)
    const deductionId = byNo.get(charge.outTradeNo)
    const d = deductionId === undefined ? undefined : ledger.deductions.get(deductionId)
    c.check('M2', d !== undefined, null, `platform charge ${charge.outTradeNo} without an intent`)
    if (d === undefined) continue
    const row = d.intent
    const upload = ledger.outbox.get(charge.outTradeNo)
    c.check(
      'M3',
      upload === undefined || upload.bodySm3.toLowerCase() === charge.bodySm3.toLowerCase(),
      row,
      'another body was sent than was written down',
    )
    c.check('M4', charge.realFee === bookedFen(d), row, `platform has ${charge.realFee} fen`)
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
    const state = ledger.uploadState.get(upload?.outboxId ?? '')
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
    if (named) c.openFen += bookedFen(d)
  }
}

/** One card in the ledger and in the card store. */
interface CardCase {
  readonly cardNo: string
  debits: number
  paid: number
  open: number
  first: KeptRow | null
  last: KeptRow | null
}

const noCase = { debits: 0, paid: 0, open: 0, first: null, last: null }

function checkCards(
  c: Checker,
  ledger: Ledgered,
  debits: NonNullable<OutsideRecords['cardDebits']>,
  shelf: ShelfMaker,
): void {
  const cards = shelf<CardCase>()
  const count = (cardNo: string, change: (card: CardCase) => void): void => {
    const card: CardCase = cards.get(cardNo) ?? { cardNo, ...noCase }
    change(card)
    cards.set(cardNo, card)
  }
  for (const d of ledger.deductions.values()) {
    if (d.armed === null) continue
    count(d.armed, (card) => {
      if (lastState(d) === 'paid') card.paid++
      if (!isFinal(d)) card.open++
      card.first ??= d.intent
      card.last = d.intent
    })
  }
  // A consumption of nothing takes nothing; a record of one is of a card that knows it.
  const zeros = shelf<number>()
  for (const { cardNo, amountFen } of debits)
    if (amountFen > 0) count(cardNo, (card) => card.debits++)
    else zeros.set(cardNo, (zeros.get(cardNo) ?? 0) + 1)
  for (const { cardNo, times } of ledger.zeroRecords.values()) {
    const detail = `card ${cardNo}: ${times} records of a consumption of nothing`
    c.check('M4', times <= (zeros.get(cardNo) ?? 0), null, detail)
  }
  for (const card of cards.values()) checkCard(c, card)
}

function checkCard(c: Checker, card: CardCase): void {
  const { cardNo, debits, paid, open, first, last } = card
  if (debits > 0) {
    c.check(
      'M1',
      debits <= paid + open,
      last,
      `card ${cardNo} was debited ${debits} times, ${paid} paid, ${open} open`,
    )
    c.check('M6', debits >= paid, last, `card ${cardNo}: ${paid} paid, ${debits} debits`)
    c.check('M2', first !== null, last, `card ${cardNo} was debited without an armed intent`)
  }
  if (first !== null) c.check('M4', paid <= debits, first, `card ${cardNo}: paid without a debit`)
}
