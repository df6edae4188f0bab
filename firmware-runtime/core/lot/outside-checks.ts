// The ledger against the books of platform and cards: what others wrote down is the truth outside.
// Part of the checker of invariants.ts (M1 to M6 as far as they can be seen from outside).
import type { OrderEnd } from '../values/ledger-row.ts'
import {
  isFinal,
  bookedFen,
  lastState,
  type Checker,
  type DeductionCase,
  type Ledgered,
  type OutsideBooks,
} from './invariant-cases.ts'

export function checkOutside(c: Checker, ledger: Ledgered, outside: OutsideBooks): void {
  if (outside.charges !== null) checkCharges(c, ledger, outside.charges)
  if (outside.cardDebits !== null) checkCards(c, ledger, outside.cardDebits)
  if (outside.exceptions !== undefined) checkExceptions(c, ledger, outside.exceptions)
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

/** What P14 calls other payment, manual release, retried and paid, left unpaid, by the ends it may have. */
const endsOfHandling: Readonly<Record<number, readonly OrderEnd[]>> = {
  1: ['other'],
  2: ['other', 'later'],
  3: ['etc', 'free'],
  4: ['open'],
}

/** The platform is told how the car went on, and only once it did. */
function checkExceptions(
  c: Checker,
  ledger: Ledgered,
  exceptions: NonNullable<OutsideBooks['exceptions']>,
): void {
  for (const { exceptionNo, handling } of exceptions) {
    const row = ledger.reports.get(exceptionNo)
    c.check('M4', row !== undefined, null, `platform exception ${exceptionNo} without its row`)
    if (row?.stayId === undefined) continue
    const end = ledger.stayEnds.get(row.stayId)
    const ends = endsOfHandling[handling] ?? []
    const detail = `${exceptionNo} was told as ${handling}, its stay ended ${end ?? 'not yet'}`
    c.check('M4', end !== undefined && ends.includes(end), row, detail)
    const money = (ledger.byStay.get(row.stayId) ?? []).some((order) => order.otherFen > 0)
    c.check('M4', handling !== 1 || money, row, `${exceptionNo}: no other payment was taken`)
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
