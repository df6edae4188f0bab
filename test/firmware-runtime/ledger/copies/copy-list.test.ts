// The list of copies at a second place: an altered number never makes an older copy the newest. It is a doubt with the line
// named, and a copy that begins anew ends it.
import { readFileSync, writeFileSync } from 'node:fs'
import { beforeEach, describe, expect, it } from 'vitest'
import { addCopy, listOfCopies, readCopies, soundLines } from '#ledger/copies/copy-list.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { folderOfTest } from '../../../kit/own-folder.ts'

let place: string
beforeEach(() => (place = folderOfTest('copy-list-')))

const hex = '0'.repeat(64)
const five = (n: number): string => String(n).padStart(5, '0')
/** `from`: numbers of its file and of its folder, where they are those of an earlier copy. */
function add(
  n: number,
  kind: 'base' | 'rows',
  anew = false,
  { file = n, folder = n }: { readonly file?: number; readonly folder?: number } = {},
): void {
  addCopy(
    place,
    {
      atIso: '2026-11-20T03:00:00.000+08:00',
      lotId: 'lot-1',
      nodeId: 'n1',
      keyId: 'k',
      kind,
      file: `${five(file)}-${kind}.etcseal`,
      sha256: hex,
      folder: `${five(folder)}-folder.etcseal`,
      folderSha256: hex,
      fromSeq: n * 10,
      toSeq: n * 10 + 9,
      headHash: hex,
    },
    anew,
  )
}
const newest = (): number | string => {
  try {
    return soundLines(place, readCopies(place)).at(-1)?.n ?? 0
  } catch (error) {
    return error instanceof LaneFault ? `${error.code} ${error.detail.field}` : String(error)
  }
}
const altered = (change: (lines: string[]) => readonly string[]): void => {
  const file = listOfCopies(place)
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
  writeFileSync(file, `${change(lines).join('\n')}\n`)
}

describe('a list of four copies', () => {
  beforeEach(() => {
    add(1, 'base')
    for (const n of [2, 3, 4]) add(n, 'rows')
  })

  it('has the last one as its newest, in any order of its lines', () => {
    expect(newest()).toBe(4)
    altered((lines) => lines.toReversed())
    expect(newest()).toBe(4)
    altered((lines) => [...lines, ...lines.slice(0, 2)])
    expect(newest()).toBe(4)
    altered(([one = '', ...rest]) => [one, one, ...rest.slice(0, 2), '{}'])
    expect(newest()).toBe('COPY-02 line 5')
  })

  it.each([99, 5, 9_007_199_254_740_991])('whose first line says n %d is a doubt', (n) => {
    altered(([first = '', ...rest]) => [first.replace('"n":1,', `"n":${n},`), ...rest])
    expect(newest()).toBe('COPY-02 line 1')
  })

  it.each([99, 6])('whose first line and its files say %d is one too', (n) => {
    altered(([first = '', ...rest]) => [
      first.replace('"n":1,', `"n":${n},`).replaceAll('00001-', `${five(n)}-`),
      ...rest,
    ])
    expect(newest()).toBe('COPY-02 line 1')
  })

  it('a later line with another number does not fit', () => {
    altered(([one = '', two = '', ...rest]) => [one, two.replace('"n":2,', '"n":9,'), ...rest])
    expect(newest()).toMatch(/^COPY-02/)
  })

  it('a copy that begins anew ends the doubt', () => {
    altered(([first = '', ...rest]) => [first.replace('"n":1,', '"n":99,'), ...rest])
    add(5, 'base', true)
    expect(newest()).toBe(5)
    add(6, 'rows')
    expect(newest()).toBe(6)
  })
})

it('a new beginning behind a copy that was kept is the newest', () => {
  add(1, 'base')
  add(2, 'rows')
  add(3, 'base', true)
  expect(newest()).toBe(3)
})

describe('what has not changed keeps its file', () => {
  it.each([
    ['the folder', { folder: 1 }],
    ['the rows', { file: 1 }],
  ] as const)('%s: three copies are whole, and an altered number is a doubt', (_what, kept) => {
    add(1, 'base')
    for (const n of [2, 3]) add(n, 'rows', false, kept)
    expect(newest()).toBe(3)
    altered((lines) => lines.toReversed())
    expect(newest()).toBe(3)
    altered((lines) => lines.map((line) => line.replace('"n":2,', '"n":9,')))
    expect(newest()).toMatch(/^COPY-02/)
  })
})
