// The rules by which a centre grows (many-lots.md, section 8), as figures of this centre: from one machine (S1) to a standby
// with reading apart (S2), and from there to several databases (S3). Pure.
import { dayMs, minuteMs, type InstantMs } from '#base/pure/values/instant.ts'
import { p95Of, type HourFigures } from './figures.ts'

type Stage = 'S1' | 'S2' | 'S3'
const limitRules = ['lots', 'calls', 'restore', 'processor', 'disk', 'fold', 'hotMonths'] as const
export type LimitRule = (typeof limitRules)[number]

/** `taken`: it is over, and the step that it leads to has been taken. */
export type LimitState = 'unknown' | 'fits' | 'near' | 'over' | 'taken'

export interface LimitRow {
  readonly rule: LimitRule
  /** Where it leads. */
  readonly step: 'S2' | 'S3'
  /** Lots, ms, minutes, shares of the machine, hours or bytes; null: not measured. */
  readonly value: number | null
  readonly limit: number
  readonly state: LimitState
  /** It has been over since then, as far as is kept. */
  readonly sinceMs: InstantMs | null
  /** The hour that was worst, or when it was measured. */
  readonly atMs: InstantMs | null
}

export interface LimitsView {
  readonly stage: Stage
  /** The next step that a figure asks for; null: none. */
  readonly next: Stage | null
  readonly rows: readonly LimitRow[]
  /** The newest look; null: none yet. */
  readonly measuredMs: InstantMs | null
}

export interface SampledHour {
  readonly atMs: InstantMs
  readonly figures: HourFigures
}

/** A restore that was run, and how large the database was then. */
export interface Restored {
  readonly atMs: InstantMs
  readonly minutes: number
  readonly bytes: number
}

/** Figures proposed by many-lots.md; a fold that is behind in so many hours of a week is over, the others above them. */
const limits: Readonly<Record<LimitRule, number>> = {
  lots: 50,
  calls: 3_000,
  restore: 240,
  processor: 0.5,
  disk: 0.5,
  fold: 3,
  hotMonths: 2 * 1024 ** 4,
}
const steps: Readonly<Record<LimitRule, 'S2' | 'S3'>> = {
  lots: 'S2',
  calls: 'S2',
  restore: 'S2',
  processor: 'S3',
  disk: 'S3',
  fold: 'S3',
  hotMonths: 'S3',
}
const nearShare = 0.8
const weekMs = 7 * dayMs
/** A shorter part of an hour is not taken for an hour. */
const measuredSMin = 10 * 60

const isOver = (rule: LimitRule, value: number): boolean =>
  rule === 'fold' ? value >= limits.fold : value > limits[rule]

type Figure = Pick<LimitRow, 'value' | 'sinceMs' | 'atMs'>
const unknown: Figure = { value: null, sinceMs: null, atMs: null }

/** The newest value; over since the first of the hours in a row that were. */
function gauge(
  hours: readonly SampledHour[],
  rule: LimitRule,
  of: (figures: HourFigures) => number,
): Figure {
  const newest = hours.at(-1)
  if (newest === undefined) return unknown
  const lastFine = hours.findLastIndex(({ figures }) => !isOver(rule, of(figures)))
  const since = hours[lastFine + 1]
  return { value: of(newest.figures), sinceMs: since?.atMs ?? null, atMs: newest.atMs }
}

/** The worst hour of the week; over since the first hour that was. */
function peak(
  hours: readonly SampledHour[],
  rule: LimitRule,
  of: (figures: HourFigures) => number | null,
): Figure {
  const all = hours.flatMap(({ atMs, figures }) => {
    const value = of(figures)
    return value === null ? [] : [{ atMs, value }]
  })
  const [worst] = all.toSorted((a, b) => b.value - a.value)
  if (worst === undefined) return unknown
  const since = all.find(({ value }) => isOver(rule, value))
  return { value: worst.value, sinceMs: since?.atMs ?? null, atMs: worst.atMs }
}

const shareOf = (seconds: number | null, { measuredS, cores }: HourFigures, of: number = cores) =>
  seconds === null || measuredS < measuredSMin ? null : seconds / (measuredS * of)

function behind(week: readonly SampledHour[]): Figure {
  const hours = week.filter(({ figures }) => figures.isBehind)
  if (week.length === 0) return unknown
  const third = hours[limits.fold - 1]
  return { value: hours.length, sinceMs: third?.atMs ?? null, atMs: hours.at(-1)?.atMs ?? null }
}

/** At the size that the database has now. */
function restoring(restored: Restored | null, hours: readonly SampledHour[]): Figure {
  if (restored === null) return unknown
  const { atMs, minutes, bytes } = restored
  const now = hours.at(-1)?.figures.databaseBytes ?? bytes
  const value = bytes === 0 ? minutes : Math.round((minutes * now) / bytes)
  return { value, sinceMs: value > limits.restore ? atMs : null, atMs }
}

function stateOf(rule: LimitRule, value: number | null, stage: Stage): LimitState {
  if (value === null) return 'unknown'
  if (isOver(rule, value)) return steps[rule] === 'S2' && stage !== 'S1' ? 'taken' : 'over'
  return value >= limits[rule] * nearShare ? 'near' : 'fits'
}

/** `hours`: oldest first. */
export function limitsOf(
  hours: readonly SampledHour[],
  restored: Restored | null,
  nowMs: InstantMs,
): LimitsView {
  const week = hours.filter(({ atMs }) => nowMs - atMs < weekMs)
  const newest = hours.at(-1)
  const stage = (newest?.figures.standbys ?? 0) > 0 ? 'S2' : 'S1'
  const figures: Readonly<Record<LimitRule, Figure>> = {
    lots: gauge(hours, 'lots', ({ lots }) => lots),
    calls: peak(week, 'calls', ({ calls }) => p95Of(calls)),
    restore: restoring(restored, hours),
    processor: peak(week, 'processor', (one) => shareOf(one.processorS, one)),
    disk: peak(week, 'disk', (one) => shareOf(one.diskS, one, 1)),
    fold: behind(week),
    hotMonths: gauge(hours, 'hotMonths', ({ hotBytes }) => hotBytes),
  }
  const rows = limitRules.map((rule): LimitRow => {
    const figure = figures[rule]
    const state = stateOf(rule, figure.value, stage)
    return { rule, step: steps[rule], limit: limits[rule], state, ...figure }
  })
  const asked = rows.some(({ state }) => state === 'over')
  const next = !asked ? null : stage === 'S1' ? 'S2' : 'S3'
  return { stage, next, rows, measuredMs: newest?.figures.atMs ?? null }
}

/** The start of an hour. */
export const hourOf = (atMs: InstantMs): InstantMs => atMs - (atMs % (60 * minuteMs))
