// The network search on the find screen: nothing is searched before a press, what was found and
// what was not, and a lane's camera with the exact address to type into it.
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { findStates } from './find-views-kit.ts'
import {
  all,
  named,
  one,
  openPage,
  type,
  wordOf,
  textOf,
  click,
  pass,
  submit,
} from '../../kit/page.ts'
import type { ScriptedLot } from '../../kit/scripted-lot.ts'
import { cameraReportOf, pushReport, seekStates } from './seek-views-kit.ts'
import { closePage } from '../../kit/opened-page.ts'
import { lotOnFakeTime } from '../../kit/fake-time.ts'

let lot: ScriptedLot

const open = (): Promise<unknown> => openPage(lot, '/devices/find')
const press = (selector: string): Promise<void> => click(one(selector))
const isOff = (selector: string): boolean => (one(selector) as HTMLButtonElement).disabled

beforeEach(() => void (lot = lotOnFakeTime()))

describe('the network', () => {
  it('asks nothing by itself, then what is pressed; a busy one is counted and can be cancelled', async () => {
    await open()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(lot.argsOf('seek.begin')).toEqual([])
    expect(lot.argsOf('seek.state')).toHaveLength(1)
    expect(textOf('cards')).toBe(wordOf('seek.cards', { cards: 'eth0 192.168.1.5/24' }))
    lot.seek = seekStates.busy
    await press(named('seek-cameras'))
    expect(lot.argsOf('seek.begin')).toEqual([{ what: 'cameras' }])
    expect(textOf('seek-busy')).toBe(wordOf('seek.busy', { what: '查找相机', n: 1, of: 3 }))
    for (const what of ['cameras', 'lanes', 'hid']) expect(isOff(named(`seek-${what}`))).toBe(true)
    lot.seek = seekStates.found
    await pass(500)
    const stateCalls = lot.argsOf('seek.state').length
    await vi.advanceTimersByTimeAsync(5_000)
    expect(lot.argsOf('seek.state')).toHaveLength(stateCalls)
    expect(textOf('found-cameras')).toContain('192.168.1.64')
    expect(textOf('found-lanes')).toContain('测试停车场 n1')
    expect(textOf('found-hid')).toContain('1a2c:4c5e')
    lot.seek = seekStates.busy
    await press(named('seek-lanes'))
    await press(`${named('network')} .line .bare`)
    expect(lot.argsOf('seek.cancel')).toEqual([{}])
  })
  it('asks one address alone, and no word that is none', async () => {
    await open()
    await type('input[name="camera-at"]', 'not a host')
    one(`${named('network')} form`).dispatchEvent(new Event('submit', { cancelable: true }))
    await type('input[name="camera-at"]', '192.168.1.64:3702')
    await submit(one(`${named('network')} form`))
    expect(lot.argsOf('seek.begin')).toEqual([{ what: 'cameras', at: '192.168.1.64:3702' }])
  })
  it('says what to look at when nobody answers, and what to do without a card', async () => {
    lot.seek = seekStates.empty
    await open()
    for (const [what, word] of [
      ['cameras', 'ONVIF'],
      ['lanes', '指定了网卡'],
      ['hid', '扫码枪'],
    ] as const)
      expect(textOf(`none-${what}`)).toContain(word)
    closePage()
    lot.seek = seekStates.noCard
    await open()
    expect(textOf('cards')).toContain(wordOf('seek.noCards'))
    expect([isOff(named('seek-cameras')), isOff(named('seek-hid'))]).toEqual([true, false])
  })
  it('a failure has its code and what the system said', async () => {
    lot.seek = seekStates.failed
    await open()
    const text = textOf('network')
    for (const word of ['LINK-01', 'EADDRNOTAVAIL']) expect(text).toContain(word)
  })
})

describe('the camera of a lane', () => {
  beforeEach(() => {
    lot.find = { ...findStates.normal, place: 'lane', connected: null }
  })
  it('that pushes: address, card, what the firewall lets through, and the last push', async () => {
    await open()
    await type('input[name="camera-address"]', '192.168.1.64')
    await press(named('camera-exit'))
    expect(lot.argsOf('seek.camera')).toEqual([{ laneId: 'exit', address: '192.168.1.64' }])
    const text = textOf('camera-report')
    const port = `TCP 端口 ${new URL(pushReport.address).port}`
    for (const word of [pushReport.address, 'eth0 192.168.1.5', port, 'FIND-17'])
      expect(text).toContain(word)
    expect(one(`${named('firewall')} a`).getAttribute('href')).toContain('/machine')
    expect(text).toContain('还没有')
    lot.laneCamera = {
      push: { ...pushReport, lastPushAtIso: '2026-03-13T10:15:02.000+08:00', card: null },
      asked: null,
    }
    await press(named('camera-exit'))
    const later = textOf('camera-report')
    for (const word of ['2026-03-13 10:15:02', '不能确定']) expect(later).toContain(word)
  })
  it('that asks for a password, and one that does neither', async () => {
    lot.laneCamera = cameraReportOf
    await open()
    await press(named('camera-exit'))
    const text = textOf('camera-report')
    for (const word of ['HTTP 401', 'FIND-14', '网络 192.168.1.64:80']) expect(text).toContain(word)
    lot.laneCamera = { push: null, asked: null }
    await press(named('camera-exit'))
    expect(textOf('camera-report')).toContain(wordOf('seek.camera.neither'))
  })
  it('is there in a demo as well, and not on the workbench, which has no lane', async () => {
    lot.find = findStates.demo
    await open()
    expect(all(named('cameras'))).toHaveLength(1)
    expect(all(named('network'))).toEqual([])
    closePage()
    lot.find = findStates.normal
    await open()
    expect(all(named('cameras'))).toEqual([])
  })
})
