// What the barrier driver remembers, and the draft a single step works on.
// Everything here can be printed as JSON; a step copies it and never changes its input.
import type { BarrierEvent, BarrierPosition, LoopName, LoopState } from '../../lane/barrier.ts'
import type { DeviceReading } from '#base/pure/passport/versions.ts'
import type { NoteText } from '#base/pure/words/notes.ts'
import type { BarrierConfig, InputName, OutputName } from './config.ts'
import { noBytes } from './framing.ts'
import type { RelayTransport } from './transport.ts'
import type { Draft, LinkEffect } from '../../driver.ts'

export interface Debounced {
  /** As last read; null when not read, refused or stale. */
  readonly raw: boolean | null
  readonly rawSinceMs: number
  /** Unchanged for the debounce time; null until then. */
  readonly stable: boolean | null
  readonly stableSinceMs: number
}

export const unread: Debounced = { raw: null, rawSinceMs: 0, stable: null, stableSinceMs: 0 }

/** The one Modbus request in flight on the link. */
export type Request =
  | { readonly kind: 'inputs'; readonly transactionId: number; readonly count: number }
  | { readonly kind: 'version'; readonly transactionId: number }
  | {
      readonly kind: 'pulse' | 'release'
      readonly transactionId: number
      readonly output: OutputName
      readonly coil: number
      readonly data: number
      readonly why: Drive['why']
      readonly triesLeft: number
    }

/** A pulse that waits until the link is free. A close is never queued: it is sent only on fresh inputs. */
export interface Drive {
  readonly output: 'open' | 'stop'
  readonly why: 'command' | 'presence'
  readonly triesLeft: number
  /** A repeated pulse waits until then. */
  readonly notBeforeMs?: number
}

/** A close that was due when the link was lost (silence.ts). */
export interface OwedClose {
  /** `void`: it is not given any more, and a person is called if the boom is up. */
  readonly stage: 'due' | 'given' | 'void'
  /** Last reading before the silence. */
  readonly readAtMs: number
  /** Readings in a row since, each with all loops free. */
  readonly freePolls: number
}

interface BarrierCounters {
  readonly answers: number
  readonly timeouts: number
  readonly exceptions: number
  /** Answers to no open request, or with another unit id. */
  readonly strangers: number
  readonly malformed: number
  readonly discardedBytes: number
  readonly echoes: number
  readonly pulses: Readonly<Record<OutputName, number>>
}

export interface BarrierState {
  readonly link: 'down' | 'up' | 'dropping'
  /** The link state last reported to the lane. */
  readonly reported: 'up' | 'down' | null
  readonly carry: Uint8Array
  readonly nextTransactionId: number
  readonly request: Request | null
  readonly pollDue: boolean
  /** The version of the board is to be asked when nothing else waits. */
  readonly versionDue: boolean
  readonly misses: number
  /** Readings in a row that the board refused. */
  readonly refusals: number
  /** A refused pulse was told since the link is up. */
  readonly pulseTold: boolean
  /** How the last answer differed from the open request; null: no answer, or the board's own answer. */
  readonly strange: NoteText | null
  /** Bytes of the last request, for adapters that echo. */
  readonly sent: Uint8Array
  /** The adapter echoes what is sent; detected at the first poll. */
  readonly echoes: boolean
  /** Echo of the last request that is still to come. */
  readonly echoDue: boolean
  /** When the last request leaves: an answer received earlier is not its answer. */
  readonly answersFromMs: number
  /** The answer time was extended once because this process had been stalled. */
  readonly answerWaited: boolean
  /** Until then a late answer may arrive that could not be told from the answer to the next request. */
  readonly quietUntilMs: number
  readonly inputs: Readonly<Record<InputName, Debounced>>
  readonly presence: readonly Debounced[]
  /** Trigger at the inner end of a reused lane; never read elsewhere. */
  readonly inner: Debounced
  /**
   * State of sensors wired to other devices, by name, as their reader last reported them. A lost link to this board
   * does not change it.
   */
  readonly outside: Readonly<Record<string, Debounced>>
  /** Since when every presence input reads clear; null while one does not. */
  readonly clearSinceMs: number | null
  readonly motion: 'opening' | 'closing' | 'stopped' | null
  readonly motionAtMs: number
  readonly drive: Drive | null
  readonly lastPulse: { readonly output: OutputName; readonly atMs: number } | null
  /** Until when the board's own pulse keeps the close relay on. */
  readonly closeRelayUntilMs: number
  readonly closeUnanswered: boolean
  readonly closeTries: number
  /** Since when a close pulse moves the boom that was seen at no limit since; null: none. */
  readonly closingFromMs: number | null
  readonly owed: OwedClose | null
  /** The last fresh reading; null: none since the start. `isDown`: the boom was down, or nobody knows. */
  readonly lastRead: {
    readonly atMs: number
    readonly isFree: boolean
    readonly isDown: boolean
  } | null
  /** The link is back, and the loop under the boom is not yet known again; null: it is. */
  readonly unseen: 'short' | 'long' | null
  /** When an open was requested whose echo has not arrived; null: no such open. */
  readonly openRequestedAtMs: number | null
  readonly closeWanted: boolean
  /** Passes authorised and not yet used, oldest first. */
  readonly credits: readonly string[]
  readonly creditAtMs: number
  /** The latest pass ids, used or not: a repeated open for the same pass adds no credit. */
  readonly seenPasses: readonly string[]
  readonly heldBy: readonly string[]
  /** False: the boom moves only on a manual command by a person. */
  readonly armed: boolean
  readonly underSeen: boolean
  readonly underWhileUp: boolean
  readonly travelFault: boolean
  readonly bothReported: boolean
  readonly stuckReported: boolean
  readonly position: BarrierPosition
  readonly loops: Readonly<Record<LoopName, LoopState>>
  readonly innerLoop: LoopState
  readonly counters: BarrierCounters
}

/** `versionRead`: what the board says of its version; null: it was asked and did not tell. */
export type BarrierNews =
  | BarrierEvent
  | { readonly type: 'versionRead'; readonly reading: DeviceReading | null }

export type BarrierEffect = LinkEffect<BarrierNews>

/** The draft of one step: `s` is replaced, never mutated. */
export interface BarrierDraft extends Draft<BarrierState, BarrierEffect> {
  readonly config: BarrierConfig
  readonly transport: RelayTransport
  /** The poll request, the same each time. */
  readonly asked: { readonly count: number; readonly pdu: Uint8Array }
  readonly nowMs: number
}

const unreadInputs: BarrierState['inputs'] = {
  limitOpen: unread,
  limitClosed: unread,
  loopUnder: unread,
  loopArrive: unread,
}

/** State of the one sensor with that role that is wired to another device; null: no such sensor is configured. */
export function outsideOf(
  config: BarrierConfig,
  outside: BarrierState['outside'],
  role: 'arrive' | 'under' | 'inner',
): Debounced | null {
  const sensor = config.outside?.find((one) => one.role === role)
  return sensor === undefined ? null : (outside[sensor.name] ?? unread)
}

/** Inputs of the board when they are not read, stale, or refused by the board. */
export const inputsUnknown = (config: BarrierConfig, outside: BarrierState['outside'] = {}) =>
  ({
    inputs: {
      ...unreadInputs,
      loopUnder: outsideOf(config, outside, 'under') ?? unread,
      loopArrive: outsideOf(config, outside, 'arrive') ?? unread,
    },
    presence: config.wiring.presence.map(() => unread),
    inner: outsideOf(config, outside, 'inner') ?? unread,
    clearSinceMs: null,
  }) satisfies Partial<BarrierState>

/** State after a restart: no input known, no movement requested; holds survive (rules 6 and 7). */
export const initialState = (config: BarrierConfig, heldBy: readonly string[]): BarrierState => ({
  ...inputsUnknown(config),
  outside: {},
  link: 'down',
  reported: null,
  carry: noBytes,
  nextTransactionId: 1,
  request: null,
  pollDue: false,
  versionDue: false,
  misses: 0,
  refusals: 0,
  pulseTold: false,
  strange: null,
  sent: noBytes,
  echoes: false,
  echoDue: false,
  answersFromMs: 0,
  answerWaited: false,
  quietUntilMs: 0,
  motion: null,
  motionAtMs: 0,
  drive: null,
  lastPulse: null,
  closeRelayUntilMs: 0,
  closeUnanswered: false,
  closeTries: 0,
  closingFromMs: null,
  owed: null,
  lastRead: null,
  unseen: null,
  openRequestedAtMs: null,
  closeWanted: false,
  credits: [],
  creditAtMs: 0,
  seenPasses: [],
  heldBy,
  armed: true,
  underSeen: false,
  underWhileUp: false,
  travelFault: false,
  bothReported: false,
  stuckReported: false,
  position: 'unknown',
  loops: { arrive: 'unknown', under: 'unknown' },
  innerLoop: 'unknown',
  counters: {
    answers: 0,
    timeouts: 0,
    exceptions: 0,
    strangers: 0,
    malformed: 0,
    discardedBytes: 0,
    echoes: 0,
    pulses: { open: 0, close: 0, stop: 0 },
  },
})
