// The prices of a car made again: by the tariff that its lane had, for the times and the vehicle of its orders.
// Orders with lines that are no tariff's (members, a class, coupons, arrears, no entry) are left to the rows that say where they come from.
import { price } from '../billing/price.ts'
import { unknownVehicle, type Tariff } from '../billing/tariff.ts'
import { canonicalJson } from '../values/json.ts'
import type { LedgerRow, OrderLine } from '../values/ledger-row.ts'
import type { TurnRecord } from './turn.ts'

interface PriceDifference {
  readonly orderId: string
  readonly was: readonly OrderLine[]
  readonly now: readonly OrderLine[]
}

interface PricesAgain {
  /** Orders that were priced again. */
  readonly priced: number
  /** Orders with lines of something else than a tariff, or of a tariff that no turn has. */
  readonly left: number
  readonly differences: readonly PriceDifference[]
}

const others: readonly OrderLine['rule'][] = [
  'member',
  'class',
  'noEntry',
  'coupon',
  'points',
  'arrears',
]

export function replayPrices(
  rows: readonly LedgerRow[],
  turns: readonly TurnRecord[],
): PricesAgain {
  const opened = rows.find((row) => row.kind === 'stayOpened')
  const colour = opened?.kind === 'stayOpened' ? opened.body.colour : 'unknown'
  let [priced, left] = [0, 0]
  const differences: PriceDifference[] = []
  for (const row of rows) {
    if (row.kind !== 'orderMade' || row.body.lines.length === 0) continue
    const { fromMs, toMs, lines, vehicle, tariffId, cover } = row.body
    const tariff = tariffAt(turns, tariffId)
    const isOther = cover !== undefined || lines.some(({ rule }) => others.includes(rule))
    if (tariff === null || isOther) {
      left++
      continue
    }
    const known = { ...unknownVehicle, colour, ...vehicle }
    const again = price(tariff, fromMs, toMs, known)
    priced++
    if (canonicalJson(again.lines) !== canonicalJson(lines))
      differences.push({ orderId: row.orderId ?? '', was: lines, now: again.lines })
  }
  return { priced, left, differences }
}

/** As the lane had it when the car was there. */
function tariffAt(turns: readonly TurnRecord[], tariffId: string): Tariff | null {
  const found = turns.findLast(
    ({ given }) => (given['tariff'] as Tariff | undefined)?.id === tariffId,
  )
  return (found?.given['tariff'] as Tariff | undefined) ?? null
}
