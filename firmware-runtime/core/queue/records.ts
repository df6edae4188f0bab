// The unsent records of a lot. One that rests in the backlog is a line of text, so that 100,000 of them
// need little memory; it becomes an object when the queue takes it up. Sums are kept, never counted anew.
import type { InstantMs } from '../values/instant.ts'
import { isTestOrder } from '../values/test-order.ts'
import type { OutboxKind, OutboxState } from '../values/ledger-row.ts'
import { must } from '../values/must.ts'

/** Charges of which the platform must still hear: what it is asked to take, or is told was taken. */
export const isAtRisk = ({ op, deductionId }: Pick<OutboxRecord, 'op' | 'deductionId'>): boolean =>
  (op === 'charge' || op === 'exitUpload') && !isTestOrder(deductionId?.split('.', 1)[0])

/** Members in a line; none but the last, which is free text, has a blank. */
function lineOf(r: OutboxRecord): string {
  const named = [r.businessNo, r.deductionId ?? '', r.stayId ?? '', r.cardNo ?? '']
  const words = [r.op, r.state, r.destination, r.seq, r.amountFen, r.atMs, r.attempts, ...named]
  must(!words.some((word) => String(word).includes(' ')), 'no name of a record has a blank')
  return `${words.join(' ')} ${r.lastNote}`
}

const orNull = (text: string | undefined): string | null => text || null

function recordOf(outboxId: string, line: string, lastPostMs: number | null): OutboxRecord {
  const [op, state, destination, seq, amountFen, atMs, attempts, ...more] = line.split(' ')
  const [businessNo = '', deductionId, stayId, cardNo, ...note] = more
  return {
    outboxId,
    seq: Number(seq),
    destination: destination ?? '',
    op: op as OutboxKind,
    businessNo,
    deductionId: orNull(deductionId),
    stayId: orNull(stayId),
    amountFen: Number(amountFen),
    cardNo: orNull(cardNo),
    atMs: Number(atMs),
    state: state as OutboxState,
    attempts: Number(attempts),
    rounds: 0,
    lastPostMs,
    inFlight: null,
    tryNo: 0,
    paced: false,
    live: null,
    lastNote: note.join(' '),
  }
}

/** Its destination: the third word of a line. */
export const destinationIn = (line: string): string => line.split(' ', 3)[2] ?? ''

const add = <K>(sums: Map<K, number>, key: K, by: number): void => {
  const sum = (sums.get(key) ?? 0) + by
  if (sum === 0) sums.delete(key)
  else sums.set(key, sum)
}

/** Times of what waits, earliest first. What has gone stays until it would be the answer. */
class Times {
  /** Two lists side by side: an object for each would weigh as much as its record's line. */
  private ids: string[] = []
  private times: number[] = []
  private gone = 0
  private readonly waits: (outboxId: string) => boolean
  /** How many wait. */
  private readonly count: () => number

  constructor(waits: (outboxId: string) => boolean, count: () => number) {
    this.waits = waits
    this.count = count
  }

  add(outboxId: string, atMs: number): void {
    let at = this.ids.length
    // Rows come in the order of time; only a clock set back, or a record put back, is sorted in.
    while (at > this.gone && (this.times[at - 1] ?? 0) > atMs) at--
    if (at === this.ids.length) {
      this.ids.push(outboxId)
      this.times.push(atMs)
    } else {
      this.ids.splice(at, 0, outboxId)
      this.times.splice(at, 0, atMs)
    }
    if (this.ids.length > 2 * this.count() + 1_024) this.tidy()
  }

  first(): number | null {
    for (;;) {
      const outboxId = this.ids[this.gone]
      if (outboxId === undefined) return null
      if (this.waits(outboxId)) return this.times[this.gone] ?? null
      this.gone++
    }
  }

  private tidy(): void {
    const waiting = this.ids.flatMap((outboxId, at) =>
      at >= this.gone && this.waits(outboxId) ? [at] : [],
    )
    this.times = waiting.map((at) => this.times[at] ?? 0)
    this.ids = waiting.map((at) => this.ids[at] ?? '')
    this.gone = 0
  }
}

export class OutboxRecords {
  /** By id, in order: a line of what rests, the record itself of what the queue works on. */
  readonly all = new Map<string, string | OutboxRecord>()
  readonly awake = new Map<string, OutboxRecord>()
  readonly #byKind = new Map<OutboxKind, number>()
  readonly #byDestination = new Map<string, number>()
  readonly #byRestingState = new Map<OutboxState, number>()
  readonly #uploadFenByCard = new Map<string, number>()
  readonly #times = new Times(
    (outboxId) => this.all.has(outboxId),
    () => this.all.size,
  )
  readonly #uploadTimes = new Times(
    (outboxId) => this.all.has(outboxId),
    () => this.uploads,
  )
  #atRiskFen = 0
  #restPostMs: number | null = null

  /** Monotonic ms that counts as the last post of what rests: the start whose rows it was read from. */
  get restPostMs(): number | null {
    return this.#restPostMs
  }

  set restPostMs(monoMs: number | null) {
    this.#restPostMs = monoMs
  }

  get size(): number {
    return this.all.size
  }

  has(outboxId: string): boolean {
    return this.all.has(outboxId)
  }

  /** The record itself: it rests no longer. */
  get(outboxId: string): OutboxRecord | undefined {
    const found = this.all.get(outboxId)
    if (typeof found !== 'string') return found
    const record = recordOf(outboxId, found, this.restPostMs)
    add(this.#byRestingState, record.state, -1)
    this.all.set(outboxId, record)
    this.awake.set(outboxId, record)
    return record
  }

  /** A copy of what rests: it goes on resting. */
  seen(outboxId: string): OutboxRecord | undefined {
    const found = this.all.get(outboxId)
    return typeof found === 'string' ? recordOf(outboxId, found, this.restPostMs) : found
  }

  add(record: OutboxRecord): void {
    const { outboxId } = record
    must(!this.all.has(outboxId), 'a record is added once')
    this.all.set(outboxId, record)
    this.awake.set(outboxId, record)
    this.#weigh(record)
  }

  #weigh(record: OutboxRecord): void {
    const { outboxId, atMs, op } = record
    this.#count(record, 1)
    this.#times.add(outboxId, atMs)
    if (op === 'exitUpload') this.#uploadTimes.add(outboxId, atMs)
  }

  /** One that rests from the start: its line stays as it is. */
  addResting(outboxId: string, line: string): void {
    must(!this.all.has(outboxId), 'a record is added once')
    const record = recordOf(outboxId, line, this.restPostMs)
    this.all.set(outboxId, line)
    add(this.#byRestingState, record.state, 1)
    this.#weigh(record)
  }

  delete(outboxId: string): void {
    const record = this.get(outboxId)
    if (record === undefined) return
    this.all.delete(outboxId)
    this.awake.delete(outboxId)
    this.#count(record, -1)
  }

  /** Nothing is under way for this record, and no wait of its own: what its line says is all there is. */
  rest(record: OutboxRecord): void {
    if (!this.awake.delete(record.outboxId)) return
    const { rounds, inFlight, paced, live } = record
    must(rounds === 0 && inFlight === null && !paced && live === null, 'a record at work rests')
    this.all.set(record.outboxId, lineOf(record))
    add(this.#byRestingState, record.state, 1)
  }

  /** In order; copies of what rests. */
  *values(): Generator<OutboxRecord> {
    for (const [outboxId, found] of this.all)
      yield typeof found === 'string' ? recordOf(outboxId, found, this.restPostMs) : found
  }

  /** The oldest that can be asked for by its number, else the oldest; null where there is none. */
  oldestOf(destination: string): OutboxRecord | null {
    let any: OutboxRecord | null = null
    for (const record of this.values()) {
      if (record.destination !== destination) continue
      if (record.op !== 'exception') return record
      any ??= record
    }
    return any
  }

  /** The upload or charge of this deduction that goes to the same destination. */
  chargeOf({ deductionId, destination }: OutboxRecord): OutboxRecord | null {
    if (deductionId === null) return null
    for (const [outboxId, found] of this.all) {
      if (typeof found === 'string' && !found.includes(` ${deductionId} `)) continue
      const r = typeof found === 'string' ? recordOf(outboxId, found, this.restPostMs) : found
      const fits = r.op === 'exitUpload' || r.op === 'charge'
      if (fits && r.deductionId === deductionId && r.destination === destination) return r
    }
    return null
  }

  #count(record: OutboxRecord, by: 1 | -1): void {
    const { op, destination, cardNo, amountFen } = record
    add(this.#byKind, op, by)
    add(this.#byDestination, destination, by)
    if (isAtRisk(record)) this.#atRiskFen += by * amountFen
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
    const states = new Map(this.#byRestingState)
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
    return (what === 'any' ? this.#times : this.#uploadTimes).first()
  }
}

/** As read from a kept state: lines by id. */
export function restingRecords(
  lines: readonly (readonly [string, string])[],
  startMonoMs: number,
): OutboxRecords {
  const records = new OutboxRecords()
  records.restPostMs = startMonoMs
  for (const [outboxId, line] of lines) records.addResting(outboxId, line)
  return records
}

export type SendOp = 'post' | 'query'

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
}
