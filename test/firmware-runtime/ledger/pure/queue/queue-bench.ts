// A queue on a bench: rows in, requests out, answers and time by the test.
// Every effect is recorded for the judge.
import { answered } from '#ledger/pure/queue/answer.ts'
import {
  destinationOf,
  emptyQueue,
  foldOutbox,
  kick,
  pump,
  takeBack,
  wakeAtMs,
  type QueueEffect,
  type QueueEnv,
  type QueueState,
  type QueueVerdict,
} from '#ledger/pure/queue/queue.ts'
import { looked, queueTimes } from '#ledger/pure/queue/destination.ts'
import { outboxRowIn } from '#ledger/pure/queue/records.ts'
import type { LedgerRow, OutboxKind, RowDraft } from '#base/pure/rows/ledger-row.ts'

export const dest = 'platform'
/** Every record is one of this card. */
export const benchCard = `4501${'0'.repeat(15)}7`
export const silence: QueueVerdict = { kind: 'silence', reason: 'timeout', sent: true }
export const ok: QueueVerdict = { kind: 'confirmed', tradeNo: 'T1' }
export const notFound: QueueVerdict = { kind: 'notFound' }

export class QueueBench {
  readonly rows: LedgerRow[] = []
  private readonly rowAt = outboxRowIn((seq) => this.rows.slice(seq, seq + 1))
  queue: QueueState = emptyQueue(this.rowAt)
  monoMs = 1_000_000
  /** Sends so far: `post U1 3000`. */
  sent: string[] = []
  charges: string[] = []
  mayRepost = true
  paceMs: number = queueTimes.paceMs
  /** Charges take two steps: application and confirmation. */
  twoStep = false
  /** Charges are orders of an access system. */
  byOrder = false
  /** Whether the platform is reachable can be probed without a request. */
  looks = false
  /** Receipts are refused, as on a full disk. */
  diskFull = false

  env(): QueueEnv {
    const { monoMs, paceMs, looks } = this
    return {
      monoMs,
      nowMs: monoMs,
      mayRepost: () => this.mayRepost,
      looks: () => looks,
      twoStep: () => this.twoStep,
      byOrder: () => this.byOrder,
      paceMs: () => paceMs,
    }
  }

  wakeAtMs(): number | null {
    return wakeAtMs(this.queue, this.env())
  }

  /** Writes a record to the outbox, as a business act does. */
  add(n: number, op: OutboxKind = 'exitUpload', destination = dest): string {
    const outboxId = `U${n}`
    this.write({
      kind: 'outbox',
      atMs: this.monoMs,
      stayId: `S${n}`,
      deductionId: `D${n}`,
      amountFen: 100,
      body: {
        outboxId,
        destination,
        op,
        businessNo: `P${n}`,
        ...(op === 'exitUpload' ? { cardNo: benchCard } : {}),
        body: '{}',
        bodySm3: '',
      },
    })
    return outboxId
  }

  write(draft: RowDraft, startMonoMs: number | null = null): void {
    const seq = this.rows.length + 1
    const row = { ...draft, nodeId: 'n', seq, prevHash: '', hash: '' }
    this.rows.push(row)
    foldOutbox(this.queue, row, startMonoMs)
  }

  take(effects: readonly QueueEffect[]): void {
    for (const effect of effects) {
      if (effect.do === 'send')
        this.sent.push(`${effect.op} ${effect.outboxId} ${effect.timeoutMs}`)
      else if (effect.do === 'ask') this.sent.push(`ask ${effect.outboxId} ${effect.timeoutMs}`)
      else if (effect.do === 'look') this.sent.push(`look ${effect.destination}`)
      else if (effect.do === 'charge') {
        this.charges.push(`${effect.deductionId} ${effect.result} ${effect.reason}`)
        if (effect.receipt !== null && !this.diskFull) this.write(effect.receipt)
      } else if (!this.diskFull) this.write(effect.row)
    }
  }

  kick(n: number): string[] {
    this.take(kick(this.queue, `D${n}`, this.env()))
    return this.look()
  }

  /** The lane takes its order back. */
  takeBack(n: number): string[] {
    this.take(takeBack(this.queue, `D${n}`, this.env()))
    return this.look()
  }

  pump(afterMs = 0): string[] {
    this.monoMs += afterMs
    this.take(pump(this.queue, this.env()))
    return this.look()
  }

  seen(isThere: boolean, destination = dest): string[] {
    looked(destinationOf(this.queue, destination), isThere, this.env())
    return this.pump()
  }

  tryNoOf(outboxId: string): number {
    return this.queue.records.seen(outboxId)?.tryNo ?? 0
  }

  /** Answers the newest try, unless another is named. */
  answer(
    outboxId: string,
    verdict: QueueVerdict,
    afterMs = 0,
    tryNo = this.tryNoOf(outboxId),
  ): string[] {
    this.monoMs += afterMs
    this.take(answered(this.queue, { outboxId, tryNo }, verdict, this.env()))
    return this.look()
  }

  /** Advances to the next moment that the queue requests, at most `untilMs` later, and pumps. */
  wait(untilMs = 7_200_000): { afterMs: number | null; sent: string[] } {
    const atMs = wakeAtMs(this.queue, this.env())
    if (atMs === null || atMs - this.monoMs > untilMs) return { afterMs: null, sent: [] }
    const afterMs = atMs - this.monoMs
    return { afterMs, sent: this.pump(afterMs) }
  }

  look(): string[] {
    const sent = this.sent
    this.sent = []
    return sent
  }

  state(outboxId: string): string | undefined {
    return (this.queue.records.seen(outboxId) ?? this.queue.aside.get(outboxId))?.state
  }

  /** The process restarts and reads its rows. */
  restart(): void {
    this.queue = emptyQueue(this.rowAt)
    for (const row of this.rows) foldOutbox(this.queue, row, this.monoMs)
    this.sent = []
  }
}

/** A bench with records that are not yet pumped; `restarted`: read from disk, so that they are paced. */
export function benchOf(ops: readonly OutboxKind[], restarted = false): QueueBench {
  const bench = new QueueBench()
  ops.forEach((op, i) => bench.add(i + 1, op))
  if (restarted) bench.restart()
  return bench
}

/** A receipt that arrived by offline transfer. */
export function receipt(
  bench: QueueBench,
  outboxId: string,
  state: 'confirmed' | 'held' | 'unknown',
  attempt = 1,
): void {
  const body = { outboxId, state, attempt, note: null, tradeNo: null }
  const meta = { httpStatus: null, respCode: null, requestId: null }
  bench.write({ kind: 'outboxState', atMs: 1, body: { ...body, ...meta } })
}
