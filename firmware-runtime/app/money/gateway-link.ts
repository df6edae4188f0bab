// A payment gateway as a lot hears it: what it can, and since when it gives no answer. Requests pass through unchanged.
// It is asked what it can where nobody needed it for a while, and while it is silent, ever more rarely: its end
// and its return are seen with no car about.
import { waitOf } from '../../core/pay/times.ts'
import type { InstantMs } from '../../core/values/instant.ts'
import type { PayWay } from '../../core/values/rows/pay-row.ts'
import type { MonoClock } from '../../ports/clocks.ts'
import type { Payment, PaymentCapabilities, PayGateway } from '../../ports/payment.ts'
import { Timers } from '../machine.ts'

interface LinkParts {
  readonly gateway: PayGateway
  readonly mono: MonoClock
  nowMs(): InstantMs
  monoMs(): number
  /** It fell silent, or its answer cannot be used. */
  report(reason: string): void
  changed(): void
}

interface Silence {
  readonly atMs: InstantMs
  readonly monoMs: number
}

type Found = { readonly kind: string; readonly reason?: string } | PaymentCapabilities

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
      bill: (day, done) => payment.bill(day, done),
    }
  }

  stop(): void {
    this.#timers.stop()
  }

  /** Null before its first answer that can be used. */
  get can(): PaymentCapabilities | null {
    return this.#can
  }

  /** Null: its last answer came. */
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

  /** What it can; a refusal is not asked again before a step of queries is over. */
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
        // A look at an idle gateway that finds what was there wakes nobody.
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

/** Null: it answered, whatever it said. */
const reasonOf = (found: Found): string | null =>
  'kind' in found && found.kind === 'noAnswer' ? (found.reason ?? '') : null
