// A reading received long after it was taken is history, whether or not the camera says so (lane-devices.md 1.8):
// decided by its time, corrected by the measured offset of the camera's clock.
import type { PlateRead } from '../../core/lane/plate-read.ts'
import type { InstantMs } from '../../core/values/instant.ts'

/** Clock of the camera minus ours, in ms. */
export interface CameraClock {
  /** Null until a time was received. */
  readonly offsetMs: number | null
  /** Readings that agree with each other and not with the clock, oldest first: the clock may have been set back. */
  readonly others: readonly { readonly offsetMs: number; readonly receivedAtMs: InstantMs }[]
}

export const unknownClock: CameraClock = { offsetMs: null, others: [] }

/** A live reading arrives within seconds; after a minute the network had stalled, and the car has left. */
const lateMsMax = 60_000
/** Largest difference between offsets of the same clock. */
const agreeMsMax = 5_000
/**
 * A clock that was set back is accepted after this many readings that agree, over this time: a burst of history arrives
 * at once.
 */
const othersMin = 3
const othersSpanMs = 60_000

/** The camera answered a time query, or reported its time without a car. */
export const measured = (offsetMs: number): CameraClock => ({ offsetMs, others: [] })

/** Whether a reading is history, and the clock state after it. A history reading does not change the clock. */
export function judgeTime(
  clock: CameraClock,
  { history, deviceAtMs }: Pick<PlateRead, 'history' | 'deviceAtMs'>,
  receivedAtMs: InstantMs,
): { readonly clock: CameraClock; readonly isPast: boolean } {
  if (history || deviceAtMs === null) return { clock, isPast: history }
  const offsetMs = deviceAtMs - receivedAtMs
  if (clock.offsetMs === null || offsetMs >= clock.offsetMs - agreeMsMax)
    return { clock: measured(offsetMs), isPast: false }
  if (offsetMs >= clock.offsetMs - lateMsMax) return { clock, isPast: false }
  const agreed = clock.others.filter((one) => Math.abs(one.offsetMs - offsetMs) <= agreeMsMax)
  const others = [...agreed, { offsetMs, receivedAtMs }].slice(-othersMin)
  const spanMs = receivedAtMs - (others[0]?.receivedAtMs ?? receivedAtMs)
  if (others.length >= othersMin && spanMs >= othersSpanMs)
    return { clock: measured(offsetMs), isPast: false }
  return { clock: { ...clock, others }, isPast: true }
}
