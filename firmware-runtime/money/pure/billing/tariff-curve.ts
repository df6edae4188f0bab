// What a stay costs over its length: the price at equal steps from one entry on, for the plot beside a tariff.
// Each point is a price of its own, by the same walk that the lanes charge by.
import type { Fen } from '#base/pure/values/fen.ts'
import { minuteMs, type InstantMs } from '#base/pure/values/instant.ts'
import { price } from './price.ts'
import type { Tariff, Vehicle } from './tariff.ts'

export interface CurveRange {
  readonly fromMs: InstantMs
  readonly minutes: number
  readonly vehicle: Vehicle
}

export interface TariffCurve {
  readonly stepMin: number
  /** The price after 0, 1, 2 ... steps. */
  readonly fen: readonly Fen[]
}

/** More points than a plot can show. */
const pointsMax = 289

export function curveOf(tariff: Tariff, { fromMs, minutes, vehicle }: CurveRange): TariffCurve {
  const stepMin = Math.max(1, Math.ceil(minutes / (pointsMax - 1)))
  const steps = Math.floor(minutes / stepMin)
  const fen = Array.from(
    { length: steps + 1 },
    (_, i) => price(tariff, fromMs, fromMs + i * stepMin * minuteMs, vehicle).amountFen,
  )
  return { stepMin, fen }
}
