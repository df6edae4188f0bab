// The booth at night in the real window: what an attendant needs is on one screen at 1024 x 600, a car without an entry is
// picked by a digit, a day by the keys of the calendar, and a row of a filtered list is acted on without a pointer.
// Takes pictures for review.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { BoardView } from '#lane/calls/views.ts'
import { eventually } from '../kit/eventually.ts'
import { boards, car, entryLane, isoAt, lane, steps } from '../renderer/pages/lane/lane-views.ts'
import { seatOf } from '../renderer/kit/scripted-lot.ts'
import { startScripted, type ScriptedRuntime } from './scripted-runtime.ts'
import {
  goTo,
  removeFolder,
  setLooks,
  setSize,
  shotsDir,
  startStudio,
  tempFolder,
  type Studio,
} from './studio.ts'

const home = tempFolder()
let runtime: ScriptedRuntime | undefined
let started: Studio | undefined
let studio: Studio
let scripted: ScriptedRuntime['lot']

const at = (name: string): Locator => studio.page.locator(`[data-test="${name}"]`)
const field = (name: string): Locator => studio.page.locator(`[name="${name}"]`)
const press = (...keys: readonly string[]): Promise<void> =>
  keys.reduce(
    (before, key) => before.then(() => studio.page.keyboard.press(key)),
    Promise.resolve(),
  )
const shot = (name: string): Promise<unknown> =>
  studio.page.screenshot({ path: join(shotsDir, `booth-${name}.png`) })

const candidate = (plate: string, score: number, dueFen: number) => ({
  stayId: `S-${plate}`,
  plate,
  colour: 'blue',
  enteredAtIso: isoAt('08:02:11'),
  laneId: 'entry',
  photoId: null,
  score,
  parts: [{ word: 'alike', points: 10, args: { at: 7, read: '6', known: '5' } }] as const,
  dueFen,
})
const noEntry = car({
  manual: 'noStay',
  plate: '测A12346',
  plateRaw: '测A12346',
  stayId: null,
  orderId: null,
  enteredAtIso: null,
  stayMin: null,
  amountFen: 0,
  dueFen: 0,
  lines: [],
  candidates: [candidate('测A12345', 84, 1_200), candidate('测A12B46', 60, 700)],
})
const cars = {
  'of a car that pays': [lane({ state: 'searching', car: car(), steps: steps([0, 118, 121]) })],
  'of a car without an entry': [
    lane({ state: 'manual', car: noEntry, steps: steps([0, 118], 'failed', 'noStay') }),
  ],
  'of an empty lane': [lane()],
} as const
const boardOf = (lanes: BoardView['lanes']): BoardView => ({
  ...boards.normal,
  lanes: [...lanes, entryLane()],
})

const looks = [
  [{ language: 'en', theme: 'dark' }, 1024, 600],
  [{ language: 'zh', theme: 'light' }, 1366, 768],
] as const
async function show(size: 0 | 1): Promise<string> {
  const [look, width, height] = looks[size]
  await setLooks(studio.page, { ...look, attendant: '测试员' })
  await setSize(studio, width, height)
  return `${look.language}-${width}`
}

beforeAll(async () => {
  mkdirSync(shotsDir, { recursive: true })
  const dir = join(home, 'data')
  runtime = await startScripted(dir)
  scripted = runtime.lot
  started = await startStudio({ dir: home, args: ['--attach', dir] })
  studio = started
})
afterAll(async () => {
  await started?.close()
  await runtime?.close()
  removeFolder(home)
})

describe.each(Object.entries(cars))('the board %s', (what, lanes) => {
  it.each([0, 1] as const)('has line, picture, car and acts in sight (%i)', async (size) => {
    scripted.show(boardOf(lanes))
    const name = await show(size)
    await goTo(studio.page, 'lane')
    await at('strip-shift').waitFor()
    const wanted = [at('strip'), studio.page.locator('.main .picture'), at('open'), at('settle')]
    const seen = lanes[0].car === null ? at('last-plate') : at('plate')
    const bottom = looks[size][2]
    for (const one of [...wanted, seen, at('correct-plate')]) {
      const box = await one.boundingBox()
      expect(box?.y).toBeGreaterThan(0)
      expect((box?.y ?? bottom) + (box?.height ?? 0)).toBeLessThanOrEqual(bottom)
    }
    // Nor is the picture below the edge of its column.
    const [left, picture] = [studio.page.locator('.left'), wanted[1]]
    const [column, drawn] = [await left.boundingBox(), await picture?.boundingBox()]
    const end = (column?.y ?? 0) + (column?.height ?? 0)
    expect((drawn?.y ?? end) + (drawn?.height ?? 1)).toBeLessThanOrEqual(end)
    await shot(`${what.replaceAll(' ', '-')}-${name}`)
  })
})

describe.each([0, 1] as const)('by keys alone (%i)', (size) => {
  let name = ''
  beforeEach(async () => {
    scripted.show(boardOf(cars['of a car without an entry']))
    scripted.seat = seatOf('owner')
    name = await show(size)
  })

  it('the car without an entry is picked by F2 and a digit', async () => {
    await goTo(studio.page, 'lane')
    await at('plate').waitFor()
    await press('F2')
    await at('candidates').waitFor()
    // The first car has the focus once the dialog is open.
    await eventually(() => studio.page.evaluate('document.activeElement?.name')).toBe('candidate')
    await press('2')
    await eventually(() => at('do').innerText()).toContain('测A·12B46')
    await shot(`candidates-${name}`)
    const before = scripted.sent('lane.correctPlate').length
    await press('Enter')
    await eventually(() => scripted.sent('lane.correctPlate').length).toBe(before + 1)
    expect(scripted.argsOf('lane.correctPlate').at(-1)).toMatchObject({ stayId: 'S-测A12B46' })
    await at('candidates').waitFor({ state: 'detached' })
  })

  it('a day is taken from the calendar, and Esc leaves the dialog open', async () => {
    await goTo(studio.page, 'coupons')
    await at('issue').click()
    await field('until').focus()
    await press('Alt+ArrowDown')
    await at('calendar').waitFor()
    await press('PageDown', 'ArrowRight')
    await shot(`calendar-${name}`)
    const [box, grid] = [await field('until').boundingBox(), await at('calendar').boundingBox()]
    const [, width, height] = looks[size]
    expect((grid?.x ?? width) + (grid?.width ?? 0)).toBeLessThanOrEqual(width)
    expect((grid?.y ?? height) + (grid?.height ?? 0)).toBeLessThanOrEqual(height)
    // It stands at its field.
    expect(Math.abs((grid?.x ?? 0) - (box?.x ?? 0))).toBeLessThan(400)
    await press('Enter')
    expect(await field('until').inputValue()).toBe('2026-04-15')
    await press('Alt+ArrowDown', 'ArrowLeft', 'Escape')
    await at('calendar').waitFor({ state: 'detached' })
    expect(await field('until').inputValue()).toBe('2026-04-15')
    await at('end-oneYear').click()
    expect(await field('until').inputValue()).toBe('2027-03-13')
    await shot(`phrases-${name}`)
    await press('Escape')
    await field('until').waitFor({ state: 'detached' })
  })

  it('a filtered list keeps its search, its row and the act in sight', async () => {
    await goTo(studio.page, 'members')
    const search = field('search')
    await search.fill('测')
    const row = studio.page.locator('tbody tr').first()
    await shot(`list-${name}`)
    const act = row.locator('td').last().locator('button').last()
    for (const one of [search, act]) {
      const box = await one.boundingBox()
      expect((box?.x ?? 9_999) + (box?.width ?? 0)).toBeLessThanOrEqual(looks[size][1])
      expect((box?.y ?? 9_999) + (box?.height ?? 0)).toBeLessThanOrEqual(looks[size][2])
    }
    await search.focus()
    await press('ArrowDown')
    const isRow = (): Promise<unknown> =>
      studio.page.evaluate('document.activeElement?.matches("tbody tr:first-child")')
    await eventually(isRow).toBe(true)
    await studio.page.locator('[data-test="columns"] summary').click()
    await field('column-areas').uncheck()
    expect(await studio.page.locator('thead th').count()).toBe(8)
    await shot(`columns-${name}`)
    await field('column-areas').check()
  })
})

it.each(['inbox', 'points', 'members'] as const)('the list %s on a wide screen', async (id) => {
  await setLooks(studio.page, { language: 'zh', theme: 'light' })
  await setSize(studio, 2560, 1440)
  await goTo(studio.page, id)
  const table = studio.page.locator('table.rows').first()
  await table.waitFor()
  const count = await table.locator('thead th').count()
  const { width = 0 } = (await table.boundingBox()) ?? {}
  if (count <= 6) expect(width).toBeLessThanOrEqual(1200)
  await shot(`wide-${id}`)
})
