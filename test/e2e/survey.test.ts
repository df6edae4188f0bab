// A survey in the real window, on the workbench: made, walked by keyboard, a point taken back, checks
// answered, judged; walked with an instrument on a link. The file agrees with the screen.
import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { checkPhotos } from '#survey/pure/field/pictures.ts'
import { demoPicture } from '#harness/survey/demo-picture.ts'
import { readSurvey } from '#survey/files/open-survey.ts'
import { spawnLauncher, startSimProcess } from '#harness/lot/sim-process.ts'
import { projectOf } from '#survey/pure/file/project.ts'
import { eventually } from '../kit/eventually.ts'
import { program } from '../wire/kit/program.ts'
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
const data = join(dir, 'home', '.local', 'state', 'etc-lane', 'surveys')
let studio: Studio
/** Sounds that the window requested. */
const sounds = new Set<string>()
const named = (name: string) => studio.page.locator(`[data-test="${name}"]`)
const shot = (name: string): Promise<unknown> =>
  studio.page.screenshot({ path: join(shotsDir, `survey-${name}.png`) })

beforeAll(async () => {
  mkdirSync(shotsDir, { recursive: true })
  studio = await startStudio({ dir, args: ['--workbench', '--data', join(dir, 'data')] })
  studio.page.on('request', (request) => {
    if (request.url().endsWith('.opus')) sounds.add(request.url())
  })
  // Shown once the runtime answers; before that no page works.
  await studio.page.locator('.mode.workbench').waitFor()
  await setLooks(studio.page, { language: 'zh', theme: 'light', attendant: '' })
  await setSize(studio, 1024, 600)
})
afterAll(async () => {
  await studio.close()
  removeFolder(dir)
})

/** Presses Enter on an element that then disappears, by the keyboard so that it is not looked up again. */
async function enter(selector: string): Promise<void> {
  await studio.page.locator(selector).focus()
  await studio.page.keyboard.press('Enter')
}

async function capture(level: string, taken: number): Promise<void> {
  await studio.page.keyboard.type(level)
  await studio.page.keyboard.press('Space')
  await named('taken')
    .filter({ hasText: ` ${taken} /` })
    .waitFor()
}

it('goes from an empty list to a judged field by keyboard alone', async () => {
  const { page } = studio
  await named('entry-works').press('Enter')
  await named('page-survey').press('Enter')
  await named('new').waitFor()
  await shot('empty')
  await enter('[data-test="new"]')
  await page.locator('input[name="site"]').fill('演示停车场')
  await page.locator('input[name="lane"]').fill('出口 1')
  await page.locator('input[name="by"]').fill('安装员甲')
  await page.locator('input[name="plan-alone"]').fill('单车道出口,两侧均为围墙')
  await shot('new')
  await enter('input[name="by"]')
  await named('level').waitFor()
  expect(await named('point').textContent()).toContain('0.00')

  await capture('-41.2', 1)
  await capture('-40.8', 2)
  await page.keyboard.type('abc')
  await page.keyboard.press('Space')
  await page.locator('[role="alert"]').waitFor()
  for (let i = 0; i < 3; i++) await page.keyboard.press('Backspace')
  await capture('-39.9', 3)
  // With an empty field, Backspace takes back the last point.
  await page.keyboard.press('Backspace')
  await named('taken').filter({ hasText: ' 2 /' }).waitFor()
  // The third background point: the far right corner of the box.
  expect(await named('point').textContent()).toContain('4.50')
  await capture('-47', 3)
  await shot('walk')

  await enter('[data-test="part-checks"]')
  await named('check-card').waitFor()
  // A real picture through the window's own canvas, then the questions by keyboard alone.
  const picture = demoPicture(7)
  await page
    .locator('input[name="picture"]')
    .setInputFiles({ name: 'island.png', mimeType: 'image/png', buffer: Buffer.from(picture) })
  await named('photos').locator('img').waitFor()
  await page.keyboard.press('1')
  await page.locator('[data-test="step-D1-signs"][aria-current="step"]').waitFor()
  await page.keyboard.press('2')
  await page.locator('[data-test="step-D1-markings"][aria-current="step"]').waitFor()
  await page.keyboard.press('ArrowUp')
  await page.locator('[data-test="answer-D1-signs-no"][aria-pressed="true"]').waitFor()
  await shot('checks')
  await page.keyboard.press('ArrowUp')
  await shot('checks-photo')
  await enter('[data-test="step-D2-geometry"]')
  await page.locator('input[name="heightMm"]').fill('2400')
  await page.locator('input[name="downDeg"]').fill('35')
  await page.locator('input[name="yawDeg"]').fill('40')
  await page.keyboard.press('Enter')
  await page.locator('input[name="reason"]').waitFor()
  await shot('checks-geometry')
  await enter('[data-test="step-D4-nameplate"]')
  await page.locator('input[name="model"]').fill('X1')
  await page.locator('select[name="profile"]').selectOption('generic/generic-bcc')
  await page.locator('input[name="model"]').press('Enter')
  await page.locator('[data-test="step-D4-nameplate"]:not([aria-current])').waitFor()
  await enter('[data-test="step-D4-nameplate"]')
  await named('plate-found').waitFor()
  await shot('checks-nameplate')
  await enter('[data-test="part-drawing"]')
  await page
    .locator('input[name="picture"]')
    .setInputFiles({ name: 'plan.png', mimeType: 'image/png', buffer: Buffer.from(picture) })
  await named('drawing').waitFor()
  await page.locator('input[name="known"]').fill('12.8')
  await page.locator('input[name="check"]').fill('7.2')
  await named('handle-B').press('ArrowLeft')
  await named('error').waitFor()
  await named('outline').waitFor()
  await shot('drawing')
  await named('scale-record').press('Enter')
  await enter('[data-test="part-results"]')
  await named('results').waitFor()
  const rows = await named('results').locator('tbody tr').allTextContents()
  expect(rows).toHaveLength(15)
  expect(rows[0]).toContain('不符合')
  // Three of about three hundred points give no verdict.
  expect(rows[4]).toContain('框内还有')
  expect(rows[4]).toContain('未完成')
  await shot('results')

  const [file = ''] = readdirSync(data)
  // The scale is being written to the file while the results page opens.
  const drawn = (): unknown => projectOf(readSurvey(join(data, file)).records).scale
  await eventually(drawn).not.toBeNull()
  const { records } = readSurvey(join(data, file))
  const survey = projectOf(records)
  const [photo] = checkPhotos(survey)
  expect(photo).toMatchObject({ item: 'D1', part: 'island', mime: 'image/jpeg', widthPx: 160 })
  expect(survey.scale).toMatchObject({ known: { lengthMm: 12_800 }, check: { lengthMm: 7_200 } })
  expect(survey.nameplate?.library).toMatchObject({ profile: 'generic/generic-bcc', approvals: [] })
  expect(survey.fields.map(({ levelsDbm }) => levelsDbm)).toEqual([[-41.2], [-40.8], [-47]])
  expect(records.every(({ by }) => by === '安装员甲')).toBe(true)
})

it('shows it again after the page was left, in other looks', async () => {
  const { page } = studio
  await named('back').click()
  await named('surveys').waitFor()
  await shot('list')
  await named('draw').locator('summary').press('Enter')
  await page
    .locator('textarea[name="lots"]')
    .fill('演示停车场\n停车场甲\n停车场乙\n停车场丙\n停车场丁')
  await page.locator('[data-test="draw"] input[name="source"]').fill('示例公开数值')
  await page.locator('[data-test="draw"] input[name="value"]').fill('12345')
  await named('drawn').waitFor()
  await page.locator('[data-test="draw"] textarea[name="accessed"]').fill('停车场甲')
  await named('unaccessed').waitFor()
  await shot('draw')
  await named('open').first().click()
  await named('heat-map').waitFor()
  expect(await named('taken').textContent()).toContain('3 /')
  await setLooks(page, { language: 'en', theme: 'dark', attendant: '' })
  await setSize(studio, 1366, 768)
  await goTo(page, 'survey')
  await named('open').first().click()
  await named('heat-map').waitFor()
  await shot('walk-en-dark')
  await setSize(studio, 1024, 600)
  await named('part-checks').click()
  await named('check-card').waitFor()
  // No question of the list is cut, in the longer language at the smallest width.
  const cut = await page
    .locator('.steps .step')
    .evaluateAll((all) =>
      all.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent.trim()),
    )
  expect(cut).toEqual([])
  await shot('checks-en-dark')
  // The longer texts stay on one line, inside the window.
  const head = await page
    .locator('header.head')
    .evaluate((one) => ({
      height: one.getBoundingClientRect().height,
      over: one.scrollWidth - one.clientWidth,
      right: Math.max(...[...one.children].map((part) => part.getBoundingClientRect().right)),
    }))
  expect(head.height).toBeLessThan(44)
  expect(head.over).toBe(0)
  expect(head.right).toBeLessThanOrEqual(1024)
  await named('part-drawing').click()
  await named('outline').waitFor()
  await shot('drawing-en-dark')
})

it('walks with an instrument on a link: three points by Space, the cable cut, and on again', async () => {
  const { page } = studio
  const flags = ['--listen', 'tcp://127.0.0.1:0', '--admin', 'http://127.0.0.1:0']
  const own = ['--variant', 'scpi-siglent', '--timing', 'instant', '--seed', '7']
  const sim = await startSimProcess('instrument-sim', [...flags, ...own], spawnLauncher(program))
  try {
    await sim.admin('POST', '/knobs', { settleMs: 0 })
    await setLooks(page, { language: 'zh', theme: 'light', attendant: '' })
    await setSize(studio, 1024, 600)
    await goTo(page, 'survey')
    await named('open').first().click()
    await named('instrument-form').click()
    await page.locator('select[name="profile"]').selectOption('siglent/ssa3000x')
    await page.locator('input[name="link"]').fill(sim.endpoints.link ?? '')
    await page.locator('input[name="serialNo"]').fill('DEMO-7')
    await page.locator('input[name="correctionDb"]').fill('1.5')
    await page.locator('input[name="gainDbi"]').fill('0')
    await page.locator('input[name="simulated"]').check()
    await shot('instrument')
    await enter('input[name="correctionDb"]')
    await page.locator('[data-test="live"][data-state="live"]').waitFor()
    for (const taken of [4, 5, 6]) {
      await page.keyboard.press('Space')
      await named('taken')
        .filter({ hasText: ` ${taken} /` })
        .waitFor()
    }
    await shot('live')

    await sim.admin('POST', '/act', { do: 'unplug', ms: 86_400_000 })
    await named('live-fault').filter({ hasText: '没有连上仪器' }).waitFor()
    await shot('live-lost')
    expect(await named('taken').textContent()).toContain(' 6 /')
    await sim.admin('POST', '/act', { do: 'unplug', ms: 1 })
    await page.locator('[data-test="live"][data-state="live"]').waitFor()
    await page.keyboard.press('Space')
    await named('taken').filter({ hasText: ' 7 /' }).waitFor()
    await page.keyboard.press('Backspace')
    await named('taken').filter({ hasText: ' 6 /' }).waitFor()

    const [file = ''] = readdirSync(data)
    const survey = projectOf(readSurvey(join(data, file)).records)
    const live = survey.fields.filter(({ instrumentId }) => instrumentId === 'DEMO-7')
    expect(live.map(({ levelsDbm }) => levelsDbm.length)).toEqual([5, 5, 5])
    expect(survey.instruments.get('DEMO-7')).toMatchObject({ correctionDb: 1.5, simulated: true })

    await named('part-measure').click()
    await page.locator('input[name="to"]').fill((sim.endpoints.link ?? '').replace('tcp://', ''))
    await page.locator('input[name="everyMs"]').fill('10')
    await page.locator('input[name="rateSec"]').fill('0')
    await page.locator('select[name="method"]').selectOption('tcp')
    await named('start-link').click()
    await page.locator('[data-test="job"][data-state="done"]').waitFor()
    await named('no-one-way').waitFor()
    await shot('measure-link')
    await named('measure-neighbour').click()
    await named('criterion').waitFor()
    await shot('measure-neighbour')
    await setLooks(page, { language: 'en', theme: 'dark', attendant: '' })
    await goTo(page, 'survey')
    await named('open').first().click()
    await named('live').waitFor()
    await shot('live-en-dark')
    await named('part-measure').click()
    for (const kind of ['link', 'clock', 'neighbour'] as const) {
      await named(`measure-${kind}`).click()
      await shot(`measure-${kind}-en-dark`)
    }
  } finally {
    await sim.kill()
  }
})

interface Box {
  readonly what: string
  readonly width: number
  readonly height: number
}
/** Every control on the survey page except the points of the map, which keys can choose. */
const boxes = (): Promise<readonly Box[]> =>
  studio.page
    .locator('.screen :is(button, input:not([aria-hidden]), select, summary, a):visible')
    .evaluateAll((all) =>
      all.map((one) => {
        const { width, height } = one.getBoundingClientRect()
        return { what: one.outerHTML.slice(0, 120), width, height }
      }),
    )

it('in the theme for the sun is pressed in gloves, and says each point aloud', async () => {
  const { page } = studio
  await setSize(studio, 1024, 600)
  await named('sun').click()
  for (const part of ['field', 'checks', 'measure', 'assistant', 'results']) {
    await named(`part-${part}`).click()
    const small = (await boxes()).filter(({ width, height }) => Math.min(width, height) < 63.5)
    expect(small, part).toEqual([])
    expect(await page.evaluate('document.body.scrollWidth <= innerWidth')).toBe(true)
    await shot(`sun-${part}`)
  }
  await named('part-field').click()
  // Requested in both languages, since the window began in Chinese.
  expect(sounds.size).toBe(30)
  const played = await page.evaluate<readonly string[]>(`Promise.all(
    ${JSON.stringify([...sounds])}.map(async (url) => {
      const bytes = await (await fetch(url)).arrayBuffer()
      const { duration } = await new AudioContext().decodeAudioData(bytes)
      return duration > 0.1 && duration < 1.5 ? '' : url + ': ' + duration + ' s'
    }),
  )`)
  expect(played.filter((fault) => fault !== '')).toEqual([])
  await named('sounds').click()
  expect(await page.evaluate(`localStorage.getItem('studio.sounds')`)).toBe('off')
  await named('sun').click()
  expect(await page.evaluate('document.documentElement.dataset.theme')).toBe('dark')
})
