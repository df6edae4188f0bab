// The built window shows the demo lot, and a person opens a boom in it: what the window says is checked with the
// runtime, the simulated boom and the ledger.
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { BoardView, StatusView } from '#lane/calls/views.ts'
import { admin, callOk, endpointsOf } from '../e2e/demo-sims.ts'
import { removeFolder, setLooks, startStudio, tempFolder, type Studio } from '../e2e/studio.ts'
import { eventually } from '../kit/eventually.ts'
import { ledgerRows } from '../wire/kit/ledger-rows.ts'
import { runToEnd } from '../wire/kit/live-program.ts'

const attendant = '值班员甲'
const dir = tempFolder()
const data = join(dir, 'data')
let studio: Studio
let page: Page

const at = (name: string): Locator => page.locator(`[data-test="${name}"]`)
const opens = async (): Promise<readonly number[]> => {
  const { entry, exit } = endpointsOf(data).sims
  const states = [entry, exit].map(({ barrier }) =>
    admin<{ opens: number }>(barrier, 'GET', '/state'),
  )
  return (await Promise.all(states)).map((state) => state.opens)
}

beforeAll(async () => {
  studio = await startStudio({ dir, args: ['--demo', '--data', data] })
  page = studio.page
  await at('open').waitFor()
  await setLooks(page, { language: 'zh', theme: 'light', attendant })
})
afterAll(async () => {
  await studio.close()
  removeFolder(dir)
})

it('shows the demo as the runtime has it', async () => {
  const { mode, inside } = await callOk<StatusView>(page, 'status.get')
  expect(mode).toBe('demo')
  expect(await page.title()).toBe('ETC Lane Studio')
  expect(await page.locator('.mode').innerText()).toBe('演示')
  await eventually(() => page.locator('.inside').innerText()).toContain(String(inside))
  await eventually(() => callOk<BoardView>(page, 'board.get')).toMatchObject({
    lanes: ['entry', 'exit'].map((laneId) => ({
      laneId,
      state: 'idle',
      barrier: { position: 'closed' },
    })),
  })
})

/** Submits the dialog until the boom was seen open; returns the number of acts. */
async function open(): Promise<number> {
  let acts = 0
  await page.keyboard.press('F8')
  await page.locator('input[name="reason"]').first().check()
  const look = async (): Promise<number> => {
    // The boom was not seen open in time: the dialog says so, and the next try is a new act.
    if (acts === 0 || (await at('open-end').count()) > 0) {
      acts++
      await at('do').click()
      await at('open-waits').waitFor({ state: 'detached' })
    }
    return at('do').count()
  }
  await eventually(look, { what: 'the dialog is closed' }).toBe(0)
  return acts
}

it('opens the boom of the exit by its dialog, with who and why', async () => {
  const [entry = 0, exit = 0] = await opens()
  const acts = await open()
  expect(await opens()).toEqual([entry, exit + 1])
  const rows = ledgerRows(data)
  const passes = rows.flatMap((row) => (row.kind === 'pass' ? [row] : []))
  expect(passes).toHaveLength(acts)
  for (const { laneId, body } of passes)
    expect({ laneId, ...body }).toMatchObject({
      laneId: 'exit',
      cause: 'emergency',
      by: attendant,
      reason: expect.stringMatching(/./) as string,
    })
  const told = rows.flatMap((row) => (row.kind === 'barrier' ? [row.body.passId] : []))
  expect(told).toEqual(passes.map(({ body }) => body.passId))
  const audit = await runToEnd(['audit', 'verify', '--data', data])
  expect(audit).toMatchObject({ code: 0, json: { ok: true, byPerson: { [attendant]: acts } } })
})

it('its ledger verifies', async () => {
  expect(await callOk(page, 'ledger.verify')).toMatchObject({ ok: true, chain: 'ok', faults: [] })
})
