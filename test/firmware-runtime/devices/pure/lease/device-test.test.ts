// Tests of a device as acts with an end: when one may begin, everything that ends it, and how it leaves
// the boom. Unknown counts as occupied; no end of a test closes a boom.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  noTest,
  standardTests,
  stepTest,
  testKinds,
  testRefusal,
  type TestEvent,
  type TestFacts,
  type TestKind,
  type TestState,
} from '#devices/pure/lease/device-test.ts'

const free: TestFacts = {
  laneIdle: true,
  armed: true,
  barrierUp: true,
  rsuUp: true,
  position: 'closed',
  arrive: 'off',
  under: 'off',
}
const { silentMs } = standardTests

class Walk {
  state: TestState = noTest
  readonly did: string[] = []
  nextMs: number | null = null

  step(event: TestEvent): this {
    const { state, effects, nextMs } = stepTest(this.state, event, standardTests)
    this.state = state
    this.nextMs = nextMs
    for (const effect of effects)
      this.did.push(
        effect.do === 'start' ? `start ${effect.kind}` : `${effect.test.end} ${effect.close}`,
      )
    return this
  }

  begin(kind: TestKind, facts: Partial<TestFacts> = {}, forMs = standardTests.forMs[kind]): this {
    const event = { type: 'begin', atMs: 0, id: 't1', kind, by: '装机员', forMs } as const
    return this.step({ ...event, facts: { ...free, ...facts } })
  }

  event(type: 'keep' | 'stop' | 'seen' | 'blocked' | 'laneDrives', atMs: number, facts = {}): this {
    return this.step({ type, atMs, id: 't1', facts: { ...free, ...facts } })
  }
}

const closing = { position: 'closing' } as const
const opening = { position: 'opening' } as const

describe('a test begins', () => {
  it.each([
    ['open', {}, null],
    ['close', { position: 'open' }, null],
    ['antenna', {}, null],
    ['open', { under: 'on' }, 'occupied'],
    ['open', { arrive: 'on' }, 'occupied'],
    ['close', { under: 'unknown' }, 'notKnown'],
    ['open', { arrive: 'unknown' }, 'notKnown'],
    ['close', { arrive: 'on', under: 'unknown' }, 'occupied'],
    ['open', { laneIdle: false }, 'laneBusy'],
    ['antenna', { laneIdle: false }, 'laneBusy'],
    ['open', { barrierUp: false }, 'deviceDown'],
    ['antenna', { rsuUp: false }, 'deviceDown'],
    ['antenna', { barrierUp: false, arrive: 'unknown', under: 'unknown' }, null],
    ['open', { armed: false }, null],
    ['close', { armed: false }, 'disarmed'],
  ] as const)('%s with %j: %s', (kind, facts, refusal) => {
    expect(testRefusal(noTest, kind, { ...free, ...facts })).toBe(refusal)
    const walk = new Walk().begin(kind, facts)
    expect(walk.did).toEqual(refusal === null ? [`start ${kind}`] : [])
  })
  it('once at a time', () => {
    const walk = new Walk().begin('open').begin('close')
    expect(walk.did).toEqual(['start open'])
    expect(testRefusal(walk.state, 'antenna', free)).toBe('running')
  })
})

describe('a test ends', () => {
  it.each([
    ['open', 'seen', { position: 'open' }, 'done none'],
    ['close', 'seen', { position: 'closed' }, 'done none'],
    ['open', 'stop', opening, 'stopped stop'],
    ['close', 'stop', closing, 'stopped stop'],
    ['antenna', 'stop', {}, 'stopped antennaOff'],
    ['close', 'seen', { ...closing, under: 'on' }, 'occupied lift'],
    ['close', 'stop', { ...closing, under: 'on' }, 'occupied lift'],
    ['close', 'seen', { ...closing, under: 'unknown' }, 'notKnown lift'],
    ['close', 'stop', { ...closing, arrive: 'unknown' }, 'notKnown lift'],
    ['close', 'blocked', closing, 'occupied lift'],
    ['open', 'seen', { ...opening, under: 'on' }, 'occupied none'],
    ['open', 'stop', { ...opening, under: 'on' }, 'occupied none'],
    ['open', 'seen', { ...opening, barrierUp: false, under: 'unknown' }, 'deviceDown none'],
    ['close', 'laneDrives', closing, 'laneBusy none'],
    ['close', 'seen', { ...closing, laneIdle: false }, 'laneBusy none'],
    ['antenna', 'laneDrives', {}, 'laneBusy antennaOff'],
    ['antenna', 'seen', { rsuUp: false }, 'deviceDown antennaOff'],
    ['antenna', 'seen', { laneIdle: false }, 'laneBusy antennaOff'],
  ] as const)('%s, %s with %j: %s', (kind, type, facts, end) => {
    const begun = kind === 'close' ? { position: 'open' as const } : {}
    const walk = new Walk().begin(kind, begun).event(type, 700, facts)
    expect(walk.did).toEqual([`start ${kind}`, end])
    expect(walk.state.running).toBeNull()
    expect(walk.state.last).toMatchObject({ id: 't1', kind, by: '装机员', tookMs: 700 })
    expect(walk.nextMs).toBeNull()
  })
  it('when nobody says that he watches any more', () => {
    const walk = new Walk().begin('open')
    for (const atMs of [500, 1_000, 1_500]) walk.event('keep', atMs, opening)
    expect(walk.nextMs).toBe(1_500 + silentMs)
    walk.event('seen', 1_500 + silentMs - 1, opening)
    expect(walk.did).toEqual(['start open'])
    walk.event('seen', 1_500 + silentMs, opening)
    expect(walk.did).toEqual(['start open', 'silent stop'])
  })
  it('when its time is over, though somebody watches', () => {
    const walk = new Walk().begin('antenna', {}, 3_000)
    for (const atMs of [1_000, 2_000, 2_999]) walk.event('keep', atMs)
    expect(walk.nextMs).toBe(3_000)
    expect(walk.event('keep', 3_000).did).toEqual(['start antenna', 'timeUp antennaOff'])
  })
  it('the sign of life of another test is none', () => {
    const walk = new Walk().begin('antenna')
    walk.step({ type: 'keep', atMs: 1_400, id: 'other', facts: free })
    expect(walk.event('seen', silentMs).did).toEqual(['start antenna', 'silent antennaOff'])
  })
  it('and what comes afterwards does nothing', () => {
    const walk = new Walk().begin('open').event('stop', 10).event('stop', 20).event('seen', 30)
    expect(walk.did).toEqual(['start open', 'stopped stop'])
  })
})

it('any walk: a boom on its way down over somebody goes up, and a test never outlives its time', () => {
  const loop = fc.constantFrom('on', 'off', 'unknown')
  const facts = fc.record({
    laneIdle: fc.boolean(),
    armed: fc.boolean(),
    barrierUp: fc.constantFrom(true, true, true, false),
    rsuUp: fc.boolean(),
    position: fc.constantFrom('closed', 'opening', 'open', 'closing', 'stopped', 'unknown'),
    arrive: loop,
    under: loop,
  }) as fc.Arbitrary<TestFacts>
  const types = ['keep', 'stop', 'seen', 'blocked', 'laneDrives'] as const
  const events = fc.array(fc.tuple(fc.nat(2_000), fc.constantFrom(...types), facts), {
    maxLength: 12,
  })
  fc.assert(
    fc.property(fc.constantFrom(...testKinds), events, (kind, given) => {
      const walk = new Walk().begin(kind, { position: kind === 'close' ? 'open' : 'closed' })
      let atMs = 0
      for (const [afterMs, type, seen] of given) {
        const before = walk.state.running
        atMs += afterMs
        walk.event(type, atMs, seen)
        if (before === null) continue
        const last = walk.did.at(-1) ?? ''
        const over = atMs >= before.endsMs || atMs - before.receivedMs >= silentMs
        if (over) expect(walk.state.running).toBeNull()
        const somebody = seen.under !== 'off' || seen.arrive !== 'off'
        if (kind === 'close' && somebody && seen.barrierUp) expect(last).toMatch(/ lift$/)
        if (somebody) expect(last).not.toMatch(/ stop$/)
      }
    }),
    { numRuns: 500, seed: 18 },
  )
})
