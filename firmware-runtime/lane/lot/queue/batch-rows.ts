// Makes the hourly batches of a lot (P20): count, digest and numbers of the records of an hour, stored as an outbox
// row. Records that a destination misses are sent again with their old number and the same bytes.
import {
  dueBatches,
  hourItemId,
  type BatchedRecord,
  type DueBatch,
} from '#ledger/pure/lot/batches.ts'
import { linkOf, meansOf } from '#ledger/pure/lot/destinations.ts'
import { hexOf } from '#base/pure/data/bytes.ts'
import { compactOf, isoOf, minuteMs, type InstantMs } from '#base/pure/values/instant.ts'
import { missedOf, type Missed } from '#ledger/pure/queue/kin.ts'
import type { BatchAnswer } from '#ledger/pure/queue/queue.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import type { Cancel, MonoClock } from '#base/ports/clocks.ts'
import { suiteOf } from '#base/pure/data/suite.ts'
import { digestOf } from '#base/ports/crypto.ts'
import type { LotLedger } from '../lot-ledger.ts'
import { outboxRow, type OutboxRow } from './outbox-rows.ts'

interface BatchPorts {
  readonly ledger: LotLedger
  readonly mono: Pick<MonoClock, 'after'>
  /** False while the time is uncertain: such a clock closes no hour. */
  isClockSure(): boolean
  /** Called after rows were written: the queue may continue. */
  written(): void
}

const lookEveryMs = minuteMs
const hourMs = 60 * minuteMs

const byNumber = (a: BatchedRecord, b: BatchedRecord): number =>
  a.no < b.no ? -1 : Number(a.no > b.no)

export class BatchRows {
  private readonly own: BatchPorts
  private timer: Cancel | null = null

  constructor(own: BatchPorts) {
    this.own = own
  }

  /** A lot without hourly batches starts no timer for them. */
  start(): void {
    const { ledger } = this.own
    if (ledger.lot.batches.nextMs.size > 0) this.again()
  }

  stop(): void {
    this.timer?.()
  }

  private again(): void {
    this.timer = this.own.mono.after(lookEveryMs, () => {
      this.again()
      this.look()
    })
  }

  private look(): void {
    const { ledger, isClockSure, written } = this.own
    if (!isClockSure()) return
    const due = dueBatches(ledger.lot.batches, ledger.nowMs())
    if (due.length === 0) return
    if (ledger.appendQuietly(due.map((one) => this.rowOf(one)))) written()
  }

  private rowOf(due: DueBatch): RowDraft {
    const { ledger } = this.own
    const maker = ledger.outboxMaker()
    const { destination, kind, fromMs, revision, again } = due
    const { records: dialect } = maker.dialectAt(destination)
    if (dialect === null)
      throw new Error('assertion failed: a dialect without records has no batches')
    const suite = suiteOf(linkOf(maker.config, destination) ?? {})
    const records = [...this.before(due), ...due.records].toSorted(byNumber)
    const numbers = records.map(({ no }) => no)
    const batchNo = `${kind}${maker.config.lotId}${compactOf(fromMs).slice(0, 10)}`
    const body = dialect.batchBody({
      batchNo,
      fromMs,
      toMs: fromMs + hourMs,
      revision,
      numbers,
      totalFen: kind === 'exit' ? records.reduce((sum, { fen }) => sum + fen, 0) : null,
      digest: hexOf(digestOf(maker.crypto, suite, new TextEncoder().encode(numbers.join('\n')))),
    })
    const of = { laneId: '', stayId: '', orderId: null, deductionId: null, atMs: ledger.nowMs() }
    const businessNo = `${batchNo}-${revision}`
    const seqs = records.map(({ seq }) => seq)
    const batch = { kind, fromMs, revision, seqs, ...(again ? { again } : {}) } as const
    return outboxRow(maker, {
      ...of,
      op: 'batch',
      destination,
      businessNo,
      body,
      amountFen: 0,
      batch,
    })
  }

  /** Records of the revision before it. */
  private before({ beforeSeq }: DueBatch): readonly BatchedRecord[] {
    if (beforeSeq === null) return []
    const { ledger } = this.own
    return (ledger.outboxAt(beforeSeq).body.batch?.seqs ?? []).map((seq) => {
      const { body, amountFen } = ledger.outboxAt(seq)
      return { no: body.businessNo, seq, fen: amountFen ?? 0 }
    })
  }
}

type BatchOfRow = NonNullable<OutboxRow['body']['batch']>

interface Following {
  readonly rows: readonly RowDraft[]
  /**
   * Null: the destination has the same records; else number, our count, its count, how many are sent again, and what
   * waits.
   */
  readonly differs: Omit<Extract<RowDraft, { kind: 'event' }>['body'], 'type'> | null
}

/** The record of a row, or the corrected one that a person made from it: a refused record is not sent again. */
function asMended(ledger: Pick<LotLedger, 'outboxAt' | 'lot'>, seq: number): OutboxRow {
  const row = ledger.outboxAt(seq)
  const next = ledger.lot.batches.mended.get(row.body.outboxId)
  return next === undefined ? row : asMended(ledger, next)
}

/**
 * An item for a person: a missing record is a charge or not one of ours, or the counts do not match the missing
 * records.
 */
function itemOf(
  row: OutboxRow,
  batch: BatchOfRow,
  count: number,
  lost: readonly OutboxRow[],
  nowMs: InstantMs,
): RowDraft {
  const { businessNo, destination } = row.body
  const charges = lost.filter(({ body }) => body.op === 'charge')
  const body = {
    row: 'item',
    itemId: hourItemId(destination, batch.kind, batch.fromMs),
    day: isoOf(batch.fromMs).slice(0, 10),
    means: meansOf(destination),
    kind: 'recordsDiffer',
    ref: `${businessNo} ${batch.seqs.length} ≠ ${count}`,
    expectedFen: charges.reduce((sum, { amountFen }) => sum + (amountFen ?? 0), 0),
    foundFen: 0,
    owner: '',
  } as const
  return { kind: 'book', atMs: nowMs, body }
}

/** The hour had an item and does not differ any more: the item records it, and a person ends it. */
function agreed(ledger: Pick<LotLedger, 'lot'>, itemId: string, nowMs: InstantMs): RowDraft[] {
  if (!ledger.lot.batches.differ.has(itemId.slice('batch '.length))) return []
  return [{ kind: 'book', atMs: nowMs, body: { row: 'agreed', itemId } }]
}

/** A charge is never sent again, and a refused card's record is settled by a person. */
const goesAgain = ({ body: { op } }: OutboxRow, { is }: Missed): boolean =>
  op !== 'charge' && (is === 'gone' || (is === 'refused' && op !== 'exitUpload'))

/**
 * Compares a destination's own count of a batch with ours. Missing records are sent again, and the hour is compared
 * again when they are confirmed: only a difference that remains becomes an item. Records overtaken by the batch arrive
 * by themselves, once; the hour is reported again after them. A record that is held waits for its person alone, and the
 * hour for it (ADR 390); what was refused, or ended by a person, is not sent again. A charge is never sent again: that
 * would request the money again.
 */
export function afterBatch(
  ledger: Pick<LotLedger, 'outboxAt' | 'mint' | 'lot' | 'queue'>,
  row: OutboxRow,
  { count, missing }: BatchAnswer,
  nowMs: InstantMs,
): Following {
  const { batch, businessNo, destination } = row.body
  if (batch === undefined) return { rows: [], differs: null }
  const { kind, fromMs, seqs } = batch
  if (count === seqs.length && missing.length === 0)
    return { rows: agreed(ledger, hourItemId(destination, kind, fromMs), nowMs), differs: null }
  const wanted = new Set(missing)
  const lost = seqs
    .map((seq) => asMended(ledger, seq))
    .filter(({ body }) => wanted.has(body.businessNo))
    .map((one) => ({ one, missed: missedOf(ledger.queue, one.body.outboxId) }))
  const again =
    batch.again === true
      ? []
      : lost.flatMap(({ one, missed }) => (goesAgain(one, missed) ? [one] : []))
  const held = lost.flatMap(({ missed }) => (missed.is === 'held' ? missed.outboxIds : []))
  const comes = lost.filter(({ missed }) => missed.is === 'underWay')
  const overtaken = comes.flatMap(({ one: { body } }) =>
    ledger.queue.records.has(body.outboxId) ? [body.outboxId] : [],
  )
  const detail = [businessNo, seqs.length, count, again.length].join(' ')
  const outboxIds = [...overtaken, ...held]
  const waits = { destination, kind, fromMs, outboxIds }
  const differs = outboxIds.length === 0 ? { detail } : { detail, waits }
  const heldOnes = lost.filter(({ missed }) => missed.is === 'held').length
  const isExplained =
    lost.length === wanted.size &&
    count === seqs.length - wanted.size &&
    lost.length === again.length + comes.length + heldOnes
  // A person may take long over a held record: what it does not explain is told without waiting for them.
  const isOpen = held.length > 0 ? !isExplained : again.length + comes.length === 0
  const items = isOpen
    ? [
        itemOf(
          row,
          batch,
          count,
          lost.map(({ one }) => one),
          nowMs,
        ),
      ]
    : []
  return {
    rows: [...again.map((one) => resent(ledger, one, { kind, fromMs }, nowMs)), ...items],
    differs,
  }
}

function resent(
  ledger: Pick<LotLedger, 'mint'>,
  { atMs: _, seq: _seq, nodeId: _node, hash: _hash, prevHash: _prev, ...row }: OutboxRow,
  resentFor: Pick<BatchOfRow, 'kind' | 'fromMs'>,
  atMs: InstantMs,
): RowDraft {
  const { counted: _counted, ...body } = row.body
  const outboxId = ledger.mint('U')
  return { ...row, atMs, body: { ...body, outboxId, resends: row.body.outboxId, resentFor } }
}
