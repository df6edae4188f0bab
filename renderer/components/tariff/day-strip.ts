// Bands of a plan as pieces of the drawn day, and the minutes that no band covers or two bands cover.
// Only the pricer's own check decides; this file draws what was typed.
import type { DayKind, TariffBand } from '#money/calls/tariff-views.ts'

export const dayKinds = ['workday', 'weekend', 'holiday'] as const satisfies readonly DayKind[]
export const minutesPerDay = 1440

interface Piece {
  readonly band: number
  readonly fromMin: number
  readonly toMin: number
}

/** Minutes since midnight; null for text that is not a time of day. */
const minuteOf = (clock: string): number | null => {
  const found = /^(\d\d):([0-5]\d)$/.exec(clock)
  const minute = Number(found?.[1]) * 60 + Number(found?.[2])
  return found === null || minute > minutesPerDay ? null : minute
}

export function piecesOf(bands: readonly TariffBand[], kind: DayKind): readonly Piece[] {
  return bands
    .flatMap(({ days, from, to }, band) => {
      const [fromMin, toMin] = [minuteOf(from), minuteOf(to)]
      if (days?.includes(kind) === false || fromMin === null || toMin === null) return []
      if (fromMin < toMin) return [{ band, fromMin, toMin }]
      const evening = { band, fromMin, toMin: minutesPerDay }
      return toMin === 0 ? [evening] : [{ band, fromMin: 0, toMin }, evening]
    })
    .sort((a, b) => a.fromMin - b.fromMin)
}

interface Gap {
  readonly fromMin: number
  readonly toMin: number
}

export function gapsOf(pieces: readonly Piece[]): readonly Gap[] {
  const gaps: Gap[] = []
  let untilMin = 0
  for (const { fromMin, toMin } of [...pieces, { fromMin: minutesPerDay, toMin: minutesPerDay }]) {
    if (fromMin > untilMin) gaps.push({ fromMin: untilMin, toMin: fromMin })
    untilMin = Math.max(untilMin, toMin)
  }
  return gaps
}
