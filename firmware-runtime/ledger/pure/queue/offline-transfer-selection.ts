// Selects the unsent records that leave on a stick and are sent from elsewhere, and the permitted requests for each.
// A charge that must not be posted again is only queried; a refund follows after the answer to its charge. With two-step
// charges (P34) none is posted from a stick: an application is valid for two minutes, and a file is read hours later.
import type { LotState } from '../lot/lot-state.ts'
import { mayRepost } from '../lot/may-repost.ts'
import { isHeldBack } from '#money/pure/orders/sent-orders.ts'
import type { DestinationName } from '#base/pure/rows/ledger-row.ts'
import type { QueueState } from './queue.ts'
import type { OutboxRecord, SendOp } from './records.ts'

interface CarriedRecord {
  readonly record: OutboxRecord
  readonly send: Exclude<SendOp, 'apply' | 'cancel'>
}

/** Destination of records on a stick: the platform of the charges. */
const carriedTo: DestinationName = 'platform'

export function* carriedRecords(
  queue: QueueState,
  lot: LotState,
  isTwoStep: boolean,
): Generator<CarriedRecord> {
  for (const record of queue.records.values()) {
    if (record.destination !== carriedTo || isHeldBack(lot, record)) continue
    if (record.op === 'refund' && queue.records.chargeOf(record) !== null) continue
    const mayPost =
      record.op !== 'charge' || (!isTwoStep && mayRepost(lot, { ...record, live: null }))
    yield { record, send: mayPost ? 'post' : 'query' }
  }
}
