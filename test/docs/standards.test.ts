// Every lettered item, every table row and every figure of the three standards has its row of docs/coverage.json, and no
// row names an item that its standard does not have. The standards are beside the repository (../shared/seeds); without
// them these tests are skipped, which CI counts.
import { describe, expect, it } from 'vitest'
import { clausesIn, coverage, type CoverageRow } from './coverage-block.ts'
import { itemsOf, noSeeds, standards, type Items } from './standards.ts'

const rowsOf = (id: string): readonly CoverageRow[] =>
  coverage().find((table) => table.id === id)?.rows ?? []
const named = (rows: readonly CoverageRow[]): readonly string[] =>
  rows.flatMap(({ clause }) => clausesIn(clause))

const without = ({ asked }: Items, rows: readonly CoverageRow[]): readonly string[] => {
  const has = new Set(named(rows))
  return asked.filter((item) => !has.has(item))
}
const unknown = ({ asked, headings }: Items, rows: readonly CoverageRow[]): readonly string[] => {
  const has = new Set([...asked, ...headings])
  return named(rows).filter((clause) => !has.has(clause))
}

/** Counted apart from the reader: everything that is asked, rows of tables among it, figures among it. */
const counted: Readonly<Record<string, readonly [asked: number, rows: number, figures: number]>> = {
  // 137 letters, 34 clauses without letters, 142 rows, 9 figures.
  guangxi: [322, 142, 9],
  // 34 letters without numbers, 28 numbers, 23 clauses without letters.
  liaoning: [85, 0, 0],
  // 8 sections without annexes, 4 annexes, 1 figure.
  shenzhen: [13, 0, 1],
}

describe.skipIf(noSeeds).each(standards)('$id', (standard) => {
  const { id } = standard

  it('each of its items has a row', () => {
    expect(without(itemsOf(standard), rowsOf(id))).toEqual([])
  })
  it('each row is of an item that it has', () => {
    expect(unknown(itemsOf(standard), rowsOf(id))).toEqual([])
  })
  it('has as many items as were counted in its text', () => {
    const { asked } = itemsOf(standard)
    const some = (word: string) => asked.filter((item) => item.startsWith(word)).length
    expect([asked.length, some('Table '), some('Figure ')]).toEqual(counted[id])
    expect(new Set(asked).size).toBe(asked.length)
  })
  it('a row that is taken out is seen, by each of its items', () => {
    const items = itemsOf(standard)
    const rows = rowsOf(id)
    for (const row of rows) {
      const others = rows.filter((one) => one !== row)
      const own = clausesIn(row.clause).filter((one) => items.asked.includes(one))
      expect(without(items, others).toSorted()).toEqual(own.toSorted())
    }
  })
})

it('a row may name rows of a table, letters of a clause, or numbers of a letter', () => {
  expect(clausesIn('Table D.1 rows 9 to 11, Table D.1 row 14, A.2.3 b 3')).toEqual([
    'Table D.1 row 9',
    'Table D.1 row 10',
    'Table D.1 row 11',
    'Table D.1 row 14',
    'A.2.3 b 3',
  ])
})
