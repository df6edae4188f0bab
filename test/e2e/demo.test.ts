// The real window on the real demo: cars made through the simulators' admin ports appear on screen
// and leave; network and power fail and come back; closing mentions unsent records.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DemoState } from '#runtime/calls/demo.ts'
import type { BoardView, StatusView } from '#lane/calls/views.ts'
import {
  admin,
  driveOut,
  endpointsOf,
  insidePlate,
  loops,
  picture,
  randomCar,
  randomPlate,
  callOk,
  untilBoom,
} from './demo-sims.ts'
import { pictureDigest, pictureFile, pictureNote, screenDigest } from '../docs/kept-picture.ts'
import { eventually } from '../kit/eventually.ts'
import { readTree } from '../tidy/tree.ts'
import {
  removeFolder,
  root,
  setLooks,
  setSize,
  shotsDir,
  startStudio,
  tempFolder,
  type Studio,
  goTo,
} from './studio.ts'

const full = process.env['ETC_LANE_SCALE'] === 'full'
const dir = tempFolder()
const dataDir = join(dir, 'data')
let studio: Studio
let page: Page
const at = (name: string): Locator => page.locator(`[data-test="${name}"]`)
const sims = () => endpointsOf(dataDir).sims
const laneState = (state: string): Promise<void> =>
  page.locator(`[data-test="lane-state"][data-state="${state}"]`).waitFor()
const shownPlate = (plate: string): string => `${plate.slice(0, 2)}·${plate.slice(2)}`
const yuan = (fen: number): string => `¥ ${(fen / 100).toFixed(2)}`

beforeAll(async () => {
  studio = await startStudio({ dir, args: ['--demo', '--data', dataDir] })
  page = studio.page
  await at('open').waitFor()
  await setLooks(page, { language: 'zh', theme: 'light', attendant: '测试员' })
})

afterAll(async () => {
  await studio.close()
  removeFolder(dir)
})

async function arrive(lane: 'entry' | 'exit', plate: string): Promise<void> {
  await untilBoom(sims()[lane], 'closed')
  await loops(sims()[lane], true, false)
  await picture(sims()[lane], plate)
}

/** The picture of README.md, and the hash of its sources. */
async function takePicture(): Promise<void> {
  await setSize(studio, 1366, 768)
  await page.screenshot({ path: join(root, pictureFile) })
  const note = { picture: pictureDigest(root), madeFrom: screenDigest(readTree()) }
  writeFileSync(join(root, pictureNote), `${JSON.stringify(note, null, 2)}\n`)
}

async function network(up: boolean): Promise<void> {
  await at('demo').click()
  await at('network').click()
  await page.keyboard.press('Escape')
  await page.locator('.el-overlay').waitFor({ state: 'hidden' })
  await eventually(async () => (await callOk<DemoState>(page, 'demo.state')).networkUp).toBe(up)
}

/** The lot's own view of its network, from calls that were answered or not. */
const networkSeen = async (): Promise<string> =>
  (await callOk<StatusView>(page, 'status.get')).network

/** Other payment in cash through the dialog, as an attendant does it. */
async function payOtherwise(): Promise<void> {
  await page.keyboard.press('F9')
  await page.locator('input[name="reason"]').first().check()
  await at('do').click()
  await at('do').waitFor({ state: 'detached' })
}

describe('the window on the demo lot', () => {
  it('opens on the demo and says so', async () => {
    expect(await page.locator('.mode').innerText()).toBe('演示')
    expect(await page.title()).toBe('ETC Lane Studio')
    const status = await callOk<StatusView>(page, 'status.get')
    expect(status.mode).toBe('demo')
    expect(await page.locator('.inside').innerText()).toContain(String(status.inside))
  })

  it('shows a random plate at the entry and lets the car in', async () => {
    const plate = randomPlate()
    await arrive('entry', plate)
    await at('lane-entry').getByText(shownPlate(plate)).waitFor()
    await driveOut(page, 'entry', sims().entry)
    await page.locator('.last').getByText(shownPlate(plate)).waitFor()
    const { rows } = await callOk<{ rows: unknown[] }>(page, 'ledger.query', {
      kind: 'stay',
      plate,
    })
    expect(rows).toHaveLength(1)
  })

  it('charges a car by ETC: plate, amount and balance on screen are those of the platform', async () => {
    const plate = await insidePlate(page)
    const car = randomCar(plate)
    const rsu = sims().exit.rsu
    if (rsu === null) throw new Error('the exit has an RSU')
    await admin(rsu, 'POST', '/cars', car)
    await arrive('exit', plate)
    await laneState('opening')
    expect(await at('plate').innerText()).toBe(shownPlate(plate))
    expect(await at('balance').innerText()).toContain(yuan(car.balanceFen))
    const records = await admin<{ rows: { realFee: number; status: string }[] }>(
      endpointsOf(dataDir).platform,
      'GET',
      '/books?kind=exit-charges',
    )
    const charged = records.rows.at(-1)
    expect(await at('amount').innerText()).toBe(yuan(Number(charged?.realFee)))
    if (process.env['ETC_LANE_WRITE_DOCS'] === '1') await takePicture()
    await driveOut(page, 'exit', sims().exit)
    await admin(rsu, 'DELETE', `/cars/${car.obuId}`)
    await laneState('idle')
    await page.locator('.last').getByText(shownPlate(plate)).waitFor()
  })

  it('tries a new power on the page of devices: taken back by hand, then kept by a car', async () => {
    const rsu = sims().exit.rsu
    if (rsu === null) throw new Error('the exit has an RSU')
    const powerStep = async (): Promise<unknown> =>
      (await admin<Record<string, unknown>>(rsu, 'GET', '/state'))['powerStep']
    const write = async (power: string, way: 'keys' | 'difference'): Promise<void> => {
      await page.locator('input[name="powerStep"]').fill(power)
      await eventually(() => at('changes').innerText()).toBe('要改 1 项')
      if (way === 'keys') await page.keyboard.press('Control+Enter')
      else {
        await page.keyboard.press('Control+d')
        await at('diff').waitFor()
        await page.screenshot({ path: join(shotsDir, 'demo-difference.png') })
        // Viewing the difference has written nothing.
        expect(await powerStep()).toBe(8)
        await at('diff-write').click()
      }
      await page.locator('input[name="reason"]').first().check()
      await at('do').click()
      await at('trial').waitFor()
      await eventually(powerStep).toBe(Number(power))
    }
    await untilBoom(sims().exit, 'closed')
    await goTo(page, 'devices')
    await write('12', 'keys')
    await page.screenshot({ path: join(shotsDir, 'demo-trial.png') })
    await at('take-back').click()
    await page.locator('input[name="reason"]').nth(2).check()
    await at('do').click()
    await page.getByText('上次写入已撤回').waitFor()
    await eventually(powerStep).toBe(8)
    await write('11', 'difference')
    const plate = await insidePlate(page)
    const car = randomCar(plate)
    await admin(rsu, 'POST', '/cars', { ...car, needsPowerStep: 10 })
    await arrive('exit', plate)
    await page.getByText('上次写入已保留').waitFor()
    expect(await powerStep()).toBe(11)
    await page.locator('nav a').first().click()
    await laneState('opening')
    await driveOut(page, 'exit', sims().exit)
    await admin(rsu, 'DELETE', `/cars/${car.obuId}`)
    await laneState('idle')
  })

  it('opens by hand only with a name and a reason, and the ledger keeps both', async () => {
    await untilBoom(sims().exit, 'closed')
    await page.keyboard.press('F8')
    await at('do').click()
    await page.getByText('请选择或填写原因').waitFor()
    await page.locator('input[name="reason"]').nth(1).check()
    await at('do').click()
    await at('do').waitFor({ state: 'detached' })
    await untilBoom(sims().exit, 'open')
    const { rows } = await callOk<{ rows: { type: string; detail: string }[] }>(
      page,
      'ledger.query',
      { kind: 'event', limit: 1000 },
    )
    expect(
      rows.some((row) => row.detail.includes('测试员') && row.detail.includes('设备故障')),
    ).toBe(true)
    await driveOut(page, 'exit', sims().exit)
  })

  // Also tested with real processes in test/wire/take-over.test.ts; in the window it takes 15 s.
  it.each(full ? (['exit'] as const) : [])(
    'a boom under test stops on any key, an antenna goes and comes back, %s',
    async (lane) => {
      const { [lane]: exit } = sims()
      const boom = () => admin<{ position: string }>(exit.barrier, 'GET', '/state')
      const says = async (): Promise<void> => {
        await page.locator('input[name="reason"]').first().check()
        await at('do').click()
      }
      await untilBoom(exit, 'closed')
      await goTo(page, 'safety')
      await at('test-open').click()
      await says()
      await at('runs').waitFor()
      await page.keyboard.press('q')
      await at('runs').waitFor({ state: 'hidden' })
      await eventually(() => at('last').innerText()).toContain('已停止')
      expect((await boom()).position).toBe('stopped')
      await at('test-close').click()
      await says()
      await eventually(() => at('last').innerText()).toContain('（落杆）：完成')
      expect((await boom()).position).toBe('closed')
      await at('take-rsu').click()
      await says()
      await eventually(() => at('holder-rsu').innerText()).toContain('由本窗口接管')
      const rsu = async () =>
        (await callOk<BoardView>(page, 'board.get')).lanes.find((one) => one.laneId === 'exit')
          ?.devices.rsu
      expect(await rsu()).toMatchObject({
        state: 'down',
        held: { by: '测试员', program: 'Studio' },
      })
      await at('give-back').click()
      await eventually(async () => (await rsu())?.state).toBe('up')
      await page.locator('nav a').nth(0).click()
    },
  )

  it('lets cars leave by other payment while the network is cut; then the queue empties', async () => {
    const plate = await insidePlate(page)
    const car = randomCar(plate)
    const rsu = sims().exit.rsu
    if (rsu === null) throw new Error('the exit has an RSU')
    await network(false)
    await admin(rsu, 'POST', '/cars', car)
    await arrive('exit', plate)
    await laneState('manual')
    await payOtherwise()
    await driveOut(page, 'exit', sims().exit)
    await admin(rsu, 'DELETE', `/cars/${car.obuId}`)
    await laneState('idle')
    const cut = await callOk<StatusView>(page, 'status.get')
    expect(cut.network).toBe('down')
    expect(cut.queue.unsent).toBeGreaterThan(0)
    expect(await at('unsent').innerText()).toContain(`待上传 ${cut.queue.unsent} 条`)
    await network(true)
    await at('unsent').click()
    await at('retry').click()
    await page.locator('input[name="reason"]').first().check()
    await at('do').click()
    await eventually(() => at('unsent').innerText()).toContain('待上传 0 条')
    expect(await networkSeen()).toBe('up')
    await page.locator('nav a').first().click()
    const records = await admin<{ rows: { outTradeNo: string }[] }>(
      endpointsOf(dataDir).platform,
      'GET',
      '/books?kind=exit-charges',
    )
    expect(new Set(records.rows.map((row) => row.outTradeNo)).size).toBe(records.rows.length)
  })

  it('comes back from a power cut with the same state', async () => {
    await network(false)
    const plate = await insidePlate(page)
    await arrive('exit', plate)
    await laneState('manual')
    await payOtherwise()
    await driveOut(page, 'exit', sims().exit)
    await laneState('idle')
    await untilBoom(sims().exit, 'closed')
    const facts = async () => {
      const { status, last } = await callOk<BoardView>(page, 'board.get')
      const { stayId, plate: lastPlate, end, amountFen } = last[0] ?? {}
      return { inside: status.inside, today: status.today, stayId, lastPlate, end, amountFen }
    }
    const before = await facts()
    expect(before.lastPlate).toBe(plate)
    const { ledger, queue } = await callOk<StatusView>(page, 'status.get')
    expect(queue.unsent).toBeGreaterThan(0)
    await at('demo').click()
    await at('power').click()
    // A quick restart may be over before its notice is seen; the repair letter shows that there was one.
    await eventually(
      async () => (await callOk<StatusView>(page, 'status.get')).ledger.repair,
    ).not.toBe(ledger.repair)
    await page.keyboard.press('Escape')
    await page.locator('[data-test="notice"]').waitFor({ state: 'hidden' })
    const verified = await callOk<{ ok: boolean }>(page, 'ledger.verify')
    expect(verified.ok).toBe(true)
    expect(await facts()).toEqual(before)
    // The demo's network comes back with the power, and unsent records are sent.
    const now = await callOk<StatusView>(page, 'status.get')
    expect(now.ledger.headSeq).toBeGreaterThan(ledger.headSeq)
    await eventually(() => at('unsent').innerText()).toContain('待上传 0 条')
  })

  it('asks before closing with unsent records, and stays when told to', async () => {
    await network(false)
    const plate = await insidePlate(page)
    await arrive('exit', plate)
    await laneState('manual')
    await payOtherwise()
    await driveOut(page, 'exit', sims().exit)
    await laneState('idle')
    const { queue } = await callOk<StatusView>(page, 'status.get')
    expect(queue.unsent).toBeGreaterThan(0)
    const closeQuestion = await studio.app.evaluate(
      ({ BrowserWindow, dialog }) =>
        new Promise<string>((done) => {
          dialog.showMessageBox = ((_window: unknown, options: { message: string }) => {
            done(options.message)
            return Promise.resolve({ response: 0, checkboxChecked: false })
          }) as unknown as typeof dialog.showMessageBox
          BrowserWindow.getAllWindows()[0]?.close()
        }),
    )
    expect(closeQuestion).toContain(`还有 ${queue.unsent} 条记录没有上传`)
    expect(closeQuestion).toContain(`${queue.unsent} records are not uploaded yet`)
    expect(studio.app.windows()).toHaveLength(1)
    expect((await callOk<StatusView>(page, 'status.get')).queue.unsent).toBeGreaterThan(0)
  })
})
