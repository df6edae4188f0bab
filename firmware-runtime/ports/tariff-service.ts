// Pricing with a tariff that is being tried, off the thread of the lanes: stays, a curve, and the lot's own ledger.
// Tariffs that come here are checked; nothing of it is written anywhere.
import type { Price } from '../core/billing/price.ts'
import type { CurveRange, TariffCurve } from '../core/billing/tariff-curve.ts'
import type { ReplayWindow, TariffReplay } from '../core/lot/tariff-replay.ts'
import type { Tariff, Vehicle } from '../core/billing/tariff.ts'
import type { WhoPays } from '../core/lot/who-pays-more.ts'
import type { InstantMs } from '../core/values/instant.ts'

interface TrialStay {
  readonly fromMs: InstantMs
  readonly toMs: InstantMs
  readonly vehicle: Vehicle
}

export interface TariffService {
  tariffPrices(tariff: Tariff, stays: readonly TrialStay[]): Promise<readonly Price[]>
  tariffCurve(tariff: Tariff, range: CurveRange): Promise<TariffCurve>
}

/** Sums of a replay, without a list of every stay. */
export interface ReplaySums extends WhoPays, Pick<TariffReplay, 'stays' | 'before' | 'after'> {
  readonly upCount: number
  readonly upFen: number
  readonly downCount: number
  /** Below zero. */
  readonly downFen: number
}

/** A replay that reads the ledger now. */
export interface TariffReplayRun {
  readonly sums: Promise<ReplaySums>
  /** Ends it; `sums` is then refused. */
  stop(): void
}

/** `rows` is called with how many rows were read. */
export type StartReplay = (
  tariff: Tariff,
  window: ReplayWindow,
  rows: (count: number) => void,
) => TariffReplayRun
