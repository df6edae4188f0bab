// Chooses the program of a folder before anything of it is opened. Only called where DIR/update/slots.json is there.
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { systemWallClock } from '#base/time/system-clocks.ts'
import { removePath } from '#base/files/held-path.ts'
import { forgetLock, holderOf, takeLock } from '#base/files/process-lock.ts'
import { readHeadFile } from '#ledger/sqlite/head-file.ts'
import { keepPlan, keptPlan } from '../slots/plan-file.ts'
import { dropBack, endedFile, keepSlots, keptBack, keptSlots } from '../slots/slots-file.ts'
import { diskFault, isDiskError } from '#base/pure/faults/disk-fault.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { orIfFault } from '#base/pure/faults/on-fault.ts'
import { chosen, noSlots, takenBack, type Slot, type Slots } from '../pure/update/slots.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { version } from '#base/process/version.ts'
import { isSlotThere } from '../slots/slot-folders.ts'

/** Rows of the ledger after the start of the trial, as far as its head file tells. */
export const rowsSince = (dir: string, { trial }: Slots): number =>
  Math.max(0, (readHeadFile(join(dir, 'ledger.head')).head?.seq ?? 0) - (trial?.fromSeq ?? 0))

/** What a version on trial has written; only now, when it does not run. */
const atNow = (dir: string, slots: Slots) => ({
  atIso: isoOf(systemWallClock().nowMs()),
  installed: version,
  rows: rowsSince(dir, slots),
})

/** A full disk or a damaged file does not keep the lanes from coming up. */
function tried<T>(dir: string, work: () => T, otherwise: T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof LaneFault) && !isDiskError(error)) throw error
    process.stderr.write(`${diskFault(error, { file: dir }).message}\n`)
    return otherwise
  }
}

/** A wish is over once its version runs: taken back, it is not wanted again. */
function endWanted(dir: string, { active }: Slots): void {
  const plan = orIfFault(() => keptPlan(dir), null)
  if (plan === null || plan.wanted === null || plan.step.is !== 'tried') return
  if (plan.step.slot.name === active?.name) keepPlan(dir, { ...plan, wanted: null })
}

/** The state after a person's wish to have the version before. */
function afterWish(dir: string, slots: Slots): Slots {
  const wish = orIfFault(() => keptBack(dir), null)
  if (wish === null || wish.slot !== slots.active?.name) return slots
  const note = `${wish.by}: ${wish.reason}`
  return takenBack(slots, { ...atNow(dir, slots), why: 'person', note })
}

/**
 * The state after what systemd noted of the last end. SIGTERM that ends a process before it listens was an end in order; lanes
 * that were told to end because their start took too long did not come up, whatever they noted themselves.
 */
function afterEnd(dir: string, boot: string, slots: Slots): Slots {
  const file = endedFile(dir)
  const ended = slots.trial !== null && existsSync(file) ? readFileSync(file, 'latin1').trim() : ''
  if (ended === 'success TERM') return { ...slots, openStart: null }
  return /^timeout (?:0|TERM)$/.test(ended) ? { ...slots, openStart: boot } : slots
}

/** The slot that a start runs, kept before it does; null: the installed program. */
function slotOfStart(dir: string, boot: string): Slot | null {
  const slots = tried(dir, () => keptSlots(dir), noSlots)
  if (slots === noSlots) return null
  tried(dir, () => endWanted(dir, slots), undefined)
  const from = afterWish(
    dir,
    tried(dir, () => afterEnd(dir, boot, slots), slots),
  )
  const isThere = (slot: Slot): boolean => isSlotThere(dir, slot)
  const after = chosen(from, { ...atNow(dir, slots), boot, isThere })
  if (after !== slots) tried(dir, () => keepSlots(dir, after), undefined)
  tried(dir, () => dropBack(dir), undefined)
  tried(dir, () => removePath(endedFile(dir), { force: true }), undefined)
  return after.active
}

/** The slot that the lanes of a folder run with; nothing changes by looking. */
export function slotSeen(dir: string): Slot | null {
  const slots = tried(dir, () => keptSlots(dir), noSlots)
  const isThere = (slot: Slot): boolean => isSlotThere(dir, slot)
  return chosen(slots, { ...atNow(dir, slots), boot: '', isThere }).active
}

const lockOf = (dir: string): string => join(dir, 'run', 'lock')

/**
 * Chosen by the process that runs the lanes next. It holds the folder from here on: of two starts at once only one is a start
 * of the version on trial.
 */
export function chooseHere(dir: string, boot: string): Slot | null {
  const lock = lockOf(dir)
  const isHeld = tried(
    dir,
    () => {
      mkdirSync(dirname(lock), { recursive: true, mode: 0o700 })
      return takeLock(lock) !== null
    },
    false,
  )
  return isHeld ? slotSeen(dir) : slotOfStart(dir, boot)
}

/** The start that this process chose does not follow: a stop came before it. */
export function chosenInVain(dir: string): void {
  const lock = lockOf(dir)
  if (existsSync(lock) && holderOf(lock) !== null) return
  tried(dir, () => keepSlots(dir, { ...keptSlots(dir), openStart: null }), undefined)
  forgetLock(lock)
}

/** Chosen by the process that begins the lanes as its child. */
export function chooseForChild(dir: string, boot: string): Slot | null {
  const lock = lockOf(dir)
  const isHeld = tried(dir, () => existsSync(lock) && holderOf(lock) !== null, false)
  return isHeld ? slotSeen(dir) : slotOfStart(dir, boot)
}
