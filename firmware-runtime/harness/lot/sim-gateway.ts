// The payment gateway model behind the product's client in the same process and in virtual time: latency, lost
// requests, lost answers, and a driver who scans. Its store is outside every crash of the lot.
import { paymentClient } from '#money/pay/payment-client.ts'
import type { PayGateway } from '#money/ports/payment.ts'
import { standardPayTimes } from '#money/pure/pay/times.ts'
import type { Fen } from '#base/pure/values/fen.ts'
import { must } from '#base/pure/values/must.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import type { HttpAnswer, HttpClient } from '#base/ports/http-client.ts'
import { gatewayPlaces, GatewayModel, placeOf } from '#simulators/payment/model.ts'
import type { Trade } from '#simulators/payment/trades.ts'
import { createFaultEngine } from '#simulators/shell/faults.ts'
import { page } from './sim-platform.ts'

/** One way, of a gateway that is near and of one that is slow. */
export const quickMs = 20
export const slowMs = 900
const merchantNo = 'SIM-MERCHANT'
const key = { keyId: 'sim', secretHex: '5a'.repeat(32) }
const nonceBytes = 16

export class SimGateway {
  /** Faults at every place, before or after the effect: `drop`, `delay`, `status`. */
  readonly faults = createFaultEngine({ places: gatewayPlaces })
  readonly model = new GatewayModel({
    keys: { merchantNo, ...key },
    rows: [],
    keep: () => undefined,
    paid: () => undefined,
  })
  readonly #clock: MonoClock
  readonly #nowMs: () => number
  readonly #latencyMs: number
  isCut = false
  #nonces = 0

  constructor(clock: MonoClock, nowMs: () => number, latencyMs = quickMs) {
    this.#latencyMs = latencyMs
    this.#clock = clock
    this.#nowMs = nowMs
  }

  /** As one instance of a lot reaches it; `through`: what stands between, as a process that may die. */
  reach(through: (http: HttpClient) => HttpClient = (http) => http): PayGateway {
    const payment = paymentClient({
      http: through({ request: (request, done) => this.#carry(request, done) }),
      keys: [key],
      merchantNo,
      clock: { nowMs: this.#nowMs },
      random: {
        bytes: (count) => {
          must(count === nonceBytes, 'a nonce')
          const bytes = new Uint8Array(count)
          new DataView(bytes.buffer).setUint32(0, ++this.#nonces)
          return bytes
        },
      },
      answerMs: standardPayTimes.chargeAnswerMs,
    })
    return { payment, merchantNo, times: standardPayTimes }
  }

  #carry(
    request: Parameters<HttpClient['request']>[0],
    done: (answer: HttpAnswer) => void,
  ): () => void {
    let isOver = false
    const finish = (answer: HttpAnswer): void => {
      if (isOver) return
      isOver = true
      done(answer)
    }
    const silence = { kind: 'silence', reason: 'timeout', sent: true } as const
    this.#clock.after(request.timeoutMs, () => finish(silence))
    const place = placeOf(request)
    const early = this.faults.decide(place, 'before')
    this.#clock.after(this.#latencyMs + (early?.do === 'delay' ? early.ms : 0), () => {
      if (this.isCut || early?.do === 'drop') return
      if (early?.do === 'status') return finish(page(early.status))
      const answer = this.model.handle(request, this.#nowMs())
      const late = this.faults.decide(place, 'after')
      if (late?.do === 'drop') return
      if (late?.do === 'status') return finish(page(late.status))
      const waitMs = this.#latencyMs + (late?.do === 'delay' ? late.ms : 0)
      this.#clock.after(waitMs, () => finish({ kind: 'answer', ...answer }))
    })
    return () => {
      isOver = true
    }
  }

  /** The trade whose code this is, as a phone finds it. */
  tradeOf(text: string): Trade | null {
    for (const [word] of text.matchAll(/[\w-]+/g)) {
      const trade = this.model.state.trades.get(word)
      if (trade !== undefined) return trade
    }
    return null
  }

  /** A driver scans and pays; `anyway`: also what the gateway has closed. False: it does not let him. */
  scan(text: string, more: { readonly fen?: Fen; readonly anyway?: boolean } = {}): boolean {
    const trade = this.tradeOf(text)
    if (trade === null) return false
    return this.model.pay(trade, more.fen ?? trade.amountFen, this.#nowMs(), more.anyway === true)
  }

  /** Enters the password for every charge that requires one. */
  typePasswords(): void {
    for (const trade of [...this.model.state.paying])
      this.model.pay(trade, trade.amountFen, this.#nowMs(), false)
  }

  /** Fen of all payments minus refunds. */
  get keptFen(): Fen {
    return [...this.model.state.trades.values()].reduce(
      (sum, { paidFen, refundedFen }) => sum + paidFen - refundedFen,
      0,
    )
  }
}
