// The grade of a rehearsal, from the rows behind its begin and from nothing else: which cars left and how long they
// waited, money of theirs that no row keeps or names, and money that was taken twice.
import type { Fen } from '../values/fen.ts'
import type { InstantMs } from '../values/instant.ts'
import type { LedgerRow } from '../values/rows/ledger-row.ts'
import { isTestOrder } from '../values/test-order.ts'
import { rehearsalLimits, type RehearsalGrade, type RehearsalResult } from './rehearsal.ts'

interface OrderTally {
  amountFen: Fen
  etcFen: Fen
  otherFen: Fen
  /** A person took it otherwise, or let go of it by an audited act. */
  isByHand: boolean
  backFen: Fen
}

class Tally {
  carsOut = 0
  waitedMaxMs = 0
  readonly orders = new Map<string, OrderTally>()
  /** Newest order of a stay, and since when its car waits. */
  readonly newest = new Map<string, { readonly orderId: string; readonly sinceMs: InstantMs }>()
  readonly waiting = new Map<string, InstantMs>()
  /** State of each deduction that began here, with its order and fen. */
  readonly deductions = new Map<string, { orderId: string; fen: Fen; state: string }>()
  readonly uploaded = new Set<string>()
  readonly leftOrders = new Set<string>()

  take(row: LedgerRow): void {
    const { stayId = '', orderId = '', deductionId = '', amountFen = 0, atMs } = row
    if (row.kind === 'orderMade') {
      const made = { amountFen, etcFen: 0, otherFen: 0, isByHand: false, backFen: 0 }
      this.orders.set(orderId, made)
      this.newest.set(stayId, { orderId, sinceMs: this.newest.get(stayId)?.sinceMs ?? atMs })
      if (!this.waiting.has(stayId)) this.waiting.set(stayId, atMs)
    } else if (row.kind === 'intent')
      this.deductions.set(deductionId, { orderId, fen: amountFen, state: 'intent' })
    else if (row.kind === 'outcome') this.outcome(deductionId, row.body.state, amountFen)
    else if (row.kind === 'outbox') this.uploaded.add(deductionId)
    // Named as one that cannot be uploaded: a person has it (M11).
    else if (row.kind === 'exception') this.uploaded.add(deductionId)
    else if (row.kind === 'payment' && row.body.sold === undefined) {
      const order = this.orders.get(orderId)
      if (order === undefined) return
      if (row.body.means === 'etc') order.etcFen += amountFen
      else Object.assign(order, { otherFen: order.otherFen + amountFen, isByHand: true })
    } else if (row.kind === 'refund') {
      const order = this.orders.get(orderId)
      if (order !== undefined) order.backFen += amountFen
    } else if (row.kind === 'pass') this.passed(stayId, atMs)
    else if (row.kind === 'stayClosed' && row.laneId !== undefined) this.left(stayId)
  }

  private outcome(deductionId: string, state: string, fen: Fen): void {
    const found = this.deductions.get(deductionId)
    if (found !== undefined)
      Object.assign(found, { state, fen: state === 'paid' ? fen : found.fen })
  }

  private passed(stayId: string, atMs: InstantMs): void {
    const sinceMs = this.waiting.get(stayId)
    if (sinceMs === undefined) return
    this.waitedMaxMs = Math.max(this.waitedMaxMs, atMs - sinceMs)
    this.waiting.delete(stayId)
  }

  private left(stayId: string): void {
    this.carsOut++
    this.waiting.delete(stayId)
    const { orderId = '' } = this.newest.get(stayId) ?? {}
    this.leftOrders.add(orderId)
  }

  /** Fen of cars that have left: neither paid, nor queried by number, nor claimed from the car. */
  lostFen(isClaimed: (orderId: string) => boolean): Fen {
    let sum = 0
    for (const orderId of this.leftOrders) {
      const order = this.orders.get(orderId)
      if (
        order === undefined ||
        order.isByHand ||
        this.hasOpenCharge(orderId) ||
        isClaimed(orderId)
      )
        continue
      sum += Math.max(0, order.amountFen - order.etcFen)
    }
    return sum
  }

  /** A charge of it whose result is not known is settled by its number, and counts as exposure. */
  private hasOpenCharge(orderId: string): boolean {
    for (const one of this.deductions.values())
      if (one.orderId === orderId && (one.state === 'intent' || one.state === 'unknown'))
        return true
    return false
  }

  /** Fen paid by ETC and not reported: no upload, and no named item (M11). */
  untoldFen(): Fen {
    let sum = 0
    for (const [deductionId, { state, fen, orderId }] of this.deductions)
      if (state === 'paid' && !this.uploaded.has(deductionId) && !isTestOrder(orderId)) sum += fen
    return sum
  }

  doubledFen(): Fen {
    let sum = 0
    for (const { amountFen, etcFen, otherFen, backFen } of this.orders.values())
      sum += Math.max(0, etcFen + otherFen - backFen - amountFen)
    return sum
  }
}

interface GradeFacts {
  readonly atMs: InstantMs
  readonly restored: boolean
  /** True when the lot has a destination for card payments. */
  readonly hasDestination: boolean
  /** True when the unpaid part of the order is recorded as arrears of its car. */
  isClaimed(orderId: string): boolean
}

export function gradeRehearsal(rows: Iterable<LedgerRow>, now: GradeFacts): RehearsalResult {
  const tally = new Tally()
  for (const row of rows) tally.take(row)
  let waitedMs = tally.waitedMaxMs
  for (const sinceMs of tally.waiting.values()) waitedMs = Math.max(waitedMs, now.atMs - sinceMs)
  const facts = {
    carsOut: tally.carsOut,
    waitedMaxSec: Math.ceil(waitedMs / 1000),
    lostFen: tally.lostFen(now.isClaimed) + (now.hasDestination ? tally.untoldFen() : 0),
    doubledFen: tally.doubledFen(),
    restored: now.restored,
  }
  return { grade: gradeOf(facts, tally.waiting.size), ...facts }
}

function gradeOf(
  { carsOut, waitedMaxSec, lostFen, doubledFen, restored }: Omit<RehearsalResult, 'grade'>,
  stillWaiting: number,
): RehearsalGrade {
  if (lostFen > 0 || doubledFen > 0 || !restored) return 'failed'
  if (waitedMaxSec > rehearsalLimits.waitSecMax) return 'slow'
  return carsOut + stillWaiting === 0 ? 'noCars' : 'passed'
}
