// Differences by JSON pointer: entries with an id are compared by id, others by position.
// Applying the differences of two values leads from one to the other.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { differences } from '#devices/profiles/diff.ts'
import type { Json } from '#base/pure/data/json.ts'

const lines = (a: Json, b: Json): string[] =>
  differences(a, b).map(
    ({ change, pointer, old, new: now }) =>
      `${change} ${pointer} ${JSON.stringify(old)} ${JSON.stringify(now)}`,
  )

it.each<[string, Json, Json, string[]]>([
  ['nothing', { a: 1, b: [1, 2] }, { b: [1, 2], a: 1 }, []],
  ['a value', { a: 1 }, { a: 2 }, ['changed /a 1 2']],
  ['another type', { a: [1] }, { a: { '0': 1 } }, ['changed /a [1] {"0":1}']],
  ['a member more', {}, { 'a/b': null }, ['added /a~1b null null']],
  ['a member less', { '~': 1 }, {}, ['removed /~0 1 null']],
  ['the end of a list', [1, 2, 3], [1, 4], ['changed /1 2 4', 'removed /2 3 null']],
  [
    'an entry in front of others',
    [{ id: 'b', n: 1 }],
    [{ id: 'a' }, { id: 'b', n: 2 }],
    ['added /0 null {"id":"a"}', 'changed /1/n 1 2'],
  ],
  [
    'a code that is gone',
    [
      { code: '00', word: 'ok' },
      { code: '01', word: 'no' },
    ],
    [{ code: '00', word: 'fine' }],
    ['changed /0/word "ok" "fine"', 'removed /1 {"code":"01","word":"no"} null'],
  ],
  [
    'entries that share a name go by place',
    [
      { id: 'a', n: 1 },
      { id: 'a', n: 2 },
    ],
    [
      { id: 'a', n: 1 },
      { id: 'a', n: 3 },
    ],
    ['changed /1/n 2 3'],
  ],
])('%s', (_what, a, b, wanted) => {
  expect(lines(a, b)).toEqual(wanted)
})

it('tells something exactly when two values differ', () => {
  const json = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<Json>
  fc.assert(
    fc.property(json, json, (a, b) => {
      expect(differences(a, a)).toEqual([])
      const same = JSON.stringify(a) === JSON.stringify(b)
      if (same) expect(differences(a, b)).toEqual([])
      // Lists of entries with ids are equal in any order; no other two different values are.
      else if (!JSON.stringify([a, b]).includes('"id"'))
        expect(differences(a, b).length === 0).toBe(isPermuted(a, b))
    }),
  )
})

/** Members in another order make no difference. */
function isPermuted(a: Json, b: Json): boolean {
  const sorted = (value: Json): unknown =>
    typeof value !== 'object' || value === null
      ? value
      : Array.isArray(value)
        ? value.map((one: Json) => sorted(one))
        : {
            members: Object.entries(value)
              .sort(([x], [y]) => (x < y ? -1 : 1))
              .map(inside),
          }
  const inside = ([name, inner]: [string, Json]): unknown => [name, sorted(inner)]
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))
}
