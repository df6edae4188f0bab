// Finding a device in the real window: the workbench hosted by Studio, a recorded list of ports at the
// adapter, a simulator behind a real pty at another speed; and the screen in every state, looked at.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  spawnLauncher,
  startSimProcess,
  type SimProcess,
} from '../../firmware-runtime/cli/world/sim-process.ts'
import { findStates } from '../renderer/find-views-kit.ts'
import { startScripted, type ScriptedRuntime } from './scripted-runtime.ts'
import {
  removeFolder,
  root,
  setLooks,
  setSize,
  shotsDir,
  startStudio,
  tempFolder,
  type Studio,
} from './studio.ts'

const settleMs = 200

describe.skipIf(process.platform !== 'linux')('at the gate, before there is a lot', () => {
  const dir = tempFolder()
  const path = join(dir, 'ttyUSB0')
  let sim: SimProcess
  let studio: Studio

  beforeAll(async () => {
    const own = ['--admin', 'http://127.0.0.1:0', '--timing', 'instant', '--baud', '460800']
    const launch = spawnLauncher(join(root, 'firmware-runtime', 'main.ts'))
    const args = [...own, '--listen', `pty:${path}`, '--variant', 'generic-ver']
    sim = await startSimProcess('rsu-sim', args, launch)
    const usb = { vendorId: '1a86', productId: '7523' }
    const ports = join(dir, 'ports.json')
    writeFileSync(ports, JSON.stringify([{ path, usb }, { path: join(dir, 'ttyUSB1') }]))
    process.env['ETC_LANE_PORTS'] = ports
    studio = await startStudio({ dir, args: ['--workbench', '--data', join(dir, 'data')] })
    await studio.page.locator('[data-test="search"]').waitFor()
    await setLooks(studio.page, { language: 'zh', theme: 'light', attendant: '' })
  })
  afterAll(async () => {
    delete process.env['ETC_LANE_PORTS']
    await studio.close()
    await sim.kill()
    removeFolder(dir)
  })

  it('lists the ports of the recorded list with chip, driver and what is wrong', async () => {
    const { page } = studio
    await page.locator('.mode.workbench').waitFor()
    const text = await page.locator(`[data-test="port-${path}"]`).innerText()
    for (const word of ['CH340', 'ch341', '空闲']) expect(text).toContain(word)
    const gone = page.locator(`[data-test="port-${join(dir, 'ttyUSB1')}"]`)
    expect(await gone.innerText()).toContain('没有这个串口')
  })
  it('F8 finds the device at its own speed, and says that the usual one is wrong', async () => {
    const { page } = studio
    await page.keyboard.press('F8')
    const report = page.locator('[data-test="report"]')
    await report.getByText('FIND-05').waitFor({ timeout: 30_000 })
    const text = await report.innerText()
    for (const word of ['串口速率不对', '115200 → 460800', 'generic-ver'])
      expect(text).toContain(word)
    mkdirSync(shotsDir, { recursive: true })
    await page.screenshot({ path: join(shotsDir, 'find-real-window.png') })
  })
  it('connects it, and its settings can be read without any lot', async () => {
    const { page } = studio
    await page.locator('[data-test="connect"]').first().click()
    await page.locator('[data-test="connected"].ok').waitFor({ timeout: 30_000 })
    await page.getByRole('button', { name: '打开设置' }).click()
    await page.locator('[data-test="now-powerStep"]').waitFor({ timeout: 30_000 })
    expect(await page.locator('main').innerText()).toContain(`serial:${path}?baud=460800`)
    await page.keyboard.press('F4')
    await page.locator('[data-test="disconnect"]').click()
  })
  it('goes to the demo, which touches no port, and back', async () => {
    const { page } = studio
    await page.locator('[data-test="to-demo"]').click()
    await page.locator('.mode.demo').waitFor({ timeout: 60_000 })
    await page.locator('[data-test="to-bench"]').waitFor({ timeout: 30_000 })
    await page.locator('[data-test="to-bench"]').click()
    await page.locator('.mode.workbench').waitFor({ timeout: 60_000 })
    const row = page.locator(`[data-test="port-${path}"]`)
    await row.getByText('上次用过').waitFor({ timeout: 30_000 })
  })
})

describe('the screen in every state', () => {
  const dir = tempFolder()
  const axeSource = readFileSync(
    createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
    'utf8',
  )
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
  it.each([
    ['zh', 'light', 1024, 600],
    ['en', 'dark', 1024, 600],
    ['zh', 'dark', 1366, 768],
    ['en', 'contrast', 2560, 1440],
  ] as const)('%s %s %i x %i', async (language, theme, width, height) => {
    const { page } = studio
    await setSize(studio, width, height)
    await setLooks(page, { language, theme, attendant: '' })
    for (const [name, state] of Object.entries(findStates)) {
      runtime.lot.find = state
      await page.keyboard.press('F4')
      await page.keyboard.press('F5')
      await wait(settleMs)
      await page.screenshot({
        path: join(shotsDir, `find-${language}-${theme}-${width}-${name}.png`),
      })
      await page.evaluate(axeSource)
      const found = (await page.evaluate('axe.run(document)')) as {
        violations: { id: string; impact: string; nodes: { html: string }[] }[]
      }
      const serious = found.violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${id} ${nodes[0]?.html.slice(0, 200) ?? ''}`)
      expect(serious, name).toEqual([])
      const wide = await page.evaluate('document.documentElement.scrollWidth > innerWidth')
      expect(wide, name).toBe(false)
    }
  })
})
