// The order of a stay in an open lot: priced by the class that a pile, a handheld or a patrol car read at the space, charged for
// that amount, and the same when it is priced again from its rows.
import { expect, it } from 'vitest'
import type { Tariff, TariffPlan } from '#money/pure/billing/tariff.ts'
import { replayPrices } from '#lane/pure/explain/replay-price.ts'
import type { TurnRecord } from '#lane/pure/explain/turn.ts'
import { emptyLot, foldRow } from '#ledger/pure/lot/lot.ts'
import { chargeRows, departureRows } from '#lane/pure/open/open-rows.ts'
import { present } from '#base/pure/values/must.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import type { PlateColour } from '#base/pure/plates/plate.ts'
import { plate } from '../good-card.ts'
import { lifted, steadyPlan } from '../../../money/pure/billing/version-1.ts'
import { minuteMs, Rows, t0 } from '../lot/row-kit.ts'
import { carObu } from './open-kit.ts'

const hour = (fen: number): TariffPlan => steadyPlan(60, fen)
const plans = [
  { when: { classes: [2] }, ...hour(600) },
  { when: { classes: [3, 4], colours: ['yellow' as const] }, ...hour(900) },
  hour(300),
]
const tariff: Tariff = { ...lifted(), editions: [{ graceAfterPayMin: 15, plans }] }

interface Read {
  readonly vehicleClass: number | null
  readonly colour?: PlateColour
  readonly of?: string
  readonly by?: Tariff
}

function left({ vehicleClass, colour = 'blue', of = plate, by = tariff }: Read) {
  const spaceId = 'P1'
  const rows = new Rows()
  const refs = { laneId: 'watch', stayId: 'n-S1' }
  const body = { plate: of, colour, enteredAtMs: t0, noEntry: false, photo: null, spaceId } as const
  rows.add('stayOpened', refs, body)
  if (vehicleClass !== null) {
    const obu = { ...carObu, vehicleClass, obuPlate: of }
    rows.add('zeroRecord', { laneId: 'pile', stayId: 'n-S1' }, { obu, spaceId } as never)
  }
  const lot = emptyLot()
  for (const row of rows.all) foldRow(lot, row)
  const stay = present(lot.stays.get('n-S1'), 'a stay')
  let n = 1
  const nowMs = t0 + 50 * minuteMs
  const env = { laneId: 'watch', nowMs, mint: (letter: string) => `n-${letter}${++n}` }
  const leftAtMs = t0 + 45 * minuteMs
  const made = departureRows(lot, by, stay, { leftAtMs, seenAtMs: leftAtMs, by: 'space' }, env)
  const order = made.find((row) => row.kind === 'orderMade')
  if (order?.kind !== 'orderMade') throw new Error('no order')
  const charge = chargeRows(stay, made, { ...env, lotId: 'GX1', nodeId: 'n', offline: false })
  const all = [...rows.all, ...made] as unknown as readonly LedgerRow[]
  const turns = [{ given: { tariff: by } }] as unknown as TurnRecord[]
  return {
    fen: order.amountFen,
    rules: order.body.lines.map(({ rule }) => rule),
    vehicleClass: order.body.vehicle?.vehicleClass ?? null,
    charged: charge.map((row) => ('amountFen' in row ? row.amountFen : null))[0] ?? null,
    again: replayPrices(all, turns).differences,
  }
}

it.each<[string, Read, number, readonly string[], number | null]>([
  ['a bus', { vehicleClass: 2 }, 600, ['class', 'next'], 2],
  ['a small car', { vehicleClass: 1 }, 300, ['next'], null],
  [
    'a large bus with a yellow plate',
    { vehicleClass: 3, colour: 'yellow' },
    900,
    ['class', 'next'],
    3,
  ],
  ['one whose plan asks for another colour', { vehicleClass: 4 }, 300, ['next'], null],
  ['an OBU that says no class', { vehicleClass: 0 }, 300, ['classUnknown', 'next'], null],
  ['a car whose OBU was not read', { vehicleClass: null }, 300, ['classUnknown', 'next'], null],
  ['a car that is free by law', { vehicleClass: 2, of: '测X0001应急' }, 0, ['law'], null],
])('%s pays by the class at its space', (_name, read, fen, rules, vehicleClass) => {
  const order = left(read)
  expect([order.fen, order.rules, order.vehicleClass]).toEqual([fen, rules, vehicleClass])
  expect(order.charged).toBe(read.vehicleClass === null || fen === 0 ? null : fen)
  expect(order.again).toEqual([])
})

it('a lot that charges nothing asks no class', () => {
  const by: Tariff = { ...tariff, use: 'nonCommercial', editions: [] }
  expect(left({ vehicleClass: 2, by })).toMatchObject({ fen: 0, rules: ['free'], again: [] })
})
