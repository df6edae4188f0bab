// The rows of the start page in the real window, each pressed and checked for what it opens; and what "open" says of a
// folder that is not a car park, that runs already, or that another Studio uses. Uses the real network.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { randomInt } from 'node:crypto'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { BoardView } from '#lane/calls/views.ts'
import { demoTariff } from '#money/tariff/demo-tariff.ts'
import { eventually } from '../kit/eventually.ts'
import { cleanUp, Program, runToEnd } from '../wire/kit/live-program.ts'
import { removeFolder, shotsDir, startStudio, tempFolder, type Studio } from './studio.ts'

const dir = tempFolder()
const lot = join(dir, 'lot')
/** A name and number that no other run on this network announces. */
const number = String(randomInt(100_000)).padStart(5, '0')
const [name, lotId] = [`城东停车场${number}`, `GX${number}`]
/** A lot whose lanes a person opened, on this checkout's Electron. */
const env = { ETC_LANE_ELECTRON_KIND: 'official' }
let studio: Studio
let other: Studio | null = null

const named = (name: string) => studio.page.locator(`[data-test="${name}"]`)
const row = (what: string) => named(`start-${what}`)
const chooses = (folder: string | null): Promise<void> =>
  studio.app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = () =>
      Promise.resolve({ canceled: path === null, filePaths: path === null ? [] : [path] })
  }, folder)
const board = async (): Promise<BoardView> => {
  const answer = (await studio.page.evaluate(`lane.call('board.get', {})`)) as { data: BoardView }
  return answer.data
}
/** Goes back to the start page by the menu. */
async function startsAnew(): Promise<void> {
  await studio.app.evaluate(({ dialog, Menu }) => {
    dialog.showMessageBox = () => Promise.resolve({ response: 1, checkboxChecked: false })
    Menu.getApplicationMenu()?.getMenuItemById('start-page')?.click()
  })
  await row('demo').waitFor()
}
const shot = (name: string) => studio.page.screenshot({ path: join(shotsDir, `${name}.png`) })

beforeAll(async () => {
  mkdirSync(shotsDir, { recursive: true })
  const tariff = join(dir, 'tariff.json')
  writeFileSync(tariff, JSON.stringify(demoTariff))
  const names = ['--name', name, '--lot-id', lotId, '--node-id', 'n1']
  const real = ['--mode', 'production', '--charge', 'card', '--tariff', tariff, ...names]
  expect((await runToEnd(['lot', 'init', '--data', lot, ...real])).code).toBe(0)
  studio = await startStudio({ dir, env })
  await row('demo').waitFor()
})
afterEach(async () => {
  await other?.close()
  other = null
  await cleanUp()
})
afterAll(async () => {
  await studio.close()
  removeFolder(dir)
})

it('"see the demo" opens two simulated lanes that hear their devices', async () => {
  await row('demo').click()
  await studio.page.locator('.mode.demo').waitFor()
  await eventually(async () =>
    (await board()).lanes.map(({ laneId }) => laneId).toSorted(),
  ).toEqual(['entry', 'exit'])
  await eventually(async () =>
    (await board()).lanes.every(({ devices }) => devices.barrier.state === 'up'),
  ).toBe(true)
  await startsAnew()
})

it('"connect a device" opens the search for devices, without any lane', async () => {
  await row('device').click()
  await studio.page.locator('.mode.workbench').waitFor()
  await named('search').waitFor()
  await named('network').waitFor()
  expect((await board()).lanes).toEqual([])
  await startsAnew()
})

it('"open a car park": no folder, a folder of something else, and a car park, which is one press away then', async () => {
  await chooses(null)
  await row('open').click()
  await row('open').isEnabled()
  expect(await named('no-lot').count()).toBe(0)
  const papers = join(dir, 'papers')
  mkdirSync(papers)
  writeFileSync(join(papers, 'letter.txt'), 'x')
  await chooses(papers)
  await row('open').click()
  await eventually(() => named('no-lot').innerText()).toContain(`${papers} 里没有停车场`)
  await shot('start-no-lot')
  expect(readdirSync(papers)).toEqual(['letter.txt'])
  await chooses(lot)
  await row('open').click()
  await studio.page.locator('.mode.live').waitFor()
  expect(await studio.page.locator('.top .lot').innerText()).toContain(name)
  expect((await board()).lanes).toHaveLength(2)
  await startsAnew()
  await row('open').getByText('这台电脑上的 1 个').waitFor()
  await row('known').click()
  await studio.page.locator('.mode.live').waitFor()
  await startsAnew()
})

it('a car park whose lanes run already is looked at, and runs on', async () => {
  const run = new Program(['run', '--data', lot])
  await run.ready()
  await row('known').click()
  await studio.page.locator('.mode.live').waitFor()
  expect((await board()).lanes).toHaveLength(2)
  await startsAnew()
  expect(run.child.exitCode).toBeNull()
  expect(await run.call('board.get')).toMatchObject({ lanes: [{}, {}] })
  expect(await run.stop()).toBe(0)
})

it('a car park that another Studio of this machine has is opened by neither twice', async () => {
  const home = join(dir, 'other')
  mkdirSync(home)
  other = await startStudio({ dir: home, args: ['--data', lot], env })
  await other.page.locator('.mode.live').waitFor()
  const before = readFileSync(join(lot, 'run', 'runtime.json'), 'utf8')
  await row('known').click()
  await studio.page.locator('.mode.live').waitFor()
  expect((await board()).lanes).toHaveLength(2)
  expect(readFileSync(join(lot, 'run', 'runtime.json'), 'utf8')).toBe(before)
  // The window that only watches leaves the lanes to the other one.
  await startsAnew()
  await other.page.locator('.mode.live').waitFor()
  expect(readFileSync(join(lot, 'run', 'runtime.json'), 'utf8')).toBe(before)
})

it('the network is asked by a press: the car park that tells of itself is named, with where to open it', async () => {
  const card = Object.values(networkInterfaces())
    .flatMap((all) => all ?? [])
    .find(({ internal, family }) => !internal && family === 'IPv4')?.address
  if (card === undefined) {
    // A machine without a network card says so.
    await row('nearby').click()
    await named('nearby-no-cards').waitFor()
    return
  }
  await new Program(['run', '--data', lot, '--announce', card]).ready()
  const mine = named('nearby-lot').filter({ hasText: `${lotId} · ${card}` })
  // It first asks whether its name is taken.
  await eventually(async () => {
    await row('nearby').click()
    await named('nearby-count').or(named('nearby-none')).waitFor()
    return mine.count()
  }).toBe(1)
  expect(await mine.innerText()).toContain(`${name} n1`)
  expect(await named('nearby').innerText()).toContain('到那台电脑上打开')
  await shot('start-nearby')
})
