// A debit result that the driver cannot match, as after a restart: the ledger finds its C6 by the second of its time.
// Matched, it is a payment like any other; with another time, of another OBU or without money it changes nothing.
import { describe, expect, it } from 'vitest'
import type { LaneEvent } from '#lane/pure/lane.ts'
import { placeLane } from '#lane/pure/place-lane.ts'
import { emptyLot } from '#ledger/pure/lot/lot.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import {
  b5,
  cardReadEvent,
  LaneBench,
  loop,
  obuId,
  otherPlate,
  plateEvent,
  proofFor,
} from './lane-bench.ts'
import { arriving, lost, effectNames, paidFen, collect, usedElsewhere } from './effects-kit.ts'

type Orphan = Extract<LaneEvent, { type: 'orphanResult' }>
const orphan = (over: Partial<Orphan> = {}): Orphan => ({
  type: 'orphanResult',
  obuId,
  money: 'paid',
  code: 7,
  proof: proofFor(9500),
  ...over,
})
const at = (timeBcd: string | null): Orphan => orphan({ proof: { ...proofFor(9500), timeBcd } })

const waiting = (): LaneBench => new LaneBench().entered().give(...lost)
const gone = (): LaneBench => waiting().give(loop('arrive', 'off'))

const nothing: readonly (readonly [string, Orphan])[] = [
  ['a second later', at('20261120143001')],
  ['no time', at(null)],
  ['another OBU', orphan({ obuId: '01020304' })],
  ['a refusal', orphan({ money: 'unpaid' })],
  ['nothing of the money', orphan({ money: 'unknown' })],
  ['a purse that stood', orphan({ proof: proofFor(10_000) })],
]

describe('a result that the driver cannot place', () => {
  it('of the car that waits: it has paid, and drives out', () => {
    const bench = waiting().give(orphan())
    expect([bench.state.name, paidFen(bench), bench.lot.unsettled.size]).toEqual([
      'opening',
      500,
      0,
    ])
    expect(bench.rows.findLast(({ kind }) => kind === 'outcome')?.body).toMatchObject({
      state: 'paid',
      source: 'b5',
      proof: { tac: 'A1B2C3D4' },
    })
  })
  it('of a car that is gone: its debit is booked and uploaded', () => {
    const bench = gone()
    effectNames(bench)
    bench.give(orphan())
    expect(effectNames(bench)).toEqual(['lateCharge gx1-O2.D1 paid paid'])
    expect([bench.state.name, paidFen(bench), bench.lot.unsettled.size]).toEqual(['idle', 500, 0])
    expect(bench.rows.filter(({ kind }) => kind === 'outbox')).toHaveLength(1)
  })
  it.each(nothing)(
    'that tells %s: who waits goes on waiting, nothing is booked',
    (_what, event) => {
      const bench = waiting()
      const before = [bench.state, bench.rows.length]
      effectNames(bench)
      bench.give(event)
      expect(effectNames(bench)).toEqual([])
      expect([bench.state, bench.rows.length]).toEqual(before)
    },
  )
  it.each(nothing)('that tells %s: the case of who is gone stays open', (_what, event) => {
    const bench = gone()
    effectNames(bench)
    bench.give(event)
    expect([effectNames(bench), paidFen(bench), bench.lot.unsettled.size]).toEqual([[], 0, 1])
  })
  it.each([
    ['first', '20261120143000', 1],
    ['last', '20261120143100', 0],
  ])('of the %s of two debits in doubt: the other one stays open', (_which, timeBcd, left) => {
    const bench = gone().entered(70, otherPlate)
    bench.nowMs += 60_000
    const read = cardReadEvent({ plate: otherPlate, ...usedElsewhere })
    bench.give(loop('arrive', 'on'), plateEvent(otherPlate), read)
    bench.give(b5('unknown'), loop('arrive', 'off'))
    const open = [...bench.lot.unsettled.keys()]
    bench.give(at(timeBcd))
    expect([paidFen(bench), [...bench.lot.unsettled.keys()]]).toEqual([500, [open[left]]])
  })
  it('of a debit that a handheld began and the exit looks into: its car drives out', () => {
    const lot = emptyLot()
    const rows: LedgerRow[] = []
    const bench = new LaneBench({ laneId: 'handheld', table: placeLane, lot, rows }).entered()
    bench.give(collect(), ...lost.slice(2), { type: 'taken' })
    const exit = new LaneBench({ lot, rows, laneId: 'exit' }).give(...arriving)
    expect(exit.state.name).toBe('suspect')
    exit.give(orphan({ obuId: '01020304' }), at('20261120143001'))
    expect(exit.state.name).toBe('suspect')
    exit.give(orphan())
    expect([exit.state.name, paidFen(exit), lot.unsettled.size]).toEqual(['opening', 500, 0])
  })
  it('in a lane that charged nobody: nothing', () => {
    const bench = new LaneBench()
    effectNames(bench)
    bench.give(orphan())
    expect([effectNames(bench), bench.rows]).toEqual([[], []])
  })
})
