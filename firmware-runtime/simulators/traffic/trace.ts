// Occupancy traces (CSV of `timestamp,free`) and their crossings.
// Rule of contract.md section 4: free falling by n is n entries, rising by n is n exits.
import { LaneFault } from '#base/pure/faults/faults.ts'
import { dayMs, parseIso, type InstantMs } from '#base/pure/values/instant.ts'
import { seededRandom } from '../shell/random.ts'

export interface TraceRow {
  readonly atMs: InstantMs
  /** Free spaces; negative when more cars than spaces are inside, which real counters report. */
  readonly free: number
}

interface TraceWindow {
  /** Default: the first row's time. */
  readonly fromMs?: InstantMs | undefined
  /** Default: the last row's time. Crossings are before it. */
  readonly toMs?: InstantMs | undefined
  /** Days of 24 h from the start; the earlier of this and `toMs` ends the window. */
  readonly days?: number | undefined
  /** Default: the largest `free` of the whole trace. */
  readonly capacity?: number | undefined
}

export interface TraceTraffic {
  readonly fromMs: InstantMs
  readonly toMs: InstantMs
  readonly capacity: number
  readonly insideStart: number
  readonly entries: number
  readonly exits: number
  /** Ordered by time. Every call starts again and gives the same. */
  crossings(seed: number): Iterable<Crossing>
}

const header = 'timestamp,free'
/** The archive samples every five minutes and writes a row when the count changed. */
const samplingMs = 300_000
const rowsMax = 2_000_000
const freeMax = 100_000
const shownCharsMax = 80

/** Rows of a trace. Throws LaneFault TRACE-01 naming file, row and value. */
export function readTrace(source: Uint8Array | string, file: string): TraceRow[] {
  const text = typeof source === 'string' ? source : decodeUtf8(source, file)
  const refuse = (row: number, column: string, value: string, note: string): LaneFault =>
    new LaneFault('TRACE-01', {
      file,
      field: `/${row}${column === '' ? '' : `/${column}`}`,
      value: value.slice(0, shownCharsMax),
      note: `row ${row}: ${note}`,
    })
  if (text.startsWith('\ufeff')) throw refuse(1, '', 'BOM', 'save as UTF-8 without BOM')
  const lines = text.split(/\r?\n/)
  if (lines.at(-1) === '') lines.pop()
  if (lines[0] !== header) throw refuse(1, '', lines[0] ?? '', `the header is ${header}`)
  if (lines.length - 1 > rowsMax) throw refuse(rowsMax + 2, '', '', `more than ${rowsMax} rows`)
  const rows: TraceRow[] = []
  for (let i = 1; i < lines.length; i++) {
    const line = lines[i] ?? ''
    const cells = line.split(',')
    const [time = '', count = ''] = cells
    if (cells.length !== 2) throw refuse(i + 1, '', line, 'two cells are due')
    const atMs = parseIso(time)
    if (atMs === null) throw refuse(i + 1, 'timestamp', time, 'not a time with offset')
    if (atMs <= (rows.at(-1)?.atMs ?? -Infinity)) {
      throw refuse(i + 1, 'timestamp', time, 'not after the row before')
    }
    if (!/^-?(0|[1-9]\d{0,6})$/.test(count))
      throw refuse(i + 1, 'free', count, 'not a whole number')
    const free = Number(count)
    if (Math.abs(free) > freeMax) throw refuse(i + 1, 'free', count, `beyond ${freeMax}`)
    rows.push({ atMs, free: free === 0 ? 0 : free })
  }
  if (rows.length === 0) throw refuse(2, '', '', 'no row at all')
  return rows
}

function decodeUtf8(bytes: Uint8Array, file: string): string {
  const [a, b] = bytes
  const wide = (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)
  try {
    if (wide) throw new TypeError('UTF-16')
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause
    const value = wide ? 'UTF-16' : 'not UTF-8'
    throw new LaneFault('TRACE-01', { file, field: '/1', value, note: 'save the file as UTF-8' })
  }
}

/** The part of a trace inside a window, as numbers of crossings. */
export function traceTraffic(rows: readonly TraceRow[], window: TraceWindow = {}): TraceTraffic {
  const first = rows[0]
  const last = rows.at(-1)
  if (first === undefined || last === undefined)
    throw new RangeError('a trace has at least one row')
  const fromMs = window.fromMs ?? first.atMs
  const untilMs = window.days === undefined ? Infinity : fromMs + window.days * dayMs
  const toMs = Math.max(fromMs, Math.min(window.toMs ?? last.atMs, untilMs))
  const capacity = window.capacity ?? rows.reduce((max, r) => Math.max(max, r.free), 0)
  const before = rows.findLast((r) => r.atMs <= fromMs) ?? first
  const inside = rows.filter((r) => r.atMs > fromMs && r.atMs <= toMs && r !== before)
  const steps = stepsOf(before, inside, fromMs)
  const sum = (kind: Crossing['kind']): number =>
    steps.reduce((n, s) => n + (s.kind === kind ? s.count : 0), 0)
  return {
    fromMs,
    toMs,
    capacity,
    insideStart: Math.max(0, capacity - before.free),
    entries: sum('entry'),
    exits: sum('exit'),
    crossings: (seed) => spread(steps, seed),
  }
}

interface Step {
  readonly kind: Crossing['kind']
  readonly count: number
  readonly fromMs: InstantMs
  readonly toMs: InstantMs
}

/** A change at a sample happened since the last sample, not since the last change. */
function stepsOf(before: TraceRow, rows: readonly TraceRow[], fromMs: InstantMs): Step[] {
  const steps: Step[] = []
  let previous = before
  for (const row of rows) {
    const change = row.free - previous.free
    const startMs = Math.max(previous.atMs, fromMs, row.atMs - samplingMs)
    if (change !== 0) {
      const kind = change < 0 ? 'entry' : 'exit'
      steps.push({ kind, count: Math.abs(change), fromMs: startMs, toMs: row.atMs })
    }
    previous = row
  }
  return steps
}

/** n crossings: one in each n-th of the interval, at a seeded place in it. Sorted by construction. */
function* spread(steps: readonly Step[], seed: number): Generator<Crossing> {
  const random = seededRandom(seed)
  for (const { kind, count, fromMs, toMs } of steps) {
    const partMs = (toMs - fromMs) / count
    for (let i = 0; i < count; i++) {
      yield { kind, atMs: Math.floor(fromMs + (i + random()) * partMs) }
    }
  }
}

export interface Crossing {
  readonly kind: 'entry' | 'exit'
  readonly atMs: InstantMs
}
