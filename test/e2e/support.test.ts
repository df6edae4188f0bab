// A support file in the real window: a car pays by ETC, the file is made, looked at and saved, opened again, and says why
// that car paid; neither its plate nor its card is in it.
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../kit/eventually.ts'
import { obu, plate } from '../wire/kit/one-car.ts'
import { runToEnd } from '../wire/kit/live-program.ts'
import { tcpLot } from '../wire/kit/run-lot.ts'
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

const dir = tempFolder()
const lot = tcpLot()
let studio: Studio
let page: Page
let stayId = ''
const at = (name: string): Locator => page.locator(`[data-test="${name}"]`)
const looks = [
  ['zh', 'light', 1366, 768],
  ['en', 'dark', 1024, 600],
] as const
const shot = (name: string): Promise<unknown> =>
  page.screenshot({ path: join(shotsDir, `support-${name}.png`) })

beforeAll(async () => {
  mkdirSync(shotsDir, { recursive: true })
  await lot.startSims()
  await lot.start('exit')
  const car = { plate, colour: 'blue' }
  await lot.goesIn('entry', car)
  stayId = (await lot.paysByEtc('exit', car)).stayId
  studio = await startStudio({ dir, args: ['--data', lot.dir] })
  page = studio.page
})
afterAll(async () => {
  await studio.close()
  await lot.close()
  removeFolder(dir)
})

describe.each(looks)('%s, %s', (language, theme, width, height) => {
  const file = join(dir, `${language}.etcsupport`)
  const reason = language === 'zh' ? '为什么是 ¥ 3.00' : 'Why ¥ 3.00'
  beforeAll(async () => {
    await setLooks(page, { language, theme })
    await setSize(studio, width, height)
    await goTo(page, 'support')
    await at('make').waitFor()
  })

  it('is made, looked at and saved', async () => {
    await shot(`empty-${language}`)
    await at('make').click()
    await at('part-cars').waitFor()
    await shot(`parts-${language}`)
    await at('look-lanes').click()
    await at('content').filter({ hasText: 'board.get' }).scrollIntoViewIfNeeded()
    await shot(`content-${language}`)
    await studio.app.evaluate(({ session }, path) => {
      session.defaultSession.once('will-download', (_event, item) => item.setSavePath(path))
    }, file)
    await at('save').click()
    await at('saved').waitFor()
    await eventually(() => existsSync(file) && statSync(file).size > 0).toBe(true)
    const text = readFileSync(file, 'utf8')
    for (const secret of [plate, obu.cardNo, obu.cardNo.slice(4), obu.obuId])
      for (const form of [secret, Buffer.from(secret).toString('hex')])
        expect(text.toUpperCase()).not.toContain(form.toUpperCase())
  })

  it('is opened again and says why the car paid, in the window and on the command line', async () => {
    await at('file').setInputFiles(file)
    await eventually(() => at('save').count()).toBe(0)
    await at(`why-${stayId}`).click()
    await at('why').filter({ hasText: reason }).waitFor()
    await shot(`why-${language}`)
    const { code, json } = await runToEnd(['support', '--open', file, '--amount', '300'])
    expect(code).toBe(0)
    const { cars } = json as { cars: { stayId: string; why: { title: { zh: string } }[] }[] }
    expect(cars.map(({ stayId: id, why }) => [id, why[0]?.title.zh])).toEqual([
      [stayId, '为什么是 ¥ 3.00'],
    ])
  })
})
