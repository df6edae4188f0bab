// From a lane's events to facts of passages: own and foreign OBUs, cars in a row, loops that fail, an antenna that is
// switched. A fact contains no OBU, no plate and no time of day, and reads back from its line unchanged.
import { beforeEach, describe, expect, it } from 'vitest'
import { factOf, lineOf, type PassingFact } from '#survey/pure/passing/facts.ts'
import { PassingWatch } from '#survey/pure/passing/watch.ts'

let facts: PassingFact[]
let watch: PassingWatch
beforeEach(() => {
  facts = []
  watch = new PassingWatch((fact) => facts.push(fact))
})

/** One car: onto the trigger at `atMs`, 1.2 s to the boom, 2 s off each. */
function passes(atMs: number, own: string | null, heard: readonly number[] = []): void {
  const steps: (readonly [number, () => void])[] = [
    [atMs, () => watch.loop('arrive', 'on', atMs)],
    [atMs + 1_200, () => watch.loop('under', 'on', atMs + 1_200)],
    [atMs + 2_000, () => watch.loop('arrive', 'off', atMs + 2_000)],
    [atMs + 3_200, () => watch.loop('under', 'off', atMs + 3_200)],
    ...heard.map((at) => [atMs + at, () => watch.heard(own ?? '', atMs + at)] as const),
    [atMs + 1_100, () => own !== null && watch.own(own)],
  ]
  for (const [, run] of steps.toSorted(([a], [b]) => a - b)) run()
}

describe('a car', () => {
  it('is a fact when it is gone: its loops, its first and last answer, its tries', () => {
    watch.antenna(true, 10_300)
    passes(10_000, '02001111', [700, 1_800])
    watch.settle(20_000)
    expect(facts).toEqual([])
    watch.antenna(false, 20_500)
    watch.settle(21_200)
    expect(facts).toEqual([
      {
        kind: 'passage',
        triggerOffMs: 2_000,
        underOnMs: 1_200,
        underOffMs: 3_200,
        searchOnMs: 300,
        firstMs: 700,
        lastMs: 1_800,
        tries: 2,
        searchOffMs: 10_500,
      },
    ])
  })
  it('of which no OBU was heard is one without an answer', () => {
    passes(0, null)
    watch.settle(60_000)
    expect(facts).toMatchObject([{ firstMs: null, lastMs: null, tries: 0, searchOnMs: null }])
  })
  it('is told when the antenna was switched off behind its last answer', () => {
    watch.antenna(true, 100)
    passes(0, '02001111', [700])
    watch.antenna(false, 3_300)
    watch.settle(60_000)
    expect(facts).toMatchObject([{ searchOnMs: 100, searchOffMs: 3_300 }])
  })
  it('a frame that the antenna repeats is no other answer', () => {
    watch.antenna(true, 0)
    passes(1_000, '02001111', [700, 820, 940])
    watch.settle(60_000)
    expect(facts).toMatchObject([{ firstMs: 700, lastMs: 700, tries: 1 }])
  })
  it('close behind another one has its own OBU, and the one before keeps its own', () => {
    watch.antenna(true, 0)
    watch.loop('arrive', 'on', 1_000)
    watch.heard('02001111', 1_500)
    watch.own('02001111')
    watch.loop('under', 'on', 2_000)
    watch.loop('arrive', 'off', 2_500)
    watch.loop('arrive', 'on', 3_000)
    watch.loop('under', 'off', 3_500)
    // The lane may still regard the first car as its own.
    watch.own('02001111')
    watch.heard('02002222', 3_600)
    watch.own('02002222')
    watch.loop('under', 'on', 4_000)
    watch.loop('arrive', 'off', 4_500)
    watch.loop('under', 'off', 5_500)
    watch.settle(60_000)
    expect(facts).toMatchObject([
      { kind: 'passage', firstMs: 500, tries: 1 },
      { kind: 'passage', firstMs: 600, tries: 1 },
    ])
  })
  it('whose loops were unknown for a moment is no fact, and its OBU no foreign one', () => {
    watch.antenna(true, 0)
    watch.loop('arrive', 'on', 1_000)
    watch.heard('02001111', 1_500)
    watch.own('02001111')
    watch.loop('under', 'unknown', 1_600)
    watch.loop('under', 'off', 3_000)
    watch.settle(60_000)
    expect(facts).toEqual([])
  })
  it('that came while its loop was unknown is no fact: when it came nobody saw', () => {
    watch.antenna(true, 0)
    watch.loop('arrive', 'unknown', 500)
    passes(1_000, '02001111', [700])
    watch.settle(60_000)
    expect(facts).toEqual([])
    passes(61_000, '02002222', [700])
    watch.settle(120_000)
    expect(facts).toHaveLength(1)
  })
  it('that stands there for an hour is no ordinary passage', () => {
    watch.loop('arrive', 'on', 0)
    watch.loop('under', 'on', 3_600_000)
    watch.loop('arrive', 'off', 3_601_000)
    watch.loop('under', 'off', 3_602_000)
    watch.settle(3_700_000)
    expect(facts).toEqual([])
  })
})

describe('an OBU of the lane beside', () => {
  beforeEach(() => watch.antenna(true, 0))
  it('is one that answers while nobody is here', () => {
    watch.heard('02EE0001', 1_000)
    watch.heard('02EE0001', 2_100)
    watch.settle(40_000)
    expect(facts).toEqual([{ kind: 'beside', unsure: false }])
  })
  it('is one that answers beside the own OBU of a car', () => {
    watch.heard('02EE0001', 10_500)
    passes(10_000, '02001111', [700])
    watch.settle(60_000)
    expect(facts.map(({ kind }) => kind).toSorted()).toEqual(['beside', 'passage'])
    expect(facts.find(({ kind }) => kind === 'beside')).toMatchObject({ unsure: false })
  })
  it('is unsure where nobody knows the own OBU of the car that was here', () => {
    watch.heard('02EE0001', 10_500)
    passes(10_000, null)
    watch.settle(60_000)
    expect(facts.find(({ kind }) => kind === 'beside')).toEqual({ kind: 'beside', unsure: true })
  })
  it('is not a car that was here and answers once more as it drives off', () => {
    passes(10_000, '02001111', [700])
    watch.settle(22_000)
    watch.heard('02001111', 30_000)
    watch.settle(60_000)
    expect(facts.map(({ kind }) => kind)).toEqual(['passage'])
  })
})

describe('the line of a fact', () => {
  it('brings it back, and holds numbers alone', () => {
    watch.antenna(true, 0)
    passes(10_000, '02001111', [700, 1_800])
    passes(40_000, null)
    watch.heard('02EE0001', 90_000)
    watch.settle(200_000)
    expect(facts).toHaveLength(3)
    for (const fact of facts) {
      const line = lineOf(fact)
      expect(factOf(line)).toEqual(fact)
      expect(line).toMatch(/^(?:p(?:,-?\d*){8}|b,[01])$/)
      expect(line).not.toContain('02001111')
    }
  })
  it.each([
    '',
    'p',
    'b,2',
    'p,1,2',
    'p,2000,1200,3200,300,700,1800,2,9,9',
    'p,2000,1200,3200,300,700,180x,2,',
    'p,2000,1200,3200,,700,1800,2,',
    'p,2000,1200,3200,300,1800,700,2,',
    'p,2000,1200,3200,300,,,2,',
    'p,2000,1200,3200,300,700,1800,0,',
    'p,,1200,3200,300,700,1800,2,',
    'p,2000,1200,3200,300,999999999,1800,2,',
  ])('that is torn or none: %s', (line) => {
    expect(factOf(line)).toBeNull()
  })
})
