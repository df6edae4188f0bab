// The months of a span, by which a drawer that was never counted lists its cash.
// Cut to the span, in the lot's time zone.
import { expect, it } from 'vitest'
import { monthsIn } from '#base/desk/handlers/day-drawer.ts'

it('months of a span are cut to it, also over the end of a year', () => {
  const at = (iso: string): number => Date.parse(`${iso}+08:00`)
  const span = { fromMs: at('2026-12-30T10:00:00'), toMs: at('2027-02-01T00:00:00') }
  expect(monthsIn(span)).toEqual([
    { month: '2026-12', span: { fromMs: span.fromMs, toMs: at('2027-01-01T00:00:00') } },
    { month: '2027-01', span: { fromMs: at('2027-01-01T00:00:00'), toMs: span.toMs } },
  ])
  expect(monthsIn({ fromMs: span.toMs, toMs: span.toMs })).toEqual([])
})
