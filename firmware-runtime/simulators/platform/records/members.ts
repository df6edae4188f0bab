// Member rules as data, and the five checks of a body (A.1.1 b): type, length, threshold, range, characters. One table
// per endpoint has the rules of P11 to P20.
import { isFen } from '#base/pure/values/fen.ts'
import { parseIso } from '#base/pure/values/instant.ts'
import { refuse, type Outcome } from '../answers.ts'
import { windowMs } from '../envelope.ts'

export type Members = Readonly<Record<string, unknown>>

interface RuleBase {
  readonly name: string
  /** True: the member may be absent. */
  readonly optional?: true
}

export type MemberRule = RuleBase &
  (
    | { readonly is: 'text'; readonly min: number; readonly max: number; readonly shape?: RegExp }
    | { readonly is: 'int'; readonly min: number; readonly max: number }
    | { readonly is: 'fen'; readonly max?: number }
    | { readonly is: 'bool' | 'list' }
    | { readonly is: 'time'; readonly mayBeAhead?: true }
    | { readonly is: 'code'; readonly oneOf: readonly (number | string)[] }
  )

/** Characters of names and codes: P1, and WeChat's for numbers (D.1). */
const numberShape = /^[A-Za-z0-9_*-]+$/
/** Capital letters, digits and Han characters: plates of every kind, without separators. */
const plateChars = /^[A-Z0-9\u4e00-\u9fff]+$/
const digitShape = /^\d+$/
const hexDigits = /^[0-9A-F]+$/

export const text = (name: string, max: number, min = 1, shape?: RegExp): MemberRule => ({
  name,
  is: 'text',
  min,
  max,
  ...(shape === undefined ? {} : { shape }),
})
export const number = (name: string, max = 32): MemberRule => text(name, max, 1, numberShape)
export const plate = (name: string): MemberRule => text(name, 20, 5, plateChars)
export const digits = (name: string, length: number): MemberRule =>
  text(name, length, length, digitShape)
export const hex = (name: string, max: number, min = max): MemberRule =>
  text(name, max, min, hexDigits)
export const int = (name: string, min: number, max: number): MemberRule => ({
  name,
  is: 'int',
  min,
  max,
})
export const fenOf = (name: string, max?: number): MemberRule => ({
  name,
  is: 'fen',
  ...(max === undefined ? {} : { max }),
})
/** A time of something that happened. */
export const time = (name: string): MemberRule => ({ name, is: 'time' })
/** A time that may lie ahead, as the end of a validity does. */
export const timeAhead = (name: string): MemberRule => ({ name, is: 'time', mayBeAhead: true })
export const bool = (name: string): MemberRule => ({ name, is: 'bool' })
export const list = (name: string): MemberRule => ({ name, is: 'list' })
export const code = (name: string, ...oneOf: readonly (number | string)[]): MemberRule => ({
  name,
  is: 'code',
  oneOf,
})
/** A calendar day, `yyyy-MM-dd`. */
export const day = (name: string): MemberRule =>
  text(name, 10, 10, /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/)
export const optional = (rule: MemberRule): MemberRule => ({ ...rule, optional: true })

function checkText(rule: MemberRule & { readonly is: 'text' }, value: unknown): Outcome | null {
  const at = `/${rule.name}`
  if (typeof value !== 'string') return refuse('200001', at, value, 'a text')
  if (value.length < rule.min || value.length > rule.max) {
    return refuse('200002', at, value, `${rule.min} to ${rule.max} characters`)
  }
  if (rule.shape && !rule.shape.test(value)) {
    return refuse('200005', at, value, `must match ${rule.shape.source}`)
  }
  return null
}

function checkNumber(name: string, value: unknown, min: number, max: number): Outcome | null {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) {
    return refuse('200001', `/${name}`, value, 'a whole number')
  }
  if (value < min || value > max) return refuse('200003', `/${name}`, value, `${min} to ${max}`)
  return null
}

/** 9.3.3.3: ISO 8601 with Beijing's offset only: the same wall time with another offset is another time (P5). */
function checkTime(
  rule: MemberRule & { readonly is: 'time' },
  value: unknown,
  clockMs: number,
): Outcome | null {
  const at = `/${rule.name}`
  if (typeof value !== 'string') return refuse('200001', at, value, 'a time')
  const ms = value.endsWith('+08:00') ? parseIso(value) : null
  if (ms === null) return refuse('200004', at, value, 'yyyy-MM-ddTHH:mm:ss.SSS+08:00')
  return ms > clockMs + windowMs && rule.mayBeAhead !== true
    ? refuse('200004', at, value, 'later than now')
    : null
}

function checkOne(rule: MemberRule, value: unknown, clockMs: number): Outcome | null {
  const at = `/${rule.name}`
  switch (rule.is) {
    case 'text':
      return checkText(rule, value)
    case 'int':
      return checkNumber(rule.name, value, rule.min, rule.max)
    case 'fen':
      return (
        checkNumber(rule.name, value, 0, rule.max ?? Number.MAX_SAFE_INTEGER) ?? checkFen(at, value)
      )
    case 'bool':
      return typeof value === 'boolean' ? null : refuse('200001', at, value, 'true or false')
    case 'list':
      return Array.isArray(value) ? null : refuse('200001', at, value, 'a list')
    case 'time':
      return checkTime(rule, value, clockMs)
    case 'code':
      if (typeof value !== typeof rule.oneOf[0]) return refuse('200001', at, value, 'a code')
      return rule.oneOf.some((one) => one === value)
        ? null
        : refuse('200004', at, value, `one of ${rule.oneOf.join(' ')}`)
  }
}

const checkFen = (at: string, value: unknown): Outcome | null =>
  isFen(value) ? null : refuse('200003', at, value, 'at most one million yuan')

/**
 * The first member that breaks its rule, or null. Unknown members are ignored (B.1). `clockMs` is the present time: what
 * happened lies before it, give or take the window of signatures. Absent: times are not compared.
 */
export function checkMembers(
  rules: readonly MemberRule[],
  members: Members,
  clockMs = Infinity,
): Outcome | null {
  for (const rule of rules) {
    const value = members[rule.name]
    if (value === undefined || value === null) {
      if (rule.optional) continue
      return refuse('200010', `/${rule.name}`, null, 'this member is required')
    }
    const wrong = checkOne(rule, value, clockMs)
    if (wrong) return wrong
  }
  return null
}

/** Position of a code point above U+FFFF, or half of one, in the body's texts, as JSON pointer. */
export function pointerToAstral(value: unknown, at = ''): string | null {
  if (typeof value === 'string') return /[\ud800-\udfff]/.test(value) ? at : null
  if (typeof value !== 'object' || value === null) return null
  for (const [name, inner] of Object.entries(value)) {
    if (/[\ud800-\udfff]/.test(name)) return `${at}/${name}`
    const found = pointerToAstral(inner, `${at}/${name}`)
    if (found !== null) return found
  }
  return null
}

/** Members that passed their rules, read with the type of the rule. */
export const textOf = (members: Members, name: string): string => {
  const value = members[name]
  return typeof value === 'string' ? value : ''
}
export const numberOf = (members: Members, name: string): number => {
  const value = members[name]
  return typeof value === 'number' ? value : 0
}
export const timeOf = (members: Members, name: string): number =>
  parseIso(textOf(members, name)) ?? 0
