// Number of items in the list of stays that wait for a person, used by the list and by the link to it.
// A new kind of item must be counted here.
import type { StaysToCheckView } from '../../firmware-runtime/api/stays-views.ts'

export const countOf = (found: StaysToCheckView): number => {
  const { count, pairs, charges, refunds, notUploaded } = found
  return count + pairs.length + charges.length + refunds.length + notUploaded.length
}
