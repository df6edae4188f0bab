// A ledger of every older schema, read before the lot has started on it: each query is answered or refused with LEDGER-11,
// and never fails otherwise.
import { afterEach, expect, it } from 'vitest'
import { openLedgerWith } from '#ledger/sqlite/ledger.ts'
import { openLedgerReader, type OpenedReader } from '#ledger/sqlite/ledger-reader.ts'
import { migrations } from '#ledger/sqlite/migrations/index.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { queryKinds } from '#ledger/ports/ledger-reader.ts'
import { carRows, newFolder, optionsFor, removeFolders, startMs } from './ledger-kit.ts'

afterEach(removeFolders)

const span = { fromMs: startMs - 1, toMs: startMs + 86_400_000 }
const questions: Readonly<Record<string, (reader: OpenedReader) => unknown>> = {
  ...Object.fromEntries(queryKinds.map((kind) => [kind, (r: OpenedReader) => r.query(kind, {})])),
  plate: (r) => r.query('stay', { platePart: '000' }),
  sums: (r) => r.sums({}),
  timeline: (r) => r.timeline('s1'),
  totals: (r) => r.totals(),
  verify: (r) => r.verify(),
  day: (r) => r.day(startMs),
  hours: (r) => r.hoursOfDay(startMs),
  'let go': (r) => r.letGoRows(startMs, startMs + 1),
  exits: (r) => r.exitsWithoutEntry(startMs),
  refunds: (r) => r.refundsByHand(),
  tally: (r) => r.dayTally(startMs),
  etc: (r) => r.etcOfDay(startMs),
  report: (r) => r.reportPart({ span, by: 'day' } as never),
  head: (r) => r.head(),
  rows: (r) => [...r.rows()],
}

/** The outcome of each query: null for an answer, otherwise its error code. */
function outcomes(schema: number): Record<string, string | null> {
  const dir = newFolder()
  const options = optionsFor(dir)
  const way = { synchronous: 'FULL', checkRows: 100 } as const
  const made = openLedgerWith(options, { ...way, migrations: migrations.slice(0, schema) })
  made.ledger.append(carRows(1))
  made.ledger.close()
  const { nodeId, crypto, chainKey } = options
  const reader = openLedgerReader({ dir, nodeId, crypto, chainKey })
  const came = Object.entries(questions).map(([name, ask]) => {
    try {
      ask(reader)
      return [name, null] as const
    } catch (error) {
      return [name, error instanceof LaneFault ? error.code : String(error)] as const
    }
  })
  reader.close()
  return Object.fromEntries(came)
}

const olderSchemas = migrations.slice(1).map((_, i) => i + 1)

it.each(olderSchemas)('schema %i: an answer, or a refusal by its code', (schema) => {
  const codes = Object.values(outcomes(schema))
  expect(codes.filter((code) => code !== null && code !== 'LEDGER-11')).toEqual([])
})

it('refuses what an index is missing for, and answers the same once it is there', () => {
  expect(outcomes(1)).toMatchObject({ tally: 'LEDGER-11', head: null, rows: null })
  expect(Object.values(outcomes(migrations.length)).filter((code) => code !== null)).toEqual([])
})
