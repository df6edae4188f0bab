// A handheld in the real window on a separately running lane: outside its fence no charge is offered,
// inside it a car is charged once, even though the window is closed meanwhile; ledger and card agree to the fen.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { PlacesView } from '#lane/calls/place-views.ts'
import type { BoardView } from '#lane/calls/views.ts'
import { versionOne } from '../firmware-runtime/money/pure/billing/version-1.ts'
import { LotHarness } from '#harness/lot/lot-harness.ts'
import { spawnLauncher, startSimProcess, type SimProcess } from '#harness/lot/sim-process.ts'
import { present } from '#base/pure/values/must.ts'
import { carMaker, trafficMixes } from '#simulators/traffic/cars.ts'
import { eventually } from '../kit/eventually.ts'
import { cleanUp, Program, programFile } from '../wire/kit/live-program.ts'
import { callOk } from './demo-sims.ts'
import {
  removeFolder,
  setLooks,
  setSize,
  shotsDir,
  startStudio,
  tempFolder,
  type Studio,
  goTo,
} from './studio.ts'

const dir = tempFolder()
const lotDir = join(dir, 'lot')
const harness = new LotHarness({
  dir: lotDir,
  charge: 'card',
  offline: 'other-payment',
  variant: 'generic-ver',
  timing: 'instant',
  seed: 1,
  capacity: 10,
  rsuLink: 'tcp',
  tariff: JSON.stringify({ ...versionOne, freeMin: 0 }),
  program: programFile,
})
const car = carMaker(trafficMixes.clean, 3).next()
const center = { latMicrodeg: 22_817_000, lonMicrodeg: 108_366_000 }
/** 16 m north of a fence of 12 m, and near enough to be reached on foot between two reports. */
const outside = { latMicrodeg: 22_817_145 }
const priceFen = 300
let rsu: SimProcess
let gnss: SimProcess
let run: Program
let studio: Studio
let page: Page
const at = (name: string): Locator => page.locator(`[data-test="${name}"]`)
const stand = (knobs: object): Promise<unknown> => gnss.admin('POST', '/position', { ...knobs })

const startSim = (name: string, ...more: string[]): Promise<SimProcess> =>
  startSimProcess(
    name,
    [
      ...['--listen', 'tcp://127.0.0.1:0', '--admin', 'http://127.0.0.1:0'],
      ...['--timing', 'instant', ...more],
    ],
    spawnLauncher(programFile),
  )

function addHandheld(): void {
  const file = join(lotDir, 'lot.json')
  const lot = JSON.parse(readFileSync(file, 'utf8')) as { lanes: unknown[] }
  lot.lanes.push({
    id: 'handheld',
    name: { zh: '手持机', en: 'Handheld' },
    direction: 'exit',
    camera: null,
    barrier: null,
    display: null,
    rsu: `${rsu.endpoints.link ?? ''}?variant=generic/rsu-frames`,
    place: {
      kind: 'handheld',
      gnss: gnss.endpoints.link,
      marginM: 5,
      staleSec: 5,
      fence: { shape: 'circle', center, radiusM: 12 },
    },
  })
  writeFileSync(file, JSON.stringify(lot))
}

/** Enters by the entry, like any car. */
async function enters(): Promise<void> {
  const { barrier, camera } = harness.sims('entry')
  const entry = async () => {
    const { lanes } = await run.call<BoardView>('board.get')
    return present(
      lanes.find(({ laneId }) => laneId === 'entry'),
      'the entry',
    )
  }
  const loops = (loopArrive: boolean, loopUnder: boolean) =>
    barrier.admin('POST', '/inputs', { loopArrive, loopUnder })
  await eventually(entry, (one) => one.barrier.arrive === 'off')
  await loops(true, false)
  await camera?.admin('POST', '/plates', { plate: car.plate, colour: car.colour, confidence: 97 })
  await eventually(entry, (one) => one.barrier.position === 'open')
  await loops(false, true)
  await eventually(entry, (one) => one.barrier.under === 'on')
  await loops(false, false)
  await eventually(entry, (one) => one.state === 'idle' && one.barrier.position === 'closed')
}

interface Card {
  readonly cardNo: string
  readonly debits: readonly { amountFen: number }[]
}
const debits = async (): Promise<readonly number[]> => {
  const { cards } = await rsu.admin<{ cards: Card[] }>('GET', '/books')
  return cards.flatMap((card) => card.debits.map(({ amountFen }) => amountFen))
}
const deductions = async () => {
  const { rows } = await callOk<{ rows: { amountFen: number; state: string; plate: string }[] }>(
    page,
    'ledger.query',
    { kind: 'deduction', lane: 'handheld' },
  )
  return rows.map(({ plate, amountFen, state }) => ({ plate, amountFen, state }))
}

async function openPlaces(): Promise<void> {
  await goTo(page, 'places')
  await at('fence').waitFor()
}

beforeAll(async () => {
  await harness.startDevices()
  const simArgs = ['--variant', 'generic-bcc', '--books', join(lotDir, 'handheld.jsonl')]
  ;[rsu, gnss] = await Promise.all([
    startSim('rsu-sim', ...simArgs),
    startSim('position-sim'),
    harness.startCameras(() => 'http://127.0.0.1:9/camera'),
  ])
  await stand(outside)
  addHandheld()
  run = new Program(['run', '--data', lotDir])
  const { intake } = await run.ready()
  for (const [laneId, { camera }] of harness.lanes)
    await camera?.admin('POST', '/target', { url: intake[laneId] })
  ;[studio] = await Promise.all([startStudio({ dir, args: ['--attach', lotDir] }), enters()])
  page = studio.page
  await setSize(studio, 1024, 600)
  await setLooks(page, { language: 'zh', theme: 'light', attendant: '收费员' })
  await openPlaces()
})
afterAll(async () => {
  await studio.close()
  await cleanUp()
  await Promise.all([rsu, gnss].map((sim) => sim.kill()))
  await harness.stop()
  removeFolder(dir)
})

it('outside its fence: told why, nothing to press, and a call of one’s own is refused', async () => {
  await eventually(() => at('verdict').innerText()).toContain('在围栏外')
  expect(await at('barred').innerText()).toContain('PLACE-01')
  await page.locator('input[name="plate"]').fill(car.plate)
  await eventually(() => at('due').innerText()).toBe('¥ 3.00')
  expect(await at('charge').isDisabled()).toBe(true)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+Enter')
  expect(await page.locator('.el-dialog').count()).toBe(0)
  await page.screenshot({ path: join(shotsDir, 'places-outside.png') })
  const who = { commandId: 'by-hand-0001', by: '收费员', reason: '巡场' }
  const own = { laneId: 'handheld', plate: car.plate, amountFen: priceFen, ...who }
  await expect(callOk(page, 'place.charge', own)).rejects.toThrow('PLACE-01')
  expect(await deductions()).toEqual([])
  expect(await debits()).toEqual([])
})

it('inside it charges once, over a window that is closed meanwhile, and all agree to the fen', async () => {
  await stand(center)
  await eventually(() => at('verdict').innerText()).toContain('在围栏内')
  await page.locator('input[name="plate"]').press('Enter')
  await eventually(() => at('spelled').innerText()).toContain('叁元整')
  await page.locator('input[name="reason"]:focus').waitFor()
  await page.keyboard.press('Enter')
  await page.locator('[data-test="place-car"][data-state="searching"]').waitFor()
  // The window closes while the antenna searches; the car arrives before the window is back.
  await page.reload()
  await rsu.admin('POST', '/cars', { ...car.obu, stayMs: 600_000 })
  await openPlaces()
  await eventually(() => at('last-car').innerText()).toContain('已扣 ¥ 3.00')
  expect(await deductions()).toEqual([{ plate: car.plate, amountFen: priceFen, state: 'paid' }])
  expect(await debits()).toEqual([priceFen])
  const row = at('charges').locator('tbody tr')
  await eventually(() => row.count()).toBe(1)
  expect(await row.innerText()).toContain('¥ 3.00')
  expect(await row.innerText()).toContain('已扣费')
  await page.locator('input[name="plate"]').fill(car.plate)
  await eventually(() => at('free').innerText()).toContain('已用 ETC 付清')
  expect(await at('charge').isDisabled()).toBe(true)
  await page.screenshot({ path: join(shotsDir, 'places-charged.png') })
  const { places } = await callOk<PlacesView>(page, 'place.state')
  expect(places).toMatchObject([{ state: 'idle', last: { paidFen: priceFen, deduction: 'paid' } }])
})
