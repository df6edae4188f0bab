// Reading occupancy traces: the totals of the real ones, the counting rule by rows, and broken files.
// A broken file is refused naming row, column and value; a wild count is real input and is taken.
import { expect, test } from 'vitest'
import { instantOfIso } from '#base/pure/values/instant.ts'
import { readTrace, traceTraffic } from '#simulators/traffic/trace.ts'
import type { Crossing } from '#simulators/traffic/trace.ts'
import { hasSharedTraces, sharedRows, sharedTraces } from './shared-traces.ts'
import { faultOf } from '../../../kit/refusals.ts'

const minuteMs = 60_000
const startMs = instantOfIso('2025-04-01T00:00:00Z')

const csv = (...rows: [string, number][]): string =>
  `timestamp,free\n${rows.map(([t, free]) => `2025-04-01T${t}+00:00,${free}\n`).join('')}`

const countOf = (crossings: Iterable<Crossing>, kind: Crossing['kind']): number =>
  [...crossings].filter((c) => c.kind === kind).length

test.skipIf(!hasSharedTraces).each(sharedTraces)('$file counts as the contract says', (t) => {
  const traffic = traceTraffic(sharedRows(t.file))
  expect(traffic).toMatchObject({
    entries: t.entries,
    exits: t.exits,
    capacity: t.capacity,
    insideStart: t.insideStart,
  })
  const crossings = [...traffic.crossings(1)]
  expect(countOf(crossings, 'entry')).toBe(t.entries)
  expect(countOf(crossings, 'exit')).toBe(t.exits)
})

test('falling is entries, rising is exits, and a recount jump is traffic', () => {
  const rows = readTrace(
    csv(['00:00:00', 10], ['00:05:00', 7], ['00:10:00', 9], ['08:00:00', 800]),
    'f',
  )
  expect(traceTraffic(rows)).toMatchObject({
    entries: 3,
    exits: 2 + 791,
    capacity: 800,
    insideStart: 790,
  })
  expect(traceTraffic(rows, { capacity: 8 }).insideStart).toBe(0)
})

test('negative counts are taken: more cars than spaces', () => {
  const rows = readTrace(csv(['00:00:00', 2], ['00:05:00', -14], ['00:10:00', 0]), 'f')
  expect(traceTraffic(rows)).toMatchObject({ entries: 16, exits: 14, insideStart: 0 })
})

test('crossings lie within the five minutes before the sample, sorted, one in each part', () => {
  const rows = readTrace(csv(['00:00:00', 50], ['04:00:00', 40], ['04:02:00', 45]), 'f')
  const crossings = [...traceTraffic(rows).crossings(7)]
  const minutes = crossings.map((c) => (c.atMs - startMs) / minuteMs)
  expect(minutes).toEqual(minutes.toSorted((a, b) => a - b))
  for (let i = 0; i < 10; i++) {
    expect(minutes[i]).toBeGreaterThanOrEqual(235 + i / 2)
    expect(minutes[i]).toBeLessThan(235 + (i + 1) / 2)
  }
  expect(minutes[10]).toBeGreaterThanOrEqual(240)
  expect(minutes[14]).toBeLessThan(242)
  expect(crossings.every((c) => Number.isSafeInteger(c.atMs))).toBe(true)
})

test('768 exits of one sample stay inside it and in order', () => {
  const rows = readTrace(csv(['00:00:00', 0], ['00:05:00', 768]), 'f')
  const times = [...traceTraffic(rows).crossings(3)].map((c) => c.atMs)
  expect(times).toHaveLength(768)
  expect(Math.max(...times)).toBeLessThan(startMs + 5 * minuteMs)
})

test('a window counts what lies inside it and starts with who was inside then', () => {
  const rows = readTrace(
    csv(['00:00:00', 10], ['06:00:00', 6], ['12:00:00', 9], ['18:00:00', 4]),
    'f',
  )
  const sixMs = startMs + 360 * minuteMs
  const window = { fromMs: sixMs, toMs: sixMs + 360 * minuteMs }
  expect(traceTraffic(rows, window)).toMatchObject({ entries: 0, exits: 3, insideStart: 4 })
  expect(traceTraffic(rows, { days: 0.5 })).toMatchObject({ entries: 4, exits: 3 })
  expect(traceTraffic(rows, { days: 400 })).toMatchObject({ entries: 9, exits: 3 })
  expect(traceTraffic(rows, { fromMs: sixMs + 1, days: 400 }).entries).toBe(5)
  expect(traceTraffic(rows, { toMs: startMs - 5 })).toMatchObject({ entries: 0, exits: 0 })
})

test.skipIf(!hasSharedTraces)('days cut apart add up to the whole trace', () => {
  const rows = sharedRows(sharedTraces[0].file)
  const dayMs = 86_400_000
  const parts = Array.from({ length: 92 }, (_, i) =>
    traceTraffic(rows, { fromMs: (rows[0]?.atMs ?? 0) + i * dayMs, days: 1 }),
  )
  expect(parts.reduce((n, p) => n + p.entries, 0)).toBe(16_021)
  expect(parts.reduce((n, p) => n + p.exits, 0)).toBe(16_021)
})

const row = '2025-04-01T00:00:02+00:00,95\n'
const bad: [string, string, string, string][] = [
  ['empty file', '', '/1', ''],
  ['another header', `time,free\n${row}`, '/1', 'time,free'],
  ['BOM', `\ufefftimestamp,free\n${row}`, '/1', 'BOM'],
  ['header only', 'timestamp,free\n', '/2', ''],
  ['a cell missing', `timestamp,free\n${row}2025-04-01T01:00:00Z\n`, '/3', '2025-04-01T01:00:00Z'],
  [
    'a cell too many',
    `timestamp,free\n2025-04-01T01:00:00Z,1,2\n`,
    '/2',
    '2025-04-01T01:00:00Z,1,2',
  ],
  ['a blank line inside', `timestamp,free\n\n${row}`, '/2', ''],
  ['no zone', 'timestamp,free\n2025-04-01T01:00:00,5\n', '/2/timestamp', '2025-04-01T01:00:00'],
  [
    '30 February',
    'timestamp,free\n2025-02-30T01:00:00Z,5\n',
    '/2/timestamp',
    '2025-02-30T01:00:00Z',
  ],
  [
    'time stands still',
    `timestamp,free\n${row}${row}`,
    '/3/timestamp',
    '2025-04-01T00:00:02+00:00',
  ],
  [
    'time runs back',
    `timestamp,free\n${row}2025-03-31T00:00:02+00:00,5\n`,
    '/3/timestamp',
    '2025-03-31T00:00:02+00:00',
  ],
  ['a fraction', 'timestamp,free\n2025-04-01T01:00:00Z,5.5\n', '/2/free', '5.5'],
  ['1e3', 'timestamp,free\n2025-04-01T01:00:00Z,1e3\n', '/2/free', '1e3'],
  ['0x10', 'timestamp,free\n2025-04-01T01:00:00Z,0x10\n', '/2/free', '0x10'],
  ['blanks', 'timestamp,free\n2025-04-01T01:00:00Z, 12 \n', '/2/free', ' 12 '],
  ['nothing', 'timestamp,free\n2025-04-01T01:00:00Z,\n', '/2/free', ''],
  ['absurd', 'timestamp,free\n2025-04-01T01:00:00Z,9999999\n', '/2/free', '9999999'],
  ['leading zero', 'timestamp,free\n2025-04-01T01:00:00Z,012\n', '/2/free', '012'],
]

const refusalOf = (source: string | Uint8Array) => faultOf(() => readTrace(source, 'trace.csv'))

test.each(bad)('refuses %s', (_name, text, field, value) => {
  const fault = refusalOf(text)
  expect(fault.code).toBe('TRACE-01')
  expect(fault.detail).toMatchObject({ file: 'trace.csv', field, value })
})

test('refuses other encodings by name', () => {
  expect(refusalOf(Uint8Array.from([0xff, 0xfe, 0x74, 0])).detail.value).toBe('UTF-16')
  expect(refusalOf(Uint8Array.from([0xb2, 0xe2])).detail.value).toBe('not UTF-8')
})

test('takes both line ends and a file without a last one', () => {
  const unix = csv(['00:00:00', 10], ['06:00:00', 6])
  const rows = readTrace(unix, 'f')
  expect(readTrace(unix.replaceAll('\n', '\r\n'), 'f')).toEqual(rows)
  expect(readTrace(unix.trimEnd(), 'f')).toEqual(rows)
})
