// Order, silence and unknown sensors: how reports change the spaces, and how they must not.
// A space whose state is unknown never counts as free.
import { describe, expect, it } from 'vitest'
import {
  countSpaces,
  found,
  withSpaceReport,
  lost,
  unheardSpace,
} from '../../../../firmware-runtime/core/spaces/occupancy.ts'
import { isNewer, type SpaceReport } from '../../../../firmware-runtime/core/spaces/report.ts'
import {
  geomagneticDriver,
  type GeomagneticEvent,
  type SpaceEvent,
} from '../../../../firmware-runtime/devices/geomagnetic/driver.ts'

const report = (over: Partial<SpaceReport> = {}): SpaceReport => ({
  deviceId: 'a',
  occupied: true,
  deviceAtMs: 1_000_000,
  seq: 10,
  restarted: false,
  batteryV: null,
  rssiDbm: null,
  snrDb: null,
  celsius: null,
  ...over,
})

describe('which report tells the present', () => {
  it.each<[string, SpaceReport | null, Partial<SpaceReport>, boolean]>([
    ['the first', null, {}, true],
    ['the next', report(), { seq: 11, deviceAtMs: 1_000_001 }, true],
    ['the same again', report(), {}, false],
    ['one that was overtaken', report(), { seq: 9, deviceAtMs: 999_999 }, false],
    ['the next by a clock that went back', report(), { seq: 11, deviceAtMs: 5 }, true],
    ['one that counts anew by a clock that went on', report(), { seq: 1, deviceAtMs: 2e6 }, true],
    [
      'one that counts anew and lost its clock',
      report({ seq: 900 }),
      { seq: 1, deviceAtMs: 5 },
      true,
    ],
    ['one that says that it started', report(), { seq: 0, deviceAtMs: 0, restarted: true }, true],
    ['a later one without a counter', report({ seq: null }), { seq: null, deviceAtMs: 2e6 }, true],
    [
      'an earlier one without a counter',
      report({ seq: null }),
      { seq: null, deviceAtMs: 5 },
      false,
    ],
    ['one without either', report({ seq: null, deviceAtMs: null }), { seq: null }, true],
  ])('%s', (_name, was, now, newer) => {
    expect(isNewer(was, report(now))).toBe(newer)
  })
})

class Lot {
  readonly told: SpaceEvent[] = []
  readonly timers = new Map<string, number | null>()
  private readonly driver = geomagneticDriver({
    spaces: { a: 'A-01', b: 'A-02' },
    silentMs: 1_000,
    read: (topic, bytes) =>
      topic === 'bad'
        ? { ok: false, reason: 'noSpaceState' }
        : {
            ok: true,
            report: report({ deviceId: topic, seq: bytes[0] ?? 0, occupied: bytes[1] === 1 }),
          },
  })
  state = this.driver.initial()

  step(event: Omit<GeomagneticEvent & { type: string }, 'atMs'>): void {
    const step = this.driver.step(this.state, { atMs: 0, ...event } as GeomagneticEvent)
    this.state = step.state
    for (const effect of step.effects)
      if (effect.do === 'emit') this.told.push(effect.event)
      else this.timers.set(effect.name, effect.afterMs)
  }

  says(device: string, seq: number, occupied: boolean): void {
    const bytes = Uint8Array.of(seq, occupied ? 1 : 0)
    this.step({ type: 'message', topic: device, bytes } as never)
  }

  types(): string[] {
    return this.told.splice(0).map((event) => event.type)
  }
}

describe('the sensors of a lot', () => {
  it('are up with the first that is heard, and down when all are silent', () => {
    const lot = new Lot()
    lot.step({ type: 'linkUp' } as never)
    expect(lot.types()).toEqual([])
    lot.says('a', 1, true)
    expect(lot.types()).toEqual(['spaceHeard', 'sensorsUp'])
    lot.says('b', 1, true)
    expect(lot.types()).toEqual(['spaceHeard'])
    expect(lot.timers.get('silent a')).toBe(1_000)
    lot.step({ type: 'timer', name: 'silent a' } as never)
    expect(lot.types()).toEqual(['spaceLost'])
    lot.step({ type: 'timer', name: 'silent b' } as never)
    expect(lot.types()).toEqual(['spaceLost', 'sensorsDown'])
    lot.says('a', 1, false)
    expect(lot.types()).toEqual([])
    lot.says('a', 2, false)
    expect(lot.types()).toEqual(['spaceHeard', 'sensorsUp'])
  })

  it('are lost with their way, and what they said holds when it is back', () => {
    const lot = new Lot()
    lot.step({ type: 'linkUp' } as never)
    lot.says('a', 1, true)
    lot.types()
    lot.step({ type: 'linkDown', reason: 'cut' } as never)
    expect(lot.types()).toEqual(['spaceLost', 'sensorsDown'])
    lot.step({ type: 'linkUp' } as never)
    expect(lot.types()).toEqual(['spaceFound', 'sensorsUp'])
  })

  it('count what they do not take', () => {
    const lot = new Lot()
    lot.step({ type: 'linkUp' } as never)
    lot.says('a', 5, true)
    lot.says('a', 5, true)
    lot.says('z', 1, true)
    lot.says('bad', 1, true)
    lot.says('__proto__', 1, true)
    expect(lot.state.counters).toEqual({ reports: 1, old: 1, strangers: 2, refused: 1 })
  })
})

describe('spaces', () => {
  it('that nobody knows are counted apart, and never as free', () => {
    const space = unheardSpace('A-01', 'geo', 'a')
    const free = withSpaceReport(space, report({ occupied: false }), 5)
    const taken = withSpaceReport(free, report({ occupied: true }), 9)
    expect([space, free, taken].map(({ occupied }) => occupied)).toEqual([null, false, true])
    expect(countSpaces([space, free, taken, lost(free)])).toEqual({
      total: 4,
      free: 1,
      occupied: 1,
      unknown: 2,
    })
    expect(found(lost(free)).occupied).toBe(false)
    expect(found(lost(space)).occupied).toBeNull()
    expect(withSpaceReport(taken, report({ occupied: true }), 20)).toMatchObject({
      sinceMs: 9,
      receivedMs: 20,
    })
  })
})
