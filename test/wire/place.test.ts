// A handheld over real links: it charges one car inside its fence, once, and nothing outside of it.
// Antenna, receiver, platform and lane are processes; what the card says is what its simulator booked.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PlacesView, PlaceView } from '../../firmware-runtime/api/place-views.ts'
import type { BoardView } from '../../firmware-runtime/api/views.ts'
import { LotWorld } from '../../firmware-runtime/cli/world/lot-world.ts'
import {
  spawnLauncher,
  startSimProcess,
  type SimProcess,
} from '../../firmware-runtime/cli/world/sim-process.ts'
import { checkInvariants } from '../../firmware-runtime/core/lot/invariants.ts'
import { present } from '../../firmware-runtime/core/values/must.ts'
import { carMaker, trafficMixes } from '../../firmware-runtime/simulators/traffic/cars.ts'
import { ledgerRows, verdictOn } from './kit/ledger-rows.ts'
import {
  cleanUp,
  eventually,
  newFolder,
  Program,
  programFile,
  runToEnd,
} from './kit/live-program.ts'

const dir = join(newFolder(), 'lot')
const world = new LotWorld({
  dir,
  charge: 'card',
  offline: 'other-payment',
  variant: 'generic-ver',
  timing: 'instant',
  seed: 1,
  capacity: 10,
  rsuLink: 'tcp',
  program: programFile,
})
const cars = carMaker(trafficMixes.clean, 3)
const car = cars.next()
const center = { latMicrodeg: 22_817_000, lonMicrodeg: 108_366_000 }
/** 16 m to the north: outside, and near enough to be walked to between two reports. */
const outside = { latMicrodeg: 22_817_145 }
const said = ['--by', '收费员', '--reason', '巡场']
let run: Program
let rsu: SimProcess
let gnss: SimProcess

const state = async (laneId = 'handheld'): Promise<PlaceView> =>
  present((await run.call<PlacesView>('place.state', { laneId })).places[0], 'a place')
const charge = (laneId = 'handheld') =>
  runToEnd(['place', 'charge', '--data', dir, '--lane', laneId, '--plate', car.plate, ...said])
const walkTo = (knobs: Record<string, unknown>) => gnss.admin('POST', '/position', knobs)
const bar = (wanted: PlaceView['bar']) => eventually(state, (place) => place.bar === wanted)
interface Card {
  readonly cardNo: string
  readonly debits: readonly { readonly amountFen: number }[]
}
const debits = async () =>
  (await rsu.admin<{ cards: Card[] }>('GET', '/books')).cards.flatMap((card) => card.debits)
const c6 = async () => {
  const { entries } = await rsu.admin<{ entries: { kind: string; text: string }[] }>('GET', '/log')
  return entries.length
}

/** The lot of the world, with a handheld and a pile that share one antenna each. */
function addPlaces(handheld: string, pile: string): void {
  const file = join(dir, 'lot.json')
  const lot = JSON.parse(readFileSync(file, 'utf8')) as { lanes: unknown[] }
  const devices = { camera: null, barrier: null, display: null, direction: 'exit' }
  const fence = { shape: 'circle', center, radiusM: 12 }
  lot.lanes.push(
    {
      ...{ id: 'handheld', name: { zh: '手持机', en: 'Handheld' }, ...devices, rsu: handheld },
      place: { kind: 'handheld', fence, gnss: gnss.endpoints.link, marginM: 5, staleSec: 5 },
    },
    {
      ...{ id: 'pile-a12', name: { zh: '识别桩', en: 'Pile' }, ...devices, rsu: pile },
      place: { kind: 'etc-pile', space: 'A12', position: { ...center, accuracyM: 1 }, fence },
    },
  )
  writeFileSync(file, JSON.stringify(lot))
}

async function start(name: string, ...more: string[]): Promise<SimProcess> {
  const shared = ['--listen', 'tcp://127.0.0.1:0', '--admin', 'http://127.0.0.1:0']
  const timing = ['--timing', 'instant']
  return startSimProcess(name, [...shared, ...timing, ...more], spawnLauncher(programFile))
}

let pileRsu: SimProcess
beforeAll(async () => {
  await world.startDevices()
  await world.startCameras(() => 'http://127.0.0.1:9/camera')
  ;[rsu, pileRsu, gnss] = await Promise.all([
    start('rsu-sim', '--variant', 'generic-len', '--books', join(dir, 'handheld.jsonl')),
    start('rsu-sim', '--variant', 'generic-bcc', '--books', join(dir, 'pile.jsonl')),
    start('position-sim'),
  ])
  await walkTo(center)
  addPlaces(
    `${rsu.endpoints.link ?? ''}?variant=generic-len`,
    `${pileRsu.endpoints.link ?? ''}?variant=generic-bcc`,
  )
  run = new Program(['run', '--data', dir, '--timing', 'instant'])
  const { intake } = await run.ready()
  for (const [laneId, { camera }] of world.lanes)
    await camera?.admin('POST', '/target', { url: intake[laneId] })
  await entered()
  await eventually(
    () => run.call<BoardView>('board.get'),
    ({ lanes }) => lanes.every((one) => one.devices.rsu.state !== 'down'),
  )
})
afterAll(async () => {
  await cleanUp()
  await Promise.all([rsu, pileRsu, gnss].map((sim) => sim.kill()))
  await world.stop()
})

/** The car comes in by the entry, as any car. */
async function entered(): Promise<void> {
  const { barrier, camera } = world.sims('entry')
  const lane = async () =>
    present(
      (await run.call<BoardView>('board.get')).lanes.find(({ laneId }) => laneId === 'entry'),
      'an entry',
    )
  await eventually(lane, (one) => one.barrier.arrive === 'off')
  await barrier.admin('POST', '/inputs', { loopArrive: true, loopUnder: false })
  await camera?.admin('POST', '/plates', { plate: car.plate, colour: car.colour, confidence: 97 })
  await eventually(lane, (one) => one.barrier.position === 'open')
  await barrier.admin('POST', '/inputs', { loopArrive: false, loopUnder: true })
  await eventually(lane, (one) => one.barrier.under === 'on')
  await barrier.admin('POST', '/inputs', { loopArrive: false, loopUnder: false })
  await eventually(lane, (one) => one.state === 'idle')
}

test('look', async () => {
  console.log(JSON.stringify(await run.call('place.state', {}), null, 1))
  await rsu.admin('POST', '/cars', { ...car.obu, stayMs: 600_000 })
  const answer = await charge()
  console.log(JSON.stringify(answer.json), answer.stderr)
  console.log(await debits(), await c6(), run.stderr)
  await walkTo(outside)
  await bar('outside')
  console.log((await charge()).json)
  void checkInvariants, verdictOn, ledgerRows
})
