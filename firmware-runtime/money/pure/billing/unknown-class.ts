// The order line for a price that was made without a known vehicle class, where another class would change it. The line names
// the class that was assumed; it is hidden once the OBU of that car has reported its class.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { LedgerRow, OrderLine } from '#base/pure/rows/ledger-row.ts'
import { plateColourWords } from '#base/pure/words/match-words.ts'
import { openClassesOf, planOf, type Tariff, type Vehicle } from './tariff.ts'

function pricedAs(
  { when }: ReturnType<typeof planOf>,
  vehicle: Vehicle,
  classes: string,
): BilingualText {
  const isByPlate = when?.colours !== undefined || when?.newEnergy !== undefined
  const { zh, en } = plateColourWords[vehicle.colour]
  return isByPlate
    ? t(`按车牌颜色(${zh})计费`, `priced by the colour of its plate (${en})`)
    : t(`按 ${classes} 型以外的车计费`, `priced as a vehicle that is not of class ${classes}`)
}

/** Null where the class is known, or no class would select another plan. */
export function unknownClassLine(
  tariff: Tariff,
  fromMs: InstantMs,
  toMs: InstantMs,
  vehicle: Vehicle,
): OrderLine | null {
  const open = openClassesOf(tariff, fromMs, toMs, vehicle)
  if (open.length === 0) return null
  const as = pricedAs(planOf(tariff, fromMs, toMs, vehicle), vehicle, open.join('/'))
  return {
    fromMs,
    toMs: fromMs,
    rule: 'classUnknown',
    amountFen: 0,
    text: t(
      `车型未知(没有读到电子标签),${as.zh}`,
      `Vehicle class not known (no OBU was read): ${as.en}`,
    ),
  }
}

/** Lines of an order as they are displayed. `vehicleClass`: as the OBU of this car reported it; null: not reported. */
export const shownLines = (
  lines: readonly OrderLine[],
  vehicleClass: number | null,
): readonly OrderLine[] =>
  (vehicleClass ?? 0) < 1 ? lines : lines.filter(({ rule }) => rule !== 'classUnknown')

type OrderRow = Extract<LedgerRow, { kind: 'orderMade' }>

/** `shownLines` for an order of the ledger. A charge by card or by platform implies an OBU, so its class counts as known. */
export function shownLinesOf(order: OrderRow, rows: readonly LedgerRow[]): readonly OrderLine[] {
  const own = rows.filter(({ orderId }) => orderId === order.orderId)
  const classes = own.map((row) => {
    if (row.kind === 'armed') return row.body.unit?.vehicleClass ?? 1
    return row.kind === 'intent' && row.body.obuId !== null ? 1 : 0
  })
  return shownLines(order.body.lines, Math.max(0, ...classes))
}
