// How SQL tells orders of first cars from those that count: by the letter in their id (values/test-order.ts).
// A node's name has letters and digits alone, so nothing else matches.
import { testOrderLetter } from '../../core/values/test-order.ts'

/** True in SQL for a row of an order that counts; rows without an order count. */
export const countsSql = (orderId = 'orderId'): string =>
  `coalesce(${orderId}, '') NOT GLOB '*-${testOrderLetter}[0-9]*'`
