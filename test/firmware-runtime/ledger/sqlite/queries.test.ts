// The plans behind the queries at size: each uses an index, none scans the ledger row by row.
// SQLite itself reports the plan, so a slow query fails here and not at a lane after a year.
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openLedger } from '#ledger/sqlite/ledger.ts'
import { pageStatement } from '#ledger/sqlite/queries.ts'
import { queryKinds } from '#ledger/ports/ledger-reader.ts'
import { carRows, newFolder, optionsFor, removeFolders, startMs } from './ledger-kit.ts'

const cars = 500
let db: DatabaseSync

beforeAll(() => {
  const dir = newFolder()
  const { ledger } = openLedger(optionsFor(dir, { durability: 'simulated' }))
  for (let n = 0; n < cars; n++) ledger.append(carRows(n, n % 4 !== 0))
  ledger.close()
  db = new DatabaseSync(join(dir, 'ledger.db'), { readOnly: true })
})
afterAll(() => {
  db.close()
  removeFolders()
})

const plan = (text: string): string =>
  db
    .prepare(`EXPLAIN QUERY PLAN ${text}`)
    .all()
    .map((r) => String(r['detail']))
    .join('\n')

/** A scan of the table, a walk along one node's primary key, or an automatic index. */
const slow = /SCAN (?!page\b)\w+(?! USING)$|PRIMARY KEY \(nodeId=\?\)$|AUTOMATIC/m

const filters = [
  {},
  { fromMs: startMs, toMs: startMs + 60_000 },
  { plate: '测A00001' },
  { stayId: 's1' },
  { laneId: 'exit', fromMs: startMs },
  { after: 50 },
  { fromMs: startMs, plate: '测A00001', after: 50 },
]

describe.each(queryKinds)('query of %s', (kind) => {
  it.each(filters)('finds its rows through an index: %o', (filter) => {
    expect(plan(pageStatement('lot-1', kind, filter, 10).sql)).not.toMatch(slow)
  })
})

it.each(['v_stay', 'v_deduction', 'v_refund', 'v_outbox', 'v_payment'])(
  'joins the last row of each in %s through an index',
  (view) => expect(plan(`SELECT * FROM ${view}`)).not.toMatch(slow),
)

it.each(["'; DROP TABLE ledger_row; --", '测A" OR "1"="1', '$(reboot)`id`', '%_测*'])(
  'H09 the plate %s is kept as text, and its car alone is found by it',
  (plate) => {
    const dir = newFolder()
    const { ledger } = openLedger(optionsFor(dir, { durability: 'simulated' }))
    const [opened] = carRows(1, false)
    if (opened?.kind !== 'stayOpened') throw new Error('a car begins with its stay')
    ledger.append([opened, { ...opened, stayId: 'odd', body: { ...opened.body, plate } }])
    ledger.close()
    const own = new DatabaseSync(join(dir, 'ledger.db'), { readOnly: true })
    const { nodeId } = optionsFor(dir, {})
    const { sql, values } = pageStatement(nodeId, 'stay', { plate }, 10)
    const found = own.prepare(sql).all(values)
    expect(found.map((row) => row['plate'])).toEqual([plate])
    own.close()
  },
)

it('can see a slow plan', () => {
  expect(plan(`SELECT * FROM ledger_row WHERE laneId = 'x'`)).toMatch(slow)
  expect(plan(`SELECT max(seq) FROM ledger_row WHERE nodeId = 'x' AND laneId = 'y'`)).toMatch(slow)
})
