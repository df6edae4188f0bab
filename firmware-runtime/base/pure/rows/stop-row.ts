// The last row of an orderly stop, from which the next start knows since when the lanes had stopped. Without it the program
// ended by a power cut, a kill or a fault, and the duration of the stop is unknown.
import type { InstantMs } from '../values/instant.ts'
import type { LedgerRow, RowDraft } from './ledger-row.ts'

const type = 'lotStopped'

export const stopRow = (atMs: InstantMs): RowDraft => ({
  kind: 'event',
  atMs,
  body: { type, detail: '' },
})

export const isStopRow = (row: LedgerRow): boolean => row.kind === 'event' && row.body.type === type
