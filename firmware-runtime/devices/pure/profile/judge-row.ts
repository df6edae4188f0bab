// Judges what a profile says of one row of Annex A: pass, fail, or not stated. Never a guess:
// a value of another shape or unit than the row's says nothing about it.
import type { Span, StandardRow, StandardRule } from './annex-a.ts'

export type RowValue = null | boolean | number | string | Span | readonly (string | number)[]

export type Verdict = 'pass' | 'fail' | 'notStated'

const isSpan = (value: RowValue): value is Span =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const verdict = (met: boolean): Verdict => (met ? 'pass' : 'fail')

const spanOf = (value: RowValue): Span | null => {
  if (typeof value === 'number') return { min: value, max: value }
  return isSpan(value) ? value : null
}

const listOf = (value: RowValue): readonly (string | number)[] | null => {
  if (typeof value === 'number' || typeof value === 'string') return [value]
  return Array.isArray(value) ? (value as readonly (string | number)[]) : null
}

const inside = (inner: Span, outer: Span): boolean =>
  inner.min >= outer.min && inner.max <= outer.max

function judgeNumber(
  compare: 'atLeast' | 'atMost' | 'moreThan' | 'lessThan',
  limit: number,
  value: RowValue,
): Verdict {
  if (typeof value !== 'number') return 'notStated'
  if (compare === 'atLeast') return verdict(value >= limit)
  if (compare === 'atMost') return verdict(value <= limit)
  return verdict(compare === 'moreThan' ? value > limit : value < limit)
}

function judgeList(rule: StandardRule, value: RowValue): Verdict {
  if (rule.compare === 'bands' && isSpan(value))
    return verdict(rule.bands.some((band) => inside(value, band)))
  const list = listOf(value)
  if (list === null || list.length === 0) return 'notStated'
  if (rule.compare === 'some') return 'pass'
  if (rule.compare === 'anyOf') return verdict(rule.of.some((name) => list.includes(name)))
  if (rule.compare === 'allOf') return verdict(rule.of.every((name) => list.includes(name)))
  if (rule.compare !== 'bands' || list.some((one) => typeof one !== 'number')) return 'notStated'
  const inBand = (one: string | number): boolean =>
    rule.bands.some((band) => Number(one) >= band.min && Number(one) <= band.max)
  return verdict(list.every(inBand))
}

/** `unit`: of the value; a row with a unit is judged only in that unit. */
export function judgeRow({ rule }: StandardRow, value: RowValue, unit: string | null): Verdict {
  if (value === null) return 'notStated'
  if ('unit' in rule && rule.unit !== unit) return 'notStated'
  switch (rule.compare) {
    case 'conforms':
    case 'has':
      return typeof value === 'boolean' ? verdict(value) : 'notStated'
    case 'atLeast':
    case 'atMost':
    case 'moreThan':
    case 'lessThan':
      return judgeNumber(rule.compare, rule.limit, value)
    case 'within':
    case 'covers': {
      const span = spanOf(value)
      if (span === null) return 'notStated'
      return verdict(rule.compare === 'within' ? inside(span, rule.span) : inside(rule.span, span))
    }
    case 'bands':
    case 'anyOf':
    case 'allOf':
    case 'some':
      return judgeList(rule, value)
  }
}
