// The unsent records of a lot. A resting backlog record is held as its ledger position and a few numbers, so that a million
// need little memory; it is read when the queue takes it up. Sums are maintained, never recounted.
import { isTestOrder } from '#base/pure/values/test-order.ts'
import type { LedgerRow, OutboxKind, OutboxState, RowBodies } from '#base/pure/rows/ledger-row.ts'
import { must } from '#base/pure/values/must.ts'
import { Resting, type RecordHead } from './resting.ts'

/** True for charges that the platform has not confirmed: requested from it, or reported to it. */
export const isAtRisk = ({ op, deductionId }: Pick<OutboxRecord, 'op' | 'deductionId'>): boolean =>
  (op === 'charge' || op === 'exitUpload') && !isTestOrder(deductionId?.split('.', 1)[0])

/** Records of money: they can be queried by number, and the answer states their amount. */
export const namesMoney: ReadonlySet<OutboxKind> = new Set(['charge', 'exitUpload', 'refund'])

/**
 * Kind of a record beside charges in table G.1, by which a platform can refuse it; a batch is named after the kind that it
 * counts. Undefined for other records.
 */
function toldOf({ op, counted, batch, resentFor }: RowBodies['outbox']): string | undefined {
  if (op === 'shiftRecord') return 'shift'
  if (op === 'batch') return batch && `batch ${batch.kind}`
  const isOfCar = op === 'entryRecord' || op === 'plateRecord' || op === 'exitRecord'
  return isOfCar ? (counted ?? resentFor)?.kind : undefined
}

/** Reads a row of the outbox at its place in the ledger. */
export type OutboxRowAt = (seq: number) => Extract<LedgerRow, { kind: 'outbox' }>

/** For a queue without ledger rows: resting records cannot be taken up. */
export const noRows: OutboxRowAt = (seq) => {
  throw new Error(`assertion failed: row ${seq} can be read`)
}

/** Reads outbox rows through an iterator over the rows after a sequence number. */
export const outboxRowIn =
  (rowsAfter: (seq: number) => Iterable<LedgerRow>): OutboxRowAt =>
  (seq) => {
    for (const row of rowsAfter(seq - 1)) {
      if (row.kind === 'outbox' && row.seq === seq) return row
      break
    }
    return noRows(seq)
  }

/** The initial record of an outbox row. */
export function recordOf(row: Extract<LedgerRow, { kind: 'outbox' }>): OutboxRecord {
  const b = row.body
  const told = toldOf(b)
  return {
    ...(told === undefined ? {} : { told }),
    outboxId: b.outboxId,
    seq: row.seq,
    destination: b.destination,
    op: b.op,
    businessNo: b.businessNo,
    deductionId: row.deductionId ?? null,
    stayId: row.stayId ?? null,
    amountFen: row.amountFen ?? 0,
    cardNo: b.cardNo ?? null,
    atMs: row.atMs,
    state: 'new',
    attempts: 0,
    rounds: 0,
    lastPostMs: null,
    inFlight: null,
    tryNo: 0,
    paced: false,
    live: null,
    lastNote: '',
  }
}

type Summed = Pick<RecordHead, 'op' | 'destination' | 'amountFen' | 'cardNo' | 'isAtRisk'>

const headOf = (record: OutboxRecord): RecordHead => ({ ...record, isAtRisk: isAtRisk(record) })

const add = <K>(sums: Map<K, number>, key: K, by: number): void => {
  const sum = (sums.get(key) ?? 0) + by
  if (sum === 0) sums.delete(key)
  else sums.set(key, sum)
}

const earlier = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.min(a, b)

export class OutboxRecords {
  /** Records in work, and those that do not fit the compact store. */
  readonly awake = new Map<string, OutboxRecord>()
  readonly resting: Resting
  readonly #rowAt: OutboxRowAt
  readonly #byKind = new Map<OutboxKind, number>()
  readonly #byDestination = new Map<string, number>()
  readonly #uploadFenByCard = new Map<string, number>()
  #atRiskFen = 0
  #restPostMs: number | null = null

  constructor(rowAt: OutboxRowAt, resting = new Resting()) {
    this.#rowAt = rowAt
    this.resting = resting
    for (const head of resting.heads()) this.#count(head, 1)
  }

  /** Monotonic ms that counts as the last post of resting records: the start at which they were read. */
  get restPostMs(): number | null {
    return this.#restPostMs
  }

  set restPostMs(monoMs: number | null) {
    this.#restPostMs = monoMs
  }

  get size(): number {
    return this.awake.size + this.resting.size
  }

  has(outboxId: string): boolean {
    return this.awake.has(outboxId) || this.resting.has(outboxId)
  }

  /** Returns the record and takes it out of the resting ones. */
  get(outboxId: string): OutboxRecord | undefined {
    const awake = this.awake.get(outboxId)
    if (awake !== undefined) return awake
    const head = this.resting.head(outboxId)
    if (head === null) return undefined
    const record = this.#read(head)
    this.resting.take(outboxId)
    this.awake.set(outboxId, record)
    return record
  }

  /** Returns a copy of a resting record, which keeps resting. */
  seen(outboxId: string): OutboxRecord | undefined {
    const head = this.awake.has(outboxId) ? null : this.resting.head(outboxId)
    return head === null ? this.awake.get(outboxId) : this.#read(head)
  }

  /** Rows from older versions do not name the card: it is taken from the compact store. */
  #read({ seq, outboxId, state, attempts, cardNo }: RecordHead): OutboxRecord {
    const row = this.#rowAt(seq)
    must(row.body.outboxId === outboxId, 'a record rests where its row lies')
    return { ...recordOf(row), state, attempts, cardNo, lastPostMs: this.restPostMs }
  }

  add(record: OutboxRecord): void {
    const { outboxId } = record
    must(!this.has(outboxId), 'a record is added once')
    this.awake.set(outboxId, record)
    this.#count(headOf(record), 1)
  }

  /** Deletes a record and returns its head; null where it did not exist. Its row is not read. */
  delete(outboxId: string): RecordHead | null {
    const record = this.awake.get(outboxId)
    const head = record === undefined ? this.resting.take(outboxId) : headOf(record)
    if (head === null) return null
    this.awake.delete(outboxId)
    this.#count(head, -1)
    return head
  }

  /** Rests an idle record without a wait of its own. False: it does not fit the compact store and stays as it is. */
  rest(record: OutboxRecord): boolean {
    const { outboxId, rounds, inFlight, paced, live, deductionId, lastNote } = record
    must(this.awake.has(outboxId), 'a record of ours rests')
    must(rounds === 0 && inFlight === null && !paced && live === null, 'a record at work rests')
    return this.resting.put(headOf(record), deductionId, lastNote) && this.awake.delete(outboxId)
  }

  /** All records in row order; resting ones as copies. */
  *values(): Generator<OutboxRecord> {
    const awake = [...this.awake.values()].sort((a, b) => a.seq - b.seq)
    let at = 0
    for (const head of this.resting.heads()) {
      for (let one = awake[at]; one !== undefined && one.seq < head.seq; one = awake[++at])
        yield one
      yield this.#read(head)
    }
    yield* awake.slice(at)
  }

  /** The first record after this row of one kind and destination; a copy if it rests. */
  next(op: OutboxKind, destination: string, behindSeq: number): OutboxRecord | null {
    return this.#firstOf(behindSeq, (r) => r.op === op && r.destination === destination)
  }

  #firstOf(
    behindSeq: number,
    holds: (one: Pick<RecordHead, 'op' | 'destination'>) => boolean,
  ): OutboxRecord | null {
    let first: OutboxRecord | null = null
    for (const r of this.awake.values())
      if (r.seq > behindSeq && r.seq < (first?.seq ?? Infinity) && holds(r)) first = r
    const head = this.resting.firstBehind(behindSeq, holds)
    return head !== null && head.seq < (first?.seq ?? Infinity) ? this.#read(head) : first
  }

  /** The oldest record that can be queried by its number, else the oldest; null when the destination has no record. */
  oldestOf(destination: string): OutboxRecord | null {
    return (
      this.#firstOf(0, (r) => r.destination === destination && namesMoney.has(r.op)) ??
      this.#firstOf(0, (r) => r.destination === destination)
    )
  }

  /** The upload or charge of this deduction that goes to the same destination. */
  chargeOf({ deductionId, destination }: OutboxRecord): OutboxRecord | null {
    if (deductionId === null) return null
    const fits = (r: OutboxRecord): boolean =>
      (r.op === 'exitUpload' || r.op === 'charge') &&
      r.deductionId === deductionId &&
      r.destination === destination
    for (const record of this.awake.values()) if (fits(record)) return record
    for (const head of this.resting.ofDeduction(deductionId)) {
      const record = this.#read(head)
      if (fits(record)) return record
    }
    return null
  }

  /** The unsent state of the same feedback that was told before this one. */
  stateBefore({ op, destination, businessNo, seq }: OutboxRecord): OutboxRecord | null {
    if (op !== 'feedbackState') return null
    let one = this.next(op, destination, 0)
    while (one !== null && one.seq < seq) {
      if (businessNo.startsWith(one.businessNo)) return one
      one = this.next(op, destination, one.seq)
    }
    return null
  }

  #count({ op, destination, cardNo, amountFen, isAtRisk: risk }: Summed, by: 1 | -1): void {
    add(this.#byKind, op, by)
    add(this.#byDestination, destination, by)
    if (risk) this.#atRiskFen += by * amountFen
    if (op === 'exitUpload' && cardNo !== null) add(this.#uploadFenByCard, cardNo, by * amountFen)
  }

  get atRiskFen(): number {
    return this.#atRiskFen
  }

  get byKind(): ReadonlyMap<OutboxKind, number> {
    return this.#byKind
  }

  get byDestination(): ReadonlyMap<string, number> {
    return this.#byDestination
  }

  get byState(): ReadonlyMap<OutboxState, number> {
    const states = new Map<OutboxState, number>()
    this.resting.countStates((state, count) => add(states, state, count))
    for (const { state } of this.awake.values()) add(states, state, 1)
    return states
  }

  get uploads(): number {
    return this.#byKind.get('exitUpload') ?? 0
  }

  uploadFenOf(cardNo: string): number {
    return this.#uploadFenByCard.get(cardNo) ?? 0
  }

  /** Business time of the oldest record, or of the oldest upload; null when there is no such record. */
  oldestMs(what: 'any' | 'upload'): number | null {
    let oldest = this.resting.oldestMs(what)
    for (const { atMs, op } of this.awake.values())
      if (what === 'any' || op === 'exitUpload') oldest = earlier(oldest, atMs)
    return oldest
  }
}

/** `apply` and `cancel` belong to a two-step charge. */
export type SendOp = 'post' | 'query' | 'apply' | 'cancel'

/** State of a two-step charge. */
export interface Consumption {
  /** Number of the application, from 1: one that ended unconfirmed is followed by another. */
  readonly no: number
  /** Business ms until which it may be confirmed; null: not allowed yet. */
  readonly untilMs: number | null
  /** Number of sends since a car waits for it. */
  readonly tries: number
}

export interface OutboxRecord extends Omit<RecordHead, 'isAtRisk' | 'state' | 'attempts'> {
  readonly businessNo: string
  readonly deductionId: string | null
  readonly stayId: string | null
  state: OutboxState
  attempts: number
  /** Consecutive posts and queries without a result: the index into the back-off table. */
  rounds: number
  /** Monotonic ms of the last post, or null: "not found" is trusted only 30 s after it (P13). */
  lastPostMs: number | null
  inFlight: SendOp | null
  /** Number of the newest try; an answer names the try that it belongs to. */
  tryNo: number
  /** The try in flight counts towards the paced backlog. */
  paced: boolean
  /** Step of P26 while a barrier waits for this record; null: no barrier waits. */
  live: 'post1' | 'query' | 'post2' | null
  lastNote: string
  /** Absent: a one-step charge, or no application is known. */
  consumption?: Consumption
}
