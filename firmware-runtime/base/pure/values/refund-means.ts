// How people give money back: out of the drawer, by a transfer, or through the card's issuer.
// Only cash comes off a drawer.

/** Reason of a refund of what a card lost too much. */
export const overchargedReason = 'overcharged'

export const refundMeans = ['cash', 'transfer', 'issuer'] as const
export type RefundMeans = (typeof refundMeans)[number]

/** Means by which refunds are actually paid, in display order. */
export const backMeans = ['cash', 'transfer', 'etc', 'qr'] as const
export type BackMeans = (typeof backMeans)[number]

/** Null: the platform gave it, the way it came. The issuer gives it to the account of the card: ETC as well. */
export const wentBy = (means: RefundMeans | null): BackMeans =>
  means === null || means === 'issuer' ? 'etc' : means
