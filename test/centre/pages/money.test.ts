// The address of the page of money, in both directions.
import { describe, expect, it } from 'vitest'
import { moneyText, moneyThing } from '../../../centre/pages/money/thing.ts'

const today = '2026-11-29'
describe('an address of money', () => {
  it.each([
    ['', '*', '2026-11', null, null, '*~2026-11~*'],
    ['L001', 'L001', '2026-11', null, null, 'L001~2026-11~*'],
    ['L001~~', 'L001', '2026-11', null, null, 'L001~2026-11~*'],
    ['L001~2026-11-29~etc', 'L001', '2026-11-29', 'payment', 'etc', 'L001~2026-11-29~etc'],
    ['*~2026-10~back.cash', '*', '2026-10', 'refund', 'cash', '*~2026-10~back.cash'],
    ['*~2026-10~back.*', '*', '2026-10', 'refund', null, '*~2026-10~back.*'],
    ['*~2026-10~pay.*', '*', '2026-10', 'payment', null, '*~2026-10~pay.*'],
    ['L001~yesterday~etc', 'L001', '2026-11', 'payment', 'etc', 'L001~2026-11~etc'],
  ])('%s', (thing, lotId, span, what, means, text) => {
    const found = moneyThing(thing, today)
    expect(found).toEqual({ lotId, span, what, means })
    expect(moneyText(found)).toBe(text)
    expect(moneyThing(text, today)).toEqual(found)
  })
})
