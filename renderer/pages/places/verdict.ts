// Whether the window lets a person charge at a place now, and why not.
// The runtime checks again; the window does not even offer a charge that it would refuse.
import type { PlaceQuoteView, PlaceView } from '#lane/calls/place-views.ts'
import type { DeviceView } from '#lane/calls/views.ts'
import type { ApiError } from '#base/calls/rows.ts'
import { codeFault } from '../../kit/words.ts'

type Bar = NonNullable<PlaceView['bar']>
/** `old`: the window's reading of the place is too old. */
export type Verdict = 'inside' | 'fixed' | Bar | 'old'

export function verdictOf(place: PlaceView, sinceMs: number, isOld: boolean): Verdict {
  if (isOld) return 'old'
  if (place.bar !== null) return place.bar
  if (place.staleSec !== null) {
    if (place.ageMs === null) return 'noPosition'
    if (place.ageMs + sinceMs > place.staleSec * 1_000) return 'stale'
  }
  return place.fence === null ? 'fixed' : 'inside'
}

export const isGood = (verdict: Verdict): boolean => verdict === 'inside' || verdict === 'fixed'
export const toneOf = (verdict: Verdict): 'ok' | 'bad' | 'warn' => {
  if (isGood(verdict)) return 'ok'
  return verdict === 'outside' ? 'bad' : 'warn'
}

const codes: Readonly<Record<Bar, string>> = {
  outside: 'PLACE-01',
  noPosition: 'PLACE-02',
  stale: 'PLACE-03',
  imprecise: 'PLACE-04',
  jumped: 'PLACE-05',
}

/** The refusal that a charge would get; null for a verdict without a code. */
export function refusalOf(place: PlaceView, verdict: Verdict): ApiError | null {
  if (verdict === 'inside' || verdict === 'fixed' || verdict === 'old') return null
  const code = place.code ?? codes[verdict]
  return codeFault(code)
}

type CarBar = NonNullable<PlaceQuoteView['why']>

/** Why the device cannot charge any car, apart from its position. */
export function deviceBar(place: PlaceView, rsu: DeviceView | undefined): CarBar | null {
  if (place.state !== 'idle' && place.state !== 'manual') return 'busy'
  return rsu?.state === 'up' ? null : 'antennaAway'
}

type Result = 'paid' | 'refused' | 'unknown' | 'intent' | 'settled' | 'none'

/** The result of the last car at a place. */
export function resultOf(car: NonNullable<PlaceView['last']>): Result {
  if (car.deduction !== null) return car.deduction
  return car.paidFen > 0 ? 'settled' : 'none'
}
export const resultTone = (result: Result): 'ok' | 'warn' | 'bad' => {
  if (result === 'paid' || result === 'settled') return 'ok'
  return result === 'refused' || result === 'none' ? 'bad' : 'warn'
}
