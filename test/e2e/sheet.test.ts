// The contact sheet: every screen in both languages, themes, three sizes and four states, for review
// by a person; and axe on each screen, which must report nothing serious.
import { listView } from '../renderer/pages/list/list-view.ts'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ReservationsView } from '#lane/calls/reservation-views.ts'
import { deviceBackups, deviceSettings, trial } from '../renderer/pages/devices/device-views-kit.ts'
import { heldRecord } from '../renderer/shell/held-views-kit.ts'
import { boards, records, stayRows } from '../renderer/pages/lane/lane-views.ts'
import { linkView, reservationsView } from '../renderer/pages/reservations/reservation-view.ts'
import { boardWith, placeStates } from '../renderer/pages/places/place-views-kit.ts'
import { seriousFaults } from './axe.ts'
import { startScripted, type ScriptedRuntime } from './scripted-runtime.ts'
import {
  goTo,
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

const screens = [
  'lane',
  'devices',
  'survey',
  'passport',
  'rehearsal',
  'ledger',
  'queue',
  'reservations',
  'profiles',
  'people',
  'copies',
  'list',
  'system',
  'inbox',
] as const
const sizes = [
  [1024, 600],
  [1366, 768],
  [2560, 1440],
] as const
/** All sizes and looks take minutes, so only in `npm run test:full`. */
const full = process.env['ETC_LANE_SCALE'] === 'full'
const states = ['empty', 'normal', 'busy', 'error'] as const
const refusal = {
  ok: false,
  error: { code: 'DATA-02', message: '', means: '', todo: '', field: '', value: 'ledger.db' },
} as const

const reservations = (over: Partial<ReservationsView>) =>
  ({ ok: true, data: { ...reservationsView, ...over } }) as const
const down = {
  state: 'down',
  detail: 'ECONNREFUSED',
  unsent: 4,
  received: { signature: 2 },
} as const
const reservationsIn = {
  empty: reservations({ today: [], shares: [], level: 0, keptBays: 0 }),
  normal: reservations({}),
  busy: reservations({ isFlowControlled: true, level: 3, link: { ...linkView, ...down } }),
  error: refusal,
}

/** Puts the whole lot into one state. */
function put(state: (typeof states)[number]): void {
  const { lot } = runtime
  lot.rows = state === 'empty' ? [] : stayRows
  lot.records = state === 'empty' || state === 'normal' ? [] : records
  lot.held = state === 'busy' ? [heldRecord] : []
  lot.device = deviceSettings(state === 'busy' ? { trial } : {})
  lot.list = listView(state === 'busy' ? { state: 'old', ageSec: 2_520 } : {})
  lot.backups = state === 'empty' ? [] : deviceBackups
  lot.replies.clear()
  if (state === 'error')
    for (const name of ['device.settings', 'ledger.query', 'queue.list', 'profiles.library'])
      lot.replies.set(name, refusal)
  lot.places = placeStates[state]
  lot.replies.set('reservation.get', reservationsIn[state])
  const board = boardWith(boards[state], placeStates[state])
  lot.show({ ...board, status: { ...board.status, reservation: 'up' } })
}

const settle = (): Promise<void> => settled(studio.page)

async function go(index: number): Promise<void> {
  await goTo(studio.page, screens[index] ?? 'lane')
  await studio.page.keyboard.press('F5')
  await settle()
}

const named = (name: string) => studio.page.locator(`[data-test="${name}"]`)
const shot = (name: string): Promise<unknown> =>
  studio.page.screenshot({ path: join(shotsDir, `${name}.png`) })

/** How far anything can be scrolled sideways. */
const widest = `Math.max(...[...document.querySelectorAll('html, .scroll')].map(
  ({ scrollWidth, clientWidth }) => scrollWidth - clientWidth))`

/** Serious and critical findings, one line each with the element. */
const axe = (): Promise<string[]> => seriousFaults(studio.page)

beforeAll(async () => {
  mkdirSync(shotsDir, { recursive: true })
  runtime = await startScripted(dir)
  studio = await startStudio({ dir, args: ['--attach', dir] })
})

afterAll(async () => {
  await studio.close()
  await runtime.close()
  removeFolder(dir)
})

/** In Chinese and the light theme axe checks every screen in every state, below. */
describe.each([
  { language: 'en', theme: 'dark', shown: full ? states : (['busy'] as const) },
  ...(full ? [{ language: 'zh', theme: 'light', shown: states }] : []),
])('in $language, $theme', ({ language, theme, shown }) => {
  it.each(full ? sizes : sizes.slice(0, 1))(
    'every screen in its states at %i x %i',
    async (width, height) => {
      await setSize(studio, width, height)
      await setLooks(studio.page, { language, theme, attendant: '' })
      for (const state of shown) {
        put(state)
        for (const [index, screen] of screens.entries()) {
          await go(index)
          await shot(`${language}-${theme}-${width}-${screen}-${state}`)
        }
      }
    },
  )
})

/** Further pages, each with what is seen on it; some are reached from another page. */
const inner = [
  ['find', '', 'ports'],
  ['frames', '', 'frame-list'],
  ['tune', '', 'begin'],
  ['safety', '', 'test-open'],
  ['workshop', '', 'take'],
  ['places', '', 'charge'],
  ['gear', 'gear-exit barrier', 'device'],
  ['ledger', 'to-check', 'pairs'],
] as const

const looks = [
  ['zh', 'light'],
  ['en', 'dark'],
  ['zh', 'dark'],
  ['en', 'light'],
] as const

describe.each(full ? looks : looks.slice(0, 2))(
  'the pages below a screen in %s, %s',
  (language, theme) => {
    it.each(full ? sizes : sizes.slice(0, 1))('at %i x %i', async (width, height) => {
      await setSize(studio, width, height)
      await setLooks(studio.page, { language, theme, attendant: '' })
      put('normal')
      for (const [screen, inside, seen] of inner) {
        await goTo(studio.page, screen)
        if (inside !== '') await named(inside).click()
        const link = `${screen}-${seen}`
        await named(seen).waitFor()
        await settle()
        await shot(`${language}-${theme}-${width}-${link}`)
        const wide = await studio.page.evaluate('document.documentElement.scrollWidth - innerWidth')
        expect(wide, link).toBe(0)
        if (width === 1024) expect(await axe(), link).toEqual([])
        expect(await studio.page.locator('.nav [aria-current]').count(), link).toBe(1)
      }
      await named('join').first().click()
      await settle()
      await shot(`${language}-${theme}-${width}-stays-join`)
      expect(await axe(), 'join').toEqual([])
      await studio.page.keyboard.press('Escape')
      await studio.page.locator('.el-dialog').waitFor({ state: 'hidden' })
      await named('settle-charge').click()
      await settle()
      await shot(`${language}-${theme}-${width}-stays-settle`)
      expect(await axe(), 'settle').toEqual([])
      await studio.page.keyboard.press('Escape')
      await studio.page.locator('.el-dialog').waitFor({ state: 'hidden' })
      put('busy')
      await go(screens.indexOf('queue'))
      expect(await studio.page.evaluate(widest), 'queue').toBe(0)
      await named('mend').click()
      await settle()
      await shot(`${language}-${theme}-${width}-queue-mend`)
      expect(await axe(), 'mend').toEqual([])
      await studio.page.keyboard.press('Escape')
      await studio.page.locator('.el-dialog').waitFor({ state: 'hidden' })
    })
  },
)

it('the form of a platform beside the expansion platform in the smallest window', async () => {
  const { page } = studio
  await setSize(studio, 1024, 600)
  await setLooks(page, { language: 'en', theme: 'dark', attendant: '' })
  const { normal } = boards
  runtime.lot.show({ ...normal, status: { ...normal.status, mode: 'production' } })
  await goTo(page, 'lot')
  await named('row-charge').click()
  await page.locator('[data-test="part-operator"] summary').click()
  await page.locator('input[name="operator-has"]').check()
  await settle()
  await shot('en-dark-1024-destination')
  expect(await page.evaluate(widest)).toBe(0)
})

describe.each(full ? looks : looks.slice(0, 2))(
  'piles and handhelds in %s, %s',
  (language, theme) => {
    it.each(full ? sizes : sizes.slice(0, 1))(
      'in every state at %i x %i',
      async (width, height) => {
        const { page } = studio
        await setSize(studio, width, height)
        await setLooks(page, { language, theme, attendant: '收费员' })
        const look = async (name: string): Promise<void> => {
          await settle()
          await shot(`${language}-${theme}-${width}-places-${name}`)
          expect(await axe(), name).toEqual([])
          expect(await page.evaluate(widest), name).toBe(0)
        }
        // The usual state is covered by the other pages of each screen.
        const few = language === 'zh' ? (['busy', 'error'] as const) : (['empty'] as const)
        for (const state of full ? states : few) {
          put(state)
          await go(screens.indexOf('devices'))
          await named('page-places').click()
          await named(state === 'empty' ? 'example' : 'fence').waitFor()
          await look(state)
        }
        if (!full && language !== 'zh') return
        put('normal')
        await page.keyboard.press('F5')
        await page.locator('input[name="plate"]').fill('测A12345')
        await named('due').waitFor()
        if (full) await look('due')
        await page.keyboard.press('Enter')
        await named('spelled').waitFor()
        await look('confirm')
        await page.keyboard.press('Escape')
        await page.locator('.el-dialog').waitFor({ state: 'hidden' })
        await named('place-pile').click()
        if (full) await look('pile')
      },
    )
  },
)

describe.each(['light', 'dark', 'contrast'])('nothing serious for axe in %s', (theme) => {
  beforeAll(async () => {
    await setSize(studio, 1366, 768)
    await setLooks(studio.page, { language: 'zh', theme, attendant: '' })
  })

  // Busy and faulty states have words and colours of their own; the shared ones are among them.
  const few = theme === 'light' ? (['busy', 'error'] as const) : (['error'] as const)
  const looked = full ? states : few
  it.each(looked)('on every screen, state %s', async (state) => {
    put(state)
    for (const index of screens.keys()) {
      await go(index)
      expect(await axe(), screens[index]).toEqual([])
    }
  })

  if (theme === 'dark' && !full) return
  it('in the timeline and in every layer over the page', async () => {
    put('error')
    const { page } = studio
    await page.locator('nav a').first().click()
    for (const key of ['F1', 'F2', 'F8', 'F9', 'Control+k']) {
      await page.keyboard.press(key)
      await page.locator('.el-dialog').waitFor()
      await settle()
      await shot(`zh-${theme}-1366-layer-${key}`)
      expect(await axe(), key).toEqual([])
      await page.keyboard.press('Escape')
      await page.locator('.el-dialog').waitFor({ state: 'hidden' })
    }
    await page.keyboard.press('Control+l')
    await page.locator('[data-test="demo"]').click()
    await page.locator('.el-drawer').waitFor()
    await settle()
    await shot(`zh-${theme}-1366-layer-demo`)
    expect(await axe(), 'demo').toEqual([])
    await page.keyboard.press('Escape')
    await page.locator('.el-drawer').waitFor({ state: 'hidden' })
    await page.keyboard.press('Control+l')
    put('normal')
    await page.locator('.last tbody tr').first().click()
    await settle()
    await shot(`zh-${theme}-1366-timeline`)
    expect(await axe(), 'timeline').toEqual([])
  })
})
