// What a stay has paid, from its rows alone: by means, what went back, and what an invoice of the lot may be about.
import { shownLinesOf } from '../pure/billing/unknown-class.ts'
import { refundsDone } from '#base/pure/words/money-words.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import type { Fen } from '#base/pure/values/fen.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import { stayInvoices, type StayInvoice } from '../pure/billing/stay-invoice.ts'
import { takesOf } from '#base/pure/values/payment-means.ts'
import { isTestOrder } from '#base/pure/values/test-order.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { isOnPaper, paperEvent, paperRowOf } from './paper-rows.ts'
import type { Receipt } from './receipt-leaf.ts'

/** `type` of the event rows that hold the leaf of a receipt. */
export const receiptEvent = 'receiptMade'

export interface Kept {
  readonly day: number
  readonly leafHex: string
}

export const keptOf = (detail: string): Kept => JSON.parse(detail) as Kept

const wholeSecond = (atMs: InstantMs): InstantMs => Math.floor(atMs / 1000) * 1000

export interface PaidStay {
  /** What the driver finally paid, and the means of the payment that counts. */
  readonly facts: Omit<Receipt, 'lotId' | 'salt'>
  readonly classUnknown: BilingualText | null
  /** The amount paid, including refunds that are requested and not paid yet. */
  readonly hasFen: number
  /** Means of all its payments, each once. */
  readonly paidBy: readonly string[]
  /** Given back by people. */
  readonly backFen: Fen
  /** What an invoice of the lot is about: its payments without those that others invoice, less what went back of them. */
  readonly invoiceableFen: Fen
  readonly invoices: readonly StayInvoice[]
  readonly kept: readonly Kept[]
  readonly isOnPaper: boolean
}

/**
 * Means whose money others invoice: a payment by ETC the ETC platform, which has the electronic invoices of ETC payments (3.9,
 * 7.1); an order of another billing system that system.
 */
const invoicedByOthers: readonly string[] = ['etc', 'billing']

/** RECEIPT-01 for a stay that does not exist, or for which nothing was paid. */
export function paidStayOf(stayId: string, rows: readonly LedgerRow[]): PaidStay {
  const refused = (why: BilingualText): LaneFault =>
    new LaneFault('RECEIPT-01', { field: '/stayId', value: stayId, note: why })
  const opened = rows.find((row) => row.kind === 'stayOpened')
  if (opened?.kind !== 'stayOpened') throw refused(t('没有这次停车', 'there is no such stay'))
  const payments = rows.flatMap((row) =>
    row.kind === 'payment' && takesOf(row.body.means) === 'amount' ? [row] : [],
  )
  const last = payments.at(-1)
  if (last?.kind !== 'payment') throw refused(t('没有收过钱', 'no payment was taken'))
  const closed = rows.findLast((row) => row.kind === 'stayClosed')
  const given = refundsDone(rows)
  const takenFen = new Map<string, number>()
  const took = (means: string, fen: number): void => {
    takenFen.set(means, (takenFen.get(means) ?? 0) + fen)
  }
  for (const row of payments) took(row.body.means, row.amountFen ?? 0)
  const paidBy = [...takenFen.keys()]
  let isOwedFen = 0
  let backFen = 0
  const back = (means: string, fen: number): void => {
    took(means, -fen)
    backFen += fen
  }
  for (const row of rows) {
    // A double charge belongs to the driver from the moment its refund is requested.
    if (row.kind === 'refund' && row.body.byPeople === true) {
      const { refundId, paymentId } = row.body
      const of = payments.find(({ body }) => body.paymentId === paymentId)
      if (given.has(refundId)) back(of?.body.means ?? 'etc', row.amountFen ?? 0)
    } else if (row.kind === 'refund') {
      took('etc', -(row.amountFen ?? 0))
      if (!given.has(row.body.refundId)) isOwedFen += row.amountFen ?? 0
    }
    if (row.kind !== 'pay' || row.body.row !== 'refund' || row.body.why !== 'person') continue
    if (given.has(row.body.refundNo)) back('qr', row.body.amountFen)
  }
  const amountFen = [...takenFen.values()].reduce((sum, fen) => sum + fen, 0)
  const ownFen = [...takenFen].reduce(
    (sum, [means, fen]) => (invoicedByOthers.includes(means) ? sum : sum + fen),
    0,
  )
  const made = rows.findLast((row) => row.kind === 'orderMade')
  const detailsOf = (type: string, of = rows): readonly string[] =>
    of.flatMap((row) => (row.kind === 'event' && row.body.type === type ? [row.body.detail] : []))
  const madeAt = rows.findLastIndex((row) => row.kind === 'event' && row.body.type === receiptEvent)
  return {
    isOnPaper: isOnPaper(detailsOf(paperEvent, rows.slice(madeAt + 1)).map(paperRowOf)),
    facts: {
      stayId,
      plate: made?.body.plate ?? opened.body.plate ?? '',
      enteredAtMs: wholeSecond(opened.body.enteredAtMs),
      leftAtMs: wholeSecond(closed?.kind === 'stayClosed' ? closed.body.leftAtMs : last.atMs),
      amountFen,
      means: [...takenFen].flatMap(([means, fen]) => (fen > 0 ? [means] : [])).join('+'),
    },
    classUnknown:
      made === undefined
        ? null
        : (shownLinesOf(made, rows).find(({ rule }) => rule === 'classUnknown')?.text ?? null),
    hasFen: amountFen + isOwedFen,
    paidBy,
    backFen,
    invoiceableFen: payments.some(({ orderId }) => isTestOrder(orderId)) ? 0 : Math.max(0, ownFen),
    invoices: stayInvoices(rows),
    kept: detailsOf(receiptEvent).map(keptOf),
  }
}
