// Every report over random days equals the accounts of those days to the fen: takings by means, returned codes, refunds,
// cars. Real ledgers; the accounts come from the reader and money/pure/billing/day-codes, which share no code with the reports.
import { afterAll, describe, expect, it } from 'vitest'
import { openLedger } from '#ledger/sqlite/ledger.ts'
import { openLedgerReader, type OpenedReader } from '#ledger/sqlite/ledger-reader.ts'
import { makeReport, type ReportSource } from '#money/desk/report/make-report.ts'
import { goneBack } from '#base/desk/handlers/day-drawer.ts'
import { reportSheet } from '#money/desk/report/report-sheet.ts'
import { codesBack, dayCodes } from '#money/pure/billing/day-codes.ts'
import { givenByEnds } from '#money/pure/billing/given-back.ts'
import type { Report } from '#money/pure/billing/report.ts'
import { givenFen, takenFen, type ReportPart } from '#money/pure/billing/report-part.ts'
import { tallyOf } from '#money/pure/billing/day-items.ts'
import { backMeans } from '#base/pure/values/refund-means.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { reportKinds, type ReportKind } from '#base/pure/values/report-kinds.ts'
import { isTestOrder } from '#base/pure/values/test-order.ts'
import { dayMs, dayStartMs, isoOf } from '#base/pure/values/instant.ts'
import {
  newFolder,
  optionsFor,
  removeFolders,
  startMs,
  testCrypto,
} from '../../../ledger/sqlite/ledger-kit.ts'
import { randomDays } from './random-days.ts'

const days = 4
const fromMs = dayStartMs(startMs)
const dayText = (n: number): string => isoOf(fromMs + n * dayMs).slice(0, 10)
afterAll(removeFolders)

/** Cash between count n-1 and count n, by row order, whatever the times of the rows are. */
function cashBetween(reader: OpenedReader, n: number) {
  const all = [...reader.rows()].filter(({ orderId }) => !isTestOrder(orderId))
  const counts = all.flatMap(({ kind, seq, body }) =>
    kind === 'book' && body.row === 'counted' ? [seq] : [],
  )
  const own = all.filter(({ seq }) => seq > (counts[n - 1] ?? 0) && seq <= (counts[n] ?? 0))
  const sum = (of: (row: LedgerRow) => number): number => own.reduce((fen, row) => fen + of(row), 0)
  const refundFen = (refundId: string): number =>
    all.find(({ kind, body }) => kind === 'refund' && body.refundId === refundId)?.amountFen ?? 0
  return {
    takenFen: sum(({ kind, amountFen = 0, body }) =>
      kind === 'payment' && body.means === 'cash' ? amountFen : 0,
    ),
    backFen: sum(({ kind, body }) => {
      if (kind === 'refundState' && body.state === 'success' && body.means === 'cash')
        return refundFen(body.refundId)
      return kind === 'book' && body.row === 'end' && body.refundMeans === 'cash'
        ? (body.refundFen ?? 0)
        : 0
    }),
  }
}

async function ofDays<T>(
  seed: number,
  ask: (source: ReportSource, reader: OpenedReader) => Promise<T>,
): Promise<T> {
  const dir = newFolder()
  const { nodeId, chainKey } = optionsFor(dir)
  const { ledger } = openLedger(optionsFor(dir, { durability: 'simulated' }))
  ledger.append(randomDays(seed, fromMs, days))
  ledger.close()
  const reader = openLedgerReader({ dir, nodeId, chainKey, crypto: testCrypto })
  const source: ReportSource = {
    lot: { name: { zh: '示例', en: 'Example' }, lanes: [] },
    hasGateway: true,
    nowMs: () => fromMs + 9 * dayMs,
    head: () => reader.head(),
    tariffsMs: () => [fromMs + dayMs],
    dayTally: (sinceMs) => Promise.resolve(reader.dayTally(sinceMs)),
    reportPart: (request) => Promise.resolve(reader.reportPart(request)),
  }
  try {
    return await ask(source, reader)
  } finally {
    reader.close()
  }
}

async function made(source: ReportSource, kind: ReportKind, [from, to]: readonly [number, number]) {
  const request = { kind, from: dayText(from), to: dayText(to) }
  const report = await makeReport(source, request, { goesOn: () => true })
  if (report === null) throw new Error('stopped')
  return report
}

const byMeans = ({ takings }: ReportPart) => {
  const sums = new Map<string, { count: number; amountFen: number }>()
  for (const { means, count, amountFen } of takings) {
    const before = sums.get(means) ?? { count: 0, amountFen: 0 }
    sums.set(means, { count: before.count + count, amountFen: before.amountFen + amountFen })
  }
  return sums
}
interface Step {
  readonly state: string
  readonly of: string
  readonly means: string | null
  readonly count: number
  readonly amountFen: number
}

const summed = (steps: readonly Step[]): readonly Step[] => {
  const sums = new Map<string, Step>()
  for (const one of steps) {
    const key = `${one.state} ${one.of} ${one.means}`
    const { count = 0, amountFen = 0 } = sums.get(key) ?? {}
    const [n, fen] = [count + one.count, amountFen + one.amountFen]
    const { state, of, means } = one
    sums.set(key, { state, of, means, count: n, amountFen: fen })
  }
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one)
}

/** The latest step of each refund within the span, as the records page shows it; pending code refunds are left out. */
function steppedIn(reader: OpenedReader, span: { fromMs: number; toMs: number }) {
  const { rows } = reader.query('refund', { limit: 1_000 })
  return rows.flatMap((row): Step[] => {
    if (!('refundId' in row) || isTestOrder(row.orderId ?? undefined)) return []
    const { state, means, backMeans, amountFen } = row
    if (means === 'qr' && state !== 'success') return []
    const atMs = Date.parse(row.stateAtIso ?? row.askedAtIso)
    if (atMs < span.fromMs || atMs >= span.toMs) return []
    return [{ state, of: means ?? '', means: backMeans, count: 1, amountFen }]
  })
}

/** What the drawer and the day count as returned, by means: refunds by hand, items closed by a refund, code refunds. */
function daysBack(reader: OpenedReader, span: { fromMs: number; toMs: number }) {
  const { pays, given, books } = reader.dayTally(span.fromMs)
  const all = [...given, ...givenByEnds(tallyOf(books).items.values())]
  return goneBack(codesBack(pays, span), all, span).back
}
const pricedFen = ({ priced }: ReportPart): number =>
  priced.reduce((sum, { amountFen }) => sum + amountFen, 0)

/** Recounts the written drafts by stay and by command; test orders are left out. */
function independent(seed: number, n: number) {
  const all = randomDays(seed, fromMs, days)
  const drafts = all.filter(({ orderId }) => !/-T\d/.test(orderId ?? ''))
  const isToday = (atMs: number): boolean => Math.floor((atMs - fromMs) / dayMs) === n
  const left = new Map<string, { count: number; amountFen: number }>()
  const opened = new Set<string>()
  const failed = new Set(
    drafts.flatMap((one) =>
      one.kind === 'audit' && one.body.result === 'failed' ? [one.body.commandId] : [],
    ),
  )
  for (const draft of drafts) {
    if (draft.kind === 'audit' && draft.body.result === 'commanded' && isToday(draft.atMs))
      opened.add(draft.body.commandId)
    if (draft.kind !== 'stayClosed' || !isToday(draft.atMs)) continue
    const of = drafts.filter(({ stayId }) => stayId === draft.stayId)
    const means = of.flatMap((one) => (one.kind === 'payment' ? [one.body.means] : []))
    const isFree = means.length > 0 && means.every((one) => one === 'free')
    const word = draft.body.end === 'other' && isFree ? 'waived' : draft.body.end
    const dueFen = of.find(({ kind }) => kind === 'orderMade')?.amountFen ?? 0
    const { count, amountFen } = left.get(word) ?? { count: 0, amountFen: 0 }
    left.set(word, { count: count + 1, amountFen: amountFen + dueFen })
  }
  const rose = [...opened].filter((commandId) => !failed.has(commandId)).length
  const over = new Set(all.flatMap((one) => (one.kind === 'stayClosed' ? [one.stayId] : [])))
  const joined = new Set(
    all.flatMap((one) => (one.kind === 'audit' ? one.body.act.split(' ').slice(2) : [])),
  )
  const alone = (noEntry: boolean) => {
    const stays = all.flatMap((one) =>
      one.kind === 'stayOpened' && one.body.noEntry === noEntry && isToday(one.atMs)
        ? [one.stayId]
        : [],
    )
    const ids = stays.filter((id) => over.has(id) === noEntry && !(noEntry && joined.has(id ?? '')))
    const paid = drafts.filter(({ kind, stayId }) => kind === 'payment' && ids.includes(stayId))
    return {
      count: ids.length,
      amountFen: paid.reduce((fen, one) => fen + (one.amountFen ?? 0), 0),
    }
  }
  const unpaired = { entriesWithoutExit: alone(false), exitsWithoutEntry: alone(true) }
  return { unpaired, left, opened: rose, failed: opened.size - rose }
}

describe.each([1, 2, 3, 4, 5, 6])('random days %i', (seed) => {
  it('each day says what its books say, to the fen', async () => {
    await ofDays(seed, async (source, reader) => {
      for (let n = 0; n < days; n++) {
        const span = { fromMs: fromMs + n * dayMs, toMs: fromMs + (n + 1) * dayMs }
        const { total } = await made(source, 'day', [n, n])
        const sums = reader.sums(span)
        const { pays } = reader.dayTally(span.fromMs)
        expect(byMeans(total)).toEqual(
          new Map(sums.payments.map(({ word, count, amountFen }) => [word, { count, amountFen }])),
        )
        const ofRows = total.refunds.filter(({ of }) => of !== 'difference')
        expect(summed(ofRows)).toEqual(summed(steppedIn(reader, span)))
        const back = daysBack(reader, span)
        for (const means of backMeans) {
          const list = total.refunds.filter((one) => one.means === means)
          const day = back.find((one) => one.means === means) ?? { means, count: 0, amountFen: 0 }
          expect(list.reduce((sum, { count }) => sum + count, 0)).toBe(day.count)
          expect(givenFen(total, (one) => one.means === means)).toBe(day.amountFen)
        }
        const hours = reader.hoursOfDay(span.fromMs)
        expect(total.entered).toBe(hours.reduce((cars, { entered }) => cars + entered, 0))
        const own = independent(seed, n)
        expect(total.unpaired).toEqual(own.unpaired)
        expect(
          new Map(total.left.map(({ word, count, amountFen }) => [word, { count, amountFen }])),
        ).toEqual(own.left)
        expect(total.lines.filter(({ word }) => word === 'lane.open')).toHaveLength(own.opened)
        const notRisen = total.lines.filter(({ word }) => word === 'lane.open.failed')
        expect(notRisen).toHaveLength(own.failed)
        const codesFen = dayCodes(pays, span)
          .filter(({ isOfDay }) => isOfDay)
          .reduce((sum, { paidFen }) => sum + paidFen, 0)
        // Every code payment is part of the takings; test orders contain none.
        expect(codesFen).toBeGreaterThanOrEqual(takenFen(total, ({ means }) => means === 'qr'))
        expect(pricedFen(total)).toBe(takenFen(total))
      }
    })
  })

  it('every kind over all days adds up to the days, in any cut', async () => {
    await ofDays(seed, async (source) => {
      const alone: Report[] = []
      for (let n = 0; n < days; n++) alone.push(await made(source, 'day', [n, n]))
      const sum = (of: (part: ReportPart) => number): number =>
        alone.reduce((total, { total: part }) => total + of(part), 0)
      for (const kind of reportKinds.filter((one) => one !== 'shift')) {
        const { total, units } = await made(source, kind, [0, days - 1])
        expect(units).toHaveLength(days)
        expect(takenFen(total)).toBe(sum(takenFen))
        expect(pricedFen(total)).toBe(sum(pricedFen))
        for (const word of ['entriesWithoutExit', 'exitsWithoutEntry'] as const)
          for (const figure of ['count', 'amountFen'] as const)
            expect(total.unpaired[word][figure]).toBe(sum(({ unpaired }) => unpaired[word][figure]))
        expect(givenFen(total)).toBe(sum(givenFen))
        expect(total.uncountedFen).toBe(sum((part) => part.uncountedFen))
        expect(total.lines).toHaveLength(sum(({ lines }) => lines.length))
      }
    })
  })

  it('each line of a drawer adds up, with the cash that the drawer gave back', async () => {
    await ofDays(seed, async (source, reader) => {
      const report = await made(source, 'shift', [0, days - 1])
      const [drawer] = reportSheet(report, source.lot, 'zh').tables
      const tally = tallyOf(reader.dayTally(fromMs).books)
      expect(drawer?.rows).toHaveLength(tally.shifts.length)
      for (const [n, row] of (drawer?.rows ?? []).entries()) {
        const [fromAt, toAt, , ...fen] = row.map(Number)
        const [before = 0, taken = 0, back = 0, should, counted = 0, off, out = 0, left] = fen
        expect([fromAt, toAt]).toEqual([tally.shifts[n]?.fromMs, tally.shifts[n]?.toMs])
        const own = cashBetween(reader, n)
        expect([taken, back]).toEqual([own.takenFen, own.backFen])
        expect([should, off]).toEqual([before + taken - back, counted - before - taken + back])
        expect([before, counted, left]).toEqual([
          tally.shifts[n]?.beforeFen,
          tally.shifts[n]?.countedFen,
          counted - out,
        ])
      }
    })
  })

  it('what no counted shift holds is the cash that a day calls uncounted', async () => {
    await ofDays(seed, async (source, reader) => {
      const { total } = await made(source, 'day', [0, days - 1])
      const { shifts } = tallyOf(reader.dayTally(fromMs).books)
      const counted = shifts.reduce((sum, _shift, n) => sum + cashBetween(reader, n).takenFen, 0)
      expect(total.uncountedFen + counted).toBe(takenFen(total, ({ means }) => means === 'cash'))
      const { units } = await made(source, 'shift', [0, days - 1])
      expect(units).toHaveLength(shifts.length)
      const shiftsFen = units.reduce(
        (sum, { part }) => sum + takenFen(part, ({ means }) => means === 'cash'),
        0,
      )
      expect(shiftsFen).toBe(counted)
    })
  })
})

it('a tariff is told by its version: from when it was in force', async () => {
  await ofDays(7, async (source) => {
    const { total } = await made(source, 'tariff', [0, days - 1])
    const since = new Set(
      total.priced.filter(({ tariffId }) => tariffId !== '').map((p) => p.sinceMs),
    )
    expect(since).toEqual(new Set([null, fromMs + dayMs]))
  })
})
