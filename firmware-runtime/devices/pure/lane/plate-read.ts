// What a plate camera delivered, after its own dialect has been decoded.
// The raw reading is kept beside the plate it was matched to: people compare the two.
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { PlateColour } from '#base/pure/plates/plate.ts'

export interface PlateRead {
  /** Device identity that survives a change of IP address: its MAC where the device reports one. */
  readonly deviceId: string
  /** Identity of this reading on that device, for de-duplication. */
  readonly recordId: string
  /** Time of the device's clock; of several stated times the oldest. Null: absent, or not understood (`timeRaw`). */
  readonly deviceAtMs: InstantMs | null
  /** The stated time that its make does not know, as the device wrote it; absent: each stated time was understood. */
  readonly timeRaw?: string
  /** It names its zone: it is no local time as epoch. */
  readonly timeHasZone?: true
  /** Normalised plate; null when the car has no plate or it was not read. */
  readonly plate: string | null
  readonly plateRaw: string
  readonly plateState: 'read' | 'none' | 'unreadable'
  readonly colour: PlateColour
  /** 0 to 1; null when the device reports none. */
  readonly confidence: number | null
  /** True for an offline re-push: recorded, never moves a lane. */
  readonly history: boolean
  readonly jpeg: Uint8Array | null
  /** Who typed it; absent: a camera read it. */
  readonly who?: string
  /** The parking space that a camera of spaces speaks of, as it calls it; absent: a camera of a lane. */
  readonly space?: { readonly id: string; readonly occupied: boolean }
}
