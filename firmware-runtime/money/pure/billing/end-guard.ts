// What ending an item of the day's books needs beside a session.
import type { GuardOf } from '#base/pure/values/guards.ts'
import { isCountOfDrawer, isMessage, isOfSums } from './day-tally.ts'

/**
 * A refund needs two people, and the person who counted the drawer may not alone end a difference found in it. A difference
 * of sums ended without money is a write-off, which another person must confirm.
 */
export const endGuard: GuardOf = ({ how, itemId }) => {
  // The refund named in the end of driver feedback was confirmed when it was made.
  if (typeof itemId === 'string' && isMessage(itemId)) return 'pin'
  if (how === 'refunded') return 'fourEyes'
  if (typeof itemId !== 'string') return 'pin'
  const isTwos = isCountOfDrawer(itemId) || (how === 'explained' && isOfSums(itemId))
  return isTwos ? 'fourEyes' : 'pin'
}
