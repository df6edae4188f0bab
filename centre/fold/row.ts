// A row as the fold reads it, from its canonical text (docs/ledger-format.md). Members that a newer program adds are left
// alone; one that is not what its name says, and that a figure would need, is a fault of that row.
import { withheldMark } from '#ledger/pure/centre/row-feed.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'

export interface FoldRow {
  readonly seq: number
  readonly kind: string
  readonly atMs: InstantMs
  readonly laneId: string | null
  readonly stayId: string | null
  readonly orderId: string | null
  /** 0 where the row has none. */
  readonly amountFen: number
  readonly body: Readonly<Record<string, unknown>>
}

/** The fold of a feed stops at this row. */
export class Unfoldable extends Error {
  readonly seq: number
  readonly why: string
  constructor(seq: number, why: string) {
    super(`row ${seq}: ${why}`)
    this.seq = seq
    this.why = why
  }
}

type Members = Readonly<Record<string, unknown>>

const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Null where it is absent or null. PostgreSQL keeps no text with U+0000. */
export function textOf(seq: number, from: Members, name: string): string | null {
  const value = from[name] ?? null
  if (value === null) return null
  if (typeof value !== 'string' || value.includes('\0')) throw new Unfoldable(seq, name)
  return value
}

export function neededText(seq: number, from: Members, name: string): string {
  const value = textOf(seq, from, name)
  if (value === null) throw new Unfoldable(seq, name)
  return value
}

/** A whole number; `absent` where there is none. */
export function numberOf(seq: number, from: Members, name: string, absent?: number): number {
  const value = from[name] ?? absent
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw new Unfoldable(seq, name)
  return value
}

/** Null: a row without its text. Throws Unfoldable. */
export function rowOf(line: string, seq: number): FoldRow | null {
  if (line.startsWith(withheldMark)) return null
  const row = parsed(line)
  if (row === null) throw new Unfoldable(seq, 'text')
  return {
    seq,
    kind: neededText(seq, row, 'kind'),
    atMs: numberOf(seq, row, 'atMs'),
    laneId: textOf(seq, row, 'laneId'),
    stayId: textOf(seq, row, 'stayId'),
    orderId: textOf(seq, row, 'orderId'),
    amountFen: numberOf(seq, row, 'amountFen', 0),
    body: isMembers(row['body']) ? row['body'] : {},
  }
}

function parsed(line: string): Members | null {
  try {
    const value: unknown = JSON.parse(line)
    return isMembers(value) ? value : null
  } catch {
    return null
  }
}
