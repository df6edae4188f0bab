// Claiming a stay at the exit: which one it is, what is due, what was paid, what must be settled first.
// A wrong match charges a stranger, so doubt always means nobody.
import { describe, expect, it } from 'vitest'
import { demoTariff } from '../../../../firmware-runtime/app/lot/demo-tariff.ts'
import { claim, type ClaimAnswer } from '../../../../firmware-runtime/core/lot/claim.ts'
import type { ClockDoubt } from '../../../../firmware-runtime/core/lot/clock-watch.ts'
import { emptyLot, foldRow } from '../../../../firmware-runtime/core/lot/lot.ts'
import { dayMs } from '../../../../firmware-runtime/core/values/instant.ts'
import type { PlateColour } from '../../../../firmware-runtime/core/values/plate.ts'
import { minuteMs, Rows, t0 } from './row-kit.ts'

interface Asked {
  readonly plate?: string
  readonly colour?: PlateColour
  readonly afterMin?: number
  readonly tolerance?: 0 | 1
  readonly clock?: ClockDoubt | null
}

function ask(
  rows: Rows,
  { plate = '测A12345', colour = 'blue', afterMin = 0, tolerance = 1, clock = null }: Asked = {},
) {
  const lot = emptyLot()
  for (const row of rows.all) foldRow(lot, row)
  return claim(lot, demoTariff, {
    nodeId: 'n',
    laneId: 'exit',
    plate,
    colour,
    photo: null,
    nowMs: rows.atMs + afterMin * minuteMs,
    plateTolerance: tolerance,
    clock,
  })
}
const claimed = (answer: ClaimAnswer): Extract<ClaimAnswer, { kind: 'claimed' }> => {
  expect(answer.kind).toBe('claimed')
  return answer as Extract<ClaimAnswer, { kind: 'claimed' }>
}
/** A car that entered 70 minutes ago: 500 fen by the demo tariff. */
const inside = (): Rows => new Rows().stay(1, '测A12345', t0 - 70 * minuteMs)

it('takes a number, and leaves the lot as it is', () => {
  const rows = inside()
  const lot = emptyLot()
  for (const row of rows.all) foldRow(lot, row)
  const before = structuredClone(lot)
  const claimRequest = {
    nodeId: 'n',
    laneId: 'exit',
    plate: '测A12345',
    colour: 'blue',
    photo: null,
  } as const
  const at = { nowMs: rows.atMs, plateTolerance: 1, clock: null } as const
  const once = claim(lot, demoTariff, { ...claimRequest, ...at })
  expect(claimed(once.answer).order.orderId).toBe(`n-O${before.lastId + 1}`)
  expect(once.lastId).toBe(before.lastId + 1)
  expect(claim(lot, demoTariff, { ...claimRequest, ...at })).toEqual(once)
  expect(lot).toEqual(before)
})

describe('which stay', () => {
  it.each([
    ['exact', '测A12345', 1, 'n-S1'],
    ['one character off', '测A12346', 1, 'n-S1'],
    ['one off where none is tolerated', '测A12346', 0, null],
    ['two characters off', '测A12366', 1, null],
    ['another length', '测A1234', 1, null],
  ] as const)('%s', (_name, plate, tolerance, stayId) => {
    const { answer } = ask(inside(), { plate, tolerance })
    expect(answer.kind === 'claimed' ? answer.stayId : null).toBe(stayId)
  })
  it('two that are one character off: none of them, never a guess', () => {
    const rows = inside().stay(2, '测A12344', t0 - 70 * minuteMs)
    expect(ask(rows, { plate: '测A12346' }).answer.kind).toBe('noStay')
    expect(claimed(ask(rows, { plate: '测A12344' }).answer).stayId).toBe('n-S2')
  })
  it('the newest where a plate is inside twice; a stay without a plate never', () => {
    const rows = inside().stay(2, null).stay(3)
    expect(claimed(ask(rows).answer).stayId).toBe('n-S3')
  })
  describe('two cars with one number in two colours', () => {
    const both = (): Rows =>
      new Rows()
        .stay(1, '测A12345', t0 - 70 * minuteMs)
        .add(
          'stayOpened',
          { stayId: 'n-S2', laneId: 'entry' },
          {
            plate: '测A12345',
            colour: 'yellow',
            enteredAtMs: t0 - 10 * minuteMs,
            noEntry: false,
            photo: null,
          },
        )
    it.each([
      ['blue', 'n-S1'],
      ['yellow', 'n-S2'],
      ['unknown', 'n-S2'],
      ['green', 'n-S2'],
    ] as const)('%s', (colour, stayId) => {
      expect(claimed(ask(both(), { colour }).answer).stayId).toBe(stayId)
    })
    it('the older one is still inside when the newer has left', () => {
      const rows = both().order(2, 0).closed(2, 'free')
      expect(claimed(ask(rows).answer).stayId).toBe('n-S1')
    })
    it('of one colour, the older has no claim when the newer has left', () => {
      const rows = inside().stay(2).order(2, 0).closed(2, 'free')
      expect(ask(rows).answer.kind).toBe('noStay')
    })
  })
  it('keeps both plates: the one matched and the one read', () => {
    const { rows, answer } = ask(inside(), { plate: '测A12346' })
    expect(rows[0]?.body).toMatchObject({ plate: '测A12345', plateRaw: '测A12346' })
    expect(claimed(answer).plate).toBe('测A12345')
  })
})

describe('what is due', () => {
  it('the price of the stay, as an order of its own', () => {
    const { rows, answer } = ask(inside())
    expect(rows.map((r) => [r.kind, r.amountFen])).toEqual([['orderMade', 500]])
    expect(claimed(answer)).toMatchObject({
      order: { orderId: 'n-O2', dueFen: 500 },
      unsettled: null,
      tries: 0,
      alreadyPaid: null,
    })
  })
  it('the same order again at the same instant, a new one later', () => {
    const rows = inside().order(1)
    expect(ask(rows).rows).toEqual([])
    expect(ask(rows, { afterMin: 1 }).rows).toHaveLength(1)
  })
  it.each([
    ['within the time to leave', 15, 0, 'etc', 0],
    ['after it, in the same period', 16, 1, 'etc', 0],
    ['after it, a period later', 60, 1, null, 200],
  ] as const)('paid before: %s', (_name, afterMin, orders, alreadyPaid, dueFen) => {
    const rows = inside().order(1).intent(1).outcome(1, 'paid').pay(1)
    const { rows: made, answer } = ask(rows, { afterMin })
    expect(made).toHaveLength(orders)
    expect(claimed(answer)).toMatchObject({ alreadyPaid, order: { dueFen } })
  })
  it('paid in cash before: other, not ETC', () => {
    const rows = inside().order(1).pay(1, 'cash')
    expect(claimed(ask(rows, { afterMin: 5 }).answer).alreadyPaid).toBe('other')
  })
  it('waived: nothing is due in the time to leave', () => {
    const rows = inside().order(1).pay(1, 'waived', 0)
    expect(claimed(ask(rows, { afterMin: 5 }).answer).alreadyPaid).toBe('other')
  })
  it('refunded: due again', () => {
    const rows = inside().order(1).intent(1).outcome(1, 'paid').pay(1).refund(1)
    expect(claimed(ask(rows, { afterMin: 5 }).answer)).toMatchObject({
      alreadyPaid: null,
      order: { dueFen: 500 },
    })
  })
  it.each([
    ['an entry', new Rows().stay(1, '测A12345', t0 + minuteMs)],
    ['a payment', inside().order(1).pay(1, 'cash')],
  ])('%s later than now is for a person, never a free stay', (name, rows) => {
    const { rows: made, answer } = ask(rows, { afterMin: name === 'an entry' ? 0 : -1 })
    expect(made).toEqual([])
    expect(answer).toMatchObject({ kind: 'clockUnsure', clock: { cause: 'entryLater' } })
  })
  it('a clock in doubt prices nothing; where its true time is known, the amount is suggested', () => {
    const doubt = { cause: 'jump', readMs: t0 + 24 * 60 * minuteMs, expectedMs: t0 } as const
    const { rows, answer } = ask(inside(), { clock: doubt, afterMin: 24 * 60 })
    expect(rows).toEqual([])
    expect(answer).toMatchObject({
      kind: 'clockUnsure',
      clock: { cause: 'jump', readMs: doubt.readMs, otherMs: t0, suggestFen: 500 },
    })
    const behind = { cause: 'behindLedger', readMs: 0, expectedMs: t0 } as const
    expect(ask(inside(), { clock: behind }).answer).toMatchObject({ clock: { suggestFen: null } })
  })
  it('a charge whose result is due is settled first, whatever the clock says', () => {
    const doubt = { cause: 'jump', readMs: t0, expectedMs: t0 } as const
    const rows = inside().order(1).intent(1)
    expect(claimed(ask(rows, { clock: doubt }).answer).unsettled).not.toBeNull()
  })
  it('a stay longer than ten years is priced at ten years', () => {
    const rows = new Rows().stay(1, '测A12345', t0 - 5000 * dayMs)
    expect(claimed(ask(rows).answer).order.dueFen).toBeGreaterThan(7_000_000)
  })
})

describe('what must be settled first', () => {
  it.each(['intent', 'unknown'] as const)('a deduction that is %s: its order stands', (state) => {
    const rows = inside().order(1).intent(1)
    if (state === 'unknown') rows.outcome(1, 'unknown')
    const { rows: made, answer } = ask(rows, { afterMin: 600 })
    expect(made).toEqual([])
    expect(claimed(answer)).toMatchObject({
      unsettled: { deductionId: 'n-O1.D1', state },
      tries: 1,
      alreadyPaid: null,
    })
  })
  it('a refused one is behind us: a new order', () => {
    const rows = inside().order(1).intent(1).outcome(1, 'refused')
    expect(claimed(ask(rows, { afterMin: 1 }).answer).unsettled).toBeNull()
  })
  it('an unknown one whose driver paid otherwise is not asked of the car again', () => {
    const rows = inside().order(1).intent(1).outcome(1, 'unknown').pay(1, 'cash')
    expect(claimed(ask(rows, { afterMin: 5 }).answer)).toMatchObject({
      unsettled: null,
      alreadyPaid: 'other',
    })
  })
})
