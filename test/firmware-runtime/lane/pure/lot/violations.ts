// What the invariants find in the rows of a ledger, where nothing is known of the platform and the cards and nothing is
// open. A test says only what differs.
import {
  checkInvariants,
  type LiveFacts,
  type OutsideRecords,
  type Violation,
} from '#lane/pure/lot/invariants.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'

export const nothing: OutsideRecords = { charges: null, refunds: null, cardDebits: null }
export const healthy: LiveFacts = {
  chainOk: true,
  unsent: 0,
  unknown: 0,
  lanesReady: true,
  healed: true,
}

export const violationsOf = (
  rows: Iterable<LedgerRow>,
  outside: Partial<OutsideRecords> = {},
  live: Partial<LiveFacts> = {},
): Violation[] =>
  checkInvariants(rows, { ...nothing, ...outside }, { ...healthy, ...live }).violations
