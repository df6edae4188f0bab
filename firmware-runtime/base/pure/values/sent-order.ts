// Words of an order that another billing system has sent: its states, the means that ended it, and its review.
import type { PaymentMeans } from './payment-means.ts'

/**
 * `open`: ETC may charge it. `charging`: a charge runs. `unknown`: a charge has no result, nothing else is taken by ETC.
 * `paid`: by ETC. `settled`: in another way. `withdrawn`: by the billing system.
 */
export const sentOrderStates = [
  'open',
  'charging',
  'unknown',
  'paid',
  'settled',
  'withdrawn',
] as const
export type SentOrderState = (typeof sentOrderStates)[number]

/** Means of a settlement; `free`: nothing is taken. */
export const sentMeans = ['cash', 'transfer', 'qr', 'free'] as const
export type SentMeans = (typeof sentMeans)[number]

/** The means of a payment row as a settlement names it; null: it was paid by ETC. */
export function sentMeansOf({
  means,
  reason,
}: {
  readonly means: PaymentMeans
  readonly reason: string | null
}): SentMeans | null {
  if (means === 'etc') return null
  // What another billing system took is named in the reason.
  if (means === 'billing') return sentMeans.find((one) => one === reason) ?? 'transfer'
  return means === 'waived' ? 'free' : means
}

/** `asked`: its charge waits for the review. `silent`: no answer came in time, and the record went up. */
export const reviewStates = ['asked', 'agreed', 'disputed', 'silent'] as const
export type ReviewState = (typeof reviewStates)[number]

/** What happens to an order, as its billing system is told. */
export const orderEvents = [
  'opened',
  'charging',
  'paid',
  'notPaid',
  'unknown',
  'settled',
  'withdrawn',
  'review',
  'reviewed',
  'refund',
] as const
export type OrderEventName = (typeof orderEvents)[number]
