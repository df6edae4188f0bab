// Sends messages to a reservation platform in order: answers, then current orders and events, then older messages
// (P29). What the platform has is what it reports; after each break it is queried, and sending continues from there
// (P30).
import {
  backfillShare,
  bucket,
  inFlightMax,
  messagesBurst,
  messagesPerSec,
  taken,
  waitMs,
  type Bucket,
} from '../pure/reservation/pacing.ts'
import type { ReservationList } from '#ledger/pure/reservation/list.ts'
import type { Cancel, MonoClock } from '#base/ports/clocks.ts'

/** Without a report of the platform for this long it is queried for the last number that it has. */
const stallMs = 10_000
const answersMax = 500

export interface Message {
  readonly word: string
  readonly data: string
}

interface Out extends Message {
  /** Number of a numbered message. */
  readonly seq: number
}

interface SenderParts {
  readonly list: ReservationList
  readonly mono: MonoClock
  /** Signs and sends; `done`: the broker has the message. */
  publish(topic: { up: string } | { answerTo: string }, data: string, done: () => void): void
  /** Queries the last number that the platform has. */
  ask(): void
  /** A message stored before this link was up. */
  frozen(seq: number): Message | null
}

type State = 'down' | 'asking' | 'up' | 'ahead'

export class Sender {
  readonly #parts: SenderParts
  readonly #answers: { readonly type: string; readonly data: string }[] = []
  #live: Out[] = []
  /** Older messages to send: `next` up to before `end`. */
  #back = { next: 1, end: 1 }
  #all: Bucket
  #backfill: Bucket
  #inFlight = 0
  #inFlightMax = inFlightMax
  #state: State = 'down'
  #link = 0
  #sentTo = 0
  #progressMs = 0
  #timer: Cancel | null = null
  #acked: number
  /** The platform reports a higher number than was ever sent. */
  aheadSeq: number | null = null
  /** It reports a lower number than it acknowledged before: it lost messages, which are not sent twice. */
  behindSeq: number | null = null

  constructor(parts: SenderParts) {
    this.#parts = parts
    const now = this.#nowMs()
    this.#all = bucket(messagesPerSec, messagesBurst, now)
    this.#backfill = bucket(messagesPerSec * backfillShare, messagesBurst * backfillShare, now)
    this.#acked = parts.list.ackSeq
  }

  get state(): State {
    return this.#state
  }

  /** The last number that the platform has reported. */
  get ackedSeq(): number {
    return this.#acked
  }

  #nowMs(): number {
    return Math.floor(this.#parts.mono.nowUs() / 1000)
  }

  up(brokerMax: number): void {
    this.#link++
    this.#inFlight = 0
    this.#inFlightMax = Math.min(inFlightMax, brokerMax)
    this.#ask()
  }

  #ask(): void {
    this.#state = 'asking'
    this.#progressMs = this.#nowMs()
    this.#parts.ask()
    this.pump()
  }

  down(): void {
    this.#link++
    this.#state = 'down'
    this.#answers.length = 0
    this.stop()
  }

  stop(): void {
    this.#timer?.()
    this.#timer = null
  }

  /**
   * Queues the answer to a command, which goes first. When there are too many, the platform's repeat gets an answer.
   */
  answer(type: string, data: string): void {
    if (this.#answers.length < answersMax) this.#answers.push({ type, data })
    this.pump()
  }

  /** Adds a message that was just stored. */
  add(out: Out): void {
    if (this.#state === 'up') this.#live.push(out)
    this.pump()
  }

  /** The platform reported the last number that it has: sending continues after it. */
  resume(seq: number): void {
    if (this.#state === 'down' || !this.#take(seq)) return
    this.#live = []
    this.#back = { next: this.#acked + 1, end: this.#parts.list.lastSeq + 1 }
    this.#sentTo = this.#acked
    this.#state = 'up'
    this.pump()
  }

  /** An unsolicited report of the last number. */
  acked(seq: number): void {
    if (!this.#take(seq)) return
    if (this.#back.next <= this.#acked) this.#back = { ...this.#back, next: this.#acked + 1 }
    this.#live = this.#live.filter((one) => one.seq > this.#acked)
    this.pump()
  }

  /** False: no message has that number, so later reports cannot be trusted either. */
  #take(seq: number): boolean {
    this.#progressMs = this.#nowMs()
    if (seq > this.#parts.list.lastSeq) {
      this.aheadSeq = seq
      if (this.#state !== 'down') this.#state = 'ahead'
      return false
    }
    this.aheadSeq = null
    this.behindSeq = seq < this.#acked ? seq : null
    if (this.#state === 'ahead') this.#state = 'asking'
    this.#acked = Math.max(this.#acked, seq)
    return true
  }

  /** Sends what may be sent now, and plans the next look. */
  pump(): void {
    if (this.#state === 'down') return
    this.stop()
    while (this.#next()) continue
    this.#later()
  }

  /** Sends one message; false: none may be sent now. */
  #next(): boolean {
    const now = this.#nowMs()
    const all = taken(this.#all, now)
    if (all === null) return false
    const [answer] = this.#answers
    if (answer !== undefined) {
      this.#answers.shift()
      this.#all = all
      this.#parts.publish({ answerTo: answer.type }, answer.data, () => undefined)
      return true
    }
    if (this.#state !== 'up' || this.#inFlight >= this.#inFlightMax) return false
    const live = this.#takeLive()
    if (live !== null) return this.#send(live, all)
    const backfill = taken(this.#backfill, now)
    if (this.#back.next >= this.#back.end || backfill === null) return false
    const seq = this.#back.next++
    this.#back = { ...this.#back }
    const message = this.#parts.frozen(seq)
    if (message === null) return true
    this.#backfill = backfill
    return this.#send({ seq, ...message }, all)
  }

  /** Orders before events (P29). */
  #takeLive(): Out | null {
    const order = this.#live.findIndex(({ word }) => word === 'order')
    const [live] = this.#live.splice(Math.max(0, order), 1)
    return live ?? null
  }

  #send({ seq, word, data }: Out, all: Bucket): true {
    const link = this.#link
    this.#all = all
    this.#inFlight++
    if (this.#sentTo <= this.#acked) this.#progressMs = this.#nowMs()
    this.#sentTo = Math.max(this.#sentTo, seq)
    this.#parts.publish({ up: word }, data, () => {
      if (link !== this.#link) return
      this.#inFlight--
      this.pump()
    })
    return true
  }

  #later(): void {
    const now = this.#nowMs()
    const waits: number[] = []
    if (this.#answers.length > 0 || this.#live.length > 0) waits.push(waitMs(this.#all, now))
    const isBackOpen = this.#state === 'up' && this.#back.next < this.#back.end
    if (isBackOpen) waits.push(Math.max(waitMs(this.#all, now), waitMs(this.#backfill, now)))
    if (this.#state === 'up' && this.#inFlight >= this.#inFlightMax) waits.length = 0
    const isOpen = this.#state !== 'up' || this.#sentTo > this.#acked
    if (isOpen) waits.push(Math.max(0, this.#progressMs + stallMs - now))
    if (waits.length === 0) return
    this.#timer = this.#parts.mono.after(Math.max(1, Math.min(...waits)), () => this.#look())
  }

  #look(): void {
    const isStalled = this.#nowMs() >= this.#progressMs + stallMs
    const isOpen = this.#state !== 'up' || this.#sentTo > this.#acked
    if (isStalled && isOpen) this.#ask()
    else this.pump()
  }
}
