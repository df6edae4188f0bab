// What hangs on the plate of a car that the entry misread: its reservation, member, points and arrears are found by the plate
// that its exit read, whether the lot or a person said which car it is, and stay found for the rest of the stay.
import { expect, it } from 'vitest'
import { claim, type ClaimRequest } from '#lane/pure/lot/claim.ts'
import { foldRow } from '#ledger/pure/lot/lot.ts'
import { platesOf } from '#base/pure/lot/plates-of-stay.ts'
import { standardMatch } from '#base/pure/plates/plate-match.ts'
import { present } from '#base/pure/values/must.ts'
import { demoTariff } from '#money/tariff/demo-tariff.ts'
import { at, reservation, Scene } from '../../../lane/pure/reservation/kit.ts'
import { cameIn } from '../../../lane/pure/lot/row-kit.ts'

const plate = '测A12345'
const misread = '测A1234S'

/** A car with a prepaid reservation from 10:00 to 12:00 comes in at 10:00, read as `entry`. */
function scene(entry: string, colour = 'blue' as const): Scene {
  const lot = new Scene().joined()
  lot.own({
    row: 'command',
    cmdId: 'c1',
    sm3: '',
    answer: { code: 0, text: '' } as never,
    effect: {
      do: 'make',
      reservation: reservation({ plate, terms: { kind: 'prepaid', amountFen: 20_000 } as never }),
    },
  })
  lot.nowMs = at('10:00')
  return lot.row(cameIn('LOT1-n1-S1', lot.nowMs, { plate: entry, colour }))
}

const request = (over: Partial<ClaimRequest> = {}): ClaimRequest => ({
  lotId: 'LOT1',
  nodeId: 'n1',
  laneId: 'exit',
  plate,
  plateRaw: plate,
  colour: 'blue',
  confidence: null,
  photo: null,
  nowMs: at('11:50'),
  matchRule: standardMatch,
  clock: null,
  ...over,
})

it.each([
  ['own alone', misread, [], undefined, [misread]],
  ['corrected now', misread, [], plate, [misread, plate]],
  ['corrected before', misread, [{ plateRead: plate }], undefined, [misread, plate]],
  ['corrected twice', misread, [{ plateRead: plate }], '蓝测A12345', [misread, plate]],
  ['not read at the entry', null, [], plate, [plate]],
  ['no plate was read', misread, [], '???', [misread]],
])('%s', (_what, own, orders, plateRead, plates) => {
  expect(platesOf({ plate: own, orders }, plateRead)).toEqual(plates)
})

it.each([
  ['read rightly', plate, {}],
  ['misread, corrected by its score', misread, {}],
  ['misread, picked by a person', misread, { plate: misread, plateRead: plate, matchRule: null }],
] as const)('%s: its reservation counts, once', (_what, entry, over) => {
  const { lot } = scene(entry)
  const first = claim(lot, demoTariff, request(over))
  const [row] = first.rows
  expect(row?.body).toMatchObject({ reservation: { orderNo: 'R1' } })
  foldRow(lot, {
    ...present(row, 'an order'),
    nodeId: 'n1',
    seq: 99,
    prevHash: '',
    hash: '',
  } as never)
  const held = lot.reservations.byOrder.get('R1')
  expect(held).toMatchObject({ state: 'used', stayId: 'LOT1-n1-S1' })
  const again = claim(lot, demoTariff, request({ ...over, nowMs: at('11:55') }))
  expect(again.rows[0]?.body).toMatchObject({ reservation: { orderNo: 'R1' } })
})

it('misread and told as overdue meanwhile: the exit finds it', () => {
  const held = scene(misread)
  held.own({ row: 'passed', orderNo: 'R1', what: 'overdue' })
  expect(held.lot.reservations.byOrder.get('R1')?.state).toBe('overdue')
  const { rows } = claim(held.lot, demoTariff, request({ nowMs: at('12:30') }))
  expect(rows[0]?.body).toMatchObject({ reservation: { orderNo: 'R1' } })
})

it('a person who types the plate has said it: what the camera read before binds nothing', () => {
  const { lot } = scene(misread)
  const { rows } = claim(
    lot,
    demoTariff,
    request({ plate: misread, plateRaw: plate, matchRule: null }),
  )
  expect(rows[0]?.body).not.toHaveProperty('reservation')
})

it('its member covers it, and its arrears are asked, where a person picked the car', () => {
  const held = scene(misread)
  const member = {
    no: 'M1',
    kind: 'white',
    name: '',
    plates: [plate],
    spaces: null,
    areas: null,
    from: '2026-01-01',
    until: null,
  } as const
  held.row({ kind: 'member', atMs: held.nowMs, body: { row: 'issued', member } })
  const picked = request({ plate: misread, plateRead: plate, matchRule: null })
  expect(claim(held.lot, demoTariff, picked).rows[0]).toMatchObject({
    amountFen: 0,
    body: { cover: [{ no: 'M1' }], plateRead: plate },
  })
  const typed = request({ plate: misread, matchRule: null })
  expect(claim(held.lot, demoTariff, typed).rows[0]?.body).not.toHaveProperty('cover')
})

it.each([
  ['corrected by its score', {}, [{ orderId: 'n1-O1', amountFen: 300 }]],
  [
    'picked by a person',
    { plate: misread, plateRead: plate, matchRule: null },
    [{ orderId: 'n1-O1', amountFen: 300 }],
  ],
  ['typed by a person', { plate: misread, matchRule: null }, undefined],
] as const)('arrears of a car %s', (_what, over, arrears) => {
  const held = scene(misread)
  held.lot.arrears.set('n1-O1', {
    orderId: 'n1-O1',
    stayId: 'n1-S0',
    plate,
    colour: 'blue',
    amountFen: 300,
    leftAtMs: at('08:00'),
    heldBy: null,
    isPaid: false,
    paid: [],
    backFrom: null,
    bar: null,
  } as never)
  expect(claim(held.lot, demoTariff, request(over)).rows[0]?.body).toMatchObject(
    arrears === undefined ? {} : { arrears },
  )
  if (arrears === undefined)
    expect(claim(held.lot, demoTariff, request(over)).rows[0]?.body).not.toHaveProperty('arrears')
})
