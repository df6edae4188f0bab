// The plan of presets over HTTP: one request at a time, with the account of the camera. The plan decides; this driver brings its
// questions to the camera and the answers back. A refused account stops the plan until its password is changed, because
// cameras lock accounts.
import type { DownText } from '#base/pure/words/notes.ts'
import { noTimer, timer, type TimerEffect, type TimerEvent } from '#base/pure/values/step.ts'
import type { CameraDownReason } from '../camera/camera-driver.ts'
import { change, emit, type Draft, type Driver } from '../driver.ts'
import {
  ask,
  broken,
  closed,
  freshSession,
  giveUp,
  type HttpEffect,
  type HttpEvent,
  type HttpSession,
} from '../http/session.ts'
import { takeBody, takeHead, type TextFlight } from '../http/text-answer.ts'
import type { PresetDialect } from './preset-dialect.ts'
import {
  presetPlan,
  type PlanAsk,
  type PlanConfig,
  type PlanEvent,
  type PlanNews,
  type PlanState,
} from './preset-plan.ts'

/** A real answer has some hundred bytes. */
const answerCharsMax = 16_384
const answerMs = 5_000

interface Flight extends TextFlight {
  readonly what: PlanAsk['what']
}

export interface PresetState {
  readonly plan: PlanState
  readonly session: HttpSession
  readonly flight: Flight | null
}

export type PresetNews =
  | PlanNews
  /** The camera does not accept the account. */
  | { readonly type: 'planStopped'; readonly reason: CameraDownReason; readonly note: DownText }

export type PresetCommand = 'reported' | 'trusted'

type PresetEvent = { readonly atMs: number } & (
  | HttpEvent
  | TimerEvent
  | { readonly type: 'start' }
  | { readonly type: 'credentialsChanged' }
  | { readonly type: 'command'; readonly command: PresetCommand }
)

type PresetEffect = HttpEffect | TimerEffect | { readonly do: 'emit'; readonly event: PresetNews }

interface PresetDraft extends Draft<PresetState, PresetEffect> {
  readonly plan: ReturnType<typeof presetPlan>
  readonly dialect: PresetDialect
  readonly atMs: number
}

type Happening = PlanEvent extends infer E ? (E extends unknown ? Omit<E, 'atMs'> : never) : never

function toPlan(d: PresetDraft, happening: Happening): void {
  const step = d.plan.step(d.s.plan, { ...happening, atMs: d.atMs } as PlanEvent)
  change(d, { plan: step.state })
  for (const effect of step.effects)
    if (effect.do === 'ask') fly(d, effect.ask)
    else d.effects.push(effect)
}

function fly(d: PresetDraft, asked: PlanAsk): void {
  drop(d)
  const { dialect } = d
  const request = asked.what === 'turn' ? dialect.turn(asked.preset) : dialect.where()
  const { session, effects, id } = ask(d.s.session, request)
  d.effects.push(...effects, timer('preset.answer', answerMs))
  change(d, { session, flight: { id, what: asked.what, status: 0, text: '' } })
}

/** Abandons the request in flight; its answer is not needed any more. */
function drop(d: PresetDraft): void {
  if (d.s.flight === null) return
  const { session, effects } = giveUp(d.s.session, d.s.flight.id)
  d.effects.push(...effects, noTimer('preset.answer'))
  change(d, { session, flight: null })
}

function unanswered(d: PresetDraft, why: DownText): void {
  drop(d)
  toPlan(d, { type: 'unanswered', why })
}

function headCame(d: PresetDraft, event: Extract<PresetEvent, { type: 'head' }>): void {
  const { effects, ends, ...next } = takeHead(d.s, event)
  d.effects.push(...effects)
  change(d, next)
  if (ends === 'noDigest') unanswered(d, 'noDigestOffered')
  else if (ends === 'refused') {
    drop(d)
    toPlan(d, { type: 'halt' })
    emit(d, { type: 'planStopped', reason: 'credentials', note: 'credentialsRefused' })
  }
}

function bodyCame(d: PresetDraft, event: Extract<PresetEvent, { type: 'body' }>): void {
  const flight = takeBody(d.s.flight, event, answerCharsMax)
  if (flight === 'overlong') unanswered(d, 'answerOverlong')
  else change(d, { flight })
}

function ended(d: PresetDraft, id: string): void {
  const { flight } = d.s
  if (flight?.id !== id) return
  d.effects.push(noTimer('preset.answer'))
  change(d, { session: closed(d.s.session, id), flight: null })
  const { what, status, text } = flight
  if (what === 'turn') toPlan(d, { type: 'turnAnswer', refusal: d.dialect.refusal(status, text) })
  else toPlan(d, { type: 'position', position: d.dialect.position(status, text) })
}

function handle(d: PresetDraft, event: PresetEvent): void {
  switch (event.type) {
    case 'start':
      toPlan(d, { type: 'start' })
      return
    case 'credentialsChanged':
      drop(d)
      change(d, { session: freshSession })
      toPlan(d, { type: 'start' })
      return
    case 'command':
      toPlan(d, { type: event.command })
      return
    case 'timer':
      if (event.name === 'preset.answer') unanswered(d, 'silent')
      else toPlan(d, { type: 'timer', name: event.name })
      return
    case 'head':
      headCame(d, event)
      return
    case 'body':
      bodyCame(d, event)
      return
    case 'end':
      ended(d, event.id)
      return
    case 'lost':
      if (d.s.flight?.id !== event.id) return
      change(d, { session: broken(d.s.session, event.id, event.reason), flight: null })
      d.effects.push(noTimer('preset.answer'))
      toPlan(d, { type: 'unanswered', why: event.reason })
  }
}

export function presetDriver(
  config: PlanConfig,
  dialect: PresetDialect,
): Driver<PresetState, PresetEvent, PresetEffect> {
  const plan = presetPlan(config)
  return {
    initial: () => ({ plan: plan.initial(), session: freshSession, flight: null }),
    step(state, event) {
      const d: PresetDraft = { plan, dialect, atMs: event.atMs, s: state, effects: [] }
      handle(d, event)
      return { state: d.s, effects: d.effects }
    },
  }
}
