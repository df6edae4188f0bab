// Whether the lanes stood still: a steady count is looked at each second, and a look that comes much too late means that
// nothing of this process ran in between. The machine slept, the process or its virtual machine was stopped, or the machine was
// too busy; the cars have the same of each. A clock that is set moves no steady count, and a start has no look before it.
import { isoOf } from '#base/pure/values/instant.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import type { ClockReading } from '#ledger/pure/lot/clock-watch.ts'

interface StillLook extends ClockReading {
  /** Lanes in which a car stood. */
  readonly carsIn: readonly string[]
}

export const stillLookMs = 1_000
/** A slow disk holds a process up for seconds, and its devices are waited for; from here on all their waits are over. */
const toldFromMs = 10_000

/** Null: the lanes went on. `detail`: time of the last look by the clock as it was, seconds since, lanes with a car. */
export function stoodStillRow(
  before: StillLook | null,
  { wallMs, steadyMs }: ClockReading,
): Extract<RowDraft, { kind: 'event' }> | null {
  if (before === null) return null
  const stoodMs = steadyMs - before.steadyMs
  if (stoodMs < toldFromMs) return null
  const detail = [isoOf(before.wallMs), Math.round(stoodMs / 1_000), ...before.carsIn].join(' ')
  return { kind: 'event', atMs: wallMs, body: { type: 'stoodStill', detail } }
}
