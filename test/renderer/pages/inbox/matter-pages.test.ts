// Each page that a matter opens reads what its address names: lane, device, stay or row, at two lanes. The addresses are those
// of the register of kinds.
import { expect, it } from 'vitest'
import { examplesAt } from '../../../firmware-runtime/runtime/inbox/examples-at.ts'
import type { RaisedBoomView } from '#devices/calls/raised-views.ts'
import { placeStates, boardWith } from '../places/place-views-kit.ts'
import { boards, entryLane, lane } from '../lane/lane-views.ts'
import { all, named, one, openPage, press, settle, showBoard } from '../../kit/page.ts'
import { ScriptedLot } from '../../kit/scripted-lot.ts'

const lanes = [
  ['entry', '入口 1'],
  ['exit', '出口 1'],
] as const

const raisedAt = (laneId: string, zh: string): RaisedBoomView => ({
  laneId,
  name: { zh, en: laneId },
  link: 'tcp://192.168.1.30:502',
  by: '甲',
  atIso: '2026-03-14T14:02:00+08:00',
  of: 'setup',
  position: 'open',
  under: 'off',
  isReached: true,
  isLowering: false,
  end: null,
})
function twoLanes(): ScriptedLot {
  const lot = new ScriptedLot()
  // Both have an antenna, so that each page has two to choose from.
  lot.board = { ...boards.normal, lanes: [entryLane({ devices: lane().devices }), lane()] }
  lot.answers('booms.raised', { rows: lanes.map(([laneId, zh]) => raisedAt(laneId, zh)) })
  return lot
}
const pressed = (): string => one('[aria-pressed="true"]').textContent.trim()
const marked = (): string => one('[aria-current="true"]').textContent

/** How a page of a lane shows what it has selected. */
const shown: Readonly<Record<string, () => string>> = {
  '/lane': () => one('.main').getAttribute('aria-label') ?? '',
  '/gear': () => one('h1').textContent,
  '/devices/safety': pressed,
  '/devices/settings': pressed,
  '/passport': pressed,
  '/inbox/raised': marked,
}
/** Pages of a place, and of rows: their cases are below. */
const elsewhere = ['/devices/places', '/ledger', '/spaces', '/day', '/refunds', '/partners']
const pageOf = (address: string): string =>
  [...Object.keys(shown), ...elsewhere].find((page) => address.startsWith(`${page}/`)) ?? ''

/** Addresses of the register with a lane in them. */
const addresses = (laneId: string): readonly string[] => [
  ...new Set(examplesAt(laneId).filter((to) => to.split('/').includes(laneId))),
]

for (const [laneId, name] of lanes)
  it.each(addresses(laneId))(`%s shows ${name}`, async (address) => {
    const page = pageOf(address)
    expect(page).not.toBe('')
    await openPage(twoLanes(), address)
    await settle()
    expect(shown[page]?.()).toContain(name)
  })

it('marks the device of the lane on its passport', async () => {
  for (const device of ['camera', 'rsu']) {
    await openPage(twoLanes(), `/passport/exit/${device}`)
    expect(one('[aria-current="true"]').dataset['test']).toBe(`version-${device}`)
  }
})

it.each([0, 1])('shows the place at %i', async (at) => {
  const lot = new ScriptedLot()
  const places = placeStates.normal
  const place = places[at]
  lot.places = places
  lot.board = boardWith(boards.empty, places)
  await openPage(lot, `/devices/places/${place?.laneId}`)
  await settle()
  expect(one('[aria-pressed="true"], [aria-current="true"]').dataset['test']).toBe(
    `place-${place?.laneId}`,
  )
})

it.each([
  ['/stays?row=S-DEMO01-6', '测A·33333'],
  ['/stays?row=S-DEMO01-18', ''],
  ['/coupons?row=n1-O8', ''],
  ['/system?row=platform%20client%204A', '4A'],
])('%s marks one row', async (address, text) => {
  await openPage(new ScriptedLot(), address)
  await settle()
  expect(all('tr[aria-current="true"]')).toHaveLength(1)
  expect(marked()).toContain(text)
})

it.each([
  ['/refunds/ask-00000002', '李四'],
  ['/partners/n1-O4', 'order-3'],
  ['/spaces/A02', 'A02'],
])('%s opens that row', async (address, text) => {
  await openPage(new ScriptedLot(), address)
  await settle()
  expect(one(named('thing')).textContent).toContain(text)
})

it('a table without the named row marks none', async () => {
  await openPage(new ScriptedLot(), '/stays?row=S-OTHER')
  await settle()
  expect(all('[aria-current="true"]')).toHaveLength(0)
})

it('the attention bar leads to the lane of its matter, not to the usual one', async () => {
  const lot = twoLanes()
  const app = await openPage(lot, '/queue')
  const at = '2026-03-14T10:00:00+08:00'
  await showBoard(lot, { ...boards.normal, lanes: [entryLane({ leftUpAtIso: at }), lane()] })
  await press('attention-go')
  const router = app.config.globalProperties.$router
  expect(router.currentRoute.value.path).toBe('/devices/safety/entry/barrier')
  expect(pressed()).toContain('入口 1')
  app.unmount()
})

it('a board of another version lacks devices and has others, and is shown', async () => {
  const lot = twoLanes()
  const { rsu, ...older } = lane().devices
  const newer = {
    ...entryLane().devices,
    gantryHead: { ...rsu, state: 'down', heardMsAgo: 90_000 },
  }
  lot.board = {
    ...boards.normal,
    lanes: [lane({ devices: older as never }), entryLane({ devices: newer as never })],
  }
  await openPage(lot, '/gear')
  await settle()
  expect(one(named('attention-device')).textContent).toContain('gantryHead')
  expect(one(named('gear-entry gantryHead')).textContent).toContain('gantryHead')
})
