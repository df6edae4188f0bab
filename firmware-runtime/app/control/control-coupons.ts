// The calls of coupons and arrears: judged on the lot as it is, and written with who and why in one transaction.
// A car that waits in a lane is priced anew once the row is durable; what is refused changes nothing.
import { randomBytes } from 'node:crypto'
import type { couponCalls } from '../../api/calls/coupon.ts'
import type { ArrearsListView, CouponsView, CouponView } from '../../api/coupon-views.ts'
import type { ArgsOf, Role, Who } from '../../api/table.ts'
import { isNoEntryOrder } from '../../core/billing/no-entry.ts'
import { settleBar } from '../../core/lot/claim.ts'
import type { Stay } from '../../core/lot/lot-state.ts'
import { couponFor, isCouponDay, type HeldCoupon } from '../../core/member/coupons.ts'
import { dayFromMs } from '../../core/member/list.ts'
import { isDay } from '../../core/member/member-rules.ts'
import { isUndecided } from '../../core/pay/order.ts'
import { couponCodeOf, couponRandomBytes } from '../../core/values/coupon-code.ts'
import type { Coupon, CouponKind, CouponRow } from '../../core/values/coupon-row.ts'
import { LaneFault } from '../../core/values/faults.ts'
import { isoOf } from '../../core/values/instant.ts'
import type { RowDraft } from '../../core/values/ledger-row.ts'
import { normalisePlate } from '../../core/values/plate.ts'
import type { LaneHost } from '../lot/lane-host.ts'
import type { LotRuntime } from '../lot/lot-runtime.ts'
import type { ControlActs } from './control-acts.ts'
import type { HandlersOf } from './dispatcher.ts'

const shownMax = 500
const valueMax: Record<CouponKind, number> = {
  amount: 1_000_000,
  time: 43_200,
  percent: 100,
  whole: 0,
}

const notNow = (note: string, value: string): LaneFault =>
  new LaneFault('COUPON-06', { field: '/plate', value, note })

class Coupons {
  private readonly runtime: LotRuntime
  private readonly acts: ControlActs
  private readonly lotId: string

  constructor(runtime: LotRuntime, lotId: string, acts: ControlActs) {
    this.runtime = runtime
    this.lotId = lotId
    this.acts = acts
  }

  private viewOf({ coupon, stayId, isSpent, isVoid }: HeldCoupon): CouponView {
    const { lot } = this.runtime
    const nowMs = this.runtime.nowMs()
    const plate = lot.stays.get(stayId ?? '')?.plate ?? null
    const early = nowMs < dayFromMs(coupon.from)
    const state = isVoid
      ? 'void'
      : isSpent
        ? 'spent'
        : stayId !== null
          ? 'held'
          : isCouponDay(coupon, nowMs)
            ? 'free'
            : early
              ? 'notYet'
              : 'expired'
    return { coupon, state, stayId, plate }
  }

  list(): CouponsView {
    const rows = [...this.runtime.lot.coupons.byCode.values()].map((held) => this.viewOf(held))
    return {
      rows: rows.toReversed().slice(0, shownMax),
      count: rows.length,
      free: rows.filter(({ state }) => state === 'free').length,
      spent: rows.filter(({ state }) => state === 'spent').length,
      todayIso: isoOf(this.runtime.nowMs()).slice(0, 10),
    }
  }

  arrears(): ArrearsListView {
    const rows = [...this.runtime.lot.arrears.values()].flatMap((one) => {
      const { isPaid, heldBy, leftAtMs, colour: _, ...rest } = one
      return isPaid ? [] : [{ ...rest, leftAtIso: isoOf(leftAtMs), isDue: heldBy !== null }]
    })
    return { rows, sumFen: rows.reduce((sum, { amountFen }) => sum + amountFen, 0) }
  }

  private write(
    who: Who,
    role: Role,
    what: string,
    rows: readonly CouponRow[],
    refs: { readonly stayId?: string; readonly laneId?: string } = {},
  ): void {
    const { runtime, acts } = this
    const atMs = runtime.nowMs()
    const { stayId, laneId } = refs
    const ofStay = stayId === undefined ? {} : { stayId }
    runtime.append([
      { ...acts.auditRow(who, role, what, laneId === undefined ? {} : { laneId }), ...ofStay },
      ...rows.map((body): RowDraft => ({ kind: 'coupon', atMs, ...ofStay, body })),
    ])
  }

  /** Throws COUPON-07 with the field. */
  private fresh(coupon: Omit<Coupon, 'code'>): Coupon {
    const { kind, value, from, until } = coupon
    const refuse = (field: string, given: unknown, note: string): LaneFault =>
      new LaneFault('COUPON-07', { field: `/${field}`, value: String(given), note })
    const fits = kind === 'whole' ? value === 0 : value >= 1 && value <= valueMax[kind]
    if (!fits) throw refuse('value', value, `1 to ${valueMax[kind]}, and 0 where all is free`)
    if (!isDay(from)) throw refuse('from', from, 'not a date such as 2026-12-01')
    if (!isDay(until)) throw refuse('until', until, 'not a date such as 2026-12-31')
    if (until < from) throw refuse('until', until, 'the last day is before the first')
    const { byCode } = this.runtime.lot.coupons
    let code = couponCodeOf(this.lotId, randomBytes(couponRandomBytes))
    while (byCode.has(code)) code = couponCodeOf(this.lotId, randomBytes(couponRandomBytes))
    return { ...coupon, code }
  }

  issue(args: ArgsOf<'coupons.issue'>, role: Role): void {
    const { merchant, kind, value, from, until, count, commandId: batch } = args
    const rows = Array.from({ length: count }, (): CouponRow => {
      const coupon = this.fresh({ merchant, kind, value, from, until, batch })
      return { row: 'issued', coupon }
    })
    this.write(args, role, `coupons.issue ${count}`, rows)
  }

  codesOf(batch: string): string[] {
    return [...this.runtime.lot.coupons.byCode.values()].flatMap(({ coupon }) =>
      coupon.batch === batch ? [coupon.code] : [],
    )
  }

  use(args: ArgsOf<'coupons.use'>, role: Role): void {
    const { code: text, laneId, plate } = args
    const { lot } = this.runtime
    const found = couponFor(lot.coupons, text, { lotId: this.lotId, nowMs: this.runtime.nowMs() })
    if (!('merchant' in found)) {
      const { code, note } = found
      throw new LaneFault(code, { field: '/code', value: text.slice(0, 40), note })
    }
    const { stay, host } =
      laneId === undefined ? this.inside(plate ?? '') : this.waiting(this.acts.lane(laneId))
    const { stayId } = stay
    const words = laneId !== undefined ? ` ${stayId}` : ` ${normalisePlate(plate ?? '') ?? ''}`
    const refs = { stayId, ...(laneId === undefined ? {} : { laneId }) }
    this.write(args, role, `coupons.use${words}`, [{ row: 'used', code: found.code }], refs)
    this.priceAnew(host)
  }

  validate(args: ArgsOf<'coupons.validate'>, role: Role): void {
    const { merchant, kind, value, plate, commandId: batch } = args
    const { stay, host } = this.inside(plate)
    const day = isoOf(this.runtime.nowMs()).slice(0, 10)
    const coupon = this.fresh({ merchant, kind, value, from: day, until: day, batch })
    const { stayId } = stay
    this.write(
      args,
      role,
      `coupons.validate ${normalisePlate(plate) ?? plate}`,
      [
        { row: 'issued', coupon },
        { row: 'used', code: coupon.code },
      ],
      { stayId },
    )
    this.priceAnew(host)
  }

  /** One that a car inside has, or that was spent; or one that nobody may use any more. */
  end(args: Who & { readonly code: string }, role: Role, row: 'givenBack' | 'voided'): void {
    const held = this.runtime.lot.coupons.byCode.get(args.code)
    const at = { field: '/code', value: args.code }
    if (held === undefined || held.isVoid) throw new LaneFault('COUPON-03', at)
    const { stayId } = held
    const isFree = stayId === null
    if (row === 'voided' && !isFree) throw new LaneFault('COUPON-05', at)
    if (row === 'givenBack' && isFree)
      throw new LaneFault('COUPON-06', { ...at, note: 'no car has it' })
    const found = isFree ? null : (this.runtime.lot.stays.get(stayId) ?? null)
    const host = found === null ? null : this.mayChange(found)
    const word = row === 'voided' ? 'coupons.void' : 'coupons.giveBack'
    this.write(args, role, `${word} ${args.code}`, [{ row, code: args.code }], {
      ...(isFree ? {} : { stayId }),
    })
    this.priceAnew(host)
  }

  waive(args: ArgsOf<'arrears.waive'>, role: Role): void {
    const { runtime, acts } = this
    const { orderId } = args
    const one = runtime.lot.arrears.get(orderId)
    const at = { field: '/orderId', value: orderId }
    if (one === undefined || one.isPaid) throw new LaneFault('COUPON-08', at)
    if (one.heldBy !== null) throw notNow('its car is at the exit and is asked for it', one.plate)
    const { stayId } = one
    const refs = { atMs: runtime.nowMs(), stayId, orderId }
    runtime.append([
      { ...acts.auditRow(args, role, `arrears.waive ${orderId}`, {}), stayId, orderId },
      { kind: 'arrears', ...refs, body: { row: 'waived', orderId } },
    ])
  }

  private inside(text: string): { stay: Stay; host: LaneHost | null } {
    const { lot } = this.runtime
    const plate = normalisePlate(text) ?? text
    const stay = lot.stays.get(lot.byPlate.get(plate) ?? '')
    if (stay === undefined) throw notNow('no car inside has this plate', text)
    return { stay, host: this.mayChange(stay) }
  }

  private waiting(host: LaneHost): { stay: Stay; host: LaneHost } {
    const { car } = host.state
    const stay = this.runtime.lot.stays.get(car?.stayId ?? '')
    if (car === null || stay === undefined)
      throw notNow('no car whose entry is known waits in the lane', host.config.id)
    return { stay, host: this.mayChange(stay) ?? host }
  }

  /** The lane that its car waits in, if any. Throws COUPON-06 where money of it may be moving. */
  private mayChange(stay: Stay): LaneHost | null {
    const { lot, lanes } = this.runtime
    const { stayId } = stay
    const plate = stay.plate ?? ''
    const last = stay.orders.at(-1)
    const attempts = lot.pays.get(last?.orderId ?? '')?.order.attempts ?? []
    if (attempts.some((one) => one.way === 'charge' && isUndecided(one)))
      throw notNow('a payment code of this car is being charged', plate)
    if (last !== undefined && isNoEntryOrder(last.lines))
      throw notNow('its price is fixed because nobody saw its entry', plate)
    const host = [...lanes.values()].find(({ state }) => state.car?.stayId === stayId) ?? null
    const isOpen = last?.deductions.some(({ state }) => state === 'intent' || state === 'unknown')
    if (isOpen === true) throw notNow('a charge of this car is under way', plate)
    if (host === null) return null
    const { state, config } = host
    const isBarred = settleBar(lot, config.id, state.car ?? { stayId, orderId: null }) !== null
    if (state.name !== 'manual' || isBarred || state.car?.deduction !== null)
      throw notNow(`its lane is ${state.name}`, plate)
    return host
  }

  private priceAnew(host: LaneHost | null): void {
    if (host !== null) this.runtime.dispatch(host.config.id, { type: 'couponUsed' })
  }
}

export function couponHandlers(
  runtime: LotRuntime,
  lotId: string,
  acts: ControlActs,
): HandlersOf<keyof typeof couponCalls> {
  const coupons = new Coupons(runtime, lotId, acts)
  return {
    'coupons.list': () => coupons.list(),
    'coupons.issue': (args, role) => ({
      ...acts.onStay('coupons.issue', args, () => coupons.issue(args, role)),
      codes: coupons.codesOf(args.commandId),
    }),
    'coupons.use': (args, role) => acts.onStay('coupons.use', args, () => coupons.use(args, role)),
    'coupons.validate': (args, role) =>
      acts.onStay('coupons.validate', args, () => coupons.validate(args, role)),
    'coupons.giveBack': (args, role) =>
      acts.onStay('coupons.giveBack', args, () => coupons.end(args, role, 'givenBack')),
    'coupons.void': (args, role) =>
      acts.onStay('coupons.void', args, () => coupons.end(args, role, 'voided')),
    'arrears.list': () => coupons.arrears(),
    'arrears.waive': (args, role) =>
      acts.onStay('arrears.waive', args, () => coupons.waive(args, role)),
  }
}
