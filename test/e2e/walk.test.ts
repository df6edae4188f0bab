// From plugging in to a proven power change, done by an installer in the real window: clicks, keys
// and modelled time are counted and must not grow (docs/usability.md). Once by mouse, once by keyboard alone.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { spawnLauncher, startSimProcess, type SimProcess } from '#harness/lot/sim-process.ts'
import { eventually } from '../kit/eventually.ts'
import { keepWalk } from './walk-kept.ts'
import { Hands } from './walk-model.ts'
import { program } from '../wire/kit/program.ts'
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

const name = '李'

const dir = tempFolder()
const ports = join(dir, 'ports.json')
const test = { colour: 0, balanceFen: 10_000, cardSerial: 17, stayMs: 1_500 }
const car = { obuId: '02001234', cardNo: '3701000000000001', cardType: 22, plate: '测A12345' }
const sims = new Map<string, SimProcess>()
let studio: Studio
let hands: Hands

interface SimState {
  readonly cars: readonly string[]
  readonly initialised: boolean
  readonly powerStep: number
}
/** The power that the antenna had before. */
const powerOf = (variant: string): string => (variant === 'generic-bcc' ? '17' : '8')
const portOf = (variant: string): string => join(dir, `tty-${variant}`)
const named = (id: string): Locator => studio.page.locator(`[data-test="${id}"]`)
const focused = (selector: string): Promise<void> =>
  studio.page.locator(`${selector}:focus`).waitFor()
const sim = (variant: string): SimProcess => {
  const found = sims.get(variant)
  if (found === undefined) throw new Error(`no simulator of ${variant}`)
  return found
}
async function startSim(variant: string): Promise<void> {
  const own = ['--admin', 'http://127.0.0.1:0', '--timing', 'instant', '--baud', '115200']
  const args = [
    ...own,
    '--listen',
    `pty:${portOf(variant)}`,
    '--variant',
    variant,
    '--power',
    powerOf(variant),
  ]
  const launch = spawnLauncher(program)
  sims.set(variant, await startSimProcess('rsu-sim', args, launch))
}
/** Plugs the cable in or out, by the recorded list at the adapter. */
function plug(variant: string | null): void {
  const usb = { vendorId: '1a86', productId: '7523' }
  writeFileSync(ports, JSON.stringify(variant === null ? [] : [{ path: portOf(variant), usb }]))
}

beforeAll(async () => {
  plug(null)
  process.env['ETC_LANE_PORTS'] = ports
  const [started] = await Promise.all([
    startStudio({ dir, args: ['--demo', '--data', join(dir, 'data')] }),
    startSim('generic-ver'),
    startSim('generic-bcc'),
  ])
  studio = started
  await setLooks(studio.page, { language: 'zh', theme: 'light', attendant: '' })
})
afterAll(async () => {
  delete process.env['ETC_LANE_PORTS']
  await studio.close()
  await Promise.all([...sims.values()].map((one) => one.kill()))
  removeFolder(dir)
})

/** The steps, with the acts of one kind of input; the waits are the same for both. */
interface Way {
  readonly variant: string
  readonly power: string
  find(): Promise<void>
  real(): Promise<void>
  search(): Promise<void>
  connect(): Promise<void>
  compare(): Promise<void>
  write(): Promise<void>
}

async function walk(way: Way): Promise<void> {
  const { page } = studio
  hands.begin('Start Studio: the demo. Go to the devices, and to the real ones')
  hands.waits('start')
  await page.locator('.mode.demo').waitFor()
  await way.find()
  await named('to-bench').waitFor()
  await way.real()
  hands.waits('start')
  await page.locator('.mode.workbench').waitFor()
  await page.getByText('没有串口').waitFor()

  hands.begin('Plug the cable in: the port appears by itself')
  plug(way.variant)
  hands.waits('plugSeen')
  await named(`port-${portOf(way.variant)}`)
    .getByText('CH340')
    .waitFor()

  hands.begin('Search: the device is found at its speed, with its variant')
  await way.search()
  hands.waits('search')
  await named('go').getByText('连接并打开设置').waitFor()

  hands.begin('Connect: its settings are read and open by themselves')
  await way.connect()
  hands.waits('connect')
  await named('now-powerStep').getByText('8').waitFor()
  await focused('input[name="powerStep"]')

  hands.begin('Type the new power, and look at the difference')
  await hands.type(way.power)
  await way.compare()
  hands.waits('judge')
  const dialog = page.locator('.el-dialog')
  await dialog.getByText('8 档').waitFor()
  await dialog.getByText(`${way.power} 档`).waitFor()
  await focused('input[name="by"]')

  hands.begin('Say who, and write it as a trial of 60 s')
  await hands.type(name)
  await way.write()
  hands.waits('write')
  await named('trial-left').getByText('秒').waitFor()

  hands.begin('Drive a test car through: the trial is kept')
  await sim(way.variant).admin('POST', '/cars', { ...car, ...test })
  hands.waits('drive')
  await page.locator('[data-test="last"].ok').waitFor()
  expect(await named('now-powerStep').innerText()).toBe(`${way.power} 档`)
}

describe.skipIf(process.platform !== 'linux')('from plugging in to a proven power change', () => {
  it('by mouse', async () => {
    hands = new Hands(studio.page, 'mouse')
    await walk({
      variant: 'generic-ver',
      power: '12',
      find: async () => {
        await hands.click(studio.page.locator('[data-test="entry-devices"]'))
        await hands.click(named('page-find'))
      },
      real: () => hands.click(named('to-bench')),
      search: () => hands.click(named('search')),
      connect: () => hands.click(named('go')),
      compare: () => hands.click(named('write')),
      write: () => hands.click(named('do')),
    })
    await studio.page.screenshot({ path: join(shotsDir, 'walk-kept.png') })
    keepWalk('mouse', hands.steps)
  })
  it('what may not be written is explained while it is typed', async () => {
    const { page } = studio
    await page.locator('input[name="powerStep"]').fill('99')
    await page.getByText('高于最大值，可用 31 档').waitFor()
    expect(await named('write').isDisabled()).toBe(true)
  })
  it('a trial whose link is lost is taken back at the next contact, and that is said', async () => {
    const { page } = studio
    const simState = (): Promise<SimState> => sim('generic-ver').admin<SimState>('GET', '/state')
    await eventually(async () => (await simState()).cars).toEqual([])
    await page.locator('input[name="powerStep"]').fill('15')
    await page.keyboard.press('Control+Enter')
    // The remembered name and the default reason are there, so Enter is enough.
    await focused('input[name="reason"]:checked')
    await page.keyboard.press('Enter')
    await named('trial-left').getByText('秒').waitFor()
    expect((await simState()).powerStep).toBe(15)
    await sim('generic-ver').admin('POST', '/act', { do: 'unplug', ms: 1_000 })
    await named('last').getByText('设备中断').waitFor()
    await eventually(async () => (await simState()).powerStep).toBe(12)
  })
  it('an antenna that cannot tell its power is asked for first, and keeps it until then', async () => {
    const { page } = studio
    const simState = (): Promise<SimState> => sim('generic-bcc').admin<SimState>('GET', '/state')
    const looks = async (as: Readonly<Record<string, string>>): Promise<void> => {
      await setLooks(page, as)
      await goTo(page, 'devices')
      await named('contact-asks').waitFor()
    }
    await page.keyboard.press('F4')
    await named('disconnect').click()
    plug('generic-bcc')
    await named(`port-${portOf('generic-bcc')}`)
      .getByText('CH340')
      .waitFor()
    await named('search').click()
    await named('go').getByText('连接并打开设置').waitFor()
    await named('go').click()
    await named('contact-asks').getByText('还没有写入任何内容').waitFor()
    expect(await named('now-powerStep').innerText()).toBe('未知')
    expect(await simState()).toMatchObject({ powerStep: 17, initialised: false })
    await page.screenshot({ path: join(shotsDir, 'contact-asks.png') })
    await setSize(studio, 1024, 600)
    await looks({ language: 'en', theme: 'dark' })
    await page.screenshot({ path: join(shotsDir, 'contact-asks-en-dark.png') })
    await setSize(studio, 1366, 768)
    await looks({ language: 'zh', theme: 'light' })
    // A preset fills the table too; the typed value is written.
    await page.locator('select[name="preset"]').waitFor()
    await page.locator('input[name="powerStep"]').fill('8')
    await page.keyboard.press('Control+Enter')
    await named('first-write').getByText('不试运行').waitFor()
    await page.screenshot({ path: join(shotsDir, 'contact-write.png') })
    await focused('input[name="reason"]:checked')
    await page.keyboard.press('Enter')
    await named('last').getByText('首次接触').waitFor()
    expect(await simState()).toMatchObject({ powerStep: 8, initialised: true })
    await page.screenshot({ path: join(shotsDir, 'contact-chosen.png') })
  })
  it('by keys alone', async () => {
    const { page } = studio
    await page.keyboard.press('F4')
    await named('disconnect').click()
    plug(null)
    await named('to-demo').click()
    await page.locator('.mode.demo').waitFor()
    await setLooks(page, { attendant: '' })
    hands = new Hands(page, 'keys')
    await walk({
      variant: 'generic-bcc',
      power: '9',
      find: () => hands.press('F4'),
      real: async () => {
        await focused('[data-test="to-bench"]')
        await hands.press('Enter')
      },
      search: async () => {
        await focused('[data-test="search"]')
        await hands.press('Enter')
      },
      connect: async () => {
        await focused('[data-test="go"]')
        await hands.press('Enter')
      },
      compare: () => hands.press('Enter'),
      write: () => hands.press('Enter'),
    })
    keepWalk('keys', hands.steps)
    await page.keyboard.press('F4')
    await named(`port-${portOf('generic-bcc')}`)
      .getByText('上次用过')
      .waitFor()
  })
})
