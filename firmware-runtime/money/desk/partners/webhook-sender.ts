// Sends the news of a partner to its webhook, in the order of the rows and one request at a time. How far the partner has
// processed them is a row, so that a restart goes on from there; a request that fails is repeated for as long as it takes.
import { LaneFault } from '#base/pure/faults/faults.ts'
import { heardRow } from '#base/pure/lot/partner-heard.ts'
import { minuteMs } from '#base/pure/values/instant.ts'
import type { Cancel, MonoClock } from '#base/ports/clocks.ts'
import type { PartnerFeed } from '../../ports/partner.ts'
import type { Webhook } from '../../ports/webhook.ts'
import type { LotRuntime } from '#lane/lot/lot-runtime.ts'

/** Waits after failures in a row; the last one for all further ones. */
export const webhookWaitsMs: readonly number[] = [
  15_000,
  15_000,
  30_000,
  3 * minuteMs,
  10 * minuteMs,
  20 * minuteMs,
  30 * minuteMs,
]
/** Events of one request: less than 100 kB. */
const eventsMax = 100

export type SenderLot = Pick<
  LotRuntime,
  'appendQuietly' | 'headSeq' | 'lot' | 'nowMs' | 'partners' | 'trace'
>

interface SenderParts {
  readonly partnerId: string
  readonly feed: PartnerFeed
  readonly webhook: Webhook
  readonly mono: MonoClock
  readonly lot: SenderLot
}

export class WebhookSender {
  private readonly own: SenderParts
  /** All events up to this number are processed, or there were none. */
  private reachedNo: number
  private failures = 0
  private readonly cancels: Cancel[]
  private wait: Cancel | null = null
  private request: Cancel | null = null
  private reading = false
  /** Something was written since the last reading began. */
  private missed = false
  private stopped = false

  constructor(own: SenderParts) {
    this.own = own
    const { lot, partnerId } = own
    // A webhook that is new hears what happens from now on.
    if (!lot.lot.sent.heard.has(partnerId)) this.heard(lot.headSeq)
    this.reachedNo = lot.lot.sent.heard.get(partnerId) ?? lot.headSeq
    this.cancels = [own.feed.onEvent(() => this.later())]
    this.later()
  }

  stop(): void {
    this.stopped = true
    for (const cancel of this.cancels) cancel()
    this.wait?.()
    this.request?.()
  }

  /** One at a time: a request, the reading of rows, or the wait before them. */
  private async pump(): Promise<void> {
    const { feed, lot, partnerId, webhook } = this.own
    // The partner may also have fetched them.
    const from = Math.max(this.reachedNo, lot.lot.sent.heard.get(partnerId) ?? 0)
    this.reading = true
    this.missed = false
    const { events, next } = await feed.events(from, eventsMax)
    this.reading = false
    if (this.stopped) return
    this.reachedNo = events.length === 0 ? next : from
    if (events.length > 0) {
      this.request = webhook.post(JSON.stringify({ events, next }), (taken, why) =>
        this.answered(from, next, taken, why),
      )
      return
    }
    // Rows that tell nothing are read on in the next loop turn.
    if ((next > from && next < lot.headSeq) || this.missed) this.later()
  }

  /** Not in the turn of a lane. */
  private later(): void {
    this.missed = true
    if (this.request === null && !this.reading && !this.stopped)
      this.wait ??= this.own.mono.after(0, () => this.again())
  }

  private again(): void {
    this.wait = null
    this.pump().catch((error: unknown) => {
      this.reading = false
      if (!(error instanceof LaneFault)) throw error
      if (!this.stopped) this.failed(error.code)
    })
  }

  private answered(from: number, next: number, taken: number | null, why: string): void {
    this.request = null
    if (this.stopped) return
    if (taken === null || taken <= from || taken > next) this.failed(why)
    else this.took(taken)
  }

  private failed(why: string): void {
    const { mono, lot, partnerId } = this.own
    const wait = webhookWaitsMs[Math.min(this.failures, webhookWaitsMs.length - 1)] ?? minuteMs
    if (this.failures === 0) {
      lot.partners.pushFails(partnerId, why)
      lot.trace('', null, 'fault', `BILLING-07 ${partnerId} ${why}`)
    }
    this.failures += 1
    this.wait = mono.after(wait, () => this.again())
  }

  private took(no: number): void {
    const { lot, partnerId } = this.own
    this.failures = 0
    this.reachedNo = no
    lot.partners.asked(partnerId)
    this.heard(no)
    this.later()
  }

  private heard(no: number): void {
    const { lot, partnerId } = this.own
    // Full disk: the events are sent once more after a restart.
    lot.appendQuietly([heardRow(partnerId, no, lot.nowMs())])
  }
}
