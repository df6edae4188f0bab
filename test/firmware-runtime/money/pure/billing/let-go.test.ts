// Cars that left without paying all they owed: each listed once, with the person who let it go and the amount still owed.
// The rows are those of running lanes. A car that paid in full, or owed nothing, is not listed.
import { expect, it } from 'vitest'
import { letGo } from '#money/pure/billing/let-go.ts'
import type { AuditedAct } from '#lane/pure/lane.ts'
import { FirstCarLot } from '../../../runtime/control/first-car-bench.ts'
import { charged, opened, stayId } from '../../../runtime/control/stay-refunds-kit.ts'
import { loop, plate, plateEvent } from '../../../lane/pure/lane-bench.ts'

const act: AuditedAct = { by: '甲', role: 'owner', reason: '熟人', commandId: 'let-go-0001' }
const all = { fromMs: -Infinity, toMs: Infinity }
function listed(lot: FirstCarLot, span = all) {
  const { arrears } = lot.runtime.lot
  return letGo({
    rows: lot.ledger.list,
    span,
    letsOut: (laneId) => laneId === 'exit',
    owed(orderId) {
      const one = arrears.get(orderId)
      return one === undefined ? null : one.isPaid ? 0 : one.amountFen
    },
  })
}
/** A car that was read and priced and waits for a person. */
function waiting(): FirstCarLot {
  const lot = new FirstCarLot('online')
  opened(lot)
  lot.give(loop('arrive', 'on'), plateEvent(plate))
  lot.clock.advance(60_000)
  return lot
}
function leaves(lot: FirstCarLot): void {
  const passId = lot.runtime.lanes.get('exit')?.state.car?.pass?.passId ?? ''
  lot.give({ type: 'position', position: 'open' }, loop('under', 'on'), loop('arrive', 'off'))
  lot.give({ type: 'passed', passId }, loop('under', 'off'))
  lot.clock.advance(20_000)
  lot.give({ type: 'position', position: 'closed' })
  lot.clock.advance(60_000)
}
const dueOf = (lot: FirstCarLot): number => lot.rows('orderMade').at(-1)?.amountFen ?? 0

it('opened by hand owes all of it, until it is paid or waived', () => {
  const lot = waiting()
  lot.give({ type: 'openByHand', act })
  leaves(lot)
  const dueFen = dueOf(lot)
  expect(dueFen).toBeGreaterThan(0)
  const of = { stayId, plate, laneId: 'exit', how: 'opened', by: '甲', reason: '熟人', dueFen }
  expect(listed(lot)).toMatchObject([{ ...of, paidFen: 0, owedFen: dueFen }])
  const [orderId = ''] = lot.runtime.lot.arrears.keys()
  const body = { row: 'waived', orderId } as const
  lot.runtime.append([
    { kind: 'arrears', atMs: lot.runtime.nowMs(), stayId, orderId, amountFen: dueFen, body },
  ])
  expect(listed(lot)).toMatchObject([{ ...of, owedFen: 0 }])
})

it.each([
  ['free', 'free', 0],
  ['later', 'later', 1],
] as const)('settled as %s is listed, and owes what nobody let go of', (means, how, times) => {
  const lot = waiting()
  lot.give({ type: 'settle', means, amountFen: null, act })
  leaves(lot)
  const dueFen = dueOf(lot)
  expect(listed(lot)).toMatchObject([{ how, by: '甲', dueFen, owedFen: times * dueFen }])
  const { atMs } = listed(lot)[0] ?? { atMs: 0 }
  expect(listed(lot, { fromMs: atMs + 1, toMs: Infinity })).toEqual([])
})

it('who paid by cash or by ETC is none of them', () => {
  const lot = waiting()
  lot.give({ type: 'settle', means: 'cash', amountFen: null, act })
  leaves(lot)
  const etc = charged('card')
  leaves(etc)
  expect([listed(lot), listed(etc)]).toEqual([[], []])
})

it('a boom opened for a car that nobody read is listed with the act alone, once', () => {
  const lot = new FirstCarLot('online')
  lot.give(loop('arrive', 'on'), { type: 'openByHand', act })
  lot.clock.advance(1_000)
  const nobody = { stayId: null, plate: null, dueFen: null, owedFen: null }
  expect(listed(lot)).toMatchObject([{ how: 'opened', by: '甲', reason: '熟人', ...nobody }])
  const audits = lot.rows('audit').map((row) => ({ ...row, laneId: 'entry' }))
  expect(letGo({ rows: audits, span: all, letsOut: () => false, owed: () => null })).toEqual([])
})

it('a charge that came after the boom was opened leaves nothing owed', () => {
  const lot = waiting()
  lot.give({ type: 'openByHand', act })
  const dueFen = dueOf(lot)
  const [order] = lot.runtime.lot.orders.values()
  const body = { paymentId: 'M9', means: 'transfer', by: '甲', reason: '补缴' } as const
  const of = { laneId: 'exit', stayId, orderId: order?.orderId ?? '', amountFen: dueFen }
  lot.runtime.append([{ kind: 'payment', atMs: lot.runtime.nowMs(), ...of, body }])
  leaves(lot)
  expect(listed(lot)).toMatchObject([{ how: 'opened', paidFen: dueFen, owedFen: 0 }])
})
