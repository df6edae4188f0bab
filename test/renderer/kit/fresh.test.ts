// F5 repeats every read of the shown page, and none of a page that was left.
// Also the lane that a page shows: the chosen one while it exists.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { nextTick, ref, type App as VueApp } from 'vue'
import { chosenOf, exitOf } from '#renderer/kit/state/chosen-lane.ts'
import { findStates } from '../pages/find/find-views-kit.ts'
import { boards } from '../pages/lane/lane-views.ts'
import { boardWith, placeStates } from '../pages/places/place-views-kit.ts'
import { all, one, openPage, pressKey, settle, hit } from './page.ts'
import { ScriptedLot } from './scripted-lot.ts'

let lot: ScriptedLot
let app: VueApp
beforeEach(() => {
  lot = new ScriptedLot()
  lot.places = placeStates.normal
  lot.find = { ...findStates.normal, place: 'lane' }
  lot.board = boardWith(boards.normal, placeStates.normal)
})
afterEach(() => app.unmount())

const read: readonly [path: string, ...calls: string[]][] = [
  ['/devices/settings', 'device.settings', 'device.backups'],
  ['/devices/find', 'find.ports', 'seek.state', 'hold.list'],
  ['/devices/frames', 'device.frames'],
  ['/devices/tune', 'tune.get', 'device.settings'],
  ['/devices/safety', 'safety.get'],
  ['/devices/places', 'place.state', 'ledger.query'],
  ['/survey', 'survey.list'],
  ['/survey/order', 'survey.list', 'rules.get', 'passport.drift'],
  ['/passport', 'passport.drift', 'first.state'],
  ['/ledger', 'ledger.query'],
  ['/ledger/stay-1', 'ledger.timeline'],
  ['/stays', 'stays.toCheck'],
  ['/queue', 'queue.list'],
  ['/profiles', 'profiles.library'],
]

it.each(read)('F5 on %s reads again what it shows, and nothing once it is left', async (...row) => {
  const [path, ...calls] = row
  app = await openPage(lot, path)
  lot.calls.length = 0
  await hit('F5')
  const names = lot.calls.map(({ name }) => name)
  for (const name of ['board.get', ...calls]) expect(names, name).toContain(name)
  await app.config.globalProperties.$router.push('/system')
  await settle()
  lot.calls.length = 0
  await hit('F5')
  expect(lot.calls.map(({ name }) => name).toSorted()).toEqual([
    'board.get',
    'centre.state',
    'device.health',
    'inbox.get',
  ])
})

it('an answer about another stay than the one that is shown is dropped', async () => {
  app = await openPage(lot, '/ledger/stay-1')
  let answer = (): void => undefined
  lot.waits.set('ledger.timeline', new Promise((done) => (answer = done)))
  pressKey('F5')
  lot.waits.clear()
  const { data } = lot.call('ledger.timeline', {}) as { data: object }
  lot.answers('ledger.timeline', { ...data, rows: [] })
  await app.config.globalProperties.$router.push('/ledger/stay-2')
  await settle()
  expect(document.body.innerText).toContain('stay-2')
  const before = one('.screen').innerText
  answer()
  await settle()
  expect(one('.screen').innerText).toBe(before)
})

it.each(['members', 'inside', 'points', 'coupons'])(
  'a list of %s that cannot be read is no list of nothing',
  async (name) => {
    lot.refuses(`${name}.list`, 'DATA-02')
    app = await openPage(lot, `/${name}`)
    expect(one('[role="alert"]').innerText).toContain('DATA-02')
    expect(one('header.head').innerText).not.toMatch(/\d/)
  },
)

it('a path that no page has leads to the lanes', async () => {
  app = await openPage(lot, '/nowhere/at/all')
  expect(app.config.globalProperties.$route.path).toBe('/lane')
})

it.each(['F8', 'F9'])('%s acts at the lanes, and on no other page', async (key) => {
  lot.board = boards.error
  app = await openPage(lot, '/devices/frames')
  await hit(key)
  expect([all('.el-dialog').length, app.config.globalProperties.$route.path]).toEqual([
    0,
    '/devices/frames',
  ])
  await app.config.globalProperties.$router.push('/lane')
  await hit(key)
  expect(all('.el-dialog')).toHaveLength(1)
})

it('the lane of a page is the chosen one while it is there, else the usual, else the first', async () => {
  const lane = (laneId: string, direction = 'entry') => ({ laneId, direction })
  const lanes = ref([lane('e1'), lane('x1', 'exit'), lane('x2', 'exit')])
  const { chosen, lane: shown, laneId } = chosenOf(lanes, exitOf)
  expect(laneId.value).toBe('x1')
  chosen.value = 'x2'
  expect(shown.value?.laneId).toBe('x2')
  lanes.value = [lane('e1'), lane('e2')]
  await nextTick()
  expect(laneId.value).toBe('e1')
  lanes.value = []
  expect([shown.value, laneId.value]).toEqual([null, null])
})
