// The expected content of a drawer (float, taken, given back), and the difference of a count.
// Shared by the page and the list of shifts.
import type { Words } from '../../kit/words.ts'

interface Drawer {
  readonly beforeFen: number
  readonly takenFen: number
  readonly backFen: number
}

/** The sums of a recorded count. */
export interface CountSums {
  readonly countedFen: number
  readonly expectedFen: number
  /** Float at the start of the shift, and float left for the next one. */
  readonly beforeFen: number
  readonly leftFen: number
}

export const drawerFen = ({ beforeFen, takenFen, backFen }: Drawer): number =>
  beforeFen + takenFen - backFen

/** A difference in words: too much, too little, or exact. */
export function differenceText({ t, money }: Pick<Words, 't' | 'money'>, offFen: number): string {
  if (offFen === 0) return t('day.exact')
  return t(offFen > 0 ? 'day.over' : 'day.short', { amount: money(Math.abs(offFen)) })
}
