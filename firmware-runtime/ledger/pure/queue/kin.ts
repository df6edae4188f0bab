// Rows of one number: a record, what was sent again of it for an hour, and what a person made of it (ADR 390). A fold over
// rows, by ids, so that an act on one of them knows what became of the others.
import { note as noteOf } from '#base/pure/words/notes.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { movesMoney } from './mend.ts'
import { namesMoney, type OutboxRecord } from './records.ts'

export interface Kin {
  /** First record of the number, by the id of each of its records; only numbers with several records are here. */
  readonly firstOf: Map<string, string>
  /** The record that the destination confirmed last, by the id of the first one. */
  readonly confirmed: Map<string, string>
  /** Records that a person ended: settled otherwise, replaced, or done by another record of their number. */
  readonly ended: Set<string>
}

export const emptyKin = (): Kin => ({ firstOf: new Map(), confirmed: new Map(), ended: new Set() })

interface Known {
  readonly kin: Kin
  readonly records: { has(outboxId: string): boolean }
  readonly aside: ReadonlyMap<string, Pick<OutboxRecord, 'state'>>
}

/** Before the queue takes the row: a record that it does not have any more was confirmed. */
export function foldKin({ kin, records, aside }: Known, row: LedgerRow): void {
  if (row.kind === 'outbox') {
    const { outboxId, resends, replaces } = row.body
    const before = resends ?? replaces
    if (before === undefined) return
    const first = kin.firstOf.get(before) ?? before
    kin.firstOf.set(before, first)
    kin.firstOf.set(outboxId, first)
    const isDone = !records.has(before) && !aside.has(before) && !kin.ended.has(before)
    if (isDone) kin.confirmed.set(first, before)
  } else if (row.kind === 'outboxState') {
    const { outboxId, state } = row.body
    if (state === 'replaced') kin.ended.add(outboxId)
    const first = kin.firstOf.get(outboxId)
    if (state === 'confirmed' && first !== undefined) kin.confirmed.set(first, outboxId)
  }
}

/** All records of the number of this one, itself included. */
function kinOf({ kin }: Pick<Known, 'kin'>, outboxId: string): readonly string[] {
  const first = kin.firstOf.get(outboxId)
  if (first === undefined) return [outboxId]
  return [...kin.firstOf].flatMap(([id, of]) => (of === first ? [id] : []))
}

/** The record of the same number that its destination confirmed; null: none. */
export const confirmedKin = ({ kin }: Pick<Known, 'kin'>, outboxId: string): string | null =>
  kin.confirmed.get(kin.firstOf.get(outboxId) ?? '') ?? null

/** Another record of the same number that is still to be sent; null: none. */
export const kinUnderWay = (queue: Known, outboxId: string): string | null =>
  kinOf(queue, outboxId).find((id) => id !== outboxId && queue.records.has(id)) ?? null

/** What a destination that misses a number gets: nothing twice, and nothing that a person has to decide. */
export type Missed =
  /** It comes by itself. */
  | { readonly is: 'underWay' }
  /** Held for a person, who corrects it, sends it, or ends it. */
  | { readonly is: 'held'; readonly outboxIds: readonly string[] }
  /** Refused once: a record without money may be asked for by its hour, which happens once. */
  | { readonly is: 'refused' }
  /** Refused again, or ended by a person: the program does not send it. */
  | { readonly is: 'ended' }
  /** The destination confirmed it and lacks it. */
  | { readonly is: 'gone' }

export function missedOf(queue: Known, outboxId: string): Missed {
  const ids = kinOf(queue, outboxId)
  if (ids.some((id) => queue.records.has(id))) return { is: 'underWay' }
  const outboxIds = ids.filter((id) => queue.aside.get(id)?.state === 'held')
  if (outboxIds.length > 0) return { is: 'held', outboxIds }
  if (queue.kin.ended.has(outboxId)) return { is: 'ended' }
  if (!ids.some((id) => queue.aside.has(id))) return { is: 'gone' }
  return { is: ids.length === 1 ? 'refused' : 'ended' }
}

const otherContent = noteOf('otherContent')

/**
 * The destination said twice in a row that it has another content under this number. Sending it again changes nothing, and
 * a record without a query has no other question: a person decides. The first time may be an answer to a repeated request.
 */
export const isTakenTwice = (
  { op, lastNote }: Pick<OutboxRecord, 'op' | 'lastNote'>,
  reason: string,
): boolean => !namesMoney.has(op) && reason === otherContent && lastNote === otherContent

/**
 * What ends a held record without sending it: the confirmed record of its number, or, of a record without money, the
 * content that its destination has already. Null: nothing does.
 */
export function endOf(
  queue: Known,
  { outboxId, op, state, lastNote }: Pick<OutboxRecord, 'outboxId' | 'op' | 'state' | 'lastNote'>,
): string | null {
  if (state !== 'held' || movesMoney(op)) return null
  const done = confirmedKin(queue, outboxId)
  if (done !== null && done !== outboxId) return done
  return !namesMoney.has(op) && lastNote === otherContent ? '-' : null
}
