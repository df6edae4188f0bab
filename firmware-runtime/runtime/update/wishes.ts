// What people want of the programs of a folder: commands and the control API write it, and the lanes follow it once no car is in a lane.
// A folder at rest follows it at its next start.
import { keepPlan, keptPlan } from '../slots/plan-file.ts'
import { keepBack, keptBack, keptSlots } from '../slots/slots-file.ts'
import { systemWallClock } from '#base/time/system-clocks.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { UpdatePlan, Wanted } from '../pure/update/plan.ts'
import { isTrialOver, type Slots } from '../pure/update/slots.ts'
import { wantedSlot } from '../pure/update/due.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { isSlotThere } from '../slots/slot-folders.ts'

const isoNow = (): string => isoOf(systemWallClock().nowMs())

interface UseWish {
  readonly slot: string
  readonly by: string
  readonly when: Wanted['when']
  /** Version that runs the lanes now. */
  readonly running: string
}

/** Throws UPDATE-08 for a slot that was not tried, is not there, or is not newer than `running`. */
export function wishUse(dir: string, { slot, by, when, running }: UseWish): UpdatePlan {
  const before = keptPlan(dir)
  const plan = before === null ? null : { ...before, wanted: { when, by, atIso: isoNow() } }
  const wanted = wantedSlot(plan, running)
  if (plan === null || wanted?.name !== slot || !isSlotThere(dir, wanted))
    throw new LaneFault('UPDATE-08', { value: slot })
  keepPlan(dir, plan)
  return plan
}

/** Throws UPDATE-09 where the installed program runs. */
export function wishBack(
  dir: string,
  who: { readonly by: string; readonly reason: string },
): Slots {
  const slots = keptSlots(dir)
  if (slots.active === null) throw new LaneFault('UPDATE-09', { file: dir })
  keepBack(dir, { slot: slots.active.name, ...who, atIso: isoNow() })
  return slots
}

/** Everything of updates that is kept in a folder. Throws UPDATE-07 or FILE-02. */
export function updateStatus(dir: string) {
  const { active, before, trial, last } = keptSlots(dir)
  const onTrial = trial === null ? null : { ...trial, isOver: isTrialOver(trial) }
  return { active, before, trial: onTrial, last, plan: keptPlan(dir), back: keptBack(dir) }
}
