// Survey files in the real window: evidence made on the command line is opened by sql.js and SM2 in the sandbox, a
// flipped byte is named by its line; two surveys are compared. The window's policy is not violated.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { gridPoints, parkingGrid } from '#survey/pure/field/grid.ts'
import type { SurveyBody } from '#survey/pure/file/record.ts'
import {
  fieldBody,
  openedBody,
  SurveyFolder,
} from '../firmware-runtime/survey/pure/survey-files-kit.ts'
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
const folder = new SurveyFolder()
const setup = (powerStep: number): SurveyBody => ({
  kind: 'setup',
  profile: 'rsu/generic/ver',
  firmware: null,
  settings: { powerStep },
  heightMm: 2_600,
  downDeg: 35,
  yawDeg: 40,
})
/** Strong in the middle, `downDb` weaker after the change. */
const bodies = (powerStep: number, downDb: number, points: number): readonly SurveyBody[] => [
  openedBody,
  setup(powerStep),
  ...gridPoints(parkingGrid)
    .slice(0, points)
    .map(({ xMm, yMm }) => {
      const out = Math.hypot((xMm - 1_600) / 1_600, (yMm - 2_250) / 2_250)
      return fieldBody(xMm, yMm, Math.round((-32 - 11 * out * out - downDb * out) * 10) / 10)
    }),
]
const before = folder.survey('before', bodies(8, 0, 302))
const after = folder.survey('after', bodies(6, 6, 280))
let studio: Studio
const named = (name: string) => studio.page.locator(`[data-test="${name}"]`)
const shot = (name: string): Promise<unknown> =>
  studio.page.screenshot({ path: join(shotsDir, `files-${name}.png`) })

beforeAll(async () => {
  mkdirSync(shotsDir, { recursive: true })
  studio = await startStudio({ dir, args: ['--workbench', '--data', join(dir, 'data')] })
  // The workbench shows its own page first.
  await studio.page.locator('[data-test="ports"]').waitFor()
  await setLooks(studio.page, { language: 'zh', theme: 'light', attendant: '' })
  await setSize(studio, 1024, 600)
})
afterAll(async () => {
  await studio.close()
  removeFolder(dir)
  folder.remove()
})

it('opens what the command line made, and names the line of a byte that was flipped', async () => {
  const { page } = studio
  const refused: string[] = []
  page.on('console', (line) => {
    if (/Content Security Policy/.test(line.text())) refused.push(line.text())
  })
  await goTo(page, 'survey')
  await named('page-files').press('Enter')
  await shot('empty')
  folder.evidence(after)
  const evidence = after.replace('.etcsurvey', '.etcevidence')
  await named('file').setInputFiles(evidence)
  await named('evidence').waitFor()
  expect(await named('evidence').innerText()).toContain('TEST Installer')
  await shot('evidence')
  const bytes = readFileSync(evidence)
  const at = bytes.indexOf('levelsDbm')
  const line = bytes.subarray(0, at).toString('utf8').split('\n').length
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at)
  writeFileSync(join(dir, 'changed.etcevidence'), bytes)
  await named('file').setInputFiles(join(dir, 'changed.etcevidence'))
  await named('refused').waitFor()
  expect(await named('wrong').innerText()).toContain(`第 ${line} 行`)
  await shot('refused')

  await named('file').setInputFiles([before, after])
  await named('compare').waitFor()
  await page.keyboard.press('F6')
  await named('difference-map').waitFor()
  expect(await named('settings').innerText()).toMatch(/▲ 功率档位\s+8\s+6/)
  expect(await named('difference-map').locator('.single').count()).toBe(22)
  await shot('compare')
  await setLooks(page, { language: 'en', theme: 'dark', attendant: '' })
  await goTo(page, 'survey')
  await named('page-files').click()
  await named('file').setInputFiles([before, after])
  await named('compare').waitFor()
  for (const part of ['results', 'field', 'records', 'instruments']) {
    await named(`sheet-${part}`).click()
    await shot(`${part}-en-dark`)
  }
  await named('compare').click()
  await named('difference-map').waitFor()
  await shot('compare-en-dark')
  await named('merge').click()
  await named('save-merged').waitFor()
  await shot('merge-en-dark')
  await goTo(page, 'survey')
  await named('page-order').click()
  await named('next-step').waitFor()
  await shot('order-en-dark')
  const wide = await page.evaluate('document.documentElement.scrollWidth')
  expect(wide).toBeLessThanOrEqual(1024)
  expect(refused).toEqual([])
})
