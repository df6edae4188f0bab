// Pricing with a trial tariff outside the lanes' thread: stays, a curve, and the lot's own ledger.
// Tariffs passed to it are already checked; it stores nothing.
import type { Price } from '../pure/billing/price.ts'
import type { CurveRange, TariffCurve } from '../pure/billing/tariff-curve.ts'
import type { ReplayWindow, TariffReplay } from '../pure/lot/tariff-replay.ts'
import type { Tariff, Vehicle } from '../pure/billing/tariff.ts'
import type { WhoPays } from '../pure/lot/who-pays-more.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'

interface TrialStay {
  readonly fromMs: InstantMs
  readonly toMs: InstantMs
  readonly vehicle: Vehicle
}

export interface TariffService {
  tariffPrices(tariff: Tariff, stays: readonly TrialStay[]): Promise<readonly Price[]>
  tariffCurve(tariff: Tariff, range: CurveRange): Promise<TariffCurve>
}

/** Sums of a replay, without the list of stays. */
export interface ReplaySums extends WhoPays, Pick<TariffReplay, 'stays' | 'before' | 'after'> {
  readonly upCount: number
  readonly upFen: number
  readonly downCount: number
  /** Negative. */
  readonly downFen: number
}

/** A running replay of the ledger. */
export interface TariffReplayRun {
  readonly sums: Promise<ReplaySums>
  /** Stops it; `sums` then rejects. */
  stop(): void
}

/** `rows` is called with the number of rows read. */
export type StartReplay = (
  tariff: Tariff,
  window: ReplayWindow,
  rows: (count: number) => void,
) => TariffReplayRun
