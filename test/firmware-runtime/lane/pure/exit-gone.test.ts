// A charge without a known result whose car was seen gone: the lane serves the next car, the order keeps its question, and only a
// result or the card itself answers it. Loops that see a car, or nothing, hold the lane as before.
import { describe, expect, it } from 'vitest'
import type { LaneEvent } from '#lane/pure/lane.ts'
import { unknownCardFen } from '#lane/pure/etc/open-charges.ts'
import {
  act,
  b5,
  b8,
  cardReadEvent,
  hourMs,
  LaneBench,
  loop,
  otherPlate,
  plateEvent,
  proofFor,
  type BenchOptions,
} from './lane-bench.ts'
import { violationsOf } from './lot/violations.ts'
import { arriving, where } from './effects-kit.ts'

const other = { plate: otherPlate, obuId: '00A2000B', card: { cardNo: '45010000000000000002' } }
const gone = [loop('arrive', 'off')]
const nextCar = [loop('arrive', 'on'), plateEvent(otherPlate)]
const under = [loop('under', 'on'), loop('arrive', 'off'), loop('under', 'off')]

function armed(options: BenchOptions = {}): LaneBench {
  const bench = new LaneBench(options).entered()
  bench.entered(70, otherPlate)
  bench.give(...arriving, cardReadEvent())
  bench.done()
  return bench
}
const paid = (bench: LaneBench): readonly (readonly [string, number])[] =>
  bench.rows.flatMap((row) =>
    row.kind === 'payment' ? [[row.stayId ?? '', row.amountFen ?? 0] as const] : [],
  )
const unknown = (bench: LaneBench): readonly string[] => [...bench.lot.unsettled.keys()]
function holds(bench: LaneBench): void {
  expect(violationsOf(bench.rows)).toEqual([])
  expect(bench.opens.every(Boolean)).toBe(true)
}

describe('the next car comes while the C6 of the one before is open', () => {
  it.each<[string, readonly LaneEvent[]]>([
    ['the car backed out', gone],
    ['it drove between the loops and back', [loop('arrive', 'off'), loop('under', 'off')]],
    ['it drove out under an open boom', [{ type: 'position', position: 'open' }, ...under]],
  ])('%s: the lane serves the next one', (_name, away) => {
    const bench = armed().give(...away, ...nextCar)
    expect(where(bench)).toBe('searching')
    expect(bench.state.car?.plate).toBe(otherPlate)
    expect(unknown(bench)).toContain('gx1-O3.D1')
    expect(unknownCardFen(bench.lot)).toBe(500)
    bench.give(cardReadEvent(other), {
      ...(b5('paid') as Extract<LaneEvent, { type: 'debitResult' }>),
      obuId: other.obuId,
    })
    expect([where(bench), paid(bench)]).toEqual(['opening etc', [['gx1-S2', 500]]])
    holds(bench)
  })

  it.each<[string, LaneEvent, readonly (readonly [string, number])[]]>([
    ['paid: booked for its own stay, and no boom moves', b5('paid'), [['gx1-S1', 500]]],
    ['paid by a fetched proof', b8('paid'), [['gx1-S1', 500]]],
    ['unpaid: its case ends, and its order stays due', b5('unpaid'), []],
    ['unknown: its case stays', b5('unknown'), []],
    ['of another purse: its case stays, with an alarm', b5('paid', proofFor(9_000)), []],
  ])('a late result %s', (_name, result, payments) => {
    const bench = armed().give(...gone, ...nextCar)
    const opens = bench.opens.length
    bench.give(result)
    expect([paid(bench), bench.opens.length - opens]).toEqual([payments, 0])
    expect(bench.state.car?.plate).toBe(otherPlate)
    holds(bench)
  })

  it('and is the same car, which rolled off the loop and back: its own case goes on', () => {
    const bench = armed().give(...gone, ...arriving)
    expect([bench.state.name, bench.state.car?.deduction?.deductionId]).toEqual([
      'suspect',
      'gx1-O3.D1',
    ])
    bench.give(b5('paid'))
    expect([where(bench), paid(bench)]).toEqual(['opening etc', [['gx1-S1', 500]]])
    holds(bench)
  })

  it('keeps the same state over a restart: the rows alone have it', () => {
    const bench = armed().give(...gone, ...nextCar)
    const { lot, rows } = bench
    const again = new LaneBench({ lot, rows }).give(...arriving)
    expect([again.state.name, unknown(again)]).toEqual(['suspect', unknown(bench)])
  })
})

describe('holds the lane', () => {
  it.each<[string, readonly LaneEvent[], string]>([
    ['while the car stands on its loop', [], 'debiting'],
    ['while the car is under the boom', [loop('under', 'on'), loop('arrive', 'off')], 'debiting'],
    ['while its loop says nothing', [loop('arrive', 'unknown')], 'debiting'],
    ['after the board of the loops went away', [{ type: 'barrierDown', reason: 'x' }], 'debiting'],
    ['while no other car came', gone, 'debiting'],
    [
      'when the car drove on under the boom after the gap between the loops',
      [loop('arrive', 'off'), loop('under', 'on'), loop('arrive', 'on')],
      'debiting',
    ],
  ])('%s', (_name, events, state) => {
    const bench = armed().give(...events)
    expect(bench.state.name).toBe(state)
    expect(paid(bench)).toEqual([])
  })

  it.each(['suspect', 'asking'] as const)('in %s until the car is seen gone', (name) => {
    const bench = armed().give(b5('unknown'))
    if (name === 'asking') bench.give({ type: 'timer', name: 'suspect' })
    expect(bench.state.name).toBe(name)
    bench.give(loop('arrive', 'unknown'))
    expect(bench.state.name).toBe(name)
    bench.give(loop('arrive', 'off'), ...nextCar)
    expect([bench.state.car?.plate, unknownCardFen(bench.lot)]).toEqual([otherPlate, 500])
    holds(bench)
  })
})

describe('the card of an unknown debit is read again, days later and for another stay', () => {
  /** The car drove out under a boom opened by hand, and came again. */
  function again(options: BenchOptions = {}): LaneBench {
    const bench = armed(options).give(b5('unknown'))
    bench.give({ type: 'openByHand', act: act() }, ...under)
    bench.give({ type: 'passed', passId: bench.state.car?.pass?.passId ?? '' })
    expect([bench.state.name, unknown(bench)]).toEqual(['idle', ['gx1-O3.D1']])
    bench.nowMs += 48 * hourMs
    bench.entered()
    bench.give({ type: 'position', position: 'closed' }, ...arriving)
    bench.done()
    return bench
  }
  const shown = (bench: LaneBench, balanceFen: number, isOurs = true): LaneEvent =>
    cardReadEvent({
      balanceFen,
      ...(isOurs ? { station0019Hex: bench.lastC6?.stationHex ?? '' } : {}),
    })
  const old = (bench: LaneBench): readonly unknown[] =>
    bench.rows.flatMap((row) =>
      row.kind === 'outcome' && row.deductionId === 'gx1-O3.D1'
        ? [[row.body.state, row.body.source, row.body.reason]]
        : [],
    )

  it.each<[string, (bench: LaneBench) => LaneEvent, readonly unknown[] | null, number]>([
    [
      'it lost exactly the amount: paid',
      (bench) => shown(bench, 9_500),
      ['paid', 'evidence', 'cardShowsDebit'],
      1,
    ],
    [
      'it is as it was: unpaid',
      (bench) => shown(bench, 10_000, false),
      ['refused', 'evidence', 'cardUnchanged'],
      0,
    ],
    ['it lost more: unknown', (bench) => shown(bench, 9_000), null, 0],
    ['it was topped up: unknown', (bench) => shown(bench, 20_000), null, 0],
    ['another place wrote on it: unknown', (bench) => shown(bench, 9_500, false), null, 0],
    ['another card is in the OBU: unknown', () => cardReadEvent(other), null, 0],
  ])('%s', (name, read, outcome, payments) => {
    const bench = again()
    bench.give(read(bench))
    const last = old(bench).at(-1)
    if (outcome === null) expect(unknown(bench)).toContain('gx1-O3.D1')
    else expect(last).toEqual(outcome)
    expect(paid(bench)).toHaveLength(payments)
    // The present order is charged all the same, once, where the card is its own.
    const isIts = !name.startsWith('another card')
    expect(bench.state.name).toBe(isIts ? 'debiting' : 'searching')
    expect(bench.rows.filter(({ kind }) => kind === 'armed')).toHaveLength(isIts ? 2 : 1)
    expect(violationsOf(bench.rows)).toEqual([])
  })

  it('a debit that the driver has paid otherwise meanwhile makes exactly one refund', () => {
    const bench = armed().give(b5('unknown'), { type: 'timer', name: 'suspect' })
    bench.give({ type: 'settle', means: 'cash', amountFen: null, act: act() }, ...under)
    bench.give({ type: 'passed', passId: bench.state.car?.pass?.passId ?? '' })
    bench.nowMs += 48 * hourMs
    bench.entered()
    bench.give({ type: 'position', position: 'closed' }, ...arriving, shown(bench, 9_500))
    expect(bench.rows.filter(({ kind }) => kind === 'refund')).toHaveLength(1)
    bench.give(shown(bench, 9_500))
    expect(bench.rows.filter(({ kind }) => kind === 'refund')).toHaveLength(1)
    expect(violationsOf(bench.rows)).toEqual([])
  })

  it('a credit card has no purse: file 0019 alone decides', () => {
    const bench = new LaneBench().entered()
    bench.give(...arriving, cardReadEvent({ card: { cardType: 23 }, balanceFen: 0 }))
    bench.give(b5('unknown'), { type: 'openByHand', act: act() }, ...under)
    bench.give({ type: 'passed', passId: bench.state.car?.pass?.passId ?? '' })
    bench.nowMs += hourMs
    bench.entered()
    const station0019Hex = bench.lastC6?.stationHex ?? ''
    bench.give({ type: 'position', position: 'closed' }, ...arriving)
    bench.give(cardReadEvent({ card: { cardType: 23 }, balanceFen: 0, station0019Hex }))
    expect(paid(bench)).toEqual([['gx1-S1', 500]])
  })
})
