// Bands of the day: which one an instant is in, how long it lasts, and where bands overlap or leave a gap.
// Times of day are at +08:00; a band over midnight goes on there as long as the next date has it too.
import {
  civil,
  dayMs,
  dayStartMs,
  isoOf,
  minuteMs,
  type InstantMs,
} from '#base/pure/values/instant.ts'
import { present } from '#base/pure/values/must.ts'
import { dayKinds, type DayKind, type TariffBand, type TariffDays } from './tariff.ts'

const minutesPerDay = 1440

/** Minutes behind midnight of `08:30`, `24:00`. */
export const minuteOf = (clock: string): number =>
  Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))

export function dayKindOf(atMs: InstantMs, { holidays, workdays }: TariffDays): DayKind {
  const date = isoOf(atMs).slice(0, 10)
  if (holidays.includes(date)) return 'holiday'
  if (workdays.includes(date)) return 'workday'
  const { weekday } = civil(atMs)
  return weekday === 0 || weekday === 6 ? 'weekend' : 'workday'
}

/** A stretch of one date that is in one band. */
interface Piece {
  readonly band: number
  readonly fromMin: number
  readonly toMin: number
}

/** The pieces of a day of one kind, in their order. */
function piecesOf(bands: readonly TariffBand[], kind: DayKind): readonly Piece[] {
  const pieces: Piece[] = []
  for (const [band, { days, from, to }] of bands.entries()) {
    if (days?.includes(kind) === false) continue
    const [fromMin, toMin] = [minuteOf(from), minuteOf(to)]
    if (fromMin < toMin) pieces.push({ band, fromMin, toMin })
    else {
      pieces.push({ band, fromMin, toMin: minutesPerDay })
      if (toMin > 0) pieces.push({ band, fromMin: 0, toMin })
    }
  }
  return pieces.sort((a, b) => a.fromMin - b.fromMin)
}

/** Minutes of a kind of day that are covered by two bands, or by no band. */
export interface BandFault {
  readonly day: DayKind
  readonly fromMin: number
  readonly toMin: number
  /** Null where no band is. */
  readonly bands: readonly [number, number] | null
}

/** The first minutes that are not covered exactly once, or null. */
export function bandFault(bands: readonly TariffBand[]): BandFault | null {
  for (const day of dayKinds) {
    let last: Piece = { band: -1, fromMin: 0, toMin: 0 }
    for (const piece of piecesOf(bands, day)) {
      const { band, fromMin } = piece
      if (fromMin > last.toMin) return { day, fromMin: last.toMin, toMin: fromMin, bands: null }
      if (fromMin < last.toMin)
        return {
          day,
          fromMin,
          toMin: Math.min(last.toMin, piece.toMin),
          bands: [Math.min(last.band, band), Math.max(last.band, band)],
        }
      last = piece
    }
    if (last.toMin < minutesPerDay)
      return { day, fromMin: last.toMin, toMin: minutesPerDay, bands: null }
  }
  return null
}

/** An unbroken stretch of time in one band. */
interface BandRun {
  readonly band: number
  readonly endMs: InstantMs
}

/** Returns a function that finds the run of an instant; a run ends at `limitMs` at the latest. */
export function bandRuns(
  bands: readonly TariffBand[],
  days: TariffDays,
): (atMs: InstantMs, limitMs: InstantMs) => BandRun {
  const known = new Map<DayKind, readonly Piece[]>()
  const piecesAt = (atMs: InstantMs): readonly Piece[] => {
    const kind = dayKindOf(atMs, days)
    const pieces = known.get(kind) ?? piecesOf(bands, kind)
    known.set(kind, pieces)
    return pieces
  }
  return (atMs, limitMs) => {
    if (bands.length === 1) return { band: 0, endMs: limitMs }
    let midnightMs = dayStartMs(atMs)
    const minute = (atMs - midnightMs) / minuteMs
    const first = piecesAt(midnightMs).find(({ toMin }) => minute < toMin)
    let piece = present(first, 'bands cover the whole day')
    for (;;) {
      const endMs = midnightMs + piece.toMin * minuteMs
      if (endMs >= limitMs) return { band: piece.band, endMs: limitMs }
      if (piece.toMin < minutesPerDay) return { band: piece.band, endMs }
      midnightMs += dayMs
      const next = present(piecesAt(midnightMs)[0], 'bands cover the whole day')
      if (next.band !== piece.band) return { band: piece.band, endMs }
      piece = next
    }
  }
}
