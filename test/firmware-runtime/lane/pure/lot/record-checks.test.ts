// Records stored at the platforms against the ledger: each kind of difference is planted and named once; correct records,
// and those still in transit, give none.
import { expect, it } from 'vitest'
import {
  Checker,
  emptyCases,
  uploadNo,
  type OutsideRecords,
} from '#lane/pure/lot/invariant-cases.ts'
import { checkRecords } from '#lane/pure/lot/record-checks.ts'
import { inMemory } from '#base/pure/values/shelf.ts'

type Taken = NonNullable<OutsideRecords['records']> extends Iterable<infer One> ? One : never

const operator = (businessNo: string, over: Partial<Taken> = {}): Taken => ({
  destination: 'operator',
  op: 'plateRecord',
  businessNo,
  bodySm3: 'AB01',
  ...over,
})
const sent = [operator('N1'), operator('S1', { op: 'entryRecord' }), operator('N2')]
const onPlatform = operator('N2', { destination: 'platform' })

type State = 'confirmed' | 'unknown' | 'held' | 'rejected' | 'replaced'

/** The violations for these stored records, when the ledger has every sent record in the given state. */
function judged(books: readonly Taken[], state: State | null = 'confirmed', healed = true) {
  const [c, ledger] = [new Checker(), emptyCases(inMemory)]
  for (const one of [...sent, onPlatform]) {
    const { op, bodySm3 } = one
    const no = uploadNo(one)
    ledger.outbox.set(no, { no, outboxId: `U ${no}`, op, bodySm3, amountFen: 0 })
    if (state !== null) ledger.uploadState.set(`U ${no}`, state)
  }
  checkRecords(c, ledger, { records: books, healed }, inMemory)
  return c.violations.map(({ id, detail }) => `${id} ${detail}`)
}
const right = [...sent, onPlatform]

it('books that have each record once, with the same bytes, are right', () => {
  expect(judged(right)).toEqual([])
  expect(judged(right.map((one) => ({ ...one, bodySm3: one.bodySm3.toLowerCase() })))).toEqual([])
})

it.each([
  ['twice', [...right, operator('N1')], 'M3'],
  ['without a row', [...right, operator('N3')], 'M4'],
  ['at the other destination', [...right, operator('N1', { destination: 'platform' })], 'M4'],
  ['other bytes', [operator('N1', { bodySm3: 'AB02' }), ...right.slice(1)], 'M3'],
  ['lost at the operator', right.slice(1), 'M4'],
  ['lost at the platform', right.slice(0, -1), 'M4'],
] as const)('planted: %s', (_what, books, id) => {
  const found = judged(books)
  expect(found).toHaveLength(1)
  expect(found[0]).toMatch(new RegExp(`^${id} `))
})

it('a record of another kind under the same number is not ours', () => {
  const other = [operator('N1', { op: 'exitRecord' }), ...right.slice(1)]
  expect(judged(other).map((one) => one.slice(0, 2))).toEqual(['M4'])
})

it('what is under way is no difference, until all is healed', () => {
  for (const state of [null, 'unknown'] as const) {
    expect(judged([], state, false)).toEqual([])
    expect(judged([], state)).toHaveLength(right.length)
  }
  // A confirmed record must be there, also before everything is healed.
  expect(judged([], 'confirmed', false)).toHaveLength(right.length)
})

it.each(['held', 'rejected', 'replaced'] as const)(
  'a record that ended %s need not be there',
  (state) => {
    expect(judged([], state)).toEqual([])
  },
)
