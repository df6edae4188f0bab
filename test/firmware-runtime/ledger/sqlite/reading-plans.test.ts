// Every statement behind the pages of records, reports and the day, as SQLite receives it: none may scan the large tables,
// so that a year of 2,000,000 passages is searched as fast as a day.
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { openLedger } from '#ledger/sqlite/ledger.ts'
import { openLedgerReader, type OpenedReader } from '#ledger/sqlite/ledger-reader.ts'
import { queryKinds } from '#ledger/ports/ledger-reader.ts'
import { carRows, newFolder, optionsFor, removeFolders, startMs } from './ledger-kit.ts'

let dir: string
let reader: OpenedReader
const given: { readonly sql: string; readonly plan: string }[] = []

const open = (): OpenedReader =>
  openLedgerReader({ ...optionsFor(dir), indexFile: join(dir, 'index.db') })

beforeAll(() => {
  dir = newFolder()
  const { ledger } = openLedger(optionsFor(dir, { durability: 'simulated' }))
  for (let n = 0; n < 200; n++) ledger.append(carRows(n, n % 4 !== 0))
  ledger.close()
  reader = open()
  // The first query builds the index with one scan of the ledger; it is not judged.
  reader.query('stay', { platePart: '0001' })
  const { prepare } = DatabaseSync.prototype
  vi.spyOn(DatabaseSync.prototype, 'prepare').mockImplementation(function (
    this: DatabaseSync,
    sql,
  ) {
    const steps = prepare.call(this, `EXPLAIN QUERY PLAN ${sql}`).all()
    given.push({ sql, plan: steps.map(({ detail }) => String(detail)).join('\n') })
    return prepare.call(this, sql)
  })
})
afterAll(() => {
  vi.restoreAllMocks()
  reader.close()
  removeFolders()
})

/**
 * A scan of a table or of a whole index, a walk along one node's primary key, or an automatic index. Allowed to be read whole:
 * what an index has already selected, one row (`reached`), the lists of distinct plates and names, and indexes of rare rows
 * (plates read late, refunds, book rows).
 */
const small =
  '(?:page|r|sale|back|step|reached|plate|person|json_each|CONSTANT|\\(subquery-\\d+\\))'
const rare = '(?:late_plate|back_at|refund_state_of|refund_state_at|book_at)'
const walks = new RegExp(
  `^SCAN (?!${small}(?: |$)|\\w+ USING INDEX ${rare}$)|PRIMARY KEY \\(nodeId=\\?\\)$|AUTOMATIC`,
)
/** Reads one end of the primary key or of the index of starts. */
const isPoint =
  /ORDER BY atMs, seq LIMIT 1$|^SELECT nodeId FROM ledger_row LIMIT 1$|^SELECT max\(seq\) AS seq FROM ledger_row|ORDER BY seq DESC LIMIT 1$/

const span = { fromMs: startMs, toMs: startMs + 31 * 86_400_000 }
const newest = { newestFirst: true, limit: 100 } as const

const shift = {
  span: { ...span, rows: { afterSeq: 10, uptoSeq: 500 } },
  tariffsMs: [],
  countedSeq: 0,
}

const questions: readonly [string, (one: OpenedReader) => unknown][] = [
  ...queryKinds.flatMap((kind) =>
    [
      { ...newest, ...span },
      { ...newest, ...span, after: 50 },
      { ...newest, plate: '测A00001' },
      { ...newest, platePart: '0001' },
      { ...newest, ...span, laneId: 'exit' },
      { ...newest, ...span, by: 'Guo' },
      { ...newest, ...span, amountFen: 500 },
      { ...newest, ...span, means: 'cash' },
      { ...newest, stayId: 's1' },
    ].map((filter): [string, (one: OpenedReader) => unknown] => [
      `${kind} ${JSON.stringify(filter)}`,
      (one) => one.query(kind, filter),
    ]),
  ),
  ['sums of 31 days', (one) => one.sums(span)],
  ['sums of a plate', (one) => one.sums({ ...span, platePart: '0001' })],
  ['the books of a day', (one) => one.dayTally(startMs)],
  ['the report of a shift', (one) => one.reportPart(shift)],
  ['all of one stay', (one) => one.timeline('s1')],
  ['the day', (one) => one.day(startMs)],
  ['the hours of a day', (one) => one.hoursOfDay(startMs)],
  ['who was let go', (one) => one.letGoRows(span.fromMs, span.toMs)],
  ['ETC of a day', (one) => one.etcOfDay(startMs)],
  ['stays to check', (one) => one.exitsWithoutEntry(startMs)],
  ['refunds by hand', (one) => one.refundsByHand()],
  ['a report of 31 days', (one) => one.reportPart({ span, tariffsMs: [], countedSeq: 0 })],
  ['a sold pass', (one) => one.saleRows({ passNo: 'M-1' })],
  ['an invoice', (one) => one.invoiceRows('FP0001')],
  ['the payment of a sold pass', (one) => one.saleRows({ paymentId: 'p1' })],
]

/** The steps of its statements that scan, and the error of a query that fails. */
function walked(ask: (one: OpenedReader) => unknown, of: OpenedReader): readonly string[] {
  given.length = 0
  try {
    ask(of)
  } catch (error) {
    return [String(error)]
  }
  return given.flatMap(({ sql, plan }) =>
    plan
      .split('\n')
      .filter((step) => walks.test(step) && !isPoint.test(sql))
      .map((step) => `${step} <- ${sql.replace(/\s+/g, ' ')}`),
  )
}

it.each(questions)('%s is found through an index', (_what, ask) => {
  expect(walked(ask, reader)).toEqual([])
})

it('what no row of a kind has is looked for in none', () => {
  const asksNothing = queryKinds.flatMap((kind) =>
    [{ by: 'Guo' }, { amountFen: 500 }, { means: 'cash' }].flatMap((fact) => {
      given.length = 0
      expect(reader.query(kind, { ...newest, ...span, ...fact }).rows).toEqual(expect.any(Array))
      return given.length === 0 ? [`${kind} ${Object.keys(fact).join('')}`] : []
    }),
  )
  expect(asksNothing).toEqual([
    'stay by',
    'stay amountFen',
    'stay means',
    'deduction by',
    'deduction means',
    'event means',
  ])
})

/** Indexes without a query here: the writer's, that of the check of totals, and that of refunds before refunds by code. */
const ofNoQuestion = ['outbox_once', 'refund_at', 'stay_end']
/** Without these, another index finds the same rows through more rows: only the plan shows that they are used. */
const shorter = ['back_at', 'no_entry_at', 'refund_state_at', 'stay_once']

it('an index that is dropped is missed: a question walks, or its plan does not name it any more', () => {
  const db = new DatabaseSync(join(dir, 'ledger.db'))
  const indexes = db
    .prepare(`SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL`)
    .all()
  const plans = questions.flatMap(([, ask]) => {
    walked(ask, reader)
    return given.map(({ plan }) => plan)
  })
  const isNamed = (name: string): boolean =>
    plans.some((plan) => new RegExp(`INDEX ${name}\\b`).test(plan))
  const walksWithout = ({ name, sql }: (typeof indexes)[number]): boolean => {
    db.exec(`DROP INDEX ${String(name)}`)
    const without = open()
    const found = questions.some(([, ask]) => walked(ask, without).length > 0)
    without.close()
    db.exec(String(sql))
    return found
  }
  const unmissed = indexes.filter((one) => !walksWithout(one)).map(({ name }) => String(name))
  db.close()
  expect(unmissed.filter((name) => !isNamed(name)).toSorted()).toEqual(ofNoQuestion)
  expect(unmissed.filter(isNamed).toSorted()).toEqual(shorter)
})
