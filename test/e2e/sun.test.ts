// The sun theme, measured in a real window on every page of the router, so that new pages are
// included: text of 16 px, and every control at least 44 px high, a checkbox with its label.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { pages } from '#renderer/pages/pages.ts'
import { eventually } from '../kit/eventually.ts'
import { boards } from '../renderer/pages/lane/lane-views.ts'
import { boardWith, placeStates } from '../renderer/pages/places/place-views-kit.ts'
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

/** Controls and texts that are too small in the window's layout. */
const small = `(() => {
  const found = []
  const name = (el) => el.tagName + ' ' + (el.dataset.test ?? el.className) + ' ' + el.textContent.trim().slice(0, 20)
  for (const el of document.querySelectorAll('button, a, select, summary, input, textarea')) {
    const isBox = el.matches('[type=checkbox], [type=radio], [type=file]')
    const target = (isBox ? el.closest('label') : null) ?? el
    const { width, height } = target.getBoundingClientRect()
    if (el.closest('.unseen') !== null || width === 0 || height < 1) continue
    if (height < 43.5) found.push(name(el) + ' is ' + Math.round(height) + ' px high')
  }
  for (const el of document.querySelectorAll('.page :is(p, td, th, dd, label), .el-dialog :is(p, td, th, dd, label), .nav a')) {
    const px = parseFloat(getComputedStyle(el).fontSize)
    if (el.offsetParent !== null && px < 16 && !el.matches('.mono')) found.push(name(el) + ' is text of ' + px + ' px')
  }
  return [getComputedStyle(document.body).fontSize, [...new Set(found)]]
})()`

const routes = Object.entries(pages).map(
  ([name, { path }]) => [name, path.replace(':stayId', 'S-DEMO01-17')] as const,
)

async function goTo(path: string): Promise<void> {
  const router = "document.querySelector('#app').__vue_app__.config.globalProperties.$router"
  await studio.page.evaluate(`${router}.push(${JSON.stringify(path)})`)
}

it('the router has pages', () => {
  expect(routes.length).toBeGreaterThan(15)
})

it.each(routes)('the page %s', async (_name, path) => {
  await goTo(path)
  await eventually(() => studio.page.evaluate(small)).toEqual(['16px', []])
})

it('a waiting car is seen, counted and heard at once on every page, and its line leads to it', async () => {
  const { page } = studio
  // Counts tones where the window makes them, and whether its sound runs.
  await page.evaluate(`{
    const make = AudioContext.prototype.createOscillator
    AudioContext.prototype.createOscillator = function () {
      window.heard = (window.heard ?? 0) + 1
      window.speaker = this
      return make.call(this)
    }
    // Nothing repeats from here on: the sound that is heard is the one at once.
    window.every = window.setInterval
    window.setInterval = () => 0
  }`)
  const soundsPlayed = (): Promise<number> => page.evaluate('window.heard ?? 0') as Promise<number>
  const quiet = boardWith(boards.normal, placeStates.normal)
  const waiting = boardWith(boards.error, placeStates.normal)
  const named = (name: string) => page.locator(`[data-test="${name}"]`)
  for (const [name, path] of routes) {
    runtime.lot.show(quiet)
    await named('attention').waitFor({ state: 'detached' })
    await goTo(path)
    const before = await soundsPlayed()
    runtime.lot.show(waiting)
    await named('attention-car').first().waitFor()
    expect(await named('attention-count').isVisible(), name).toBe(true)
    await eventually(soundsPlayed, { what: name }).toBeGreaterThan(before)
  }
  await eventually(() => page.evaluate('window.speaker.currentTime')).toBeGreaterThan(0)
  await page.evaluate('void (window.setInterval = window.every)')
  await named('attention-go').first().click()
  await named('settle').waitFor()
})

/** Text of drawings under 12 px, a cut name of the lot, a hidden amount. */
const unreadable = `(() => {
  const found = []
  for (const text of document.querySelectorAll('.page svg text')) {
    const px = parseFloat(getComputedStyle(text).fontSize) * (text.getScreenCTM()?.a ?? 1)
    if (getComputedStyle(text).display !== 'none' && px < 11.9) found.push(text.textContent.trim() + ' is ' + px.toFixed(1) + ' px')
  }
  for (const one of document.querySelectorAll('.top .lot, .screen > .head h1'))
    if (one.clientWidth < 80) found.push(one.textContent.trim() + ' is cut')
  for (const one of document.querySelectorAll('.top > *, .bar > *, .step .name'))
    if (one.getBoundingClientRect().right > (one.closest('.step') ?? document.body).getBoundingClientRect().right + 1) found.push(one.textContent.trim() + ' leaves its room')
  const amount = document.querySelector('[data-test="amount"]')
  const below = amount?.closest('.scroll')?.getBoundingClientRect().bottom ?? 0
  if (amount !== null && amount.getBoundingClientRect().bottom > below) found.push('the amount is hidden')
  return found
})()`

it.each(['zh', 'en'])(
  'a waiting car in the smallest window, with every line above it (%s)',
  async (language) => {
    runtime.lot.show(boardWith(boards.error, placeStates.error))
    await setSize(studio, 1024, 600)
    await setLooks(studio.page, { language, theme: 'sun', attendant: '值班员' })
    for (const path of ['/lane', '/survey']) {
      await goTo(path)
      if (path === '/survey') await studio.page.locator('[data-test="open"]').first().click()
      await eventually(() => studio.page.evaluate(unreadable)).toEqual([])
    }
  },
)

it('the difference and the write that follows it', async () => {
  const { page } = studio
  await goTo('/devices/settings')
  await page.locator('input[name="powerStep"]').fill('12')
  await page.locator('[data-test="see-diff"]').click()
  await page.locator('[data-test="diff-write"]').waitFor()
  await eventually(() => page.evaluate(small)).toEqual(['16px', []])
  await page.locator('[data-test="diff-write"]').click()
  await page.locator('[data-test="do"]').waitFor()
  await eventually(() => page.evaluate(small)).toEqual(['16px', []])
})
