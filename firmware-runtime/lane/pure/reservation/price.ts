// The effect of a reservation on the price of its stay: one line of the calculation, never below zero.
// It makes no charge: the tariff prices the stay, and the discount agreed with the platform is taken off.
import type { Price } from '#money/pure/billing/price.ts'
import type { BilingualText } from '#base/pure/faults/faults.ts'
import { fenText, type Fen } from '#base/pure/values/fen.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { OrderLine } from '#base/pure/rows/ledger-row.ts'
import type { ReservationTerms, ReservationUse } from '#base/pure/rows/reservation-row.ts'

const wholeBp = 10_000

const termsText = (terms: Exclude<ReservationTerms, { kind: 'none' }>): BilingualText => {
  switch (terms.kind) {
    case 'prepaid': {
      const fen = fenText(terms.amountFen)
      return { zh: `平台预付 ${fen}`, en: `${fen} prepaid at the platform` }
    }
    case 'discount':
      return { zh: `预约时段减 ${terms.bp / 100}%`, en: `${terms.bp / 100}% off its window` }
    case 'rate': {
      const fen = fenText(terms.amountFen)
      return { zh: `预约时段至多 ${fen}`, en: `its window costs at most ${fen}` }
    }
  }
}

function lineOf({ orderNo, terms, fromMs, toMs, amountFen }: ReservationUse): OrderLine {
  const what = terms.kind === 'none' ? { zh: '', en: '' } : termsText(terms)
  return {
    fromMs,
    toMs,
    rule: 'reservation',
    // No negative nothing in a row.
    amountFen: amountFen === 0 ? 0 : -amountFen,
    text: {
      zh: `预约 ${orderNo}${what.zh === '' ? '' : ` ${what.zh}`}`,
      en: `Reservation ${orderNo}${what.en === '' ? '' : `: ${what.en}`}`,
    },
  }
}

type Priced = Omit<ReservationUse, 'amountFen'>

/** `costs`: price of a part of the stay alone. */
function offOf({ terms, fromMs, toMs }: Priced, costs: (a: InstantMs, b: InstantMs) => Fen): Fen {
  if (terms.kind === 'prepaid') return terms.amountFen
  if (terms.kind === 'none' || toMs <= fromMs) return 0
  const cost = costs(fromMs, toMs)
  if (terms.kind === 'rate') return Math.max(0, cost - terms.amountFen)
  return Math.floor((cost * terms.bp) / wholeBp)
}

export function reservationPrice(
  whole: Price,
  reservation: Priced | null,
  stay: { readonly fromMs: InstantMs; readonly toMs: InstantMs },
  costs: (fromMs: InstantMs, toMs: InstantMs) => Fen,
): Price & { readonly reservation: ReservationUse | null } {
  if (reservation === null) return { ...whole, reservation: null }
  const { orderNo, terms } = reservation
  const fromMs = Math.min(Math.max(reservation.fromMs, stay.fromMs), stay.toMs)
  const toMs = Math.max(fromMs, Math.min(reservation.toMs, stay.toMs))
  const off = offOf({ orderNo, terms, fromMs, toMs }, costs)
  const use: ReservationUse = {
    orderNo,
    terms,
    fromMs,
    toMs,
    amountFen: Math.min(whole.amountFen, off),
  }
  return {
    amountFen: whole.amountFen - use.amountFen,
    lines: [...whole.lines, lineOf(use)],
    reservation: use,
  }
}
