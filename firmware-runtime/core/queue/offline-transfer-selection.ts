// Unsent records that leave by a stick and are sent from elsewhere: which of them go, and how each may be asked for.
// A charge that may not be posted any more is only queried; a refund goes after the answer to its charge is back. In two steps
// (P34) no charge is posted from a stick: an application holds for two minutes, and a file is read hours later.
import type { LotState } from '../lot/lot-state.ts'
import { mayRepost } from '../lot/may-repost.ts'
import type { DestinationName } from '../values/rows/ledger-row.ts'
import type { QueueState } from './queue.ts'
import type { OutboxRecord, SendOp } from './records.ts'

interface CarriedRecord {
  readonly record: OutboxRecord
  readonly send: Exclude<SendOp, 'apply' | 'cancel'>
}

/** What leaves by a stick goes to one platform: that of the charges. */
const carriedTo: DestinationName = 'platform'

export function* carriedRecords(
  queue: QueueState,
  lot: LotState,
  isTwoStep: boolean,
): Generator<CarriedRecord> {
  for (const record of queue.records.values()) {
    if (record.destination !== carriedTo) continue
    if (record.op === 'refund' && queue.records.chargeOf(record) !== null) continue
    const mayPost =
      record.op !== 'charge' || (!isTwoStep && mayRepost(lot, { ...record, live: null }))
    yield { record, send: mayPost ? 'post' : 'query' }
  }
}
