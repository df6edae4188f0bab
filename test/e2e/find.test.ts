// Finding a device in the real window: a workbench hosted by Studio, a recorded list of ports from the
// adapter, a simulator behind a real pty at another speed; pictures of the screen in every state.
import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, mkdirSync, openSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { spawnLauncher, startSimProcess, type SimProcess } from '#harness/lot/sim-process.ts'
import { findStates } from '../renderer/pages/find/find-views-kit.ts'
import { seekStates } from '../renderer/pages/find/seek-views-kit.ts'
import { deviceSettings } from '../renderer/pages/devices/device-views-kit.ts'
import { boards, lane } from '../renderer/pages/lane/lane-views.ts'
import { startScripted, type ScriptedRuntime } from './scripted-runtime.ts'
import { program } from '../wire/kit/program.ts'
import { seriousFaults } from './axe.ts'
import {
  removeFolder,
  setLooks,
  setSize,
  settled,
  shotsDir,
  startStudio,
  tempFolder,
  type Studio,
  goTo,
} from './studio.ts'

const full = process.env['ETC_LANE_SCALE'] === 'full'
const looks = [
  ['zh', 'light', 1024, 600],
  ['en', 'dark', 1024, 600],
  ['zh', 'dark', 1366, 768],
  ['en', 'contrast', 2560, 1440],
] as const

describe.skipIf(process.platform !== 'linux')('at the gate, before there is a lot', () => {
  const dir = tempFolder()
  const path = join(dir, 'ttyUSB0')
  const heldPath = join(dir, 'ttyUSB2')
  let sim: SimProcess
  let camera: SimProcess
  let holder: ChildProcess
  let studio: Studio

  beforeAll(async () => {
    writeFileSync(heldPath, '')
    const fd = openSync(heldPath, 'r+')
    holder = spawn('sleep', ['3600'], { stdio: [fd, 'ignore', 'ignore'] })
    closeSync(fd)
    const own = ['--admin', 'http://127.0.0.1:0', '--timing', 'instant', '--baud', '460800']
    const launch = spawnLauncher(program)
    const args = [...own, '--listen', `pty:${path}`, '--variant', 'generic-ver']
    const cameraArgs = ['--listen', 'tcp://127.0.0.1:0', '--admin', 'http://127.0.0.1:0']
    ;[sim, camera] = await Promise.all([
      startSimProcess('rsu-sim', args, launch),
      startSimProcess(
        'camera-sim',
        [...cameraArgs, '--variant', 'hikvision-pull', '--discovery', '0'],
        launch,
      ),
    ])
    const usb = { vendorId: '1a86', productId: '7523' }
    const ports = join(dir, 'ports.json')
    writeFileSync(
      ports,
      JSON.stringify([{ path, usb }, { path: join(dir, 'ttyUSB1') }, { path: heldPath }]),
    )
    process.env['ETC_LANE_PORTS'] = ports
    studio = await startStudio({ dir, args: ['--workbench', '--data', join(dir, 'data')] })
    await studio.page.locator('[data-test="search"]').waitFor()
    await setLooks(studio.page, { language: 'zh', theme: 'light', attendant: '' })
  })
  afterAll(async () => {
    delete process.env['ETC_LANE_PORTS']
    await studio.close()
    await Promise.all([sim.kill(), camera.kill()])
    holder.kill()
    removeFolder(dir)
  })

  it('lists the ports of the recorded list with chip, driver and what is wrong', async () => {
    const { page } = studio
    await page.locator('.mode.workbench').waitFor()
    const text = await page.locator(`[data-test="port-${path}"]`).innerText()
    for (const word of ['CH340', 'ch341', '空闲']) expect(text).toContain(word)
    const gone = page.locator(`[data-test="port-${join(dir, 'ttyUSB1')}"]`)
    expect(await gone.innerText()).toContain('没有这个串口')
    const held = await page.locator(`[data-test="port-${heldPath}"]`).innerText()
    for (const word of ['被占用', `sleep (${holder.pid})`]) expect(held).toContain(word)
  })
  it('enumerates HID for real, and asks a camera alone when it is told to', async () => {
    const { page } = studio
    await page.locator('[data-test="seek-hid"]').click()
    await page.locator('[data-test="found-hid"], [data-test="none-hid"]').waitFor()
    const { discovery = '' } = camera.endpoints as { discovery?: string }
    await page.locator('input[name="camera-at"]').fill(discovery)
    await page.locator('[data-test="network"] form button').click()
    // The search may be over before it is seen running.
    const busy = page.locator('[data-test="seek-busy"]').getByText('查找相机')
    await busy.or(page.locator('[data-test="found-cameras"]')).first().waitFor()
  })
  it('Ctrl+T finds the device at its own speed, and says that the usual one is wrong', async () => {
    const { page } = studio
    await page.keyboard.press('Control+t')
    const report = page.locator('[data-test="report"]')
    await report.getByText('FIND-05').waitFor()
    const text = await report.innerText()
    for (const word of ['串口速率不对', '115200 → 460800', 'generic-ver'])
      expect(text).toContain(word)
    mkdirSync(shotsDir, { recursive: true })
    await page.screenshot({ path: join(shotsDir, 'find-real-window.png') })
    // It answered meanwhile: two searches do not block each other.
    const found = page.locator('[data-test="found-cameras"]')
    await found.waitFor()
    for (const word of ['127.0.0.1', '模拟相机']) expect(await found.innerText()).toContain(word)
  })
})

const seekOf = {
  normal: seekStates.found,
  empty: seekStates.empty,
  busy: seekStates.busy,
  error: seekStates.failed,
  demo: { ...seekStates.noCard, place: 'demo' },
  lane: seekStates.noCard,
} as const satisfies Record<keyof typeof findStates, object>

describe('the screen in every state', () => {
  const dir = tempFolder()
  let runtime: ScriptedRuntime
  let studio: Studio
  beforeAll(async () => {
    mkdirSync(shotsDir, { recursive: true })
    runtime = await startScripted(dir)
    studio = await startStudio({ dir, args: ['--attach', dir] })
  })
  afterAll(async () => {
    await studio.close()
    await runtime.close()
    removeFolder(dir)
  })
  it.each(full ? looks : looks.slice(0, 3))(
    '%s %s %i x %i',
    async (language, theme, width, height) => {
      const { page } = studio
      await setSize(studio, width, height)
      await setLooks(page, { language, theme, attendant: '' })
      for (const [name, state] of Object.entries(findStates)) {
        runtime.lot.find = state
        runtime.lot.seek = seekOf[name as keyof typeof findStates]
        await page.keyboard.press('F4')
        await page.keyboard.press('F5')
        await settled(page)
        if (name === 'lane') await page.locator('[data-test="camera-exit"]').click()
        const file = join(shotsDir, `find-${language}-${theme}-${width}-${name}`)
        await page.screenshot({ path: `${file}.png` })
        if (width === 1024) {
          await page.evaluate(`document.querySelector('.body')?.scrollTo(0, 1e6)`)
          await page.screenshot({ path: `${file}-below.png` })
        }
        expect(await seriousFaults(page), name).toEqual([])
        const wide = await page.evaluate('document.documentElement.scrollWidth > innerWidth')
        expect(wide, name).toBe(false)
      }
    },
  )
  it.each([
    ['zh', 'light', 1024, 600],
    ['en', 'dark', 1366, 768],
  ] as const)('one set of values to three lanes: %s %s %i x %i', async (...look) => {
    const [language, theme, width, height] = look
    const { page } = studio
    const names = { exit: '出口 1', 'exit-2': '出口 2', 'exit-3': '出口 3' }
    const lanes = Object.entries(names).map(([laneId, zh]) =>
      lane({ laneId, name: { zh, en: laneId } }),
    )
    runtime.lot.show({ ...boards.normal, lanes })
    runtime.lot.device = deviceSettings()
    await setSize(studio, width, height)
    await setLooks(page, { language, theme, attendant: '' })
    await goTo(page, 'devices')
    await page.locator('input[name="powerStep"]').fill('12')
    await page.locator('[data-test="bundle-compare"]').click()
    await page.locator('[data-test="bundle-row-exit-3"]').waitFor()
    await page.locator('[data-test="bundle"]').scrollIntoViewIfNeeded()
    await page.screenshot({ path: join(shotsDir, `bundle-${language}-${width}.png`) })
    await page.locator('[data-test="bundle-write"]').click()
    await page.locator('.el-dialog [data-test="do"]').waitFor()
    await settled(page)
    await page.screenshot({ path: join(shotsDir, `bundle-${language}-${width}-write.png`) })
    const wide = await page.evaluate(
      `[...document.querySelectorAll('.screen, .body')].some((e) => e.scrollWidth > e.clientWidth)`,
    )
    expect(wide).toBe(false)
  })
})
