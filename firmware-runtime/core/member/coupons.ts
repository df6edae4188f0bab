// The coupons of a lot as a fold of rows: which are free, which stay has which, which are spent. One is spent when its
// car leaves with what it took off; it is free again when it took off nothing, or when the money went back in full.
import { overchargedReason } from '../lot/refund-by-hand.ts'
import type { PayCases } from '../pay/cases.ts'
import type { Coupon, CouponRow, CouponUse } from '../values/coupon-row.ts'
import { couponTagOf, readCoupon } from '../values/coupon-code.ts'
import type { Fen } from '../values/fen.ts'
import { dayMs, type InstantMs } from '../values/instant.ts'
import type { LedgerRow } from '../values/ledger-row.ts'
import { dayFromMs } from './list.ts'

export interface HeldCoupon {
  readonly coupon: Coupon
  /** The stay that has it; null: it is free. */
  readonly stayId: string | null
  readonly isSpent: boolean
  readonly isVoid: boolean
}

/** What a stay with coupons paid, to tell when all of it went back. */
interface CouponStay {
  readonly uses: readonly CouponUse[]
  readonly paidFen: Fen
  readonly backFen: Fen
}

export interface CouponList {
  readonly byCode: Map<string, HeldCoupon>
  /** Codes in the order in which they were used. */
  readonly byStay: Map<string, readonly string[]>
  readonly stays: Map<string, CouponStay>
  /** Refunds on their way of stays with coupons. */
  readonly refunds: Map<string, { readonly stayId: string; readonly fen: Fen }>
}

export const emptyCoupons = (): CouponList => ({
  byCode: new Map(),
  byStay: new Map(),
  stays: new Map(),
  refunds: new Map(),
})

/** A refund is possible for a year. */
const keptMs = 400 * dayMs

export const couponsOf = (list: CouponList, stayId: string): readonly Coupon[] =>
  (list.byStay.get(stayId) ?? []).flatMap((code) => list.byCode.get(code)?.coupon ?? [])

function change(list: CouponList, code: string, to: Partial<HeldCoupon>): void {
  const held = list.byCode.get(code)
  if (held !== undefined) list.byCode.set(code, { ...held, ...to })
}

function free(list: CouponList, stayId: string, code: string): void {
  change(list, code, { stayId: null, isSpent: false })
  const rest = (list.byStay.get(stayId) ?? []).filter((one) => one !== code)
  if (rest.length > 0) list.byStay.set(stayId, rest)
  else {
    list.byStay.delete(stayId)
    list.stays.delete(stayId)
  }
}

/** Those whose last day is long past stand in front of the batches after them. */
function forgetOld(list: CouponList, nowMs: InstantMs): void {
  for (const [code, { coupon, stayId }] of list.byCode) {
    if (dayFromMs(coupon.until) + keptMs > nowMs) return
    if (stayId !== null) free(list, stayId, code)
    list.byCode.delete(code)
  }
}

function foldCoupon(list: CouponList, row: CouponRow, stayId: string, atMs: InstantMs): void {
  switch (row.row) {
    case 'issued':
      forgetOld(list, atMs)
      list.byCode.set(row.coupon.code, {
        coupon: row.coupon,
        stayId: null,
        isSpent: false,
        isVoid: false,
      })
      return
    case 'used':
      change(list, row.code, { stayId })
      list.byStay.set(stayId, [...(list.byStay.get(stayId) ?? []), row.code])
      if (!list.stays.has(stayId)) list.stays.set(stayId, { uses: [], paidFen: 0, backFen: 0 })
      return
    case 'givenBack':
      free(list, list.byCode.get(row.code)?.stayId ?? '', row.code)
      return
    case 'voided':
      change(list, row.code, { isVoid: true })
  }
}

function note(list: CouponList, stayId: string, of: (stay: CouponStay) => Partial<CouponStay>) {
  const stay = list.stays.get(stayId)
  if (stay !== undefined) list.stays.set(stayId, { ...stay, ...of(stay) })
}

/** Money of the stay went back; with all of it the coupons are the driver's again. */
function wentBack(list: CouponList, stayId: string, fen: Fen): void {
  note(list, stayId, ({ backFen }) => ({ backFen: backFen + fen }))
  const { paidFen = 0, backFen = 0 } = list.stays.get(stayId) ?? {}
  if (paidFen === 0 || backFen < paidFen) return
  for (const code of list.byStay.get(stayId) ?? []) free(list, stayId, code)
}

function left(list: CouponList, stayId: string): void {
  const { uses = [] } = list.stays.get(stayId) ?? {}
  for (const code of list.byStay.get(stayId) ?? [])
    if (uses.some((use) => use.code === code && use.amountFen > 0))
      change(list, code, { isSpent: true })
    else free(list, stayId, code)
}

/** `pays`: as they are with this row. */
export function foldCoupons(list: CouponList, row: LedgerRow, pays: PayCases): void {
  const { stayId = '' } = row
  if (row.kind === 'coupon') foldCoupon(list, row.body, stayId, row.atMs)
  if (row.kind === 'refundState') {
    const refund = list.refunds.get(row.body.refundId)
    if (refund === undefined || row.body.state === 'pending' || row.body.state === 'approved')
      return
    list.refunds.delete(row.body.refundId)
    if (row.body.state === 'success') wentBack(list, refund.stayId, refund.fen)
  }
  if (!list.stays.has(stayId)) return
  if (row.kind === 'orderMade') note(list, stayId, () => ({ uses: row.body.coupons ?? [] }))
  if (row.kind === 'payment')
    note(list, stayId, ({ paidFen }) => ({ paidFen: paidFen + (row.amountFen ?? 0) }))
  if (row.kind === 'stayClosed') left(list, stayId)
  // What an antenna took too much is no part of what was paid.
  if (row.kind === 'refund' && row.body.reason !== overchargedReason)
    list.refunds.set(row.body.refundId, { stayId, fen: row.amountFen ?? 0 })
  if (row.kind === 'pay' && row.body.row === 'refundDone') {
    const { attemptNo, refundNo } = row.body
    const order = pays.get(row.orderId ?? '')?.order
    const attempt = order?.attempts.find((one) => one.attemptNo === attemptNo)
    const refund = attempt?.refunds.find((one) => one.refundNo === refundNo)
    // Money beside the payment of the order goes back without touching what the order was paid with.
    if (refund?.why === 'person' && order?.paidWith === attemptNo)
      wentBack(list, stayId, refund.amountFen)
  }
}

export const isCouponDay = ({ from, until }: Coupon, nowMs: InstantMs): boolean =>
  nowMs >= dayFromMs(from) && nowMs < dayFromMs(until) + dayMs

interface CouponRefusal {
  readonly code: `COUPON-0${1 | 2 | 3 | 4 | 5}`
  readonly note: string
}

/** The coupon of this text where a car may have it now. */
export function couponFor(
  list: CouponList,
  text: string,
  { lotId, nowMs }: { readonly lotId: string; readonly nowMs: InstantMs },
): Coupon | CouponRefusal {
  const read = readCoupon(text)
  if (read.kind === 'misread') return { code: 'COUPON-01', note: 'prefix, length or check' }
  const held = list.byCode.get(read.code)
  if (held === undefined)
    return read.tag === couponTagOf(lotId)
      ? { code: 'COUPON-03', note: 'never issued' }
      : { code: 'COUPON-02', note: `tag ${read.tag}` }
  const { coupon, stayId, isSpent, isVoid } = held
  if (isVoid) return { code: 'COUPON-03', note: 'void' }
  if (stayId !== null)
    return { code: 'COUPON-05', note: `${isSpent ? 'spent by' : 'with'} stay ${stayId}` }
  if (isCouponDay(coupon, nowMs)) return coupon
  return { code: 'COUPON-04', note: `${coupon.from} to ${coupon.until}` }
}
