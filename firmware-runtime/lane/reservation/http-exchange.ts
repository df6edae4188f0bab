// Sends the same messages and commands over HTTPS while the broker is not reachable: one exchange at a time, each
// signed. An answer counts only when it names its request.
import type { Cancel, MonoClock } from '#base/ports/clocks.ts'
import type {
  ReservationDialect,
  ReservationHttp,
  ReservationNames,
} from '#ledger/ports/reservation.ts'
import type { Believed } from './receiver.ts'
import type { Message } from './sender.ts'
import { endsByBrokenTurn } from '#base/process/machine.ts'

/** Wait before HTTPS is used: the broker may be back at once. */
const beginAfterMs = 10_000
const everyMs = 10_000
const messagesMax = 50

interface ExchangeParts {
  readonly dialect: ReservationDialect
  readonly names: ReservationNames
  readonly post: ReservationHttp
  /** An exchange ended by an error of our own; the next one follows. */
  broke(error: unknown): void
  readonly mono: MonoClock
  sealed(data: string): { readonly text: string; readonly nonce: string }
  believed(bytes: Uint8Array): Believed
  waiting(max: number): readonly Message[]
  acked(seq: number): void
  answerOf(type: string, text: string): string | null
}

export class HttpExchange {
  readonly #own: ExchangeParts
  #answers: string[] = []
  #timer: Cancel | null = null
  /** Counts each start and end: an answer that arrives after one is dropped. */
  #turn = 0
  #isOn = false
  /** Number of exchanges with and without an answer. */
  answered = 0
  failed = 0

  constructor(own: ExchangeParts) {
    this.#own = own
  }

  begin(): void {
    if (this.#isOn) return
    this.#isOn = true
    this.#turn++
    this.#again(beginAfterMs)
  }

  rest(): void {
    this.stop()
    this.#answers = []
  }

  stop(): void {
    this.#isOn = false
    this.#turn++
    this.#timer?.()
    this.#timer = null
  }

  #again(afterMs: number): void {
    this.#timer?.()
    const failed = (error: unknown): void => {
      this.failed++
      if (endsByBrokenTurn(this.#own.mono, error) || !this.#isOn) return
      this.#own.broke(error)
      this.#again(everyMs)
    }
    this.#timer = this.#own.mono.after(afterMs, () => {
      this.#exchange().catch(failed)
    })
  }

  async #exchange(): Promise<void> {
    const turn = this.#turn
    const { dialect, names, post } = this.#own
    const messages = this.#own.waiting(messagesMax)
    const answers = this.#answers
    const { text, nonce } = this.#own.sealed(dialect.exchangeData(messages, answers))
    const answer = await post(dialect.exchangePath(names), text)
    if (turn !== this.#turn) return
    const believed = answer === null ? null : this.#own.believed(new TextEncoder().encode(answer))
    const read = believed?.ok === true ? dialect.readExchange(believed.envelope.data, nonce) : null
    if (read === null) {
      this.failed++
      return this.#again(everyMs)
    }
    this.answered++
    this.#answers = read.commands.flatMap(
      ({ type, text: command }) => this.#own.answerOf(type, command) ?? [],
    )
    this.#own.acked(read.ackSeq)
    const isMore = this.#answers.length > 0 || messages.length === messagesMax
    this.#again(isMore ? 0 : everyMs)
  }
}
