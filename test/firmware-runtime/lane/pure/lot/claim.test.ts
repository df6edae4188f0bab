// Claiming a stay at the exit: which one it is, what is due, what is paid, what must be settled first.
// A wrong match charges a stranger, so a doubtful match takes no stay.
import { describe, expect, it } from 'vitest'
import { demoTariff } from '#money/tariff/demo-tariff.ts'
import { claim, type ClaimAnswer } from '#lane/pure/lot/claim.ts'
import type { ClockDoubt } from '#ledger/pure/lot/clock-watch.ts'
import { emptyLot, foldRow } from '#ledger/pure/lot/lot.ts'
import { dayMs } from '#base/pure/values/instant.ts'
import { standardMatch, type MatchRule } from '#base/pure/plates/plate-match.ts'
import type { Member } from '#base/pure/rows/member-row.ts'
import type { RowBodies } from '#base/pure/rows/ledger-row.ts'
import type { PlateColour } from '#base/pure/plates/plate.ts'
import { minuteMs, Rows, t0 } from './row-kit.ts'

interface Asked {
  readonly plate?: string
  readonly colour?: PlateColour
  readonly afterMin?: number
  readonly matchRule?: MatchRule | null
  readonly plateRaw?: string
  readonly clock?: ClockDoubt | null
}

function ask(
  rows: Rows,
  {
    plate = '测A12345',
    colour = 'blue',
    afterMin = 0,
    matchRule = standardMatch,
    clock = null,
    plateRaw = plate,
  }: Asked = {},
) {
  const lot = emptyLot()
  for (const row of rows.all) foldRow(lot, row)
  return claim(lot, demoTariff, {
    lotId: 'GX1',
    nodeId: 'n',
    laneId: 'exit',
    plate,
    colour,
    photo: null,
    nowMs: rows.atMs + afterMin * minuteMs,
    plateRaw,
    confidence: 0.7,
    matchRule,
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
    lotId: 'GX1',
    nodeId: 'n',
    laneId: 'exit',
    plate: '测A12345',
    colour: 'blue',
    photo: null,
    plateRaw: '测A12345',
    confidence: null,
  } as const
  const at = { nowMs: rows.atMs, matchRule: standardMatch, clock: null } as const
  const once = claim(lot, demoTariff, { ...claimRequest, ...at })
  expect(claimed(once.answer).order.orderId).toBe(`n-O${before.lastId + 1}`)
  expect(once.lastId).toBe(before.lastId + 1)
  expect(claim(lot, demoTariff, { ...claimRequest, ...at })).toEqual(once)
  expect(lot).toEqual(before)
})

describe('which stay', () => {
  it.each([
    ['exact', '测A12345', standardMatch, 'n-S1'],
    ['one character that looks alike', '测A1234S', standardMatch, 'n-S1'],
    ['the same, said by a person', '测A1234S', null, null],
    ['the same, where no score is enough', '测A1234S', { scoreMin: 100, marginMin: 15 }, null],
    ['one character that does not', '测A12346', standardMatch, null],
    ['two that look alike', '测AI234S', standardMatch, 'n-S1'],
    ['three', '测AIZ34S', standardMatch, null],
    ['one character missing', '测A1234', standardMatch, null],
  ] as const)('%s', (_name, plate, matchRule, stayId) => {
    const { answer } = ask(inside(), { plate, matchRule })
    expect(answer.kind === 'claimed' ? answer.stayId : null).toBe(stayId)
  })
  it('two that it may be: none of them, both for a person to pick from', () => {
    const rows = inside()
      .stay(2, '测A12B45', t0 - 70 * minuteMs)
      .stay(3, '测A12845', t0 - 60 * minuteMs)
    const { answer } = ask(rows, { plate: '测A1284S' })
    expect(answer).toMatchObject({
      kind: 'noStay',
      candidates: [
        { stayId: 'n-S3', plate: '测A12845', score: 90 },
        { stayId: 'n-S2', plate: '测A12B45', score: 80 },
        { stayId: 'n-S1', plate: '测A12345', score: 72 },
      ],
    })
    expect(claimed(ask(rows, { plate: '测A12B45' }).answer).stayId).toBe('n-S2')
  })
  it('one that was let go at an exit is in nobody else’s place', () => {
    const gone = { passId: 'n-P9', cause: 'other', by: null, reason: null } as const
    const rows = inside().add('pass', { laneId: 'exit', stayId: 'n-S1' }, gone)
    expect(ask(rows, { plate: '测A1234S' }).answer).toEqual({ kind: 'noStay', candidates: [] })
    const came = inside().add(
      'pass',
      { laneId: 'entry', stayId: 'n-S1' },
      { ...gone, cause: 'entry' },
    )
    expect(ask(came, { plate: '测A1234S' }).answer.kind).toBe('claimed')
  })
  it('one without an entry is nobody else’s either', () => {
    const made = { plate: '测A12345', colour: 'blue', enteredAtMs: t0, noEntry: true, photo: null }
    const refs = { laneId: 'exit', stayId: 'n-S1' }
    const rows = new Rows().add('stayOpened', refs, made as RowBodies['stayOpened'])
    expect(ask(rows, { plate: '测A1234S' }).answer).toEqual({ kind: 'noStay', candidates: [] })
  })
  it('a plate on the list of members is corrected to no other', () => {
    const member: Member = {
      no: 'M1',
      kind: 'white',
      name: '邻居',
      plates: ['测A1234S'],
      spaces: null,
      areas: null,
      from: '2026-01-01',
      until: null,
    }
    const rows = inside().add('member', {}, { row: 'issued', member })
    const { answer } = ask(rows, { plate: '测A1234S' })
    expect(answer).toMatchObject({ kind: 'claimed', order: { dueFen: 0 }, match: null })
    expect(claimed(answer).stayId).not.toBe('n-S1')
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
    const { rows, answer } = ask(inside(), { plate: '测A1234S', plateRaw: '蓝测A·1234S' })
    const match = {
      plateRead: '测A1234S',
      score: 90,
      secondScore: null,
      ...standardMatch,
      parts: [{ word: 'alike', points: 10, args: { at: 7, read: 'S', known: '5' } }],
    }
    expect(rows[0]?.body).toMatchObject({ plate: '测A12345', plateRaw: '测A1234S', match })
    expect(claimed(answer)).toMatchObject({ plate: '测A12345', match })
  })
  it.each([
    ['a colour before it', '蓝测A12345', '测A12345'],
    ['dots in it', '蓝测A·12345', '测A12345'],
    ['what a person named is another one', '测A8888B', '测A8888B'],
    ['no plate at all', '无牌车', '无牌车'],
  ])('the raw reading: %s', (_name, plateRaw, read) => {
    const { rows } = ask(inside(), { plateRaw })
    expect(rows[0]?.body).toMatchObject({ plate: '测A12345', plateRaw: read })
    expect(rows[0]?.body).not.toHaveProperty('match')
  })
  it('a clock in doubt: why the plate was corrected goes with the car', () => {
    const clock: ClockDoubt = { cause: 'jump', expectedMs: null, readMs: t0 }
    const { answer } = ask(inside(), { plate: '测A1234S', clock })
    expect(answer).toMatchObject({ kind: 'clockUnsure', match: { plateRead: '测A1234S' } })
  })
  it('the standing order of a corrected car says so again', () => {
    const rows = inside().order(1)
    const { answer, rows: made } = ask(rows, { plate: '测A1234S' })
    expect(made).toEqual([])
    expect(claimed(answer).match).toMatchObject({ score: 90 })
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
