// Three days without an attendant, with misread plates: what replay, day and reports say of entries and exits that stand alone
// is what the simulated cars did and paid. Cars are counted as they drive; the books of gateway and platform have the fixed
// price of a car without an entry, which no stay costs.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openLedgerReader, type OpenedReader } from '#ledger/sqlite/ledger-reader.ts'
import { demoTariff } from '#money/tariff/demo-tariff.ts'
import { makeReport, type ReportSource } from '#money/desk/report/make-report.ts'
import { words } from '#money/desk/report/report-words.ts'
import { reportSheet } from '#money/desk/report/report-sheet.ts'
import { dayMs, instantOf, isoOf } from '#base/pure/values/instant.ts'
import { present } from '#base/pure/values/must.ts'
import type { ReportKind } from '#base/pure/values/report-kinds.ts'
import { simulate } from '#harness/lot/replay-sim.ts'
import type { SimLot } from '#harness/lot/sim-lot.ts'
import { runOf } from '#harness/sim.ts'
import { simulatedKeys } from '#lane/folder/simulated-keys.ts'
import { folderOfFile } from '../../../kit/own-folder.ts'

const dir = folderOfFile('etc-lane-unpaired-')
const days = 3
const fromMs = instantOf(2026, 3, 2)
const nodeId = 'n1'
/** No sum of the other prices. */
const flatFen = 1_501
const { editions, ...rest } = demoTariff
const tariff = { ...rest, editions: editions.map((one) => ({ ...one, noEntryFen: flatFen })) }

/** Counted outside the lot. */
const seen = { inside: 0, entered: 0, left: 0, flat: 0, misread: 0 }

/** Payments of exactly the fixed price in the books of others. */
function paidFlat(lot: SimLot): number {
  const trades = [...(lot.options.payer?.gateway.model.state.trades.values() ?? [])]
  const records = [...(lot.platform.state.acts.get('exit-records')?.values() ?? [])]
  return [
    ...trades.map(({ paidFen, refundedFen }) => paidFen - refundedFen),
    ...records.map(({ row }) => Number(row.shown?.['realFee'])),
  ].filter((fen) => fen === flatFen).length
}

beforeAll(() => {
  const { roads: _, ...run } = runOf({ seed: 3, lots: 1, lanes: 2, days, faults: 'none' }, 0, dir)
  simulate({ ...run, layout: '7.1.1', nodeId, tariff, unattended: true }, (lot, outcome) => {
    expect(outcome.report.violations).toEqual([])
    const { misreadIn, misreadOut } = outcome.plates
    seen.misread = misreadIn + misreadOut
    seen.entered = run.traffic.insideStart.length + outcome.entries
    seen.left = outcome.exits
    seen.inside = seen.entered - seen.left
    seen.flat = paidFlat(lot)
  })
})

let reader: OpenedReader
beforeAll(() => {
  reader = openLedgerReader({ ...simulatedKeys, dir, nodeId })
})
afterAll(() => reader.close())

const dayOf = (n: number): string => isoOf(fromMs + n * dayMs).slice(0, 10)
/** `from`, `to`: days; some cars were inside before the first one. */
async function reported(kind: ReportKind, from: number, to: number) {
  const source: ReportSource = {
    lot: { name: { zh: '示例', en: 'Example' }, lanes: [] },
    hasGateway: false,
    nowMs: () => fromMs + (days + 1) * dayMs,
    head: () => reader.head(),
    tariffsMs: () => [],
    dayTally: (sinceMs) => Promise.resolve(reader.dayTally(sinceMs)),
    reportPart: (request) => Promise.resolve(reader.reportPart(request)),
  }
  const request = { kind, from: dayOf(from), to: dayOf(to) }
  const report = await makeReport(source, request, { goesOn: () => true })
  return {
    part: present(report, 'a report').total,
    sheet: reportSheet(present(report, ''), source.lot, 'en'),
  }
}
const flat = () => ({ count: seen.flat, amountFen: seen.flat * flatFen })

it('has what it is about: cars that the cameras misread, and whose exits found no entry', () => {
  expect(seen.misread).toBeGreaterThan(10)
  expect(seen.flat).toBeGreaterThan(5)
  expect(seen.entered).toBeGreaterThan(300)
})

it('a replay has each exit without an entry with its fixed price, and an entry for each that no car is behind', () => {
  const { entriesWithoutExit, exitsWithoutEntry } = reader.totals().unpaired
  expect(exitsWithoutEntry).toEqual(flat())
  expect(entriesWithoutExit).toEqual({ count: seen.inside + seen.flat, amountFen: 0 })
})

it.each(['day', 'month', 'tariff', 'means', 'exceptions'] as const)(
  'a report of all days by %s says the same, in its last table',
  async (kind) => {
    const { part, sheet } = await reported(kind, -10, days)
    const { name, rows } = present(sheet.tables.at(-1), 'a table')
    expect(name).toBe(words.unpaired.en)
    const alone = seen.inside + seen.flat
    expect(rows.map((row) => row.slice(1))).toEqual([
      [alone, 0],
      [seen.flat, seen.flat * flatFen],
    ])
    const left = part.left.reduce((cars, { count }) => cars + count, 0)
    expect([part.entered, left]).toEqual([seen.entered, seen.left])
    expect(part.entered - alone).toBe(left - seen.flat)
  },
)

it('a shift over all rows says the same', () => {
  const rows = { afterSeq: 0, uptoSeq: reader.head().seq }
  const span = { fromMs: 0, toMs: 0, rows }
  const { unpaired, entered } = reader.reportPart({ span, tariffsMs: [], countedSeq: 0 })
  expect(unpaired).toEqual(reader.totals().unpaired)
  expect(entered).toBe(seen.entered)
})

it('the days add up to it, and no day has all of it', async () => {
  const each = []
  for (let n = -10; n <= days; n++) each.push((await reported('day', n, n)).part.unpaired)
  const counts = each.map(({ exitsWithoutEntry }) => exitsWithoutEntry.count)
  expect(counts.reduce((sum, n) => sum + n, 0)).toBe(seen.flat)
  expect(Math.max(...counts)).toBeLessThan(seen.flat)
  const entries = each.map(({ entriesWithoutExit }) => entriesWithoutExit.count)
  expect(entries.reduce((sum, n) => sum + n, 0)).toBe(seen.inside + seen.flat)
})
