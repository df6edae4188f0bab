// What a heartbeat tells beside the rows: only where it knows more, or something else.
import { expect, it } from 'vitest'
import { toldOf } from '../../../centre/desk/calls/lots/told.ts'

const day = '2026-11-29'
const sums = { fen: 1_000, entered: 5, left: 4 }
const said = {
  day,
  entered: 5,
  left: 4,
  takings: [
    { means: 'etc', n: 1, fen: 600 },
    { means: 'cash', n: 1, fen: 400 },
  ],
}
const both = { day, sums, said, folded: 90, beatSeq: 100 }
it.each([
  ['the same, though rows are to come', {}, null],
  ['more money', { sums: { ...sums, fen: 800 } }, { fen: 1_000, entered: 5, left: 4, toCome: 10 }],
  [
    'less money',
    { sums: { ...sums, fen: 1_200 } },
    { fen: 1_000, entered: 5, left: 4, toCome: 10 },
  ],
  [
    'another car in',
    { sums: { ...sums, entered: 4 } },
    { fen: 1_000, entered: 5, left: 4, toCome: 10 },
  ],
  [
    'another car out',
    { sums: { ...sums, left: 3 } },
    { fen: 1_000, entered: 5, left: 4, toCome: 10 },
  ],
  [
    'other books, with all rows in',
    { sums: { ...sums, fen: 800 }, folded: 100 },
    { fen: 1_000, entered: 5, left: 4, toCome: 0 },
  ],
  ['rows further than the heartbeat', { sums: { ...sums, fen: 1_200 }, folded: 101 }, null],
  ['a heartbeat of yesterday', { sums: { ...sums, fen: 0 }, day: '2026-11-30' }, null],
  ['no takings', { said: { ...said, takings: [] } }, { fen: 0, entered: 5, left: 4, toCome: 10 }],
])('%s', (_, more, wanted) => expect(toldOf({ ...both, ...more })).toEqual(wanted))
