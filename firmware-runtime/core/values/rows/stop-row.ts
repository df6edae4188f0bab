// The last row of a program that was told to stop: the next start knows by it since when the lanes had stopped. A start without
// one behind its last row was a power cut, a kill or a fault, and how long the lanes had stopped is known to no row.
import type { InstantMs } from '../instant.ts'
import type { LedgerRow, RowDraft } from './ledger-row.ts'

const type = 'lotStopped'

export const stopRow = (atMs: InstantMs): RowDraft => ({
  kind: 'event',
  atMs,
  body: { type, detail: '' },
})

export const isStopRow = (row: LedgerRow): boolean => row.kind === 'event' && row.body.type === type
