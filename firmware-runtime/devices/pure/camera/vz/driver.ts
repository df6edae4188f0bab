// A Vzicom camera on TCP 8131: (state, event) -> (state, effects), over a byte link. The driver asks for its serial
// number, subscribes to results with pictures, and keeps the link alive in both directions.
import { type DownText, note } from '#base/pure/words/notes.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import { noTimer, timer } from '#base/pure/values/step.ts'
import { type CameraCounters, noCounts } from '../camera-driver.ts'
import type { VzFrame, VzFraming, VzFramingStep } from './framing.ts'
import { emptyVzFraming, feedVz, resyncVz } from './framing.ts'
import type { CameraCommand, SerialPort, TcpEffect } from '../tcp-make.ts'
import type { VzMessage, VzRequest } from './messages.ts'
import {
  vzAnyMessage,
  vzHeartbeat,
  vzMessageOf,
  vzRequest,
  vzSerialOpen,
  vzSerialSend,
} from './messages.ts'
import {
  change,
  count,
  emit,
  stopTimers,
  type Draft,
  type Driver,
  type DriverEvent,
} from '../../driver.ts'

/** `businessNowMs` is the machine's clock here: the composition root gives cameras that clock. */
type VzEvent = DriverEvent<CameraCommand>

interface VzTimes {
  readonly beatMs: number
  /** Three missed heartbeats of the camera, which come every 2 to 5 s [assumed]. */
  readonly deadMs: number
  readonly answerMs: number
  /** A frame that is incomplete after this time is not a frame. */
  readonly frameMs: number
}

export const vzTimes: VzTimes = { beatMs: 3_000, deadMs: 15_000, answerMs: 3_000, frameMs: 5_000 }

/** Unanswered queries after which the link is dropped. */
const triesMax = 2

export interface VzState {
  readonly phase: 'down' | 'naming' | 'subscribing' | 'up'
  /** Serial number of the camera; its address before that. */
  readonly deviceId: string
  readonly tries: number
  readonly framing: VzFraming
  readonly serialPorts: readonly SerialPort[]
  readonly reported: 'up' | 'down' | null
  readonly counters: CameraCounters
}

interface VzDraft extends Draft<VzState, TcpEffect> {
  readonly wallMs: InstantMs
}

const send = (d: VzDraft, bytes: Uint8Array): void => void d.effects.push({ do: 'send', bytes })
const say = (d: VzDraft, request: VzRequest): void => send(d, vzRequest(request))

function question(d: VzDraft): void {
  if (d.s.phase === 'naming') say(d, { cmd: 'getsn', id: '1' })
  else {
    const wants = { enable: true, format: 'json', image: true, image_type: 2 } as const
    say(d, { cmd: 'ivsresult', id: '2', ...wants })
  }
  d.effects.push(timer('answer', vzTimes.answerMs))
}

function linkUp(d: VzDraft): void {
  change(d, { phase: 'naming', tries: 0, framing: emptyVzFraming })
  d.effects.push(timer('beat', vzTimes.beatMs), timer('dead', vzTimes.deadMs))
  question(d)
}

function linkDown(d: VzDraft, note: DownText): void {
  stopTimers(d, ['beat', 'dead', 'answer', 'frame'])
  change(d, { phase: 'down', framing: emptyVzFraming })
  if (d.s.reported === 'down') return
  change(d, { reported: 'down' })
  emit(d, { type: 'cameraDown', reason: 'notReached', note })
}

/** Reports the reason, then drops the link. */
function drop(d: VzDraft, reason: 'silent' | 'notSupported', note: DownText): void {
  if (d.s.reported !== 'down') emit(d, { type: 'cameraDown', reason, note })
  change(d, { reported: 'down' })
  d.effects.push({ do: 'dropLink', reason: note })
}

function noAnswer(d: VzDraft): void {
  const tries = d.s.tries + 1
  change(d, { tries })
  if (tries < triesMax) {
    question(d)
    return
  }
  // Some firmware does not report its number; the next query shows whether it sends results.
  if (d.s.phase === 'naming') next(d, 'subscribing')
  else drop(d, 'silent', note('questionUnanswered', 'ivsresult'))
}

function next(d: VzDraft, phase: 'subscribing' | 'up'): void {
  change(d, { phase, tries: 0 })
  if (phase === 'subscribing') {
    question(d)
    return
  }
  d.effects.push(noTimer('answer'))
  for (const port of d.s.serialPorts) send(d, vzSerialOpen(port))
  change(d, { reported: 'up' })
  emit(d, { type: 'cameraUp', deviceId: d.s.deviceId })
}

function replied(d: VzDraft, { cmd, ok, value }: VzMessage & { readonly kind: 'reply' }): void {
  if (cmd === 'getsn' && d.s.phase === 'naming') {
    const serial = ok && /^[\w.:-]{1,64}$/.test(value) ? value : null
    if (serial !== null) change(d, { deviceId: serial })
    // It has no question for its version that is public.
    emit(d, { type: 'versionRead', reading: { version: null, hardware: null, serial } })
    next(d, 'subscribing')
  } else if (cmd === 'ivsresult' && d.s.phase === 'subscribing') {
    if (ok) next(d, 'up')
    else drop(d, 'notSupported', note('questionRefused', 'ivsresult'))
  }
}

function take(d: VzDraft, message: VzMessage): void {
  if (message.kind === 'reply') replied(d, message)
  else if (message.kind === 'refused') {
    count(d, 'refused')
    emit(d, { type: 'notUnderstood', what: message.what })
  } else if (message.kind === 'serial') serialCame(d, message.port, message.bytes)
  else if (d.s.phase === 'up') {
    const { read, picturesDropped } = message
    count(d, 'picturesDropped', picturesDropped)
    count(d, 'readings')
    emit(d, { type: 'plateRead', read, receivedAtMs: d.wallMs })
  }
}

/** Bytes without a port name belong to the only open port. */
function serialCame(d: VzDraft, named: SerialPort | null, bytes: Uint8Array): void {
  const { serialPorts } = d.s
  const port = named ?? (serialPorts.length === 1 ? serialPorts[0] : undefined)
  if (port !== undefined) emit(d, { type: 'serialBytes', port, bytes })
}

const ours = ['getsn', 'ivsresult']

function frameCame(d: VzDraft, frame: VzFrame): void {
  d.effects.push(timer('dead', vzTimes.deadMs))
  if (frame.type === 'heartbeat') count(d, 'keepAlives')
  else {
    const { message, root } = vzMessageOf(frame.payload, d.s.deviceId)
    take(d, message)
    const answered = message.kind === 'reply' && ours.includes(message.cmd)
    if (root !== null && message.kind !== 'plate' && !answered)
      emit(d, { type: 'message', message: root })
  }
}

function framed(d: VzDraft, step: VzFramingStep): void {
  change(d, { framing: step.state })
  count(d, 'discardedBytes', step.discardedBytes)
  for (const frame of step.frames) frameCame(d, frame)
}

function bytesCame(d: VzDraft, bytes: Uint8Array): void {
  const was = d.s.framing.open
  const step = feedVz(d.s.framing, bytes)
  framed(d, step)
  const { open } = d.s.framing
  if (open === null) d.effects.push(noTimer('frame'))
  // The time limit of a frame starts with its head, not with each piece.
  else if (was === null || step.frames.length > 0) d.effects.push(timer('frame', vzTimes.frameMs))
}

function timerFired(d: VzDraft, name: string): void {
  if (name === 'beat') {
    send(d, vzHeartbeat)
    d.effects.push(timer('beat', vzTimes.beatMs))
  } else if (name === 'dead') drop(d, 'silent', note('nothingIn', vzTimes.deadMs))
  else if (name === 'answer') noAnswer(d)
  else if (name === 'frame') {
    framed(d, resyncVz(d.s.framing))
    if (d.s.framing.open !== null) d.effects.push(timer('frame', vzTimes.frameMs))
  }
}

const relayValues = { off: 0, on: 1, pulse: 2 } as const

function obey(d: VzDraft, command: CameraCommand): void {
  if (command.type === 'serialOpen') {
    if (d.s.serialPorts.includes(command.port)) return
    change(d, { serialPorts: [...d.s.serialPorts, command.port] })
    if (d.s.phase === 'up') send(d, vzSerialOpen(command.port))
    return
  }
  // No command is queued: a relay that moves minutes later is dangerous.
  if (d.s.phase !== 'up') return
  if (command.type === 'relay') {
    const { io, value, delayMs } = command
    say(d, { cmd: 'ioctl', io, value: relayValues[value], delay: delayMs })
  } else if (command.type === 'trigger') say(d, { cmd: 'trigger', id: '3' })
  else if (command.type === 'message') send(d, vzAnyMessage(command.message))
  else send(d, vzSerialSend(command.port, command.bytes))
}

type VzDriver = Driver<VzState, VzEvent, TcpEffect>

/** `address` names the camera until it has sent its serial number. */
export const vzDriver = (address: string): VzDriver => ({
  initial: () => ({
    phase: 'down',
    deviceId: address,
    tries: 0,
    framing: emptyVzFraming,
    serialPorts: [],
    reported: null,
    counters: noCounts,
  }),
  step(state, event) {
    const d: VzDraft = { wallMs: event.businessNowMs, s: state, effects: [] }
    if (event.type === 'linkUp') linkUp(d)
    else if (event.type === 'linkDown') linkDown(d, event.reason)
    else if (event.type === 'command') obey(d, event.command)
    else if (d.s.phase !== 'down' && event.type === 'bytes') bytesCame(d, event.bytes)
    else if (d.s.phase !== 'down' && event.type === 'timer') timerFired(d, event.name)
    return { state: d.s, effects: d.effects }
  },
})
