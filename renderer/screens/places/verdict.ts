// Whether the window lets a person charge at a place now, and what it says if not.
// The runtime judges again, twice; here nobody is even asked for a charge that it would refuse.
import type { PlaceQuoteView, PlaceView } from '../../../firmware-runtime/api/place-views.ts'
import type { DeviceView } from '../../../firmware-runtime/api/views.ts'
import type { ApiError } from '../../../firmware-runtime/api/rows.ts'
import { codeFault } from '../../kit/words.ts'

type Bar = NonNullable<PlaceView['bar']>
/** `old`: this window has not read the place just now. */
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

/** The refusal that a charge would get, in the shape of one; null where there is none with a code. */
export function refusalOf(place: PlaceView, verdict: Verdict): ApiError | null {
  if (verdict === 'inside' || verdict === 'fixed' || verdict === 'old') return null
  const code = place.code ?? codes[verdict]
  return codeFault(code)
}

type CarBar = NonNullable<PlaceQuoteView['why']>

/** What keeps any car from being charged there, apart from where it is. */
export function deviceBar(place: PlaceView, rsu: DeviceView | undefined): CarBar | null {
  if (place.state !== 'idle' && place.state !== 'manual') return 'busy'
  return rsu?.state === 'up' ? null : 'antennaAway'
}

type Result = 'paid' | 'refused' | 'unknown' | 'intent' | 'settled' | 'none'

/** What became of a car that a place has done with. */
export function resultOf(car: NonNullable<PlaceView['last']>): Result {
  if (car.deduction !== null) return car.deduction
  return car.paidFen > 0 ? 'settled' : 'none'
}
export const resultTone = (result: Result): 'ok' | 'warn' | 'bad' => {
  if (result === 'paid' || result === 'settled') return 'ok'
  return result === 'refused' || result === 'none' ? 'bad' : 'warn'
}
