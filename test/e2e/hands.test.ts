// What an installer does by hand, in the real window: a photo of the inclinometer is attached to the height
// that it shows, and the antenna is taken over on the find page, connected, and given back.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { DeviceSettingsView } from '#devices/calls/settings-views.ts'
import { LotHarness } from '#harness/lot/lot-harness.ts'
import { pictureOf } from '#base/pure/data/photo.ts'
import { eventually } from '../kit/eventually.ts'
import { cleanUp, Program, programFile } from '../wire/kit/live-program.ts'
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

const full = process.env['ETC_LANE_SCALE'] === 'full'
const dir = tempFolder()
const data = join(dir, 'lot')
const harness = new LotHarness({
  dir: data,
  charge: 'card',
  offline: 'other-payment',
  variant: 'generic-ver',
  timing: 'instant',
  seed: 1,
  capacity: 10,
  rsuLink: 'tcp',
  program: programFile,
})
let run: Program
let studio: Studio
let page: Page
const at = (name: string): Locator => page.locator(`[data-test="${name}"]`)
const settings = (): Promise<DeviceSettingsView> =>
  run.call<DeviceSettingsView>('device.settings', { laneId: 'exit' })

/** A picture of two colours, larger than the kept size but small in bytes. */
function png(width: number, height: number): Buffer {
  const table = Array.from({ length: 256 }, (_, n) => {
    let c = n
    for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1
    return c >>> 0
  })
  const crc = (bytes: Buffer): number => {
    let c = 0xffffffff
    for (const byte of bytes) c = (table[(c ^ byte) & 255] ?? 0) ^ (c >>> 8)
    return (c ^ 0xffffffff) >>> 0
  }
  const chunk = (type: string, body: Buffer): Buffer => {
    const named = Buffer.concat([Buffer.from(type), body])
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(body.length)
    check.writeUInt32BE(crc(named))
    return Buffer.concat([length, named, check])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 0, 0, 0, 0], 8)
  const rows = Array.from({ length: height }, (_, y) =>
    Buffer.concat([Buffer.alloc(1), Buffer.alloc(width, (y >> 6) & 1 ? 40 : 220)]),
  )
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

async function shot(name: string, seen?: Locator): Promise<void> {
  for (const width of [1024, 1280]) {
    await setSize(studio, width, width === 1024 ? 600 : 768)
    const wide = await page.evaluate('document.documentElement.scrollWidth')
    expect(wide).toBeLessThanOrEqual(width)
    if (seen !== undefined) await seen.scrollIntoViewIfNeeded()
    await page.screenshot({ path: join(shotsDir, `hands-${name}-${width}.png`) })
  }
}
async function confirm(): Promise<void> {
  await page.locator('input[name="reason"]').first().check()
  await at('do').click()
}

beforeAll(async () => {
  mkdirSync(shotsDir, { recursive: true })
  await harness.startDevices()
  run = new Program(['run', '--data', data, '--timing', 'instant'])
  await run.ready()
  await eventually(settings, ({ up }) => up)
  studio = await startStudio({ dir, args: ['--data', data] })
  page = studio.page
  await setLooks(page, { language: 'zh', theme: 'light', attendant: '装机员' })
  await goTo(page, 'devices')
})
afterAll(async () => {
  await studio.close()
  await cleanUp()
  await harness.stop()
  removeFolder(dir)
})

it('a photo is picked, made smaller by the window, and stays with the height that it shows', async () => {
  const large = join(dir, 'inclinometer.jpg')
  writeFileSync(large, png(2400, 1800))
  const none = join(dir, 'photo.jpg')
  writeFileSync(none, 'no picture, whatever its name says')
  await page.locator('input[name="heightCm"]').fill('260')
  await eventually(() => at('changes').innerText()).toContain('要改 1 项')
  await page.keyboard.press('Control+d')
  await eventually(() => at('diff').innerText()).toContain('只作记录')
  await shot('diff')
  await page.keyboard.press('Escape')
  await at('diff').waitFor({ state: 'detached' })
  await page.keyboard.press('F1')
  await page.locator('.keys').waitFor()
  await shot('keys')
  await page.keyboard.press('Escape')
  await page.locator('.keys').waitFor({ state: 'detached' })
  await page.keyboard.press('Control+Enter')
  const input = page.locator('input[name="photo"]')
  await input.setInputFiles(none)
  await eventually(() => at('photo-refused').innerText()).toContain('ARG-01')
  await input.setInputFiles(large)
  await eventually(() => at('photo-drop').innerText()).toContain('2400×1800')
  await shot('record')
  await setSize(studio, 1024, 600)
  const button = await at('do').boundingBox()
  expect((button?.y ?? 600) + (button?.height ?? 0)).toBeLessThanOrEqual(600)
  await confirm()
  const thumb = page.locator('td.from [data-test="photo"]')
  await thumb.waitFor()
  await at('photo-drop').waitFor({ state: 'detached' })
  const { measured } = (await settings()).settings.find(({ id }) => id === 'heightCm') ?? {}
  const folder = join(data, 'devices', 'photos')
  expect(readdirSync(folder)).toEqual([`${measured?.photo ?? ''}.jpg`])
  const kept = readFileSync(join(folder, `${measured?.photo ?? ''}.jpg`))
  expect(pictureOf(kept)).toEqual({ format: 'jpeg', width: 1600, height: 1200 })
  await shot('settings', thumb)
  await thumb.focus()
  await page.keyboard.press('Enter')
  const drawn = (): Promise<unknown> =>
    page.evaluate(`document.querySelector('[data-test="photo-large"]')?.naturalWidth`)
  await eventually(drawn).toBe(1600)
  await shot('large')
  await page.keyboard.press('Escape')
  await at('photo-large').waitFor({ state: 'hidden' })
})

it('the passport has the photo, and opens it in the sandbox', async () => {
  await goTo(page, 'passport')
  await at('make').click()
  await confirm()
  await eventually(() => at('drift').innerText()).toContain('与最近的车道档案一致')
  const [name = ''] = readdirSync(join(data, 'passports'))
  await at('file').setInputFiles(join(data, 'passports', name))
  await eventually(() => at('photos').innerText()).toContain('260 厘米')
  await shot('passport', at('photos'))
  await goTo(page, 'devices')
})

it('the antenna is taken over on the find page, opened by this window, and given back', async () => {
  await page.keyboard.press('F4')
  await at('held').waitFor()
  await at('held-exit').locator('[data-test="take-rsu"]').click()
  await confirm()
  await at('open-taken').click()
  await eventually(() => at('opened').innerText()).toContain('已打开')
  await shot('held')
  const { up } = await settings()
  expect(up).toBe(true)
  if (full) {
    // The window closes without giving it back; the lane gets it back by itself.
    await page.close()
    await eventually(
      () => run.call<{ rows: { device: string; state: string }[] }>('hold.list', {}),
      ({ rows }) => rows.every(({ state }) => state === 'lane'),
    )
    return
  }
  await at('give-back').click()
  await eventually(() => at('held-exit').innerText()).toContain('车道使用中')
  await eventually(settings, (view) => view.up)
})
