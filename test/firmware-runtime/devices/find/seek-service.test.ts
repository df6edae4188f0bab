// Searching the network: one search at a time, on every interface except loopback, and only for what was requested.
// Answers after a cancel are ignored; an interface that has gone is a fault with a code.
import { beforeEach, describe, expect, it } from 'vitest'
import { seekCalls } from '#devices/desk/handlers/control-seek.ts'
import { SeekService, type SeekParts, type SeekPorts } from '#devices/find/seek-service.ts'
import { oneRowEach } from '#devices/find/same-camera.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { FoundCamera } from '#devices/ports/find.ts'
import { HandClock } from '../../runtime/control/control-kit.ts'
import { codeOf } from '../../../kit/refusals.ts'

const camera = (address: string): FoundCamera => ({
  by: 'sadp',
  address,
  services: [],
  name: `序列号 ${address}`,
  hardware: '',
})
const lane = { name: 'n1', address: '', host: '', lotId: '', nodeId: '', version: '' }
const cards = [
  { name: 'lo', address: '127.0.0.1', prefix: 8, loopback: true },
  { name: 'eth0', address: '192.168.1.5', prefix: 24, loopback: false },
  { name: 'eth1', address: '10.0.0.5', prefix: 24, loopback: false },
]

let asked: string[]
let answer: PromiseWithResolvers<void>
let mono: HandClock

const outside = (): SeekPorts => ({
  mono,
  cards: () => cards,
  cameras: async ({ address }, waitMs) => {
    asked.push(`cameras ${address} ${waitMs}`)
    await answer.promise
    return [camera(address)]
  },
  cameraAt: async (host, port) => {
    asked.push(`at ${host}:${port}`)
    return Promise.resolve([camera(host)])
  },
  lanePcs: async ({ address }) => {
    asked.push(`lanes ${address}`)
    return Promise.resolve([{ ...lane, address }])
  },
  printers: () => {
    asked.push('printers')
    return []
  },
  hid: async () => {
    asked.push('hid')
    return Promise.resolve([])
  },
})
const service = (change: Partial<SeekParts> = {}): SeekService =>
  new SeekService({
    place: 'workbench',
    outside: outside(),
    push: () => null,
    asked: () => null,
    ...change,
  })
const turn = (): Promise<void> => new Promise((done) => setImmediate(done))

beforeEach(() => {
  asked = []
  answer = Promise.withResolvers<void>()
  mono = new HandClock()
})

it('asks nothing until it is told to, then every card but the loopback', async () => {
  const own = service()
  expect(own.state()).toMatchObject({ job: null, cameras: null, lanes: null, hid: null })
  expect(own.state().cards.map(({ name }) => name)).toEqual(['eth0', 'eth1'])
  expect(asked).toEqual([])
  expect(own.begin('cameras', null).job).toEqual({ what: 'cameras', elapsedMs: 0, ofMs: 3_000 })
  expect(asked).toEqual(['cameras 192.168.1.5 3000', 'cameras 10.0.0.5 3000'])
  expect(codeOf(() => own.begin('lanes', null))).toBe('FIND-21')
  answer.resolve()
  await turn()
  expect(own.state()).toMatchObject({
    job: null,
    cameras: [{ address: '192.168.1.5' }, { address: '10.0.0.5' }],
  })
})
it('keeps what was found beside what is asked next', async () => {
  const own = service()
  own.begin('lanes', null)
  await turn()
  own.begin('hid', null)
  await turn()
  own.begin('cameras', '192.168.9.9')
  await turn()
  own.begin('cameras', '192.168.9.9:13702')
  await turn()
  expect(own.state()).toMatchObject({
    hid: [],
    printers: [],
    cameras: [{ address: '192.168.9.9' }],
  })
  expect(own.state().lanes).toHaveLength(2)
  expect(asked.slice(-2)).toEqual(['at 192.168.9.9:null', 'at 192.168.9.9:13702'])
})
it('a cancelled search changes nothing, also when it ends after the next has begun', async () => {
  const own = service()
  own.begin('cameras', null)
  expect(own.cancel().job).toBeNull()
  own.begin('lanes', null)
  answer.resolve()
  await turn()
  expect(own.state()).toMatchObject({ job: null, cameras: null })
})
it('a card that is gone is told with its code, until the next search', async () => {
  const failing = service({
    outside: {
      ...outside(),
      cameras: () => Promise.reject(new LaneFault('LINK-01', { note: 'eth0: gone' })),
    },
  })
  failing.begin('cameras', null)
  await turn()
  expect(failing.state()).toMatchObject({
    job: null,
    cameras: null,
    fault: { code: 'LINK-01', note: 'eth0: gone' },
  })
  expect(failing.begin('hid', null).fault).toBeNull()
})
it('a demo asks no card and no bus', () => {
  const own = service({ place: 'demo', outside: null })
  expect(own.state().cards).toEqual([])
  expect(codeOf(() => own.begin('hid', null))).toBe('FIND-22')
  const handlers = seekCalls({})
  expect(codeOf(() => handlers['seek.state']())).toBe('FIND-22')
})
it('a camera that pushes is not asked, one with a password is, any other neither', async () => {
  const report = { ok: true, link: 'dahua://h', status: 200, findings: [] }
  const own = service({ asked: (id) => (id === 'in' ? Promise.resolve(report) : null) })
  expect(await own.camera('in', null)).toEqual({ push: null, asked: report })
  expect(await own.camera('out', null)).toEqual({ push: null, asked: null })
  const seen: unknown[] = []
  const push = { laneId: 'exit' } as never
  const pushed = service({
    push: (...args) => {
      seen.push(args)
      return push
    },
    asked: () => Promise.reject(new Error('asked')),
  })
  expect(await pushed.camera('exit', '192.168.1.64')).toEqual({ push, asked: null })
  expect(seen).toEqual([['exit', '192.168.1.64']])
})

describe('one row for each camera', () => {
  const found = (by: FoundCamera['by'], address: string, name: string): FoundCamera => ({
    by,
    address,
    name,
    services: [`http://${address}/${by}`],
    hardware: by === 'onvif' ? '' : 'TCG',
  })
  const rows = (...list: FoundCamera[]) =>
    oneRowEach(list).map(({ by, address, name }) => `${by.join('+')} ${address} ${name}`)
  it('that answers ONVIF and its maker, on two cards', () => {
    const onvif = found('onvif', '192.168.1.64', '入口')
    const maker = found('sadp', '192.168.1.64', 'SN1')
    const [one, ...more] = oneRowEach([onvif, maker, onvif, maker])
    expect(more).toEqual([])
    expect(one).toEqual({
      by: ['onvif', 'sadp'],
      address: '192.168.1.64',
      name: '入口 · SN1',
      hardware: 'TCG',
      services: ['http://192.168.1.64/onvif', 'http://192.168.1.64/sadp'],
      links: ['push:hikvision'],
    })
  })
  it('two fresh ones at the same usual address stay two, and ONVIF of either is a third', () => {
    const at = '192.168.1.64'
    expect(rows(found('sadp', at, 'SN1'), found('sadp', at, 'SN2'))).toHaveLength(2)
    const all = [found('onvif', at, '相机'), found('sadp', at, 'SN1'), found('sadp', at, 'SN2')]
    expect(rows(...all)).toEqual([`onvif ${at} 相机`, `sadp ${at} SN1`, `sadp ${at} SN2`])
  })
  it('one device at two addresses is one; two makers never are', () => {
    expect(rows(found('dahua', '10.0.0.1', 'SN1'), found('dahua', '10.0.0.2', 'SN1'))).toEqual([
      'dahua 10.0.0.1 10.0.0.2 SN1',
    ])
    expect(rows(found('dahua', '10.0.0.1', 'SN1'), found('sadp', '10.0.0.1', 'SN1'))).toHaveLength(
      2,
    )
  })
})
