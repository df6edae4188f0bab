// The theme for the sun, measured in a real window on every page an installer uses: text of 16 px, and
// whatever is pressed at least 44 px high, with the label that belongs to a box counted as its target.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { boards } from '../renderer/lane-views.ts'
import { boardWith, placeStates } from '../renderer/place-views-kit.ts'
import { startScripted, type ScriptedRuntime } from './scripted-runtime.ts'
import { removeFolder, setLooks, setSize, startStudio, tempFolder, type Studio } from './studio.ts'

const dir = tempFolder()
let runtime: ScriptedRuntime
let studio: Studio

beforeAll(async () => {
  runtime = await startScripted(dir)
  runtime.lot.places = placeStates.normal
  runtime.lot.show(boardWith(boards.normal, placeStates.normal))
  studio = await startStudio({ dir, args: ['--attach', dir] })
  await setSize(studio, 1366, 768)
  await setLooks(studio.page, { language: 'zh', theme: 'sun', attendant: '装机员' })
})
afterAll(async () => {
  await studio.close()
  await runtime.close()
  removeFolder(dir)
})

/** What is pressed and too small, and text that is, as the window laid them out. */
const small = `(() => {
  const found = []
  const name = (el) => el.tagName + ' ' + (el.dataset.test ?? el.className) + ' ' + el.textContent.trim().slice(0, 20)
  for (const el of document.querySelectorAll('button, a, select, summary, input, textarea')) {
    const target = el.matches('[type=checkbox], [type=radio], [type=file]') ? (el.closest('label') ?? el) : el
    const { width, height } = target.getBoundingClientRect()
    if (el.closest('.unseen') !== null || width === 0 || height < 1) continue
    if (height < 43.5) found.push(name(el) + ' is ' + Math.round(height) + ' px high')
  }
  for (const el of document.querySelectorAll('.page p, .page td, .page th, .page dd, .page label, .nav a')) {
    const px = parseFloat(getComputedStyle(el).fontSize)
    if (el.offsetParent !== null && px < 16 && !el.matches('.mono')) found.push(name(el) + ' is text of ' + px + ' px')
  }
  return [getComputedStyle(document.body).fontSize, [...new Set(found)]]
})()`

const inner = ['find', 'frames', 'tune', 'safety', 'workshop', 'places'] as const
const rows = ['车道', '设备', '勘测', '车道档案', '设备库', '系统'] as const

it.each(rows)('the page %s', async (row) => {
  await studio.page.locator('nav a', { hasText: row }).first().click()
  await expect.poll(() => studio.page.evaluate(small)).toEqual(['16px', []])
})

it.each(inner)('the page of devices %s', async (page) => {
  await studio.page.locator('.nav a', { hasText: '设备' }).first().click()
  await studio.page.locator(`[data-test="page-${page}"]`).click()
  await expect.poll(() => studio.page.evaluate(small)).toEqual(['16px', []])
})
