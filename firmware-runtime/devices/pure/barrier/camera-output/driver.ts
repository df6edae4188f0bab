// A gate on the output of a camera: (state, event) -> (state, effects), by the rules of the relay board. Requests of
// the barrier driver to a board are translated for the camera; an OK of the camera confirms no movement.
import type { DownText } from '#base/pure/words/notes.ts'
import type { BarrierEvent } from '../../lane/barrier.ts'
import type { BarrierConfig } from '../modbus-relay/config.ts'
import { barrierDriver, type BarrierHappening } from '../modbus-relay/driver.ts'
import { exceptionBit } from '../modbus-relay/frames/exception.ts'
import { coilOff, pulseCoilBase } from '../modbus-relay/frames/write-coil.ts'
import { frame, noBytes, unframe } from '../modbus-relay/framing.ts'
import { decodePdu } from '../modbus-relay/pdu.ts'
import type { CameraDownReason } from '../../camera/camera-driver.ts'
import { ask, broken, closed, freshSession, giveUp } from '../../http/session.ts'
import { takeBody, takeHead } from '../../http/text-answer.ts'
import { noTimer, timer } from '#base/pure/values/step.ts'
import { wiredInputs } from './config.ts'
import type { GateAction, GateDialect } from './dialect.ts'
import type {
  Flight,
  GateDraft,
  GateEffect,
  GateEvent,
  GateJob,
  GateParts,
  GateState,
  GateStep,
} from './state.ts'
import { change, emit, type Driver } from '../../driver.ts'

/** A real answer has some hundred bytes. */
const answerCharsMax = 65_536
/** Interval of the check who may open, made within a poll of the inputs. */
const recheckMs = 60_000
/** Waits between tries to reach the camera; the last one repeats. */
const againMs = [200, 500, 1_000, 2_000, 5_000] as const
/** Outputs by channel number, in the place of relays. */
const actions: readonly GateAction[] = ['open', 'close']
const illegalAddress = 2
const deviceFailure = 4

/** A camera has no exceptions of a relay board: its answers did not hold the inputs. */
const said = (event: BarrierEvent): BarrierEvent =>
  event.type === 'barrierDown' && event.reason.startsWith('readsRefused')
    ? { ...event, reason: 'inputsRefused' }
    : event

function toBarrier(d: GateDraft, event: BarrierHappening): void {
  const step = d.parts.barrier.step(d.s.barrier, { ...event, atMs: d.nowMs })
  change(d, { barrier: step.state })
  for (const effect of step.effects) {
    if (effect.do === 'send') take(d, effect.bytes)
    else if (effect.do === 'dropLink') down(d, 'silent', effect.reason, null)
    else if (effect.do !== 'emit') d.effects.push(effect)
    // Its inputs are read through the camera, which has no register of a board.
    else if (effect.event.type !== 'versionRead')
      d.effects.push({ do: 'emit', event: said(effect.event) })
  }
}

/** Abandons the request in flight; its answer is not needed any more. */
function drop(d: GateDraft): void {
  if (d.s.flight === null) return
  const { session, effects } = giveUp(d.s.session, d.s.flight.id)
  d.effects.push(...effects, noTimer('gate.answer'))
  change(d, { session, flight: null })
}

/** The gate is out of service: its inputs are unknown, and nothing moves. */
function down(d: GateDraft, reason: CameraDownReason, note: DownText, waitMs: number | null): void {
  drop(d)
  const phase = reason === 'credentials' ? 'refused' : 'waiting'
  change(d, { job: null, phase, tries: d.s.tries + 1 })
  emit(d, { type: 'gateDown', reason, note })
  toBarrier(d, { type: 'linkDown', reason: note })
  if (phase === 'refused') return
  const last = againMs.length - 1
  d.effects.push(timer('gate.again', waitMs ?? againMs[Math.min(d.s.tries - 1, last)] ?? 5_000))
}

function begin(d: GateDraft, job: GateJob): void {
  drop(d)
  change(d, { job })
  next(d)
}

function fly(d: GateDraft, { request }: GateStep, again: boolean): void {
  const { session, effects, id } = ask(d.s.session, request)
  d.effects.push(...effects)
  change(d, { session, flight: { id, status: 0, text: '', again } })
}

/** Starts the next exchange of the job; after the last one its answer is returned. */
function next(d: GateDraft): void {
  const { job } = d.s
  if (job === null) return
  const [step] = job.steps
  if (step !== undefined) {
    fly(d, step, false)
    return
  }
  change(d, { job: null })
  if (job.reply !== null) {
    answer(d, job, job.reply.pdu)
    return
  }
  change(d, { phase: 'up', tries: 0, recheckAtMs: d.nowMs + recheckMs })
  emit(d, { type: 'gateUp' })
  toBarrier(d, { type: 'linkUp' })
}

function answer(d: GateDraft, { reply }: GateJob, pdu: Uint8Array): void {
  if (reply === null) return
  change(d, { job: null })
  toBarrier(d, { type: 'bytes', bytes: frame(reply.transactionId, reply.unitId, pdu) })
}

function refuse(d: GateDraft, job: GateJob, code: number): void {
  const functionCode = job.reply?.pdu[0] ?? 0
  answer(d, job, Uint8Array.of(functionCode | exceptionBit, code))
}

/** The bits of one poll, at the camera's own input numbers. */
function bitsPdu({ reply, levels }: GateJob, count: number): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(count / 8))
  for (const [di, on] of levels)
    if (on && di < count) bytes[di >> 3] = (bytes[di >> 3] ?? 0) | (1 << (di & 7))
  return Uint8Array.of(reply?.pdu[0] ?? 0, bytes.length, ...bytes)
}

/** Takes a request of the barrier driver, which has only one in flight. */
function take(d: GateDraft, bytes: Uint8Array): void {
  const [requestPdu] = unframe(noBytes, bytes).frames
  if (requestPdu === undefined || d.s.phase !== 'up') return
  const job: GateJob = { reply: requestPdu, steps: [], levels: new Map() }
  const read = decodePdu(requestPdu.pdu, 'lane')
  if (!read.ok) {
    refuse(d, job, illegalAddress)
    return
  }
  const { dialect, inputs } = d.parts
  if (read.name === 'read-inputs') {
    const check: GateStep[] =
      d.nowMs >= d.s.recheckAtMs ? [{ what: 'check', request: dialect.check() }] : []
    const polls = dialect.inputs(inputs).map((one): GateStep => ({ what: 'inputs', ...one }))
    begin(d, { ...job, steps: [...check, ...polls] })
    return
  }
  const [coil, data] = [Number(read.value['coil']), Number(read.value['data'])]
  const action = actions[coil - pulseCoilBase]
  // A camera's command holds no contact that would have to be released.
  if (actions[coil] !== undefined && data === coilOff) answer(d, job, requestPdu.pdu)
  else if (action === undefined) refuse(d, job, illegalAddress)
  else begin(d, { ...job, steps: [{ what: 'drive', request: dialect.drive(action) }] })
}

function finished(d: GateDraft, job: GateJob, step: GateStep, { status, text }: Flight): void {
  const { dialect } = d.parts
  const rest = job.steps.slice(1)
  if (step.what === 'check') {
    const hold = dialect.judgeCheck(status, text)
    if (hold !== null) {
      down(d, hold.reason, hold.note, hold.againMs)
      return
    }
    change(d, { job: { ...job, steps: rest }, recheckAtMs: d.nowMs + recheckMs })
    next(d)
  } else if (step.what === 'drive') {
    if (dialect.refusal(status, text) === null) answer(d, job, job.reply?.pdu ?? noBytes)
    else refuse(d, job, deviceFailure)
  } else {
    const levels = dialect.levels(step.numbers, status, text)
    if (levels === null) {
      refuse(d, job, deviceFailure)
      return
    }
    const coilLevels = step.numbers.map((number, i): [number, boolean] => [
      number,
      levels[i] === true,
    ])
    const known: GateJob = { ...job, steps: rest, levels: new Map([...job.levels, ...coilLevels]) }
    change(d, { job: known })
    if (rest.length > 0) next(d)
    else answer(d, known, bitsPdu(known, 1 + Math.max(...d.parts.inputs)))
  }
}

/** The connection broke: queries are sent once more; commands are repeated by the barrier driver. */
function lost(d: GateDraft, reason: DownText): void {
  const { job, flight } = d.s
  const step = job?.steps[0]
  if (flight === null || step === undefined) return
  change(d, { session: broken(d.s.session, flight.id, reason), flight: null })
  if (step.request.method === 'GET' && !flight.again) fly(d, step, true)
  else down(d, 'notReached', reason, null)
}

function headCame(d: GateDraft, event: Extract<GateEvent, { type: 'head' }>): void {
  const { effects, ends, ...next } = takeHead(d.s, event)
  d.effects.push(...effects)
  change(d, next)
  if (ends === 'refused') down(d, 'credentials', 'credentialsRefused', null)
  else if (ends === 'noDigest') down(d, 'noDigest', 'noDigestOffered', recheckMs)
}

function bodyCame(d: GateDraft, event: Extract<GateEvent, { type: 'body' }>): void {
  const flight = takeBody(d.s.flight, event, answerCharsMax)
  if (flight === 'overlong') down(d, 'notSupported', 'answerOverlong', recheckMs)
  else change(d, { flight })
}

function ended(d: GateDraft, id: string): void {
  const { flight, job } = d.s
  const step = job?.steps[0]
  if (flight?.id !== id || job === null || step === undefined) return
  change(d, { session: closed(d.s.session, id), flight: null })
  finished(d, job, step, flight)
}

/** Asks who may open; the gate is used when the camera answers that the platform does. */
function start(d: GateDraft): void {
  change(d, { phase: 'asking' })
  d.effects.push(timer('gate.answer', d.parts.answerTimeoutMs))
  const request = d.parts.dialect.check()
  const job: GateJob = { reply: null, steps: [{ what: 'check', request }], levels: new Map() }
  change(d, { job })
  next(d)
}

function timerFired(d: GateDraft, name: string): void {
  if (name === 'gate.again') start(d)
  else if (name !== 'gate.answer') toBarrier(d, { type: 'timer', name })
  else if (d.s.phase === 'asking') down(d, 'silent', 'silent', null)
}

function handle(d: GateDraft, event: GateEvent): void {
  switch (event.type) {
    case 'start':
      start(d)
      return
    case 'credentialsChanged':
      drop(d)
      change(d, { session: freshSession, job: null })
      d.effects.push(noTimer('gate.again'))
      toBarrier(d, { type: 'linkDown', reason: 'otherPassword' })
      start(d)
      return
    case 'command':
      toBarrier(d, { type: 'command', command: event.command })
      return
    case 'timer':
      timerFired(d, event.name)
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
      if (d.s.flight?.id === event.id) lost(d, event.reason)
  }
}

type GateDriver = Driver<GateState, GateEvent, GateEffect>

export function gateDriver(config: BarrierConfig, dialect: GateDialect): GateDriver {
  const barrier = barrierDriver(config)
  const { answerTimeoutMs } = config
  const parts: GateParts = { barrier, dialect, inputs: wiredInputs(config.wiring), answerTimeoutMs }
  return {
    initial: () => ({
      barrier: barrier.initial(),
      session: freshSession,
      phase: 'off',
      job: null,
      flight: null,
      recheckAtMs: 0,
      tries: 0,
    }),
    step(state, event) {
      const d: GateDraft = { parts, nowMs: event.atMs, s: state, effects: [] }
      handle(d, event)
      return { state: d.s, effects: d.effects }
    },
  }
}
