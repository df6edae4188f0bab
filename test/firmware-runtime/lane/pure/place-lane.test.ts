// A pile or handheld: charges as the exit does, opens nothing, and the stay continues; outside its fence no card is
// armed. Also beside an exit of the same lot, with events in any order.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LaneEvent } from '#lane/pure/lane.ts'
import { placeLane } from '#lane/pure/place-lane.ts'
import { settleBar } from '#lane/pure/lot/claim.ts'
import { emptyLot } from '#ledger/pure/lot/lot.ts'
import { placeBars } from '#devices/pure/place/place.ts'
import type { ChargeMode, LedgerRow } from '#base/pure/rows/ledger-row.ts'
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
import type { ChargeResult } from '#base/pure/words/refusals.ts'
import { violationsOf } from './lot/violations.ts'
import { collect, where } from './effects-kit.ts'

const place = (options: BenchOptions = {}): LaneBench =>
  new LaneBench({ laneId: 'handheld', table: placeLane, ...options })
const settle = (means: 'cash' | 'later'): LaneEvent => ({
  type: 'settle',
  means,
  amountFen: null,
  act: act(`settle-${means}`),
})
function judge(rows: readonly LedgerRow[]): void {
  expect(violationsOf(rows)).toEqual([])
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
    expect(bench.freezes).toMatchObject([{ facts: { plateBy: 'person' } }])
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
        ...[`+exception other ${reason}`],
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
  describe('that shares a debit with an exit', () => {
    /** C6 was sent here, its answer was lost, and the car has driven to the exit. */
    const both = (lost: 'before' | 'after'): { bench: LaneBench; exit: LaneBench } => {
      const lot = emptyLot()
      const rows: LedgerRow[] = []
      const bench = place({ lot, rows }).entered().give(collect(), cardReadEvent())
      const exit = new LaneBench({ lot, rows, laneId: 'exit' })
      if (lost === 'before') bench.give(b5('unknown'), { type: 'taken' })
      exit.give(loop('arrive', 'on'), plateEvent(plate))
      if (lost === 'after') bench.give(b5('unknown'))
      return { bench, exit }
    }
    it('a late answer here is booked once, and the exit asks the lot again', () => {
      const { bench, exit } = both('before')
      expect([where(bench), where(exit)]).toEqual(['idle', 'suspect'])
      bench.give(b5('unpaid'))
      expect(bench.lot.unsettled.size).toBe(0)
      exit.done()
      exit.give(cardReadEvent())
      expect(exit.done().slice(0, 3)).toEqual(['rsu release', 'rsu search off', 'claim'])
      expect(where(exit)).toBe('searching')
      judge(bench.rows)
    })
    it('what is paid here after cash was taken there goes back', () => {
      const { bench, exit } = both('after')
      expect([where(bench), where(exit)]).toEqual(['suspect', 'manual repeatSuspected'])
      exit.give(settle('cash'))
      bench.done()
      bench.give(b5('paid', proofFor(9500)))
      expect(bench.done().filter((word) => /payment|refund/.test(word))).toEqual([
        ...['+payment etc 500', '+refund 500'],
      ])
      expect(where(bench)).toBe('idle')
      judge(bench.rows)
    })
    it('once the car has left by the exit no second debit is begun here', () => {
      const { bench, exit } = both('after')
      exit.give(settle('later'))
      exit.give({ type: 'passed', passId: exit.state.car?.pass?.passId ?? '' })
      expect(bench.lot.stays.size).toBe(0)
      bench.done()
      bench.give(cardReadEvent())
      expect(bench.done()).toEqual(['rsu search off'])
      expect(where(bench)).toBe('idle')
      expect(bench.lot.unsettled.size).toBe(1)
      judge(bench.rows)
    })
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

interface Lot {
  readonly place: LaneBench
  readonly exit: LaneBench
}
type Happening = (one: LaneBench, lot: Lot, n: number) => void
const tell =
  (...events: readonly LaneEvent[]): Happening =>
  (one) =>
    void one.give(...events)

const stayOf = ({ lot }: LaneBench, of: string): string | undefined => lot.byPlate.get(of)

/** The platform answers the lane that waits for it (as lane/lot/queue/lot-uploads.ts does), or the answer is booked late. */
const answers =
  (result: ChargeResult): Happening =>
  (_one, { place: bench, exit }) => {
    const open = [...bench.lot.unsettled.values()].find((d) => d.chargeMode === 'online')
    if (open === undefined) return
    const { deductionId } = open
    const waits = [bench, exit].find(
      ({ state: { name, car } }) =>
        ['charging', 'waiting', 'manual'].includes(name) &&
        car?.deduction?.deductionId === deductionId,
    )
    if (waits !== undefined)
      waits.give({ type: 'charge', deductionId, result, reason: 'word', receipt: null })
    else if (result !== 'noAnswerTwice' && result !== 'held' && result !== 'open') {
      const late = {
        deductionId,
        result,
        source: 'platform',
        reason: 'word',
        receipt: null,
      } as const
      bench.append(bench.lateRows(late))
    }
  }

const happenings: Readonly<Record<string, Happening>> = {
  /** As lane/desk/handlers/control-place.ts: refused for a car that stands in a lane, or while the place serves another car. */
  collect: (_one, { place: bench, exit }, n) => {
    const of = n % 4 === 0 ? otherPlate : plate
    const stayId = stayOf(bench, of)
    const free = ['idle', 'manual'].includes(bench.state.name)
    if (!free || stayId === undefined || exit.state.car?.stayId === stayId) return
    bench.give(collect(of, `c${n}`))
  },
  /** As lane/lot/lane-turns.ts: a lane takes over a car that the place is not charging. */
  carComes: (_one, { place: bench, exit }) => {
    exit.give(loop('arrive', 'on'))
    const stayId = stayOf(exit, plate)
    if (exit.state.name !== 'reading') return
    if (stayId !== undefined && bench.state.car?.stayId === stayId) bench.give({ type: 'taken' })
    exit.give(plateEvent(plate))
  },
  carGoes: (_one, { exit }) => void exit.give(loop('arrive', 'off'), loop('under', 'off')),
  passed: (_one, { exit }) =>
    void exit.give({ type: 'passed', passId: exit.state.car?.pass?.passId ?? '' }),
  enters: (_one, { place: bench }) => {
    if (stayOf(bench, plate) === undefined) bench.entered()
  },
  cardRead: tell(cardReadEvent()),
  written: (one) =>
    void one.give(
      cardReadEvent({
        balanceFen: 10_000 - (one.lastC6?.amountFen ?? 0),
        station0019Hex: one.lastC6?.stationHex ?? '',
      }),
    ),
  otherObu: tell(cardReadEvent({ plate: otherPlate, obuId: '22222222' })),
  b5Paid: tell(b5('paid', proofFor(9500))),
  b5Unpaid: tell(b5('unpaid')),
  b5Unknown: tell(b5('unknown')),
  rsuDown: tell({ type: 'rsuDown', reason: 'link' }),
  rsuUp: tell({ type: 'rsuUp', psamTerminals: [], rsuId: '' }),
  obu: tell(timerEvent('obu')),
  retry: tell(timerEvent('retry')),
  suspect: tell(timerEvent('suspect')),
  settleTimer: tell(timerEvent('settle')),
  /** As base/desk/handlers/control-acts.ts: no cash for a stay that is paid or being charged elsewhere. */
  settle: (one, _lot, n) => {
    const { name, car } = one.state
    if (!['manual', 'asking', 'waiting'].includes(name) || car === null) return
    const bar = settleBar(one.lot, one.env().laneId, car)
    one.give(settle(n % 2 === 0 && bar === null ? 'cash' : 'later'))
  },
  paid: answers('paid'),
  refused: answers('refused'),
  silent: answers('noAnswerTwice'),
  held: answers('held'),
  walks: (_one, { place: bench }, n) =>
    void (bench.placeBar = n % 2 === 0 ? null : (placeBars[n % 5] ?? null)),
  late: (one) => void (one.debitLate = !one.debitLate),
  diskFull: (one) => void (one.failAppends = 1),
}
const often = ['collect', 'cardRead', 'b5Paid', 'b5Unknown', 'paid', 'carComes', 'settle']
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
    const run = (chargeMode: ChargeMode, sequence: readonly [boolean, string, number][]): void => {
      const lot = emptyLot()
      const rows: LedgerRow[] = []
      const bench = place({ lot, rows, chargeMode }).entered()
      const exit = new LaneBench({ lot, rows, laneId: 'exit', chargeMode })
      for (const [atExit, name, n] of sequence) {
        for (const one of [bench, exit]) one.nowMs += 1
        const before = rows.length
        happenings[name]?.(atExit ? exit : bench, { place: bench, exit }, n)
        const made = rows.slice(before).filter(({ laneId }) => laneId === 'handheld')
        const begun = chargeMode === 'card' ? 'armed' : 'intent'
        if (bench.placeBar !== null) expect(made.map(({ kind }) => kind)).not.toContain(begun)
        reached.add(bench.state.name)
      }
      judge(rows)
      expect(rows.filter((r) => r.kind === 'pass' && r.laneId === 'handheld')).toEqual([])
      const paidBy = (means: string): LedgerRow[] =>
        rows.filter((r) => r.kind === 'payment' && (r.body.means === 'etc') === (means === 'etc'))
      const back = rows.filter(({ kind }) => kind === 'refund').length
      const stays = Map.groupBy([...paidBy('etc'), ...paidBy('other')], (row) => row.stayId)
      for (const made of stays.values()) {
        reached.add(`paid ${made.length}`)
        expect(made.length - back).toBeLessThanOrEqual(1)
      }
      if (back > 0) reached.add('refund')
    }
    fc.assert(fc.property(fc.constantFrom<ChargeMode>('card', 'online'), sequences, run), {
      numRuns: Number(process.env.ETC_LANE_PROPERTY_RUNS ?? 1_000),
      seed: 66,
    })
    for (const name of ['searching', 'debiting', 'suspect', 'asking', 'charging', 'manual'])
      expect(reached).toContain(name)
    for (const name of ['waiting', 'paid 1', 'refund']) expect(reached).toContain(name)
    expect(reached).not.toContain('opening')
  })
})
