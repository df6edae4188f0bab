// Devices of running lanes on the find page: taken over with a reason, connected with the hold, given back; a
// gate on a camera names the camera first, a shared link names its users and what to do.
import { beforeEach, expect, it } from 'vitest'
import type { LeaseHolderView } from '#devices/calls/safety-views.ts'
import { findStates } from '../pages/find/find-views-kit.ts'
import { safetyStates } from '../pages/safety/safety-views-kit.ts'
import { all, named, one, openPage, press, textOf, pass, sign } from '../kit/page.ts'
import type { ScriptedLot } from '../kit/scripted-lot.ts'
import { lotOnFakeTime } from '../kit/fake-time.ts'

let lot: ScriptedLot
let rows: LeaseHolderView[]
const [rsu, barrier] = safetyStates.normal.holders as [LeaseHolderView, LeaseHolderView]
const found = findStates.lane
const opened = { link: rsu.link, heardMsAgo: 400, fault: null }

const list = (holders: LeaseHolderView[]): void => {
  rows = holders
  lot.answers('hold.list', { rows })
}
const later = (ms = 2_100): Promise<void> => pass(ms)
async function takeOver(device: string): Promise<string> {
  await press(`take-${device}`)
  await sign('装机员')
  return String(lot.sent('hold.take').at(-1)?.args['commandId'])
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
  lot = lotOnFakeTime()
  lot.find = found
  list([rsu, barrier])
})

it('is taken over with name and reason, opened by its hold, and given back', async () => {
  await openPage(lot, '/devices/find')
  expect(all(named('open-taken'))).toEqual([])
  const holdId = await takeOver('rsu')
  expect(lot.sent('hold.take')[0]?.args).toMatchObject({
    laneId: 'exit',
    device: 'rsu',
    by: '装机员',
  })
  list([takenBy(holdId), barrier])
  await later()
  expect(lot.sent('hold.keep').length).toBeGreaterThan(0)
  await press('open-taken')
  expect(lot.argsOf('find.connect')).toEqual([{ link: rsu.link, holdId }])
  await press('look-taken')
  expect(lot.argsOf('find.probe')).toEqual([{ links: [rsu.link] }])
  lot.find = { ...found, connected: { ...opened, state: 'up' } }
  await later()
  expect(textOf('opened')).toContain('已打开')
  expect(one(named('opened')).querySelector('.ok')).not.toBeNull()
  lot.find = { ...found, connected: { ...opened, state: 'up', heardMsAgo: 12_000 } }
  await later()
  expect(one(named('opened')).querySelector('.ok')).toBeNull()
  expect(textOf('opened')).toContain('12 秒前有应答')
  await press('close')
  expect(lot.sent('find.disconnect')).toHaveLength(1)
  await press('give-back')
  expect(lot.sent('hold.release')[0]?.args).toMatchObject({ holdId })
})

it('what did not answer says why, in words', async () => {
  await openPage(lot, '/devices/find')
  const holdId = await takeOver('rsu')
  list([takenBy(holdId), barrier])
  const fault = { code: 'LINK-02', note: '' }
  lot.find = { ...found, connected: { ...opened, state: 'lost', heardMsAgo: null, fault } }
  await later()
  expect(textOf('work')).toContain('没有应答')
  expect(textOf('work')).toContain('LINK-02')
})

it('somebody else who has it is named, and nothing can be opened', async () => {
  list([takenBy('other-0001'), barrier])
  await openPage(lot, '/devices/find')
  expect(textOf('held')).toContain('由 装机员 · Studio')
  expect(all(named('open-taken'))).toEqual([])
})

it('a gate on a camera names link and camera before it is taken over', async () => {
  const link = 'hikvision://192.0.2.64:80'
  list([rsu, { ...barrier, link, via: { camera: '192.0.2.64:80', readsFor: ['exit'] } }])
  await openPage(lot, '/devices/find')
  expect(textOf('via')).toContain('192.0.2.64:80')
  await press('take-barrier')
  const text = textOf('via-what')
  for (const word of ['网络 192.0.2.64:80', '相机 192.0.2.64:80', '继续为', '出口'])
    expect(text).toContain(word)
})

it('a shared link says who shares it and what to do, and cannot be asked for', async () => {
  list([{ ...rsu, link: '', shared: [{ laneId: 'entry', device: 'rsu' }] }, barrier])
  await openPage(lot, '/devices/find')
  const text = textOf('shared')
  for (const word of ['入口', '天线', '停止车道']) expect(text).toContain(word)
  expect((one(named('take-rsu')) as HTMLButtonElement).disabled).toBe(true)
})
