// The list of equivalent mutants: each row still matches a line of a mutated folder and has a reason.
// Whether a row is still needed is checked by `npm run test:mutation`, which fails on a stale one.
import { expect, it } from 'vitest'
import { faultsOf, readKept } from './kept.ts'
import { roomNames, rooms, sourcesOf, testsOf } from './rooms.ts'

it.each(roomNames)('%s has sources and tests', (name) => {
  expect(sourcesOf(rooms[name]).length).toBeGreaterThan(0)
  expect(testsOf(rooms[name]).length).toBeGreaterThan(0)
})

it('each row stands for a line that is there', () => {
  expect(faultsOf(readKept())).toEqual([])
})

const row = {
  file: 'firmware-runtime/ledger/pure/queue/queue.ts',
  line: "import { must } from '#base/pure/values/must.ts'",
  mutation: 'a -> b',
  reason: 'long enough to be a reason',
}
it.each([
  ['a file of no room', { file: 'firmware-runtime/main.ts' }],
  ['a line that is gone', { line: 'const gone = 1' }],
  ['no reason', { reason: 'same' }],
  ['no mutation', { mutation: 'a' }],
])('refuses %s', (_name, over) => {
  expect(faultsOf([row])).toEqual([])
  expect(faultsOf([{ ...row, ...over }])).toHaveLength(1)
})
