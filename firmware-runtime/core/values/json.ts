// Canonical JSON: members sorted by name, no blanks. One value has exactly one text,
// so a hash over it can be recomputed by anyone who reads the row.

export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [k: string]: Json }

/** Canonical text. Members whose value is undefined are left out. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const members = value as Readonly<Record<string, unknown>>
    let text = ''
    for (const name of Object.keys(members).sort()) {
      const member = members[name]
      if (member === undefined) continue
      text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${canonicalJson(member)}`
    }
    return `{${text}}`
  }
  return JSON.stringify(value)
}

/** Null for what is no JSON: half-written, cut off, or not ours at all. */
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
