// The grade of a rehearsal from its rows: cars that left, the longest wait, money not recorded anywhere, money taken twice.
// Each kind of row that changes the grade has a scene with it and without it.
import { describe, expect, it } from 'vitest'
import { gradeRehearsal } from '../../../../firmware-runtime/core/rehearsal/grade.ts'
import type {
  LedgerRow,
  RowDraft,
} from '../../../../firmware-runtime/core/values/rows/ledger-row.ts'

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
    { atMs: 10 * second, restored: true, hasDestination: true, isClaimed: () => false, ...more },
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
    expect(grade([order(), ...paid, pass(180), left()]).grade).toBe('passed')
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
    ['not where a person took a part and let go of the rest', 0, [cash(200)], {}],
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
