// Mending a record that was held: which members a person may change, and the body that comes of it. Pure.
// What the TAC or the money protects, and what says which record it is, is read only: rows of the dialect say so.
import type { MemberValue, MendedMember, OutboxKind } from '../values/rows/ledger-row.ts'
import { parsed } from '../values/json.ts'
import type { OutboxRecord } from './records.ts'

/** `number`: it says which record it is. `card`: it says who paid. `evidence`: it was judged by. */
export type SealWhy = 'tac' | 'money' | 'number' | 'card' | 'evidence'

export type MemberShape =
  | { readonly text: number }
  | { readonly whole: readonly [number, number] }
  | { readonly oneOf: readonly number[] }

export type MemberRow =
  | { readonly name: string; readonly sealed: { readonly why: SealWhy; readonly clause: string } }
  | { readonly name: string; readonly takes: MemberShape; readonly optional?: true }

export interface BodyMember {
  readonly name: string
  readonly value: MemberValue
  /** Undefined: no document that the dialect knows names it, so nobody changes it. */
  readonly row: MemberRow | undefined
}

/** Records that only tell of what was; a charge and a refund move money when they are sent. */
export const movesMoney = (op: OutboxKind): boolean => op === 'charge' || op === 'refund'

/** Why a record cannot be mended, or sent as it is. */
export type MendBar = 'notHeld' | 'movesMoney' | 'filter'

/** `mend`: a filter stopped nothing that a person could mend, so its record is sent all the same or not at all. */
export function mendBar(
  record: Pick<OutboxRecord, 'op' | 'state' | 'lastNote'> | undefined,
  act: 'mend' | 'release',
): MendBar | null {
  if (record?.state !== 'held') return 'notHeld'
  if (movesMoney(record.op)) return 'movesMoney'
  return act === 'mend' && isFiltered(record) ? 'filter' : null
}

const isFiltered = ({ lastNote }: Pick<OutboxRecord, 'lastNote'>): boolean =>
  lastNote.startsWith('filterStops ')

const valueOf = (value: unknown): MemberValue =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : value === undefined || value === null
      ? null
      : JSON.stringify(value)

function objectOf(body: string): Readonly<Record<string, unknown>> {
  const value = parsed(body)
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
}

/** Members of a frozen body in its order, then those that a person may add. */
export function bodyMembers(body: string, rows: readonly MemberRow[]): readonly BodyMember[] {
  const value = objectOf(body)
  const rowOf = (name: string): MemberRow | undefined => rows.find((row) => row.name === name)
  const there = Object.entries(value).map(([name, one]) => ({
    name,
    value: valueOf(one),
    row: rowOf(name),
  }))
  const more = rows.filter((row) => !('sealed' in row) && !Object.hasOwn(value, row.name))
  return [...there, ...more.map((row) => ({ name: row.name, value: null, row }))]
}

export type MendFault =
  | { readonly why: 'sealed'; readonly member: string; readonly row: MemberRow }
  | { readonly why: 'unknown' | 'unchanged'; readonly member: string }
  | { readonly why: 'shape'; readonly member: string; readonly takes: MemberShape }
  | { readonly why: 'needed'; readonly member: string }

type Mended =
  | { readonly ok: true; readonly body: string; readonly members: readonly MendedMember[] }
  | { readonly ok: false; readonly fault: MendFault }

function fits(takes: MemberShape, value: Exclude<MemberValue, null>): boolean {
  if ('text' in takes)
    return typeof value === 'string' && value.trim() !== '' && value.length <= takes.text
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) return false
  if ('oneOf' in takes) return takes.oneOf.includes(value)
  const [least, most] = takes.whole
  return value >= least && value <= most
}

/** A number may come as a person typed it. */
const typed = (row: MemberRow | undefined, to: MemberValue): MemberValue =>
  row !== undefined && 'takes' in row && !('text' in row.takes) && /^-?\d{1,15}$/.test(String(to))
    ? Number(to)
    : to

function faultOf({ name, value, row }: BodyMember, to: MemberValue): MendFault | null {
  if (row === undefined) return { why: 'unknown', member: name }
  if ('sealed' in row) return { why: 'sealed', member: name, row }
  if (to === value) return { why: 'unchanged', member: name }
  if (to === null) return row.optional === true ? null : { why: 'needed', member: name }
  return fits(row.takes, to) ? null : { why: 'shape', member: name, takes: row.takes }
}

/** The body with these members, all or none of them; null takes one out that need not be there. */
export function mended(
  body: string,
  rows: readonly MemberRow[],
  changes: Readonly<Record<string, MemberValue>>,
): Mended {
  const known = bodyMembers(body, rows)
  const members: MendedMember[] = []
  const value: Record<string, unknown> = { ...objectOf(body) }
  for (const [name, given] of Object.entries(changes)) {
    const row = rows.find((one) => one.name === name)
    const to = typed(row, given)
    const member = known.find((one) => one.name === name) ?? { name, value: null, row }
    const fault = faultOf(member, to)
    if (fault !== null) return { ok: false, fault }
    members.push({ member: name, from: member.value, to })
    if (to === null) delete value[name]
    else value[name] = to
  }
  if (members.length === 0) return { ok: false, fault: { why: 'unchanged', member: '' } }
  return { ok: true, body: JSON.stringify(value), members }
}
