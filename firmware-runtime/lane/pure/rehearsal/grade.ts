// The grade of a rehearsal, from the rows behind its begin and from nothing else: which cars left and how long they
// waited, money of theirs that no row keeps or names, and money that was taken twice.
import type { Fen } from '#base/pure/values/fen.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { takesOf } from '#base/pure/values/payment-means.ts'
import { isTestOrder } from '#base/pure/values/test-order.ts'
import {
  rehearsalLimits,
  type RehearsalEnd,
  type RehearsalGrade,
  type RehearsalResult,
} from '#base/pure/lot/rehearsal.ts'

interface OrderTally {
  amountFen: Fen
  etcFen: Fen
  otherFen: Fen
  /** A person let go of what is still due, by an audited act. */
  isReleased: boolean
  backFen: Fen
}

class Tally {
  carsOut = 0
  waitedMaxMs = 0
  /** Cars with an order that got their pass, with the time from which they waited. */
  readonly passes: { readonly sinceMs: InstantMs; readonly atMs: InstantMs }[] = []
  /** Cars that left without paying, and no order says what they owed. */
  unpriced = 0
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
      const made = { amountFen, etcFen: 0, otherFen: 0, isReleased: false, backFen: 0 }
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
      else if (takesOf(row.body.means) === 'nothing') order.isReleased = true
      else order.otherFen += amountFen
    } else if (row.kind === 'refund') {
      const order = this.orders.get(orderId)
      if (order !== undefined) order.backFen += amountFen
    } else if (row.kind === 'pass') this.passed(stayId, atMs)
    else if (row.kind === 'stayClosed' && row.laneId !== undefined)
      this.left(stayId, row.body.end === 'open')
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
    this.passes.push({ sinceMs, atMs })
    this.waiting.delete(stayId)
  }

  private left(stayId: string, isUnpaid: boolean): void {
    this.carsOut++
    this.waiting.delete(stayId)
    const { orderId } = this.newest.get(stayId) ?? {}
    if (orderId !== undefined) this.leftOrders.add(orderId)
    else if (isUnpaid) this.unpriced++
  }

  /** A car waited for long when the part was back, and got no pass before: the outage held it up. */
  isHeld(backAtMs: InstantMs): boolean {
    const isLong = (sinceMs: InstantMs): boolean =>
      backAtMs - sinceMs >= rehearsalLimits.heldSecMin * 1000
    return (
      this.passes.some(({ sinceMs, atMs }) => atMs > backAtMs && isLong(sinceMs)) ||
      [...this.waiting.values()].some(isLong)
    )
  }

  /** Fen of cars that have left: neither paid, nor queried by number, nor claimed from the car. */
  lostFen(isClaimed: (orderId: string) => boolean): Fen {
    let sum = 0
    for (const orderId of this.leftOrders) {
      const order = this.orders.get(orderId)
      if (order === undefined || order.isReleased || isClaimed(orderId)) continue
      const { amountFen, etcFen, otherFen } = order
      sum += Math.max(0, amountFen - etcFen - otherFen - this.openFen(orderId))
    }
    return sum
  }

  /** Charges of it whose result is not known are settled by their numbers, and count as exposure. */
  private openFen(orderId: string): Fen {
    let sum = 0
    for (const one of this.deductions.values())
      if (one.orderId === orderId && (one.state === 'intent' || one.state === 'unknown'))
        sum += one.fen
    return sum
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
  /** When the cut part was restored. */
  readonly backAtMs: InstantMs
  readonly endedBy: RehearsalEnd
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
  return { grade: gradeOf(facts, tally, now), ...facts }
}

/** By money first, then by cars; `passed` needs a car that got its pass during the cut and left. */
function gradeOf(
  { carsOut, waitedMaxSec, lostFen, doubledFen, restored }: Omit<RehearsalResult, 'grade'>,
  tally: Tally,
  { backAtMs, endedBy }: GradeFacts,
): RehearsalGrade {
  if (lostFen > 0 || doubledFen > 0 || !restored) return 'failed'
  if (waitedMaxSec > rehearsalLimits.waitSecMax || tally.isHeld(backAtMs)) return 'slow'
  if (carsOut + tally.passes.length + tally.waiting.size === 0) return 'noCars'
  const isShown = tally.passes.some(({ atMs }) => atMs <= backAtMs)
  // A program that ended in the middle had cut nothing from then on.
  if (!isShown || carsOut === 0 || tally.unpriced > 0 || endedBy === 'restart') return 'notJudged'
  return 'passed'
}
