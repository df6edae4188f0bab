// Rows of the kind `event` that hold places of a day's receipts: leaves that were given out, and those that a lost machine
// may have given out.
import { compactOf, type InstantMs } from '../instant.ts'

/** `{day, count}`: places that stay empty. */
export const lostReceiptsEvent = 'receiptsLost'

/** yyyymmdd of the lot's day, as a number. */
export const receiptDayOf = (atMs: InstantMs): number => Number(compactOf(atMs).slice(0, 8))
