// How people give money back: out of the drawer, by a transfer, or through the card's issuer.
// Only cash comes off a drawer.

export const refundMeans = ['cash', 'transfer', 'issuer'] as const
export type RefundMeans = (typeof refundMeans)[number]
