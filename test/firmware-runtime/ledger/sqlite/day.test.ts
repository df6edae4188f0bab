// The last passages of a day as the board begins with them: each with the photo of its lane's camera, and the newest of
// every lane among them, however many cars another lane let through since.
import { afterEach, expect, it } from 'vitest'
import { openLedger } from '#ledger/sqlite/ledger.ts'
import { cameIn } from '../../lane/pure/lot/row-kit.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import { carRows, newFolder, optionsFor, removeFolders, startMs } from './ledger-kit.ts'
import { reading } from './lot-kit.ts'

afterEach(removeFolders)

/** The rows of car `n`, with photos in the rows of these kinds. */
const withPhotos = (n: number, ...kinds: readonly RowDraft['kind'][]): RowDraft[] =>
  carRows(n).map((row) =>
    kinds.includes(row.kind)
      ? ({ ...row, body: { ...row.body, photo: `${row.kind}-${n}` } } as RowDraft)
      : row,
  )
const entered = (n: number, photo: string | null): RowDraft[] => [
  cameIn(`e${n}`, startMs + n, { photo }),
  {
    kind: 'event',
    atMs: startMs + n,
    laneId: 'entry',
    stayId: `e${n}`,
    body: { type: 'passUsed', detail: 'entered' },
  },
]

function lastOf(rows: readonly RowDraft[]) {
  const dir = newFolder()
  const { ledger } = openLedger(optionsFor(dir))
  ledger.append(rows)
  ledger.close()
  return reading(dir, (reader) => reader.day(startMs).last)
}

it.each([
  [
    'at the exit, of its end',
    withPhotos(1, 'stayOpened', 'orderMade', 'stayClosed'),
    'stayClosed-1',
  ],
  ['at the exit, of its order', withPhotos(2, 'stayOpened', 'orderMade'), 'orderMade-2'],
  ['at the exit, never that of its entry', withPhotos(3, 'stayOpened'), null],
  ['at the entry', entered(4, 'p4'), 'p4'],
  ['at the entry, without one', entered(5, null), null],
])('a photo %s', (_where, rows, photoId) => {
  expect(lastOf(rows)[0]).toMatchObject({ photoId })
})

it('the newest of a quiet lane stays behind twenty of a busy one', () => {
  const busy = Array.from({ length: 25 }, (_, n) => carRows(n + 10))
  const last = lastOf([...entered(1, 'a'), ...entered(2, 'b'), ...busy.flat()])
  expect(last).toHaveLength(21)
  expect(last.map(({ laneId }) => laneId).filter((laneId) => laneId === 'entry')).toEqual(['entry'])
  expect(last.at(-1)).toMatchObject({ laneId: 'entry', photoId: 'b' })
})
