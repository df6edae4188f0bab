// Hourly batches (P20; table G.1, rows 6, 8, 11 and 13): the records of each hour reported to a destination, as a fold over
// rows. An hour is closed once, even if empty; a late record makes the next revision of its batch.
import { graceMs, hourMs, hourOf } from '#base/pure/values/batch-hours.ts'
import { dayMs, type InstantMs } from '#base/pure/values/instant.ts'
import type { BatchKind, DestinationName, LedgerRow } from '#base/pure/rows/ledger-row.ts'
import type { ChannelName } from '#base/pure/lot/destination-members.ts'
import type { Fen } from '#base/pure/values/fen.ts'
import { changedAccounts, type PlatformAccount } from '#base/pure/values/platform-account.ts'
import { isEndedAsDone } from '#base/pure/words/notes.ts'
import { batchedOf, recordDestinations } from './destinations.ts'

export interface BatchedRecord {
  readonly no: string
  /** Number of its outbox row, from which a missing record is resent. */
  readonly seq: number
  readonly fen: Fen
}

interface MadeBatch {
  readonly seq: number
  readonly revision: number
  readonly fromMs: InstantMs
}

export interface BatchState {
  /** Start of the first hour without a batch, by destination and kind. */
  readonly nextMs: Map<string, InstantMs>
  /** Records without a batch, by destination, kind and hour; an empty list: report the hour again unchanged. */
  readonly open: Map<string, BatchedRecord[]>
  /** The newest batch of each hour of the last month. */
  readonly made: Map<string, MadeBatch>
  /** Online charges whose outcome is not known: a refused one is no exit transaction. */
  readonly asked: Map<string, BatchedRecord & { readonly hour: InstantMs }>
  /** Re-sends of an hour that are not confirmed yet, by their id. */
  readonly resent: Map<string, string>
  /** Records that the batch of their hour overtook and that are still to be sent, or held for a person, by their id. */
  readonly overtaken: Map<string, string>
  /** Hours to be compared again, because all records resent for them are confirmed. */
  readonly settled: Set<string>
  /** Hours with an open item of the books that says that they differ. */
  readonly differ: Set<string>
  /** Row of the record that a person made of another one, by the id of that one. */
  readonly mended: Map<string, number>
}

/** One hour of one kind for one destination. */
interface Hour {
  readonly destination: string
  readonly kind: BatchKind
  readonly fromMs: InstantMs
}

export interface DueBatch extends Hour {
  readonly destination: DestinationName
  readonly revision: number
  /** Row of the revision before; null for the first one. */
  readonly beforeSeq: number | null
  /** All resent records are confirmed: a remaining difference is left to a person. */
  readonly again: boolean
  readonly records: readonly BatchedRecord[]
}

/** A record that is later than that is of the hour in which it came. */
const keptMs = 31 * dayMs
/** Hours closed in one go: a lot that was off for a month does not stand still for them. */
const hoursAtOnce = 48

export const emptyBatches = (): BatchState => ({
  nextMs: new Map(),
  open: new Map(),
  made: new Map(),
  asked: new Map(),
  resent: new Map(),
  overtaken: new Map(),
  settled: new Set(),
  differ: new Set(),
  mended: new Map(),
})

const lineKey = (destination: string, kind: BatchKind): string => `${destination} ${kind}`
const hourKey = (line: string, fromMs: InstantMs): string => `${line} ${fromMs}`
const keyOf = ({ destination, kind, fromMs }: Hour): string =>
  hourKey(lineKey(destination, kind), fromMs)

/** Id of the book item for a differing hour: one per hour, for all revisions. */
export const hourItemId = (destination: string, kind: BatchKind, fromMs: InstantMs): string =>
  `batch ${hourKey(lineKey(destination, kind), fromMs)}`

/** `changed`: lines whose platform changed; the batches of the old one do not apply to the new one. */
function begin(
  state: BatchState,
  row: Extract<LedgerRow, { kind: 'boot' }>,
  changed: readonly string[],
): void {
  const wanted = row.body.batchesTo ?? []
  for (const to of recordDestinations)
    for (const kind of batchedOf(to)) {
      const line = lineKey(to.id, kind)
      if (changed.includes(to.id)) drop(state, line)
      if (!wanted.includes(to.id) && !wanted.includes(`${to.id} ${kind}`)) drop(state, line)
      else if (!state.nextMs.has(line)) state.nextMs.set(line, hourOf(row.atMs))
    }
}

/** Records from a time without this destination are never reported to it. */
function drop(state: BatchState, line: string): void {
  if (!state.nextMs.delete(line)) return
  for (const map of [state.open, state.made])
    for (const key of map.keys()) if (key.startsWith(`${line} `)) map.delete(key)
  for (const set of [state.settled, state.differ])
    for (const key of set) if (key.startsWith(`${line} `)) set.delete(key)
  for (const map of [state.resent, state.overtaken])
    for (const [id, key] of map) if (key.startsWith(`${line} `)) map.delete(id)
  if (line === lineKey('platform', 'exit')) state.asked.clear()
}

function count(
  state: BatchState,
  of: { readonly line: string; readonly atMs: InstantMs; readonly nowMs: InstantMs },
  record: BatchedRecord,
): void {
  if (!state.nextMs.has(of.line)) return
  const isOld = of.atMs < of.nowMs - keptMs
  const key = hourKey(of.line, hourOf(isOld ? of.nowMs : of.atMs))
  const there = state.open.get(key)
  if (there === undefined) state.open.set(key, [record])
  else there.push(record)
}

function takeOutbox(state: BatchState, row: Extract<LedgerRow, { kind: 'outbox' }>): void {
  const { destination, op, businessNo, counted, batch, resends, replaces } = row.body
  if (replaces !== undefined) {
    state.mended.set(replaces, row.seq)
    for (const map of [state.resent, state.overtaken]) {
      const key = map.get(replaces)
      if (key !== undefined && map.delete(replaces)) map.set(row.body.outboxId, key)
    }
  }
  if (resends !== undefined) takeResend(state, row.body)
  if (resends !== undefined || replaces !== undefined) return
  const record = { no: businessNo, seq: row.seq, fen: row.amountFen ?? 0 }
  if (batch !== undefined) return takeBatch(state, row.seq, destination, batch)
  const exit = lineKey('platform', 'exit')
  if (op === 'exitUpload') count(state, { line: exit, atMs: row.atMs, nowMs: row.atMs }, record)
  else if (op === 'charge' && row.deductionId !== undefined && state.nextMs.has(exit))
    state.asked.set(row.deductionId, { ...record, hour: hourOf(row.atMs) })
  else if (counted !== undefined)
    count(
      state,
      { line: lineKey(destination, counted.kind), atMs: counted.atMs, nowMs: row.atMs },
      record,
    )
}

function takeResend(state: BatchState, body: Extract<LedgerRow, { kind: 'outbox' }>['body']): void {
  const { resentFor, destination, outboxId } = body
  if (resentFor === undefined) return
  const { kind, fromMs } = resentFor
  state.resent.set(outboxId, hourKey(lineKey(destination, kind), fromMs))
}

/** Kept in the fold, so that the hour is also compared again after a restart. */
function takeEvent(state: BatchState, { body }: Extract<LedgerRow, { kind: 'event' }>): void {
  if (body.waits === undefined) return
  for (const id of body.waits.outboxIds) state.overtaken.set(id, keyOf(body.waits))
}

/** The last outstanding record of an hour repeats its batch; an overtaken record also when it was refused. */
function takeState(state: BatchState, row: Extract<LedgerRow, { kind: 'outboxState' }>): void {
  // A destination that refuses a kind gets no batches of it; the next start begins with its own hour.
  if (row.body.ends !== undefined) drop(state, row.body.ends.replace(' batch ', ' '))
  const { outboxId, state: became, note } = row.body
  const over = state.overtaken.get(outboxId)
  const key = over ?? state.resent.get(outboxId)
  const ends = over === undefined ? ['confirmed'] : ['confirmed', 'rejected', 'held']
  if (key === undefined || !(ends.includes(became) || isEndedAsDone(note))) return
  state.overtaken.delete(outboxId)
  state.resent.delete(outboxId)
  const waits = (map: ReadonlyMap<string, string>): boolean => [...map.values()].includes(key)
  if (!state.made.has(key) || waits(state.overtaken)) return
  // The record was sent once: the revision counts as usual, and the record is resent if its destination lacks it.
  if (over !== undefined) state.open.set(key, state.open.get(key) ?? [])
  else if (!waits(state.resent)) state.settled.add(key)
}

function takeBook(state: BatchState, { body }: Extract<LedgerRow, { kind: 'book' }>): void {
  if (body.row === 'item' && body.kind === 'recordsDiffer')
    state.differ.add(body.itemId.slice('batch '.length))
  else if (body.row === 'end' || body.row === 'agreed')
    state.differ.delete(body.itemId.slice('batch '.length))
}

function takeBatch(
  state: BatchState,
  seq: number,
  destination: string,
  {
    kind,
    fromMs,
    revision,
  }: { readonly kind: BatchKind; readonly fromMs: InstantMs; readonly revision: number },
): void {
  const line = lineKey(destination, kind)
  const key = hourKey(line, fromMs)
  state.open.delete(key)
  state.settled.delete(key)
  state.made.delete(key)
  state.made.set(key, { seq, revision, fromMs })
  const next = state.nextMs.get(line)
  if (next !== undefined && fromMs >= next) state.nextMs.set(line, fromMs + hourMs)
  for (const [old, made] of state.made) {
    if (made.fromMs >= fromMs - keptMs - dayMs) break
    state.made.delete(old)
  }
}

function takeOutcome(state: BatchState, row: Extract<LedgerRow, { kind: 'outcome' }>): void {
  const charge = state.asked.get(row.deductionId ?? '')
  if (charge === undefined || row.body.state === 'unknown') return
  state.asked.delete(row.deductionId ?? '')
  if (row.body.state !== 'paid') return
  const { hour, ...record } = charge
  count(state, { line: lineKey('platform', 'exit'), atMs: hour, nowMs: row.atMs }, record)
}

/** `accounts`: of the previous start. */
export function foldBatches(
  state: BatchState,
  row: LedgerRow,
  accounts: ReadonlyMap<ChannelName, PlatformAccount>,
): void {
  if (row.kind === 'boot') begin(state, row, changedAccounts(accounts, row.body.accounts))
  else if (row.kind === 'outbox') takeOutbox(state, row)
  else if (row.kind === 'outcome') takeOutcome(state, row)
  else if (row.kind === 'outboxState') takeState(state, row)
  else if (row.kind === 'book') takeBook(state, row)
  else if (row.kind === 'event') takeEvent(state, row)
}

/** The batches that have to be made now, oldest hour first. */
export function dueBatches(state: BatchState, nowMs: InstantMs): readonly DueBatch[] {
  const due: DueBatch[] = []
  const take = (destination: DestinationName, kind: BatchKind, fromMs: InstantMs): void => {
    const key = hourKey(lineKey(destination, kind), fromMs)
    const before = state.made.get(key)
    due.push({
      destination,
      kind,
      fromMs,
      revision: (before?.revision ?? 0) + 1,
      beforeSeq: before?.seq ?? null,
      // Late records may still be under way: the revision counts as usual.
      again: state.settled.has(key) && !state.open.has(key),
      records: state.open.get(key) ?? [],
    })
  }
  for (const row of recordDestinations)
    for (const kind of batchedOf(row)) {
      const line = lineKey(row.id, kind)
      const next = state.nextMs.get(line)
      if (next === undefined) continue
      for (const fromMs of lateHours(state, line, next)) take(row.id, kind, fromMs)
      const lastMs = Math.min(hourOf(nowMs - graceMs), next + hoursAtOnce * hourMs)
      for (let fromMs = next; fromMs < lastMs; fromMs += hourMs) take(row.id, kind, fromMs)
    }
  return due
}

/** Closed hours with a late record, and hours to be compared again. */
const lateHours = (state: BatchState, line: string, next: InstantMs): readonly InstantMs[] =>
  [...new Set([...state.open.keys(), ...state.settled])].flatMap((key) => {
    const fromMs = Number(key.slice(line.length + 1))
    return key.startsWith(`${line} `) && fromMs < next ? [fromMs] : []
  })
