// A debit in progress at midnight, or while the drawer is counted: its car pays once, and exactly one day and one shift
// contain it, at whichever millisecond the change falls. Virtual time, a real lot; rows are read as the reports read them.
import { expect, it } from 'vitest'
import { tallyOf } from '#money/pure/billing/day-items.ts'
import { reportPart } from '#money/pure/billing/report-part.ts'
import { unitSpans } from '#money/pure/billing/report.ts'
import { dayMs, dayStartMs } from '#base/pure/values/instant.ts'
import type { LedgerRow, RowDraft } from '#base/pure/rows/ledger-row.ts'
import { loop, plate, plateEvent } from '../pure/lane-bench.ts'
import { listedRows, startMs } from '../../runtime/control/control-kit.ts'
import { inside, lateLot, newCard } from './late-scene.ts'

const midnightMs = dayStartMs(startMs) + dayMs
const hourMs = 3_600_000

const counted = (atMs: number, uptoSeq: number): RowDraft => ({
  kind: 'book',
  atMs,
  body: {
    row: 'counted',
    fromMs: startMs,
    beforeFen: 0,
    takenFen: 0,
    countedFen: 0,
    leftFen: 0,
    uptoSeq,
    by: 'n1-A1',
  },
})

/** The rows of a lot whose car arrives at `arrivesMs`; the drawer is counted `countAfterMs` ms into its debit. */
function passage(arrivesMs: number, countAfterMs = 0) {
  const lot = lateLot('card')
  const { runtime, time, antenna, dispatch, lane, ledger, opens } = lot
  antenna.up()
  const until = startMs + 40 * hourMs
  const body = { psamNo: '1', psamTerminal: '1', validUntilMs: until, status: 1 }
  runtime.append([{ kind: 'signIn', atMs: startMs, laneId: 'exit', body }])
  inside(lot, arrivesMs)
  time.runTo((arrivesMs - startMs) * 1000)
  antenna.put(newCard(1))
  dispatch(loop('arrive', 'on'))
  dispatch(plateEvent(plate))
  const atOf = (kind: LedgerRow['kind']): number =>
    ledger.list.find((row) => row.kind === kind)?.atMs ?? 0
  time.runTo(time.nowUs + 5e6, () => atOf('armed') > 0)
  time.runTo(time.nowUs + countAfterMs * 1000)
  runtime.append([counted(runtime.nowMs(), ledger.head.seq)])
  time.runTo(time.nowUs + 20e6, () => opens.length > 0)
  dispatch(loop('under', 'on'))
  dispatch(loop('arrive', 'off'))
  dispatch(loop('under', 'off'))
  time.runTo(time.nowUs + 60e6)
  expect([opens.length, lane.state.name === 'manual']).toEqual([1, false])
  const rows = [...ledger.list]
  runtime.stop()
  return { rows, armedMs: atOf('armed'), paidMs: atOf('payment') }
}

/** Fen and count of the takings of each unit of a report. */
function units(kind: 'day' | 'shift', rows: readonly LedgerRow[]): (readonly [number, number])[] {
  const span = { fromMs: dayStartMs(startMs), toMs: midnightMs + dayMs }
  return unitSpans(kind, span, tallyOf(rows), midnightMs + hourMs).map((unit) => {
    const { takings } = reportPart(listedRows(rows, unit), unit, { tariffsMs: [], countedSeq: 0 })
    const sum = (of: 'amountFen' | 'count'): number =>
      takings.reduce((all, one) => all + one[of], 0)
    return [sum('amountFen'), sum('count')]
  })
}

const scout = passage(midnightMs - 10 * 60_000)
const [armedAfterMs, paidAfterMs] = [scout.armedMs, scout.paidMs].map(
  (atMs) => atMs - (midnightMs - 10 * 60_000),
) as [number, number]
const debitMs = paidAfterMs - armedAfterMs

it('K07 midnight falls on any millisecond of a debit: it is paid once, and one day alone has it', () => {
  expect(debitMs).toBeGreaterThan(20)
  const days: string[] = []
  for (let beforeMs = armedAfterMs - 1; beforeMs <= paidAfterMs + 1; beforeMs++) {
    const { rows, paidMs } = passage(midnightMs - beforeMs)
    expect(rows.filter(({ kind }) => kind === 'payment')).toHaveLength(1)
    const [first, second] = units('day', rows)
    const isBefore = paidMs < midnightMs
    days.push(isBefore ? 'before' : 'behind')
    expect([first, second]).toEqual(
      isBefore
        ? [
            [500, 1],
            [0, 0],
          ]
        : [
            [0, 0],
            [500, 1],
          ],
    )
  }
  expect(new Set(days).size).toBe(2)
})

it('K07 the drawer is counted in the middle of a debit: one shift alone has it', () => {
  const shifts: string[] = []
  for (let afterMs = 0; afterMs <= debitMs + 2; afterMs++) {
    const { rows } = passage(midnightMs - armedAfterMs - 10, afterMs)
    const of = units('shift', rows)
    expect(of.filter(([, count]) => count > 0)).toEqual([[500, 1]])
    expect(of).toHaveLength(2)
    shifts.push(of[0]?.[1] === 1 ? 'ended' : 'running')
  }
  expect(new Set(shifts).size).toBe(2)
})
