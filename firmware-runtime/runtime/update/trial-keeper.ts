// Keeps the trial of the version that runs here in DIR/update/slots.json. The rows of it and the end of the lanes follow from
// the kept state (program-switch.ts).
import { keepSlots, keptSlots } from '../slots/slots-file.ts'
import { systemWallClock } from '#base/time/system-clocks.ts'
import { kept, takenBack, type Slots, type TakenBackWhy, type Trial } from '../pure/update/slots.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { installedHere, slotHere } from './chosen-here.ts'
import { rowsSince } from './choose.ts'
import type { TrialKeeper } from './trial-watch.ts'

type OnTrial = Slots & { readonly trial: Trial }

/** The kept state while the version that runs here is on trial; null: it is not. Throws UPDATE-07. */
export function ownTrial(dir: string): OnTrial | null {
  const own = slotHere(process.env)
  if (own === null) return null
  const slots = keptSlots(dir)
  const { active, trial } = slots
  return active?.name === own && trial !== null ? { ...slots, trial } : null
}

const atNow = (dir: string, slots: Slots) => ({
  atIso: isoOf(systemWallClock().nowMs()),
  installed: installedHere(process.env),
  rows: rowsSince(dir, slots),
})

/** The version before, from the next start on. */
export const keepTakenBack = (
  dir: string,
  slots: OnTrial,
  end: { readonly why: TakenBackWhy; readonly note: string },
): void => keepSlots(dir, takenBack(slots, { ...atNow(dir, slots), ...end }))

export interface OwnTrialKeeper extends TrialKeeper {
  /** Why the version that runs here was taken back; null: it was not. */
  readonly taken: TakenBackWhy | null
}

export function trialKeeper(dir: string): OwnTrialKeeper {
  let taken: TakenBackWhy | null = null
  return {
    get taken() {
      return taken
    },
    trial: () => ownTrial(dir)?.trial ?? null,
    trialNoted(seen) {
      const slots = ownTrial(dir)
      if (slots !== null) keepSlots(dir, { ...slots, trial: { ...slots.trial, ...seen } })
    },
    takeBack(why, note) {
      const slots = ownTrial(dir)
      if (slots === null) return
      keepTakenBack(dir, slots, { why, note })
      taken = why
    },
    kept() {
      const slots = ownTrial(dir)
      if (slots !== null) keepSlots(dir, kept(slots, atNow(dir, slots)))
    },
  }
}
