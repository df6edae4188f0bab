// Requests to the board, one at a time: polls, pulses, and what follows without an answer. An answer counts only when
// transaction id, unit and form match the request.
import { bytesOfHex } from '#base/pure/data/bytes.ts'
import { noTimer, timer } from '#base/pure/values/step.ts'
import { type OutputName, relayMarginMs } from './config.ts'
import { readRegisters } from './frames/read-registers.ts'
import { coilOff, pulseCoilBase, pulseUnitMs, writeCoil } from './frames/write-coil.ts'
import { noBytes } from './framing.ts'
import { decodePdu, encodePdu } from './pdu.ts'
import type { BarrierDraft, Drive, Request } from './state.ts'
import { strangeAs, type RelayAnswer } from './transport.ts'
import { change, count } from '../../driver.ts'

const versionEveryMs = 86_400_000

type Answer =
  | { readonly kind: 'inputs'; readonly bits: Uint8Array }
  | { readonly kind: 'version'; readonly words: string }
  | { readonly kind: 'written'; readonly request: Request }
  /** The board refused with this exception, or (null) its answer does not belong to this request. */
  | { readonly kind: 'failed'; readonly request: Request; readonly exception: number | null }

function send(d: BarrierDraft, request: Request, pdu: Uint8Array): void {
  const { restMs } = d.transport
  const bytes = d.transport.frame(request.transactionId, d.config.unitId, pdu)
  d.effects.push({ do: 'send', bytes, ...(restMs > 0 ? { afterMs: restMs } : {}) })
  d.effects.push(timer('answer', d.config.answerTimeoutMs + restMs))
  change(d, {
    request,
    sent: bytes,
    echoDue: !d.transport.numbered && (request.kind === 'inputs' || d.s.echoes),
    ...(d.transport.numbered ? {} : { carry: noBytes }),
    answersFromMs: d.nowMs + restMs,
    answerWaited: false,
    nextTransactionId: (request.transactionId + 1) & 0xffff,
  })
}

function sendCoil(d: BarrierDraft, request: Extract<Request, { coil: number }>): void {
  send(d, request, encodePdu(writeCoil, { coil: request.coil, data: request.data }))
}

/** Sends one hardware pulse. The caller has checked that no request is open. */
export function sendPulse(
  d: BarrierDraft,
  output: OutputName,
  drive: Pick<Drive, 'why' | 'triesLeft'>,
): void {
  const { wiring, pulseMs } = d.config
  const channel = wiring.outputs[output]
  if (channel === null) return
  const { pulses } = d.s.counters
  sendCoil(d, {
    kind: 'pulse',
    transactionId: d.s.nextTransactionId,
    output,
    coil: pulseCoilBase + channel,
    data: pulseMs / pulseUnitMs,
    why: drive.why,
    triesLeft: drive.triesLeft,
  })
  pulseBegan(d, output)
  change(d, { counters: { ...d.s.counters, pulses: { ...pulses, [output]: pulses[output] + 1 } } })
}

/**
 * The pulse began when the request reached the board, at the latest now: on a slow link its relay stays closed that
 * much longer, and the opposite relay must not be driven meanwhile.
 */
export function pulseBegan(d: BarrierDraft, output: OutputName): void {
  change(d, { lastPulse: { output, atMs: d.nowMs } })
  if (output !== 'close') return
  change(d, { closeRelayUntilMs: d.nowMs + d.config.pulseMs + relayMarginMs })
}

/** Rule 3: releases the close relay before open is driven, while the board still holds it. */
function releaseClose(d: BarrierDraft): void {
  sendCoil(d, {
    kind: 'release',
    transactionId: d.s.nextTransactionId,
    output: 'close',
    coil: d.config.wiring.outputs.close,
    data: coilOff,
    why: 'command',
    triesLeft: 0,
  })
}

/** The close relay is off, or the board refuses to release it: in both cases open may be driven now. */
export function closeReleased(d: BarrierDraft): void {
  change(d, { closeRelayUntilMs: d.nowMs })
}

function poll(d: BarrierDraft): void {
  const { count, pdu } = d.asked
  send(d, { kind: 'inputs', transactionId: d.s.nextTransactionId, count }, pdu)
  d.effects.push(timer('poll', d.config.pollMs))
  change(d, { pollDue: false })
}

/** No boom moves and no command waits: a board that leaves this question open costs one answer time. */
const isIdle = ({ s }: BarrierDraft): boolean =>
  s.reported === 'up' && s.motion === null && s.drive === null && !s.closeWanted

function askVersion(d: BarrierDraft, register: number): void {
  change(d, { versionDue: false })
  const pdu = encodePdu(readRegisters, { address: register, count: 1 })
  send(d, { kind: 'version', transactionId: d.s.nextTransactionId }, pdu)
  d.effects.push(timer('version', versionEveryMs))
}

/** An open after a finished close waits for the gap; reversing a closing boom does not. */
const openMustWait = (d: BarrierDraft): boolean =>
  d.s.motion !== 'closing' &&
  d.s.drive?.why !== 'presence' &&
  d.s.lastPulse?.output === 'close' &&
  d.nowMs - d.s.lastPulse.atMs < d.config.oppositeGapMs

/** Sends the next request when the link is free: stop, then open, then the poll. */
export function pump(d: BarrierDraft): void {
  const { drive } = d.s
  if (d.s.link !== 'up' || d.s.request !== null) return
  const isEarly = d.nowMs < (drive?.notBeforeMs ?? 0)
  if (isEarly) d.effects.push(timer('pulse', (drive?.notBeforeMs ?? 0) - d.nowMs))
  if (drive?.output === 'stop' && !isEarly) {
    change(d, { drive: null })
    sendPulse(d, 'stop', drive)
  } else if (drive?.output === 'open' && !isEarly && !openMustWait(d)) {
    if (d.nowMs < d.s.closeRelayUntilMs) {
      releaseClose(d)
      return
    }
    sendPulse(d, 'open', drive)
    change(d, { drive: null, motion: 'opening', motionAtMs: d.nowMs, travelFault: false })
  } else if (d.s.pollDue) {
    // A late answer to a lost poll must not be taken for that to the next poll. A pulse does not have to wait.
    if (d.nowMs < d.s.quietUntilMs) d.effects.push(timer('quiet', d.s.quietUntilMs - d.nowMs))
    else poll(d)
  } else if (d.s.versionDue && isIdle(d) && d.nowMs >= d.s.quietUntilMs) {
    const { versionRegister } = d.config
    if (versionRegister !== undefined) askVersion(d, versionRegister)
  }
}

/**
 * A board that answers at once with an odd echo or an exception gets the next pulse no sooner than a silent one: its
 * relay may be on, and three pulses in some ms are one for the motor, or three.
 */
const againAtMs = (d: BarrierDraft): number => d.s.answersFromMs + d.config.answerTimeoutMs

/** The request ended with an unknown effect: a pulse is repeated, and a poll is due. */
export function requestLost(d: BarrierDraft, request: Request): void {
  if (request.kind === 'pulse') pulseBegan(d, request.output)
  if (request.kind === 'inputs') {
    change(d, { pollDue: true })
  } else if (request.kind === 'pulse' && request.output === 'close') {
    change(d, { closeUnanswered: true })
  } else if (request.kind === 'pulse' && request.triesLeft > 0 && d.s.drive === null) {
    const output = request.output === 'stop' ? 'stop' : 'open'
    const overtaken = output === 'open' && d.s.motion !== 'opening'
    const triesLeft = request.triesLeft - 1
    const drive = { output, why: request.why, triesLeft, notBeforeMs: againAtMs(d) } as const
    if (!overtaken) change(d, { drive })
  }
}

const refused = (request: Request, code: unknown): Answer => ({
  kind: 'failed',
  request,
  exception: Number(code),
})

function judge(request: Request, pdu: Uint8Array): Answer | null {
  const decoded = decodePdu(pdu)
  if (!decoded.ok) return null
  const { name, value } = decoded
  if (request.kind === 'inputs') {
    const bits = name === 'inputs-read' ? bytesOfHex(String(value.bits)) : null
    if (bits?.length === Math.ceil(request.count / 8)) return { kind: 'inputs', bits }
    return name === 'read-refused' ? refused(request, value.code) : null
  }
  if (request.kind === 'version') {
    if (name === 'registers-read') return { kind: 'version', words: String(value.words) }
    return name === 'registers-refused' ? refused(request, value.code) : null
  }
  if (name === 'write-refused') return refused(request, value.code)
  const echo = name === 'write-coil' && value.coil === request.coil && value.data === request.data
  return echo ? { kind: 'written', request } : null
}

/** The meaning of a frame for the open request; null: it does not belong to it. */
export function answerOf(d: BarrierDraft, came: RelayAnswer): Answer | null {
  const { request } = d.s
  const { transactionId, unitId, pdu } = came
  // An answer before the request was sent is a repeated older one.
  const mine =
    transactionId === null ? d.nowMs >= d.s.answersFromMs : request?.transactionId === transactionId
  if (request === null || !mine || unitId !== d.config.unitId) {
    count(d, 'strangers')
    const asked = { transactionId: request?.transactionId ?? 0, unitId: d.config.unitId }
    if (request !== null) change(d, { strange: strangeAs(came, asked) })
    return null
  }
  const answer = judge(request, pdu)
  // Without transaction ids this may be another request's answer; the right one may still come.
  if (answer === null && transactionId === null) {
    count(d, 'strangers')
    return null
  }
  change(d, { request: null, strange: null })
  d.effects.push(noTimer('answer'))
  if (answer === null || answer.kind === 'failed') {
    count(d, answer === null ? 'malformed' : 'exceptions')
    return answer ?? { kind: 'failed', request, exception: null }
  }
  count(d, 'answers')
  return answer
}
