// Every page of the router in windows from 1024 x 600 to 4K, measured in the window's layout: text that is read has 13 px,
// drawn text has the size of the page's text, content is at most 1,200 px wide, and in the smallest window what stands above
// the content takes at most a quarter of its height.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pages } from '#renderer/pages/pages.ts'
import { eventually } from '../kit/eventually.ts'
import { boards } from '../renderer/pages/lane/lane-views.ts'
import { boardWith, placeStates } from '../renderer/pages/places/place-views-kit.ts'
import { startScripted, type ScriptedRuntime } from './scripted-runtime.ts'
import {
  removeFolder,
  setLooks,
  setSize,
  settled,
  shotsDir,
  startStudio,
  tempFolder,
  type Studio,
} from './studio.ts'

const dir = tempFolder()
let runtime: ScriptedRuntime
let studio: Studio

beforeAll(async () => {
  mkdirSync(shotsDir, { recursive: true })
  runtime = await startScripted(dir)
  runtime.lot.places = placeStates.normal
  runtime.lot.show(boardWith(boards.normal, placeStates.normal))
  studio = await startStudio({ dir, args: ['--attach', dir] })
})
afterAll(async () => {
  await studio.close()
  await runtime.close()
  removeFolder(dir)
})

/** Of every page. Texts are named with their size, content with its width. */
const measured = `(() => {
  const isSeen = (el) => el.checkVisibility({ visibilityProperty: true }) && el.closest('.unseen') === null
  const name = (el) => el.tagName + ' ' + (el.dataset?.test ?? el.getAttribute('class') ?? '') + ' ' + el.textContent.trim().slice(0, 24)
  const texts = document.createTreeWalker(document.querySelector('.frame'), NodeFilter.SHOW_TEXT)
  const unread = []
  for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
    const el = node.parentElement
    if (node.data.trim().length < 2 || !isSeen(el) || el.closest('kbd, .count') !== null) continue
    const matrix = el instanceof SVGElement ? el.getScreenCTM() : null
    const px = parseFloat(getComputedStyle(el).fontSize) * (matrix === null ? 1 : Math.hypot(matrix.a, matrix.b))
    if (px < 12.9 || (matrix !== null && px > 17.5)) unread.push(name(el) + ' has ' + px.toFixed(1) + ' px')
  }
  const widthOf = (el) => Math.round(el.getBoundingClientRect().width)
  const wide = [...document.querySelectorAll('.screen:not(.grows) :is(table, form, p)')]
    .filter((el) => isSeen(el) && widthOf(el) > 1200)
    .map((el) => name(el) + ' is ' + widthOf(el) + ' px wide')
  const bars = [...document.querySelectorAll('.frame > header, .page > .bar, .screen > .head, .screen > .search')]
  const barsPx = bars.filter(isSeen).reduce((sum, el) => sum + el.getBoundingClientRect().height, 0)
  return {
    unread: [...new Set(unread)],
    wide,
    isBarsOver: innerHeight === 600 && barsPx > 150,
    sidewaysPx: document.documentElement.scrollWidth - innerWidth,
    textPx: parseFloat(getComputedStyle(document.body).fontSize) * devicePixelRatio,
  }
})()`

const routes = Object.entries(pages).map(([name, { path }]) => {
  const opened = path.replace(':stayId', 'S-DEMO01-17').replace(':laneId', 'exit')
  return [name, opened.replace(':kind', 'barrier').replaceAll(/[/]:\w+[?]/g, '')] as const
})
const goTo = (path: string): Promise<unknown> => {
  const router = "document.querySelector('#app').__vue_app__.config.globalProperties.$router"
  return studio.page.evaluate(`${router}.push(${JSON.stringify(path)})`)
}

/** As the window draws it, also where its page is drawn larger. */
async function shot(name: string): Promise<void> {
  const png = await studio.app.evaluate(async ({ BrowserWindow }) => {
    const image = await BrowserWindow.getAllWindows()[0]?.webContents.capturePage()
    return image?.toPNG().toString('base64') ?? ''
  })
  writeFileSync(join(shotsDir, `size-${name}.png`), Buffer.from(png, 'base64'))
}

/** Of the large ones, a few pages of each kind are kept as pictures. */
const shown = ['lane', 'day', 'members', 'tariff', 'device', 'lot', 'inbox', 'timeline', 'start']

describe.each([
  [1024, 600, 'light', 14],
  [1366, 768, 'light', 14],
  [1920, 1080, 'dark', 14],
  [2560, 1440, 'light', 17.5],
  [3840, 2160, 'dark', 28],
] as const)('at %i x %i in %s', (width, height, theme, textPx) => {
  beforeAll(async () => {
    await setSize(studio, width, height)
    await setLooks(studio.page, { language: 'zh', theme, attendant: '装机员' })
  })
  it.each(routes)('the page %s', async (name, path) => {
    await goTo(path)
    await settled(studio.page)
    if (width === 1366 || shown.includes(name)) await shot(`${width}-${name}`)
    const fine = { unread: [], wide: [], isBarsOver: false, sidewaysPx: 0, textPx }
    await eventually(() => studio.page.evaluate(measured)).toEqual(fine)
  })

  it('a chosen thing stands beside its list where there is room', async () => {
    await goTo('/members/M-1')
    await studio.page.locator('[data-test="thing"]').waitFor()
    await settled(studio.page)
    await shot(`${width}-thing`)
    const sides = `['.list.two > .all', '[data-test="thing"]'].map((one) => {
      const { left, right } = document.querySelector(one).getBoundingClientRect()
      return [Math.round(left), Math.round(right)]
    })`
    const [list = [], thing = []] = (await studio.page.evaluate(sides)) as number[][]
    const isBeside = (thing[0] ?? 0) > (list[1] ?? 0) && (list[1] ?? 0) > 0
    expect(isBeside).toBe(width > 1440)
    expect((list[1] ?? 0) - (list[0] ?? 0)).toBeLessThanOrEqual(1200)
  })
})

it('a person draws the page larger by the menu, and as the window says again', async () => {
  await setSize(studio, 1366, 768)
  const press = (label: string): Promise<void> =>
    studio.app.evaluate(({ Menu }, wanted) => {
      const items = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? [])
      items?.find((one) => one.label.startsWith(wanted))?.click()
    }, label)
  const scale = (): Promise<number> =>
    studio.page.evaluate(() => Math.round(devicePixelRatio * 100) / 100)
  await press('放大')
  await eventually(scale).toBe(1.1)
  await press('缩小')
  await press('缩小')
  await eventually(scale).toBe(0.91)
  await press('随窗口大小')
  await eventually(scale).toBe(1)
})
