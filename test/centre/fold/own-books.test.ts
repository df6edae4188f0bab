// The figures of a centre are those of the lots' own books: simulated lots of several layouts, with refunds, corrections,
// double payments, sold passes and first cars.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dayMs, isoOf } from '#base/pure/values/instant.ts'
import { present } from '#base/pure/values/must.ts'
import type { LedgerRow, RowDraft } from '#base/pure/rows/ledger-row.ts'
import type { SimLot } from '#harness/lot/sim-lot.ts'
import { testCentre, type TestCentre } from '../../kit/centre-database.ts'
import { folderOfFile } from '../../kit/own-folder.ts'
import { foldAll, keep, rowsOf, simulatedLot, type Choice, type FoldLot } from './fold-kit.ts'

const folder = folderOfFile('fold-books-')
const hourMs = 3_600_000

/** What people did at the end of the day: with refunds of each means, and payments that count nowhere. */
function peopleRows(lot: SimLot): readonly RowDraft[] {
  const payments = [...lot.opened.ledger.rows(0)].filter(
    (row): row is Extract<LedgerRow, { kind: 'payment' }> =>
      row.kind === 'payment' && row.stayId !== undefined,
  )
  const [first, second, third, fourth] = payments.map((row) => present(row, 'a payment'))
  const atMs = lot.runtime.nowMs() + 1
  const refs = ({ stayId = '', orderId = '' }: LedgerRow) => ({ stayId, orderId })
  const people = { reason: 'mistake', operator: 'li', approvedBy: 'wang', byPeople: true } as const
  const asked = (row: LedgerRow, refundId: string, amountFen: number): RowDraft => ({
    kind: 'refund',
    atMs,
    ...refs(row),
    amountFen,
    body: { refundId, ...people },
  })
  const step = (
    row: LedgerRow,
    refundId: string,
    body: Omit<Extract<RowDraft, { kind: 'refundState' }>['body'], 'refundId'>,
    laterMs = 0,
  ): RowDraft => ({
    kind: 'refundState',
    atMs: atMs + laterMs,
    stayId: row.stayId ?? '',
    body: { refundId, ...body },
  })
  const byCode = (row: LedgerRow, no: string, why: 'late' | 'person'): readonly RowDraft[] => {
    const names = { refundNo: no, attemptNo: `${no}-a` }
    const by = { requestedBy: null, approvedBy: null }
    const body = { row: 'refund', ...names, amountFen: 70, why, ...by } as const
    return [
      { kind: 'pay', atMs, ...refs(row), body },
      { kind: 'pay', atMs: atMs + 2 * hourMs, ...refs(row), body: { row: 'refundDone', ...names } },
    ]
  }
  const paid = (amountFen: number, means: 'cash' | 'qr', more: object): RowDraft => ({
    kind: 'payment',
    atMs,
    amountFen,
    ...more,
    body: { paymentId: `${means}${amountFen}`, means, by: 'li', reason: null },
  })
  if (first === undefined || second === undefined || third === undefined || fourth === undefined)
    throw new Error('four payments')
  const of1st = { orderId: 'n9-T7', stayId: first.stayId ?? '' }
  return [
    // Given back in cash, by a transfer, by the platform a day later, and refused first.
    asked(first, 'R-1', 100),
    step(first, 'R-1', { state: 'success', means: 'cash' }),
    asked(second, 'R-2', 200),
    step(second, 'R-2', { state: 'success', means: 'transfer' }, 1),
    asked(third, 'R-3', 300),
    step(third, 'R-3', { state: 'approved' }),
    step(third, 'R-3', { state: 'success' }, dayMs),
    asked(fourth, 'R-4', 400),
    step(fourth, 'R-4', { state: 'rejected' }),
    step(fourth, 'R-4', { state: 'success', means: 'issuer' }, hourMs),
    // Told twice, never carried out, by code.
    step(first, 'R-1', { state: 'success', means: 'cash' }, 5),
    asked(first, 'R-5', 500),
    ...byCode(second, 'C-1', 'person'),
    ...byCode(third, 'C-2', 'late'),
    // A double payment, a sold pass, a first car, a correction.
    paid(150, 'qr', refs(first)),
    paid(150, 'cash', refs(first)),
    paid(9_900, 'cash', {}),
    paid(1, 'qr', of1st),
    { ...asked(first, 'R-6', 1), ...of1st },
    step(first, 'R-6', { state: 'success' }),
    {
      kind: 'adjustment',
      atMs,
      amountFen: -700,
      body: { adjustmentId: 'J-1', refersToSeq: first.seq, by: 'li', reason: 'mistake' },
    },
  ]
}

const choices: readonly (Choice & { readonly lotId: string })[] = [
  { lotId: 'A1', layout: null, seed: 11, index: 0 },
  { lotId: 'B2', layout: '7.1.2', seed: 12, index: 4 },
  { lotId: 'C3', layout: '7.1.3', seed: 13, index: 1 },
  { lotId: 'D4', layout: '7.2.1', seed: 14, index: 3 },
  { lotId: 'E5', layout: '7.2.5', seed: 15, index: 6 },
]
let centre: TestCentre
const lots = new Map<string, FoldLot>()
const lotOf = (lotId: string): FoldLot => present(lots.get(lotId), lotId)
const dayOf = (atMs: number): string => isoOf(atMs).slice(0, 10)

beforeAll(async () => {
  centre = await testCentre()
  for (const { lotId, ...choice } of choices) {
    const lot = simulatedLot(folder, lotId, choice, peopleRows)
    lots.set(lotId, lot)
    await keep(centre, lot)
  }
  const rows = await foldAll(centre)
  expect(rows).toBe([...lots.values()].reduce((sum, { lines }) => sum + lines.length, 0))
})
afterAll(() => centre.remove())

interface Taken {
  readonly hour: number
  readonly means: string
  readonly n: number
  readonly fen: number
}
const takings = (lotId: string, what: string, day: string): Promise<readonly Taken[]> =>
  rowsOf<Taken>(
    centre,
    `SELECT hour, means, n::int AS n, fen::int AS fen FROM centre.taking
     WHERE lot_id = '${lotId}' AND what = '${what}' AND day = '${day}' ORDER BY hour, means`,
  )

describe.each(choices.map(({ lotId, layout }) => ({ lotId, layout })))(
  '$lotId, $layout',
  ({ lotId }) => {
    it('has the payments of each hour by means', async () => {
      const { days, reads } = lotOf(lotId)
      for (const fromMs of days) {
        const own = Array.from({ length: 24 }, (_, hour) => {
          const [from, to] = [fromMs + hour * hourMs, fromMs + (hour + 1) * hourMs]
          const { payments } = reads((reader) => reader.sums({ fromMs: from, toMs: to }))
          return payments
            .map(({ word: means, count: n, amountFen: fen }) => ({ hour, means, n, fen }))
            .toSorted((a, b) => (a.means < b.means ? -1 : 1))
        }).flat()
        expect(await takings(lotId, 'payment', dayOf(fromMs)), dayOf(fromMs)).toEqual(own)
      }
    })

    it('has the cars and the takings of each hour of a day', async () => {
      const { days, reads } = lotOf(lotId)
      let cars = 0
      for (const fromMs of days) {
        const own = reads((reader) => reader.hoursOfDay(fromMs))
        const found = await rowsOf<{
          hour: number
          entered: number
          left: number
          takenFen: number
        }>(
          centre,
          `SELECT h AS hour, coalesce(entered, 0)::int AS entered, coalesce(left_n, 0)::int AS left,
           (SELECT coalesce(sum(fen), 0)::int FROM centre.taking WHERE lot_id = '${lotId}'
             AND day = '${dayOf(fromMs)}' AND what = 'payment' AND hour = h) AS "takenFen"
         FROM generate_series(0, 23) h LEFT JOIN centre.flow f
           ON f.lot_id = '${lotId}' AND f.day = '${dayOf(fromMs)}' AND f.hour = h ORDER BY h`,
        )
        expect(found, dayOf(fromMs)).toEqual(own.map((one, hour) => ({ hour, ...one })))
        cars += own.reduce((sum, { entered, left }) => sum + entered + left, 0)
      }
      expect(cars).toBeGreaterThan(50)
    })

    it('has the refunds of each day by means', async () => {
      const { days, reads } = lotOf(lotId)
      const all = [...new Set([...days, ...days.map((one) => one + dayMs)])]
      const means = new Set<string>()
      for (const fromMs of all) {
        const span = { fromMs, toMs: fromMs + dayMs }
        const { refunds } = reads((reader) =>
          reader.reportPart({ span, tariffsMs: [], countedSeq: 0 }),
        )
        const own: Record<string, { n: number; fen: number }> = {}
        for (const { state, of, means: by, count, amountFen } of refunds) {
          if (state !== 'success' || of === 'difference' || by === null) continue
          const { n = 0, fen = 0 } = own[by] ?? {}
          own[by] = { n: n + count, fen: fen + amountFen }
          means.add(by)
        }
        const found: Record<string, { n: number; fen: number }> = {}
        for (const { means: by, n, fen } of await takings(lotId, 'refund', dayOf(fromMs))) {
          const before = found[by] ?? { n: 0, fen: 0 }
          found[by] = { n: before.n + n, fen: before.fen + fen }
        }
        expect(found, dayOf(fromMs)).toEqual(own)
      }
      expect([...means].toSorted()).toEqual(['cash', 'etc', 'qr', 'transfer'])
    })

    it('has its stays', async () => {
      const { reads } = lotOf(lotId)
      const { stays } = reads((reader) => reader.sums({}))
      const own = reads((reader) => reader.query('stay', { limit: 1_000 }).rows)
      const found = await rowsOf(
        centre,
        `SELECT stay_id AS "stayId", plate, colour, ended, no_entry AS "noEntry", exit_lane AS "exitLaneId",
         (extract(epoch FROM entered_at) * 1000)::float8 AS "enteredAtMs"
       FROM centre.stay WHERE lot_id = '${lotId}' ORDER BY stay_id COLLATE "C"`,
      )
      expect(own).toHaveLength(stays)
      expect(found).toEqual(
        own
          .map(({ stayId, plate, colour, end: ended, noEntry, exitLaneId, enteredAtIso }) => ({
            stayId,
            plate,
            colour,
            ended,
            noEntry,
            exitLaneId,
            enteredAtMs: Date.parse(enteredAtIso),
          }))
          .toSorted((a, b) => (a.stayId < b.stayId ? -1 : 1)),
      )
    })

    it('has the money of each stay', async () => {
      const rows = await rowsOf<{ n: number; wrong: number }>(
        centre,
        `SELECT count(*)::int AS n, count(*) FILTER (WHERE
         s.paid_fen <> (SELECT coalesce(sum(fen), 0) FROM centre.money m WHERE m.lot_id = s.lot_id
           AND m.node_id = s.node_id AND m.stay_id = s.stay_id AND what = 'payment')
         OR s.back_fen <> (SELECT coalesce(sum(fen), 0) FROM centre.money m WHERE m.lot_id = s.lot_id
           AND m.node_id = s.node_id AND m.stay_id = s.stay_id AND what = 'refund'))::int AS wrong
       FROM centre.stay s WHERE lot_id = '${lotId}' AND paid_fen > 0`,
      )
      expect(rows[0]?.n).toBeGreaterThan(20)
      expect(rows[0]?.wrong).toBe(0)
    })
  },
)

it('stops at no row', async () => {
  expect(await rowsOf(centre, 'SELECT * FROM desk.matter')).toEqual([])
})
