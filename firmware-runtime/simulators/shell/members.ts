// Members of a request to the administration of a simulator: read by name, or refused (ARG-01) with the field.
// A simulator adds the shapes of its own members.
import { LaneFault } from '#base/pure/faults/faults.ts'

export type Members = Readonly<Record<string, unknown>>

/** `field` as in the body, without its slash; empty for the whole body. */
export const refuse = (field: string, value: unknown, note = ''): LaneFault =>
  new LaneFault('ARG-01', {
    field: `/${field}`,
    value: JSON.stringify(value) ?? '',
    ...(note === '' ? {} : { note }),
  })

export const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The members of a JSON object; anything else is refused. */
export function membersOf(body: unknown, note = 'a JSON object'): Members {
  if (!isMembers(body)) throw refuse('', body, note)
  return { ...body }
}

/** The members of any object; none for anything else. */
export const membersIn = (value: unknown): Members =>
  typeof value === 'object' && value !== null ? { ...value } : {}

/** Whether a line of a store is a row with one of these names. Only its program writes it: no more is checked. */
export const isRowOf =
  <Row extends { readonly t: string }>(names: readonly Row['t'][]) =>
  (row: unknown): row is Row =>
    typeof row === 'object' && row !== null && 't' in row && names.some((name) => name === row.t)

export function flagIn(from: Members, name: string, otherwise?: boolean): boolean {
  const value = from[name] ?? otherwise
  if (typeof value !== 'boolean') throw refuse(name, value, 'true or false')
  return value
}

interface Part {
  /** Number of rows before this part. */
  readonly after: number
  readonly limit: number
}

/** The answer of GET /books with these rows. */
export const rowsIn =
  (all: readonly unknown[]) =>
  ({ after, limit }: Part) => ({ count: all.length, rows: all.slice(after, after + limit) })

/** A part of all rows, their number, and where the next part begins; null at the end. */
export function pageOf<Row>(
  all: readonly Row[],
  { after, limit }: Part,
): { readonly count: number; readonly rows: readonly Row[]; readonly next: number | null } {
  const rows = all.slice(after, after + limit)
  const read = after + rows.length
  return { count: all.length, rows, next: read < all.length ? read : null }
}
