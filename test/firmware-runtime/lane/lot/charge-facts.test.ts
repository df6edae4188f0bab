// What the record of a charge says about its price (P12): the deduction of a coupon. A lot charges a car, and its record is
// compared as frozen.
import { expect, it } from 'vitest'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import { cardReadEvent, loop, plate, plateEvent } from '../pure/lane-bench.ts'
import { lotOn, type Lot } from './lot-on.ts'

function entered(coupon: boolean): Lot {
  const lot = lotOn([])
  const enteredAtMs = lot.runtime.nowMs() - 70 * 60_000
  const of = { atMs: enteredAtMs, stayId: 'n1-S1' }
  const body = { plate, colour: 'blue', enteredAtMs, noEntry: false, photo: null } as const
  const days = { from: '2020-01-01', until: '2099-01-01', batch: 'B1' }
  const issued = { code: 'C1', merchant: 'M1', kind: 'amount', value: 100, ...days } as const
  const rows: RowDraft[] = [{ kind: 'stayOpened', laneId: 'entry', ...of, body }]
  if (coupon)
    rows.push(
      { kind: 'coupon', atMs: enteredAtMs, body: { row: 'issued', coupon: issued } },
      { kind: 'coupon', ...of, body: { row: 'used', code: 'C1' } },
    )
  lot.runtime.append(rows)
  return lot
}
const bodyOf = (lot: Lot): Record<string, unknown> => {
  const row = lot.ledger.list.find((one) => one.kind === 'outbox' && one.body.op === 'charge')
  return JSON.parse(row?.kind === 'outbox' ? row.body.body : '{}') as Record<string, unknown>
}

it('what a coupon took off stands beside what is charged, and its number', () => {
  const [plain, less] = [false, true].map((coupon) => {
    const lot = entered(coupon)
    lot.give(loop('arrive', 'on'), plateEvent(plate), cardReadEvent())
    return bodyOf(lot)
  })
  const fullFen = Number(plain?.['realFee'])
  expect(fullFen).toBeGreaterThan(100)
  expect(plain).toMatchObject({ payFee: fullFen, discountFee: 0 })
  expect(plain).not.toHaveProperty('couponNo')
  const off = { payFee: fullFen, discountFee: 100, realFee: fullFen - 100, couponNo: 'C1' }
  expect(less).toMatchObject(off)
})
