// A reading that a camera tells long after it was taken is history, whether the camera says so or not (lane-devices.md 1.8):
// judged by the distance of the camera's clock from ours, as that clock was measured before.
import type { PlateRead } from '../../core/lane/plate-read.ts'
import type { InstantMs } from '../../core/values/instant.ts'

/** Clock of the camera minus ours, in ms. */
export interface CameraClock {
  /** Null until something told a time. */
  readonly offsetMs: number | null
  /** Readings that agree with one another and not with the clock: it may have been set back. Oldest first. */
  readonly others: readonly { readonly offsetMs: number; readonly receivedAtMs: InstantMs }[]
}

export const unknownClock: CameraClock = { offsetMs: null, others: [] }

/** A live reading comes within seconds; a minute is a network that stood still, and its car has gone. */
const lateMsMax = 60_000
/** Readings of one clock lie this close to one another. */
const agreeMsMax = 5_000
/** A clock that was set back is believed after so many readings that agree, over so long: a burst of history comes at once. */
const othersMin = 3
const othersSpanMs = 60_000

/** The camera was asked for its time, or told it beside no car. */
export const measured = (offsetMs: number): CameraClock => ({ offsetMs, others: [] })

/** Whether a reading is of a time before, and what is known of the clock then. Of history no clock is measured. */
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
