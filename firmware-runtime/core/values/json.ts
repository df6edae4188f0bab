// Canonical JSON: members sorted by name, no blanks. One value has exactly one text,
// so a hash over it can be recomputed by anyone who reads the row.

export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [k: string]: Json }

/** Canonical text. Members whose value is undefined are left out. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
      .filter(([, v]) => v !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
    return `{${entries.map(([k, v]) => `${JSON.stringify(k)}:${canonicalJson(v)}`).join(',')}}`
  }
  return JSON.stringify(value)
}

/** JSON pointer (RFC 6901) of a member path. */
export const jsonPointer = (path: readonly PropertyKey[]): string =>
  path.map((p) => `/${String(p).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
