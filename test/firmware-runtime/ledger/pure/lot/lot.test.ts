// The lot as a fold of rows: every kind that changes it, ids that never repeat, and memory that stays bounded
// over years.
import { describe, expect, it } from 'vitest'
import { chargedKeptMs } from '#ledger/pure/lot/charged-cards.ts'
import { emptyLot, foldRow, mintId } from '#ledger/pure/lot/lot.ts'
import { dueFen } from '#ledger/pure/lot/order-due.ts'
import { commandsMax } from '#ledger/pure/lot/command-words.ts'
import { type LotState } from '#ledger/pure/lot/lot-state.ts'
import { minuteMs, Rows, t0 } from '../../../lane/pure/lot/row-kit.ts'

const lotOf = (rows: Rows): LotState => {
  const lot = emptyLot()
  for (const row of rows.all) foldRow(lot, row)
  return lot
}

describe('fold', () => {
  it('stayOpened: an entry counts, a stay made after the fact does not', () => {
    const lot = lotOf(new Rows().stay(1).stay(2, null))
    expect([lot.entries, lot.stays.size, lot.byPlate.size]).toEqual([2, 2, 1])
    const body = {
      plate: 'x',
      colour: 'blue',
      enteredAtMs: t0,
      noEntry: true,
      photo: null,
    } as const
    expect(lotOf(new Rows().add('stayOpened', { stayId: 'n-S1' }, body)).entries).toBe(0)
  })
  it('orderMade and payment: due is what is not paid yet', () => {
    const lot = lotOf(new Rows().stay(1).order(1).pay(1, 'cash', 200))
    const order = lot.orders.get('n-O1')
    expect(order).toMatchObject({ paidFen: 200, paidAtMs: t0, settledOtherwise: true })
    expect(order === undefined ? 0 : dueFen(order)).toBe(300)
  })
  it('intent, armed, outcome: unsettled until it is final', () => {
    const rows = new Rows().stay(1).order(1).intent(1, 'card').armed(1)
    expect(lotOf(rows).unsettled.get('n-O1.D1')).toMatchObject({ obuId: 'obu1', state: 'intent' })
    expect(lotOf(rows.outcome(1, 'unknown')).unsettled.size).toBe(1)
    const lot = lotOf(rows.outcome(1, 'paid').pay(1))
    expect([lot.unsettled.size, lot.chargedAtMs.get('card1')]).toEqual([0, t0])
    expect(lot.orders.get('n-O1')).toMatchObject({ paidFen: 500, settledOtherwise: false })
  })
  it('refund: taken off again', () => {
    expect(
      lotOf(new Rows().stay(1).order(1).intent(1).outcome(1, 'paid').pay(1).refund(1)).orders.get(
        'n-O1',
      )?.paidFen,
    ).toBe(0)
  })
  it('pass, barrier, stayClosed: the pass is told, used and gone', () => {
    const rows = new Rows().stay(1).order(1, 0).pass(1, 'free')
    expect(lotOf(rows).passByLane.get('exit')).toMatchObject({ stayId: 'n-S1', told: false })
    expect(lotOf(rows.told(1)).passByLane.get('exit')?.told).toBe(true)
    const lot = lotOf(rows.closed(1, 'free'))
    expect([lot.passByLane.size, lot.stays.size, lot.byPlate.size, lot.exits]).toEqual([0, 0, 0, 1])
    expect([lot.orders.size, lot.deductions.size]).toEqual([0, 0])
  })
  it('event passUsed: the pass is gone, the stay goes on', () => {
    const used = { type: 'passUsed', detail: '' } as const
    const rows = new Rows().stay(1).order(1).pass(1, 'free')
    const lot = lotOf(rows.add('event', { laneId: 'exit', stayId: 'n-S1' }, used))
    expect([lot.passByLane.size, lot.stays.get('n-S1')?.pass]).toEqual([0, null])
  })
  it('stayClosed of an older stay does not forget the newer one of that plate', () => {
    const lot = lotOf(new Rows().stay(1).stay(2).closed(1, 'open'))
    expect(lot.byPlate.get('测A12345')).toBe('n-S2')
  })
  it('signIn and audit', () => {
    const signIn = { psamNo: 'a', validUntilMs: t0 + 1, status: 1 }
    const audit = { act: 'x y', by: 'a', role: 'r', reason: '', commandId: 'c1', result: 'done' }
    const lot = lotOf(new Rows().add('signIn', {}, signIn).add('audit', {}, audit))
    expect([lot.signInUntilMs, lot.commands.get('c1')]).toEqual([
      t0 + 1,
      { words: 'x y', digest: null },
    ])
  })
  it('rows that only tell leave it as it is', () => {
    const rows = new Rows().noTac(1).receipt('n-U1', 'confirmed')
    rows.add('event', {}, { type: 'photosBack', detail: '' })
    rows.add('adjustment', {}, { adjustmentId: 'a', refersToSeq: 1, by: 'a', reason: '' })
    rows.add('refundState', {}, { refundId: 'r', state: 'success' })
    // They only update the time of the last row and that the platform answered, for judging the clock.
    const { upkeep, clock, ...lot } = lotOf(rows)
    const defaults = { upkeep: { ...upkeep, lastAtMs: null }, clock: { ...clock, vouched: false } }
    expect({ ...lot, ...defaults }).toEqual(emptyLot())
  })
  it.each([
    ['an order without its stay', () => new Rows().order(1)],
    ['an intent without its order', () => new Rows().stay(1).intent(1)],
    ['an outcome without its intent', () => new Rows().stay(1).order(1).outcome(1, 'paid')],
    ['a second intent under one number', () => new Rows().stay(1).order(1).intent(1).intent(1)],
    ['a stay closed twice', () => new Rows().stay(1).closed(1, 'open').closed(1, 'open')],
  ])('%s is our own bug and crashes', (_name, rows) => {
    expect(() => lotOf(rows())).toThrow('assertion failed')
  })
})

describe('a charge that is settled after its car left', () => {
  const left = (): Rows =>
    new Rows().stay(1).order(1).intent(1).outcome(1, 'unknown').pass(1, 'later').closed(1, 'later')
  it('is kept until then, paid and forgotten', () => {
    expect(lotOf(left()).orders.size).toBe(1)
    const lot = lotOf(left().outcome(1, 'paid').pay(1))
    expect([lot.orders.size, lot.deductions.size, lot.unsettled.size]).toEqual([0, 0, 0])
  })
  it('is refunded though nothing is left of it', () => {
    const rows = new Rows().stay(1).order(1).intent(1).outcome(1, 'unknown').pay(1, 'cash')
    rows.pass(1, 'other').closed(1, 'other')
    expect(lotOf(rows).orders.get('n-O1')?.settledOtherwise).toBe(true)
    expect(lotOf(rows.outcome(1, 'paid').pay(1).refund(1)).orders.size).toBe(0)
  })
  it('is refused and forgotten', () => {
    expect(lotOf(left().outcome(1, 'refused')).orders.size).toBe(0)
  })
})

describe('ids', () => {
  it('never repeat, also after a restart', () => {
    const rows = new Rows().paidOnline(3)
    rows.add(
      'outbox',
      {},
      {
        outboxId: 'n-U4711',
        destination: 'platform',
        op: 'exception',
        businessNo: 'n-X4710',
        body: '',
        bodySm3: '',
      },
    )
    const lot = lotOf(rows)
    const node = { lotId: 'GX1', nodeId: 'n' }
    expect(mintId(lot, node, 'S')).toBe('n-S4712')
    expect(mintId(lot, node, 'O')).toBe('n-O4713')
  })
  it.each([
    ['stay', new Rows().stay(70), 70],
    ['order', new Rows().stay(1).order(1, 5, 71), 71],
    ['payment', new Rows().stay(1).order(1).pay(1), 502],
    ['pass', new Rows().stay(1).pass(1, 'entry'), 901],
  ])('go on after the largest one of a %s', (_name, rows, last) => {
    expect(lotOf(rows).lastId).toBe(last)
  })
})

describe('memory', () => {
  it('remembers a charged card for a day, the newest charge of each', () => {
    const rows = new Rows()
    const cards = (): string[] => [...lotOf(rows).chargedAtMs.keys()]
    rows.paidOnline(1)
    rows.atMs += chargedKeptMs
    rows.paidOnline(2)
    expect(cards()).toEqual(['card1', 'card2'])
    rows.atMs += minuteMs
    rows.paidOnline(3)
    expect(cards()).toEqual(['card2', 'card3'])
  })
  it('forgets no fresh one when the clock is set back', () => {
    const rows = new Rows().paidOnline(1)
    rows.atMs -= 3 * chargedKeptMs
    expect(lotOf(rows.paidOnline(2)).chargedAtMs.size).toBe(2)
  })
  it('remembers the last ten thousand commands', () => {
    const rows = new Rows()
    for (let n = 0; n <= commandsMax; n++) {
      const audit = { act: 'x', by: 'a', role: 'r', reason: '', commandId: `c${n}`, result: 'done' }
      rows.add('audit', {}, audit)
    }
    const { commands } = lotOf(rows)
    expect([commands.size, commands.has('c0'), commands.has('c1')]).toEqual([
      commandsMax,
      false,
      true,
    ])
  })
  it('holds nothing of ten thousand cars that came, paid and left', () => {
    const rows = new Rows()
    for (let n = 1; n <= 10_000; n++) {
      rows.atMs += 30 * minuteMs
      rows.paidOnline(n)
    }
    const lot = lotOf(rows)
    const sizes = [
      lot.stays,
      lot.byPlate,
      lot.byColour,
      lot.orders,
      lot.deductions,
      lot.unsettled,
      lot.passByLane,
    ]
    expect(sizes.map((map) => map.size)).toEqual([0, 0, 0, 0, 0, 0, 0])
    expect(lot.chargedAtMs.size).toBeLessThanOrEqual(49)
  })
})
