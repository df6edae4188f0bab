// Writes the records of entries, exits and plates into the transaction that makes them true (table G.1): one row a
// destination, the same number at each. What cannot be written in the platform's words is named and holds up no car.
import { exitLanes, recordsOf, recordTargets, type LotRecord } from '../../core/lot/lot-records.ts'
import type { LotState } from '../../core/lot/lot-state.ts'
import type { QueueState } from '../../core/queue/queue.ts'
import { isoOf } from '../../core/values/instant.ts'
import type { BatchKind, RowDraft } from '../../core/values/rows/ledger-row.ts'
import { notEncoded, outboxRow, type Act, type OutboxMaker, type OutboxRow } from './outbox-rows.ts'

interface RecordPorts {
  readonly lot: LotState
  readonly queue: QueueState
  maker(): OutboxMaker
  outboxAt(seq: number): OutboxRow
}

type Alone = Extract<LotRecord, { op: 'shiftRecord' | 'feedback' | 'feedbackState' }>

function batchOf(record: Exclude<LotRecord, Alone>): BatchKind {
  if (record.op === 'entryRecord') return 'entry'
  if (record.op === 'exitRecord') return 'exit'
  return record.facts.direction === 'in' ? 'entry-plate' : 'exit-plate'
}

export class RecordRows {
  private readonly own: RecordPorts
  private readonly targets: ReturnType<typeof recordTargets>
  private readonly toldItems = new Set<string>()
  private readonly isExit: (laneId: string) => boolean

  constructor(config: OutboxMaker['config'], own: RecordPorts) {
    this.own = own
    this.targets = recordTargets(config)
    this.isExit = exitLanes(config.lanes)
  }

  /** What belongs into the transaction of these rows. */
  joined(drafts: readonly RowDraft[]): readonly RowDraft[] {
    const records = recordsOf(this.own.lot, drafts, this.targets, this.isExit)
    if (records.length === 0) return []
    const maker = this.own.maker()
    return records.flatMap((record) => this.rowsOf(maker, record))
  }

  private rowsOf(maker: OutboxMaker, record: LotRecord): readonly RowDraft[] {
    try {
      const act = this.actOf(maker, record)
      if (act === null) return []
      return record.destinations.map((destination) => outboxRow(maker, { ...act, destination }))
    } catch (error) {
      const detail = `${record.op} ${notEncoded(error)}`.trim()
      const { stayId, laneId } = record
      const body = { type: 'recordNotMade', detail }
      const of = { ...(stayId === '' ? {} : { stayId }), ...(laneId === '' ? {} : { laneId }) }
      const atMs = this.atMsOf(record)
      return [{ kind: 'event', atMs, ...of, body }, ...this.itemOf(record, detail, atMs)]
    }
  }

  /** One a kind of record and day, whatever else of it cannot be made. */
  private itemOf({ op, destinations }: LotRecord, detail: string, atMs: number): RowDraft[] {
    const day = isoOf(atMs).slice(0, 10)
    const itemId = `notMade ${op} ${day}`
    if (this.toldItems.has(itemId)) return []
    this.toldItems.add(itemId)
    const means = destinations.includes('platform') ? 'etc' : 'operator'
    const of = { kind: 'notMade', ref: detail, expectedFen: 0, foundFen: 0, owner: '' } as const
    return [{ kind: 'book', atMs, body: { row: 'item', itemId, day, means, ...of } }]
  }

  private atMsOf(record: LotRecord): number {
    if (record.op === 'entryRecord') return record.facts.enteredAtMs
    if (record.op === 'shiftRecord') return record.facts.offMs
    return record.op === 'plateRecord' ? record.facts.atMs : record.atMs
  }

  private actOf(maker: OutboxMaker, record: LotRecord): Act | null {
    if (record.op === 'feedback' || record.op === 'feedbackState')
      return this.feedbackAct(maker, record)
    const { records } = maker.dialect
    if (records === null) return null
    const { op, stayId, laneId } = record
    const atMs = this.atMsOf(record)
    if (record.op === 'shiftRecord') return this.shiftAct(maker, record)
    const counted = { kind: batchOf(record), atMs }
    const of = { op, stayId, laneId, atMs, counted, orderId: null, deductionId: null }
    if (record.op === 'exitRecord') return this.copyOf(record, of)
    if (record.op === 'entryRecord') {
      const body = records.entryBody(maker.config, record.facts)
      return { ...of, businessNo: record.facts.entryNo, body, amountFen: 0 }
    }
    const facts = { ...record.facts, plateRecNo: maker.mint('N') }
    const body = records.plateBody(maker.config, facts)
    return { ...of, businessNo: facts.plateRecNo, body, amountFen: 0 }
  }

  /** No hourly batch has it. */
  private shiftAct(
    maker: OutboxMaker,
    { op, stayId, laneId, facts }: Extract<LotRecord, { op: 'shiftRecord' }>,
  ): Act | null {
    const { duty } = maker.dialect
    if (duty === null) return null
    const shiftNo = maker.mint('G')
    const body = duty.shiftBody(maker.config, { ...facts, shiftNo })
    const of = { op, stayId, laneId, orderId: null, deductionId: null, atMs: facts.offMs }
    return { ...of, businessNo: shiftNo, body, amountFen: 0 }
  }

  /** An item ends once, so that its state has the number of the item. */
  private feedbackAct(
    maker: OutboxMaker,
    record: Extract<LotRecord, { op: 'feedback' | 'feedbackState' }>,
  ): Act | null {
    const told = maker.dialect.feedback?.told ?? null
    if (told === null) return null
    const { op, stayId, laneId, atMs } = record
    const of = { op, stayId, laneId, atMs, orderId: null, deductionId: null, amountFen: 0 }
    const { feedbackNo } = record.facts
    return record.op === 'feedback'
      ? { ...of, businessNo: feedbackNo, body: told.openBody(maker.config, record.facts) }
      : { ...of, businessNo: told.stateNo(feedbackNo), body: told.stateBody(record.facts) }
  }

  /** The exit transaction as the expansion platform has it: the same number and the same bytes (D.2 rule 13). */
  private copyOf(
    { upload, deductionId, orderId }: Extract<LotRecord, { op: 'exitRecord' }>,
    of: Omit<Act, 'businessNo' | 'body' | 'amountFen'>,
  ): Act | null {
    const charge = upload ?? this.chargeOf(deductionId)
    if (charge === null) return null
    const { businessNo, body } = charge.body
    return { ...of, orderId, deductionId, businessNo, body, amountFen: charge.amountFen ?? 0 }
  }

  private chargeOf(deductionId: string): OutboxRow | null {
    const { queue, outboxAt } = this.own
    const record = queue.records.seen(queue.byDeduction.get(deductionId) ?? '')
    return record === undefined ? null : outboxAt(record.seq)
  }
}
