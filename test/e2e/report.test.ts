// The report as PDF from the real window: printed, saved where a person chooses, opened with an independent reader.
// Every page is rendered; fonts are embedded; no table row or picture is cut by a page break.
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { builtInTemplate } from '#survey/report/report-template.ts'
import { newSurvey } from '#survey/files/open-survey.ts'
import {
  cutRows,
  embeddedFonts,
  halfEmpty,
  pagesOf,
  pdfPictures,
} from '../firmware-runtime/survey/desk/commands/pdf-kit.ts'
import { demoPicture } from '#harness/survey/demo-picture.ts'
import { longSurvey } from '../firmware-runtime/survey/desk/commands/long-survey.ts'
import { eventually } from '../kit/eventually.ts'
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
const surveys = join(dir, 'home', '.local', 'state', 'etc-lane', 'surveys')
let studio: Studio
const named = (name: string) => studio.page.locator(`[data-test="${name}"]`)

beforeAll(async () => {
  mkdirSync(shotsDir, { recursive: true })
  mkdirSync(surveys, { recursive: true, mode: 0o700 })
  const { ledger, writer } = newSurvey(join(surveys, '20260302-090000000.etcsurvey'))
  ledger.addAll(longSurvey, 'tester')
  writer.close()
  studio = await startStudio({ dir, args: ['--workbench', '--data', join(dir, 'data')] })
  await studio.page.locator('nav a').first().waitFor()
  await setLooks(studio.page, { language: 'zh', theme: 'light', attendant: '安装员甲' })
  await setSize(studio, 1024, 600)
})
afterAll(async () => {
  await studio.close()
  removeFolder(dir)
})

/** The path that the person chooses in the save dialog. */
async function savedAs(name: string, press: () => Promise<void>): Promise<string> {
  const file = join(dir, name)
  await studio.app.evaluate(({ session }, path) => {
    session.defaultSession.once('will-download', (_event, item) => item.setSavePath(path))
  }, file)
  await press()
  await eventually(() => existsSync(file) && statSync(file).size > 0).toBe(true)
  return file
}

it('takes signatures by pointer and by keyboard, and one back', async () => {
  const { page } = studio
  // The workbench opens its own page after its first search, which may be after the first press.
  await eventually(async () => {
    await goTo(page, 'survey')
    return named('open').count()
  }).toBe(1)
  await named('open').click()
  await named('part-results').click()
  // Rows that have not passed prevent signing: each is named, with the reason and the person responsible.
  await page.locator('input[name="signer"]').fill('安装员甲')
  await named('sign').click()
  await page.locator('[role="alert"]', { hasText: '有项目未通过' }).waitFor()
  await page.screenshot({ path: join(shotsDir, 'survey-sign-stop.png') })
  await named('sign-override').click()
  const ticks = page.locator('input[type="checkbox"][name^="despite-"]')
  for (let row = 0; row < (await ticks.count()); row++) await ticks.nth(row).check()
  await page.locator('textarea[name="despite-reason"]').fill('业主要求先出一份报告')
  await page.locator('input[name="despite-who"]').fill('李工')
  const pad = await named('sign-pad').boundingBox()
  if (pad === null) throw new Error('no pad')
  await page.mouse.move(pad.x + 40, pad.y + 30)
  await page.mouse.down()
  await page.mouse.move(pad.x + 120, pad.y + 80, { steps: 8 })
  await page.mouse.move(pad.x + 260, pad.y + 40, { steps: 8 })
  await page.mouse.up()
  await page.screenshot({ path: join(shotsDir, 'survey-sign.png') })
  await named('sign').click()
  await named('signatures').filter({ hasText: '测试人 安装员甲' }).waitFor()
  await page.locator('select[name="role"]').selectOption('witness')
  await page.locator('input[name="signer"]').fill('见证人乙')
  await page.locator('input[name="signer"]').press('Enter')
  await named('signatures').filter({ hasText: '见证人乙' }).waitFor()
  await named('sign-undo').click()
  await eventually(() => named('signatures').textContent()).not.toContain('见证人乙')
  // Taking back the other signature does not count as a later measurement.
  expect(await named('signatures').textContent()).not.toContain('其后又有')
  await page.screenshot({ path: join(shotsDir, 'survey-signed.png') })
})

it('has a cover that is edited where the report is made', async () => {
  const { page } = studio
  await named('cover-edit').click()
  await page.locator('input[name="cover-number"]').fill('GX-2026-017')
  await page.locator('input[name="cover-company"]').fill('示例检测公司')
  await page
    .locator('input[type="file"][name="cover-logo"]')
    .setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: Buffer.from(demoPicture(3)) })
  await named('cover-logo').waitFor()
  await page.screenshot({ path: join(shotsDir, 'survey-cover.png') })
  await named('cover-save').click()
  await named('cover-said').filter({ hasText: 'GX-2026-017 · 示例检测公司' }).waitFor()
})

it('prints the report to a PDF that another reader opens whole', async () => {
  const file = await savedAs('report.pdf', () => named('report-pdf').click())
  expect(readFileSync(file).subarray(0, 5).toString('latin1')).toBe('%PDF-')
  const pages = pagesOf(file)
  expect(pages.length).toBeGreaterThan(4)
  pages.forEach((text, i) => expect(text).toContain(`第 ${i + 1} 页 / 共 ${pages.length} 页`))
  const text = pages.join('\n')
  expect(text).toContain('停车场现场测试报告')
  expect(text).toContain('安装员甲')
  // A picture, its scale and its text are on one page.
  const pictured = pages.filter((page) => page.includes('≥ -25'))
  expect(pictured).toHaveLength(1)
  for (const part of ['< -65', '方格为实测点']) expect(pictured[0]).toContain(part)
  expect(cutRows(pages)).toEqual({ whole: expect.any(Number) as number, cut: [] })
  expect(cutRows(pages).whole).toBeGreaterThan(50)
  const fonts = embeddedFonts(file)
  expect(fonts.length).toBeGreaterThan(0)
  expect(fonts.filter(({ embedded }) => !embedded)).toEqual([])
  expect(fonts.some(({ name }) => name.includes('NotoSansSC'))).toBe(true)
  // Each page has ink, so no page break leaves an empty one.
  const pictures = pdfPictures(file, join(shotsDir, 'report'))
  for (const { dark } of pictures) expect(dark).toBeGreaterThan(0.002)
  expect(halfEmpty(pictures)).toEqual([])
  // Boxes stand side by side; a long line continues below in its own box.
  const all = text.replaceAll(/\s+/g, '')
  for (const said of ['GX-2026-017', '示例检测公司', '业主要求', '李工'])
    expect(all).toContain(said)
})

it('prints a template of the user by its window, as full', async () => {
  const template = join(surveys, 'report-template.html')
  writeFileSync(template, builtInTemplate.replace('<h1>', '<h1>甲方 '))
  const file = await savedAs('own.pdf', () => named('report-pdf').click())
  rmSync(template)
  const pages = pagesOf(file)
  // The reader inserts as many spaces as fit.
  expect(pages[0]?.replaceAll(/ +/g, ' ')).toContain('甲方 停车场现场测试报告')
  pages.forEach((text, i) => expect(text).toContain(`第 ${i + 1} 页 / 共 ${pages.length} 页`))
  expect(halfEmpty(pdfPictures(file, join(shotsDir, 'own-report')))).toEqual([])
})

it('names the line of a template that cannot be used', async () => {
  const template = join(surveys, 'report-template.html')
  writeFileSync(template, builtInTemplate.replace('</head>', '<script>1</script>\n</head>'))
  await named('report-html').click()
  const alert = studio.page.locator('[role="alert"]', { hasText: 'REPORT-01' })
  await alert.waitFor()
  expect(await alert.textContent()).toContain('line 8')
  rmSync(template)
  const file = await savedAs('report.html', () => named('report-html').click())
  expect(readFileSync(file, 'utf8')).toContain('停车场现场测试报告')
  expect(await alert.count()).toBe(0)
})
