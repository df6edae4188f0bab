// Prices the stays of a ledger with another tariff: who would pay more, who less.
// It compares prices only: an amount still owed after an earlier payment is left out (ADR 143).
import { priceOfRest } from '../member/member-price.ts'
import { segmentsOf } from '../billing/segments.ts'
import type { Tariff } from '../billing/tariff.ts'
import type { Fen } from '#base/pure/values/fen.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { LedgerRow, RowBodies } from '#base/pure/rows/ledger-row.ts'
import type { PlateColour } from '#base/pure/plates/plate.ts'
import { isTestOrder } from '#base/pure/values/test-order.ts'
import { besideTariff } from './day-visits.ts'

interface OpenStay {
  plate: string | null
  colour: PlateColour
  /** Its orders that a tariff priced. */
  priced: Priced[]
}

interface StayDifference {
  readonly stayId: string
  /** New price minus old price, fen. */
  readonly fen: Fen
}

export interface TariffReplay {
  readonly stays: number
  readonly changed: number
  readonly before: Fen
  readonly after: Fen
  readonly up: readonly StayDifference[]
  readonly down: readonly StayDifference[]
}

/** One stay with its actual price and that of the other tariff. */
export interface ReplayedStay {
  readonly stayId: string
  readonly fromMs: InstantMs
  readonly toMs: InstantMs
  readonly beforeFen: Fen
  readonly afterFen: Fen
}

/** Business time of the last order of a stay, half open. */
export interface ReplayWindow {
  readonly fromMs: InstantMs
  readonly toMs: InstantMs
}

type Priced = RowBodies['orderMade']

class Comparison {
  stays = 0
  before = 0
  after = 0
  readonly up: StayDifference[] = []
  readonly down: StayDifference[] = []
  private readonly tariff: Tariff
  private readonly window: ReplayWindow
  private readonly each: (stay: ReplayedStay) => void

  constructor(tariff: Tariff, window: ReplayWindow, each: (stay: ReplayedStay) => void) {
    this.tariff = tariff
    this.window = window
    this.each = each
  }

  /** The orders of a stay that each charge a time of their own: the last one, and with an overstay those before. */
  add(stayId: string, { priced, colour }: OpenStay): void {
    const own = segmentsOf(priced)
    const [fromMs, toMs] = [own[0]?.fromMs, own.at(-1)?.toMs]
    if (fromMs === undefined || toMs === undefined) return
    if (toMs < this.window.fromMs || toMs >= this.window.toMs) return
    const prices = own.map((order) => this.pricesOf(order, colour))
    const beforeFen = prices.reduce((sum, one) => sum + one.beforeFen, 0)
    const afterFen = prices.reduce((sum, one) => sum + one.afterFen, 0)
    this.stays++
    this.before += beforeFen
    this.after += afterFen
    this.each({ stayId, fromMs, toMs, beforeFen, afterFen })
    const fen = afterFen - beforeFen
    if (fen > 0) this.up.push({ stayId, fen })
    if (fen < 0) this.down.push({ stayId, fen })
  }

  private pricesOf(order: Priced, colour: PlateColour) {
    const { fromMs, toMs, lines, vehicle, before = null, cover = [] } = order
    const beforeFen = lines.reduce(
      (sum, { rule, amountFen }) => (besideTariff.includes(rule) ? sum : sum + amountFen),
      0,
    )
    const vehicleClass = vehicle?.vehicleClass ?? null
    const known = { vehicleClass, colour: vehicle?.colour ?? colour }
    const area = vehicle?.area ?? null
    const stay = { fromMs, toMs, vehicle: { ...known, area }, before }
    return { beforeFen, afterFen: priceOfRest(this.tariff, stay, cover).amountFen }
  }

  get answer(): TariffReplay {
    const { stays, before, after, up, down } = this
    return { stays, changed: up.length + down.length, before, after, up, down }
  }
}

/**
 * Each stay counts once, by its last order that a tariff priced; amounts set by a person are ignored. Closed stays are
 * dropped, so memory use does not grow with the ledger. `each` is called for every stay that counts.
 */
export function replayTariff(
  rows: Iterable<LedgerRow>,
  tariff: Tariff,
  window: ReplayWindow,
  each: (stay: ReplayedStay) => void = () => undefined,
): TariffReplay {
  const comparison = new Comparison(tariff, window, each)
  const open = new Map<string, OpenStay>()
  for (const row of rows) {
    const { stayId } = row
    if (stayId === undefined) continue
    if (row.kind === 'stayOpened') {
      const { plate, colour } = row.body
      open.set(stayId, { plate, colour, priced: [] })
    }
    const stay = open.get(stayId)
    if (stay === undefined) continue
    if (row.kind === 'plateRead' && stay.plate === null) {
      stay.plate = row.body.plate
      stay.colour = row.body.colour
    }
    const isPriced = row.kind === 'orderMade' && row.body.lines.length > 0
    if (isPriced && !isTestOrder(row.orderId ?? '')) stay.priced.push(row.body)
    if (row.kind !== 'stayClosed') continue
    comparison.add(stayId, stay)
    open.delete(stayId)
  }
  for (const [stayId, stay] of open) comparison.add(stayId, stay)
  return comparison.answer
}
