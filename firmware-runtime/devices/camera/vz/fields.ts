// Members of Vzicom JSON, read without trust: a value of another type is as good as absent.
// Inherited names are never looked up, so that `__proto__` is a member like any other.
import { parsed } from '../../../core/values/json.ts'

export type Members = Readonly<Record<string, unknown>>

function membersOf(value: unknown): Members | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Members)
    : null
}

const own = (members: Members, name: string): unknown =>
  Object.hasOwn(members, name) ? members[name] : undefined

export const childOf = (members: Members, name: string): Members | null =>
  membersOf(own(members, name))

export function textOf(members: Members, name: string): string {
  const value = own(members, name)
  return typeof value === 'string' ? value : ''
}

/** A whole number, also one written as text; null otherwise. */
export function wholeOf(members: Members, name: string): number | null {
  const value = own(members, name)
  const number = typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : null
}

/** The object a text holds; null when it holds none. */
export const objectOfJson = (text: string): Members | null => membersOf(parsed(text))
