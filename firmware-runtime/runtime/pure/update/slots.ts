// Which program runs the lanes of a folder: the installed one, or one that an update unpacked beside it. Pure: each function
// takes the kept state and returns the next one; runtime/update keeps it in DIR/update/slots.json before anything follows from it.
import { compareVersions } from './offer.ts'

/** A program that an update unpacked; `name` is its folder below DIR/update/slots. */
export interface Slot {
  readonly name: string
  readonly version: string
  readonly build: string
}

/** The first hours of a new version. */
export interface Trial {
  readonly sinceIso: string
  /** Time with lanes up; no clock that can be set. */
  readonly ranMs: number
  /** Cars that came in or left. */
  readonly passages: number
  /** Last row of the ledger before this version wrote one. */
  readonly fromSeq: number
}

/** Why a version was taken back. */
export type TakenBackWhy =
  /** It ended without order: killed, aborted, hung. */
  | 'crashed'
  /** It did not come up. */
  | 'start'
  /** Its own look at the ledger and the lot failed. */
  | 'selfTest'
  /** It refused to write a row, and the disk was not full. */
  | 'write'
  /** A car could not be charged or let out, by an error of the program. */
  | 'car'
  /** Its folder is gone or incomplete. */
  | 'missing'
  /** A person asked for it. */
  | 'person'

export interface UpdateEnd {
  readonly from: string
  readonly to: string
  /** `kept`: its trial is over. `replaced`: another version was installed by hand. */
  readonly is: 'kept' | 'takenBack' | 'replaced'
  readonly why: TakenBackWhy | null
  /** Code of the fault, or what else is known; empty: nothing. */
  readonly note: string
  readonly atIso: string
  /** Rows that the version wrote; they stay in the ledger. */
  readonly rows: number
}

export interface Slots {
  readonly format: 1
  /** Null: the installed program. */
  readonly active: Slot | null
  /** What ran before; null: the installed program. */
  readonly before: Slot | null
  readonly trial: Trial | null
  /** A start of the version on trial that has not ended in order: the machine's start that it belongs to. */
  readonly openStart: string | null
  readonly last: UpdateEnd | null
  /** `atIso` of the last end whose row is in the ledger; null: not known. */
  readonly told: string | null
}

export const noSlots: Slots = {
  format: 1,
  active: null,
  before: null,
  trial: null,
  openStart: null,
  last: null,
  told: null,
}

export const trialPassages = 20
export const trialMs = 24 * 3_600_000

/** Both have to be reached, so a lot without cars stays on trial. */
export const isTrialOver = ({ passages, ranMs }: Trial): boolean =>
  passages >= trialPassages && ranMs >= trialMs

interface At {
  readonly atIso: string
  /** Version of the installed program. */
  readonly installed: string
}

const versionOf = (slot: Slot | null, { installed }: At): string => slot?.version ?? installed

/** The new version from the next start on, on trial. */
export function switched(
  slots: Slots,
  slot: Slot,
  { atIso, headSeq }: { readonly atIso: string; readonly headSeq: number },
): Slots {
  const trial = { sinceIso: atIso, ranMs: 0, passages: 0, fromSeq: headSeq }
  return { ...slots, active: slot, before: slots.active, trial, openStart: null }
}

/** The version before, from the next start on. `rows`: what the new one wrote. */
export function takenBack(
  slots: Slots,
  {
    why,
    note = '',
    rows,
    ...at
  }: At & { readonly why: TakenBackWhy; readonly note?: string; readonly rows: number },
): Slots {
  const { active, before } = slots
  const versions = { from: versionOf(active, at), to: versionOf(before, at) }
  const last: UpdateEnd = { ...versions, is: 'takenBack', why, note, atIso: at.atIso, rows }
  return { ...slots, active: before, before: null, trial: null, openStart: null, last }
}

/** The trial is over: the version stays. */
export function kept(slots: Slots, at: At & { readonly rows: number }): Slots {
  const versions = { from: versionOf(slots.before, at), to: versionOf(slots.active, at) }
  const { atIso, rows } = at
  const last: UpdateEnd = { ...versions, is: 'kept', why: null, note: '', atIso, rows }
  return { ...slots, trial: null, openStart: null, last }
}

interface Start extends At {
  /** Names this start of the machine. */
  readonly boot: string
  /** Rows that the version on trial wrote, where a start takes it back. */
  readonly rows: number
  /** Whether a slot's folder holds a whole program. */
  isThere(slot: Slot): boolean
}

/**
 * What a start runs, and the state to keep before it does. A start on trial that follows one of the same start of the machine,
 * which did not end in order, is taken back; after a power cut it is not.
 */
export function chosen(slots: Slots, start: Start): Slots {
  const { active, trial, openStart } = slots
  if (active === null) return slots
  const rows = trial === null ? 0 : start.rows
  if (!(compareVersions(active.version, start.installed) > 0)) {
    const versions = { from: active.version, to: start.installed }
    const { atIso } = start
    const last: UpdateEnd = { ...versions, is: 'replaced', why: null, note: '', atIso, rows }
    return { ...noSlots, last, told: slots.told }
  }
  if (!start.isThere(active)) {
    const back = takenBack(slots, { ...start, why: 'missing', rows })
    return chosen(back, start)
  }
  if (trial === null) return slots
  if (openStart === start.boot) {
    const back = takenBack(slots, { ...start, why: 'crashed', rows })
    return chosen(back, start)
  }
  return { ...slots, openStart: start.boot }
}
