// Positions of a lane's loops from its lot file, used by the survey by passages. Assumed: a closing loop is under the
// boom and as long as the trigger, because the siting measures have no row for it.
import type { LaneConfig } from '#base/pure/lot/config.ts'
import { instantBarrier, standardBarrier } from '#devices/pure/barrier/modbus-relay/config.ts'
import type { NoGeometry, PassingGeometry } from '../pure/passing/estimate.ts'

/** Delay in ms from the car on the loop to the event in the lane: the debounce and half a poll. */
export function loopDelayMs(timing: 'standard' | 'instant'): number {
  const { debounceLoopMs, pollMs } = timing === 'instant' ? instantBarrier : standardBarrier
  return debounceLoopMs + pollMs / 2
}

export function passingGeometry(
  { siting, barrier, sensors, sharesBarrierOf }: LaneConfig,
  loopDelayMs: number,
): PassingGeometry | NoGeometry {
  const has = (role: string): boolean => (sensors ?? []).some((one) => one.role === role)
  const hasLoops =
    barrier !== null || sharesBarrierOf !== undefined || (has('arrive') && has('under'))
  if (!hasLoops) return 'noLoops'
  const { triggerMm, triggerLengthMm } = siting?.measures ?? {}
  if (triggerMm === undefined || triggerLengthMm === undefined || triggerMm === 0)
    return 'noMeasures'
  return { triggerFrontMm: triggerMm + triggerLengthMm / 2, loopsApartMm: triggerMm, loopDelayMs }
}
