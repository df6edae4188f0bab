// Every query that the desk sends to the ledger, as its API calls make it, with values spread over the whole year.
// A search has a peer: the same query on one bare table. A page is several queries, or one that no single table
// answers.
import type { DatabaseSync } from 'node:sqlite'
import type { ReaderWorker } from '#lane/sqlite/reader-worker.ts'
import { filterOf } from '#ledger/desk/handlers/ledger-filter.ts'
import { finders } from '#runtime/search/table.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { bothOf } from '#base/pure/words/fault-text.ts'
import { dayMs, dayStartMs, isoOf } from '#base/pure/values/instant.ts'
import { queryKinds, type QueryKind } from '#ledger/ports/ledger-reader.ts'
import {
  atOf,
  fenOf,
  firstMs,
  idOf,
  markOf,
  meansOf,
  perDay,
  personOf,
  plateOf,
} from './year-rows.ts'

type Ask = (reader: ReaderWorker, n: number) => Promise<unknown>
type AskBare = (bare: DatabaseSync, n: number) => unknown
export interface Search {
  readonly name: string
  readonly ours: Ask
  readonly peer: AskBare
}
export interface Page {
  readonly name: string
  readonly ours: Ask
}

const shown = 100
const newest = { newestFirst: true, limit: shown } as const
const page = `ORDER BY atMs DESC LIMIT ${shown + 1}`
const inSpan = 'atMs >= ? AND atMs < ?'
/** Values that occur nowhere. */
const [noName, noLane, noFen] = ['无此人', 'exit-9', 77]

interface Span {
  readonly fromMs: number
  readonly toMs: number
}

const bareOf =
  (where: string, values: (n: number) => readonly (string | number | null)[]): AskBare =>
  (bare, n) =>
    bare.prepare(`SELECT * FROM passage WHERE ${where} ${page}`).all(...values(n))

/** Spans for that many passages. */
function spansOf(passages: number) {
  /** Cars spread over the whole year. */
  const car = (n: number): number => (n * 104_729) % passages
  const dayOf = (n: number): Span => {
    const fromMs = dayStartMs(atOf(car(n)))
    return { fromMs, toMs: fromMs + dayMs }
  }
  const monthOf = (n: number): Span => {
    const fromMs = Math.max(firstMs, dayStartMs(atOf(car(n))) - 30 * dayMs)
    return { fromMs, toMs: fromMs + 31 * dayMs }
  }
  const nowMs = atOf(passages - 1)
  return { car, dayOf, monthOf, nowMs, todayMs: dayStartMs(nowMs) }
}

const spread = ({ fromMs, toMs }: Span): [number, number] => [fromMs, toMs]

const kindNames: Readonly<Record<QueryKind, string>> = {
  stay: 'stays',
  deduction: 'charges',
  payment: 'payments',
  refund: 'refunds',
  event: 'exceptions and acts',
}

export function searchesOf(passages: number): readonly Search[] {
  const { car, dayOf, monthOf } = spansOf(passages)
  const ofDay: AskBare = bareOf(inSpan, (n) => spread(dayOf(n)))
  const ofPart = (length: number): AskBare =>
    bareOf('instr(plate, ?) > 0', (n) => [plateOf(car(n)).slice(-length)])
  const sums =
    (spanOf: (n: number) => Span): AskBare =>
    (bare, n) =>
      bare
        .prepare(`SELECT means, count(*), sum(fen) FROM passage WHERE ${inSpan} GROUP BY means`)
        .all(...spread(spanOf(n)))
  /** A car that paid a person in cash. */
  const cashCar = (n: number): number => {
    const first = car(n)
    for (let at = first; ; at++) if (meansOf(at) === 'cash') return at
  }
  const part =
    (kind: QueryKind, length: number): Ask =>
    (reader, n) =>
      reader.query(kind, { ...newest, platePart: plateOf(car(n)).slice(-length) })
  const month = (n: number) => ({ ...newest, ...monthOf(n) })
  const ofMonth = (term: string, value: (n: number) => string | number | null): AskBare =>
    bareOf(`${term} = ? AND ${inSpan}`, (n) => [value(n), ...spread(monthOf(n))])
  return [
    ...queryKinds.map((kind): Search => ({
      name: `${kindNames[kind]} of a day`,
      ours: (reader, n) => reader.query(kind, { ...newest, ...dayOf(n) }),
      peer: ofDay,
    })),
    ...queryKinds.map((kind): Search => ({
      name: `${kindNames[kind]} of a whole plate`,
      ours: (reader, n) => reader.query(kind, { ...newest, plate: plateOf(car(n)) }),
      peer: bareOf('plate = ?', (n) => [plateOf(car(n))]),
    })),
    ...queryKinds.map((kind): Search => ({
      name: `${kindNames[kind]} of 4 characters of a plate`,
      ours: part(kind, 4),
      peer: ofPart(4),
    })),
    ...queryKinds.map((kind): Search => ({
      name: `${kindNames[kind]} of 2 characters of a plate`,
      ours: part(kind, 2),
      peer: ofPart(2),
    })),
    ...queryKinds.map((kind): Search => ({
      name: `${kindNames[kind]} of a lane in a day`,
      ours: (reader, n) => reader.query(kind, { ...newest, ...dayOf(n), laneId: 'exit-3' }),
      peer: bareOf(`${inSpan} AND +lane = ?`, (n) => [...spread(dayOf(n)), 'exit-3']),
    })),
    ...queryKinds.map((kind): Search => ({
      name: `${kindNames[kind]} of a lane that nobody used, in a year`,
      ours: (reader) => reader.query(kind, { ...newest, laneId: noLane }),
      peer: bareOf(`lane = ?`, () => [noLane]),
    })),
    ...queryKinds.map((kind): Search => ({
      name: `${kindNames[kind]} of nobody of that name in 31 days`,
      ours: (reader, n) => reader.query(kind, { ...month(n), by: noName }),
      peer: ofMonth('person', () => noName),
    })),
    ...queryKinds.map((kind): Search => ({
      name: `${kindNames[kind]} of an amount that nobody paid, in 31 days`,
      ours: (reader, n) => reader.query(kind, { ...month(n), amountFen: noFen }),
      peer: ofMonth('fen', () => noFen),
    })),
    {
      name: 'payments of a person in 31 days',
      ours: (reader, n) => reader.query('payment', { ...month(n), by: personOf(cashCar(n)) ?? '' }),
      peer: ofMonth('person', (n) => personOf(cashCar(n))),
    },
    {
      name: 'payments of an amount in 31 days',
      ours: (reader, n) => reader.query('payment', { ...month(n), amountFen: fenOf(car(n)) }),
      peer: ofMonth('fen', (n) => fenOf(car(n))),
    },
    {
      name: 'payments in cash in 31 days',
      ours: (reader, n) => reader.query('payment', { ...month(n), means: 'cash' }),
      peer: ofMonth('means', () => 'cash'),
    },
    {
      name: 'payments of a means that nobody used, in a year',
      ours: (reader) => reader.query('payment', { ...newest, means: 'transfer' }),
      peer: bareOf('means = ?', () => ['transfer']),
    },
    {
      name: 'refunds in cash in a year',
      ours: (reader) => reader.query('refund', { ...newest, means: 'cash' }),
      peer: bareOf('means = ?', () => ['none']),
    },
    { name: 'sums of a day', ours: (reader, n) => reader.sums(dayOf(n)), peer: sums(dayOf) },
    { name: 'sums of 31 days', ours: (reader, n) => reader.sums(monthOf(n)), peer: sums(monthOf) },
    {
      name: 'sums of a lane in 31 days',
      ours: (reader, n) => reader.sums({ ...monthOf(n), laneId: 'exit-3' }),
      peer: sums(monthOf),
    },
    {
      name: 'sums of 4 characters of a plate in 31 days',
      ours: (reader, n) => reader.sums({ ...monthOf(n), platePart: plateOf(car(n)).slice(-4) }),
      peer: ofPart(4),
    },
    {
      name: 'sums of 2 characters of a plate in 31 days',
      ours: (reader, n) => reader.sums({ ...monthOf(n), platePart: plateOf(car(n)).slice(-2) }),
      peer: ofPart(2),
    },
    {
      name: 'the next page of a year',
      ours: (reader, n) => reader.query('stay', { ...newest, after: 1 + 8 * car(n) }),
      peer: bareOf('atMs < ?', (n) => [atOf(car(n))]),
    },
    {
      name: 'all of one stay',
      ours: (reader, n) => reader.timeline(idOf('S', car(n))),
      peer: (bare, n) => bare.prepare('SELECT * FROM passage WHERE id = ?').all(car(n)),
    },
  ]
}

/** The queries that the search field sends to the ledger. */
function asksOf(
  text: string,
  nowMs: number,
): readonly ((reader: ReaderWorker) => Promise<unknown>)[] {
  const here = { nowIso: isoOf(nowMs), config: {} as LotConfig, laneName: () => bothOf('') }
  return [finders.car, finders.payment].flatMap((finder) =>
    finder
      .asks(text, here)
      .map(
        (args) => (reader: ReaderWorker) =>
          reader.query(args.kind, { ...filterOf(args), limit: args.limit ?? shown }),
      ),
  )
}

export function pagesOf(passages: number): readonly Page[] {
  const { car, dayOf, nowMs, todayMs } = spansOf(passages)
  const dayNo = (n: number): number => Math.floor(car(n) / perDay)
  const setting = { tariffsMs: [firstMs], countedSeq: 0 }
  return [
    { name: 'the day of the board at a start', ours: (reader) => reader.day(todayMs) },
    { name: 'hours of a day', ours: (reader, n) => reader.hoursOfDay(dayOf(n).fromMs) },
    { name: 'books of today', ours: (reader) => reader.dayTally(todayMs) },
    { name: 'books of a day', ours: (reader, n) => reader.dayTally(dayOf(n).fromMs) },
    { name: 'books of now, as items are looked up', ours: (reader) => reader.dayTally(nowMs) },
    {
      name: 'report of a day',
      ours: (reader, n) => reader.reportPart({ span: dayOf(n), ...setting }),
    },
    {
      name: 'report of a shift by its rows',
      ours(reader, n) {
        const span = dayOf(n)
        const third = { afterSeq: 8 * car(n), uptoSeq: 8 * car(n) + 15_000 }
        return reader.reportPart({ span: { ...span, rows: third }, ...setting })
      },
    },
    {
      name: 'the search field: three digits, of a plate or an amount',
      ours: (reader, n) =>
        Promise.all(asksOf(String(200 + (n % 700)), nowMs).map((one) => one(reader))),
    },
    { name: 'ETC of a day for its bill', ours: (reader, n) => reader.etcOfDay(dayOf(n).fromMs) },
    {
      name: 'exits without entry since the oldest car inside, a year',
      ours: (reader) => reader.exitsWithoutEntry(firstMs),
    },
    { name: 'refunds by hand', ours: (reader) => reader.refundsByHand() },
    {
      name: 'payments of a sold pass',
      ours: (reader, n) => reader.saleRows({ passNo: `n1-pass${markOf(dayNo(n))}0` }),
    },
    {
      name: 'a payment of a sold pass',
      ours: (reader, n) => reader.saleRows({ paymentId: `n1-M${markOf(dayNo(n))}0` }),
    },
    {
      name: 'the page of a day, whole',
      ours: (reader, n) =>
        Promise.all([
          reader.dayTally(dayOf(n).fromMs),
          reader.sums(dayOf(n)),
          reader.hoursOfDay(dayOf(n).fromMs),
        ]),
    },
  ]
}
