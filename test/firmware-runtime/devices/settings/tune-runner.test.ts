// The tune loop against a scripted device: measured on the test's clock, written through a trial, kept, reverted,
// interrupted by restarts and full disks, undone. Also what it reports to a window.
import { describe, expect, it } from 'vitest'
import { TuneRunner, type TuneRequest } from '#devices/settings/tune-runner.ts'
import { tuneView } from '#devices/settings/tune-view.ts'
import type { TuneState, TuneStep } from '#devices/pure/tune/loop.ts'
import type { TuneSignal } from '#devices/pure/tune/signals.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { tuneShape } from '#devices/files/tune-shape.ts'
import type { TuneStore } from '#devices/ports/tune-store.ts'
import { tryAt } from '../pure/tune/kit.ts'
import { HandClock } from '../../runtime/control/control-kit.ts'
import { MemoryStore, settingsBench } from './settings-bench.ts'
import { codeOf } from '../../../kit/refusals.ts'

const business = { nowMs: () => 1_763_600_000_000 }
const car = (i: number): string => `0200100${i}`
const request: TuneRequest = {
  aim: 'moreReads',
  change: { setting: 'powerStep', value: 12 },
  passes: 8,
  listenMs: 60_000,
  decide: 'auto',
  cars: Array.from({ length: 8 }, (_, i) => car(i)),
  zone: { from: 'tape', lengthM: 4.5 },
  bound: null,
  by: '装机员',
  reason: '漏读',
}

class MemorySteps implements TuneStore {
  stored: TuneState | null = null
  broken = false
  load(): TuneState | null {
    return structuredClone(this.stored)
  }
  save(state: TuneState): void {
    if (this.broken) throw new LaneFault('DATA-02')
    // As a file gives it back: each state that a step reaches has to be readable.
    this.stored = tuneShape().parse(JSON.parse(JSON.stringify(state)))
  }
}

function bench(settings = new MemoryStore(), steps = new MemorySteps()) {
  const clock = new HandClock()
  const device = settingsBench(clock, business, settings)
  const told: TuneStep[] = []
  const tune = new TuneRunner({
    settingsStore: device.settingsStore,
    store: steps,
    mono: clock,
    business,
    onStep: (step) => told.push(step),
    failed: (fault) => device.faults.push(fault.code),
  })
  const drive = (read: number): void => {
    for (let i = 0; i < 8; i++) {
      clock.advance(1_000)
      if (i < read)
        for (const signal of tryAt(clock.nowUs() / 1000 - 500, car(i)))
          device.settingsStore.heard(signal)
    }
  }
  return { ...device, clock, tune, steps, settings, told, drive }
}
type Bench = ReturnType<typeof bench>

/** Runs one tuning step up to its decision. */
function judged(after = 8, decide: 'auto' | 'ask' = 'auto'): Bench {
  const b = bench()
  b.tune.begin('s1', { ...request, decide })
  b.drive(2)
  b.clock.advance(60_000)
  b.answer('accepted')
  b.drive(after)
  b.clock.advance(after === 8 ? 1_000 : 60_000)
  return b
}

describe('one step at work', () => {
  it('is on disk before it measures, writes only after, and keeps what reads more', () => {
    const b = bench()
    b.tune.begin('s1', request)
    expect([b.steps.stored?.run?.phase, b.written.length]).toEqual(['before', 0])
    b.drive(2)
    b.clock.advance(60_000)
    expect(b.written.at(-1)?.settings).toMatchObject({ powerStep: 12 })
    expect(b.store.copies).toHaveLength(1)
    b.answer('accepted')
    b.drive(8)
    b.clock.advance(1_000)
    expect([b.ends, b.told.map(({ end }) => end)]).toEqual([['kept'], ['kept']])
    expect(b.settingsStore.permanent).toMatchObject({ powerStep: 12 })
    expect(b.tune.meter()?.rows[0]).toMatchObject({ kmh: 5, light: 'green' })
  })
  it('a single car does not keep it, as it would keep a trial of its own', () => {
    const b = bench()
    b.tune.begin('s1', request)
    b.clock.advance(60_000)
    b.answer('accepted')
    b.settingsStore.lane({ type: 'cardRead' })
    expect(b.ends).toEqual([])
  })
  it('takes back what does not read more', () => {
    const b = judged(2)
    expect([b.ends, b.told[0]?.end]).toEqual([['takenBack'], 'takenBack'])
    expect(b.written.at(-1)?.settings).toMatchObject({ powerStep: 8 })
  })
  it('asked, nobody answers: the trial goes back by itself', () => {
    const b = judged(8, 'ask')
    expect(tuneView('exit', b.tune).run).toMatchObject({ phase: 'judged', mayKeep: true })
    b.clock.advance(360_000)
    expect([b.ends, b.told[0]?.end]).toEqual([['timeUp'], 'timeUp'])
  })
  it('a link that is lost while it measures takes it back and says so', () => {
    const b = bench()
    b.tune.begin('s1', request)
    b.clock.advance(60_000)
    b.answer('accepted')
    b.settingsStore.lane({ type: 'rsuDown', reason: 'cable' })
    expect(b.told).toMatchObject([{ end: 'linkLost', why: 'cable' }])
  })
  it('a car in the zone goes first', () => {
    const b = bench()
    b.tune.begin('s1', request)
    b.clock.advance(60_000)
    b.answer('busy')
    b.answer('accepted')
    b.clock.advance(1_000)
    expect(b.written.at(-1)?.settings).toMatchObject({ powerStep: 12 })
    b.answer('accepted')
    expect(b.tune.state.run?.phase).toBe('after')
  })
  it('a full disk: nothing is begun', () => {
    const b = bench()
    b.steps.broken = true
    expect(codeOf(() => b.tune.begin('s1', request))).toBe('DATA-02')
    expect([b.tune.state.run, b.written]).toEqual([null, []])
  })
})

describe('a restart', () => {
  it('in the middle: the device starts with the old value, the step says so', () => {
    const b = bench()
    b.tune.begin('s1', request)
    b.clock.advance(60_000)
    b.answer('accepted')
    const next = bench(b.store, b.steps)
    expect(next.settingsStore.permanent).toMatchObject({ powerStep: 8 })
    next.settingsStore.start()
    next.tune.start()
    expect(next.told).toMatchObject([{ end: 'restarted' }])
  })
  it('between the settings that were kept and the step that says so: it was kept', () => {
    const b = judged(8, 'ask')
    b.steps.broken = true
    b.tune.decide(true, 'x')
    expect(b.ends).toEqual(['kept'])
    const next = bench(b.store, b.steps)
    b.steps.broken = false
    next.settingsStore.start()
    next.tune.start()
    expect(next.told).toMatchObject([{ end: 'kept' }])
    expect(next.settingsStore.permanent).toMatchObject({ powerStep: 12 })
  })
})

describe('undo', () => {
  it('writes the old value at once, with a backup, and marks the step', () => {
    const b = judged()
    b.tune.undo('u1', '装机员')
    expect(b.written.at(-1)?.settings).toMatchObject({ powerStep: 8 })
    b.answer('accepted')
    expect(b.settingsStore.permanent).toMatchObject({ powerStep: 8 })
    expect(tuneView('exit', b.tune)).toMatchObject({
      undoId: null,
      steps: [{ undoneBy: '装机员' }],
    })
    expect(b.store.copies).toHaveLength(2)
  })
})

describe('refusals', () => {
  it('a second step, a value that is not allowed, nothing to keep, nothing to undo', () => {
    const b = bench()
    expect(
      codeOf(() => b.tune.begin('s1', { ...request, change: { setting: 'powerStep', value: 99 } })),
    ).toBe('SET-01')
    expect(
      codeOf(() => b.tune.begin('s1', { ...request, change: { setting: 'heightCm', value: 260 } })),
    ).toBe('SET-01')
    const bound = { min: 6, max: 11 }
    expect(codeOf(() => b.tune.begin('s1', { ...request, bound }))).toBe('TUNE-06')
    expect(b.tune.check({ ...request, change: null, bound }).new).toBeLessThanOrEqual(bound.max)
    const powerOf = (of: typeof bound | null): number[] =>
      tuneView('exit', b.tune, of).proposals.flatMap(({ next }) =>
        next?.setting === 'powerStep' ? [next.new] : [],
      )
    expect(Math.max(...powerOf(null))).toBeGreaterThan(8)
    expect(powerOf({ min: 6, max: 8 }).filter((step) => step > 8)).toEqual([])
    expect(codeOf(() => b.tune.undo('u1', 'x'))).toBe('TUNE-02')
    expect(codeOf(() => b.tune.decide(true, 'x'))).toBe('TUNE-02')
    b.tune.begin('s1', request)
    expect(codeOf(() => b.tune.begin('s2', request))).toBe('TUNE-01')
    expect(codeOf(() => b.tune.measureOnly(request))).toBe('TUNE-01')
    expect(codeOf(() => b.tune.decide(true, 'x'))).toBe('TUNE-03')
  })
})

it('the meter alone: listens, writes nothing, and what a person read off is in it', () => {
  const b = bench()
  b.tune.measureOnly(request)
  b.tune.addField([{ place: '触发线圈', dbm: -38.5 }])
  b.drive(8)
  b.clock.advance(1_000)
  expect(b.tune.look?.found).toMatchObject({
    passes: { read: 8 },
    field: [{ place: '触发线圈', dbm: -38.5 }],
  })
  expect([b.written, tuneView('exit', b.tune).meter?.why]).toEqual([[], null])
})

describe('an OBU that the antenna of another lane read during the trial', () => {
  const readAt = (b: Bench, beside: Set<(signal: TuneSignal) => void>, obuId: string) => {
    const atMs = b.clock.nowUs() / 1000
    for (const hear of beside) hear({ type: 'read', atMs, obuId })
  }
  /** `there`: OBUs read in the other lane after the change. */
  function trial(decide: 'auto' | 'ask', there: readonly string[]): Bench {
    const b = bench()
    const onSignal = new Set<(signal: TuneSignal) => void>()
    b.tune.start([{ onSignal }])
    b.tune.begin('s1', { ...request, decide })
    b.drive(2)
    b.clock.advance(60_000)
    b.answer('accepted')
    b.drive(8)
    for (const obuId of there) readAt(b, onSignal, obuId)
    b.clock.advance(1_000)
    expect(onSignal.size).toBe(0)
    return b
  }
  const after = ({ tune }: Bench) => tune.state.run?.after?.besideReads

  it.each<[string, readonly string[], number | null, string]>([
    ['nobody drove there', [], null, 'aimBetter'],
    ['only a car of that lane was read there', ['99000000'], 0, 'aimBetter'],
    ['the same car was read there', [car(7)], 1, 'readBeside'],
    ['in lower case', [car(7).toLowerCase()], 1, 'readBeside'],
    ['two of them, one twice', [car(7), car(7), car(6)], 2, 'readBeside'],
  ])('%s', (_, there, reads, why) => {
    const b = trial('ask', there)
    expect([after(b), b.tune.state.run?.verdict?.why]).toEqual([reads, why])
  })
  it('is never kept by the numbers alone', () => {
    const b = trial('auto', [car(7)])
    expect(b.ends).toEqual(['takenBack'])
    expect(trial('auto', []).ends).toEqual(['kept'])
  })
  it('is kept by a person only with a second confirmation', () => {
    const b = trial('ask', [car(7)])
    expect(codeOf(() => b.tune.decide(true, 'x'))).toBe('TUNE-08')
    expect(b.ends).toEqual([])
    b.tune.decide(true, 'x', true)
    expect(b.ends).toEqual(['kept'])
  })
})
