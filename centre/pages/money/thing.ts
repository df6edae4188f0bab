// What the page of money is about, as its address has it: `LOT~DAY~MEANS`. `*` stands for all lots and any means; a day may be
// a month. Means of refunds have `back.` before them; `pay.*` and `back.*` are all payments and all refunds.
import type { MoneyWhat } from '../../desk/calls/money/views.ts'

export interface MoneyThing {
  readonly lotId: string
  /** `2026-11` or `2026-11-29`. */
  readonly span: string
  /** Null: both. */
  readonly what: MoneyWhat | null
  /** Null: any. */
  readonly means: string | null
}

type Means = Pick<MoneyThing, 'what' | 'means'>

export const isDay = (span: string): boolean => span.length === 10

function meansOf(text: string): Means {
  const [, prefix = 'pay', means = '*'] = /^(?:(pay|back)\.)?(.+)$/.exec(text) ?? []
  if (text === '*' || text === '') return { what: null, means: null }
  return { what: prefix === 'back' ? 'refund' : 'payment', means: means === '*' ? null : means }
}

const meansText = ({ what, means }: Means): string => {
  if (what === null) return '*'
  return what === 'refund' ? `back.${means ?? '*'}` : (means ?? 'pay.*')
}

/** A part that is missing or is none: this month, all lots, any means. */
export function moneyThing(thing: string, today: string): MoneyThing {
  const [lotId = '', span = '', means = ''] = thing.split('~')
  const isSpan = /^20\d\d-\d\d(?:-\d\d)?$/.test(span)
  return {
    lotId: lotId === '' ? '*' : lotId,
    span: isSpan ? span : today.slice(0, 7),
    ...meansOf(means),
  }
}

export const moneyText = ({ lotId, span, ...means }: MoneyThing): string =>
  `${lotId}~${span}~${meansText(means)}`
