// What a drawer should hold: what was in it, what was taken, and what was given back out of it; and how far off a count is.
// One sum for the page and the list of shifts, one way to say a difference.
import type { Words } from '../../kit/words.ts'

interface Drawer {
  readonly beforeFen: number
  readonly takenFen: number
  readonly backFen: number
}

/** Of a count, once it is written. */
export interface CountSums {
  readonly countedFen: number
  readonly expectedFen: number
  /** The float that was in it, and what stays as float for the next shift. */
  readonly beforeFen: number
  readonly leftFen: number
}

export const drawerFen = ({ beforeFen, takenFen, backFen }: Drawer): number =>
  beforeFen + takenFen - backFen

/** Sign and word of a difference: more than there should be, less, or neither. */
export function differenceText({ t, money }: Pick<Words, 't' | 'money'>, offFen: number): string {
  if (offFen === 0) return t('day.exact')
  return t(offFen > 0 ? 'day.over' : 'day.short', { amount: money(Math.abs(offFen)) })
}
