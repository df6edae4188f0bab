// What stands beside sums, in words: money whose date cannot be right, and rows that were set aside.
import type { OddSum, SumNotes } from '../../desk/sum-notes.ts'
import { countOf, moneyOf } from './figures.ts'

type Says = (word: string, values: Readonly<Record<string, string>>) => string
export type OddFigures = Omit<OddSum, 'from' | 'to'>

/** Payments and refunds apart. */
export function oddText(t: Says, { n, fen, backN, backFen }: OddFigures): string {
  const parts = [
    ...(n > 0 ? [t('shell.oddPaid', { count: countOf(n), money: moneyOf(fen) })] : []),
    ...(backN > 0 ? [t('shell.oddBack', { count: countOf(backN), money: moneyOf(backFen) })] : []),
  ]
  return parts.join(' · ')
}

export const hasNotes = ({ asideCount, past, future }: SumNotes): boolean =>
  asideCount > 0 || past !== null || future !== null
