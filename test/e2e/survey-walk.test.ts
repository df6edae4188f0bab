// A survey from start to report, done by an installer in the real window with an
// analyser behind a real socket: clicks, keys and modelled time are counted and must not grow (docs/usability.md).
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readSurvey } from '#survey/files/open-survey.ts'
import { demoPicture } from '#harness/survey/demo-picture.ts'
import { spawnLauncher, startSimProcess, type SimProcess } from '#harness/lot/sim-process.ts'
import { parkingGrid } from '#survey/pure/field/grid.ts'
import { antennaModelParts } from '#survey/pure/items/d04-antenna-model.ts'
import { electricalParts } from '#survey/pure/items/d03-electrical.ts'
import { layoutParts } from '#survey/pure/items/d02-layout.ts'
import { signsParts } from '#survey/pure/items/d01-signs.ts'
import { projectOf } from '#survey/pure/file/project.ts'
import { walkOf, type WalkStep } from '#survey/pure/survey-points.ts'
import { usualPlan, usualTrigger } from '#survey/pure/field/zone-plan.ts'
import { present } from '#base/pure/values/must.ts'
import { pagesOf } from '../firmware-runtime/survey/desk/commands/pdf-kit.ts'
import { eventually } from '../kit/eventually.ts'
import { program } from '../wire/kit/program.ts'
import {
  removeFolder,
  setLooks,
  setSize,
  shotsDir,
  startStudio,
  tempFolder,
  type Studio,
} from './studio.ts'
import { keepWalk } from './walk-kept.ts'
import { Hands, operators, sumOf, type WalkSum } from './walk-model.ts'

/** Points recorded one by one in the window; the others cost the same each, and are recorded together. */
const walked = 10
const minutesMax = 15
const cellsOfTheClaim = 250

const dir = tempFolder()
const folder = join(dir, 'home', '.local', 'state', 'etc-lane', 'surveys')
const report = join(dir, 'report')
/** The order of the walk: background, drift, every point, drift. */
function walkPoints(): readonly WalkStep[] {
  const trigger = usualTrigger(parkingGrid)
  const named = { title: '', site: '', lane: '', access: 'wire' } as const
  const zone = usualPlan(parkingGrid, trigger)
  const opened = { kind: 'opened', ...named, grid: parkingGrid, trigger, zone } as const
  const steps: WalkStep[] = []
  for (;;) {
    const fields = steps.map(({ xMm, yMm, place }) => ({
      kind: 'field' as const,
      xMm,
      yMm,
      zMm: 1_000,
      place,
      levelsDbm: [-40],
      instrumentId: 'a',
      antennaId: null,
    }))
    const { next } = walkOf(opened, fields)
    if (next === null) return steps
    steps.push(next)
  }
}
const points = walkPoints()
let sim: SimProcess
let studio: Studio
let hands: Hands
const named = (name: string): Locator => studio.page.locator(`[data-test="${name}"]`)

beforeAll(async () => {
  mkdirSync(shotsDir, { recursive: true })
  const flags = ['--listen', 'tcp://127.0.0.1:0', '--admin', 'http://127.0.0.1:0']
  const own = ['--variant', 'scpi-siglent', '--timing', 'instant', '--seed', '7']
  const launch = spawnLauncher(program)
  const [started, instrument] = await Promise.all([
    startStudio({ dir, args: ['--workbench', '--data', join(dir, 'data')] }),
    startSimProcess('instrument-sim', [...flags, ...own], launch),
  ])
  studio = started
  sim = instrument
  // Where the window would show the save dialog.
  await studio.app.evaluate(({ session }, path) => {
    session.defaultSession.on('will-download', (_event, item) => item.setSavePath(path))
  }, report)
  await sim.admin('POST', '/knobs', { settleMs: 0 })
  // The last typed values: the instrument is a simulator and says so.
  const typedLast = JSON.stringify({ profile: 'siglent/ssa3000x', simulated: true })
  const looks = { language: 'zh', theme: 'sun', attendant: '', sounds: 'off' }
  await setLooks(studio.page, { ...looks, 'survey.instrument': typedLast })
  await setSize(studio, 1024, 600)
  await studio.page.locator('.mode.workbench').waitFor()
})
afterAll(async () => {
  await studio.close()
  await sim.kill()
  removeFolder(dir)
})

async function begin(): Promise<void> {
  const { page } = studio
  hands.begin('Begin a survey: car park, lane, name')
  await hands.click(named('entry-works'))
  await hands.click(named('new'))
  await page.locator('input[name="site"]:focus').waitFor()
  await hands.type('演示停车场')
  await hands.press('Tab')
  await hands.type('出口')
  await hands.press('Tab')
  await hands.type('李')
  await hands.click(page.locator('input[name="plan-alone"]'))
  await hands.type('两侧为围墙,没有邻道')
  await hands.press('Enter')
  hands.waits('record')
  await named('level').waitFor()
}

async function connect(): Promise<void> {
  const { page } = studio
  hands.begin('Connect the analyser')
  await hands.click(named('instrument-form'))
  await hands.click(page.locator('input[name="link"]'))
  await hands.type(present(sim.endpoints.link, 'a link'))
  await hands.click(page.locator('input[name="gainDbi"]'))
  await hands.type('0')
  await hands.press('Enter')
  hands.waits('meter')
  await page.locator('[data-test="live"][data-state="live"]').waitFor()
  await page.locator('[data-test="capture"]:focus').waitFor()
}

const less = (a: WalkSum, b: WalkSum): WalkSum => ({
  clicks: a.clicks - b.clicks,
  keys: a.keys - b.keys,
  modelMs: a.modelMs - b.modelMs,
})

/** Presses Space at each point; returns the cost of one. */
async function take(): Promise<WalkSum> {
  hands.begin(`Walk the grid: Space at each of ${points.length} points`)
  let before = sumOf(hands.steps)
  const costs: WalkSum[] = []
  for (const [i, { xMm, yMm }] of points.slice(0, walked).entries()) {
    await sim.admin('POST', '/probe', { xMm, yMm, zMm: 1_000 })
    hands.waits('move')
    await hands.press('Space')
    hands.waits('burst')
    await named('taken')
      .filter({ hasText: ` ${i + 1} /` })
      .waitFor()
    costs.push(less(sumOf(hands.steps), before))
    before = sumOf(hands.steps)
  }
  const one = present(costs[0], 'a point')
  expect(costs).toEqual(costs.map(() => one))
  return one
}

/** Records the remaining points by the call that a file of readings makes. */
async function rest(): Promise<void> {
  const [name = ''] = readdirSync(folder).map((file) => file.replace(/\.etcsurvey$/, ''))
  const { page } = studio
  const levels = await Promise.all(
    points.slice(walked).map(async ({ xMm, yMm, place }) => {
      const at = `/truth?xMm=${xMm}&yMm=${yMm}&zMm=1000`
      const { levelDbm } = await sim.admin<{ levelDbm: number }>('GET', at)
      return { xMm, yMm, place, levelDbm: Math.round(levelDbm * 100) / 100 }
    }),
  )
  const { instruments } = projectOf(readSurvey(join(folder, `${name}.etcsurvey`)).records)
  const instrumentId = present([...instruments.keys()][0], 'an instrument')
  const bodies = levels.map(({ levelDbm, ...at }) => ({
    kind: 'field',
    ...at,
    zMm: 1_000,
    antennaId: null,
    instrumentId,
    levelsDbm: [levelDbm],
  }))
  const args = JSON.stringify({ name, bodies, by: '李' })
  await page.evaluate(`lane.call('survey.add', ${args})`)
  await page.keyboard.press('F5')
  await named('taken')
    .filter({ hasText: ` ${points.length} /` })
    .waitFor()
}

const withPhoto = new Set(
  Object.entries({
    D1: signsParts,
    D2: layoutParts,
    D3: electricalParts,
    D4: antennaModelParts,
  }).flatMap(([item, parts]) =>
    parts.filter(({ photo }) => photo).map((one) => `${item}-${one.part}`),
  ),
)

/** P opens the system's dialog, which a script cannot use: its key is counted, the picture is set. */
async function photo(): Promise<void> {
  hands.again({ clicks: 0, keys: 1, modelMs: operators.key.ms }, 1)
  await studio.page
    .locator('input[name="picture"]')
    .setInputFiles({
      name: 'photo.png',
      mimeType: 'image/png',
      buffer: Buffer.from(demoPicture(7)),
    })
  hands.waits('photo')
  await named('photos').locator('img').waitFor()
}

/** By keyboard alone: each answer leads to the next question. */
async function answers(): Promise<void> {
  const { page } = studio
  hands.begin('Rows 1 to 4: photos, answers, geometry and name plate')
  await hands.click(named('part-checks'))
  const current = page.locator('[aria-current="step"]')
  for (let step = ''; ;) {
    await eventually(() => current.getAttribute('data-test')).not.toBe(step)
    step = (await current.getAttribute('data-test')) ?? ''
    if (step === 'step-D2-geometry') {
      await page.locator('input[name="heightMm"]:focus').waitFor()
      for (const figure of ['2600', '35', '40']) {
        await hands.type(figure)
        await hands.press(figure === '40' ? 'Enter' : 'Tab')
      }
    } else if (step === 'step-D4-nameplate') {
      await page.locator('input[name="model"]:focus').waitFor()
      await hands.type('X1')
      await hands.press('Enter')
      hands.waits('record')
      return
    } else {
      await page.locator('[data-test="check-card"]:focus').waitFor()
      if (withPhoto.has(step.replace('step-', ''))) await photo()
      await hands.press('1')
    }
    hands.waits('record')
  }
}

it('from nothing to a signed report', async () => {
  hands = new Hands(studio.page, 'mouse')
  await begin()
  await connect()
  const one = await take()
  expect(one).toMatchObject({ clicks: 0, keys: 1 })
  hands.again(one, points.length - walked)
  expect((cellsOfTheClaim * one.modelMs) / 60_000).toBeLessThan(minutesMax)
  await rest()
  await studio.page.screenshot({ path: join(shotsDir, 'survey-walk-field.png') })

  await answers()

  hands.begin('Sign: name and pen')
  // The name plate must be recorded before the rows are ticked: a row's new state clears all ticks.
  await studio.page.locator('[data-test="step-D4-nameplate"]:not(:has(.off))').waitFor()
  await hands.click(named('part-results'))
  await named('results').waitFor()
  // Rows 6 to 15 are not measured here: each is named, with the reason and the person responsible.
  await hands.click(named('sign-override'))
  const open = studio.page.locator('input[type="checkbox"][name^="despite-"]')
  await open.first().waitFor()
  const rows = await open.count()
  for (let row = 0; row < rows; row++) await hands.click(open.nth(row))
  expect(await open.evaluateAll((all) => all.every((one) => one.matches(':checked')))).toBe(true)
  await hands.click(studio.page.locator('textarea[name="despite-reason"]'))
  await hands.type('其余项目另行安排测试')
  await hands.click(studio.page.locator('input[name="despite-who"]'))
  await hands.type('李工')
  await hands.click(studio.page.locator('input[name="signer"]'))
  await hands.type('测试员')
  await hands.draw(named('sign-pad'), [
    [0.2, 0.5],
    [0.5, 0.3],
    [0.8, 0.6],
  ])
  await eventually(() => named('sign-pad').locator('path').getAttribute('d')).toContain('L')
  await hands.click(named('sign'))
  hands.waits('record')
  await named('signatures').filter({ hasText: '测试员' }).locator('svg').waitFor()

  hands.begin('Save the report')
  await hands.click(named('report-pdf'))
  hands.waits('report')
  await eventually(() => existsSync(report) && statSync(report).size > 10_000).toBe(true)
  expect(pagesOf(report).join('\n')).toContain('演示停车场')
  await studio.page.screenshot({ path: join(shotsDir, 'survey-walk-results.png') })
  keepWalk('survey', hands.steps)
})
