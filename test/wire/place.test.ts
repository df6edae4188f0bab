// A handheld over real links: it charges a car inside its fence, once, and no car outside.
// Antenna, receiver, platform and lane are processes; the cards' data is what their simulator booked.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PlacesView, PlaceView } from '#lane/calls/place-views.ts'
import { outsideRecords } from '#harness/lot/replay-links.ts'
import { spawnLauncher, startSimProcess, type SimProcess } from '#harness/lot/sim-process.ts'
import { checkInvariants } from '#lane/pure/lot/invariants.ts'
import { present } from '#base/pure/values/must.ts'
import { carMaker, trafficMixes, type TrafficCar } from '#simulators/traffic/cars.ts'
import { ledgerRows, verdictOn } from './kit/ledger-rows.ts'
import { programFile, runToEnd } from './kit/live-program.ts'
import { nothingFree, RunLot } from './kit/run-lot.ts'
import { eventually } from '../kit/eventually.ts'

const lot = new RunLot({ charge: 'card', rsuLink: 'tcp', tariff: nothingFree })
const { dir, harness } = lot
const cars = carMaker(trafficMixes.clean, 3)
const [first, second] = [cars.next(), cars.next()]
const center = { latMicrodeg: 22_817_000, lonMicrodeg: 108_366_000 }
/** 16 m north: outside, and near enough to be reached on foot between two reports. */
const outside = { latMicrodeg: 22_817_145 }
let rsu: SimProcess
let pile: SimProcess
let gnss: SimProcess

const state = async (): Promise<PlaceView> =>
  present(
    (await lot.run.call<PlacesView>('place.state', { laneId: 'handheld' })).places[0],
    'a place',
  )
const stand = (knobs: Record<string, unknown>) => gnss.admin('POST', '/position', knobs)
const isBarred = (wanted: PlaceView['bar']) =>
  eventually(state, ({ bar }) => bar === wanted, { of: lot.of })
const charge = ({ plate }: TrafficCar, laneId = 'handheld', ...more: string[]) =>
  runToEnd([
    ...['place', 'charge', '--data', dir, '--lane', laneId, '--plate', plate],
    ...['--by', '收费员', '--reason', '巡场', ...more],
  ])
interface Card {
  readonly cardNo: string
  readonly debits: readonly { amountFen: number; psamSerial: number; tac: string }[]
}
const cardsOf = async (sim: SimProcess) =>
  (await sim.admin<{ cards: Card[] }>('GET', '/books')).cards
const debits = async ({ obu }: TrafficCar) =>
  (await cardsOf(rsu)).find(({ cardNo }) => cardNo === obu?.cardNo)?.debits ?? []
/** C6 frames that reached the handheld's antenna, counted by a fault that never applies. */
const c6Seen = async () =>
  (await rsu.admin<{ faults: { seen: number }[] }>('GET', '/faults')).faults[0]?.seen

/** Adds a handheld and a pile to the two lanes. */
function addPlaces(): void {
  const file = join(dir, 'lot.json')
  const config = JSON.parse(readFileSync(file, 'utf8')) as { lanes: unknown[] }
  const lane = { camera: null, barrier: null, display: null, direction: 'exit' }
  const fence = { shape: 'circle', center, radiusM: 12 }
  config.lanes.push(
    {
      ...lane,
      id: 'handheld',
      name: { zh: '手持机', en: 'Handheld' },
      rsu: `${rsu.endpoints.link ?? ''}?variant=generic/rsu-frames`,
      place: { kind: 'handheld', fence, gnss: gnss.endpoints.link, marginM: 5, staleSec: 5 },
    },
    {
      ...lane,
      id: 'pile',
      name: { zh: '识别桩', en: 'Pile' },
      rsu: `${pile.endpoints.link ?? ''}?variant=generic/space-pile`,
      place: { kind: 'etc-pile', space: 'A12', position: { ...center, accuracyM: 1 }, fence },
    },
  )
  writeFileSync(file, JSON.stringify(config))
}

async function start(name: string, ...more: string[]): Promise<SimProcess> {
  const shared = ['--listen', 'tcp://127.0.0.1:0', '--admin', 'http://127.0.0.1:0']
  const timing = ['--timing', 'instant']
  return startSimProcess(name, [...shared, ...timing, ...more], spawnLauncher(programFile))
}

beforeAll(async () => {
  await lot.startSims()
  const simArgs = (name: string) => ['--variant', 'generic-bcc', '--books', join(dir, name)]
  ;[rsu, pile, gnss] = await Promise.all([
    start('rsu-sim', ...simArgs('handheld.jsonl')),
    start('rsu-sim', ...simArgs('pile.jsonl')),
    start('position-sim'),
  ])
  await stand(center)
  await rsu.admin('POST', '/faults', { at: 'C6', do: 'drop', skip: 100 })
  addPlaces()
  await lot.start('entry')
  for (const laneId of ['handheld', 'pile'])
    await lot.until(laneId, ({ devices }) => devices.rsu.state === 'up')
  for (const car of [first, second]) {
    await lot.comes('entry', car)
    await lot.leaves('entry')
  }
})
afterAll(async () => {
  await Promise.all([rsu, pile, gnss].map((sim) => sim.kill()))
  await lot.close()
})

test('inside its fence it charges once, and the same car again costs nothing', async () => {
  await isBarred(null)
  await rsu.admin('POST', '/cars', { ...first.obu, stayMs: 600_000 })
  const place = { state: 'idle', bar: null, last: { paidFen: 300, deduction: 'paid' } }
  const placeArgs = ['--data', dir, '--lane', 'handheld', '--plate', first.plate]
  expect(await runToEnd(['place', 'quote', ...placeArgs])).toMatchObject({
    code: 0,
    json: { stayId: expect.any(String) as string, dueFen: 300, why: null },
  })
  expect(await charge(first, 'handheld', '--amount', '299')).toMatchObject({
    code: 2,
    json: { error: { code: 'PLACE-08' } },
  })
  expect(await c6Seen()).toBe(0)
  const confirmed = await charge(first, 'handheld', '--amount', '300')
  expect(confirmed).toMatchObject({ code: 0, json: { ok: true, place } })
  expect((await lot.lane('handheld')).place).toBe('handheld')
  expect(await debits(first)).toEqual([expect.objectContaining({ amountFen: 300 })])
  expect(await charge(first)).toMatchObject({ code: 0, json: { ok: true, place } })
  expect(await debits(first)).toHaveLength(1)
  expect(await c6Seen()).toBe(1)
  await rsu.admin('DELETE', `/cars/${first.obu?.obuId ?? ''}`)
})

test('outside, without a fix, and on the way out nothing is charged; back inside it works', async () => {
  await rsu.admin('POST', '/cars', { ...second.obu, stayMs: 600_000 })
  await stand(outside)
  await isBarred('outside')
  expect(await charge(second)).toMatchObject({ code: 2, json: { error: { code: 'PLACE-01' } } })
  await stand({ ...center, mode: 1 })
  await isBarred('noPosition')
  expect(await charge(second)).toMatchObject({ code: 2, json: { error: { code: 'PLACE-02' } } })
  await stand({ ...center, mode: 3 })
  await isBarred(null)
  // The attendant walks out while the antenna searches: B4 arrives, and no C6 follows.
  await rsu.admin('DELETE', `/cars/${second.obu?.obuId ?? ''}`)
  const leaving = charge(second)
  await eventually(state, (one) => one.state === 'searching', { of: lot.of })
  await stand(outside)
  await isBarred('outside')
  await rsu.admin('POST', '/cars', { ...second.obu, stayMs: 600_000 })
  expect(await leaving).toMatchObject({
    code: 1,
    json: { ok: false, place: { state: 'manual', manual: 'outsideFence' } },
  })
  expect(await debits(second)).toEqual([])
  expect(await c6Seen()).toBe(1)
  const audited = ledgerRows(dir).flatMap((row) => (row.kind === 'audit' ? [row.body] : []))
  const { plate } = second
  expect(audited.map(({ act, result }) => [act, result])).toEqual(
    expect.arrayContaining([
      [`place.refused PLACE-01 ${plate}`, 'PLACE-01'],
      [`place.refused PLACE-02 ${plate}`, 'PLACE-02'],
      [`place.charge ${plate}`, 'done'],
    ]),
  )
  await stand(center)
  await isBarred(null)
  expect(await charge(second)).toMatchObject({ code: 0, json: { ok: true } })
  expect(await debits(second)).toEqual([expect.objectContaining({ amountFen: 300 })])
  expect(await c6Seen()).toBe(2)
})

test('the exit lets out who paid inside, and no invariant of the money is broken', async () => {
  // Just paid by the handheld, so the pile finds nothing to charge.
  expect(await charge(first, 'pile')).toMatchObject({ code: 0 })
  expect((await cardsOf(pile)).flatMap((card) => card.debits)).toEqual([])
  const { barrier, camera } = harness.sims('exit')
  await barrier.admin('POST', '/inputs', { loopArrive: true, loopUnder: false })
  const { plate, colour } = first
  await camera?.admin('POST', '/plates', { plate, colour, confidence: 97 })
  const out = await eventually(
    () => lot.lane('exit'),
    (one) => one.state === 'opening',
    { of: lot.of },
  )
  expect(out.car).toMatchObject({ plate, passCause: 'etc', dueFen: 0 })
  const { outside } = await outsideRecords(harness)
  const cardDebits = (await cardsOf(rsu)).flatMap(({ cardNo, debits: made }) =>
    made.map((debit) => ({ cardNo, ...debit, psamSerial: Number(debit.psamSerial) })),
  )
  const report = checkInvariants(
    ledgerRows(dir),
    { ...outside, cardDebits },
    { chainOk: verdictOn(dir, 'n1').ok, unsent: 0, unknown: 0, lanesReady: true, healed: false },
  )
  expect(report.violations).toEqual([])
  expect(report.checked.M1).toBeGreaterThan(2)
})
