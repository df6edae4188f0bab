// M7 for refunds by people, over rows: of a charge or a payment never more than was paid, requested by one person and
// approved by another; a rejected refund takes nothing until it is carried out after all.
import { expect, test } from 'vitest'
import type { RowBodies } from '#base/pure/rows/ledger-row.ts'
import { Rows } from './row-kit.ts'
import { violationsOf } from './violations.ts'

type Refund = RowBodies['refund']

class Back extends Rows {
  /** A refund of the charge of car 1, or of a payment where one is named. */
  back(refundId: string, amountFen: number, more: Partial<Refund> = {}): this {
    const refs = { laneId: 'exit', stayId: 'n-S1', orderId: 'n-O1', amountFen }
    const people = { reason: '', operator: '甲', approvedBy: '乙', byPeople: true } as const
    return more.paymentId === undefined
      ? this.add(
          'refund',
          { ...refs, deductionId: 'n-O1.D1' },
          { refundId, outTradeNo: 'P11', ...people, ...more },
        )
      : this.add('refund', refs, { refundId, ...people, ...more })
  }
  state(refundId: string, state: RowBodies['refundState']['state']): this {
    return this.add('refundState', { stayId: 'n-S1' }, { refundId, state })
  }
}

function faults(rows: Rows): string[] {
  const violations = violationsOf(rows.all)
  return violations.map(({ id, detail }) => `${id} ${detail.replace(/^row \d+: /, '')}`)
}

const paid = (): Back => new Back().paidOnline(1)
const tooMuch = (back: number, of = 500): string => `M7 ${back} fen go back of ${of} that were paid`

test('parts up to what was charged, and no fen more', () => {
  expect(faults(paid().back('R1', 200).back('R2', 300))).toEqual([])
  expect(faults(paid().back('R1', 200).back('R2', 301))).toEqual([tooMuch(501)])
})

test('one that was rejected frees its sum, and takes it again when it is given by hand', () => {
  const again = (): Back => paid().back('R1', 500).state('R1', 'rejected').back('R2', 400)
  expect(faults(again().state('R2', 'success'))).toEqual([])
  expect(faults(again().state('R1', 'success'))).toEqual([tooMuch(900)])
  // An intermediate step changes nothing.
  expect(faults(paid().back('R1', 500).state('R1', 'abnormal').back('R2', 1))).toEqual([
    tooMuch(501),
  ])
})

test('beside what a rule gives back of the same charge, rejected or not', () => {
  const rows = (): Back => {
    const made = paid().pay(1, 'cash')
    return made.refund(1, 500)
  }
  const id = rows().all.findLast(({ kind }) => kind === 'refund')
  const refundId = id?.kind === 'refund' ? id.body.refundId : ''
  expect(faults(rows().back('R1', 1))).toEqual([tooMuch(501)])
  expect(faults(rows().state(refundId, 'rejected').back('R1', 1))).toEqual([tooMuch(501)])
})

test('asked by one and approved by another, or by one alone', () => {
  const same = 'M7 one person asked for a refund and approved it'
  expect(faults(paid().back('R1', 1, { approvedBy: ' 甲' }))).toEqual([same])
  expect(faults(paid().back('R1', 1, { approvedBy: null }))).toEqual([])
})

test('of cash, up to what was taken; of a charge that was refused nothing', () => {
  const cash = (): Back => {
    const rows = new Back().stay(1).order(1).pay(1, 'cash', 300)
    return rows.pass(1, 'other', 'x').told(1).closed(1, 'other')
  }
  const payment = cash().all.find(({ kind }) => kind === 'payment')
  const paymentId = payment?.kind === 'payment' ? payment.body.paymentId : ''
  expect(faults(cash().back('R1', 300, { paymentId }).state('R1', 'success'))).toEqual([])
  expect(faults(cash().back('R1', 301, { paymentId }))).toEqual([tooMuch(301, 300)])
  expect(faults(cash().back('R1', 1, { paymentId: 'M0' }))).toEqual([tooMuch(1, 0)])
  const refused = new Back().stay(1).order(1).intent(1).outcome(1, 'refused')
  expect(faults(refused.back('R1', 1))).toEqual([tooMuch(1, 0)])
})
