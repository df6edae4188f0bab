// Results that do not fit their C6, on every way in which they can reach a lane: an alarm is raised, they are not trusted,
// and the card alone settles them. If a card lost too much, that is booked with its refund.
import { describe, expect, it } from 'vitest'
import type { LaneEvent } from '#lane/pure/lane.ts'
import { takenRows } from '#lane/pure/exit-late.ts'
import { numbered } from '#base/pure/values/ids.ts'
import { present } from '#base/pure/values/must.ts'
import { placeLane } from '#lane/pure/place-lane.ts'
import { opened } from './exit-card-rows.ts'
import { act, b5, b8, cardReadEvent, LaneBench, loop, proofFor } from './lane-bench.ts'
import { violationsOf } from './lot/violations.ts'
import { arriving, paidFen, unknownOutcome, collect } from './effects-kit.ts'

const stood = b5('paid', proofFor(10_000))
const more = b5('paid', proofFor(5_000))
const hourOld = b5('paid', { ...proofFor(9_500), timeBcd: '20261120133000' })
const credit = cardReadEvent({ card: { cardType: 23 } })

function charged(...events: readonly LaneEvent[]): LaneBench {
  const bench = new LaneBench().entered().give(...arriving, ...events)
  bench.done()
  return bench
}

const shown = (bench: LaneBench, balanceFen: number): LaneEvent =>
  cardReadEvent({ balanceFen, station0019Hex: bench.lastC6?.stationHex ?? '' })

const doubts = (bench: LaneBench): unknown[] =>
  bench.rows.flatMap((row) =>
    row.kind === 'event' && row.body.type === 'resultDoubted'
      ? [(JSON.parse(row.body.detail) as { misfit: string }).misfit]
      : [],
  )

function holds(bench: LaneBench): void {
  expect(violationsOf(bench.rows)).toEqual([])
}

describe('the car waits', () => {
  it.each<[string, LaneEvent, LaneEvent, string]>([
    ['the purse stood', cardReadEvent(), stood, 'resultPurse'],
    ['the purse lost more', cardReadEvent(), more, 'resultPurse'],
    ['an hour old, of a credit card', credit, hourOld, 'resultTime'],
  ])('%s: unknown, with an alarm, and the card is asked', (_, read, result, misfit) => {
    const bench = charged(read)
    expect(bench.give(result).done()).toEqual([
      '+outcome unknown b5 resultDoubted',
      '+event resultDoubted',
      'rsu search on',
    ])
    expect(bench.state.name).toBe('suspect')
    expect(bench.faults).toContain(misfit)
    expect(doubts(bench)).toEqual([misfit])
    expect(paidFen(bench)).toBe(0)
    expect(bench.opens).toEqual([])
    holds(bench)
  })

  it('an hour old, and the purse shows this debit: paid, with an alarm', () => {
    const bench = charged(cardReadEvent())
    expect(bench.give(hourOld).done()).toContain('+outcome paid b5 paid')
    expect(doubts(bench)).toEqual(['resultTime'])
    expect(bench.state.name).toBe('opening')
    holds(bench)
  })

  it('the card was never debited: refused by its own record, and tried once more', () => {
    const bench = charged(cardReadEvent(), stood)
    expect(bench.give(cardReadEvent()).done()).toEqual([
      'rsu release',
      '+outcome refused evidence cardUnchanged',
      '+intent',
      'rsu search on',
    ])
    expect(paidFen(bench)).toBe(0)
    holds(bench)
  })

  it('the card lost 5,000 for 500: booked as 5,000, 4,500 of it a refund, and uploaded', () => {
    const bench = charged(cardReadEvent(), more)
    expect(bench.give(shown(bench, 5_000)).done()).toEqual([
      ...['rsu complete', 'rsu search off', '+outcome paid evidence paid', '+payment etc 5000'],
      ...['+refund 4500', '+outbox exitUpload', '+pass etc', ...opened],
    ])
    const row = bench.rows.findLast(({ kind }) => kind === 'outcome')
    expect(row).toMatchObject({ amountFen: 5_000, body: { proof: { tac: 'A1B2C3D4' } } })
    expect([...bench.lot.orders.values()][0]).toMatchObject({ amountFen: 500, paidFen: 500 })
    expect(bench.rows.findLast(({ kind }) => kind === 'outbox')).toMatchObject({ amountFen: 5_000 })
    holds(bench)
  })

  it('of a first car nothing is kept: all that its card lost goes back', () => {
    const bench = charged(cardReadEvent(), more)
    const car = { ...present(bench.state.car, 'a car'), orderId: 'gx1-T9', dueFen: 1 }
    const taken = { source: 'evidence', proof: null, takenFen: 5_000 } as const
    const { rows } = numbered(bench.env(), (env) => ({ rows: takenRows(car, env, taken) }))
    expect(rows.filter(({ kind }) => kind === 'refund')).toMatchObject([{ amountFen: 5_000 }])
  })

  it('the antenna told a loss that the card does not show: paid as asked, without that proof', () => {
    const bench = charged(cardReadEvent(), more)
    bench.give(shown(bench, 9_500))
    expect(bench.done()).toContain('+payment etc 500')
    expect(bench.rows.findLast(({ kind }) => kind === 'outcome')).toMatchObject({
      body: { proof: null },
    })
    holds(bench)
  })

  it('a TAC that C8 fetched is used with the counters of the B5 that told the same TAC', () => {
    const bench = new LaneBench({ rsuHasProof: true }).entered().give(...arriving, cardReadEvent())
    bench.give(more)
    bench.done()
    bench.give(b8('paid', { ...proofFor(9_500), cardSerial: null, psamSerial: null }))
    expect(bench.done()).toContain('+outbox exitUpload')
    expect(bench.rows.findLast(({ kind }) => kind === 'outcome')).toMatchObject({
      body: { source: 'proof', proof: { tac: 'A1B2C3D4', cardSerial: 18, psamSerial: 42 } },
    })
  })
})

describe('nobody waits any more', () => {
  const backedOut = (): LaneBench => charged(cardReadEvent(), b5('unknown'), loop('arrive', 'off'))

  it.each<[string, () => LaneBench]>([
    ['the car backed out', backedOut],
    ['opened by hand', () => charged(cardReadEvent(), { type: 'openByHand', act: act() })],
    [
      'a ledger that stopped',
      () => {
        const bench = charged(cardReadEvent())
        bench.give({ type: 'ledgerStopped' })
        bench.done()
        return bench
      },
    ],
    [
      'looked for, and not found again',
      () => charged(cardReadEvent(), b5('unknown'), { type: 'timer', name: 'suspect' }),
    ],
  ])('%s: a late B5 of a purse that stood pays nothing', (_, lane) => {
    const bench = lane()
    bench.give(stood)
    expect(doubts(bench)).toEqual(['resultPurse'])
    expect(paidFen(bench)).toBe(0)
    expect(bench.lot.unsettled.size).toBe(1)
    holds(bench)
    bench.give(b5('paid'))
    expect(paidFen(bench)).toBe(500)
    expect(bench.lot.unsettled.size).toBe(0)
    holds(bench)
  })

  it('gone with its C6 open: the result that does not fit leaves it unknown', () => {
    const bench = charged(cardReadEvent(), loop('arrive', 'off'))
    expect(bench.give(more).done()).toEqual([
      ...['+outcome unknown lane backedOut', '+event resultDoubted', 'rsu search off'],
    ])
    expect([...bench.lot.unsettled.values()]).toMatchObject([{ state: 'unknown' }])
    holds(bench)
  })

  it('after a restart the armed row judges as the lane did', () => {
    const before = charged(cardReadEvent())
    const { lot, rows } = before
    before.append([
      {
        ...unknownOutcome(before.nowMs),
        laneId: 'exit',
        ...[...lot.unsettled.values()].map(({ stayId, orderId, deductionId }) => ({
          stayId,
          orderId,
          deductionId,
        }))[0],
      } as Parameters<LaneBench['append']>[0][number],
    ])
    const bench = new LaneBench({ lot, rows })
    bench.give(...arriving)
    expect(bench.state.name).toBe('suspect')
    bench.give(stood)
    expect(doubts(bench)).toEqual(['resultPurse'])
    expect(bench.state.name).toBe('suspect')
    bench.give(b5('paid'))
    expect(bench.state.name).toBe('opening')
    expect(paidFen(bench)).toBe(500)
    holds(bench)
  })

  it('at a place the same: unknown, then what the card says', () => {
    const bench = new LaneBench({ laneId: 'handheld', table: placeLane }).entered()
    bench.give(collect(), cardReadEvent(), stood)
    expect(bench.state.name).toBe('suspect')
    expect(doubts(bench)).toEqual(['resultPurse'])
    bench.give(shown(bench, 9_500))
    expect(bench.state.name).toBe('idle')
    expect(paidFen(bench)).toBe(500)
    holds(bench)
  })
})
