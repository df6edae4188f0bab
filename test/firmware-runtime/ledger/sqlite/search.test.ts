// Searching a year of rows: newest first, by a part of a plate, a person or an amount, and the sums of a span.
// index.db is built from the ledger: a lost or damaged one, or one of another ledger, changes no result.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openLedger } from '#ledger/sqlite/ledger.ts'
import { openLedgerReader } from '#ledger/sqlite/ledger-reader.ts'
import { pageStatement } from '#ledger/sqlite/queries.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import { queryKinds, type LedgerQuery, type QueryKind } from '#ledger/ports/ledger-reader.ts'
import { carRows, newFolder, optionsFor, removeFolders, startMs, testCrypto } from './ledger-kit.ts'

const cars = 40
let dir: string
const indexFile = (): string => join(dir, 'index.db')

const etcPayment = (n: number): RowDraft => ({
  kind: 'payment',
  atMs: startMs + n * 60_000 + 4,
  laneId: 'exit',
  stayId: `s${n}`,
  orderId: `o${n}`,
  amountFen: 500 + (n % 7) * 100,
  body: { paymentId: `p${n}`, means: 'etc', by: null, reason: null },
})
const firstCar: RowDraft = {
  kind: 'payment',
  atMs: startMs,
  laneId: 'exit',
  stayId: 's0',
  orderId: 'n1-T9',
  amountFen: 1,
  body: { paymentId: 'pt', means: 'etc', by: null, reason: null },
}

function append(...rows: readonly (readonly RowDraft[])[]): void {
  const { ledger } = openLedger(optionsFor(dir, { durability: 'simulated' }))
  for (const few of rows) ledger.append(few)
  ledger.close()
}

beforeAll(() => {
  dir = newFolder()
  append(
    [firstCar],
    ...Array.from({ length: cars }, (_, n) =>
      n % 4 === 0 ? carRows(n, false) : [...carRows(n), etcPayment(n)],
    ),
  )
})
afterAll(removeFolders)

function reading<T>(
  read: (reader: ReturnType<typeof openLedgerReader>) => T,
  file = indexFile(),
): T {
  const { nodeId, chainKey } = optionsFor(dir)
  const reader = openLedgerReader({ dir, nodeId, chainKey, crypto: testCrypto, indexFile: file })
  try {
    return read(reader)
  } finally {
    reader.close()
  }
}
const stays = (filter: LedgerQuery, file?: string): string[] =>
  reading((r) => r.query('stay', filter).rows.map(({ stayId }) => stayId), file)

describe('newest first', () => {
  it('turns pages round, and they meet without a gap or a double', () => {
    const first = reading((r) => r.query('stay', { newestFirst: true, limit: 15 }))
    expect(first.rows[0]?.stayId).toBe('s39')
    const ids = first.rows.map(({ stayId }) => stayId)
    for (let { next } = first; next !== null;) {
      const after = next
      const page = reading((r) => r.query('stay', { newestFirst: true, limit: 15, after }))
      ids.push(...page.rows.map(({ stayId }) => stayId))
      next = page.next
    }
    expect(ids).toEqual([...stays({ limit: 1000 })].reverse())
  })
})

describe('a part of a plate', () => {
  it.each([
    ['0001', ['s19', 's18', 's17', 's16', 's15', 's14', 's13', 's12', 's11', 's10', 's1']],
    ['00039', ['s39']],
    ['测A00007', ['s7']],
    ['测B', []],
    ['%', []],
    ["'", []],
  ])('%s', (platePart, found) => {
    expect(stays({ platePart, newestFirst: true })).toEqual(found)
  })

  it('finds payments by the plate of their stay and shows it', () => {
    const { rows } = reading((r) => r.query('payment', { platePart: '0003', newestFirst: true }))
    expect(rows.map(({ plate }) => plate)).toContain('测A00036')
    expect(rows).toHaveLength(11)
  })

  it('is found in rows that came after the index was made', () => {
    expect(stays({ platePart: '00077' })).toEqual([])
    append(carRows(77))
    expect(stays({ platePart: '00077' })).toEqual(['s77'])
  })

  it.each([
    ['missing', () => rmSync(indexFile())],
    [
      'no database',
      () => writeFileSync(indexFile(), 'not a database at all, only text\n'.repeat(200)),
    ],
    [
      'of another ledger',
      () => {
        const db = new DatabaseSync(indexFile())
        db.exec(`UPDATE reached SET hash = zeroblob(32); DELETE FROM plate`)
        db.close()
      },
    ],
    ['cut', () => writeFileSync(indexFile(), readFileSync(indexFile()).subarray(0, 5_000))],
  ])('is found with an index that is %s', (_name, damage) => {
    stays({ platePart: '00007' })
    expect(existsSync(indexFile())).toBe(true)
    damage()
    expect(stays({ platePart: '00007' })).toEqual(['s7'])
  })

  it('is found from memory where nothing may be written', () => {
    expect(stays({ platePart: '00007' }, join(dir, 'absent', 'index.db'))).toEqual(['s7'])
    expect(stays({ platePart: '00007' }, ':memory:')).toEqual(['s7'])
  })

  it('that very many plates have is walked in order of time, with the same answer', () => {
    const walked = { newestFirst: true, platePart: '0001', plates: null } as const
    const { nodeId } = optionsFor(dir)
    const db = new DatabaseSync(join(dir, 'ledger.db'), { readOnly: true })
    for (const kind of ['stay', 'payment'] as const) {
      const { sql, values } = pageStatement(nodeId, kind, walked, 100)
      const { platePart } = walked
      const found = reading((r) => r.query(kind, { platePart, newestFirst: true })).rows
      expect(
        db
          .prepare(sql)
          .all(values)
          .map((row) => row['stayId']),
      ).toEqual(found.map(({ stayId }) => stayId))
    }
    db.close()
  })
})

describe('a person and an amount', () => {
  it.each([
    ['payment', { by: 'Gu' }, 10],
    ['payment', { by: 'Guo', amountFen: 500 }, 2],
    ['payment', { amountFen: 1100 }, 5],
    ['deduction', { amountFen: 1100 }, 5],
    ['deduction', { by: 'Guo' }, 0],
    ['payment', { by: 'nobody' }, 0],
  ] as const)('%s %o', (kind, filter, count) => {
    expect(reading((r) => r.query(kind as QueryKind, filter)).rows).toHaveLength(count)
  })
})

describe('sums', () => {
  it('are those of the span, by means, without the fen of a first car', () => {
    const span = { fromMs: startMs, toMs: startMs + 20 * 60_000 }
    expect(reading((r) => r.sums(span))).toEqual({
      stays: 20,
      payments: [
        { word: 'etc', count: 15, amountFen: 12_000 },
        { word: 'cash', count: 5, amountFen: 3_700 },
      ],
      refunds: [],
    })
    expect(reading((r) => r.sums({ ...span, platePart: '00004' }))).toEqual({
      stays: 1,
      refunds: [],
      payments: [{ word: 'cash', count: 1, amountFen: 900 }],
    })
  })
})

describe.each(queryKinds)('the plan of %s', (kind) => {
  const slow = /SCAN (?!page\b|json_each\b)\w+(?! USING)$|PRIMARY KEY \(nodeId=\?\)$|AUTOMATIC/m
  it.each([
    { newestFirst: true },
    { newestFirst: true, after: 50, fromMs: startMs },
    { platePart: '0001', plates: ['测A00001'], newestFirst: true },
    { platePart: '0001', plates: null, newestFirst: true },
    { by: 'Guo', amountFen: 500, fromMs: startMs, toMs: startMs + 60_000, newestFirst: true },
  ])('goes through an index: %o', (filter) => {
    const db = new DatabaseSync(join(dir, 'ledger.db'), { readOnly: true })
    const { sql } = pageStatement('lot-1', kind, filter, 10)
    const plan = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all()
    db.close()
    expect(plan.map((row) => String(row['detail'])).join('\n')).not.toMatch(slow)
  })
})

describe('payments by a person, an amount, a means or a lane', () => {
  /** Without the index, and with it. */
  const ways = [':memory:', 'index'] as const
  const open = (way: (typeof ways)[number]) => (way === 'index' ? indexFile() : way)
  const ids = (filter: LedgerQuery, way: (typeof ways)[number]): readonly string[] =>
    reading((r) => r.query('payment', filter).rows.map(({ paymentId }) => paymentId), open(way))
  const same = (filter: LedgerQuery): readonly string[] => {
    const [plain, indexed] = ways.map((way) => ids(filter, way))
    expect(indexed).toEqual(plain)
    return plain ?? []
  }

  it.each<LedgerQuery>([
    { by: 'Guo' },
    { by: 'uo', newestFirst: true },
    { by: '%' },
    { amountFen: 700 },
    { amountFen: 700, newestFirst: true, limit: 2 },
    { amountFen: 77 },
    { by: 'Guo', amountFen: 500, laneId: 'exit' },
    { by: 'Guo', laneId: 'nowhere' },
    { means: 'cash', newestFirst: true, limit: 3 },
    { means: 'etc', fromMs: startMs + 4 * 60_000 },
    { means: 'cash', by: 'Guo', amountFen: 500 },
    { means: 'transfer' },
    { by: 'Guo', fromMs: startMs + 4 * 60_000, toMs: startMs + 20 * 60_000 + 4 },
  ])('are the same from the index: %j', (filter) => {
    same(filter)
  })

  it('some of these find something, so that the same is not nothing', () => {
    expect(same({ by: 'Guo' }).length).toBeGreaterThan(5)
    expect(same({ amountFen: 700 }).length).toBeGreaterThan(3)
    const [cash, etc] = [same({ means: 'cash' }), same({ means: 'etc' })]
    expect([cash.length, etc.length].every((count) => count > 3)).toBe(true)
    expect(cash.filter((id) => etc.includes(id))).toEqual([])
    expect(
      same({ by: 'Guo', fromMs: startMs + 4 * 60_000, toMs: startMs + 20 * 60_000 + 4 }),
    ).toEqual(['p4', 'p8', 'p12', 'p16'])
  })

  it.each([true, false])('pages meet without a gap or a double, newest first %s', (newestFirst) => {
    const all = same({ by: 'Guo', newestFirst })
    const met: string[] = []
    let after: number | null = 0
    while (after !== null) {
      const filter: LedgerQuery = { by: 'Guo', newestFirst, limit: 3, after }
      const page = reading((r) => r.query('payment', filter), indexFile())
      met.push(...page.rows.map(({ paymentId }) => paymentId))
      after = page.next
    }
    expect(met).toEqual(all)
  })

  it('sums are the same, also of rows that came since, and first cars count in neither', () => {
    // From the middle of the first day to the middle of the third: a whole day lies between.
    const span = { fromMs: startMs + 2 * 60_000, toMs: startMs + 2 * 86_400_000 }
    const sums = () => ways.map((way) => reading((r) => r.sums(span), open(way)))
    append(carRows(1_500, false), carRows(1_600, false), carRows(2_870, false))
    const [plain, indexed] = sums()
    expect(indexed).toEqual(plain)
    const fenOf = (one: typeof plain): number =>
      one?.payments.reduce((sum, { amountFen }) => sum + amountFen, 0) ?? 0
    append(carRows(80, false))
    const [later, indexedLater] = sums()
    expect(indexedLater).toEqual(later)
    expect(fenOf(later) - fenOf(plain)).toBe(500 + (80 % 7) * 100)
  })

  it('an index that is lost or damaged changes no answer', () => {
    const before = ids({ by: 'Guo' }, 'index')
    writeFileSync(indexFile(), 'no database')
    expect(ids({ by: 'Guo' }, 'index')).toEqual(before)
    rmSync(indexFile(), { force: true })
    expect(ids({ by: 'Guo' }, 'index')).toEqual(before)
  })
})
