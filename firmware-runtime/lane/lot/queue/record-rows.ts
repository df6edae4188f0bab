// Writes the records of entries, exits and plates in the transaction that makes them true (table G.1): one row for each
// destination, with the same number at each. A record that cannot be encoded for a platform becomes an item and delays
// no car.
import {
  exitLanes,
  recordsOf,
  recordTargets,
  type LotRecord,
} from '#ledger/pure/lot/lot-records.ts'
import type { LotState } from '#ledger/pure/lot/lot-state.ts'
import type { QueueState } from '#ledger/pure/queue/queue.ts'
import { armedCharge } from '../../pure/lot/open-debits.ts'
import { reopenedRows } from '#money/pure/billing/feedback-refunds.ts'
import { meansOf } from '#ledger/pure/lot/destinations.ts'
import { isEnded } from '#ledger/pure/queue/destination.ts'
import type { ChargeFacts } from '#devices/pure/charge/charge-facts.ts'
import type { Dialect } from '#ledger/ports/dialect.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import type { BatchKind, DestinationName, RowDraft } from '#base/pure/rows/ledger-row.ts'
import { notEncoded, outboxRow, type Act, type OutboxMaker, type OutboxRow } from './outbox-rows.ts'

interface RecordPorts {
  readonly lot: LotState
  readonly queue: QueueState
  maker(): OutboxMaker
  outboxAt(seq: number): OutboxRow
}

/** For destinations with the same dialect. */
type Spoken = OutboxMaker & {
  readonly spoken: Dialect
  /** The number of the record, the same for every destination. */
  mintOnce(letter: string): string
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

  /** The records that belong to the transaction of these rows. */
  joined(drafts: readonly RowDraft[]): readonly RowDraft[] {
    const opened = reopenedRows(this.own.lot.feedbacks, drafts)
    const all = opened.length === 0 ? drafts : [...drafts, ...opened]
    const records = recordsOf(this.own.lot, all, this.targets, this.isExit)
    return records.length === 0 ? opened : [...opened, ...this.encoded(records)]
  }

  private encoded(records: readonly LotRecord[]): readonly RowDraft[] {
    const maker = this.own.maker()
    return records.flatMap((record) => {
      const wanted = record.destinations.filter((to) => this.isWanted(record, to))
      // A record has one number at every destination, whatever its dialect.
      let no: string | null = null
      const numbered = { ...maker, mintOnce: (letter: string) => (no ??= maker.mint(letter)) }
      const by = Map.groupBy(wanted, (to) => maker.dialectAt(to))
      return [...by].flatMap(([dialect, destinations]) =>
        this.rowsOf({ ...numbered, spoken: dialect }, { ...record, destinations }),
      )
    })
  }

  /** A destination that refused this kind of record gets none until the next start. */
  private isWanted(record: LotRecord, destination: DestinationName): boolean {
    const d = this.own.queue.destinations.get(destination)
    if (d === undefined || record.op === 'feedback' || record.op === 'feedbackState') return true
    return !isEnded(d, { told: record.op === 'shiftRecord' ? 'shift' : batchOf(record) })
  }

  private rowsOf(maker: Spoken, record: LotRecord): readonly RowDraft[] {
    try {
      const act = this.actOf(maker, record)
      if (act === null) return []
      return record.destinations.map((destination) => outboxRow(maker, { ...act, destination }))
    } catch (error) {
      const detail = `${record.op} ${notEncoded(error)}`.trim()
      const { stayId, laneId } = record
      const body = { type: 'recordNotMade', detail } as const
      const of = { ...(stayId === '' ? {} : { stayId }), ...(laneId === '' ? {} : { laneId }) }
      const atMs = this.atMsOf(record)
      return [{ kind: 'event', atMs, ...of, body }, ...this.itemOf(record, detail, atMs)]
    }
  }

  /** One item for each kind of record and day, however many records cannot be encoded. */
  private itemOf({ op, destinations }: LotRecord, detail: string, atMs: number): RowDraft[] {
    const day = isoOf(atMs).slice(0, 10)
    const itemId = `notMade ${op} ${day}`
    if (this.toldItems.has(itemId)) return []
    this.toldItems.add(itemId)
    const means = meansOf(destinations[0] ?? '')
    const of = { kind: 'notMade', ref: detail, expectedFen: 0, foundFen: 0, owner: '' } as const
    return [{ kind: 'book', atMs, body: { row: 'item', itemId, day, means, ...of } }]
  }

  private atMsOf(record: LotRecord): number {
    if (record.op === 'entryRecord') return record.facts.enteredAtMs
    if (record.op === 'shiftRecord') return record.facts.offMs
    return record.op === 'plateRecord' ? record.facts.atMs : record.atMs
  }

  private actOf(maker: Spoken, record: LotRecord): Act | null {
    if (record.op === 'feedback' || record.op === 'feedbackState')
      return this.feedbackAct(maker, record)
    const { records } = maker.spoken
    if (records === null) return null
    const { op, stayId, laneId } = record
    const atMs = this.atMsOf(record)
    if (record.op === 'shiftRecord') return this.shiftAct(maker, record)
    const counted = { kind: batchOf(record), atMs }
    const of = { op, stayId, laneId, atMs, counted, orderId: null, deductionId: null }
    if (record.op === 'exitRecord') return this.exitAct(maker, record, of)
    if (record.op === 'entryRecord') {
      const body = records.entryBody(maker.config, record.facts)
      return { ...of, businessNo: record.facts.entryNo, body, amountFen: 0 }
    }
    const facts = { ...record.facts, plateRecNo: maker.mintOnce('N') }
    const body = records.plateBody(maker.config, facts)
    return { ...of, businessNo: facts.plateRecNo, body, amountFen: 0 }
  }

  /** A shift record belongs to no hourly batch. */
  private shiftAct(
    maker: Spoken,
    { op, stayId, laneId, facts }: Extract<LotRecord, { op: 'shiftRecord' }>,
  ): Act | null {
    const { duty } = maker.spoken
    if (duty === null) return null
    const shiftNo = maker.mintOnce('G')
    const body = duty.shiftBody(maker.config, { ...facts, shiftNo })
    const of = { op, stayId, laneId, orderId: null, deductionId: null, atMs: facts.offMs }
    return { ...of, businessNo: shiftNo, body, amountFen: 0 }
  }

  /** The number of a state is derived from the number of the item, and counted where it opened again. */
  private feedbackAct(
    maker: Spoken,
    record: Extract<LotRecord, { op: 'feedback' | 'feedbackState' }>,
  ): Act | null {
    const told = maker.spoken.feedback?.told ?? null
    if (told === null) return null
    const { op, stayId, laneId, atMs } = record
    const of = { op, stayId, laneId, atMs, orderId: null, deductionId: null, amountFen: 0 }
    const { feedbackNo } = record.facts
    return record.op === 'feedback'
      ? { ...of, businessNo: feedbackNo, body: told.openBody(maker.config, record.facts) }
      : {
          ...of,
          businessNo: told.stateNo(feedbackNo, record.facts.told),
          body: told.stateBody(record.facts),
        }
  }

  /**
   * The exit transaction as the expansion platform has it: the same number and the same bytes (D.2 rule 13), or, when
   * this destination has another dialect, the same facts in that dialect.
   */
  private exitAct(
    maker: Spoken,
    record: Extract<LotRecord, { op: 'exitRecord' }>,
    of: Omit<Act, 'businessNo' | 'body' | 'amountFen'>,
  ): Act | null {
    const { upload, deductionId, orderId } = record
    const charge = upload ?? this.chargeOf(deductionId)
    if (charge === null) return null
    const { businessNo, op } = charge.body
    const act = { ...of, orderId, deductionId, businessNo, amountFen: charge.amountFen ?? 0 }
    if (maker.spoken === maker.dialect) return { ...act, body: charge.body.body }
    const facts = this.factsOf(record)
    if (facts === null) return null
    const asked = op === 'exitUpload' ? 'exitUpload' : 'charge'
    const body = maker.spoken.chargeBody(maker.config, asked, facts, maker.listVersion)
    return { ...act, body }
  }

  /** The facts as recorded in the rows; null when no row names the charge. */
  private factsOf({
    stayId,
    deductionId,
    atMs,
    proof,
  }: Extract<LotRecord, { op: 'exitRecord' }>): ChargeFacts | null {
    const all = (this.own.lot.stays.get(stayId)?.orders ?? []).flatMap((one) => one.deductions)
    const d = all.find((one) => one.deductionId === deductionId)
    if (d === undefined) return null
    const { plate, colour, enteredAtMs, orderId, laneId, amountFen, outTradeNo } = d
    const known = { deductionId, stayId, orderId, laneId, amountFen, plate, colour, enteredAtMs }
    const plain = { ...known, obu: null, businessNo: outTradeNo, outTradeNo }
    const charge = d.armed === null ? null : armedCharge(d, d.armed)
    return { ...(charge ?? plain), atMs, proof, offline: false }
  }

  private chargeOf(deductionId: string): OutboxRow | null {
    const { queue, outboxAt } = this.own
    const record = queue.records.seen(queue.byDeduction.get(deductionId) ?? '')
    return record === undefined ? null : outboxAt(record.seq)
  }
}
