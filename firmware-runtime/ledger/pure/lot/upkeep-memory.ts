// State of the maintenance from before the start, as a fold over ledger rows: since when the clock ran steadily.
// The age of a photo is only as reliable as the clock that dated it, and the lot may be unattended for years.
import { dayMs, type InstantMs } from '#base/pure/values/instant.ts'
import type { LedgerRow, RowBodies } from '#base/pure/rows/ledger-row.ts'
import { withLook, type RoomLook } from './disk-forecast.ts'

/** Rows of the kind `event` that upkeep writes: one for everything it deletes, makes or notices. */
export const upkeepEvents = {
  photosDeleted: 'photosDeleted',
  backupMade: 'backupMade',
  backupFailed: 'backupFailed',
  backupDeleted: 'backupDeleted',
  clockJumped: 'clockJumped',
  /** Free space, once a day. */
  diskSeen: 'diskSeen',
} as const

export interface UpkeepMemory {
  lastAtMs: InstantMs | null
  /** Business time since which no clock jump is known; null: no jump ever. */
  steadySinceMs: InstantMs | null
  /** The longest time switched off since then: the clock may have been set by as much meanwhile. */
  unprovenMs: number
  /** Time that went by since the first row, jumps of the clock left out. */
  livedMs: number
  /** Its value at the last backup; null: no backup in the rows. */
  backedUpLivedMs: number | null
  /** Failure of the last nightly backup; null once one has succeeded. */
  backupFailed: { readonly atMs: InstantMs; readonly code: string } | null
  /** Fault of the ledger itself found by the check of the last backup. */
  ledgerTrouble: { readonly code: 'LEDGER-07'; readonly seq: number } | null
  /** Free space of the last weeks, a look a day. */
  room: readonly RoomLook[]
}

export const emptyUpkeepMemory = (): UpkeepMemory => ({
  lastAtMs: null,
  steadySinceMs: null,
  unprovenMs: 0,
  livedMs: 0,
  backedUpLivedMs: null,
  backupFailed: null,
  ledgerTrouble: null,
  room: [],
})

/** Rows wait for their turn and clocks are corrected by seconds; more than this is a jump. */
export const clockSlackMs = 3_600_000
/** Switched off over a long weekend. Longer, and the clock's word alone does not count. */
const offMaxMs = 4 * dayMs

export function foldUpkeep(memory: UpkeepMemory, row: LedgerRow): void {
  const { atMs } = row
  const byMs = atMs - (memory.lastAtMs ?? atMs)
  const plausible = byMs >= -clockSlackMs && byMs <= offMaxMs
  memory.lastAtMs = atMs
  if (plausible) memory.livedMs += Math.max(0, byMs)
  else doubt(memory, atMs)
  if (row.kind === 'boot' && plausible) memory.unprovenMs = Math.max(memory.unprovenMs, byMs)
  if (row.kind === 'event') foldEvent(memory, atMs, row.body)
}

function doubt(memory: UpkeepMemory, atMs: InstantMs): void {
  memory.steadySinceMs = atMs
  memory.unprovenMs = 0
}

function foldEvent(memory: UpkeepMemory, atMs: InstantMs, event: RowBodies['event']): void {
  const first = event.detail.split(' ', 1)[0] ?? ''
  if (event.type === upkeepEvents.clockJumped) {
    doubt(memory, atMs)
    // A jump that looked like time going by was counted as such, by this row or one just before it.
    const byMs = Number(first) * 1000
    if (byMs > 0 && byMs <= offMaxMs) memory.livedMs -= byMs
  }
  if (event.type === upkeepEvents.diskSeen)
    memory.room = withLook(memory.room, { livedMs: memory.livedMs, freeMb: Number(first) })
  if (event.type === upkeepEvents.backupFailed) memory.backupFailed = { atMs, code: first }
  if (event.type !== upkeepEvents.backupMade) return
  memory.backupFailed = null
  memory.backedUpLivedMs = memory.livedMs
  const seq = / fault=LEDGER-07 seq=(\d+)$/.exec(event.detail)?.[1]
  memory.ledgerTrouble = seq === undefined ? null : { code: 'LEDGER-07', seq: Number(seq) }
}
