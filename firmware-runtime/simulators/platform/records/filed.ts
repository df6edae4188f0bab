// Where the platform finds acts that a request names: by hour, day, charge, stay and vehicle. What one request reads does
// not grow with the books.
import { dayMs, dayStartMs, isoOf, parseIso, type InstantMs } from '#base/pure/values/instant.ts'

const hourMs = 3_600_000
/** Two charges within this time may be the same one (P23). */
export const repeatWindowMs = 300_000
/** A stay is filed under no more days than its last ones, however early its record says that it began. */
const daysMax = 400

/** Records of a lot in the hour of this time. */
export const hourPlace = (kind: string, appId: string, parkId: string, atMs: InstantMs): string =>
  `hour/${kind}/${appId}/${parkId}/${Math.floor(atMs / hourMs)}`

/** `date`: yyyy-MM-dd. */
export const datePlace = (kind: string, appId: string, date: string): string =>
  `date/${kind}/${appId}/${date}`

export const refundsPlace = (appId: string, outTradeNo: string): string =>
  `refunds/${appId}/${outTradeNo}`

export const stayPlace = (appId: string, parkId: string, entryNo: string): string =>
  `stay/${appId}/${parkId}/${entryNo}`

/** What finds a charge again: its park, its card or vehicle, and its times. */
export interface ChargedCar {
  readonly parkId: string
  readonly entryNo: string | null
  readonly cardId: string | null
  /** Plate and colour: known by these where there was no card (P23). */
  readonly vehicle: string
  readonly enMs: InstantMs
  readonly exMs: InstantMs
  readonly transMs: InstantMs
  /** Terminal, its counter and the TAC of a charge by card; absent in other charges and older books. */
  readonly proof?: string
}

/** Where charges of the same stay can be: under its number, and under its vehicle on each day that it touches. */
export function stayPlaces(appId: string, car: ChargedCar): readonly string[] {
  const { parkId, entryNo, cardId, vehicle, enMs, exMs, transMs, proof } = car
  const places = entryNo === null ? [] : [stayPlace(appId, parkId, entryNo)]
  if (proof !== undefined) places.push(`proof/${appId}/${proof}`)
  const untilMs = Math.max(exMs, transMs + repeatWindowMs)
  const fromMs = Math.max(Math.min(enMs, transMs - repeatWindowMs), untilMs - daysMax * dayMs)
  for (let dayOf = dayStartMs(fromMs); dayOf <= untilMs; dayOf += dayMs)
    places.push(`vehicle/${appId}/${parkId}/${cardId ?? vehicle}/${dayOf}`)
  return places
}

interface FiledRow {
  readonly kind: string
  readonly appId: string
  readonly charge?: ChargedCar
  readonly refund?: { readonly outTradeNo: string }
  readonly shown?: Readonly<Record<string, unknown>>
}

/** All places of an act. */
export function placesOf({ kind, appId, charge, refund, shown }: FiledRow): readonly string[] {
  if (charge !== undefined)
    return [
      hourPlace(kind, appId, charge.parkId, charge.exMs),
      datePlace(kind, appId, isoOf(charge.transMs).slice(0, 10)),
      ...stayPlaces(appId, charge),
    ]
  if (refund !== undefined) return [refundsPlace(appId, refund.outTradeNo)]
  const { parkId, time, exTime = time } = shown ?? {}
  const atMs = parseIso(String(exTime))
  if (atMs === null || typeof parkId !== 'string') return []
  const ofHour = hourPlace(kind, appId, parkId, atMs)
  return kind === 'exit-records'
    ? [ofHour, datePlace(kind, appId, String(time).slice(0, 10))]
    : [ofHour]
}
