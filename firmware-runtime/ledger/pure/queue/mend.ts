// Corrects a held record: which members a person may change, and the resulting body. Pure.
// Members covered by the TAC, money members and identifying members are read-only, as the rows of the dialect declare.
import type { MemberValue, MendedMember, OutboxKind } from '#base/pure/rows/ledger-row.ts'
import { parsed } from '#base/pure/data/json.ts'
import { noteIn } from '#base/pure/words/notes.ts'
import type { OutboxRecord } from './records.ts'

/** `number`: identifies the record. `card`: identifies the payer. `evidence`: the record was judged by it. */
export type SealWhy = 'tac' | 'money' | 'number' | 'card' | 'evidence'

export type MemberShape =
  | { readonly text: number }
  | { readonly whole: readonly [number, number] }
  | { readonly oneOf: readonly number[] }

export type MemberRow =
  | { readonly name: string; readonly sealed: { readonly why: SealWhy; readonly clause: string } }
  | {
      readonly name: string
      readonly takes: MemberShape
      readonly optional?: true
      /** Part of the plate, which other platforms were told of as well. */
      readonly ofPlate?: true
    }

export interface BodyMember {
  readonly name: string
  readonly value: MemberValue
  /** Undefined: no document known to the dialect names the member, so it is read-only. */
  readonly row: MemberRow | undefined
}

/** True for records that move money when sent: a charge and a refund. All others only report. */
export const movesMoney = (op: OutboxKind): boolean => op === 'charge' || op === 'refund'

/** Why a record cannot be corrected, or sent unchanged. */
export type MendBar = 'notHeld' | 'movesMoney' | 'filter'

/** `mend`: a record stopped by a filter has nothing to correct: it is sent unchanged or not at all. */
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

/**
 * The members that the destination named when it refused the record, as the record calls them (ADR 350); empty: it named
 * none of them.
 */
export function refusedMembers(why: string, members: readonly BodyMember[]): readonly string[] {
  const found = noteIn(why)
  if (found?.word !== 'memberRefused') return []
  const words = (found.args[2] ?? '').toLowerCase().split(/[^\p{L}\p{N}_]+/u)
  return members.flatMap(({ name }) => (words.includes(name.toLowerCase()) ? [name] : []))
}

/** Where it named some, the others were accepted and stay as they are. */
export const isAccepted = (refused: readonly string[], name: string): boolean =>
  refused.length > 0 && !refused.includes(name)

export type MendFault =
  | { readonly why: 'sealed'; readonly member: string; readonly row: MemberRow }
  | { readonly why: 'unknown' | 'unchanged'; readonly member: string }
  | { readonly why: 'shape'; readonly member: string; readonly takes: MemberShape }
  | { readonly why: 'needed'; readonly member: string }
  | { readonly why: 'accepted'; readonly member: string; readonly refused: readonly string[] }

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

/** Accepts a number that was typed as text. */
const typed = (row: MemberRow | undefined, to: MemberValue): MemberValue =>
  row !== undefined && 'takes' in row && !('text' in row.takes) && /^-?\d{1,15}$/.test(String(to))
    ? Number(to)
    : to

function faultOf(
  { name, value, row }: BodyMember,
  to: MemberValue,
  refused: readonly string[],
): MendFault | null {
  if (row === undefined) return { why: 'unknown', member: name }
  if ('sealed' in row) return { why: 'sealed', member: name, row }
  if (to === value) return { why: 'unchanged', member: name }
  if (to === null && row.optional !== true) return { why: 'needed', member: name }
  if (to !== null && !fits(row.takes, to)) return { why: 'shape', member: name, takes: row.takes }
  return isAccepted(refused, name) ? { why: 'accepted', member: name, refused } : null
}

/**
 * The body with all these changes applied, or a fault and no change; null removes an optional member. `why`: of the held
 * record.
 */
export function mended(
  body: string,
  rows: readonly MemberRow[],
  changes: Readonly<Record<string, MemberValue>>,
  why = '',
): Mended {
  const known = bodyMembers(body, rows)
  const refused = refusedMembers(why, known)
  const members: MendedMember[] = []
  const value: Record<string, unknown> = { ...objectOf(body) }
  for (const [name, given] of Object.entries(changes)) {
    const row = rows.find((one) => one.name === name)
    const to = typed(row, given)
    const member = known.find((one) => one.name === name) ?? { name, value: null, row }
    const fault = faultOf(member, to, refused)
    if (fault !== null) return { ok: false, fault }
    members.push({ member: name, from: member.value, to })
    if (to === null) delete value[name]
    else value[name] = to
  }
  if (members.length === 0) return { ok: false, fault: { why: 'unchanged', member: '' } }
  return { ok: true, body: JSON.stringify(value), members }
}
