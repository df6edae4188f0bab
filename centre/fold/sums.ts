// What the rows of a chunk come to: stays and refunds as they are after it, and what it adds to takings and flow. Pure.
import { changesOf, refundIdOf, type Changes, type OpenRefund, type Stay } from './changes.ts'
import type { Placed } from './day.ts'
import { Unfoldable, type FoldRow } from './row.ts'
import {
  keyOf,
  type FeedPlace,
  type FlowRow,
  type MoneyRow,
  type RefundRow,
  type StayRow,
  type TakingRow,
} from './tables.ts'

interface RefundNow {
  readonly row: RefundRow
  readonly isOpen: boolean
}

export class Sums {
  private readonly stays = new Map<string, StayRow>()
  private readonly changed = new Map<string, StayRow>()
  private readonly refunds = new Map<string, RefundNow>()
  private readonly changedRefunds = new Map<string, RefundNow>()
  private readonly takings = new Map<string, TakingRow>()
  private readonly flows = new Map<string, FlowRow>()
  private readonly money: MoneyRow[] = []

  constructor(stays: readonly StayRow[], refunds: readonly RefundRow[]) {
    for (const one of stays) this.stays.set(keyOf(one, one.stayId), one)
    for (const one of refunds)
      this.refunds.set(keyOf(one, one.refundId), { row: one, isOpen: true })
  }

  /** Throws Unfoldable; nothing of the row is counted then. */
  add(feed: FeedPlace, row: FoldRow, at: Placed): void {
    this.take(feed, row, at, this.changesOf(feed, row, at))
  }

  private changesOf(feed: FeedPlace, row: FoldRow, at: Placed): Changes {
    try {
      const refundId = refundIdOf(row)
      const stay: Stay | null = this.stays.get(keyOf(feed, row.stayId ?? '')) ?? null
      const asked = this.refunds.get(keyOf(feed, refundId ?? ''))
      const refund: OpenRefund | null = asked?.isOpen === true ? asked.row : null
      return changesOf(row, at, { stay, refund })
    } catch (error) {
      if (error instanceof Unfoldable) throw error
      throw new Unfoldable(row.seq, String(error))
    }
  }

  private take(
    { lotId, nodeId }: FeedPlace,
    { seq, atMs }: FoldRow,
    at: Placed,
    { stay, money, flow, asked, refunded }: Changes,
  ): void {
    const feed = { lotId, nodeId }
    if (stay !== undefined) {
      const [key, now] = [keyOf(feed, stay.stayId), { ...stay, ...feed }]
      this.stays.set(key, now)
      this.changed.set(key, now)
    }
    if (asked !== undefined) this.refund({ row: { ...asked, ...feed }, isOpen: true })
    if (refunded !== undefined) this.refund({ row: { ...refunded, ...feed }, isOpen: false })
    if (flow !== undefined) this.flowOf(lotId, at)[flow]++
    if (money === undefined) return
    this.money.push({ ...money, ...feed, ...at, seq, atMs })
    const taking = this.takingOf(lotId, at, money)
    taking.n++
    taking.fen += money.fen
  }

  private refund(now: RefundNow): void {
    const key = keyOf(now.row, now.row.refundId)
    this.refunds.set(key, now)
    this.changedRefunds.set(key, now)
  }

  private flowOf(lotId: string, { day, hour }: Placed): FlowRow {
    const key = `${lotId}/${day}/${hour}`
    const flow = this.flows.get(key) ?? { lotId, day, hour, entered: 0, left: 0 }
    this.flows.set(key, flow)
    return flow
  }

  private takingOf(
    lotId: string,
    { day, hour }: Placed,
    { what, means }: { readonly what: string; readonly means: string },
  ): TakingRow {
    const key = `${lotId}/${day}/${hour}/${what}/${means}`
    const taking = this.takings.get(key) ?? { lotId, day, hour, what, means, n: 0, fen: 0 }
    this.takings.set(key, taking)
    return taking
  }

  /** What is to be written. */
  written() {
    const refunds = [...this.changedRefunds.values()]
    const rowsOf = (isOpen: boolean): readonly RefundRow[] =>
      refunds.flatMap((one) => (one.isOpen === isOpen ? [one.row] : []))
    return {
      stays: [...this.changed.values()],
      money: this.money,
      takings: [...this.takings.values()],
      flows: [...this.flows.values()],
      asked: rowsOf(true),
      refunded: rowsOf(false),
    }
  }
}
