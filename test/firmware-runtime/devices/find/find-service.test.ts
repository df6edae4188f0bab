// The find service: one search at a time, never a link that is already in use, and the device found last time.
// Also the workbench around it: a control API without a lot.
import { beforeEach, describe, expect, it } from 'vitest'
import {
  FindService,
  type Connection,
  type FindServiceParts,
  type FindMemory,
} from '#devices/find/find-service.ts'
import { Workbench } from '#runtime/control/workbench.ts'
import type { FindStateView } from '#devices/calls/find-views.ts'
import { bytesOfHex } from '#base/pure/data/bytes.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { present } from '#base/pure/values/must.ts'
import { rsuVariant } from '#devices/pure/rsu/variants.ts'
import { startMs } from '../../runtime/control/control-kit.ts'
import { settingsBench } from '../settings/settings-bench.ts'
import { FindBench, shippedPlan } from './bench.ts'
import type { PortState } from '#devices/ports/find.ts'

const status = present(
  bytesOfHex('B0 00 02 370100000001 370100000002 00 08 000829 0200 0000000000'),
  'hex',
)
const answer = rsuVariant('generic-bcc').framing.encode(0x08, status)
const usb0 = { path: '/dev/ttyUSB0', stablePath: null, usb: null }
const usb1 = { path: '/dev/ttyUSB1', stablePath: null, usb: null }

class Room {
  readonly bench = new FindBench()
  readonly claims: string[] = []
  readonly connects: string[] = []
  readonly closed: string[] = []
  readonly switched: boolean[] = []
  own: readonly string[] = []
  kept: FindMemory = { autoConnect: false, last: null }
  refuse: LaneFault | null = null

  constructor() {
    this.bench.ports = [usb0, usb1]
    this.bench.link = { up: (say) => say(answer) }
  }

  service(change: Partial<FindServiceParts> = {}): FindService {
    return new FindService({
      place: 'workbench',
      outside: this.bench.outside,
      memory: { load: () => this.kept, save: (memory) => (this.kept = memory) },
      claim: (link) => {
        this.claims.push(link)
        return () => undefined
      },
      ownLinks: () => this.own,
      connect: (link) => {
        this.connects.push(link)
        if (this.refuse !== null) return Promise.reject(this.refuse)
        const connection: Connection = {
          settingsStore: settingsBench(this.bench.mono, this.bench.outside.clock).settingsStore,
          handle: { lastReceivedMs: 0 },
          close: () => void this.closed.push(link),
        }
        return Promise.resolve(connection)
      },
      pushOf: () => null,
      cards: () => this.bench.cards,
      workbench: (on) => void this.switched.push(on),
      changed: () => undefined,
      ...change,
    })
  }

  async searched(service: FindService): Promise<FindStateView> {
    const done = async (): Promise<void> => {
      while (service.state().job !== null) await new Promise((turn) => setImmediate(turn))
    }
    await this.bench.run(done())
    return service.state()
  }
}

let room: Room
beforeEach(() => {
  room = new Room()
})
const turn = (): Promise<void> => new Promise((done) => setImmediate(done))
const link = 'serial:/dev/ttyUSB0?baud=115200&variant=generic-bcc'

describe('a link that was taken over from a lane', () => {
  const lane = (holdIds: (string | null)[]): FindService =>
    room.service({
      place: 'lane',
      mayConnect: (_link, holdId) => {
        holdIds.push(holdId)
        if (holdId !== 'hold-0001') throw new LaneFault('HOLD-03')
      },
    })
  it('is opened by its hold alone, and is not remembered for the workbench', async () => {
    const holdIds: (string | null)[] = []
    const service = lane(holdIds)
    expect(() => service.connect(link)).toThrow('HOLD-03')
    expect(() => service.connect(link, 'hold-0002')).toThrow('HOLD-03')
    expect(room.connects).toEqual([])
    service.connect(link, 'hold-0001')
    await turn()
    expect([holdIds, service.state().connected?.link]).toEqual([
      [null, 'hold-0002', 'hold-0001'],
      link,
    ])
    expect(room.kept.last).toBeNull()
  })
  it('is let go of when the lane has it again, by any of its options, and no other is', async () => {
    const service = lane([])
    service.connect(link, 'hold-0001')
    await turn()
    expect(service.leave('serial:/dev/ttyUSB1')).toBe(false)
    expect(room.closed).toEqual([])
    expect(service.leave('serial:/dev/ttyUSB0?baud=9600')).toBe(true)
    expect([room.closed, service.state().connected, service.device]).toEqual([[link], null, null])
  })
  it('that did not answer yet is given up at once', async () => {
    const signals: AbortSignal[] = []
    const service = room.service({
      place: 'lane',
      connect: (_link, { signal }) => {
        signals.push(signal)
        return new Promise((_done, failed) =>
          signal.addEventListener('abort', () => failed(new LaneFault('LINK-02'))),
        )
      },
    })
    service.connect(link, 'hold-0001')
    expect(service.leave(link)).toBe(true)
    await turn()
    expect([signals[0]?.aborted, service.state().connected]).toEqual([true, null])
  })
  it('a search on it ends with it', async () => {
    room.bench.link = {}
    const service = lane([])
    await service.probe([link], [])
    service.leave(link)
    const { job, reports } = await room.searched(service)
    expect([job, reports]).toEqual([null, []])
  })
})

describe('a search', () => {
  it('looks at every free port, one after another', async () => {
    const service = room.service()
    const begun = await service.probe(null, [])
    expect(begun.job).toMatchObject({ link: 'serial:/dev/ttyUSB0', done: 0, of: 2 })
    await expect(service.probe(null, [])).rejects.toThrow('FIND-21')
    expect(() => service.connect(link)).toThrow('FIND-21')
    const { reports } = await room.searched(service)
    expect(reports.map(({ ok, device }) => [ok, device?.link])).toEqual([
      [true, link],
      [true, 'serial:/dev/ttyUSB1?baud=115200&variant=generic-bcc'],
    ])
  })
  it('on a machine without a serial port says so, and that network devices can be found', async () => {
    room.bench.ports = []
    const service = room.service()
    expect(service.state().findings).toEqual([])
    await service.list()
    expect(service.state().findings).toMatchObject([{ code: 'FIND-01', weight: 'info' }])
    room.bench.ports = [usb0]
    await service.list()
    expect(service.state().findings).toEqual([])
  })
  it('asks the known ports of a host, and no serial port then', async () => {
    const service = room.service()
    await service.probe(null, ['192.168.1.60'])
    const { reports } = await room.searched(service)
    expect(reports.map((report) => report.link)).toEqual(
      shippedPlan.ports.map((port) => `tcp://192.168.1.60:${port}`),
    )
    await expect(service.probe(null, ['a b'])).rejects.toThrow('LOT-03')
    await expect(service.probe(['com7'], [])).rejects.toThrow('LOT-03')
  })
  it('never opens what a lane of this process, or this service itself, drives', async () => {
    room.own = ['serial:/dev/ttyUSB0?baud=9600']
    const service = room.service()
    service.connect('serial:/dev/ttyUSB1')
    await turn()
    await service.probe(null, [])
    const { reports } = await room.searched(service)
    expect(reports.map(({ findings }) => findings[0]?.code)).toEqual(['FIND-03', 'FIND-03'])
    expect([room.bench.opened, room.claims]).toEqual([[], []])
  })
  it('is cancelled in the middle', async () => {
    room.bench.link = {}
    const service = room.service()
    await service.probe(null, [])
    service.cancel()
    const state = await room.searched(service)
    expect(state.reports).toEqual([])
  })
  it('a link that another program claims is said so', async () => {
    const claim = (): never => {
      throw new LaneFault('LINK-03', { note: 'process 7 holds it' })
    }
    const service = room.service({ claim })
    await service.probe([link], [])
    const { reports } = await room.searched(service)
    expect(reports[0]?.findings).toMatchObject([{ code: 'FIND-03', note: 'process 7 holds it' }])
  })
})

describe('a connection', () => {
  it('is remembered when it came up, and closed before the next', async () => {
    const service = room.service()
    expect(service.connect(link).connected?.state).toBe('connecting')
    await turn()
    expect(room.kept.last).toMatchObject({ link, variant: 'generic-bcc' })
    room.bench.mono.advance(3_000)
    expect(service.state().connected).toMatchObject({ heardMsAgo: 3_000 })
    service.connect('tcp://127.0.0.1:60001')
    await turn()
    expect(room.closed).toEqual([link])
    service.disconnect()
    expect([room.closed.length, service.state().connected]).toEqual([2, null])
  })
  it('that does not come up says why, and nothing is remembered', async () => {
    room.refuse = new LaneFault('LINK-02', { note: 'silent' })
    const service = room.service()
    service.connect(link)
    await turn()
    expect(service.state().connected).toEqual({
      link,
      state: 'lost',
      heardMsAgo: null,
      fault: { code: 'LINK-02', note: 'silent' },
    })
    expect(room.kept.last).toBeNull()
  })
  it('given up while it came up is closed', async () => {
    const service = room.service()
    service.connect(link)
    service.disconnect()
    await turn()
    expect([room.closed, room.kept.last]).toEqual([[link], null])
  })
  it.each([
    [true, 'free', 1],
    [false, 'free', 0],
    [true, 'absent', 0],
    [true, 'held', 0],
  ] as const)('auto-connect %s, port %s: %i', (autoConnect, is, times) => {
    room.kept = { autoConnect, last: { link, variant: 'generic-bcc', atIso: '' } }
    room.bench.state = {
      held: { is: 'held', by: null },
      absent: { is: 'absent', taken: null },
      free: { is: 'free' },
    }[is] as PortState
    room.service().autoConnect()
    expect(room.connects.length).toBe(times)
  })
  it('by itself when the port appears, and not again after a person disconnected it', async () => {
    room.kept = { autoConnect: true, last: { link, variant: 'generic-bcc', atIso: '' } }
    room.bench.state = { is: 'absent', taken: null }
    const service = room.service()
    service.watch()
    room.bench.mono.advance(10_000)
    expect(room.connects).toEqual([])
    room.bench.state = { is: 'free' }
    room.bench.mono.advance(2_000)
    expect(room.connects).toEqual([link])
    await turn()
    service.disconnect()
    room.bench.mono.advance(10_000)
    expect(room.connects).toEqual([link])
    service.close()
  })
  it('the switch is kept', () => {
    const service = room.service()
    expect(service.setAutoConnect(true).autoConnect).toBe(true)
    expect(room.kept.autoConnect).toBe(true)
  })
})

describe('where it stands', () => {
  it('a demo lists and opens nothing, and can go to the workbench', async () => {
    const service = room.service({ place: 'demo', outside: null, connect: null })
    expect(service.state()).toMatchObject({ place: 'demo', ports: null })
    await expect(service.list()).rejects.toThrow('FIND-22')
    await expect(service.probe(null, [])).rejects.toThrow('FIND-22')
    expect(() => service.connect(link)).toThrow('FIND-22')
    service.workbench(true)
    expect(room.switched).toEqual([true])
  })
  it('a running lot connects nothing, and one that Studio does not host stays', () => {
    const service = room.service({ place: 'lane', connect: null, workbench: null })
    expect(() => service.connect(link)).toThrow('API-02')
    expect(() => service.workbench(true)).toThrow('API-02')
  })
})

describe('the workbench', () => {
  const make = (): {
    service: FindService
    call: (name: string, args?: object) => Promise<unknown>
  } => {
    const service = room.service()
    const { mono } = room.bench
    const clock = { nowMs: () => startMs as never }
    const bench = new Workbench({ service, mono, clock, version: '1' })
    return { service, call: (name, args = {}) => bench.session('owner').call(name, args) }
  }
  it('shows a board without lanes, then the device under the hand', async () => {
    const { service, call } = make()
    expect(await call('board.get')).toMatchObject({
      ok: true,
      data: { lanes: [], bench: null, status: { mode: 'workbench' } },
    })
    expect(await call('device.settings', { laneId: 'bench' })).toMatchObject({
      error: { code: 'SET-04' },
    })
    service.connect(link)
    await turn()
    expect(await call('board.get')).toMatchObject({
      data: { lanes: [], bench: { laneId: 'bench', rsu: { link } } },
    })
    expect(await call('device.settings', { laneId: 'bench' })).toMatchObject({
      ok: true,
      data: { laneId: 'bench', link },
    })
  })
  it('refuses what is of cars and money, unknown names and bad arguments', async () => {
    const { call } = make()
    const act = { laneId: 'exit', commandId: 'abcdefgh', by: '装机员', reason: 'x' }
    expect(await call('lane.open', act)).toMatchObject({ error: { code: 'LOT-01' } })
    expect(await call('ledger.verify')).toMatchObject({ error: { code: 'LOT-01' } })
    expect(await call('no.such')).toMatchObject({ error: { code: 'API-01' } })
    expect(await call('find.connect', { link: '' })).toMatchObject({ error: { code: 'API-01' } })
  })
  it('a viewer reads and opens nothing', async () => {
    const service = room.service()
    const clock = { nowMs: () => startMs as never }
    const bench = new Workbench({ service, mono: room.bench.mono, clock, version: '1' })
    const viewer = bench.session('auditor')
    expect(await viewer.call('find.state', {})).toMatchObject({ ok: true })
    expect(await viewer.call('find.probe', {})).toMatchObject({ error: { code: 'API-02' } })
  })
})
