// The unsent records of a lot. One that rests in the backlog is a place in the ledger and some numbers, so that a
// million need little memory; it is read when the queue takes it up. Sums are kept, never counted anew.
import type { InstantMs } from '../values/instant.ts'
import { isTestOrder } from '../values/test-order.ts'
import type { LedgerRow, OutboxKind, OutboxState, RowBodies } from '../values/rows/ledger-row.ts'
import { must } from '../values/must.ts'
import { Resting, type RecordHead } from './resting.ts'

/** Charges of which the platform must still hear: what it is asked to take, or is told was taken. */
export const isAtRisk = ({ op, deductionId }: Pick<OutboxRecord, 'op' | 'deductionId'>): boolean =>
  (op === 'charge' || op === 'exitUpload') && !isTestOrder(deductionId?.split('.', 1)[0])

/** Records of money: asked for by their number, and an answer to one names its amount. */
export const namesMoney: ReadonlySet<OutboxKind> = new Set(['charge', 'exitUpload', 'refund'])

/**
 * What of table G.1 a record beside charges is, as it is ended by a platform that takes none of them: a batch behind the kind
 * that it counts.
 */
function toldOf({ op, counted, batch, resentFor }: RowBodies['outbox']): string | undefined {
  if (op === 'shiftRecord') return 'shift'
  if (op === 'batch') return batch && `batch ${batch.kind}`
  const isOfCar = op === 'entryRecord' || op === 'plateRecord' || op === 'exitRecord'
  return isOfCar ? (counted ?? resentFor)?.kind : undefined
}

/** Reads a row of the outbox at its place in the ledger. */
export type OutboxRowAt = (seq: number) => Extract<LedgerRow, { kind: 'outbox' }>

/** Where no rows lie: nothing that rests can be taken up. */
export const noRows: OutboxRowAt = (seq) => {
  throw new Error(`assertion failed: row ${seq} can be read`)
}

/** Of the rows after a sequence number. */
export const outboxRowIn =
  (rowsAfter: (seq: number) => Iterable<LedgerRow>): OutboxRowAt =>
  (seq) => {
    for (const row of rowsAfter(seq - 1)) {
      if (row.kind === 'outbox' && row.seq === seq) return row
      break
    }
    return noRows(seq)
  }

/** As it is born by its row, before anything was done for it. */
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
  /** What the queue works on, and what does not fit among the numbers of what rests. */
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

  /** Monotonic ms that counts as the last post of what rests: the start whose rows it was read from. */
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

  /** The record itself: it rests no longer. */
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

  /** A copy of what rests: it goes on resting. */
  seen(outboxId: string): OutboxRecord | undefined {
    const head = this.awake.has(outboxId) ? null : this.resting.head(outboxId)
    return head === null ? this.awake.get(outboxId) : this.#read(head)
  }

  /** An old row does not name its card: what rests does. */
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

  /** What it was; null where there was none. Its row is not read. */
  delete(outboxId: string): RecordHead | null {
    const record = this.awake.get(outboxId)
    const head = record === undefined ? this.resting.take(outboxId) : headOf(record)
    if (head === null) return null
    this.awake.delete(outboxId)
    this.#count(head, -1)
    return head
  }

  /** Nothing is under way for this record, and no wait of its own. False: it does not fit, and stays as it is. */
  rest(record: OutboxRecord): boolean {
    const { outboxId, rounds, inFlight, paced, live, deductionId, lastNote } = record
    must(this.awake.has(outboxId), 'a record of ours rests')
    must(rounds === 0 && inFlight === null && !paced && live === null, 'a record at work rests')
    return this.resting.put(headOf(record), deductionId, lastNote) && this.awake.delete(outboxId)
  }

  /** In order of their rows; copies of what rests. */
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

  /** The first behind this row, of a kind and to a destination; a copy of what rests. */
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

  /** The oldest that can be asked for by its number, else the oldest; null where there is none. */
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

  /** Business time of the oldest record, or of the oldest upload; null where there is none. */
  oldestMs(what: 'any' | 'upload'): number | null {
    let oldest = this.resting.oldestMs(what)
    for (const { atMs, op } of this.awake.values())
      if (what === 'any' || op === 'exitUpload') oldest = earlier(oldest, atMs)
    return oldest
  }
}

/** `apply` and `cancel`: of a charge in two steps. */
export type SendOp = 'post' | 'query' | 'apply' | 'cancel'

/** Of a charge in two steps. */
export interface Consumption {
  /** Which application of the charge it is, from 1: one that ended unconfirmed is followed by another one. */
  readonly no: number
  /** Business ms until which it may be confirmed; null: nobody allowed it yet. */
  readonly untilMs: number | null
  /** Times that it was sent since somebody waits for it. */
  readonly tries: number
}

export interface OutboxRecord {
  readonly outboxId: string
  readonly seq: number
  readonly destination: string
  readonly op: OutboxKind
  readonly businessNo: string
  readonly deductionId: string | null
  readonly stayId: string | null
  readonly amountFen: number
  /** Card of a card-side debit that waits for its upload; null for every other record. */
  readonly cardNo: string | null
  readonly atMs: InstantMs
  state: OutboxState
  attempts: number
  /** Tries in a row, posts and queries, that settled nothing: the place in the back-off table. */
  rounds: number
  /** Monotonic ms of the last post, or null: "not found" is trusted only 30 s after it (P13). */
  lastPostMs: number | null
  inFlight: SendOp | null
  /** Of the newest try: an answer names the one that it is to. */
  tryNo: number
  /** The try in flight is one of the paced backlog. */
  paced: boolean
  /** The barrier waits for this one: steps of P26. */
  live: 'post1' | 'query' | 'post2' | null
  lastNote: string
  /** Of a record beside charges: what of table G.1 it is. */
  readonly told?: string
  /** Absent: it is charged in one step, or nothing is known of an application. */
  consumption?: Consumption
}
