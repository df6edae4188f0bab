// Handing a device over and getting it back, on a lot in memory: audited first, never while a car is served or a charge is
// unknown; whatever happens to the borrower, the lane gets it back.
import { forgetfulBooms } from '../../../../kit/forgetful-booms.ts'
import { describe, expect, it } from 'vitest'
import type { SharerView, ViaView } from '#devices/calls/safety-views.ts'
import { ControlActs } from '#base/desk/handlers/control-acts.ts'
import { safetyCalls } from '#devices/desk/handlers/control-safety.ts'
import { DeviceLeases } from '#devices/desk/hosts/device-leases.ts'
import { DeviceTests } from '#devices/desk/hosts/device-tests.ts'
import type { RsuCommand } from '#devices/pure/etc/rsu.ts'
import { standardTests } from '#devices/pure/lease/device-test.ts'
import { standardLease } from '#devices/pure/lease/lease.ts'
import type { Deduction } from '#ledger/pure/lot/lot-state.ts'
import { LaneFault, whyIn } from '#base/pure/faults/faults.ts'
import { carAtExit, makeLot, type TestLot } from '../../../runtime/control/control-kit.ts'
import { refusedBy } from '../../../../kit/refusals.ts'

class Bench {
  readonly lot: TestLot = makeLot()
  readonly did: string[] = []
  readonly rsu: RsuCommand[] = []
  readonly dead = new Set<number>()
  busy: string | null = null
  shared: readonly SharerView[] = []
  via: ViaView | null = null
  holds = this.start()
  readonly tests = new DeviceTests({
    raised: forgetfulBooms(),
    runtime: this.lot.runtime,
    mono: this.lot.clock,
    limits: standardTests,
    barrier: (_laneId, command) => void this.did.push(`barrier ${command.do}`),
    rsu: (_laneId, command) => void this.rsu.push(command),
    has: (laneId) => laneId === 'exit',
    isHeld: (laneId, device) => this.holds.takerOf(laneId, device) !== null,
  })
  private readonly acts = new ControlActs(this.lot.runtime, this.lot.clock)

  /** A fresh start, which remembers no lease. */
  start(): DeviceLeases {
    return new DeviceLeases({
      runtime: this.lot.runtime,
      mono: this.lot.clock,
      limits: standardLease,
      linkOf: (laneId, device) =>
        laneId !== 'exit' || this.shared.length > 0
          ? null
          : {
              link: `tcp://192.0.2.1:${device === 'rsu' ? 1 : 2}`,
              handOver: () => {
                this.did.push(`${device} handOver after ${this.audited().at(-1) ?? ''}`)
                this.lot.runtime.dispatch('exit', { type: 'rsuDown', reason: 'held' })
              },
              takeBack: () => void this.did.push(`${device} takeBack`),
            },
      sharing: (laneId, device) => (laneId === 'exit' && device === 'rsu' ? this.shared : []),
      viaOf: (_laneId, device) => (device === 'barrier' ? this.via : null),
      busyWith: () => this.busy,
      isAlive: (pid) => !this.dead.has(pid),
    })
  }

  get calls() {
    const { holds, tests } = this
    const raised = forgetfulBooms()
    return safetyCalls({ acts: this.acts, safety: { holds, tests, raised, lease: standardLease } })
  }

  audited(): string[] {
    return this.lot.ledger.list.flatMap((row) => (row.kind === 'audit' ? [row.body.act] : []))
  }

  take(over: object = {}) {
    const args = {
      laneId: 'exit',
      device: 'rsu' as const,
      program: 'Studio',
      by: '装机员',
      reason: '调天线',
      commandId: 'command-0001',
      ...over,
    }
    return this.calls['hold.take'](args, 'installer')
  }

  keep(holdId = 'command-0001') {
    return this.calls['hold.keep']({ laneId: 'exit', device: 'rsu', holdId })
  }

  holder() {
    return this.calls['safety.get']({ laneId: 'exit' }).holders[0]
  }
}

function codeOf(run: () => unknown): string {
  const fault = refusedBy(run)
  return fault === null ? 'ok' : `${fault.code} ${whyIn(fault.detail.note ?? '')}`
}

const unknownCharge = (laneId: string): Deduction =>
  ({ deductionId: 'n1-D7', laneId, state: 'unknown' }) as unknown as Deduction

describe('taking over', () => {
  it('is written before the lane lets go, once per act, and told with who and until when', () => {
    const bench = new Bench()
    expect(bench.take()).toEqual({ ok: true, repeated: false })
    expect(bench.take()).toEqual({ ok: true, repeated: true })
    expect(bench.did).toEqual(['rsu handOver after hold.take rsu Studio'])
    expect(bench.holder()).toMatchObject({
      device: 'rsu',
      state: 'taken',
      taker: { by: '装机员', program: 'Studio', pid: null, leftMs: standardLease.forMs },
    })
    expect(bench.keep()).toMatchObject({ state: 'taken', link: 'tcp://192.0.2.1:1' })
  })
  it('by a second one is refused with the name of the first', () => {
    const bench = new Bench()
    bench.take({ pid: 4711 })
    const second = codeOf(() => bench.take({ commandId: 'command-0002', by: '另一人' }))
    expect(second).toMatch(/^HOLD-01 装机员, Studio \(pid 4711\), since 20.*: 调天线$/)
    expect(bench.audited()).toEqual(['hold.take rsu Studio'])
  })
  it('of what a lane does not have is refused', () => {
    const bench = new Bench()
    expect(codeOf(() => bench.take({ laneId: 'entry' }))).toMatch(/^HOLD-04/)
    expect(
      codeOf(() => bench.calls['hold.end']({ ...who, laneId: 'exit', device: 'rsu' }, 'owner')),
    ).toMatch(/^HOLD-03/)
  })
  it('of a link that others share is refused by their names, and shown with them', () => {
    const bench = new Bench()
    const others = [{ laneId: 'entry', device: 'rsu' as const }]
    bench.shared = others
    expect(codeOf(() => bench.take())).toBe('HOLD-04 shared with entry rsu')
    expect([bench.did, bench.audited()]).toEqual([[], []])
    expect(bench.holder()).toMatchObject({ device: 'rsu', state: 'lane', shared: others })
  })
  it('of a gate on a camera is shown with the camera that goes along', () => {
    const bench = new Bench()
    bench.via = { camera: '192.0.2.64:80', readsFor: ['exit'] }
    const barrier = bench.calls['safety.get']({ laneId: 'exit' }).holders[1]
    expect(barrier).toMatchObject({ device: 'barrier', via: bench.via })
    expect(bench.take({ device: 'barrier' })).toMatchObject({ ok: true })
    expect(bench.holder()).not.toHaveProperty('via')
  })
  it('of a barrier: the lane does not say that it opened what it does not have', () => {
    const bench = new Bench()
    bench.take({ device: 'barrier' })
    expect(codeOf(() => bench.holds.mustBeOurs('exit', 'barrier'))).toMatch(/^HOLD-01 装机员/)
    expect(codeOf(() => bench.holds.mustBeOurs('exit', 'rsu'))).toBe('ok')
  })
  it('does not happen when it cannot be written', () => {
    const bench = new Bench()
    bench.lot.ledger.fault = new LaneFault('DATA-02')
    expect(codeOf(() => bench.take())).toMatch(/^DATA-02/)
    expect([bench.did, bench.holder()?.state]).toEqual([[], 'lane'])
  })
  it('never from under a car: refused, or waits until it has gone', () => {
    const bench = new Bench()
    carAtExit(bench.lot)
    expect(codeOf(() => bench.take({ wait: false }))).toMatch(/^HOLD-02 carInLane/)
    bench.take()
    expect(bench.keep()).toMatchObject({ state: 'waiting', why: 'carInLane' })
    expect(bench.did).toEqual([])
    bench.lot.runtime.dispatch('exit', { type: 'loop', loop: 'arrive', state: 'off' })
    expect(bench.keep()).toMatchObject({ state: 'taken' })
  })
  it('never while a charge of the lane is unknown; that of another lane does not matter', () => {
    const bench = new Bench()
    const { unsettled } = bench.lot.runtime.lot
    unsettled.set('n1-D7', unknownCharge('exit'))
    expect(codeOf(() => bench.take({ wait: false }))).toBe('HOLD-02 chargeUnknown n1-D7')
    bench.take()
    bench.lot.clock.advance(5_000)
    expect(bench.keep()).toMatchObject({ state: 'waiting' })
    unsettled.clear()
    unsettled.set('n1-D8', unknownCharge('entry'))
    bench.lot.runtime.dispatch('exit', { type: 'loop', loop: 'under', state: 'off' })
    expect(bench.did).toHaveLength(1)
  })
  it('waits for a trial or a moving boom, and gives up in time', () => {
    const bench = new Bench()
    bench.busy = 'trialRuns'
    bench.take()
    for (let i = 0; i < 12; i++) {
      expect(bench.keep().state).toBe('waiting')
      bench.lot.clock.advance(5_000)
    }
    expect(bench.keep()).toMatchObject({ state: 'over', end: 'stillBusy' })
    expect(bench.did).toEqual([])
    bench.busy = null
    bench.lot.runtime.dispatch('exit', { type: 'position', position: 'opening' })
    const moving = { device: 'barrier', wait: false, commandId: 'command-0002' }
    expect(codeOf(() => bench.take(moving))).toBe('HOLD-02 boomMoving')
  })
})

const who = { by: '业主', reason: '出口要用', commandId: 'command-0009' }

describe('the device comes back', () => {
  it.each([
    [
      'released',
      (b: Bench) =>
        b.calls['hold.release']({ laneId: 'exit', device: 'rsu', holdId: 'command-0001' }),
    ],
    [
      'ended',
      (b: Bench) => b.calls['hold.end']({ laneId: 'exit', device: 'rsu', ...who }, 'owner'),
    ],
    ['silent', (b: Bench) => b.lot.clock.advance(standardLease.silentMs)],
    [
      'died',
      (b: Bench) => {
        b.dead.add(4711)
        b.lot.clock.advance(500)
      },
    ],
  ] as const)('%s', (end, happens) => {
    const bench = new Bench()
    bench.take({ pid: 4711 })
    happens(bench)
    expect(bench.did.at(-1)).toBe('rsu takeBack')
    expect(bench.holder()).toMatchObject({ state: 'lane', taker: null, last: { end } })
    expect(bench.keep()).toMatchObject({ state: 'over', end })
    expect(bench.audited().at(-1)).toBe(`hold.over rsu ${end}`)
    bench.lot.clock.advance(3_600_000)
    expect(bench.did).toHaveLength(2)
  })
  it('when its time is over, though its taker lives and says so', () => {
    const bench = new Bench()
    bench.take({ forSec: 30, pid: 4711 })
    for (let i = 0; i < 6; i++) {
      expect(bench.keep().state).toBe('taken')
      bench.lot.clock.advance(5_000)
    }
    expect(bench.keep()).toMatchObject({ state: 'over', end: 'timeUp' })
  })
  it('also where that cannot be written', () => {
    const bench = new Bench()
    bench.take()
    bench.lot.ledger.fault = new LaneFault('DATA-02')
    bench.lot.clock.advance(standardLease.silentMs)
    expect(bench.did).toHaveLength(2)
  })
  it('after a restart of the runtime it is the lane that has it', () => {
    const bench = new Bench()
    bench.take({ pid: 4711 })
    bench.holds.stop()
    bench.holds = bench.start()
    expect(bench.holder()).toMatchObject({ state: 'lane', taker: null })
    expect(bench.keep()).toMatchObject({ state: 'over', end: null })
    bench.lot.clock.advance(60_000)
    expect(bench.did).toHaveLength(1)
  })
})

describe('a test of the antenna', () => {
  const begin = (bench: Bench, kind: 'antenna' | 'carrier' = 'antenna') =>
    bench.calls['test.begin'](
      { laneId: 'exit', kind, by: '装机员', reason: '看发射', commandId: 'command-0005' },
      'installer',
    )
  const up = (): Bench => {
    const bench = new Bench()
    bench.lot.runtime.dispatch('exit', { type: 'rsuUp', psamTerminals: [], rsuId: '1' })
    return bench
  }
  it('switches it on, lets every OBU go, and off again when it is stopped', () => {
    const bench = up()
    begin(bench)
    const obu = { obuId: '1A2B3C4D' }
    bench.tests.heard('exit', { type: 'cardRead', obu } as never)
    bench.calls['test.stop']({ laneId: 'exit' })
    expect(bench.rsu).toEqual([
      { do: 'search', on: true },
      { do: 'release', obuId: '1A2B3C4D' },
      { do: 'search', on: false },
    ])
    expect(bench.audited()).toEqual(['test.begin antenna', 'test.over antenna stopped'])
  })
  it('a car has the right of way: off before the lane says anything to it', () => {
    const bench = up()
    begin(bench)
    carAtExit(bench.lot)
    expect(bench.rsu.at(-1)).toEqual({ do: 'search', on: false })
    expect(bench.tests.view('exit').last?.end).toBe('laneBusy')
  })
  it('is not begun on what somebody else has, nor taken over while it runs', () => {
    const bench = up()
    bench.take()
    bench.lot.runtime.dispatch('exit', { type: 'rsuUp', psamTerminals: [], rsuId: '1' })
    expect(codeOf(() => begin(bench))).toBe('TEST-02 held')
  })
  it('a carrier is not on any device: no frame is made up', () => {
    const bench = up()
    expect(codeOf(() => begin(bench, 'carrier'))).toMatch(/^TEST-03/)
    expect([bench.rsu, bench.audited()]).toEqual([[], []])
    const offers = bench.tests.view('exit').offers
    expect(offers.find(({ kind }) => kind === 'carrier')?.refused).toBe('notOnDevice')
  })
})
