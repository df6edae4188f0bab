// A pile or handheld: the money goes the exit's way, nothing opens, the stay goes on; and outside its
// fence no card is armed. Beside it an exit of the same lot, in any order of events.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LaneEvent } from '../../../../firmware-runtime/core/lane/lane.ts'
import { placeLane } from '../../../../firmware-runtime/core/lane/place-lane.ts'
import { checkInvariants } from '../../../../firmware-runtime/core/lot/invariants.ts'
import { emptyLot } from '../../../../firmware-runtime/core/lot/lot.ts'
import { placeBars } from '../../../../firmware-runtime/core/place/place.ts'
import type { ChargeMode, LedgerRow } from '../../../../firmware-runtime/core/values/ledger-row.ts'
import {
  act,
  b5,
  cardReadEvent,
  LaneBench,
  loop,
  otherPlate,
  plate,
  plateEvent,
  proofFor,
  timerEvent,
  type BenchOptions,
} from './lane-bench.ts'

const collect = (of = plate, id = 'collect-1'): LaneEvent => ({
  type: 'collect',
  plate: of,
  plateRaw: of,
  colour: 'blue',
  act: act(id),
})
const place = (options: BenchOptions = {}): LaneBench =>
  new LaneBench({ laneId: 'handheld', table: placeLane, ...options })
const settle = (means: 'cash' | 'later'): LaneEvent => ({
  type: 'settle',
  means,
  amountFen: null,
  act: act(`settle-${means}`),
})
const where = ({ state }: LaneBench): string =>
  [state.name, state.car?.manual ?? ''].filter((word) => word !== '').join(' ')

function judge(rows: readonly LedgerRow[]): void {
  const live = { chainOk: true, unsent: 0, unknown: 0, lanesReady: true, healed: false }
  const books = { charges: null, refunds: null, cardDebits: null }
  expect(checkInvariants(rows, books, live).violations).toEqual([])
}

const begun = ['+audit', 'claim', '+orderMade', '+intent', 'rsu search on']
const paid = ['+outcome paid b5 paid', '+payment etc 500', '+outbox exitUpload']

describe('a place', () => {
  it('charges the card once, in the order of the exit, and opens nothing', () => {
    const bench = place().entered()
    bench.done()
    bench.give(collect(), cardReadEvent(), b5('paid', proofFor(9500)))
    expect(bench.done()).toEqual([
      ...[...begun, '+armed', 'debit', 'rsu complete', 'rsu search off'],
      ...paid,
    ])
    expect(where(bench)).toBe('idle')
    expect(bench.lot.stays.size).toBe(1)
    expect(bench.lot.passByLane.size).toBe(0)
    judge(bench.rows)
  })
  it('charges online as the exit does', () => {
    const bench = place({ chargeMode: 'online' }).entered()
    bench.give(collect(), cardReadEvent())
    const [deduction] = bench.lot.unsettled.values()
    const deductionId = deduction?.deductionId ?? ''
    bench.give({ type: 'charge', deductionId, result: 'paid', reason: '', receipt: null })
    expect(bench.done()).toEqual([
      ...['+audit', 'claim', '+orderMade', 'rsu search on', 'rsu release', 'rsu search off'],
      ...['+intent', '+outbox charge', 'charge', '+outcome paid platform paid'],
      '+payment etc 500',
    ])
    expect(where(bench)).toBe('idle')
    judge(bench.rows)
  })
  it.each(placeBars.flatMap((bar) => (['card', 'online'] as const).map((mode) => ({ bar, mode }))))(
    'takes nothing when it is $bar at B4 ($mode)',
    ({ bar, mode }) => {
      const bench = place({ chargeMode: mode }).entered().give(collect())
      bench.done()
      bench.placeBar = bar
      bench.give(cardReadEvent())
      const reason = bar === 'outside' ? 'outsideFence' : 'positionUnknown'
      expect(bench.done()).toEqual([
        ...['rsu release', 'rsu search off'],
        ...(mode === 'card' ? [`+outcome refused lane ${reason}`] : []),
        ...[`+exception 99 ${reason}`, '+outbox exception'],
      ])
      expect(where(bench)).toBe(`manual ${reason}`)
      expect(bench.faults).toContain(bar)
      expect(bench.lot.unsettled.size).toBe(0)
      judge(bench.rows)
    },
  )
  it('tries again where it may, with the same car', () => {
    const bench = place().entered().give(collect())
    bench.placeBar = 'outside'
    bench.give(cardReadEvent())
    bench.placeBar = null
    bench.give(collect(plate, 'collect-2'), cardReadEvent(), b5('paid', proofFor(9500)))
    expect(bench.done().slice(-3)).toEqual(paid)
    expect(where(bench)).toBe('idle')
    judge(bench.rows)
  })
  it('an unknown outcome is asked about, may wait, and is looked into at the next try', () => {
    const bench = place().entered().give(collect(), cardReadEvent(), b5('unknown'))
    expect(where(bench)).toBe('suspect')
    bench.give(timerEvent('suspect'))
    expect(where(bench)).toBe('asking outcomeUnknown')
    bench.give(collect(otherPlate, 'collect-2'))
    expect(where(bench)).toBe('asking outcomeUnknown')
    bench.give(settle('later'))
    expect(where(bench)).toBe('idle')
    expect(bench.lot.unsettled.size).toBe(1)
    bench.done()
    bench.give(collect(plate, 'collect-3'))
    expect(where(bench)).toBe('suspect')
    const charged = { balanceFen: 9_500, station0019Hex: bench.lastC6?.stationHex ?? '' }
    bench.give(cardReadEvent(charged))
    expect(bench.done()).not.toContain('debit')
    expect(bench.lot.unsettled.size).toBe(0)
    expect(where(bench)).toBe('idle')
    judge(bench.rows)
  })
  it('cash is booked on the order; the exit lets the car out without a second payment', () => {
    const lot = emptyLot()
    const rows: LedgerRow[] = []
    const bench = place({ lot, rows }).entered().give(collect(), timerEvent('obu'), settle('cash'))
    expect(where(bench)).toBe('idle')
    const exit = new LaneBench({ lot, rows, laneId: 'exit' })
    exit.give(loop('arrive', 'on'), plateEvent(plate))
    expect([exit.state.name, exit.state.car?.pass?.cause]).toEqual(['opening', 'other'])
    expect(rows.filter(({ kind }) => kind === 'payment')).toHaveLength(1)
    judge(rows)
  })
  it('who paid a moment ago pays nothing again', () => {
    const bench = place()
      .entered()
      .give(collect(), cardReadEvent(), b5('paid', proofFor(9500)))
    bench.done()
    bench.give(collect(plate, 'collect-2'))
    expect(bench.done()).toEqual(['+audit', 'claim'])
    expect(where(bench)).toBe('idle')
  })
  it('while it charges, the exit asks a person; while the exit charges, it does', () => {
    const lot = emptyLot()
    const rows: LedgerRow[] = []
    const bench = place({ lot, rows }).entered().give(collect(), cardReadEvent())
    const exit = new LaneBench({ lot, rows, laneId: 'exit' })
    exit.give(loop('arrive', 'on'), plateEvent(plate))
    expect(where(exit)).toBe('manual repeatSuspected')
    bench.give(b5('paid', proofFor(9500)))
    expect(where(bench)).toBe('idle')
    judge(rows)
  })
  it('has no barrier that a person could open, and no camera', () => {
    const bench = place().entered().give(collect(), timerEvent('obu'))
    bench.done()
    bench.give({ type: 'openByHand', act: act('open-1') }, plateEvent(otherPlate))
    expect(bench.done()).toEqual([])
    expect(where(bench)).toBe('manual obuNotRead')
  })
  it('a ledger that stops takes nothing, and the place is free again', () => {
    const bench = place().entered()
    bench.failAppends = 1
    bench.give(collect())
    expect(where(bench)).toBe('idle')
    expect(bench.done()).toEqual(['append failed'])
  })
})

type Happening = (bench: LaneBench, n: number) => void
const tell =
  (...events: readonly LaneEvent[]): Happening =>
  (bench) =>
    void bench.give(...events)

const happenings: Readonly<Record<string, Happening>> = {
  collect: (bench, n) => void bench.give(collect(n % 4 === 0 ? otherPlate : plate, `c${n}`)),
  cardRead: tell(cardReadEvent()),
  written: (bench) =>
    void bench.give(
      cardReadEvent({
        balanceFen: 10_000 - (bench.lastC6?.amountFen ?? 0),
        station0019Hex: bench.lastC6?.stationHex ?? '',
      }),
    ),
  otherObu: tell(cardReadEvent({ plate: otherPlate, obuId: '22222222' })),
  b5Paid: tell(b5('paid', proofFor(9500))),
  b5Unpaid: tell(b5('unpaid')),
  b5Unknown: tell(b5('unknown')),
  rsuDown: tell({ type: 'rsuDown', reason: 'link' }),
  rsuUp: tell({ type: 'rsuUp', psamTerminals: [], rsuId: '' }),
  obu: tell(timerEvent('obu')),
  suspect: tell(timerEvent('suspect')),
  settleTimer: tell(timerEvent('settle')),
  carComes: tell(loop('arrive', 'on'), plateEvent(plate)),
  carGoes: tell(loop('arrive', 'off'), loop('under', 'off')),
  settle: (bench, n) => {
    if (['manual', 'asking', 'waiting'].includes(bench.state.name))
      bench.give(settle(n % 2 === 0 ? 'cash' : 'later'))
  },
  charge: (bench, n) => {
    const open = bench.state.car?.deduction?.deductionId
    const waits = ['charging', 'waiting'].includes(bench.state.name)
    const result = (['paid', 'refused', 'noAnswerTwice'] as const)[n % 3] ?? 'paid'
    if (open !== undefined && waits)
      bench.give({ type: 'charge', deductionId: open, result, reason: 'word', receipt: null })
  },
  walks: (bench, n) => void (bench.placeBar = n % 2 === 0 ? null : (placeBars[n % 5] ?? null)),
  late: (bench) => void (bench.debitLate = !bench.debitLate),
  diskFull: (bench) => void (bench.failAppends = 1),
}
const often = ['collect', 'cardRead', 'b5Paid', 'charge', 'carComes']
const sequences = fc.array(
  fc.tuple(
    fc.boolean(),
    fc.constantFrom(...Object.keys(happenings), ...often, ...often, ...often),
    fc.nat({ max: 1_000 }),
  ),
  { minLength: 20, maxLength: 70 },
)

describe('a place and an exit of one lot, in any order', () => {
  it('break no invariant, charge a stay once, and arm nothing outside the fence', () => {
    const reached = new Set<string>()
    fc.assert(
      fc.property(
        fc.constantFrom<ChargeMode>('card', 'online'),
        sequences,
        (chargeMode, sequence) => {
          const lot = emptyLot()
          const rows: LedgerRow[] = []
          const bench = place({ lot, rows, chargeMode }).entered()
          const exit = new LaneBench({ lot, rows, laneId: 'exit', chargeMode })
          for (const [atExit, name, n] of sequence) {
            // A lane hears its own devices alone.
            const mine = name !== 'carComes' && name !== 'carGoes'
            const one = atExit || !mine ? exit : bench
            const before = rows.length
            happenings[name]?.(one, n)
            const made = rows.slice(before)
            if (one === bench && bench.placeBar !== null) {
              expect(made.filter(({ kind }) => kind === 'armed')).toEqual([])
              if (chargeMode === 'online')
                expect(made.filter(({ kind }) => kind === 'intent')).toEqual([])
            }
            reached.add(bench.state.name)
          }
          judge(rows)
          expect(rows.filter((r) => r.kind === 'pass' && r.laneId === 'handheld')).toEqual([])
          const etc = rows.filter((r) => r.kind === 'payment' && r.body.means === 'etc')
          const perStay = Map.groupBy(etc, (row) => row.stayId)
          const refunds = rows.filter((r) => r.kind === 'refund').length
          for (const made of perStay.values()) expect(made.length - refunds).toBeLessThanOrEqual(1)
        },
      ),
      { numRuns: Number(process.env.ETC_LANE_PROPERTY_RUNS ?? 600), seed: 65 },
    )
    for (const name of ['searching', 'debiting', 'suspect', 'asking', 'charging', 'manual'])
      expect(reached).toContain(name)
    expect(reached).not.toContain('opening')
  })
})
