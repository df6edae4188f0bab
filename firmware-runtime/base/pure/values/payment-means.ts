// Means of settling a stay by hand, as one table: display texts, and what each takes from the driver.
// A new means is one row here; the call, the flag, the dialog, the ledger page and the sums read this table.
import { t, type BilingualText } from '../words/fault-text.ts'

interface SettleWay {
  readonly title: BilingualText
  /** `amount`: money now, a payment row. `arrears`: collected later, no payment row. `nothing`: waived. */
  readonly takes: 'amount' | 'arrears' | 'nothing'
}

/** In the order of the dialog. */
export const settleWays = {
  cash: { title: t('现金', 'Cash'), takes: 'amount' },
  transfer: { title: t('转账', 'Transfer'), takes: 'amount' },
  free: { title: t('免收', 'Free'), takes: 'nothing' },
  later: { title: t('事后追缴', 'Collect later'), takes: 'arrears' },
} as const satisfies Record<string, SettleWay>

/** At the desk for a car that has left: everything that ends what it owes. */
export const deskMeans = (Object.keys(settleWays) as SettleMeans[]).filter(
  (means) => means !== 'later',
) as Exclude<SettleMeans, 'later'>[]

export type SettleMeans = keyof typeof settleWays
/**
 * Means in payment rows beside those by hand. `qr` is set by the gateway alone (rule P5); in rows from older versions a
 * person could choose it, and `waived` is the older name of `free`.
 */
const otherMeans = {
  etc: { title: t('ETC', 'ETC'), takes: 'amount' },
  qr: { title: t('扫码', 'QR code'), takes: 'amount' },
  waived: { title: t('免收', 'Waived'), takes: 'nothing' },
  /** Taken by another billing system for its own order: in no drawer and on no bill of ours. */
  billing: { title: t('计费系统收取', 'By the billing system'), takes: 'amount' },
} as const satisfies Record<string, SettleWay>

export type PaymentMeans = keyof typeof otherMeans | Exclude<SettleMeans, 'later'>

/** Every means that a payment row may name. */
export const paymentMeans = [
  ...Object.keys(otherMeans),
  ...Object.keys(settleWays).filter((means) => means !== 'later'),
] as PaymentMeans[]

export const settleMeans = Object.keys(settleWays) as SettleMeans[]

const ways: Readonly<Record<string, SettleWay>> = { ...otherMeans, ...settleWays }

/** What a means takes; `amount` for a means that is not in the table. */
export const takesOf = (means: string): SettleWay['takes'] => ways[means]?.takes ?? 'amount'

/** Display texts of every means that a ledger or a dialog shows. */
export const meansTexts: Readonly<Record<string, BilingualText>> = Object.fromEntries(
  Object.entries(ways).map(([means, { title }]) => [means, title]),
)
export const meansWords = (language: keyof BilingualText): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(meansTexts).map(([means, words]) => [means, words[language]]))
