// What the payments of a lot are made of: their ports, a lane as they see it, and an order that is being paid.
import type { LaneEvent, LaneState } from '../pure/lane.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import type { PayGateway } from '#money/ports/payment.ts'
import type { PayRunner } from '#money/receipts/pay-runner.ts'
import type { LotLedger } from './lot-ledger.ts'
import type { ShownLane } from './pay-show.ts'

export interface PaymentsParts {
  readonly ledger: LotLedger
  readonly gateway: PayGateway
  readonly mono: MonoClock
  readonly config: Pick<LotConfig, 'lotId' | 'chargeMode' | 'largeByCode'>
  readonly lanes: ReadonlyMap<string, PayLane>
  dispatch(laneId: string, event: LaneEvent): void
  /** Called after an event from outside a turn. */
  afterwards(): void
  /** The time by which something may end; null while the clock is in doubt. */
  endingMs(): InstantMs | null
}

/** The parts of a lane that are used here. */
export interface PayLane extends ShownLane {
  readonly config: {
    readonly id: string
    readonly place?: unknown
    readonly ordersFrom?: string | undefined
  }
  readonly state: LaneState
}

export interface OpenCase {
  readonly runner: PayRunner
  readonly laneId: string
  readonly stayId: string
  /** Number of offers requested, and the earliest time of the next one. */
  offers: number
  nextOfferMs: number
}
