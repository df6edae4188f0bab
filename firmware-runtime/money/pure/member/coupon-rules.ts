// Checks a coupon before it is issued: its value by kind, and its days.
// A form, a merchant's act and a file are judged alike; each refusal names the field and the value.
import type { Coupon, CouponKind } from '#base/pure/rows/coupon-row.ts'
import type { BilingualText } from '#base/pure/faults/faults.ts'
import { isDay } from '#base/pure/tables/cells.ts'

const valueMax: Readonly<Record<Exclude<CouponKind, 'whole'>, number>> = {
  amount: 1_000_000,
  time: 43_200,
  percent: 100,
}

interface CouponRefusal {
  readonly field: 'value' | 'from' | 'until'
  readonly value: string
  readonly text: BilingualText
}

/** The first field that is wrong. */
export function couponRefusal({
  kind,
  value,
  from,
  until,
}: Pick<Coupon, 'kind' | 'value' | 'from' | 'until'>): CouponRefusal | null {
  const refuse = (
    field: CouponRefusal['field'],
    given: string | number,
    zh: string,
    en: string,
  ): CouponRefusal => ({ field, value: String(given), text: { zh, en } })
  if (kind === 'whole' && value !== 0)
    return refuse('value', value, '全免的券为 0', '0, all is free')
  if (kind !== 'whole' && !(Number.isSafeInteger(value) && value >= 1 && value <= valueMax[kind]))
    return refuse('value', value, `1 到 ${valueMax[kind]}`, `1 to ${valueMax[kind]}`)
  if (!isDay(from)) return refuse('from', from, '不是日期', 'not a date such as 2026-12-01')
  if (!isDay(until)) return refuse('until', until, '不是日期', 'not a date such as 2026-12-31')
  if (until < from)
    return refuse('until', until, '截止日早于起始日', 'the last day is before the first')
  return null
}
