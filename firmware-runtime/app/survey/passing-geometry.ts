// Where the loops of a lane are, as far as its lot file says: what the survey by passages is measured with.
// A closing loop lies under the boom and is as long as the trigger: assumed, the siting measures have no row for it.
import type { LaneConfig } from '../../core/lot/config.ts'
import type { NoGeometry, PassingGeometry } from '../../survey/passing/estimate.ts'

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
