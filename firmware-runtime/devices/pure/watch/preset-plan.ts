// The plan of presets of a camera that turns (7.2.1 f): which preset is next, and whether the camera stands there.
// (state, event) -> (state, effects). An answer 200 means that the camera took the command, not that it moved: it stands at a
// preset when its position is that which it had there before, and a preset is learned only by a movement that ended.
import type { DownText } from '#base/pure/words/notes.ts'
import { timer, type TimerEffect, type TimerEvent } from '#base/pure/values/step.ts'
import { change, emit, stopTimers, type Draft, type Driver } from '../driver.ts'
import { isNear, isStill, type Position } from './position.ts'

interface PlanTimes {
  readonly dwellMs: number
  /** From standing still until its reports count: one that comes earlier is about the way. */
  readonly settleMs: number
  /** A turn that takes longer has failed. */
  readonly turnMs: number
  /** A camera that has not begun to move by then stays where it is. */
  readonly beginMs: number
  /** Between two questions for the position of a camera that turns, and of one that stands. */
  readonly lookMs: number
  readonly verifyMs: number
  /** Before the same preset is tried again, and before the next one after a preset that failed. */
  readonly againMs: number
  readonly failedMs: number
  /** Turns to one preset before the next preset. */
  readonly triesMax: number
}

/** Assumed, as no source states them: a dome of a street turns half around in some seconds. */
export const standardPlanTimes: Omit<PlanTimes, 'dwellMs'> = {
  settleMs: 3_000,
  turnMs: 30_000,
  beginMs: 8_000,
  lookMs: 1_000,
  verifyMs: 10_000,
  againMs: 2_000,
  failedMs: 5_000,
  triesMax: 3,
}

export interface PlanConfig {
  readonly presets: readonly number[]
  readonly times: PlanTimes
  /** Positions of presets that were learned before. */
  readonly known?: KnownPositions
}

export type KnownPositions = Readonly<Record<string, Position>>

type Phase = 'off' | 'asking' | 'commanded' | 'turning' | 'settling' | 'standing' | 'waiting'

export interface PlanState {
  readonly phase: Phase
  /** Place in the list of presets. */
  readonly at: number
  readonly tries: number
  /** Why the first of these tries failed: the next ones begin where it ended. */
  readonly why: DownText | null
  /** Position before the turn, and at the last question. */
  readonly from: Position | null
  readonly last: Position | null
  /** Time at which the present turn was commanded, ms. */
  readonly turnAtMs: number
  /** The position is asked for, for the reports counted until then; null: no question is open. */
  readonly asked: number | null
  /** Reports that wait for a position asked for after them. */
  readonly reports: number
  readonly isDue: boolean
  readonly known: KnownPositions
  /** Why the last visit of a preset failed. */
  readonly failed: Readonly<Record<string, DownText>>
  readonly roundAtMs: number
  /** Length of the last round; null: none is complete. */
  readonly roundMs: number | null
}

export type PlanEvent = { readonly atMs: number } & (
  | { readonly type: 'start' }
  /** The camera cannot be asked any more until the next start. */
  | { readonly type: 'halt' }
  | { readonly type: 'turnAnswer'; readonly refusal: DownText | null }
  | { readonly type: 'position'; readonly position: Position | null }
  | { readonly type: 'unanswered'; readonly why: DownText }
  /** A report waits to know where the camera stood. */
  | { readonly type: 'reported' }
  /** A person looked at its picture: the positions are learned anew. */
  | { readonly type: 'trusted' }
  | TimerEvent
)

export type PlanNews =
  /** The camera stands at the preset, and what it reports of it counts. */
  | { readonly type: 'standing'; readonly preset: number }
  /** From now on nothing is in view. */
  | { readonly type: 'away' }
  /** It stood at its preset after the first so many reports since it stands. */
  | { readonly type: 'confirmed'; readonly reports: number }
  | { readonly type: 'learned'; readonly known: KnownPositions }
  | { readonly type: 'presetFailed'; readonly preset: number; readonly why: DownText }

export type PlanAsk =
  | { readonly what: 'where' }
  | { readonly what: 'turn'; readonly preset: number }

export type PlanEffect =
  | { readonly do: 'ask'; readonly ask: PlanAsk }
  | { readonly do: 'emit'; readonly event: PlanNews }
  | TimerEffect

interface PlanDraft extends Draft<PlanState, PlanEffect> {
  readonly config: PlanConfig
  readonly atMs: number
}

const timers = ['plan.look', 'plan.turn', 'plan.settle', 'plan.dwell', 'plan.verify', 'plan.again']

const presetOf = ({ s, config }: PlanDraft): number => config.presets[s.at] ?? 0

const knownOf = ({ s }: PlanDraft, preset: number): Position | null =>
  Object.hasOwn(s.known, String(preset)) ? (s.known[String(preset)] ?? null) : null

const isInView = ({ phase }: PlanState): boolean => phase === 'standing'

function where(d: PlanDraft): void {
  if (d.s.asked !== null) return
  change(d, { asked: d.s.reports })
  d.effects.push({ do: 'ask', ask: { what: 'where' } })
}

/** Nothing is in view; reports that wait are of no use. */
function leave(d: PlanDraft, phase: Phase): void {
  const was = isInView(d.s)
  stopTimers(d, timers)
  change(d, { phase, reports: 0, isDue: false })
  if (was) emit(d, { type: 'away' })
}

function visit(d: PlanDraft): void {
  if (d.s.at === 0 && d.s.tries === 0) {
    const began = d.s.roundAtMs
    change(d, { roundAtMs: d.atMs, roundMs: began < 0 ? d.s.roundMs : d.atMs - began })
  }
  leave(d, 'asking')
  change(d, { last: null })
  d.effects.push(timer('plan.turn', d.config.times.turnMs))
  where(d)
}

function next(d: PlanDraft): void {
  change(d, { at: (d.s.at + 1) % d.config.presets.length, tries: 0, why: null })
  visit(d)
}

/** The turn failed: tried again, and after the last try the next preset has its turn. */
function fail(d: PlanDraft, found: DownText): void {
  const { againMs, failedMs, triesMax } = d.config.times
  const preset = presetOf(d)
  leave(d, 'waiting')
  const why = d.s.why ?? found
  change(d, { tries: d.s.tries + 1, why })
  const isOver = d.s.tries >= triesMax
  d.effects.push(timer('plan.again', isOver ? failedMs : againMs))
  if (!isOver) return
  const isNew = !Object.hasOwn(d.s.failed, String(preset))
  change(d, { failed: { ...d.s.failed, [preset]: why } })
  if (isNew) emit(d, { type: 'presetFailed', preset, why })
}

function stand(d: PlanDraft): void {
  stopTimers(d, timers)
  change(d, { phase: 'settling' })
  d.effects.push(timer('plan.settle', d.config.times.settleMs))
}

/** The camera stands still after a turn. */
function arrived(d: PlanDraft, position: Position): void {
  const preset = presetOf(d)
  const known = knownOf(d, preset)
  const { from } = d.s
  const isMoved = from !== null && !isNear(from, position)
  if (known !== null && isNear(known, position)) {
    stand(d)
    return
  }
  if (!isMoved) {
    if (d.atMs - d.s.turnAtMs < d.config.times.beginMs)
      d.effects.push(timer('plan.look', d.config.times.lookMs))
    // At its start the camera may stand at its first preset: that one is learned in the next round.
    else if (d.s.at === 0 && Object.keys(d.s.known).length === 0) next(d)
    else fail(d, 'presetStayed')
    return
  }
  const isOfAnother = Object.values(d.s.known).some((one) => isNear(one, position))
  if (known !== null || isOfAnother) {
    fail(d, 'presetElsewhere')
    return
  }
  change(d, { known: { ...d.s.known, [preset]: position } })
  emit(d, { type: 'learned', known: d.s.known })
  stand(d)
}

/** Where the turn begins. A preset is learned only from where the camera stood still: else it may have been turned by hand. */
function before(d: PlanDraft, position: Position): void {
  const { last } = d.s
  const preset = presetOf(d)
  const isAtRest = last !== null && isStill(last, position)
  if (!isAtRest && knownOf(d, preset) === null) {
    change(d, { last: position })
    d.effects.push(timer('plan.look', d.config.times.lookMs))
    return
  }
  stopTimers(d, ['plan.turn'])
  change(d, { phase: 'commanded', from: position, last: null })
  d.effects.push({ do: 'ask', ask: { what: 'turn', preset } })
}

function turned(d: PlanDraft, position: Position): void {
  const { last } = d.s
  change(d, { last: position })
  if (last !== null && isStill(last, position)) arrived(d, position)
  else d.effects.push(timer('plan.look', d.config.times.lookMs))
}

function stood(d: PlanDraft, position: Position, reports: number): void {
  const known = knownOf(d, presetOf(d))
  if (known === null || !isNear(known, position)) {
    fail(d, 'presetLeft')
    return
  }
  if (reports > 0) emit(d, { type: 'confirmed', reports })
  change(d, { reports: Math.max(0, d.s.reports - reports) })
  if (d.s.reports > 0) where(d)
  else if (d.s.isDue) next(d)
  else d.effects.push(timer('plan.verify', d.config.times.verifyMs))
}

function positionCame(d: PlanDraft, position: Position | null): void {
  const reports = d.s.asked ?? 0
  change(d, { asked: null })
  const { phase } = d.s
  // The question is older than the visit: this visit asks itself.
  if (phase === 'off' || phase === 'waiting' || phase === 'settling' || phase === 'commanded')
    return
  if (position === null) fail(d, 'positionUnread')
  else if (phase === 'standing') stood(d, position, reports)
  else if (phase === 'turning') turned(d, position)
  else before(d, position)
}

function commanded(d: PlanDraft, refusal: DownText | null): void {
  if (d.s.phase !== 'commanded') return
  if (refusal !== null) {
    fail(d, refusal)
    return
  }
  const { turnMs, lookMs } = d.config.times
  change(d, { phase: 'turning', turnAtMs: d.atMs })
  d.effects.push(timer('plan.turn', turnMs), timer('plan.look', lookMs))
}

function fired(d: PlanDraft, name: string): void {
  const { phase } = d.s
  const isUnderWay = phase === 'asking' || phase === 'turning'
  if (name === 'plan.look' && isUnderWay) where(d)
  else if (name === 'plan.turn' && isUnderWay) fail(d, 'presetSlow')
  else if (name === 'plan.verify' && phase === 'standing') where(d)
  else if (name === 'plan.settle' && phase === 'settling') {
    const { [String(presetOf(d))]: _, ...failed } = d.s.failed
    change(d, { phase: 'standing', reports: 0, failed })
    emit(d, { type: 'standing', preset: presetOf(d) })
    const { dwellMs, verifyMs } = d.config.times
    d.effects.push(timer('plan.dwell', dwellMs), timer('plan.verify', verifyMs))
  } else if (name === 'plan.dwell' && phase === 'standing') {
    if (d.s.asked === null) next(d)
    else change(d, { isDue: true })
  } else if (name === 'plan.again' && phase === 'waiting') {
    if (d.s.tries >= d.config.times.triesMax) next(d)
    else visit(d)
  }
}

function handle(d: PlanDraft, event: PlanEvent): void {
  switch (event.type) {
    case 'start':
      change(d, { at: 0, tries: 0, why: null, asked: null, roundAtMs: -1 })
      visit(d)
      return
    case 'halt':
      leave(d, 'off')
      change(d, { asked: null })
      return
    case 'turnAnswer':
      commanded(d, event.refusal)
      return
    case 'position':
      positionCame(d, event.position)
      return
    case 'unanswered':
      change(d, { asked: null })
      if (d.s.phase !== 'off' && d.s.phase !== 'waiting') fail(d, event.why)
      return
    case 'reported':
      if (d.s.phase !== 'standing' || d.s.isDue) return
      change(d, { reports: d.s.reports + 1 })
      where(d)
      return
    case 'trusted':
      change(d, { known: {}, failed: {} })
      emit(d, { type: 'learned', known: {} })
      if (d.s.phase === 'off') return
      // The preset where it stands is learned when it comes back to it.
      leave(d, 'waiting')
      change(d, { tries: d.config.times.triesMax })
      d.effects.push(timer('plan.again', d.config.times.againMs))
      return
    case 'timer':
      fired(d, event.name)
  }
}

export const presetPlan = (config: PlanConfig): Driver<PlanState, PlanEvent, PlanEffect> => ({
  initial: () => ({
    phase: 'off',
    at: 0,
    tries: 0,
    why: null,
    from: null,
    last: null,
    turnAtMs: 0,
    asked: null,
    reports: 0,
    isDue: false,
    known: config.known ?? {},
    failed: {},
    roundAtMs: -1,
    roundMs: null,
  }),
  step(state, event) {
    const d: PlanDraft = { config, atMs: event.atMs, s: state, effects: [] }
    handle(d, event)
    return { state: d.s, effects: d.effects }
  },
})
