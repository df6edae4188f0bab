// Devices of running lanes on the find page: taken over with a reason, connected with the hold, given back; a
// gate on a camera names the camera first, a shared link names its users and what to do.
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { App as VueApp } from 'vue'
import type { LeaseHolderView } from '../../firmware-runtime/api/safety-views.ts'
import { findStates } from './find-views-kit.ts'
import { safetyStates } from './safety-views-kit.ts'
import { all, choose, named, one, openPage, settle, submit, type } from './page.ts'
import { ScriptedLot } from './scripted-lot.ts'

let lot: ScriptedLot
let app: VueApp
let rows: LeaseHolderView[]
const [rsu, barrier] = safetyStates.normal.holders as [LeaseHolderView, LeaseHolderView]
const found = findStates.lane
const opened = { link: rsu.link, heardMsAgo: 400, fault: null }

const sent = (name: string) => lot.calls.filter((call) => call.name === name)
const list = (holders: LeaseHolderView[]): void => {
  rows = holders
  lot.replies.set('hold.list', { ok: true, data: { rows } })
}
async function later(ms = 2_100): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms)
  await settle()
}
async function takeOver(device: string): Promise<string> {
  one(named(`take-${device}`)).click()
  await settle()
  await choose('input[name="reason"]')
  await type('input[name="by"]', '装机员')
  await submit()
  return String(sent('hold.take').at(-1)?.args['commandId'])
}
const takenBy = (holdId: string): LeaseHolderView => ({
  ...rsu,
  state: 'taken',
  taker: {
    holdId,
    by: '装机员',
    role: 'installer',
    reason: '调天线',
    program: 'Studio',
    pid: null,
    sinceIso: '2026-11-20T08:00:00.000+08:00',
    untilIso: '2026-11-20T08:10:00.000+08:00',
    leftMs: 600_000,
  },
})

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
  lot = new ScriptedLot()
  lot.find = found
  list([rsu, barrier])
})
afterEach(() => {
  app.unmount()
  vi.useRealTimers()
})

it('is taken over with name and reason, opened by its hold, and given back', async () => {
  app = await openPage(lot, '/devices/find')
  expect(all(named('open-taken'))).toEqual([])
  const holdId = await takeOver('rsu')
  expect(sent('hold.take')[0]?.args).toMatchObject({ laneId: 'exit', device: 'rsu', by: '装机员' })
  list([takenBy(holdId), barrier])
  await later()
  expect(sent('hold.keep').length).toBeGreaterThan(0)
  one(named('open-taken')).click()
  await settle()
  expect(sent('find.connect').map(({ args }) => args)).toEqual([{ link: rsu.link, holdId }])
  one(named('look-taken')).click()
  await settle()
  expect(sent('find.probe').map(({ args }) => args)).toEqual([{ links: [rsu.link] }])
  lot.find = { ...found, connected: { ...opened, state: 'up' } }
  await later()
  expect(one(named('opened')).innerText).toContain('已打开')
  expect(one(named('opened')).querySelector('.ok')).not.toBeNull()
  lot.find = { ...found, connected: { ...opened, state: 'up', heardMsAgo: 12_000 } }
  await later()
  expect(one(named('opened')).querySelector('.ok')).toBeNull()
  expect(one(named('opened')).innerText).toContain('12 秒前有应答')
  one(named('close')).click()
  await settle()
  expect(sent('find.disconnect')).toHaveLength(1)
  one(named('give-back')).click()
  await settle()
  expect(sent('hold.release')[0]?.args).toMatchObject({ holdId })
})

it('what did not answer says why, in words', async () => {
  app = await openPage(lot, '/devices/find')
  const holdId = await takeOver('rsu')
  list([takenBy(holdId), barrier])
  const fault = { code: 'LINK-02', note: '' }
  lot.find = { ...found, connected: { ...opened, state: 'lost', heardMsAgo: null, fault } }
  await later()
  expect(one(named('work')).innerText).toContain('没有应答')
  expect(one(named('work')).innerText).toContain('LINK-02')
})

it('somebody else who has it is named, and nothing can be opened', async () => {
  list([takenBy('other-0001'), barrier])
  app = await openPage(lot, '/devices/find')
  expect(one(named('held')).innerText).toContain('由 装机员 · Studio')
  expect(all(named('open-taken'))).toEqual([])
})

it('a gate on a camera names link and camera before it is taken over', async () => {
  const link = 'hikvision://192.0.2.64:80'
  list([rsu, { ...barrier, link, via: { camera: '192.0.2.64:80', readsFor: ['exit'] } }])
  app = await openPage(lot, '/devices/find')
  expect(one(named('via')).innerText).toContain('192.0.2.64:80')
  one(named('take-barrier')).click()
  await settle()
  const text = one(named('via-what')).innerText
  for (const word of [link, '相机 192.0.2.64:80', '继续为', '出口']) expect(text).toContain(word)
})

it('a shared link says who shares it and what to do, and cannot be asked for', async () => {
  list([{ ...rsu, link: '', shared: [{ laneId: 'entry', device: 'rsu' }] }, barrier])
  app = await openPage(lot, '/devices/find')
  const text = one(named('shared')).innerText
  for (const word of ['入口', '天线', '停止车道程序']) expect(text).toContain(word)
  expect((one(named('take-rsu')) as HTMLButtonElement).disabled).toBe(true)
})
