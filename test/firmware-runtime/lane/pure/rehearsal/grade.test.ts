// The grade of a rehearsal from its rows: cars that left, the longest wait, money not recorded anywhere, money taken twice.
// Each kind of row that changes the grade has a scene with it and without it.
import { describe, expect, it } from 'vitest'
import { gradeRehearsal } from '#lane/pure/rehearsal/grade.ts'
import type { LedgerRow, RowDraft } from '#base/pure/rows/ledger-row.ts'

const second = 1000
const refs = { laneId: 'exit', stayId: 'S1', orderId: 'O1' } as const
const debit = { ...refs, deductionId: 'O1.D1', amountFen: 500 } as const
type Draft = Pick<RowDraft, 'kind'> & Record<string, unknown>

const order = (atSec = 0, amountFen = 500): Draft => ({
  kind: 'orderMade',
  ...refs,
  amountFen,
  atMs: atSec * second,
  body: {},
})
const intent: Draft = { kind: 'intent', ...debit, atMs: second, body: {} }
const outcome = (state: string): Draft => ({
  kind: 'outcome',
  ...debit,
  atMs: 2 * second,
  body: { state },
})
const etc: Draft = { kind: 'payment', ...debit, atMs: 2 * second, body: { means: 'etc' } }
const cash = (amountFen = 500): Draft => ({
  kind: 'payment',
  ...refs,
  amountFen,
  atMs: 3 * second,
  body: { means: 'cash' },
})
const upload: Draft = { kind: 'outbox', ...debit, atMs: 2 * second, body: {} }
const free: Draft = {
  kind: 'payment',
  ...refs,
  amountFen: 0,
  atMs: 3 * second,
  body: { means: 'free' },
}
/** A card that paid so many fen, told to the platform. */
const cut = (amountFen: number): Draft[] => [
  { ...outcome('paid'), amountFen },
  { ...etc, amountFen },
  { ...upload, amountFen },
]
const poison: Draft = { kind: 'exception', ...debit, atMs: 2 * second, body: {} }
const refund: Draft = { kind: 'refund', ...debit, atMs: 9 * second, body: {} }
const pass = (atSec = 4): Draft => ({ kind: 'pass', ...refs, atMs: atSec * second, body: {} })
const left = (end = 'etc'): Draft => ({
  kind: 'stayClosed',
  ...refs,
  atMs: 6 * second,
  body: { end },
})

const paid = [intent, outcome('paid'), etc, upload]
const grade = (rows: readonly Draft[], more: Partial<Parameters<typeof gradeRehearsal>[1]> = {}) =>
  gradeRehearsal(
    rows.map((row, n) => ({ ...row, seq: n + 1, hash: '' })) as unknown as LedgerRow[],
    {
      atMs: 10 * second,
      backAtMs: 8 * second,
      endedBy: 'time',
      restored: true,
      hasDestination: true,
      isClaimed: () => false,
      ...more,
    },
  )

describe('a lane is graded', () => {
  it('passed: a car paid, left within its time, and its money is told', () => {
    expect(grade([order(), ...paid, pass(), left()])).toEqual({
      grade: 'passed',
      carsOut: 1,
      waitedMaxSec: 4,
      lostFen: 0,
      doubledFen: 0,
      restored: true,
    })
  })

  it('noCars: nobody came, and nothing is shown by that', () => {
    expect(grade([])).toMatchObject({ grade: 'noCars', carsOut: 0 })
  })

  it('failed: what was cut is not back', () => {
    expect(grade([order(), ...paid, pass(), left()], { restored: false }).grade).toBe('failed')
  })

  it('slow: a car waited longer than a driver does, also one that waits still', () => {
    expect(grade([order(), ...paid, pass(181), left()])).toMatchObject({
      grade: 'slow',
      waitedMaxSec: 181,
    })
    expect(grade([order()], { atMs: 200 * second })).toMatchObject({
      grade: 'slow',
      waitedMaxSec: 200,
      carsOut: 0,
    })
    const back = { atMs: 400 * second, backAtMs: 300 * second }
    expect(grade([order(), ...paid, pass(180), left()], back).grade).toBe('passed')
  })

  it('slow: held up by the cut: it waited for long when the part was back, and passed only then', () => {
    const back = { atMs: 100 * second, backAtMs: 60 * second }
    expect(grade([order(30), ...paid, pass(61), left()], back)).toMatchObject({
      grade: 'slow',
      carsOut: 1,
      waitedMaxSec: 31,
    })
    expect(grade([order(31), ...paid, pass(61), left()], back).grade).toBe('notJudged')
    expect(grade([order(5)], back), 'the only car, through the whole cut').toMatchObject({
      grade: 'slow',
      carsOut: 0,
    })
    const other = { stayId: 'S2', orderId: 'O2', deductionId: 'O2.D1' }
    const quick = [order(), ...paid, pass(), left()].map((row) => ({ ...row, ...other }))
    expect(grade([...quick, order(5)], back), 'one left, another waited').toMatchObject({
      grade: 'slow',
      carsOut: 1,
    })
  })

  it.each<
    readonly [string, readonly Draft[], Partial<Parameters<typeof gradeRehearsal>[1]>, string]
  >([
    ['no car left', [order(), ...paid, pass()], {}, 'notJudged'],
    ['the only car came just before the end and waits', [order(7)], {}, 'notJudged'],
    [
      'the only car got its pass when the part was back',
      [order(), ...paid, pass(9), left()],
      {},
      'notJudged',
    ],
    [
      'the program was killed',
      [order(), ...paid, pass(), left()],
      { endedBy: 'restart' },
      'notJudged',
    ],
    ['it was killed and nobody came', [], { endedBy: 'restart' }, 'noCars'],
    [
      'it was killed and money is lost',
      [order(), pass(), left('open')],
      { endedBy: 'restart' },
      'failed',
    ],
    [
      'it was killed and a car waited for long',
      [order(), ...paid, pass(181), left()],
      { endedBy: 'restart', atMs: 400 * second, backAtMs: 300 * second },
      'slow',
    ],
    [
      'a car left unpaid and no order says what it owed',
      [order(), ...paid, pass(), left(), { ...left('open'), stayId: 'S9' }],
      {},
      'notJudged',
    ],
    ['a car left unpaid alone', [left('open')], {}, 'notJudged'],
    [
      'ended early by a person, and a car left',
      [order(), ...paid, pass(), left()],
      { endedBy: 'person' },
      'passed',
    ],
  ])('%s', (_name, rows, more, expected) => {
    expect(grade(rows, more).grade).toBe(expected)
  })
})

describe('money is lost', () => {
  it.each<
    readonly [string, number, readonly Draft[], Partial<Parameters<typeof gradeRehearsal>[1]>]
  >([
    ['of a car that left unpaid, and nothing claims it', 500, [], {}],
    ['not where its car owes it', 0, [], { isClaimed: (id) => id === 'O1' }],
    [
      'not where a charge has an unknown result: its number is asked for',
      0,
      [intent, outcome('unknown')],
      {},
    ],
    ['not while a charge is open', 0, [intent], {}],
    ['of a charge that was refused', 500, [intent, outcome('refused')], {}],
    ['not where it paid in cash', 0, [cash()], {}],
    ['of a car that paid a part to a person', 300, [cash(200)], {}],
    ['of a car that paid one fen of it', 499, [cash(1)], {}],
    ['of a card that paid a part', 499, [{ ...intent, amountFen: 1 }, ...cut(1)], {}],
    ['of a car with a charge for a part that is open', 499, [{ ...intent, amountFen: 1 }], {}],
    ['not where a person took a part and waived the rest', 0, [cash(200), free], {}],
    ['not where a person waived it', 0, [free], {}],
    ['not where the older word for it stands', 0, [{ ...free, body: { means: 'waived' } }], {}],
    ['of a card that paid and nobody is told of', 500, [intent, outcome('paid'), etc], {}],
    [
      'not where that is named as what cannot be sent',
      0,
      [intent, outcome('paid'), etc, poison],
      {},
    ],
    [
      'not where there is nobody to tell',
      0,
      [intent, outcome('paid'), etc],
      { hasDestination: false },
    ],
  ])('%s', (_, lostFen, rows, more) => {
    const found = grade([order(), ...rows, pass(), left('open')], more)
    expect(found).toMatchObject({ lostFen, grade: lostFen > 0 ? 'failed' : 'passed' })
  })
})

describe('money is doubled', () => {
  it('by cash and a late success, until the refund is written', () => {
    const both = [
      order(),
      intent,
      outcome('unknown'),
      cash(),
      pass(),
      left('other'),
      ...paid.slice(1),
    ]
    expect(grade(both)).toMatchObject({ doubledFen: 500, grade: 'failed' })
    expect(grade([...both, refund])).toMatchObject({ doubledFen: 0, grade: 'passed' })
  })
})
