// A boom that a test raised, on its page, in the set-up and beside the tests of a lane: it names lane, person and safety loop, and
// only a press on the free loop lowers it. By keyboard too.
import { expect, it } from 'vitest'
import type { RaisedBoomView } from '#devices/calls/raised-views.ts'
import { boards, entryLane, lane } from '../lane/lane-views.ts'
import { all, named, one, openPage, press, settle, textOf, wordOf } from '../../kit/page.ts'
import { ScriptedLot } from '../../kit/scripted-lot.ts'

const boom: RaisedBoomView = {
  laneId: 'entry',
  name: { zh: '入口 1', en: 'Entry 1' },
  link: 'tcp://192.168.1.30:502',
  by: '甲',
  atIso: '2026-03-14T14:02:00+08:00',
  of: 'setup',
  position: 'open',
  under: 'off',
  isReached: true,
  isLowering: false,
  end: null,
}
async function open(over: Partial<RaisedBoomView> = {}, path = '/inbox/raised/entry') {
  const lot = new ScriptedLot()
  lot.board = { ...boards.normal, lanes: [entryLane(), lane()] }
  lot.answers('booms.raised', { rows: [{ ...boom, ...over }] })
  const app = await openPage(lot, path)
  await settle()
  return { lot, app }
}
const lower = (): HTMLButtonElement => one(named('lower-entry')) as HTMLButtonElement

it('names the lane, whose test it was, and asks', async () => {
  const { lot } = await open()
  expect(textOf('raised-entry')).toContain('入口 1的道闸由 14:02:00 的测试升起（甲）')
  expect(textOf('raised-under')).toBe(wordOf('raised.under.off'))
  expect(textOf('raised-why')).toContain('要降下入口 1的道闸吗')
  expect(lot.sent('booms.lower')).toEqual([])
  await press('lower-entry')
  expect(lot.argsOf('booms.lower')).toMatchObject([{ laneId: 'entry' }])
})

it.each([
  ['on', { under: 'on' }],
  ['unknown', { under: 'unknown' }],
  ['none', { under: 'none' }],
  ['unreached', { under: 'unknown', isReached: false, position: 'unknown' }],
  ['lowering', { isLowering: true }],
] as const)('cannot be pressed where it says %s, and says why', async (why, over) => {
  await open(over)
  expect(lower().disabled).toBe(true)
  expect(textOf('raised-why')).toContain(wordOf(`raised.why.${why}`, { lane: '入口 1' }).slice(-6))
})

it.each([
  ['open', 0],
  ['closing', 0],
  ['unknown', 1],
] as const)('a boom that is %s: %i buttons for the word of a person', async (position, count) => {
  const { lot } = await open({ position })
  expect(all(named('seen-down-entry'))).toHaveLength(count)
  if (count === 0) return
  await press('seen-down-entry')
  expect(lot.argsOf('booms.seenDown')).toMatchObject([{ laneId: 'entry' }])
})

it('of a running lane is lowered by the test of that lane, which any key stops', async () => {
  const { lot, app } = await open({ of: 'lane' })
  lot.answers('test.begin', { ok: true, repeated: false })
  await press('lower-entry')
  expect(lot.argsOf('test.begin')).toMatchObject([{ laneId: 'entry', kind: 'close' }])
  expect(lot.sent('booms.lower')).toEqual([])
  // Kept alive by its window, or stopped.
  expect(lot.sent('test.keep').length).toBeGreaterThan(0)
  app.unmount()
})

it('a refusal is said, and how the last press ended', async () => {
  const { lot } = await open({ end: 'blocked' })
  expect(textOf('raised-entry')).toContain(wordOf('setup.tried.end.blocked'))
  lot.refuses('booms.lower', 'TEST-01')
  await press('lower-entry')
  expect(textOf('raised-entry')).toContain('TEST-01')
})

it('is reached by Tab and pressed by Enter', async () => {
  await open()
  expect(lower().tagName).toBe('BUTTON')
  lower().focus()
  expect(document.activeElement).toBe(lower())
})

it('stands beside the tests of its lane, and of no other', async () => {
  await open({ of: 'lane' }, '/devices/safety/entry/barrier')
  expect(all(named('raised-entry'))).toHaveLength(1)
  await open({ of: 'lane' }, '/devices/safety/exit/barrier')
  expect(all(named('raised-entry'))).toHaveLength(0)
})

it('is in the line above every page, which leads to it', async () => {
  const lot = new ScriptedLot()
  lot.answers('booms.raised', { rows: [boom] })
  lot.board = { ...boards.normal, lanes: [entryLane(), lane()], raised: [boom] }
  const app = await openPage(lot, '/queue')
  await settle()
  expect(textOf('attention-raised')).toContain('入口 1的道闸由 14:02:00 的测试升起')
  await press('attention-go')
  const { path } = app.config.globalProperties.$router.currentRoute.value
  expect(path).toBe('/inbox/raised/entry')
})

it('without one says so', async () => {
  const lot = new ScriptedLot()
  await openPage(lot, '/inbox/raised')
  await settle()
  expect(document.body.textContent).toContain(wordOf('raised.none'))
})
