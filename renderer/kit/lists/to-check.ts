// Number of items in the list of stays that wait for a person, used by the list and by the link to it.
// A new kind of item must be counted here.
import type { StaysToCheckView } from '#lane/calls/stays-views.ts'

export const countOf = (found: StaysToCheckView): number => {
  const { count, pairs, charges, asked, refunds, notUploaded } = found
  const ofMoney = charges.length + asked.count + refunds.length + notUploaded.length
  return count + pairs.length + ofMoney
}
