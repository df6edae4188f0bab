// The interface of a city's reservation platform to a lot: topics, envelopes, commands, messages, codes.
// A dialect translates and judges; order, pacing and resumption are in ledger/pure/reservation and app/reservation.
import { type LaneKind } from '#base/pure/device-kinds/lane-kinds.ts'
import type { ReservationCommand } from '../pure/reservation/command.ts'
import type { BilingualText } from '#base/pure/faults/faults.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { DownText } from '#base/pure/words/notes.ts'
import type { CommandAnswer, UpFact } from '#base/pure/rows/reservation-row.ts'

/** Identity of the lot at its platform. */
export interface ReservationNames {
  readonly appId: string
  readonly parkCode: string
}

/** A message before it is signed; `data` is its exact text. */
export interface Unsigned extends ReservationNames {
  readonly timestampMs: InstantMs
  /** 32 characters, new for each transmission. */
  readonly nonce: string
  readonly data: string
}

/** A received message with its members as unparsed text. */
export interface ReadEnvelope {
  readonly appId: string
  readonly parkCode: string
  readonly timestampMs: InstantMs
  readonly nonce: string
  readonly data: string
  readonly sign: string
  /** Text covered by its signature. */
  readonly signed: string
}

/** Reason for refusing a message; the dialect has a number for each. */
export type Doubt = 'signature' | 'time' | 'nonce' | 'permission' | 'format' | 'rate'

export type ReadCommand =
  | {
      readonly kind: 'command'
      readonly cmdId: string
      readonly expireAtMs: InstantMs
      readonly command: ReservationCommand
    }
  /** `cmdId`: null where it cannot be read; needed to answer. */
  | { readonly kind: 'misread'; readonly cmdId: string | null; readonly field: string }

/** Kind of a received message, by its topic. */
type Incoming =
  | { readonly kind: 'command'; readonly type: string }
  /** Last message number that the platform has: sent by itself, or on request. */
  | { readonly kind: 'acked' | 'lastSeq' }

/** Latest time of a message, with its clause or assumption. */
interface Deadline {
  readonly what: BilingualText
  readonly withinMs: number
}

/** One row of the check list for lots that take reservations. */
export interface LotRequirement {
  readonly id: string
  readonly zh: string
  readonly en: string
  /** Judged from the lot file, or by the answer of a person. */
  readonly judge: LotFactName | 'person'
}

export type LotFactName =
  /** A device in every lane. */
  LaneKind | 'platform' | 'spaces' | 'time' | 'shared' | 'fallback' | 'help' | 'copies'

/** Every function is pure. */
export interface ReservationDialect {
  readonly standard: string
  readonly deadlines: readonly Deadline[]
  readonly requirements: readonly LotRequirement[]

  clientId(names: ReservationNames): string
  subscriptions(names: ReservationNames): readonly string[]
  /** Topic of an outgoing message, by the topic word of its kind. */
  upTopic(names: ReservationNames, word: string): string
  answerTopic(names: ReservationNames, type: string): string
  /** Path of the HTTPS exchange. */
  exchangePath(names: ReservationNames): string
  /** Messages and answers to commands in one request. */
  exchangeData(
    messages: readonly { readonly word: string; readonly data: string }[],
    answers: readonly string[],
  ): string
  /** `nonce`: of the request, repeated in its answer. Null: not an answer to it. */
  readExchange(
    data: string,
    nonce: string,
  ): {
    readonly ackSeq: number
    readonly commands: readonly { readonly type: string; readonly text: string }[]
  } | null
  /** Null for a topic of another lot. */
  incoming(names: ReservationNames, topic: string): Incoming | null

  signedText(message: Unsigned): string
  /** Full text of the message to send. */
  envelope(message: Unsigned, sign: string): string
  /** Null: not an envelope. */
  read(text: string): ReadEnvelope | null

  readCommand(type: string, data: string): ReadCommand
  /** The number in an answer about `acked` or `lastSeq`; null: invalid. */
  readSeq(data: string): number | null
  /** `field`: the member that was misread. */
  answerData(cmdId: string, answer: CommandAnswer | Doubt, field?: string): string
  /** Code number of an answer, for display. */
  codeOf(answer: CommandAnswer | Doubt): number

  /** Message of a fact: the word of its topic, and its text without number. */
  messageOf(
    fact: UpFact,
    head: { readonly seq: number; readonly msgId: string; readonly atMs: InstantMs },
  ): { readonly word: string; readonly data: string }
  countData(
    counts: { readonly total: number; readonly free: number; readonly kept: number },
    atMs: InstantMs,
  ): string
  stateData(isOnline: boolean, atMs: InstantMs): string
  /** Topic word of the request for the last number that the platform has. */
  readonly askWord: string
  readonly countWord: string
  readonly stateWord: string
}

export interface ReservationLinkHandlers {
  /** `inFlightMax`: number of unacknowledged messages that the broker accepts. */
  up(inFlightMax: number): void
  message(message: {
    readonly topic: string
    readonly bytes: Uint8Array
    /** Retained by the broker: an old message without present meaning. */
    readonly isRetained: boolean
  }): void
  /** Called exactly once, when the link ends or could not be opened. */
  down(reason: DownText): void
}

export interface ReservationLink {
  /** `done`: the broker has confirmed it; not called if the link ends first. Without `done`: sent once without confirmation. */
  publish(topic: string, text: string, done?: () => void): void
  close(): void
}

export interface ReservationLinkOpener {
  /** `will`: message that the broker publishes when this side disappears without notice. */
  open(
    will: { readonly topic: string; readonly text: string },
    handlers: ReservationLinkHandlers,
  ): ReservationLink
}

/** The same messages over HTTPS. Null: no readable answer. */
export type ReservationHttp = (path: string, text: string) => Promise<string | null>

export interface ReservationSigner {
  /** Lower-case hex. */
  sign(text: string): string
  isSigned(text: string, sign: string): boolean
}
