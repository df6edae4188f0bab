// The tune loop as rows of events: what is stored, written, kept and reverted, in this order.
// In no order of events is a step kept unless it was judged with a car read under the new value.
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  newTuneState,
  stepTune,
  undoable,
  type TuneEffect,
  type TuneEvent,
  type TunePlan,
  type TuneState,
} from '#devices/pure/tune/loop.ts'
import { proposeStep } from '#devices/pure/tune/propose.ts'
import { rsuSettingDefs } from '#devices/pure/rsu/settings.ts'
import { rsuVariant, rsuVariantIds } from '#devices/pure/rsu/variants.ts'
import { driven } from './kit.ts'

const plan: TunePlan = {
  id: 's1',
  aim: 'moreReads',
  setting: 'powerStep',
  old: 8,
  new: 12,
  passes: 10,
  listenMs: 60_000,
  decide: 'auto',
  cars: [],
  zone: null,
  by: '装机员',
  reason: '漏读',
}
type Body = TuneEvent extends infer E ? (E extends E ? Omit<E, 'nowMs'> : never) : never

class Bench {
  state: TuneState = newTuneState
  stored: TuneState = newTuneState
  effects: TuneEffect[] = []

  take(...bodies: Body[]): this {
    for (const body of bodies) {
      const step = stepTune(this.state, { ...body, nowMs: 0 } as TuneEvent)
      this.state = step.state
      this.effects = [...step.effects]
      for (const effect of step.effects) {
        if (effect.do === 'store') this.stored = this.state
        // A value is stored before it is written to the device, so that a power cut does not lose it.
        if (effect.do === 'write') expect(this.stored.run?.plan.id).toBe(effect.plan.id)
        if (effect.do === 'writeBack') expect(this.stored.undoing).not.toBeNull()
      }
    }
    return this
  }

  did(): string[] {
    return this.effects.map((effect) => effect.do)
  }
}

const few = driven({ passes: 10, read: 3 })
const all = driven({ passes: 10, read: 10 })
const none = driven({ passes: 10, read: 0 })
const begin = (over: Partial<TunePlan> = {}): Body => ({
  type: 'begin',
  plan: { ...plan, ...over },
})
const measured = (measurement: typeof few): Body => ({ type: 'measured', measurement })
const runs: Body = { type: 'trialRuns', trialId: 's1' }
const over = (end: 'kept' | 'takenBack' | 'linkLost' | 'timeUp', trialId = 's1'): Body => ({
  type: 'trialOver',
  trialId,
  end,
  why: '',
})
const judged = (decide: 'auto' | 'ask', after = all): Bench =>
  new Bench().take(begin({ decide }), measured(few), runs, measured(after))

describe('one step', () => {
  it('measures, writes, measures, and keeps what is better', () => {
    const bench = new Bench().take(begin())
    expect(bench.did()).toEqual(['store', 'measure'])
    expect(bench.take(measured(few)).did()).toEqual(['store', 'write'])
    expect(bench.take(runs).did()).toEqual(['store', 'measure'])
    expect(bench.take(measured(all)).did()).toEqual(['store', 'keep'])
    expect(bench.take(over('kept')).did()).toEqual(['timer', 'stopMeasuring', 'store', 'tell'])
    expect(bench.stored.steps).toMatchObject([{ end: 'kept', verdict: { why: 'aimBetter' } }])
    expect(undoable(bench.state)?.plan.id).toBe('s1')
  })
  it('takes back what is not better', () => {
    expect(judged('auto', few).did()).toEqual(['store', 'stopMeasuring', 'takeBack'])
  })
  it('asks a person, who may decide otherwise', () => {
    expect(judged('ask').did()).toEqual(['store'])
    expect(judged('ask').take({ type: 'decide', keep: false, by: 'x' }).did()).toContain('takeBack')
    expect(judged('ask', few).take({ type: 'decide', keep: true, by: 'x' }).did()).toEqual(['keep'])
  })
  it('nobody keeps a value under which no car was read', () => {
    const bench = judged('ask', none).take({ type: 'decide', keep: true, by: 'x' })
    expect(bench.did()).toEqual([])
  })
  it('stopped before the write, nothing was written', () => {
    const bench = new Bench().take(begin(), { type: 'decide', keep: false, by: 'x' })
    expect(bench.did()).toEqual(['timer', 'stopMeasuring', 'store', 'tell'])
    expect(bench.state.steps).toMatchObject([{ end: 'stopped' }])
  })
  it('a car in the zone goes first: the write is tried again, and not for ever', () => {
    const bench = new Bench().take(begin(), measured(few))
    const busy: Body = { type: 'trialOver', trialId: 's1', end: 'notTaken', why: 'busy' }
    for (let i = 0; i < 29; i++) {
      bench.take(busy)
      expect(bench.effects).toEqual([{ do: 'timer', name: 'write', afterMs: 1_000 }])
      expect(bench.take({ type: 'timer', name: 'write' }).did()).toEqual(['write'])
    }
    expect(bench.take(busy).state.steps).toMatchObject([{ end: 'notTaken' }])
  })
  it.each(['before', 'writing', 'after', 'judged'] as const)(
    'a restart while it is at "%s" ends it, and says so',
    (phase) => {
      const events = [begin({ decide: 'ask' }), measured(few), runs, measured(all)]
      const count = ['before', 'writing', 'after', 'judged'].indexOf(phase) + 1
      const bench = new Bench().take(...events.slice(0, count))
      expect(bench.state.run?.phase).toBe(phase)
      bench.state = bench.stored
      bench.take({ type: 'start' })
      expect(bench.stored).toMatchObject({ run: null, steps: [{ end: 'restarted' }] })
    },
  )
  it('a second one waits for the first', () => {
    expect(new Bench().take(begin(), begin({ id: 's2' })).state.run?.plan.id).toBe('s1')
  })
})

describe('undo', () => {
  const kept = (): Bench => judged('auto').take(over('kept'))
  it('writes the old value and keeps it: it was proven before', () => {
    const bench = kept().take({ type: 'undo', trialId: 'u1', by: 'x' })
    expect(bench.effects.at(-1)).toMatchObject({ do: 'writeBack', setting: 'powerStep', value: 8 })
    expect(bench.take({ type: 'trialRuns', trialId: 'u1' }).did()).toEqual(['keep'])
    bench.take(over('kept', 'u1'))
    expect(bench.stored).toMatchObject({ undoing: null, steps: [{ undoneBy: 'x' }] })
    expect(undoable(bench.state)).toBeNull()
  })
  it('that did not reach the device is not done', () => {
    const bench = kept().take({ type: 'undo', trialId: 'u1', by: 'x' }, over('linkLost', 'u1'))
    expect(bench.stored).toMatchObject({ undoing: null, steps: [{ undoneBy: null }] })
  })
  it('has nothing to do where nothing was kept', () => {
    const bench = judged('auto', few).take(over('takenBack'))
    expect(bench.take({ type: 'undo', trialId: 'u1', by: 'x' }).did()).toEqual([])
  })
})

it('whatever happens, one step at a time, and kept only after a reading under the new value', () => {
  const event = fc.constantFrom<Body>(
    begin(),
    begin({ decide: 'ask' }),
    measured(few),
    measured(all),
    measured(none),
    runs,
    over('takenBack'),
    over('linkLost'),
    over('timeUp'),
    { type: 'notWritten', why: 'SET-02', busy: true },
    { type: 'notWritten', why: 'DATA-02', busy: false },
    { type: 'timer', name: 'write' },
    { type: 'decide', keep: true, by: 'x' },
    { type: 'decide', keep: false, by: 'x' },
    { type: 'undo', trialId: 'u1', by: 'x' },
    { type: 'start' },
  )
  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), (events) => {
      const bench = new Bench()
      for (const one of events) {
        const { run } = bench.state
        bench.take(one)
        if (bench.did().includes('keep')) {
          const after = bench.state.run?.after ?? null
          expect((after?.passes.read ?? 0) > 0).toBe(true)
          expect(run?.phase === 'after' || run?.phase === 'judged').toBe(true)
        }
        expect(bench.state.run !== null && bench.state.undoing !== null).toBe(false)
      }
    }),
  )
})

describe('proposals', () => {
  const defs = rsuSettingDefs(rsuVariant('generic-ver').table)
  const now = { powerStep: 8, channel: 0, bstIntervalMs: 10 }
  it('change one thing, one way for the aim', () => {
    expect(proposeStep('moreReads', defs, now, [])).toEqual({
      setting: 'powerStep',
      old: 8,
      new: 10,
    })
    expect(proposeStep('fewerNeighbours', defs, now, [])).toMatchObject({ new: 6 })
  })
  it('what failed from here is not proposed again', () => {
    const failed = judged('auto', few).take(over('takenBack')).state.steps
    const tried = failed.map((step) => ({ ...step, plan: { ...step.plan, new: 10 } }))
    expect(proposeStep('moreReads', defs, now, tried)).toMatchObject({ setting: 'bstIntervalMs' })
  })
  it.each(rsuVariantIds)('stay within what %s takes, also at its ends', (variant) => {
    const own = rsuSettingDefs(rsuVariant(variant).table)
    const power = own.find(({ id }) => id === 'powerStep')
    for (const value of [power?.min ?? 0, power?.max ?? 0]) {
      const next = proposeStep('moreReads', own, { ...now, powerStep: value }, [])
      if (next?.setting !== 'powerStep') continue
      expect(next.new).toBeGreaterThanOrEqual(power?.min ?? 0)
      expect(next.new).toBeLessThanOrEqual(power?.max ?? 0)
      expect(next.new).not.toBe(value)
    }
  })
  it('stay within the power steps that row 5 bears, and lead back to them from outside', () => {
    const next = (powerStep: number, aim: 'moreReads' | 'fewerNeighbours', max = 9) =>
      proposeStep(aim, defs, { ...now, powerStep }, [], { min: 7, max })
    expect(next(8, 'moreReads')).toMatchObject({ setting: 'bstIntervalMs' })
    expect(next(8, 'moreReads', 10)).toMatchObject({ setting: 'powerStep', new: 10 })
    expect(next(8, 'fewerNeighbours')).toMatchObject({ setting: 'channel' })
    // Outside already: farther out never, nearer to the range always.
    expect(next(14, 'moreReads')).toMatchObject({ setting: 'bstIntervalMs' })
    expect(next(14, 'fewerNeighbours')).toMatchObject({ setting: 'powerStep', new: 12 })
  })
  it('end when every lever is at its end', () => {
    expect(proposeStep('longerVisible', defs, { powerStep: 31, bstIntervalMs: 1 }, [])).toBeNull()
  })
})
