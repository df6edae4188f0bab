// Upkeep of a data folder that runs for years unseen: what to delete, what to copy, what to tell.
// (state, facts, now) in, one act at most out; the app carries it out and says how it ended.
import type { EventName } from '#base/pure/words/event-words.ts'
import { dayMs, dayStartMs, instantOf, type InstantMs } from '#base/pure/values/instant.ts'
import type { FaultCode, Why } from '#base/pure/faults/faults.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import { lotSettings } from '#base/pure/lot/lot-settings.ts'
import type { UpkeepConfig } from '#base/pure/lot/config.ts'
import {
  daysUntilFull,
  fullNote,
  isLookDue,
  trendOf,
  withLook,
  type RoomTrend,
} from './disk-forecast.ts'
import { isBudgetNear, isOverBudget, nearFault } from './photo-budget.ts'
import { clockSlackMs, upkeepEvents, type UpkeepMemory } from './upkeep-memory.ts'

const hourMs = 3_600_000

/** The least that a lot may keep photos. */
export const photoDaysMin = lotSettings['upkeep.photoDays'].min
/** The app looks this often. */
export const lookEveryMs = 60_000
/** After a start the lanes come first. */
export const settleMs = 60_000
/** A backup waits this long for quiet lanes, then it is made beside them. */
const windowMs = 2 * hourMs
/** Two backups are never nearer than this: a clock that is set must not make two of one night. */
const apartMs = 12 * hourMs
/** A night that was slept through (switched off, or jumped over by the clock) is made up for. */
const overdueMs = 26 * hourMs
const retryMs = hourMs
/** A lasting fault is reported once a day. */
const tellAgainMs = dayMs
/** Free space must rise this far above the limit before the warning ends: no flapping. */
const lowEndsAt = 1.1

/** A nightly backup from its file name: number, time, and number of rows. */
export interface BackupCopy {
  readonly file: string
  /** Ascending number, independent of the clock and of a restored older ledger. */
  readonly number: number
  readonly atMs: InstantMs
  readonly rows: number
}

export interface UpkeepFacts {
  /** `YYYY-MM-DD` of every photo folder. */
  readonly photoDays: readonly string[]
  /** Size of all photos; null: unknown or not needed. */
  readonly photoMb: number | null
  /** Days whose deletion was begun and whose proof row may be missing. */
  readonly begun: readonly string[]
  readonly backups: readonly BackupCopy[]
  /** Null where the system does not say. */
  readonly freeMb: number | null
}

export interface UpkeepMoment {
  /** Business time: which day it is. */
  readonly atMs: InstantMs
  /** Elapsed monotonic time, sleep of the machine included: a machine that slept is no clock that jumped. */
  readonly monoMs: number
  /** No car is on any lane. */
  readonly quiet: boolean
}

type ClearWhy = 'age' | 'space' | 'budget' | 'begun'
export type UpkeepAct =
  | { readonly do: 'clearPhotos'; readonly day: string; readonly why: ClearWhy }
  | { readonly do: 'backup' }
  | { readonly do: 'dropBackup'; readonly file: string }

export interface LedgerTrouble {
  readonly code: FaultCode
  readonly seq: number | null
}

interface UpkeepFault {
  readonly code: FaultCode
  readonly note: Why
}

export interface UpkeepState {
  readonly startedMonoMs: number
  /** Business time minus mono time, and since when the two go together. */
  readonly clock: {
    readonly offsetMs: number
    readonly steadySinceMs: InstantMs | null
    readonly unprovenMs: number
  }
  /** Running time before this start: since the first row, and since the last backup. */
  readonly before: { readonly livedMs: number; readonly sinceBackupMs: number | null }
  /** Mono time of the last backup; `never` counts from the first row. Null: not looked yet. */
  readonly backedUp: { readonly monoMs: number; readonly never: boolean } | null
  /** A backup is due: made when lanes are quiet, at that mono time in any case. */
  readonly backupByMonoMs: number | null
  readonly backupFailed: {
    readonly atMs: InstantMs
    readonly code: string
    /** Tried again from here on. */
    readonly againMonoMs: number
  } | null
  /** Fault of the ledger itself found by the check of the last backup. */
  readonly ledgerTrouble: LedgerTrouble | null
  /** Time since which due deletions of photos wait for quiet lanes. */
  readonly photosDueMonoMs: number | null
  /** Null while there is room enough. */
  readonly lowReportedMonoMs: number | null
  /** Photos near their budget: since when, and the time of the last report. */
  readonly budget: { readonly sinceMonoMs: number; readonly reportedMonoMs: number } | null
  /** Free space, a look a day. */
  readonly room: RoomTrend
  /** Mono time of the last report that the disk will be full; null: not foreseen. */
  readonly fullReportedMonoMs: number | null
  /** Files that could not be deleted, until the next try. */
  readonly stuck: { readonly names: readonly string[]; readonly againMonoMs: number } | null
}

export interface UpkeepStep {
  readonly state: UpkeepState
  readonly rows: readonly RowDraft[]
  readonly faults: readonly UpkeepFault[]
}

export function beginUpkeep(memory: UpkeepMemory, now: UpkeepMoment): UpkeepState {
  const { steadySinceMs, unprovenMs, backupFailed, livedMs, backedUpLivedMs } = memory
  return {
    startedMonoMs: now.monoMs,
    clock: { offsetMs: now.atMs - now.monoMs, steadySinceMs, unprovenMs },
    before: {
      livedMs,
      sinceBackupMs: backedUpLivedMs === null ? null : Math.max(0, livedMs - backedUpLivedMs),
    },
    backedUp: null,
    backupByMonoMs: null,
    backupFailed: backupFailed === null ? null : { ...backupFailed, againMonoMs: now.monoMs },
    ledgerTrouble: memory.ledgerTrouble,
    photosDueMonoMs: null,
    lowReportedMonoMs: null,
    budget: null,
    room: trendOf(memory.room),
    fullReportedMonoMs: null,
    stuck: null,
  }
}

const eventRow = (now: UpkeepMoment, type: EventName, detail: string): RowDraft => ({
  kind: 'event',
  atMs: now.atMs,
  body: { type, detail },
})

/** Decides the next single action, if any, and the rows and reports to make. */
export function decideUpkeep(
  before: UpkeepState,
  facts: UpkeepFacts,
  now: UpkeepMoment,
  rules: UpkeepConfig,
): UpkeepStep & { readonly act: UpkeepAct | null } {
  const stepMs = now.atMs - now.monoMs - before.clock.offsetMs
  const jumped = Math.abs(stepMs) > clockSlackMs
  const clock = jumped
    ? { offsetMs: before.clock.offsetMs + stepMs, steadySinceMs: now.atMs, unprovenMs: 0 }
    : before.clock
  const rows = jumped
    ? [eventRow(now, upkeepEvents.clockJumped, `${Math.round(stepMs / 1000)} s`)]
    : []
  const stuck = before.stuck !== null && now.monoMs < before.stuck.againMonoMs ? before.stuck : null
  const state = withDue({ ...before, clock, stuck }, facts, now, rules)
  const low = lowDisk(state, facts, now, rules)
  const near = nearBudget(state, facts, now, rules)
  const seen = roomSeen(state, facts, now)
  const full = fullSoon({ ...state, room: seen.room }, facts, now, rules)
  const next = {
    ...state,
    lowReportedMonoMs: low.reportedMonoMs,
    budget: near.budget,
    room: seen.room,
    fullReportedMonoMs: full.reportedMonoMs,
  }
  const settled = now.monoMs - before.startedMonoMs >= settleMs
  return {
    state: next,
    rows: [...rows, ...seen.rows],
    faults: [...low.faults, ...near.faults, ...full.faults],
    act: settled ? actOf(next, facts, now, rules) : null,
  }
}

function lowDisk(
  state: UpkeepState,
  { freeMb }: UpkeepFacts,
  now: UpkeepMoment,
  { diskWarnMb }: UpkeepConfig,
): { readonly reportedMonoMs: number | null; readonly faults: readonly UpkeepFault[] } {
  const reportedMonoMs = state.lowReportedMonoMs
  const enough = reportedMonoMs === null ? diskWarnMb : diskWarnMb * lowEndsAt
  if (freeMb === null || freeMb >= enough) return { reportedMonoMs: null, faults: [] }
  if (reportedMonoMs !== null && now.monoMs - reportedMonoMs < tellAgainMs)
    return { reportedMonoMs, faults: [] }
  return { reportedMonoMs: now.monoMs, faults: [lowFault(freeMb, diskWarnMb)] }
}

const lowFault = (freeMb: number, warnMb: number): UpkeepFault => ({
  code: 'UPKEEP-01',
  note: `${freeMb} MB free, limit ${warnMb} MB`,
})

/** A limit of the disk that is reached or foreseen; null: neither. */
type Limit = (facts: UpkeepFacts, rules: UpkeepConfig, room: RoomTrend) => UpkeepFault | null

const lowNow: Limit = ({ freeMb }, { diskWarnMb }) =>
  freeMb !== null && freeMb < diskWarnMb ? lowFault(freeMb, diskWarnMb) : null

const fullSoonNow: Limit = ({ freeMb }, { diskWarnMb }, room) => {
  const days = daysUntilFull(room, freeMb, diskWarnMb)
  return days === null ? null : { code: 'UPKEEP-05', note: fullNote(days) }
}

const budgetNearNow: Limit = (facts, rules) => {
  const { photoMb, photoDays } = facts
  const { photoGb, photoDays: keepDays } = rules
  if (photoGb === null || photoMb === null || !isBudgetNear(facts, rules)) return null
  return nearFault(photoMb, photoGb, photoDays.length, keepDays)
}

/** Present faults of the disk, for a single check: each limit that upkeep tells while the lanes run. */
export const diskFaults: (...of: Parameters<Limit>) => readonly UpkeepFault[] = (...of) =>
  [lowNow, budgetNearNow, fullSoonNow].flatMap((limit) => limit(...of) ?? [])

/** Looks at the free space once a day of running time; each look is a row, so that a restart keeps it. */
function roomSeen(
  { room, before, startedMonoMs }: UpkeepState,
  { freeMb }: UpkeepFacts,
  now: UpkeepMoment,
): { readonly room: RoomTrend; readonly rows: readonly RowDraft[] } {
  const livedMs = before.livedMs + now.monoMs - startedMonoMs
  if (freeMb === null || !isLookDue(room.looks, livedMs)) return { room, rows: [] }
  const row = eventRow(now, upkeepEvents.diskSeen, `${freeMb} MB`)
  return { room: trendOf(withLook(room.looks, { livedMs, freeMb })), rows: [row] }
}

function fullSoon(
  { fullReportedMonoMs: reportedMonoMs, room }: UpkeepState,
  facts: UpkeepFacts,
  now: UpkeepMoment,
  rules: UpkeepConfig,
): { readonly reportedMonoMs: number | null; readonly faults: readonly UpkeepFault[] } {
  const fault = fullSoonNow(facts, rules, room)
  if (fault === null) return { reportedMonoMs: null, faults: [] }
  if (reportedMonoMs !== null && now.monoMs - reportedMonoMs < tellAgainMs)
    return { reportedMonoMs, faults: [] }
  return { reportedMonoMs: now.monoMs, faults: [fault] }
}

/** Time between the report and the first deletion. */
const noticeMs = 2 * hourMs

/** True when photos exceed their budget and this was reported long enough before. */
const isBudgetDue = (
  { budget }: UpkeepState,
  facts: UpkeepFacts,
  { monoMs }: UpkeepMoment,
  rules: UpkeepConfig,
): boolean =>
  budget !== null && monoMs - budget.sinceMonoMs >= noticeMs && isOverBudget(facts, rules)

/** Reports that photos near their budget will be deleted before their retention time. */
function nearBudget(
  { budget, room }: UpkeepState,
  facts: UpkeepFacts,
  { monoMs }: UpkeepMoment,
  rules: UpkeepConfig,
): Pick<UpkeepState, 'budget'> & { readonly faults: readonly UpkeepFault[] } {
  const fault = budgetNearNow(facts, rules, room)
  if (fault === null) return { budget: facts.photoMb === null ? budget : null, faults: [] }
  if (budget !== null && monoMs - budget.reportedMonoMs < tellAgainMs) return { budget, faults: [] }
  const sinceMonoMs = budget?.sinceMonoMs ?? monoMs
  return { budget: { sinceMonoMs, reportedMonoMs: monoMs }, faults: [fault] }
}

/** The newest last. */
export const inOrder = (backups: readonly BackupCopy[]): readonly BackupCopy[] =>
  backups.toSorted((a, b) => a.number - b.number || a.atMs - b.atMs)

const sinceHourMs = (atMs: InstantMs, hour: number): number =>
  (atMs - dayStartMs(atMs) - hour * hourMs + dayMs) % dayMs

/** When the last backup was: that there is one says the folder, how long ago the ledger's rows. */
function lastBackup(
  { backedUp, before, startedMonoMs }: UpkeepState,
  facts: UpkeepFacts,
  now: UpkeepMoment,
): NonNullable<UpkeepState['backedUp']> {
  if (backedUp !== null) return backedUp
  const newest = inOrder(facts.backups).at(-1)
  if (newest === undefined) return { monoMs: startedMonoMs - before.livedMs, never: true }
  const agoMs = before.sinceBackupMs ?? Math.max(0, now.atMs - newest.atMs)
  return { monoMs: startedMonoMs - agoMs, never: false }
}

function withDue(
  state: UpkeepState,
  facts: UpkeepFacts,
  now: UpkeepMoment,
  rules: UpkeepConfig,
): UpkeepState {
  const backedUp = lastBackup(state, facts, now)
  const aged = oldest(facts.photoDays, state, now, rules.photoDays) !== null
  const isDue = aged || isBudgetDue(state, facts, now, rules)
  const photosDueMonoMs = isDue ? (state.photosDueMonoMs ?? now.monoMs) : null
  const next = { ...state, backedUp, photosDueMonoMs }
  if (state.backupByMonoMs !== null) return next
  const agoMs = now.monoMs - backedUp.monoMs
  const intoMs = sinceHourMs(now.atMs, rules.backupHour)
  const night = intoMs < windowMs && (backedUp.never || agoMs >= apartMs)
  if (!night && agoMs < overdueMs) return next
  const waitMs = windowMs - lookEveryMs - (night ? intoMs : 0)
  return { ...next, backupByMonoMs: now.monoMs + waitMs }
}

const dayEndMs = (day: string): InstantMs =>
  instantOf(Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8, 10)), dayMs)

/**
 * True when even the newest photo of that day is certainly that old. A photo dated before the
 * clock's last jump is at least as old as the jump; one dated since is as old as it says, less what
 * the clock may have been set by while the machine was off. A day that is still to come was dated by
 * a wrong clock, and is as old as the jump that ended it.
 */
export function isOldEnough(
  day: string,
  days: number,
  { clock }: UpkeepState,
  now: UpkeepMoment,
): boolean {
  const steadyMs = clock.steadySinceMs === null ? Infinity : now.atMs - clock.steadySinceMs
  const ageMs = now.atMs - dayEndMs(day)
  const isToCome = ageMs < -dayMs - clockSlackMs && clock.steadySinceMs !== null
  const sureMs = (isToCome ? steadyMs : Math.min(ageMs, steadyMs)) - clock.unprovenMs
  return sureMs >= days * dayMs + clockSlackMs
}

function oldest(
  names: readonly string[],
  state: UpkeepState,
  now: UpkeepMoment,
  days: number,
): string | null {
  const free = names.filter(
    (day) => state.stuck?.names.includes(day) !== true && isOldEnough(day, days, state, now),
  )
  return free.toSorted()[0] ?? null
}

function actOf(
  state: UpkeepState,
  facts: UpkeepFacts,
  now: UpkeepMoment,
  rules: UpkeepConfig,
): UpkeepAct | null {
  const isStuck = (name: string): boolean => state.stuck?.names.includes(name) === true
  const begun = facts.begun.find((day) => !isStuck(day))
  if (begun !== undefined) return { do: 'clearPhotos', day: begun, why: 'begun' }
  if (facts.freeMb !== null && facts.freeMb < rules.diskWarnMb) {
    const day = oldest(facts.photoDays, state, now, photoDaysMin)
    if (day !== null) return { do: 'clearPhotos', day, why: 'space' }
  }
  const surplus = inOrder(facts.backups).slice(0, -rules.backupsKept)
  const drop = surplus.find(({ file }) => !isStuck(file))
  if (drop !== undefined) return { do: 'dropBackup', file: drop.file }
  if (isBackupNow(state, now)) return { do: 'backup' }
  const { photosDueMonoMs } = state
  if (photosDueMonoMs === null || (!now.quiet && now.monoMs - photosDueMonoMs < windowMs))
    return null
  const day = oldest(facts.photoDays, state, now, rules.photoDays)
  if (day !== null) return { do: 'clearPhotos', day, why: 'age' }
  const isOverNow = isBudgetDue(state, facts, now, rules)
  const first = isOverNow ? oldest(facts.photoDays, state, now, photoDaysMin) : null
  return first === null ? null : { do: 'clearPhotos', day: first, why: 'budget' }
}

function isBackupNow({ backupByMonoMs, backupFailed }: UpkeepState, now: UpkeepMoment): boolean {
  if (backupByMonoMs === null) return false
  if (backupFailed !== null && now.monoMs < backupFailed.againMonoMs) return false
  return now.quiet || now.monoMs >= backupByMonoMs
}

export function photosCleared(
  state: UpkeepState,
  act: Extract<UpkeepAct, { do: 'clearPhotos' }>,
  gone: { readonly files: number; readonly bytes: number },
  now: UpkeepMoment,
): UpkeepStep {
  const detail = `${act.day} files=${gone.files} bytes=${gone.bytes} why=${act.why}`
  return { state, rows: [eventRow(now, upkeepEvents.photosDeleted, detail)], faults: [] }
}

export function backupDropped(state: UpkeepState, file: string, now: UpkeepMoment): UpkeepStep {
  return { state, rows: [eventRow(now, upkeepEvents.backupDeleted, file)], faults: [] }
}

export function backupMade(
  state: UpkeepState,
  copy: BackupCopy,
  trouble: LedgerTrouble | null,
  now: UpkeepMoment,
): UpkeepStep {
  const backedUp = { monoMs: now.monoMs, never: false }
  const found = trouble === null ? '' : ` fault=${trouble.code} seq=${trouble.seq ?? 0}`
  const detail = `${copy.file} rows=${copy.rows}${found}`
  return {
    state: { ...state, backedUp, backupByMonoMs: null, backupFailed: null, ledgerTrouble: trouble },
    rows: [eventRow(now, upkeepEvents.backupMade, detail)],
    faults: trouble === null ? [] : [{ code: trouble.code, note: `row ${trouble.seq ?? ''}` }],
  }
}

/** A backup that failed is tried again an hour later; so is what could not be deleted. */
export function actFailed(
  state: UpkeepState,
  act: UpkeepAct,
  fault: { readonly code: string; readonly note: string },
  now: UpkeepMoment,
): UpkeepStep {
  const againMonoMs = now.monoMs + retryMs
  const note = `${fault.code} ${fault.note}`.trim()
  if (act.do !== 'backup') {
    const name = act.do === 'clearPhotos' ? act.day : act.file
    const names = [...(state.stuck?.names ?? []), name]
    const faults = [{ code: 'UPKEEP-03' as const, note: `${name} ${note}` }]
    return { state: { ...state, stuck: { names, againMonoMs } }, rows: [], faults }
  }
  // A row for the first of a series; the others would only fill the ledger.
  const rows = state.backupFailed === null ? [eventRow(now, upkeepEvents.backupFailed, note)] : []
  const backupFailed = { atMs: now.atMs, code: fault.code, againMonoMs }
  return { state: { ...state, backupFailed }, rows, faults: [{ code: 'UPKEEP-02', note }] }
}

/** Business time of the next backup, if clock and lanes stay as they are. Null before the first look. */
export function nextBackupMs(
  state: UpkeepState,
  now: UpkeepMoment,
  rules: UpkeepConfig,
): InstantMs | null {
  const { backedUp, backupByMonoMs, backupFailed } = state
  if (backedUp === null) return null
  if (backupByMonoMs !== null)
    return now.atMs + Math.max(0, (backupFailed?.againMonoMs ?? 0) - now.monoMs)
  const agoMs = now.monoMs - backedUp.monoMs
  const mayMs = now.atMs + (backedUp.never ? 0 : apartMs - agoMs)
  const intoMs = sinceHourMs(now.atMs, rules.backupHour)
  const nights = [0, 1, 2].map((n) => now.atMs - intoMs + n * dayMs)
  const night = nights.find((fromMs) => Math.max(now.atMs, mayMs) < fromMs + windowMs) ?? Infinity
  return Math.min(Math.max(night, mayMs, now.atMs), now.atMs + overdueMs - agoMs)
}

/** Until when photos that are old by date are kept because of a clock jump; null: no such case. */
export function photosHeldUntilMs(
  state: UpkeepState,
  facts: UpkeepFacts,
  now: UpkeepMoment,
  rules: UpkeepConfig,
): InstantMs | null {
  const limitMs = rules.photoDays * dayMs + clockSlackMs
  const { steadySinceMs, unprovenMs } = state.clock
  const held = facts.photoDays.filter(
    (day) =>
      now.atMs - dayEndMs(day) - unprovenMs >= limitMs &&
      !isOldEnough(day, rules.photoDays, state, now),
  )
  return steadySinceMs === null || held.length === 0 ? null : steadySinceMs + limitMs + unprovenMs
}
