// The demo of a centre from Studio's start page: a press starts it and opens its desk in the browser, a second press opens the
// same one, and it ends with Studio.
import { chmodSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { eventually } from '../kit/eventually.ts'
import {
  openTempFolder,
  removeFolder,
  setSize,
  shotsDir,
  startStudio,
  type Studio,
} from './studio.ts'

let dir: string
let studio: Studio
const named = (name: string) => studio.page.locator(`[data-test="${name}"]`).first()

/** Addresses that Studio gave to the browser. */
const opened = (): Promise<readonly string[]> =>
  studio.app.evaluate(() => (globalThis as { opened?: string[] }).opened ?? [])

/** Status of the desk; null: nobody listens. */
const deskStatus = (url: string): Promise<number | null> =>
  fetch(url).then(
    ({ status }) => status,
    () => null,
  )

beforeAll(async () => {
  dir = openTempFolder()
  studio = await startStudio({ dir })
  // Started by root, the database has a user of its own, who passes these folders.
  const data = await studio.app.evaluate(({ app }) => app.getPath('userData'))
  for (let folder = data; folder.length >= dir.length; folder = dirname(folder))
    chmodSync(folder, 0o711)
  mkdirSync(shotsDir, { recursive: true })
  await studio.app.evaluate(({ shell }) => {
    const urls: string[] = []
    Object.assign(globalThis, { opened: urls })
    shell.openExternal = (url) => {
      urls.push(url)
      return Promise.resolve()
    }
  })
})
afterAll(() => removeFolder(dir))

it('opens with a desk in the browser, and ends with Studio', async () => {
  await named('start-centre').waitFor()
  await setSize(studio, 1366, 768)
  await studio.page.screenshot({ path: join(shotsDir, 'centre-start.png') })
  await named('start-centre').click()
  await named('centre-opened').waitFor()
  await studio.page.screenshot({ path: join(shotsDir, 'centre-start-opened.png') })
  const [desk = ''] = await opened()
  expect(await deskStatus(desk)).toBe(200)
  await named('start-centre').click()
  await eventually(opened).toEqual([desk, desk])
  await studio.close()
  await eventually(() => deskStatus(desk)).toBeNull()
})
