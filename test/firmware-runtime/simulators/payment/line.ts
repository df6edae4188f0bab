// The simulated gateway and the product's client joined without sockets, in virtual time: bytes, signatures and faults are
// those of the process, and waiting moves the clock.
import { createHash } from 'node:crypto'
import { paymentClient } from '#money/pay/payment-client.ts'
import type { PayKeys } from '#base/crypto/signing.ts'
import type { AttemptAnswer, RefundAnswer } from '#money/pure/pay/answer.ts'
import type { HttpClient } from '#base/ports/http-client.ts'
import type {
  AttemptRequest,
  Payment,
  PaymentBill,
  PaymentSilence,
  RefundRequest,
} from '#money/ports/payment.ts'
import type { TradeRow } from '#simulators/payment/trades.ts'
import { payExchange, paymentActions } from '#simulators/payment/exchange.ts'
import { gatewayPlaces, GatewayModel } from '#simulators/payment/model.ts'
import { createFaultEngine } from '#simulators/shell/faults.ts'

export const merchantNo = 'TEST-MERCHANT'
export const startMs = 1_795_000_000_000
const answerMs = 5_000
const secret = (word: string): string => createHash('sha256').update(word).digest('hex')

export class Line {
  nowMs = startMs
  /** How far the gateway's clock is ahead, in ms. */
  skewMs = 0
  readonly notified: string[] = []
  readonly rows: TradeRow[] = []
  readonly keys: PayKeys = [{ keyId: 'key-1', secretHex: secret('one') }]
  readonly faults = createFaultEngine({ places: gatewayPlaces, moreActions: paymentActions })
  model = this.#build()
  readonly payment: Payment
  #nonces = 0

  constructor() {
    this.payment = paymentClient({
      http: this.#http(),
      keys: this.keys,
      merchantNo,
      clock: { nowMs: () => this.nowMs },
      random: { bytes: (count) => new Uint8Array(count).fill(++this.#nonces) },
      answerMs,
    })
  }

  #build(): GatewayModel {
    return new GatewayModel({
      keys: { merchantNo, keyId: 'key-1', secretHex: secret('one') },
      rows: [...this.rows],
      keep: (row) => this.rows.push(row),
      paid: (no) => this.notified.push(no),
    })
  }

  /** A restart as after kill -9: only the stored records survive. */
  restart(): void {
    this.model = this.#build()
  }

  #http(): HttpClient {
    const ports = {
      model: () => this.model,
      decide: this.faults.decide,
      nowMs: () => this.nowMs + this.skewMs,
      wait: async (ms: number) => {
        this.nowMs += ms
        await Promise.resolve()
      },
      settled: () => Promise.resolve(),
      silence: () => undefined,
      isSilent: () => false,
      outage: (_: number, forget: boolean) => {
        if (forget) this.restart()
      },
    }
    return {
      request: (request, done) => {
        const { method, path, headers, body } = request
        const fromMs = this.nowMs
        payExchange(ports, { method, path, headers, body }).then(
          (delivery) => {
            const isLate = this.nowMs - fromMs >= request.timeoutMs
            if (isLate || (delivery.do !== 'answer' && delivery.do !== 'twice'))
              done({ kind: 'silence', reason: delivery.do, sent: true })
            else done({ kind: 'answer', ...delivery.answer })
          },
          (error: unknown) => done({ kind: 'silence', reason: String(error), sent: true }),
        )
        return () => undefined
      },
    }
  }

  attempt(request: AttemptRequest): Promise<AttemptAnswer> {
    const { promise, resolve } = Promise.withResolvers<AttemptAnswer>()
    this.payment.attempt(request, resolve)
    return promise
  }

  refund(request: RefundRequest): Promise<RefundAnswer> {
    const { promise, resolve } = Promise.withResolvers<RefundAnswer>()
    this.payment.refund(request, resolve)
    return promise
  }

  bill(day: string): Promise<PaymentBill | PaymentSilence> {
    const { promise, resolve } = Promise.withResolvers<PaymentBill | PaymentSilence>()
    this.payment.bill(day, resolve)
    return promise
  }

  trade(no: string) {
    return this.model.state.trades.get(no)
  }
}
