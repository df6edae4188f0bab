// A trial of settings on every path: kept only by evidence, reverted by everything else, durable before each write, and
// never two at a time.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  newTrialState,
  restoreId,
  stepTrial,
  type TrialEffect,
  type TrialEvent,
  type TrialState,
} from '#devices/pure/configure/trial.ts'

type Body = TrialEvent extends infer E ? (E extends E ? Omit<E, 'nowMs'> : never) : never

const old = { powerStep: 8, channel: 0 }
const wanted = { powerStep: 12, channel: 0 }
const applied: Body = {
  type: 'apply',
  trial: { id: 't1', wanted, by: 'installer', reason: 'reaches too far', forMs: 60_000 },
}

class Bench {
  state: TrialState
  readonly effects: TrialEffect[] = []
  /** The state on disk. */
  stored: TrialState
  readonly written: { id: string; settings: object }[] = []

  constructor(state = newTrialState(old)) {
    this.state = state
    this.stored = state
  }

  take(...bodies: readonly Body[]): this {
    for (const body of bodies) {
      const step = stepTrial(this.state, { ...body, nowMs: 1_000 } as TrialEvent)
      this.state = step.state
      for (const effect of step.effects) {
        this.effects.push(effect)
        if (effect.do === 'store') this.stored = this.state
        if (effect.do === 'write') {
          // The state on disk must know of this write in case of a power cut.
          expect(this.stored.trial?.id ?? (this.stored.restoring ? restoreId : '')).toBe(effect.id)
          this.written.push({ id: effect.id, settings: effect.settings })
        }
      }
    }
    return this
  }

  ends(): string[] {
    return this.effects.flatMap((effect) => (effect.do === 'tell' ? [effect.end] : []))
  }
}

const accepted: Body = { type: 'written', id: 't1', result: 'accepted' }
const running = (): Bench => new Bench().take(applied, accepted)

describe('a trial', () => {
  it('is kept by a car that was read under it', () => {
    const bench = running().take({ type: 'evidence', what: 'cardRead' })
    expect(bench.ends()).toEqual(['kept'])
    expect(bench.stored).toMatchObject({ permanent: wanted, trial: null, last: { end: 'kept' } })
    expect(bench.written).toEqual([{ id: 't1', settings: wanted }])
  })
  it('starts its countdown when the device has taken it, not before', () => {
    const bench = new Bench().take(applied)
    expect(bench.effects.filter((effect) => effect.do === 'timer')).toEqual([])
    bench.take(accepted)
    expect(bench.effects.at(-1)).toEqual({ do: 'timer', name: 'trial', afterMs: 60_000 })
  })
  it.each([
    ['timeUp', { type: 'timer', name: 'trial' }],
    ['takenBack', { type: 'takeBack', by: 'installer' }],
    ['linkLost', { type: 'lost', reason: 'cable out' }],
    ['restarted', { type: 'start' }],
    ['differs', { type: 'told', values: { powerStep: 8 } }],
  ] as const)('%s: the old settings go back and it is said', (end, event) => {
    const bench = running().take(event)
    expect(bench.ends()).toEqual([end])
    expect(bench.state).toMatchObject({ permanent: old, trial: null, restoring: true })
    expect(bench.written.at(-1)).toEqual({ id: restoreId, settings: old })
    bench.take({ type: 'written', id: restoreId, result: 'accepted' })
    expect(bench.stored.restoring).toBe(false)
  })
  it.each([
    ['busy', 'notTaken'],
    ['down', 'notTaken'],
    ['noAnswer', 'linkLost'],
    ['linkLost', 'linkLost'],
    ['refused', 'linkLost'],
  ] as const)('a write that is %s ends as %s', (result, end) => {
    const bench = new Bench().take(applied, { type: 'written', id: 't1', result })
    expect(bench.ends()).toEqual([end])
    expect(bench.state.permanent).toEqual(old)
  })
  it('evidence from before the device took it proves nothing', () => {
    const bench = new Bench().take(applied, { type: 'evidence', what: 'cardRead' })
    expect(bench.ends()).toEqual([])
    expect(bench.state.trial?.phase).toBe('writing')
  })
  it('a device that tells what was written is content', () => {
    expect(
      running()
        .take({ type: 'told', values: { powerStep: 12, battery: 3 } })
        .ends(),
    ).toEqual([])
  })
  it('waits with taking back while a car is in the zone', () => {
    const bench = running().take({ type: 'timer', name: 'trial' })
    bench.take({ type: 'written', id: restoreId, result: 'busy' })
    expect(bench.effects.at(-1)).toEqual({ do: 'timer', name: 'restore', afterMs: 1_000 })
    bench.take({ type: 'timer', name: 'restore' })
    expect(bench.written.filter(({ id }) => id === restoreId)).toHaveLength(2)
  })
  it.each([
    ['linkLost', 'at once'],
    ['noAnswer', 'at once'],
    ['refused', 'after a while'],
  ] as const)(
    'a taking back that ends with %s is tried again %s: the driver would start with the trial',
    (result, when) => {
      const bench = running().take({ type: 'timer', name: 'trial' })
      bench.take({ type: 'written', id: restoreId, result })
      expect(bench.state.restoring).toBe(true)
      if (when === 'after a while') bench.take({ type: 'timer', name: 'restore' })
      bench.take({ type: 'written', id: restoreId, result: 'down' })
      expect(bench.written.filter(({ id }) => id === restoreId)).toHaveLength(2)
      expect(bench.stored.restoring).toBe(false)
    },
  )
  it('a restart in the middle of taking back does not wait for ever', () => {
    const bench = running().take({ type: 'timer', name: 'trial' }, { type: 'start' })
    expect(bench.stored.restoring).toBe(false)
    expect(bench.take(applied).state.trial?.id).toBe('t1')
  })
  it('one that a measurement decides is not kept by a car', () => {
    const bench = new Bench().take(
      { ...applied, trial: { ...applied.trial, keepsBy: 'measurement' } },
      accepted,
      { type: 'evidence', what: 'cardRead' },
    )
    expect(bench.ends()).toEqual([])
    bench.take({ type: 'evidence', what: 'measured', from: 'measurement' })
    expect(bench.ends()).toEqual(['kept'])
  })
  it('a second one is not begun before the first is over', () => {
    const second = { ...applied, trial: { ...applied.trial, id: 't2' } }
    expect(running().take(second).state.trial?.id).toBe('t1')
    expect(running().take({ type: 'takeBack', by: 'x' }, second).state.trial).toBeNull()
  })
})

it('whatever happens, the device is meant to have what the disk says, and only evidence keeps', () => {
  const event = fc.constantFrom<Body>(
    applied,
    accepted,
    { type: 'written', id: 't1', result: 'busy' },
    { type: 'written', id: 't1', result: 'linkLost' },
    { type: 'written', id: restoreId, result: 'accepted' },
    { type: 'written', id: restoreId, result: 'busy' },
    { type: 'written', id: restoreId, result: 'down' },
    { type: 'written', id: restoreId, result: 'linkLost' },
    { type: 'evidence', what: 'cardRead' },
    { type: 'told', values: { powerStep: 8 } },
    { type: 'told', values: { powerStep: 12 } },
    { type: 'timer', name: 'trial' },
    { type: 'timer', name: 'restore' },
    { type: 'lost', reason: '' },
    { type: 'takeBack', by: 'x' },
    { type: 'start' },
  )
  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), (events) => {
      const bench = new Bench()
      for (const one of events) {
        const before = bench.state
        bench.take(one)
        const { permanent, trial, restoring } = bench.state
        if (permanent !== before.permanent) expect(one.type).toBe('evidence')
        expect(trial !== null && restoring).toBe(false)
        const last = bench.written.at(-1)
        if (trial === null && last !== undefined) expect(last.settings).toEqual(permanent)
      }
    }),
    { numRuns: 2_000 },
  )
})
