// The link to a payment gateway: its capabilities, and since when it has not answered. Requests pass through unchanged.
// An idle gateway is queried for its capabilities, and a silent one less and less often, so that a failure and its end
// are noticed without a car.
import { waitOf } from '../pure/pay/times.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { PayWay } from '#base/pure/rows/pay-row.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import type { Payment, PaymentCapabilities, PayGateway, PlateAsk } from '../ports/payment.ts'
import { Timers } from '#base/process/machine.ts'

interface LinkParts {
  readonly gateway: PayGateway
  readonly mono: MonoClock
  nowMs(): InstantMs
  monoMs(): number
  /** The gateway fell silent, or its answer is unusable. */
  report(reason: string): void
  changed(): void
}

interface Silence {
  readonly atMs: InstantMs
  readonly monoMs: number
}

type Found =
  | { readonly kind: string; readonly reason?: string }
  | { readonly asks: readonly PlateAsk[] }
  | PaymentCapabilities

export class GatewayLink {
  readonly payment: Payment
  readonly #own: LinkParts
  readonly #timers: Timers
  #can: PaymentCapabilities | null = null
  #isAsking = false
  #silence: Silence | null = null
  #probes = 0

  constructor(own: LinkParts) {
    this.#own = own
    this.#timers = new Timers(own.mono)
    const { payment } = own.gateway
    const listening = <T extends Found>(done: (found: T) => void) => {
      return (found: T): void => {
        done(found)
        this.#answered(reasonOf(found))
      }
    }
    this.payment = {
      capabilities: (done) => payment.capabilities(listening(done)),
      attempt: (request, done) => payment.attempt(request, listening(done)),
      refund: (request, done) => payment.refund(request, listening(done)),
      plateAsks: (done) => payment.plateAsks(listening(done)),
      answerPlate: (askNo, answer, done) => payment.answerPlate(askNo, answer, done),
      bill: (day, done) => payment.bill(day, done),
    }
  }

  stop(): void {
    this.#timers.stop()
  }

  /** Null before its first usable answer. */
  get can(): PaymentCapabilities | null {
    return this.#can
  }

  /** Null: its last call was answered. */
  get silence(): Silence | null {
    return this.#silence
  }

  /** Silent for as long as a charge is waited for. */
  get isLost(): boolean {
    const { monoMs, gateway } = this.#own
    return this.#silence !== null && monoMs() - this.#silence.monoMs >= gateway.times.chargeGiveUpMs
  }

  isReady(way: PayWay): boolean {
    if (this.#can === null) this.ask()
    return this.#can?.ways.includes(way) === true
  }

  /** Queries its capabilities; after a refusal not before the next query interval. */
  ask(): void {
    if (this.#isAsking) return
    const { gateway, changed } = this.#own
    this.#isAsking = true
    const again = (): void => {
      this.#isAsking = false
      changed()
    }
    this.payment.capabilities((found) => {
      if ('merchantNo' in found && found.merchantNo === gateway.merchantNo) {
        const isAsBefore = this.#can?.ways.join() === found.ways.join()
        this.#can = found
        this.#isAsking = false
        // A query of an idle gateway without changes notifies nobody.
        if (!isAsBefore) changed()
      } else {
        if ('merchantNo' in found) this.#own.report('merchantNo')
        this.#timers.set('again', gateway.times.queryStepMs, again)
      }
    })
  }

  #answered(reason: string | null): void {
    const { gateway, nowMs, monoMs, report, changed } = this.#own
    if (reason === null) {
      this.#timers.set('idle', gateway.times.idleAskMs, () => this.ask())
      if (this.#silence === null) return
      this.#silence = null
      this.#timers.set('probe', null, changed)
      this.#timers.set('lost', null, changed)
    } else {
      if (this.#silence !== null) return
      this.#timers.set('idle', null, changed)
      this.#silence = { atMs: nowMs(), monoMs: monoMs() }
      this.#probes = 0
      this.#probe()
      this.#timers.set('lost', gateway.times.chargeGiveUpMs, changed)
      report(reason)
    }
    changed()
  }

  #probe(): void {
    const waitMs = waitOf(this.#own.gateway.times.cancelRetryMs, this.#probes++) ?? 0
    this.#timers.set('probe', waitMs, () => {
      this.ask()
      this.#probe()
    })
  }
}

/** Null: it answered, whatever the answer was. */
const reasonOf = (found: Found): string | null =>
  'kind' in found && found.kind === 'noAnswer' ? (found.reason ?? '') : null
