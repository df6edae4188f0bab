// The list of copies stays short: it keeps what the newest three whole copies need and
// drops everything older.
import { expect, it } from 'vitest'
import { keptLines } from '#ledger/pure/lot/kept-copies.ts'

/** `b` a whole copy, `s` the same file again in another folder, `r` the rows after it. */
const linesOf = (kinds: string) =>
  [...kinds].map((letter, at) => {
    const kind: 'base' | 'rows' = letter === 'r' ? 'rows' : 'base'
    const file = letter === 's' ? kinds.slice(0, at).lastIndexOf('b') : at
    return { n: at + 1, kind, file: String(file) }
  })

it.each([
  ['', []],
  ['b', [1]],
  ['brr', [1, 2, 3]],
  ['brbrb', [1, 2, 3, 4, 5]],
  ['brbrbrb', [3, 4, 5, 6, 7]],
  ['brbrbrbrr', [3, 4, 5, 6, 7, 8, 9]],
  ['bbbbb', [3, 4, 5]],
  ['brbrbsss', [1, 2, 3, 4, 5, 6, 7, 8]],
  ['brbssbrb', [3, 4, 5, 6, 7, 8]],
])('%s keeps %j', (kinds, kept) => {
  expect(keptLines(linesOf(kinds)).map(({ n }) => n)).toEqual(kept)
})
