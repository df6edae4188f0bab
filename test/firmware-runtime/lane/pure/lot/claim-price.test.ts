// What a claim prices a car by: the colour of its plate, the area of the lane it entered by, its edition.
// Anything beyond the stay's colour is written into the order, so that a replay gives the same price.
import { expect, test } from 'vitest'
import type { Tariff } from '#money/pure/billing/tariff.ts'
import { replayPrices } from '#lane/pure/explain/replay-price.ts'
import type { TurnRecord } from '#lane/pure/explain/turn.ts'
import { claim } from '#lane/pure/lot/claim.ts'
import { emptyLot, foldRow } from '#ledger/pure/lot/lot.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import type { PlateColour } from '#base/pure/plates/plate.ts'
import { lifted, visit } from '../../../money/pure/billing/version-1.ts'
import { minuteMs, Rows, t0 } from './row-kit.ts'

const plans = [
  { when: { areas: ['B1'] }, ...visit(100) },
  { when: { newEnergy: true }, ...visit(200) },
  { when: { newEnergy: false }, ...visit(300) },
  visit(400),
]
const tariff: Tariff = { ...lifted(), editions: [{ graceAfterPayMin: 15, plans }] }

function entered(colour: PlateColour, plate = '测A12345'): Rows {
  const body = { plate, colour, enteredAtMs: t0 - minuteMs, noEntry: false, photo: null }
  return new Rows().add('stayOpened', { laneId: 'entry', stayId: 'n-S1' }, body)
}

function ask(
  rows: Rows,
  colour: PlateColour,
  area: string | null,
  by = tariff,
  plate = '测A12345',
) {
  const lot = emptyLot()
  for (const row of rows.all) foldRow(lot, row)
  const { answer, rows: made } = claim(lot, by, {
    lotId: 'GX1',
    nodeId: 'n',
    laneId: 'exit',
    plate,
    colour,
    photo: null,
    nowMs: rows.atMs,
    plateRaw: plate,
    confidence: null,
    matchRule: null,
    clock: null,
    areaOf: (laneId) => (laneId === 'entry' ? area : 'exit lanes do not count'),
  })
  const order = made.find((row) => row.kind === 'orderMade')
  return {
    fen: answer.kind === 'claimed' ? answer.order.amountFen : null,
    vehicle: order?.kind === 'orderMade' ? order.body.vehicle : null,
    made,
  }
}

test.each([
  ['green', 'green', null, 200, undefined],
  ['blue', 'blue', null, 300, undefined],
  ['unknown', 'unknown', null, 400, undefined],
  ['blue', 'green', null, 300, undefined],
  ['unknown', 'green', null, 200, { colour: 'green', area: null }],
  ['green', 'green', 'B1', 100, { colour: 'green', area: 'B1' }],
  ['green', 'green', 'B2', 200, { colour: 'green', area: 'B2' }],
] as const)('entered %s, leaves %s, area %s: %i fen', (colour, seen, area, fen, vehicle) => {
  expect(ask(entered(colour), seen, area)).toMatchObject({ fen, vehicle })
})

test.each([true, false])('a rescue vehicle pays nothing by law, its entry seen: %s', (isSeen) => {
  const plate = '测X1234应急'
  const rows = isSeen ? entered('white', plate) : new Rows()
  const { fen, made } = ask(rows, 'white', null, tariff, plate)
  expect(fen).toBe(0)
  const order = made.find((row) => row.kind === 'orderMade')
  expect(order?.kind === 'orderMade' ? order.body.lines : []).toMatchObject([
    { rule: 'law', amountFen: 0 },
  ])
  const all = made.map((row, i) => ({ ...row, seq: i, nodeId: 'n', prevHash: '', hash: '' }))
  const turns = [{ given: { tariff } }] as unknown as TurnRecord[]
  expect(replayPrices(all, turns)).toMatchObject({ priced: 1, differences: [] })
})

test('the time to leave is that of the edition which priced the payment', () => {
  const later = { validFrom: isoOf(t0), graceAfterPayMin: 60, plans: [visit(900)] }
  const changes: Tariff = {
    ...tariff,
    editions: [{ graceAfterPayMin: 15, plans: [visit(400)] }, later],
  }
  const paid = (): Rows => {
    const rows = entered('blue')
    rows.atMs = t0 - 1
    rows.order(1, 400)
    rows.add(
      'payment',
      { laneId: 'exit', stayId: 'n-S1', orderId: 'n-O1', amountFen: 400 },
      { paymentId: 'n-M1', means: 'cash', by: 'a', reason: 'r' },
    )
    return rows
  }
  const after = (decidedBy: Tariff['decidedBy'], minutes: number) => {
    const rows = paid()
    rows.atMs = t0 - 1 + minutes * minuteMs
    return ask(rows, 'blue', null, { ...changes, decidedBy }).fen
  }
  expect(after('exit', 15)).toBe(400)
  expect(after('exit', 15.1)).toBe(500)
  expect(after('entry', 15.1)).toBe(0)
})
