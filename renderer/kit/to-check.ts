// How many things of the list of stays wait for a person: one count for the list and the way to it.
// A new kind of item is counted here, or it is seen nowhere.
import type { StaysToCheckView } from '../../firmware-runtime/api/stays-views.ts'

export const countOf = (found: StaysToCheckView): number => {
  const { count, pairs, charges, refunds, notUploaded } = found
  return count + pairs.length + charges.length + refunds.length + notUploaded.length
}
