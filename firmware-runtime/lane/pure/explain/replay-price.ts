// Computes the prices of a car again: with the tariff of its lane, for the times and the vehicle of its orders, with what the
// orders record about members, OBU class, coupons and arrears. Reports each line that differs.
import { lawLine } from '#money/pure/billing/by-law.ts'
import { isNoEntryOrder, noEntryLine } from '#money/pure/billing/no-entry.ts'
import {
  noEntryFenOf,
  unknownVehicle,
  type Tariff,
  type Vehicle,
} from '#money/pure/billing/tariff.ts'
import { unknownClassLine } from '#money/pure/billing/unknown-class.ts'
import { classLine } from '../lot/stay-price.ts'
import { couponIn, couponPrice } from '#money/pure/member/coupon-price.ts'
import { priceOfRest } from '#money/pure/member/member-price.ts'
import { reservationPrice } from '../reservation/price.ts'
import type { Coupon } from '#base/pure/rows/coupon-row.ts'
import type { Fen } from '#base/pure/values/fen.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import { canonicalJson } from '#base/pure/data/json.ts'
import type { LedgerRow, OrderLine, RowBodies } from '#base/pure/rows/ledger-row.ts'
import type { CoverPart } from '#base/pure/rows/member-row.ts'
import type { PlateColour } from '#base/pure/plates/plate.ts'
import type { TurnRecord } from './turn.ts'

interface PriceDifference {
  readonly orderId: string
  /** Amount of the order row. */
  readonly amountFen: Fen
  readonly was: readonly OrderLine[]
  readonly now: readonly OrderLine[]
}

interface PricesAgain {
  /** Number of orders that were priced again. */
  readonly priced: number
  /** Number of orders not priced again: tariff not kept, points, or time off beside a coupon that took nothing off. */
  readonly left: number
  readonly differences: readonly PriceDifference[]
}

type OrderBody = RowBodies['orderMade']

/** Colour of the plate that was read at the entry, early or late. */
function stayColourOf(rows: readonly LedgerRow[]): PlateColour {
  let found: { readonly plate: string | null; readonly colour: PlateColour } | null = null
  for (const row of rows) {
    if (row.kind === 'stayOpened') found ??= row.body
    if (row.kind === 'plateRead' && found?.plate === null) found = row.body
  }
  return found?.colour ?? 'unknown'
}

export function replayPrices(
  rows: readonly LedgerRow[],
  turns: readonly TurnRecord[],
): PricesAgain {
  const colour = stayColourOf(rows)
  let [priced, left] = [0, 0]
  const differences: PriceDifference[] = []
  for (const row of rows) {
    if (row.kind !== 'orderMade' || row.body.lines.length === 0) continue
    const { lines, vehicle, tariffId } = row.body
    const tariff = tariffAt(turns, tariffId)
    if (tariff === null || isUndecided(row.body)) {
      left++
      continue
    }
    const now = linesAgain(tariff, row.body, { ...unknownVehicle, colour, ...vehicle })
    priced++
    const amountFen = row.amountFen ?? 0
    const isSum = amountFen === lines.reduce((sum, line) => sum + line.amountFen, 0)
    if (!isSum || canonicalJson(inGroups(now)) !== canonicalJson(inGroups(lines)))
      differences.push({ orderId: row.orderId ?? '', amountFen, was: lines, now })
  }
  return { priced, left, differences }
}

/** The tariff that the lane used when the car was there; null: not kept. */
function tariffAt(turns: readonly TurnRecord[], tariffId: string): Tariff | null {
  const found = turns.findLast(
    ({ given }) => (given['tariff'] as Tariff | undefined)?.id === tariffId,
  )
  return (found?.given['tariff'] as Tariff | undefined) ?? null
}

const beside: readonly OrderLine['rule'][] = [
  'class',
  'classUnknown',
  'member',
  'reservation',
  'coupon',
  'arrears',
]

/** Groups lines by kind: the position of a member's line among those of the tariff changes no amount. */
const inGroups = (lines: readonly OrderLine[]): readonly (readonly OrderLine[])[] =>
  [null, ...beside].map((rule) =>
    lines.filter((line) => (rule === null ? !beside.includes(line.rule) : line.rule === rule)),
  )

function linesAgain(tariff: Tariff, body: OrderBody, vehicle: Vehicle): readonly OrderLine[] {
  const { fromMs, toMs, lines, before = null, cover = [] } = body
  const of = (rule: OrderLine['rule']): readonly OrderLine[] =>
    lines.filter((line) => line.rule === rule)
  if (isNoEntryOrder(lines)) {
    const fen = noEntryFenOf(tariff, toMs)
    return fen === null ? [] : [noEntryLine(toMs, fen), ...arrearsAgain(body)]
  }
  const free = of('law').length > 0 ? lawLine(body.plate, fromMs, toMs) : null
  if (free !== null) return [free, ...arrearsAgain(body)]
  const members = membersAgain(of('member'), cover)
  // A member without an entry record: no time to price.
  if (members.length === lines.length && cover.length === 0) return members
  const costs = (endMs: InstantMs): ReturnType<typeof reservationPrice> =>
    reservationPrice(
      priceOfRest(tariff, { fromMs, toMs: endMs, vehicle, before }, clipped(cover, endMs)),
      body.reservation ?? null,
      { fromMs, toMs: endMs },
      (a, b) => priceOfRest(tariff, { fromMs: a, toMs: b, vehicle, before }, cover).amountFen,
    )
  const whole = costs(toMs)
  const until = (endMs: InstantMs): Fen => (endMs === fromMs ? 0 : costs(endMs).amountFen)
  const { coupons, missing } = couponsAgain(body)
  const own = couponPrice(whole, coupons, { fromMs, toMs }, until)
  const { vehicleClass } = vehicle
  // Orders from older versions do not have this line.
  const isSaid = of('classUnknown').length > 0
  const open = isSaid ? unknownClassLine(tariff, fromMs, toMs, vehicle) : null
  return [
    ...(vehicleClass === null ? [] : [classLine(vehicleClass, fromMs)]),
    ...(open === null ? [] : [open]),
    ...members,
    ...own.lines,
    ...missing,
    ...arrearsAgain(body),
  ]
}

const clipped = (cover: readonly CoverPart[], endMs: InstantMs): readonly CoverPart[] =>
  cover
    .filter(({ fromMs }) => fromMs < endMs)
    .map((part) => ({ ...part, toMs: Math.min(part.toMs, endMs) }))

/** Text of a line that is missing. */
const noText = { zh: '', en: '' }

/** A member's line has no amount: a note without duration, or a covered stretch of time. */
function membersAgain(
  lines: readonly OrderLine[],
  cover: readonly CoverPart[],
): readonly OrderLine[] {
  const notes = lines.filter(({ fromMs, toMs }) => fromMs === toMs)
  const inTurn = cover.toSorted((a, b) => a.fromMs - b.fromMs || a.toMs - b.toMs)
  const covered = inTurn.map(({ fromMs, toMs }): OrderLine => {
    const own = lines.find((line) => line.fromMs === fromMs && line.toMs === toMs)
    return { fromMs, toMs, rule: 'member', amountFen: 0, text: own?.text ?? noText }
  })
  return [...notes.map((line) => ({ ...line, amountFen: 0 })), ...covered]
}

/**
 * True when the order does not record enough to be priced again. Time off counts from the end of the previous time off, which
 * is unknown for a coupon that took nothing off.
 */
function isUndecided({ lines, coupons = [] }: OrderBody): boolean {
  // Orders do not record the value of a point.
  if (lines.some(({ rule }) => rule === 'points')) return true
  const worded = lines.filter(({ rule }) => rule === 'coupon')
  const none = coupons.findIndex(({ amountFen }) => amountFen === 0)
  if (none < 0) return false
  return worded.slice(none).some(({ text }) => couponIn(text.en, '')?.kind === 'time')
}

interface CouponsAgain {
  readonly coupons: readonly Coupon[]
  /** Stand for coupons whose line is missing or cannot be parsed. */
  readonly missing: readonly OrderLine[]
}

/** The coupons, parsed from the text of their lines: kind, value and issuer. A coupon that took nothing off has no line. */
function couponsAgain({ lines, toMs, coupons: uses = [] }: OrderBody): CouponsAgain {
  const worded = lines.filter(({ rule }) => rule === 'coupon')
  const coupons: Coupon[] = []
  const missing: OrderLine[] = []
  for (const [at, { code, amountFen }] of uses.filter((use) => use.amountFen > 0).entries()) {
    const coupon = couponIn(worded[at]?.text.en ?? '', code)
    if (coupon !== null) coupons.push(coupon)
    else missing.push({ fromMs: toMs, toMs, rule: 'coupon', amountFen: -amountFen, text: noText })
  }
  return { coupons, missing }
}

function arrearsAgain({ lines, toMs, arrears = [] }: OrderBody): readonly OrderLine[] {
  const worded = lines.filter(({ rule }) => rule === 'arrears')
  return arrears.map(({ amountFen }, at) => {
    const text = worded[at]?.text ?? noText
    return { fromMs: toMs, toMs, rule: 'arrears', amountFen, text }
  })
}
