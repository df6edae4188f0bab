// Canonical JSON: members sorted by name, no blanks. One value has exactly one text,
// so a hash over it can be recomputed by anyone who reads the row.

export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [k: string]: Json }

/** Up to this number of names a simple insertion is faster than a sort. */
const fewNames = 24

function inOrder(names: string[]): readonly string[] {
  if (names.length > fewNames) return names.sort()
  for (let i = 1; i < names.length; i++) {
    const name = names[i] ?? ''
    let at = i
    for (let before = names[at - 1]; before !== undefined && before > name; before = names[at - 1])
      names[at--] = before
    names[at] = name
  }
  return names
}

/** An object with members: neither null nor a list. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Canonical text. Members whose value is undefined are left out. */
export function canonicalJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  const members = value as Readonly<Record<string, unknown>>
  let text = ''
  for (const name of inOrder(Object.keys(members))) {
    const member = members[name]
    if (member === undefined) continue
    text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${canonicalJson(member)}`
  }
  return `{${text}}`
}

/** Null for text that is not JSON: half-written, truncated, or foreign. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

/** JSON pointer (RFC 6901) of a member path. */
export const jsonPointer = (path: readonly PropertyKey[]): string =>
  path.map((p) => `/${String(p).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

/**
 * True for JSON in which an object has a member twice: parsers take one of the two values, so such a text says two things.
 * Text that is not JSON may answer anything.
 */
export function hasMemberTwice(text: string): boolean {
  /** Names of each open object; null for a list. */
  const open: (Set<string> | null)[] = []
  let isName = false
  for (let at = 0; at < text.length; at++) {
    const char = text[at]
    if (char === '"') {
      const from = at
      for (at++; at < text.length && text[at] !== '"'; at++) if (text[at] === '\\') at++
      const names = open.at(-1)
      if (!isName || names === null || names === undefined) continue
      const quoted = text.slice(from, at + 1)
      const name = quoted.includes('\\') ? String(parsed(quoted)) : quoted.slice(1, -1)
      if (names.has(name)) return true
      names.add(name)
      isName = false
    } else if (char === '{') {
      open.push(new Set())
      isName = true
    } else if (char === '[') {
      open.push(null)
      isName = false
    } else if (char === '}' || char === ']') {
      open.pop()
      isName = false
    } else if (char === ',') isName = open.at(-1) !== null
  }
  return false
}
