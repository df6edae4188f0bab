// What a city's reservation platform asks of a lot in its own words: topics, envelopes, commands, messages, codes.
// A dialect of it translates and judges; order, pacing and resume belong to core/reservation and app/reservation.
import type { ReservationCommand } from '../core/reservation/command.ts'
import type { BilingualText } from '../core/faults/faults.ts'
import type { InstantMs } from '../core/values/instant.ts'
import type { DownText } from '../core/values/notes.ts'
import type { CommandAnswer, UpFact } from '../core/values/rows/reservation-row.ts'

/** The lot as its platform names it. */
export interface ReservationNames {
  readonly appId: string
  readonly parkCode: string
}

/** A message before it is signed; `data` is its exact text. */
export interface Unsigned extends ReservationNames {
  readonly timestampMs: InstantMs
  /** 32 characters, fresh for each sending. */
  readonly nonce: string
  readonly data: string
}

/** A message as it came, its members as they were written. */
export interface ReadEnvelope {
  readonly appId: string
  readonly parkCode: string
  readonly timestampMs: InstantMs
  readonly nonce: string
  readonly data: string
  readonly sign: string
  /** What its signature is over. */
  readonly signed: string
}

/** Why a message is not obeyed; the dialect has a number for each. */
export type Doubt = 'signature' | 'time' | 'nonce' | 'permission' | 'format' | 'rate'

export type ReadCommand =
  | {
      readonly kind: 'command'
      readonly cmdId: string
      readonly expireAtMs: InstantMs
      readonly command: ReservationCommand
    }
  /** `cmdId`: where it can be read, so that it can be answered. */
  | { readonly kind: 'misread'; readonly cmdId: string | null; readonly field: string }

/** What a message that came is about, by its topic. */
type Incoming =
  | { readonly kind: 'command'; readonly type: string }
  /** Up to where the platform has our messages: told by itself, or because we asked. */
  | { readonly kind: 'acked' | 'lastSeq' }

/** How late something may be told, and by which clause or assumption. */
interface Deadline {
  readonly what: BilingualText
  readonly withinMs: number
}

/** One row of the check list for lots that take reservations. */
export interface LotRequirement {
  readonly id: string
  readonly zh: string
  readonly en: string
  /** Read from the lot file, or answered by a person. */
  readonly judge: LotFactName | 'person'
}

export type LotFactName =
  | 'platform'
  | 'spaces'
  | 'camera'
  | 'barrier'
  | 'display'
  | 'time'
  | 'shared'
  | 'fallback'
  | 'help'
  | 'copies'

/** Every function is pure. */
export interface ReservationDialect {
  readonly standard: string
  readonly deadlines: readonly Deadline[]
  readonly requirements: readonly LotRequirement[]

  clientId(names: ReservationNames): string
  subscriptions(names: ReservationNames): readonly string[]
  /** Of a message of ours, by the topic word of its kind. */
  upTopic(names: ReservationNames, word: string): string
  answerTopic(names: ReservationNames, type: string): string
  /** Where the same is exchanged over HTTPS. */
  exchangePath(names: ReservationNames): string
  /** Messages and answers to commands in one request. */
  exchangeData(
    messages: readonly { readonly word: string; readonly data: string }[],
    answers: readonly string[],
  ): string
  /** `nonce`: of the request, which its answer names. Null for what is no answer to it. */
  readExchange(
    data: string,
    nonce: string,
  ): {
    readonly ackSeq: number
    readonly commands: readonly { readonly type: string; readonly text: string }[]
  } | null
  /** Null for a topic that is none of this lot's. */
  incoming(names: ReservationNames, topic: string): Incoming | null

  signedText(message: Unsigned): string
  /** Text of the message as it is sent. */
  envelope(message: Unsigned, sign: string): string
  /** Null where it is no envelope. */
  read(text: string): ReadEnvelope | null

  readCommand(type: string, data: string): ReadCommand
  /** The number in an answer about `acked` or `lastSeq`; null for what is none. */
  readSeq(data: string): number | null
  answerData(cmdId: string, answer: CommandAnswer | Doubt): string
  /** The number of an answer, for who looks at it. */
  codeOf(answer: CommandAnswer | Doubt): number

  /** A fact as it is told: the word of its topic, and its text without number. */
  messageOf(
    fact: UpFact,
    head: { readonly seq: number; readonly msgId: string; readonly atMs: InstantMs },
  ): { readonly word: string; readonly data: string }
  countData(
    counts: { readonly total: number; readonly free: number; readonly kept: number },
    atMs: InstantMs,
  ): string
  stateData(isOnline: boolean, atMs: InstantMs): string
  /** Asks up to where the platform has our messages. */
  readonly askWord: string
  readonly countWord: string
  readonly stateWord: string
}

export interface ReservationLinkHandlers {
  /** `inFlightMax`: how many messages without an acknowledgement the broker takes. */
  up(inFlightMax: number): void
  message(message: {
    readonly topic: string
    readonly bytes: Uint8Array
    /** Kept by the broker from before: it says nothing of now. */
    readonly isRetained: boolean
  }): void
  /** Called exactly once when it ends or never came up. */
  down(reason: DownText): void
}

export interface ReservationLink {
  /** `done`: the broker has it; never called where the link ends before. Without it: sent once, and not asked after. */
  publish(topic: string, text: string, done?: () => void): void
  close(): void
}

export interface ReservationLinkOpener {
  /** `will`: what the broker tells when this side is gone without a word. */
  open(
    will: { readonly topic: string; readonly text: string },
    handlers: ReservationLinkHandlers,
  ): ReservationLink
}

/** The same messages over HTTPS. Null: no answer that can be read. */
export type ReservationHttp = (path: string, text: string) => Promise<string | null>

export interface ReservationSigner {
  /** Lower-case hex. */
  sign(text: string): string
  isSigned(text: string, sign: string): boolean
}
