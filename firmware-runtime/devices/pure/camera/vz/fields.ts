// Members of Vzicom JSON from an untrusted sender: a value of another type counts as absent. Inherited names are never
// looked up, so `__proto__` is an ordinary member.
import { parsed } from '#base/pure/data/json.ts'

export type Members = Readonly<Record<string, unknown>>

const membersOf = (value: unknown): Members | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : null

const own = (members: Members, name: string): unknown =>
  Object.hasOwn(members, name) ? members[name] : undefined

export const childOf = (members: Members, name: string): Members | null =>
  membersOf(own(members, name))

export function textOf(members: Members, name: string): string {
  const value = own(members, name)
  return typeof value === 'string' ? value : ''
}

/** A member as it was written, whatever its type; empty: absent. */
export function rawOf(members: Members, name: string): string {
  const value = own(members, name) ?? ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** A whole number, also one written as text; null otherwise. */
export function wholeOf(members: Members, name: string): number | null {
  const value = own(members, name)
  const number = typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : null
}

/** A mark: true, 1, or either as a text. */
export const isSet = (members: Members, name: string): boolean =>
  own(members, name) === true ||
  /^(?:true|1)$/i.test(`${wholeOf(members, name) ?? textOf(members, name)}`.trim())

/** The JSON object in a text; null: no object. */
export const objectOfJson = (text: string): Members | null => membersOf(parsed(text))
