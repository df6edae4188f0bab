// Proposes the next single setting to try for an aim, from a table of settings and directions and the steps tried so far.
// A proposal gives its reason; it is an experiment, not a statement about the antenna.
import { type DeviceSettings, judgeSetting, type SettingDef } from '../configure/setting.ts'
import type { TuneStep } from './loop.ts'
import type { TuneAim } from './verdict.ts'

interface Lever {
  readonly setting: string
  readonly by: number
}

/**
 * More power wakes OBUs farther out, which reads more and longer, and the neighbour's too; a shorter
 * call interval or wait gives more tries in the same zone (interface reference 5.3, 6.4 and 3.3).
 */
const levers: Readonly<Record<TuneAim, readonly Lever[]>> = {
  moreReads: [
    { setting: 'powerStep', by: 2 },
    { setting: 'bstIntervalMs', by: -2 },
    { setting: 'powerStep', by: -2 },
  ],
  fewerRetries: [
    { setting: 'powerStep', by: 2 },
    { setting: 'channel', by: 1 },
    { setting: 'channel', by: -1 },
  ],
  fewerNeighbours: [
    { setting: 'powerStep', by: -2 },
    { setting: 'channel', by: 1 },
    { setting: 'channel', by: -1 },
  ],
  longerVisible: [
    { setting: 'powerStep', by: 2 },
    { setting: 'bstIntervalMs', by: -2 },
  ],
}

export interface TuneProposal {
  readonly setting: string
  readonly old: number
  readonly new: number
}

/** True when the same change was tried and not kept: it is not proposed again. */
const failedBefore = (steps: readonly TuneStep[], aim: TuneAim, next: TuneProposal): boolean =>
  steps.some(
    ({ plan, end }) =>
      plan.aim === aim &&
      plan.setting === next.setting &&
      plan.old === next.old &&
      plan.new === next.new &&
      end !== 'kept',
  )

/** Range of power steps that row 5 of a survey allows (survey/pure/model/propose.ts). */
export interface PowerBound {
  readonly min: number
  readonly max: number
}

const beyond = ({ min, max }: PowerBound, step: number): number =>
  Math.max(0, min - step, step - max)

/** True for a power step outside the range of row 5 that does not move towards it. */
export const leavesZone = (
  bound: PowerBound | null,
  { setting, old, new: next }: TuneProposal,
): boolean =>
  bound !== null &&
  setting === 'powerStep' &&
  beyond(bound, next) > 0 &&
  beyond(bound, next) >= beyond(bound, old)

/** Null when every lever of the aim is at its end, was tried from here, or leaves the zone of row 5. */
export function proposeStep(
  aim: TuneAim,
  defs: readonly SettingDef[],
  now: DeviceSettings,
  steps: readonly TuneStep[],
  bound: PowerBound | null = null,
): TuneProposal | null {
  for (const { setting, by } of levers[aim]) {
    const def = defs.find(({ id }) => id === setting)
    const old = now[setting]
    if (def === undefined || old === undefined || def.mechanical === true) continue
    const wanted = Math.min(def.max, Math.max(def.min, old + by * def.step))
    const next = { setting, old, new: wanted }
    if (wanted === old || judgeSetting(defs, setting, wanted) !== null) continue
    if (!failedBefore(steps, aim, next) && !leavesZone(bound, next)) return next
  }
  return null
}
