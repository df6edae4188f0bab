// Money: integer fen (0.01 CNY), never a float.
// Amounts from outside are limited to `fenMax`, by their schema or by `isFen`.

/** Integer fen. Orders and deductions are >= 0; adjustments may be negative. */
export type Fen = number

/** Largest amount one row may carry: 1,000,000 yuan. Larger is a bug or an attack, not a stay. */
export const fenMax = 100_000_000

/** True for an integer amount between -fenMax and fenMax. */
export const isFen = (value: unknown): value is Fen =>
  typeof value === 'number' && Number.isSafeInteger(value) && Math.abs(value) <= fenMax

/** `¥ 12.00` from 1200. Integer arithmetic only. */
export function fenText(amountFen: Fen): string {
  const sign = amountFen < 0 ? '-' : ''
  const abs = Math.abs(amountFen)
  return `${sign}¥ ${Math.floor(abs / 100)}.${String(abs % 100).padStart(2, '0')}`
}
