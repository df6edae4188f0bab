// The barrier driver: (state, event) -> (state, effects), for a gate behind a relay board on any transport. It keeps
// the safety rules and closes by itself; the lane adds passes and gets the states of the inputs.
import { type DownText, note, type NoteText } from '#base/pure/words/notes.ts'
import { joined } from '#base/pure/data/bytes.ts'
import type { BarrierCommand } from '../../lane/barrier.ts'
import { must } from '#base/pure/values/must.ts'
import { noTimer, type Step, timer } from '#base/pure/values/step.ts'
import { waitingAnswerMs, wasHeldUp } from '../../stall.ts'
import type { BarrierConfig } from './config.ts'
import { noBytes } from './framing.ts'
import { readInputs } from './frames/read-inputs.ts'
import { pulseMsMax, pulseUnitMs } from './frames/write-coil.ts'
import { inputCount, seenUnder, takeBits, tellInputs } from './inputs.ts'
import { encodePdu } from './pdu.ts'
import { answerOf, closeReleased, pulseBegan, pump, requestLost } from './requests.ts'
import { takeSensor } from './outside.ts'
import {
  afterSilence,
  owedAtLoss,
  readingMissed,
  recallClosing,
  remember,
  watchOwed,
} from './silence.ts'
import { closeWhenClear, obey, recoverOpen, reopen, watchPassage, watchTravel } from './rules.ts'
import type { BarrierEffect, BarrierState, BarrierDraft, Request } from './state.ts'
import { initialState, inputsUnknown } from './state.ts'
import { modbusTcp } from './transport.ts'
import { change, count, emit, type LinkEvent } from '../../driver.ts'

export type BarrierHappening = LinkEvent<BarrierCommand>

/** `atMs` is monotonic time. */
export type BarrierDriverEvent = { readonly atMs: number } & BarrierHappening

export interface BarrierDriver {
  /** `heldBy`: names whose hold was in force before the restart (rule 6). */
  initial(heldBy?: readonly string[]): BarrierState
  step(state: BarrierState, event: BarrierDriverEvent): Step<BarrierState, BarrierEffect>
}

function linkUp(d: BarrierDraft): void {
  change(d, {
    ...inputsUnknown(d.config, d.s.outside),
    link: 'up',
    carry: noBytes,
    request: null,
    misses: 0,
    refusals: 0,
    pulseTold: false,
    strange: null,
  })
  change(d, { echoes: false, echoDue: false, quietUntilMs: 0 })
  change(d, { pollDue: true, versionDue: d.config.versionRegister !== undefined })
}

/**
 * Rule 7: inputs unknown, no movement requested but the close that is due (silence.ts); credits stay, because their
 * cars may still come.
 */
function linkDown(d: BarrierDraft, reason: DownText): void {
  d.effects.push(noTimer('poll'), noTimer('answer'), noTimer('stale'), noTimer('version'))
  change(d, {
    ...inputsUnknown(d.config, d.s.outside),
    link: 'down',
    carry: noBytes,
    request: null,
    pollDue: false,
    versionDue: false,
    motion: null,
    drive: null,
    closeWanted: false,
    closeUnanswered: false,
    travelFault: false,
    owed: owedAtLoss(d),
  })
  tellInputs(d)
  if (d.s.reported !== 'down') emit(d, { type: 'barrierDown', reason })
  change(d, { reported: 'down' })
}

/**
 * The inputs become unknown, which blocks every close. A closing boom reverses when a poll is refused or lost; age
 * alone does not reverse it: a stall of this process looks the same, and the answer that has arrived already decides.
 */
function inputsGone(d: BarrierDraft, reopenWhy: NoteText | null): void {
  change(d, inputsUnknown(d.config, d.s.outside))
  readingMissed(d)
  reopen(d, reopenWhy)
  tellInputs(d)
}

/** True once for each request: its time is over, but the link was not read since. */
function stoodStill(d: BarrierDraft): boolean {
  const dueMs = d.s.answersFromMs + d.config.answerTimeoutMs
  if (d.s.answerWaited || !wasHeldUp(d.nowMs, dueMs)) return false
  change(d, { answerWaited: true })
  d.effects.push(timer('answer', waitingAnswerMs))
  return true
}

function missed(d: BarrierDraft): void {
  const { request } = d.s
  if (request === null || stoodStill(d)) return
  count(d, 'timeouts')
  change(d, { request: null, misses: d.s.misses + 1 })
  if (!d.transport.numbered && request.kind !== 'pulse' && request.kind !== 'release')
    change(d, { quietUntilMs: d.nowMs + d.config.answerTimeoutMs })
  if (d.s.misses < d.config.missesMax) {
    requestLost(d, request)
    if (request.kind === 'inputs') inputsGone(d, 'inputsUnanswered')
    if (request.kind === 'version') versionTold(d, null)
    return
  }
  d.effects.push(noTimer('poll'), noTimer('stale'))
  d.effects.push({ do: 'dropLink', reason: d.s.strange ?? note('requestsUnanswered', d.s.misses) })
  change(d, { link: 'dropping' })
}

function versionTold(d: BarrierDraft, version: string | null): void {
  const reading = version === null ? null : { version, hardware: null, serial: null }
  emit(d, { type: 'versionRead', reading })
}

function freshInputs(d: BarrierDraft, bits: Uint8Array): void {
  const wasClosed = d.s.inputs.limitClosed.stable === true
  takeBits(d, bits)
  change(d, { refusals: 0 })
  d.effects.push(timer('stale', d.config.staleMs))
  if (d.s.reported !== 'up') {
    change(d, { reported: 'up' })
    emit(d, { type: 'barrierUp' })
    afterSilence(d)
  }
  recallClosing(d)
  // First: a car may stand under a boom that this reading shows as closing.
  reopen(d, seenUnder(d.s, d.config))
  watchTravel(d, wasClosed)
  tellInputs(d)
  watchPassage(d)
  recoverOpen(d)
  watchOwed(d)
  closeWhenClear(d)
  remember(d)
}

/**
 * An answer older than its time limit, read after a stall: it neither drops the link nor reverses a boom, but clears
 * nothing either. Presence under a closing boom counts; everything else is polled again.
 */
function oldInputs(d: BarrierDraft, bits: Uint8Array): void {
  takeBits(d, bits)
  reopen(d, seenUnder(d.s, d.config))
  inputsGone(d, null)
  change(d, { pollDue: true })
}

/**
 * Half-duplex adapters return what is sent, and the echo of a pulse looks like its confirmation (lane-devices.md
 * section 0). The first poll detects it: no answer looks like a poll. Null: more bytes are needed.
 */
function withoutEcho(d: BarrierDraft, bytes: Uint8Array): Uint8Array | null {
  if (!d.s.echoDue) return bytes
  const { sent, carry } = d.s
  const data = joined([carry, bytes])
  const echoed = data.subarray(0, sent.length).every((byte, i) => byte === sent[i])
  if (echoed && data.length < sent.length) {
    change(d, { carry: data })
    return null
  }
  change(d, { carry: noBytes, echoDue: false, echoes: d.s.echoes || echoed })
  count(d, 'echoes', echoed ? 1 : 0)
  return echoed ? data.slice(sent.length) : data
}

/** Refused readings in a row after which the board is told as out of service: a busy one answers sooner. */
const refusalsMax = 20
/** Exceptions that no repetition changes: function, address, value. */
const lasting: readonly (number | null)[] = [1, 2, 3]

/** A board that answers each reading by an exception is there, but its inputs are not: it says why. */
function readingRefused(d: BarrierDraft, exception: number | null): void {
  inputsGone(d, 'inputsRefused')
  change(d, { refusals: d.s.refusals + 1 })
  if (d.s.refusals < refusalsMax || d.s.reported === 'down') return
  change(d, { owed: owedAtLoss(d), closeWanted: false, reported: 'down' })
  const reason = exception === null ? note('inputsRefused') : note('readsRefused', exception)
  emit(d, { type: 'barrierDown', reason })
}

function requestFailed(d: BarrierDraft, request: Request, exception: number | null): void {
  if (request.kind === 'inputs') {
    readingRefused(d, exception)
    return
  }
  if (request.kind === 'version') {
    versionTold(d, null)
    return
  }
  if (request.kind === 'pulse') {
    emit(d, { type: 'commandAnswered', command: request.output, ok: false })
    // The board has no pulse at coil 0x0200, or not this channel: told once, with what to do.
    if (lasting.includes(exception) && !d.s.pulseTold) {
      change(d, { pulseTold: true })
      emit(d, { type: 'barrierFault', fault: 'pulseRefused' })
    }
  }
  requestLost(d, request)
}

function bytesCame(d: BarrierDraft, came: Uint8Array): void {
  const unasked = d.s.request === null || d.nowMs < d.s.answersFromMs
  if (!d.transport.numbered && unasked) return count(d, 'discardedBytes', came.length)
  const bytes = withoutEcho(d, came)
  if (bytes === null) return
  const { answers, carry, discardedBytes } = d.transport.unframe(d.s.carry, bytes)
  change(d, { carry })
  count(d, 'discardedBytes', discardedBytes)
  for (const one of answers) {
    const answer = answerOf(d, one)
    if (answer === null) continue
    change(d, { misses: 0 })
    if (answer.kind === 'version') versionTold(d, answer.words)
    else if (answer.kind !== 'inputs' && answer.request.kind === 'release') {
      closeReleased(d)
    } else if (answer.kind === 'inputs') {
      const old = d.nowMs - d.s.answersFromMs > d.config.answerTimeoutMs
      if (old) oldInputs(d, answer.bits)
      else freshInputs(d, answer.bits)
    } else if (answer.kind === 'failed') {
      // After a refused poll the next one follows at its normal time, not at once.
      requestFailed(d, answer.request, answer.exception)
    } else if (answer.request.kind === 'pulse') {
      pulseBegan(d, answer.request.output)
      emit(d, { type: 'commandAnswered', command: answer.request.output, ok: true })
      if (answer.request.output === 'open') change(d, { openRequestedAtMs: null })
      if (answer.request.output === 'close') change(d, { closeUnanswered: false, closeTries: 0 })
    }
    pump(d)
  }
}

function commanded(d: BarrierDraft, command: BarrierCommand): void {
  if (command.do === 'sensor') takeSensor(d, command.seen)
  else obey(d, command)
}

function timerFired(d: BarrierDraft, name: string): void {
  if (name === 'poll') change(d, { pollDue: true })
  else if (name === 'answer') missed(d)
  else if (name === 'stale') inputsGone(d, null)
  else if (name === 'version') change(d, { versionDue: true })
}

export function barrierDriver(config: BarrierConfig, transport = modbusTcp): BarrierDriver {
  const units = config.pulseMs / pulseUnitMs
  must(Number.isInteger(units) && units >= 1, 'a pulse is a multiple of 100 ms')
  must(config.pulseMs <= pulseMsMax, `a pulse is at most ${pulseMsMax} ms`)
  const inputs = inputCount(config)
  const pdu = encodePdu(readInputs, { address: 0, count: inputs })
  const asked = { count: inputs, pdu }
  return {
    initial: (heldBy = []) => initialState(config, heldBy),
    step(state, event) {
      const d: BarrierDraft = { config, transport, asked, nowMs: event.atMs, s: state, effects: [] }
      if (event.type === 'linkUp') linkUp(d)
      else if (event.type === 'linkDown') linkDown(d, event.reason)
      else if (event.type === 'command') commanded(d, event.command)
      else if (d.s.link === 'up' && event.type === 'bytes') bytesCame(d, event.bytes)
      else if (d.s.link === 'up' && event.type === 'timer') timerFired(d, event.name)
      pump(d)
      return { state: d.s, effects: d.effects }
    },
  }
}
