// Payments and refunds of stays with coupons, points or arrears, as a fold of rows.
// A refund counts once it is done, and for a year.
import { overchargedReason } from '#base/pure/values/refund-means.ts'
import type { PayCases } from '../pay/cases.ts'
import type { Fen } from '#base/pure/values/fen.ts'
import { dayMs, type InstantMs } from '#base/pure/values/instant.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'

interface StayMoney {
  readonly paidFen: Fen
  readonly backFen: Fen
  readonly sinceMs: InstantMs
}

export interface MoneyList {
  readonly stays: Map<string, StayMoney>
  /** Refunds on their way. */
  readonly refunds: Map<string, { readonly stayId: string; readonly fen: Fen }>
}

export const emptyMoney = (): MoneyList => ({ stays: new Map(), refunds: new Map() })

/** A refund is possible for a year. */
export const keptMs = 400 * dayMs

export const isAllBack = ({ stays }: MoneyList, stayId: string): boolean => {
  const { paidFen = 0, backFen = 0 } = stays.get(stayId) ?? {}
  return paidFen > 0 && backFen >= paidFen
}

export const isSomeBack = ({ stays }: MoneyList, stayId: string): boolean =>
  (stays.get(stayId)?.backFen ?? 0) > 0

export const leftFen = ({ stays }: MoneyList, stayId: string): Fen => {
  const { paidFen = 0, backFen = 0 } = stays.get(stayId) ?? {}
  return Math.max(0, paidFen - backFen)
}

/** From the front, where the oldest stand. */
export function forgetWhile<T>(map: Map<string, T>, isOld: (one: T) => boolean): void {
  for (const [key, one] of map) {
    if (!isOld(one)) return
    map.delete(key)
  }
}

const isWatched = (row: LedgerRow): boolean =>
  (row.kind === 'coupon' && row.body.row === 'used') ||
  (row.kind === 'orderMade' && (row.body.earns !== undefined || row.body.arrears !== undefined))

/** The watched stay that this row refunds. */
function backOf({ refunds }: MoneyList, row: LedgerRow, pays: PayCases) {
  if (row.kind === 'refundState') {
    const refund = refunds.get(row.body.refundId)
    const { state } = row.body
    // One that was rejected may yet be given by hand.
    if (refund === undefined || state !== 'success') return null
    refunds.delete(row.body.refundId)
    return refund
  }
  if (row.kind !== 'pay' || row.body.row !== 'refundDone') return null
  const { attemptNo, refundNo } = row.body
  const order = pays.get(row.orderId ?? '')?.order
  const attempt = order?.attempts.find((one) => one.attemptNo === attemptNo)
  const refund = attempt?.refunds.find((one) => one.refundNo === refundNo)
  // A refund of an extra payment does not touch the payment of the order.
  const isOwn = refund?.why === 'person' && order?.paidWith === attemptNo
  return isOwn ? { stayId: row.stayId ?? '', fen: refund.amountFen } : null
}

/** `pays`: the state including this row. Returns the refunded stay. */
export function foldMoney(list: MoneyList, row: LedgerRow, pays: PayCases): string | null {
  const { stays, refunds } = list
  const { stayId = '', atMs } = row
  if (isWatched(row) && !stays.has(stayId)) {
    forgetWhile(stays, ({ sinceMs }) => sinceMs + keptMs <= atMs)
    forgetWhile(refunds, (one) => !stays.has(one.stayId))
    stays.set(stayId, { paidFen: 0, backFen: 0, sinceMs: atMs })
  }
  const back = backOf(list, row, pays)
  const backStay = stays.get(back?.stayId ?? '')
  if (back !== null && backStay !== undefined) {
    stays.set(back.stayId, { ...backStay, backFen: backStay.backFen + back.fen })
    return back.stayId
  }
  const stay = stays.get(stayId)
  if (stay === undefined) return null
  if (row.kind === 'payment')
    stays.set(stayId, { ...stay, paidFen: stay.paidFen + (row.amountFen ?? 0) })
  // An amount overcharged by an antenna is not part of the payment.
  if (row.kind === 'refund' && row.body.reason !== overchargedReason)
    refunds.set(row.body.refundId, { stayId, fen: row.amountFen ?? 0 })
  return null
}
