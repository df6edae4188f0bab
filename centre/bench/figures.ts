// What `centre bench` measures and how it is judged: table L.1 of DBJT45/T 065-2024 asks for records a second by the number
// of lots, its 10.3.2.2 a for an answer within 3 s. Pure.

/** Table L.1: more than so many a second. */
const tableL1: Readonly<Record<number, number>> = { 100: 150, 200: 300, 500: 800, 1_000: 1_500 }
export const lotsOfL1: readonly number[] = Object.keys(tableL1).map(Number)
const answerMsMax = 3_000
/** The table says "more than". */
const offeredShare = 1.05
/** The largest share of a lot in the table, for numbers that it does not name. */
const ofOneLot = 1.6

export const wantedOf = (lots: number): number => tableL1[lots] ?? lots * ofOneLot
export const offeredOf = (lots: number): number => Math.ceil(wantedOf(lots) * offeredShare)

/** `batches`: as a lot sends them, at the pace of the answers. `singly`: one record a request. */
export const benchWays = ['batches', 'singly'] as const
export type BenchWay = (typeof benchWays)[number]

/** What the generator found in one run. */
export interface GeneratorFigures {
  /** Rows a second, over the time between two answers of each lot. */
  readonly reached: number
  /** Rows and requests that were answered in the measured time. */
  readonly rows: number
  readonly requests: number
  readonly p50Ms: number
  readonly p95Ms: number
  readonly p99Ms: number
  /** Answers other than 200, by status; 0: none came. */
  readonly refused: Readonly<Record<string, number>>
  readonly seconds: number
  readonly processorMs: number
  /** Rows that the door has acknowledged since the run began. */
  readonly taken: number
}

export interface BenchRow {
  readonly lots: number
  readonly way: BenchWay
  readonly wanted: number
  readonly reached: number
  readonly rowsOfRequest: number
  readonly p50Ms: number
  readonly p95Ms: number
  readonly p99Ms: number
  /** Processor time for a row, ms; null: that server is not on this machine. */
  readonly doorMs: number
  readonly postgresMs: number | null
  readonly generatorMs: number
  /** Rows that were acknowledged, and those that the database has. */
  readonly taken: number
  readonly kept: number
  readonly refused: Readonly<Record<string, number>>
  /** Why it is red; empty: it is green. */
  readonly red: readonly ('rate' | 'answer' | 'refused' | 'rows')[]
}

interface Measured {
  readonly lots: number
  readonly way: BenchWay
  readonly generator: GeneratorFigures
  readonly doorMs: number
  readonly postgresMs: number | null
  readonly kept: number
}

export function rowOf({ lots, way, generator, doorMs, postgresMs, kept }: Measured): BenchRow {
  const { rows, requests, reached, p50Ms, p95Ms, p99Ms, taken, refused, processorMs } = generator
  const wanted = wantedOf(lots)
  const ofRow = (ms: number): number => (rows === 0 ? 0 : ms / rows)
  const found = {
    rate: reached <= wanted,
    answer: p95Ms > answerMsMax,
    refused: Object.keys(refused).length > 0,
    rows: kept !== taken,
  }
  return {
    lots,
    way,
    wanted,
    reached,
    rowsOfRequest: requests === 0 ? 0 : rows / requests,
    p50Ms,
    p95Ms,
    p99Ms,
    doorMs: ofRow(doorMs),
    postgresMs: postgresMs === null ? null : ofRow(postgresMs),
    generatorMs: ofRow(processorMs),
    taken,
    kept,
    refused,
    red: (['rate', 'answer', 'refused', 'rows'] as const).filter((why) => found[why]),
  }
}

/** Lots of this product send batches: singly is told, and judged beside them. */
export const isMet = (rows: readonly BenchRow[]): boolean =>
  rows.every(({ way, red }) => way === 'singly' || red.length === 0)

const shown = (value: number, digits = 0): string => value.toFixed(digits)

/** A line of the table that a person reads; widths as in its head. */
export function lineOf(row: BenchRow): string {
  const { lots, way, wanted, reached, rowsOfRequest, p50Ms, p95Ms, p99Ms, postgresMs, red } = row
  const cells = [
    String(lots),
    way,
    `> ${shown(wanted)}`,
    shown(reached),
    shown(rowsOfRequest, 1),
    `${shown(p50Ms)}/${shown(p95Ms)}/${shown(p99Ms)}`,
    shown(row.doorMs, 3),
    postgresMs === null ? '-' : shown(postgresMs, 3),
    shown(row.generatorMs, 3),
    `${row.kept}/${row.taken}`,
    red.length === 0 ? 'green' : `RED ${red.join(' ')}`,
  ]
  return cells.map((cell, at) => cell.padStart(widths[at] ?? 0)).join('  ')
}

const heads = [
  ['lots', 5],
  ['way', 8],
  ['L.1 /s', 7],
  ['reached', 8],
  ['rows/req', 8],
  ['ms 50/95/99', 14],
  ['door', 7],
  ['postgres', 8],
  ['generator', 9],
  ['kept/taken', 13],
  ['', 0],
] as const
const widths = heads.map(([, width]) => width)
export const headLine = heads.map(([head, width]) => head.padStart(width)).join('  ')
