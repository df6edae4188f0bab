// From an empty window to the first paying car: a lot is set up row by row, reviewed, written, and its lanes
// start in the same window. Devices and platform are simulators in their own processes, behind real links.
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { LotHarness } from '#harness/lot/lot-harness.ts'
import type { SimProcess } from '#harness/lot/sim-process.ts'
import { present } from '#base/pure/values/must.ts'
import { eventually } from '../kit/eventually.ts'
import { program } from '../wire/kit/program.ts'
import {
  driveOut,
  loops,
  picture,
  randomCar,
  randomPlate,
  type LaneSimsAdmin,
} from './demo-sims.ts'
import { freePort } from '../kit/free-port.ts'
import { killedAndBack } from './setup-killed.ts'
import * as found from './setup-found.ts'
import * as parts from './setup-parts.ts'
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
const data = join(dir, 'new-lot')
/** Stands for another disk. */
const copies = join(dir, 'copies')
const stick = tempFolder()
const harness = new LotHarness({
  dir: join(dir, 'simulators'),
  charge: 'online',
  offline: 'other-payment',
  variant: 'generic-bcc',
  timing: 'instant',
  seed: 1,
  capacity: 60,
  rsuLink: 'tcp',
  program,
})
/** A camera that answers a search. */
let answering: SimProcess
let studio: Studio
let page: Page

const named = (name: string) => page.locator(`[data-test="${name}"]`)
const filled = (row: string) =>
  named(`row-${row}`)
    .getByText(/已填|已通过/)
    .first()
    .waitFor()
const field = (name: string) => page.locator(`[name="${name}"]`)
const phrase = 'correct horse'
/** The lot has people from its start. */
async function signIn(): Promise<void> {
  await named('person-p1').click()
  await field('secret').fill(phrase)
  await page.keyboard.press('Enter')
}
const confirms = async (): Promise<void> => {
  await named('assent').locator('[name="secret"]').fill(phrase)
  await page.keyboard.press('Enter')
}
const arrives = (on: boolean) => loops(simsOf('entry'), on, false)
const state = (row: string) => named(`row-${row}`).locator('.state').innerText()

/** Types by hand: clears the field, types the text, and leaves the field. */
async function type(name: string, text: string): Promise<void> {
  await field(name).click()
  await page.keyboard.press('Control+a')
  await page.keyboard.type(text)
  await page.keyboard.press('Tab')
}

async function shot(name: string): Promise<void> {
  mkdirSync(shotsDir, { recursive: true })
  await page.screenshot({ path: join(shotsDir, `setup-${name}.png`) })
}

const linkOfExit = () => harness.sims('exit').rsu?.endpoints.link ?? ''
const simsOf = (laneId: string): LaneSimsAdmin => {
  const { camera, barrier } = harness.sims(laneId)
  return {
    camera: { admin: present(camera, 'a camera').endpoints.admin },
    barrier: { admin: barrier.endpoints.admin },
  }
}

beforeAll(async () => {
  mkdirSync(copies)
  await harness.startDevices()
  answering = await found.cameraThatAnswers()
  studio = await startStudio({ dir, args: ['--data', data] })
  page = studio.page
})
afterAll(async () => {
  await studio.close()
  await answering.kill()
  await harness.stop()
  removeFolder(dir)
  removeFolder(stick)
})

it('the start page leads to the set-up, where nothing is begun and nothing was written', async () => {
  await named('start-setup').waitFor()
  await shot('start')
  await named('start-setup').click()
  await named('row-lot').waitFor()
  expect(await state('lot')).toContain('未开始')
  expect(await named('look').count()).toBe(0)
  expect(existsSync(join(data, 'lot.json'))).toBe(false)
})

it('name, spaces, region and lanes are saved as they are typed, and survive the window', async () => {
  await type('name', '测试停车场')
  await type('lotId', 'A0001')
  await type('ordinary', '60')
  await page.locator('select[name="province"]').selectOption('45')
  await type('city', '01')
  await field('trade').first().check()
  await named('row-lot').getByText('待补').waitFor()
  await named('add-7.1.1-entry').click()
  await named('add-7.1.1-exit').click()
  await filled('lot')
  await shot('lot')
  await page.reload()
  await filled('lot')
  await named('row-lot').click()
  expect(await field('name').inputValue()).toBe('测试停车场')
})

it('devices: typed or found, tested here, and the camera gets its push address', async () => {
  await named('row-devices').click()
  for (const lane of ['entry', 'exit']) {
    const { barrier, display, rsu } = harness.sims(lane)
    await type(`${lane}-barrier`, barrier.endpoints.link ?? '')
    await type(`${lane}-display`, display?.endpoints.link ?? '')
    if (lane === 'exit') continue
    await field(`${lane}-how`).selectOption('push:hikvision')
    if (rsu !== null) await type(`${lane}-rsu`, rsu.endpoints.link ?? '')
  }
  await found.foundForTheExit(page, shot, linkOfExit(), answering)
  await field('card').selectOption('127.0.0.1')
  await type('port', String(await freePort()))
  await named('test-exit').click()
  await named('report').locator('.ok').waitFor()
  await filled('devices')
  await shot('devices')
  const addresses = new Map<string, string>()
  for (const lane of ['entry', 'exit']) addresses.set(lane, await found.copiedAddress(studio, lane))
  expect(await named('push').locator('code').allInnerTexts()).toEqual([...addresses.values()])
  await harness.startCameras((lane) => present(addresses.get(lane), `an address for ${lane}`))
  await found.cameraLooked(page, simsOf('exit').camera)
})

it('a tariff shows what a stay costs, platform and policy are taken over', async () => {
  await named('row-tariff').click()
  await type('editions-0-plans-0-freeMin', '0')
  await named('saturday').getByText('¥ 7.00').waitFor()
  await shot('tariff')
  expect(await named('row-tariff').innerText()).toContain('¥ 9.00')
  await named('row-charge').click()
  await field('mode').nth(1).check()
  await named('row-charge').getByText('不通过').waitFor()
  await field('platform').nth(1).check()
  const { baseUrl, caFile, certDir, appId } = present(harness.platform, 'a platform').endpoints
  await type('url', baseUrl ?? '')
  await type('appId', appId ?? '')
  await type('certDir', certDir ?? '')
  await studio.app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] })
  }, caFile ?? '')
  await named('pick-caFile').click()
  await eventually(() => field('caFile').inputValue()).toBe(caFile)
  await filled('charge')
  for (const name of ['client', 'key', 'platform', 'ca'])
    await named(`file-${name}`).getByText('可用').waitFor()
  await shot('charge')
  await parts.channelFile(page, shot, join(dir, 'channel.json'), baseUrl ?? '')
  await type('appId', appId ?? '')
  await named('row-offline').click()
  await shot('offline')
  await named('row-offline').getByText('按建议').first().waitFor()
})

it('the window is killed, and started again goes on with everything that was typed', async () => {
  studio = await killedAndBack(studio, data, `${linkOfExit()}?variant=generic-bcc`)
  page = studio.page
})

it('it is let in by its platform, and its own certificate is asked for, made and taken in', () =>
  parts.connected(page, shot, present(harness.platform, 'a platform'), stick))

it('what stands beside the lanes has forms: a gateway with its key, a printer, a scanner', () =>
  parts.besideTheLanes(page, shot))

it('where the antenna hangs is judged beside its form: refused, then left with a reason', async () => {
  await named('row-devices').click()
  await named('siting-exit').locator('summary').click()
  for (const [name, value] of [
    ['antennaMm', '1.5'],
    ['antennaHeightMm', '2.4'],
    ['antennaDownDeg', '35'],
    ['triggerMm', '4'],
    ['triggerLengthMm', '1'],
    ['zoneNearMm', '2.5'],
    ['zoneFarMm', '6'],
  ] as const)
    await type(`exit-${name}`, value)
  await named('row-devices').getByText('不通过').waitFor()
  await named('clause-antennaHeight').scrollIntoViewIfNeeded()
  await shot('siting')
  await setLooks(page, { language: 'zh', theme: 'dark' })
  await shot('siting-dark')
  await setLooks(page, { language: 'zh', theme: 'light' })
  await type('exit-deviation', '门头梁低,按勘测验收')
  await filled('devices')
})

it('people and secrets: the first owner by a phrase, an attendant by a PIN; nothing asks for them yet', async () => {
  await named('row-people').click()
  for (const [name, secret] of [
    ['王老板', phrase],
    ['李四', '274916'],
  ] as const) {
    await named('person-form').locator('[name="name"]').fill(name)
    await field('secret').fill(secret)
    await field('again').fill(secret)
    await named('save-person').click()
    await named('row-people').getByText(name).waitFor()
  }
  await shot('people')
  expect(await named('row-people').innerText()).toContain('李四（值班员）')
  expect(readFileSync(join(data, 'setup.json'), 'utf8')).not.toContain('王老板')
  expect(readFileSync(join(data, 'people.json'), 'utf8')).not.toContain('274916')
})

it('every form fits a small window, in both languages, light, dark and in the sun', async () => {
  await setSize(studio, 1024, 600)
  for (const [language, theme] of [
    ['en', 'light'],
    ['zh', 'dark'],
    ['en', 'sun'],
  ] as const) {
    await setLooks(page, { language, theme })
    for (const row of [
      'lot',
      'devices',
      'tariff',
      'charge',
      'offline',
      'people',
      'firstCar',
      'keep',
    ]) {
      await named(`row-${row}`).click()
      await page.locator('.parts h2').first().waitFor()
      await page.evaluate(
        "for (const one of document.querySelectorAll('.form details.fold')) one.open = true",
      )
      await shot(`${row}-${language}-${theme}`)
      if (row === 'charge' && theme !== 'sun')
        for (const part of ['gateway', 'printers', 'rules']) {
          await named(`part-${part}`).scrollIntoViewIfNeeded()
          await shot(`${part}-${language}-${theme}`)
        }
      const wide = await page.evaluate(
        `[...document.querySelectorAll('.screen, .parts > .form, .parts > .list')]
          .filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.className)`,
      )
      expect(wide, `${row} ${language} ${theme}`).toEqual([])
    }
  }
  await setLooks(page, { language: 'zh', theme: 'light' })
})

it('one difference is shown and confirmed, and the lanes start in this window', async () => {
  await named('row-keep').click()
  await type('copiesTo', join(dir, 'not-there'))
  await named('row-keep').getByText('不通过').waitFor()
  await type('copiesTo', copies)
  await named('row-keep').getByText(copies).waitFor()
  await named('part-time').locator('summary').click()
  await type('time-servers', '127.0.0.1:9')
  const file = join(dir, 'handover.pdf')
  await studio.app.evaluate(({ session }, path) => {
    session.defaultSession.once('will-download', (_event, item) => item.setSavePath(path))
  }, file)
  await named('handover').click()
  await eventually(() => existsSync(file) && readFileSync(file).length).toBeGreaterThan(10_000)
  await shot('keep')
  await named('next').click()
  await named('begin').waitFor()
  await type('by', '王师傅')
  await named('write').waitFor()
  await shot('begin')
  expect(existsSync(join(data, 'lot.json'))).toBe(false)
  await named('write').click()
  await signIn()
  await page.locator('.mode.demo').getByText('演练').waitFor()
  expect(await named('demo').count()).toBe(0)
  const lot = JSON.parse(readFileSync(join(data, 'lot.json'), 'utf8')) as Record<string, unknown>
  expect(lot).toMatchObject({
    capacity: 60,
    name: { zh: '测试停车场' },
    chargeMode: 'online',
    copies: { to: copies },
    plateMatch: { scoreMin: 90 },
    lanes: [
      {},
      { id: 'exit', camera: 'push:hikvision', rsu: `${linkOfExit()}?variant=generic-bcc` },
    ],
    printers: [{ id: 'printer', link: 'tcp://127.0.0.1:9100' }],
    time: { servers: ['127.0.0.1:9'] },
  })
  expect(existsSync(join(data, 'sims'))).toBe(false)
})

it('the first car drives in, pays by ETC and drives out', async () => {
  const plate = randomPlate()
  const [entry, exit] = [simsOf('entry'), simsOf('exit')]
  const board = () =>
    page.evaluate("lane.call('board.get', {})") as Promise<{
      ok: boolean
      data: {
        lanes: {
          barrier: { arrive: string; position: string }
          devices: { rsu: { state: string } }
        }[]
      }
    }>
  await eventually(async () =>
    (await board()).data.lanes.map(({ barrier }) => barrier.arrive),
  ).toEqual(['off', 'off'])
  await loops(entry, true, false)
  await picture(entry, plate)
  await driveOut(page, 'entry', entry)
  const rsu = present(harness.sims('exit').rsu, 'an antenna')
  await rsu.admin('POST', '/cars', randomCar(plate))
  await loops(exit, true, false)
  await picture(exit, plate)
  await driveOut(page, 'exit', exit)
  await eventually(async () =>
    present(harness.platform, 'a platform').admin<{ totalFen: number }>(
      'GET',
      '/books?kind=exit-charges',
    ),
  ).toMatchObject({ totalFen: 300 })
  await goTo(page, 'lane')
  await page.getByText('¥ 3.00').first().waitFor()
  await shot('first-car')
  // A boom that is still up when the lanes are reopened is not closed by anybody.
  await eventually(async () =>
    (await board()).data.lanes.map(({ barrier }) => barrier.position),
  ).toEqual(['closed', 'closed'])
})

it('the menu leads back to the start page, which offers this car park and opens it again', async () => {
  await studio.app.evaluate(({ Menu, dialog }) => {
    dialog.showMessageBox = () => Promise.resolve({ response: 1, checkboxChecked: false })
    Menu.getApplicationMenu()?.getMenuItemById('start-page')?.click()
  })
  await named('start-known').getByText('测试停车场').waitFor()
  await shot('start-known')
  await named('start-known').click()
  await signIn()
  await page.locator('.mode.demo').getByText('演练').waitFor()
  await page.getByText('¥ 3.00').first().waitFor()
})

const spaces = (): unknown =>
  (JSON.parse(readFileSync(join(data, 'lot.json'), 'utf8')) as { capacity?: number }).capacity

it('on the lot that runs they change it between cars, and take it back', () =>
  parts.changedAtWork(studio, { shot, spaces, confirms, arrives }))

it('the same forms change it: before and after in words, written, and taken one step back', async () => {
  await parts.toStartPage(studio)
  await named('start-change').getByText('测试停车场').click()
  await signIn()
  await named('row-lot').click()
  await type('ordinary', '80')
  await named('row-lot').getByText('80 个车位').waitFor()
  await named('next').click()
  await named('changes').getByText('车位数').waitFor()
  expect(await named('changes').locator('tr').allInnerTexts()).toEqual(['车位数\t60\t→ 80'])
  await shot('change')
  await named('write').click()
  await confirms()
  await signIn()
  await page.locator('.mode.demo').getByText('演练').waitFor()
  expect(spaces()).toBe(80)
  await parts.toStartPage(studio)
  await named('start-change').click()
  await signIn()
  await named('revert').waitFor()
  await shot('revert')
  await setLooks(page, { language: 'zh', theme: 'dark' })
  await named('revert').waitFor()
  await setSize(studio, 1024, 768)
  await shot('revert-dark')
  await named('revert').click()
  await confirms()
  await eventually(spaces).toBe(60)
  await named('row-lot').getByText('60 个车位').waitFor()
})

it('what the lane ran on is said with who changed it, also where a file was edited; the hand-over is saved', async () => {
  parts.editedByHand(join(data, 'lot.json'))
  await parts.toStartPage(studio)
  await named('start-known').click()
  await signIn()
  await page.locator('.mode.demo').getByText('演练').waitFor()
  await setLooks(page, { language: 'zh', theme: 'light' })
  await setSize(studio, 1280, 800)
  await parts.ranOnThen(studio, { data, dir, shot })
})
