// Which program has a device, step by step on a clock of numbers: taking over, waiting, signs of life, every end.
// In each sequence the device is handed over at most as often as it returns, and never to two at once.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  ownLease,
  standardLease,
  stepLease,
  type LeaseAnswer,
  type LeaseEvent,
  type LeaseState,
} from '#devices/pure/lease/lease.ts'

const taker = { by: '装机员', role: 'installer', reason: '调天线', program: 'Studio', pid: 4711 }
const { silentMs, waitMs, forMs, forMsMax } = standardLease

class Walk {
  state: LeaseState = ownLease
  readonly did: string[] = []
  nextMs: number | null = null

  step(event: LeaseEvent): LeaseAnswer {
    const { state, effects, answer, nextMs } = stepLease(this.state, event, standardLease)
    this.state = state
    this.nextMs = nextMs
    for (const effect of effects)
      this.did.push(
        effect.do === 'handOver' ? `handOver ${effect.lease.id}` : `${effect.do} ${effect.end}`,
      )
    return answer
  }

  take(atMs: number, id = 'a', busy: string | null = null, wait = true): LeaseAnswer {
    return this.step({ type: 'take', atMs, id, taker, forMs, busy, wait })
  }

  keep(atMs: number, id = 'a', moreMs: number | null = null): LeaseAnswer {
    return this.step({ type: 'keep', atMs, id, moreMs })
  }
}

const ok = { ok: true }

describe('taking over', () => {
  it('an idle lane hands over at once; the taker gives back', () => {
    const walk = new Walk()
    expect(walk.take(100)).toEqual(ok)
    expect(walk.state).toMatchObject({ name: 'taken', lease: { taker, sinceMs: 100 } })
    expect(walk.nextMs).toBe(100 + silentMs)
    expect(walk.step({ type: 'release', atMs: 200, id: 'a' })).toEqual(ok)
    expect([walk.state, walk.did]).toEqual([ownLease, ['handOver a', 'takeBack released']])
    expect(walk.nextMs).toBeNull()
  })
  it('a second taker is refused and told who has it; the same act twice is one', () => {
    const walk = new Walk()
    walk.take(0)
    expect(walk.take(10, 'b')).toMatchObject({ ok: false, why: 'held', lease: { taker } })
    expect(walk.take(10, 'a')).toEqual(ok)
    expect(walk.did).toEqual(['handOver a'])
  })
  it('a busy lane refuses, or is waited for and hands over when it is idle', () => {
    const walk = new Walk()
    expect(walk.take(0, 'a', 'a car', false)).toEqual({ ok: false, why: 'busy', note: 'a car' })
    expect(walk.state).toEqual(ownLease)
    expect(walk.take(0, 'a', 'a car')).toEqual(ok)
    walk.step({ type: 'lane', atMs: 10, busy: 'charge unknown' })
    expect(walk.state).toMatchObject({ name: 'waiting', why: 'charge unknown' })
    expect(walk.did).toEqual([])
    walk.step({ type: 'lane', atMs: 5_000, busy: null })
    expect(walk.state).toMatchObject({ name: 'taken', lease: { sinceMs: 5_000 } })
    expect(walk.state).toMatchObject({ lease: { endsMs: 5_000 + forMs } })
    walk.step({ type: 'lane', atMs: 5_001, busy: 'a car' })
    expect(walk.did).toEqual(['handOver a'])
  })
  it('a wait in vain hands nothing over', () => {
    const walk = new Walk()
    walk.take(0, 'a', 'a car')
    for (let atMs = 0; atMs < waitMs; atMs += 5_000) expect(walk.keep(atMs)).toEqual(ok)
    // The wait ended first, although the lane becomes idle at the same moment.
    walk.step({ type: 'lane', atMs: waitMs, busy: null })
    expect([walk.state, walk.did]).toEqual([ownLease, ['forget stillBusy']])
  })
  it('no longer than the longest time, whatever is asked for', () => {
    const walk = new Walk()
    walk.step({ type: 'take', atMs: 0, id: 'a', taker, forMs: 1e9, busy: null, wait: true })
    expect(walk.state).toMatchObject({ lease: { endsMs: forMsMax } })
    walk.keep(1_000, 'a', 1e9)
    expect(walk.state).toMatchObject({ lease: { endsMs: 1_000 + forMsMax } })
  })
})

describe('coming back by itself', () => {
  it('when the signs of life stop', () => {
    const walk = new Walk()
    walk.take(0)
    walk.keep(4_000)
    walk.step({ type: 'tick', atMs: 4_000 + silentMs - 1 })
    expect(walk.state.name).toBe('taken')
    walk.step({ type: 'tick', atMs: 4_000 + silentMs })
    expect(walk.did).toEqual(['handOver a', 'takeBack silent'])
  })
  it('when the process died, and when somebody ends it', () => {
    for (const [type, end] of [
      ['died', 'died'],
      ['end', 'ended'],
    ] as const) {
      const walk = new Walk()
      walk.take(0)
      expect(walk.step({ type, atMs: 10, id: 'a' })).toEqual(ok)
      expect(walk.did).toEqual(['handOver a', `takeBack ${end}`])
    }
  })
  it('when its time is over, though signs of life come; more time is asked for before', () => {
    const walk = new Walk()
    walk.take(0)
    for (let atMs = 0; atMs < forMs; atMs += 5_000) walk.keep(atMs)
    expect(walk.keep(forMs - 1, 'a', 60_000)).toEqual(ok)
    for (let atMs = forMs; atMs < forMs + 59_999; atMs += 5_000) expect(walk.keep(atMs)).toEqual(ok)
    walk.step({ type: 'tick', atMs: forMs - 1 + 60_000 })
    expect(walk.did).toEqual(['handOver a', 'takeBack timeUp'])
  })
  it('a renewal in the tick of its end renews nothing', () => {
    const walk = new Walk()
    walk.take(0)
    for (let atMs = 0; atMs < forMs; atMs += 5_000) walk.keep(atMs)
    expect(walk.keep(forMs, 'a', 60_000)).toEqual({ ok: false, why: 'over' })
    expect(walk.did).toEqual(['handOver a', 'takeBack timeUp'])
  })
  it('a taking in the tick of the end of another gets the device, which came back between', () => {
    const walk = new Walk()
    walk.take(0)
    expect(walk.take(silentMs, 'b')).toEqual(ok)
    expect(walk.did).toEqual(['handOver a', 'takeBack silent', 'handOver b'])
  })
  it('a late word of the first does nothing to the second', () => {
    const walk = new Walk()
    walk.take(0)
    walk.step({ type: 'died', atMs: 1, id: 'a' })
    walk.take(2, 'b')
    for (const type of ['release', 'end', 'died'] as const)
      expect(walk.step({ type, atMs: 3, id: 'a' })).toEqual({ ok: false, why: 'over' })
    expect(walk.keep(3)).toEqual({ ok: false, why: 'over' })
    expect(walk.state).toMatchObject({ name: 'taken', lease: { id: 'b' } })
  })
  it('a start has what is its own: what the taker of before says is over', () => {
    const walk = new Walk()
    walk.take(0)
    walk.state = ownLease
    expect(walk.keep(1)).toEqual({ ok: false, why: 'over' })
    expect(walk.step({ type: 'release', atMs: 2, id: 'a' })).toEqual({ ok: false, why: 'over' })
    expect(walk.did).toEqual(['handOver a'])
  })
})

it('any walk: one holder at a time, and with time alone the lane has it again', () => {
  const id = fc.constantFrom('a', 'b')
  const busy = fc.constantFrom(null, 'a car')
  const event = fc.oneof(
    fc.record({ type: fc.constant('take' as const), id, busy, wait: fc.boolean() }),
    fc.record({ type: fc.constant('keep' as const), id, more: fc.option(fc.nat(700_000)) }),
    fc.record({ type: fc.constantFrom('release', 'end', 'died'), id }),
    fc.record({ type: fc.constant('lane' as const), busy }),
    fc.record({ type: fc.constant('tick' as const) }),
  )
  const walks = fc.array(fc.tuple(fc.nat(20_000), event), { maxLength: 60 })
  const judge = (given: readonly (readonly [number, { type: string }])[]): void => {
    const walk = new Walk()
    let atMs = 0
    for (const [afterMs, one] of given) {
      atMs += afterMs
      const { more = null } = one as { more?: number | null }
      walk.step({ ...one, taker, forMs, moreMs: more, atMs } as unknown as LeaseEvent)
    }
    const count = (word: string): number => walk.did.filter((one) => one.startsWith(word)).length
    let held = 0
    for (const one of walk.did) {
      held += one.startsWith('handOver') ? 1 : one.startsWith('takeBack') ? -1 : 0
      expect([0, 1]).toContain(held)
    }
    expect(held).toBe(walk.state.name === 'taken' ? 1 : 0)
    while (walk.nextMs !== null) walk.step({ type: 'tick', atMs: walk.nextMs })
    expect(walk.state).toEqual(ownLease)
    expect(count('handOver')).toBe(count('takeBack'))
  }
  fc.assert(fc.property(walks, judge), { numRuns: 300, seed: 17 })
})
