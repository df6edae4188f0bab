// Updates beside running lanes, in virtual time with a scripted child: looks by itself, preparing with its progress, what a
// person wants and when it is due, restarts in between, the way back, and children that end badly.
import { describe, expect, it } from 'vitest'
import type { LaneFault } from '#base/pure/faults/faults.ts'
import { lookOfDayMs } from '#runtime/pure/update/look.ts'
import { instantOfIso, isoOf } from '#base/pure/values/instant.ts'
import {
  figures,
  goodPrint,
  releaseFile,
  running,
  ScriptedUpdates,
  slot,
} from '../../../kit/scripted-updates.ts'
import { HandClock } from '../control/control-kit.ts'

const from = '/media/stick/release'
const minuteMs = 60_000

class World extends ScriptedUpdates {
  readonly clock: HandClock
  constructor(more: Omit<ConstructorParameters<typeof ScriptedUpdates>[0], 'mono'> = {}) {
    const mono = new HandClock()
    super({ mono, ...more })
    this.clock = mono
  }

  /** Minute by minute, with the clock of the lot. */
  async pass(minutes: number): Promise<void> {
    for (let n = 0; n < minutes; n++) {
      this.nowMs += minuteMs
      this.clock.advance(minuteMs)
      for (let turn = 0; turn < 10; turn++) await Promise.resolve()
    }
  }

  async ready(): Promise<void> {
    this.service.prepare(from)
    await this.prepared()
  }

  at(iso: string): void {
    this.nowMs = instantOfIso(iso)
  }
}

const codeOf = (work: () => unknown): string => {
  try {
    work()
    return ''
  } catch (error) {
    return (error as LaneFault).code
  }
}
const check = (is: string) => ({ ok: true, is, running, offered: releaseFile })

describe('looks', () => {
  const daily = { from: 'https://updates.example.com/', look: 'daily' } as const

  it('once each night at its own minute, and installs nothing', async () => {
    const world = new World({ updates: daily, atIso: '2026-11-30T20:00:00+08:00' })
    await world.pass(24 * 60)
    expect(world.runs.map(({ verb, from: at }) => [verb, at])).toEqual([['check', daily.from]])
    const ofNightMs = world.run.atMs - instantOfIso('2026-12-01T00:00:00+08:00')
    expect(ofNightMs - lookOfDayMs('52010001')).toBeLessThanOrEqual(minuteMs)
    expect(ofNightMs).toBeGreaterThanOrEqual(lookOfDayMs('52010001'))
    await world.run.end(check('newer'))
    expect(world.service.view().looked).toMatchObject({
      is: 'newer',
      offered: { version: slot.version, build: slot.build, bytes: releaseFile.bytes },
      fault: null,
      isTold: false,
    })
    await world.pass(24 * 60)
    expect(world.runs).toHaveLength(2)
    expect(world.told).toEqual([])
  })

  it.each([
    ['never', undefined],
    ['by no one', { from: '/stick', look: 'never' } as const],
  ])('%s', async (_, updates) => {
    const world = new World({ updates })
    await world.pass(3 * 24 * 60)
    expect(world.runs).toEqual([])
  })

  it.each(['studio', 'noService', 'demo'] as const)('not where the lanes are %s', async (here) => {
    const world = new World({ updates: daily, here })
    await world.pass(2 * 24 * 60)
    expect(world.runs).toEqual([])
    expect(codeOf(() => world.service.prepare(from))).toBe('UPDATE-21')
  })

  it('a place that does not answer is told after a week, and a good look ends it', async () => {
    const world = new World({ updates: daily, atIso: '2026-11-30T00:00:00+08:00' })
    const told: boolean[] = []
    for (let day = 0; day < 9; day++) {
      await world.pass(24 * 60)
      await world.run.end({ error: { code: 'UPDATE-05', file: 'metadata/timestamp.json' } })
      told.push(world.service.view().looked?.isTold === true)
    }
    expect(told).toEqual([false, false, false, false, false, false, false, true, true])
    await world.pass(24 * 60)
    await world.run.end(check('same'))
    expect(world.service.view().looked).toMatchObject({ isTold: false, fault: null, is: 'same' })
  })

  it.each([
    ['UPDATE-02', { error: { code: 'UPDATE-02', field: 'targets' } }, 'UPDATE-02'],
    ['a code of a newer program', { error: { code: 'UPDATE-99' } }, 'UPDATE-22'],
    ['no last line', undefined, 'UPDATE-22'],
    ['an offer without a version', { ok: true, is: 'newer', offered: { bytes: 1 } }, 'UPDATE-22'],
    ['a verdict that is none', { ...check('newer'), is: 'best' }, 'UPDATE-22'],
    ['text that is no JSON', 'Segmentation fault', 'UPDATE-22'],
  ])('a look that ends with %s is refused by its code', async (_, last, code) => {
    const world = new World()
    const looked = world.service.look(from).then(
      () => '',
      (error: LaneFault) => error.code,
    )
    await world.run.end(last)
    expect(await looked).toBe(code)
    expect(world.service.view().looked).toMatchObject({ fault: { code }, isTold: true, is: null })
    expect(world.traced[0]).toContain(code)
  })

  it('a clock that was set back behind the last look begins anew', async () => {
    const world = new World({ updates: daily, atIso: '2036-11-30T10:00:00+08:00' })
    await world.pass(2 * 24 * 60)
    expect(world.runs.length).toBeGreaterThan(0)
    await world.run.end(check('same'))
    const before = world.runs.length
    world.at('2026-11-30T10:00:00+08:00')
    await world.pass(24 * 60)
    expect(world.runs.length).toBe(before + 1)
  })
})

describe('preparing', () => {
  it('shows its progress, passes over other lines, and ends with the plan', async () => {
    const world = new World()
    world.service.prepare(from)
    expect(world.run).toMatchObject({ verb: 'prepare', from })
    const working = () => world.service.view().working
    expect(working()).toEqual({ from, step: 'look', done: 0, of: 0 })
    world.run.say({ step: 'fetch', done: 5, of: 10 })
    expect(working()).toEqual({ from, step: 'fetch', done: 5, of: 10 })
    world.run.say('(node:7) Warning: something')
    world.run.say({ step: 'dance', done: 1, of: 1 })
    world.run.say({ step: 'unpack', done: -3, of: 'many' })
    expect(working()).toEqual({ from, step: 'unpack', done: 0, of: 0 })
    await world.prepared()
    expect(world.service.view()).toMatchObject({
      working: null,
      failed: null,
      plan: { step: 'tried', version: slot.version, figures, wanted: null },
    })
  })

  it.each([
    ['a fault', { error: { code: 'UPDATE-04', file: 'x' } }, 'UPDATE-04'],
    ['a full disk', { error: { code: 'DATA-02', file: 'x' } }, 'DATA-02'],
    ['nothing: killed', undefined, 'UPDATE-22'],
    ['half a line', '{"ok":tr', 'UPDATE-22'],
    ['no newer version', { ok: false, is: 'same' }, 'UPDATE-20'],
  ])('ended with %s', async (_, last, code) => {
    const world = new World()
    world.service.prepare(from)
    await world.run.end(last)
    expect(world.service.view()).toMatchObject({ working: null, failed: { code }, plan: null })
    world.service.prepare(from)
    expect(world.service.view().failed).toBeNull()
  })

  it('is not begun twice, nor on trial', async () => {
    const world = new World()
    world.service.prepare(from)
    expect(codeOf(() => world.service.prepare(from))).toBe('UPDATE-20')
    await world.prepared()
    world.begin()
    expect(codeOf(() => world.service.prepare(from))).toBe('UPDATE-20')
    expect(codeOf(() => world.service.want({ when: 'now', by: 'a' }))).toBe('UPDATE-20')
  })

  it('is stopped by a person: its child ends, and nothing is left', async () => {
    const world = new World()
    world.service.prepare(from)
    world.service.drop()
    await world.pass(1)
    expect(world.run.isStopped).toBe(true)
    expect(world.service.view()).toMatchObject({ working: null, failed: null, plan: null })
    expect(world.told).toContain('dropped')
  })
})

describe('wanted', () => {
  it.each(['now', 'tonight'] as const)('%s is on the disk before anybody looks', async (when) => {
    const world = new World()
    await world.ready()
    world.service.want({ when, by: '王' })
    expect(world.told).toEqual([`look ${when}`])
    expect(world.plan?.wanted).toEqual({ when, by: '王', atIso: isoOf(world.nowMs) })
  })

  it.each([
    ['before anything was tried', async () => new World()],
    [
      'of one that was refused',
      async () => {
        const world = new World()
        await world.ready()
        const step = { is: 'refused', code: 'UPDATE-12', note: '', atIso: isoOf(0) } as const
        if (world.plan !== null) world.plan = { ...world.plan, step }
        return world
      },
    ],
    [
      'while it is only fetched',
      async () => {
        const world = new World()
        await world.ready()
        if (world.plan !== null) world.plan = { ...world.plan, step: { is: 'fetched' } }
        return world
      },
    ],
  ])('is refused %s', async (_, made) => {
    const world = await made()
    expect(codeOf(() => world.service.want({ when: 'now', by: '王' }))).toBe('UPDATE-20')
    expect(world.told).toEqual([])
  })

  it('survives a restart', async () => {
    const world = new World()
    await world.ready()
    world.service.want({ when: 'tonight', by: '王' })
    world.started()
    await world.pass(4 * 60)
    expect(world.service.view().plan?.wanted).toMatchObject({ when: 'tonight', by: '王' })
  })

  it('is over once the version runs, and the files of the running one stay', async () => {
    const world = new World()
    await world.ready()
    world.service.want({ when: 'now', by: '王' })
    world.begin()
    world.started()
    await world.pass(2)
    expect(world.plan).toBeNull()
    expect(world.told).toContain('dropped')
    expect(world.service.view().trial).toMatchObject({
      version: slot.version,
      before: null,
      passages: 0,
    })
  })

  it('is taken away with the plan', async () => {
    const world = new World()
    await world.ready()
    world.service.want({ when: 'now', by: '王' })
    world.service.drop()
    await world.pass(10)
    expect(world.told).toEqual(['look now', 'dropped', 'look nothing'])
  })
})

describe('the way back', () => {
  it('is asked for by a person while the version is on trial', async () => {
    const world = new World()
    await world.ready()
    const who = { by: '王', reason: '慢' }
    expect(codeOf(() => world.service.back(who))).toBe('UPDATE-20')
    world.begin()
    world.service.back(who)
    expect(world.told.at(-1)).toBe('back 王 慢')
  })
})

describe('trust', () => {
  it('shows the fingerprint of a file, and takes only that', async () => {
    const world = new World()
    world.trusted = null
    expect(world.service.view().trusted).toBeNull()
    const { fingerprint } = await world.service.trustFile('/media/stick/1.root.json')
    expect(codeOf(() => world.service.trust('/media/stick/1.root.json', '0'))).toBe('UPDATE-19')
    expect(world.service.view().trusted).toBeNull()
    world.service.trust('/media/stick/1.root.json', fingerprint)
    expect(world.service.view().trusted).toBe(goodPrint)
  })
})
