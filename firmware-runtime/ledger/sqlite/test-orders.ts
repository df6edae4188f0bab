// How SQL tells test orders of first cars from others: by the letter in their id (values/test-order.ts).
// A node's name has only letters and digits, so nothing else matches.
import { testOrderLetter } from '#base/pure/values/test-order.ts'

/** SQL condition: true for a row of an order that counts; rows without an order count. */
export const countsSql = (orderId = 'orderId'): string =>
  `coalesce(${orderId}, '') NOT GLOB '*-${testOrderLetter}[0-9]*'`
