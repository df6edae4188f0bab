// The calls about coupons and arrears: checked on the current state of the lot, and written with author and reason in
// one transaction. A car in a lane is priced again after the row is durable; a refusal changes nothing.
import { createHash } from 'node:crypto'
import type { couponCalls } from '../../api/calls/coupon.ts'
import type { pointsCalls } from '../../api/calls/points.ts'
import type {
  ArrearsListView,
  CouponsDiffView,
  CouponsView,
  CouponView,
  MerchantsView,
} from '../../api/coupon-views.ts'
import { mayDo, type ArgsOf, type Role, type Who } from '../../api/table.ts'
import { couponFor, isCouponDay, type HeldCoupon } from '../../core/member/coupons.ts'
import { dayFromMs } from '../../core/member/list.ts'
import { limitRefusal, merchantNamed, merchantsIn } from '../../core/member/merchants.ts'
import { couponsCsv, readCouponsCsv } from '../../core/member/coupon-csv.ts'
import { couponRefusal } from '../../core/member/coupon-rules.ts'
import { normalisePlate } from '../../core/values/plates/plate.ts'
import { leftOwing } from '../../core/open/left-owing.ts'
import type { Coupon, CouponRow, Merchant } from '../../core/values/rows/coupon-row.ts'
import { t } from '../../core/values/fault-text.ts'
import { LaneFault } from '../../core/faults/faults.ts'
import { isoOf } from '../../core/values/instant.ts'
import { canonicalJson } from '../../core/values/json.ts'
import { present } from '../../core/values/must.ts'
import type { LotRuntime } from '../lot/lot-runtime.ts'
import { leftView, payLeft } from './control-left.ts'
import type { ControlActs } from './control-acts.ts'
import { pointsHandlers } from './control-points.ts'
import { CouponCars, notNow } from './coupon-cars.ts'
import type { HandlersOf } from './dispatcher.ts'
import { refuseBad } from './whole-table.ts'

const shownMax = 500
/** Limit of a form; a table of batches may issue more. */
const issuedMax = 200

const withoutCode = ({ coupon, ...view }: CouponView): CouponView => ({
  ...view,
  coupon: { ...coupon, code: `…${coupon.code.slice(-4)}` },
})

class Coupons {
  private readonly runtime: LotRuntime
  private readonly acts: ControlActs
  private readonly cars: CouponCars

  constructor(runtime: LotRuntime, lotId: string, acts: ControlActs) {
    this.cars = new CouponCars(runtime, lotId, acts)
    this.runtime = runtime
    this.acts = acts
  }

  private viewOf({ coupon, stayId, spentAtMs, isVoid }: HeldCoupon): CouponView {
    const { lot } = this.runtime
    const nowMs = this.runtime.nowMs()
    const plate = lot.stays.get(stayId ?? '')?.plate ?? null
    const early = nowMs < dayFromMs(coupon.from)
    const state = isVoid
      ? 'void'
      : spentAtMs !== null
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

  private get rows(): readonly CouponView[] {
    return [...this.runtime.lot.coupons.byCode.values()].flatMap((held) =>
      held.coupon.points === undefined ? [this.viewOf(held)] : [],
    )
  }

  /** A code is worth its price, so only roles that issue coupons see whole codes. */
  list(role: Role): CouponsView {
    const { rows } = this
    const shown = rows.toReversed().slice(0, shownMax)
    return {
      rows: mayDo(role, 'owner') ? shown : shown.map(withoutCode),
      count: rows.length,
      free: rows.filter(({ state }) => state === 'free').length,
      spent: rows.filter(({ state }) => state === 'spent').length,
      todayIso: isoOf(this.runtime.nowMs()).slice(0, 10),
    }
  }

  arrears(): ArrearsListView {
    const { lot } = this.runtime
    const ended = [...lot.arrears.values()].flatMap((one) => {
      const { orderId, stayId, plate, amountFen, isPaid, heldBy, leftAtMs, backFrom } = one
      const row = { orderId, stayId, plate, amountFen, leftAtIso: isoOf(leftAtMs), backFrom }
      return isPaid ? [] : [{ ...row, isOpen: false, isDue: heldBy !== null }]
    })
    const open = leftOwing(lot).map(leftView)
    const rows = [...ended, ...open].sort((a, b) => a.leftAtIso.localeCompare(b.leftAtIso))
    return listOf(rows)
  }

  /** Of one plate, exactly as read. */
  arrearsOf(plate: string): ArrearsListView {
    const read = normalisePlate(plate)
    return listOf(this.arrears().rows.filter((row) => row.plate !== null && row.plate === read))
  }

  /** Throws COUPON-07 with the field. */
  private fresh(coupon: Omit<Coupon, 'code'>): Coupon {
    const wrong = couponRefusal(coupon)
    if (wrong !== null) {
      const { field, value, text } = wrong
      throw new LaneFault('COUPON-07', { field: `/${field}`, value, note: text })
    }
    return { ...coupon, code: this.cars.newCodes(1).join('') }
  }

  /** Throws COUPON-09: checked in the turn that writes, so that two calls cannot both pass one limit. */
  private withinLimits(coupon: Pick<Coupon, 'merchant' | 'kind' | 'value'>, count: number): void {
    const { lot } = this.runtime
    const refused = limitRefusal(lot.coupons, coupon, count, this.runtime.nowMs())
    if (refused === null) return
    const { field, value, text } = refused
    throw new LaneFault('COUPON-09', { field, value, note: text })
  }

  limit(args: ArgsOf<'merchants.limit'>, role: Role): void {
    const { dayCount, monthCount, dayFen, monthFen } = args
    const merchant: Merchant = {
      name: merchantNamed(args.merchant),
      dayCount,
      monthCount,
      dayFen,
      monthFen,
    }
    this.cars.write(args, role, `merchants.limit ${merchant.name}`, [{ row: 'merchant', merchant }])
  }

  merchants({ month }: ArgsOf<'merchants.list'>): MerchantsView {
    const { lot } = this.runtime
    const nowMs = this.runtime.nowMs()
    const asked = month ?? isoOf(nowMs).slice(0, 7)
    const rows = merchantsIn(lot.coupons, asked, nowMs)
    return { month: asked, rows, owedFen: rows.reduce((sum, { spent }) => sum + spent.fen, 0) }
  }

  issue(args: ArgsOf<'coupons.issue'>, role: Role): void {
    const { kind, value, from, until, count, commandId: batch } = args
    const merchant = merchantNamed(args.merchant)
    if (count < 1 || count > issuedMax)
      throw new LaneFault('COUPON-07', {
        field: '/count',
        value: String(count),
        note: t(`1 到 ${issuedMax} 张`, `1 to ${issuedMax} coupons`),
      })
    this.withinLimits({ merchant, kind, value }, count)
    const coupon = this.fresh({ merchant, kind, value, from, until, batch })
    const rows = this.cars
      .newCodes(count)
      .map((code): CouponRow => ({ row: 'issued', coupon: { ...coupon, code } }))
    this.cars.write(args, role, `coupons.issue ${count}`, rows)
  }

  compare(text: string): CouponsDiffView {
    const diff = readCouponsCsv(text, this.runtime.lot.coupons, this.runtime.nowMs())
    return { ...diff, digest: createHash('sha256').update(canonicalJson(diff)).digest('hex') }
  }

  import(args: ArgsOf<'coupons.import'>, role: Role): void {
    const { bad, digest, added } = this.compare(args.text)
    refuseBad('COUPON-11', bad)
    if (digest !== args.digest)
      throw new LaneFault('COUPON-11', {
        field: '/digest',
        note: t('看过之后优惠券有变动', 'the coupons have changed since you looked at them'),
      })
    const codes = this.cars.newCodes(added.reduce((sum, { count }) => sum + count, 0))
    const rows = added
      .flatMap(({ count, ...coupon }) => Array.from({ length: count }, () => coupon))
      .map((coupon, n): CouponRow => {
        return { row: 'issued', coupon: { ...coupon, code: present(codes[n], 'a code for each') } }
      })
    this.cars.write(args, role, `coupons.import ${rows.length}`, rows)
  }

  export(): string {
    return couponsCsv(this.rows)
  }

  codesOf(batch: string): string[] {
    return [...this.runtime.lot.coupons.byCode.values()].flatMap(({ coupon }) =>
      coupon.batch === batch ? [coupon.code] : [],
    )
  }

  use(args: ArgsOf<'coupons.use'>, role: Role): void {
    const { code: text, laneId, plate } = args
    const { lot } = this.runtime
    const found = couponFor(lot.coupons, text, {
      lotId: this.cars.lotId,
      nowMs: this.runtime.nowMs(),
    })
    if (!('merchant' in found)) {
      const { code, why } = found
      throw new LaneFault(code, { field: '/code', value: text.slice(0, 40), note: why })
    }
    const { host, words, refs } = this.cars.find({ laneId, plate })
    this.cars.write(args, role, `coupons.use ${words}`, [{ row: 'used', code: found.code }], refs)
    this.cars.priceAnew(host)
  }

  validate(args: ArgsOf<'coupons.validate'>, role: Role): void {
    const { kind, value, plate, commandId: batch } = args
    const merchant = merchantNamed(args.merchant)
    const { host, words, refs } = this.cars.find({ plate })
    const day = isoOf(this.runtime.nowMs()).slice(0, 10)
    const coupon = this.fresh({ merchant, kind, value, from: day, until: day, batch })
    this.withinLimits(coupon, 1)
    const rows: readonly CouponRow[] = [
      { row: 'issued', coupon },
      { row: 'used', code: coupon.code },
    ]
    this.cars.write(args, role, `coupons.validate ${words}`, rows, refs)
    this.cars.priceAnew(host)
  }

  /** Ends a coupon: given back by a car inside, or voided for ever. */
  end(args: Who & { readonly code: string }, role: Role, row: 'givenBack' | 'voided'): void {
    const held = this.runtime.lot.coupons.byCode.get(args.code)
    const at = { field: '/code', value: args.code }
    if (held === undefined || held.isVoid) throw new LaneFault('COUPON-03', at)
    const { stayId, spentAtMs } = held
    if (row === 'givenBack' && spentAtMs !== null)
      throw new LaneFault('COUPON-10', { ...at, note: stayId ?? '' })
    const isFree = stayId === null
    if (row === 'voided' && !isFree) throw new LaneFault('COUPON-05', at)
    if (row === 'givenBack' && isFree)
      throw new LaneFault('COUPON-06', { ...at, note: t('没有车在用它', 'no car is using it') })
    const found = isFree ? null : (this.runtime.lot.stays.get(stayId) ?? null)
    const host = found === null ? null : this.cars.mayChange(found)
    const word = row === 'voided' ? 'coupons.void' : 'coupons.giveBack'
    this.cars.write(args, role, `${word} ${args.code}`, [{ row, code: args.code }], {
      ...(isFree ? {} : { stayId }),
    })
    this.cars.priceAnew(host)
  }

  waive(args: ArgsOf<'arrears.waive'>, role: Role): void {
    const { runtime, acts } = this
    const { orderId } = args
    const one = runtime.lot.arrears.get(orderId)
    const at = { field: '/orderId', value: orderId }
    if (one === undefined || one.isPaid) throw new LaneFault('COUPON-08', at)
    if (one.heldBy !== null)
      throw notNow(
        t('它的车在出口,正在收取', 'its car is at the exit and is being charged'),
        one.plate,
      )
    const { stayId, amountFen } = one
    const refs = { atMs: runtime.nowMs(), stayId, orderId }
    runtime.append([
      { ...acts.auditRow(args, role, `arrears.waive ${orderId}`, {}), stayId, orderId },
      { kind: 'arrears', ...refs, amountFen, body: { row: 'waived', orderId } },
    ])
  }
}

const listOf = (rows: ArrearsListView['rows']): ArrearsListView => ({
  rows,
  sumFen: rows.reduce((sum, { amountFen }) => sum + amountFen, 0),
})

export function couponHandlers(
  runtime: LotRuntime,
  lotId: string,
  acts: ControlActs,
): HandlersOf<keyof typeof couponCalls | keyof typeof pointsCalls> {
  const coupons = new Coupons(runtime, lotId, acts)
  return {
    ...pointsHandlers(runtime, lotId, acts),
    'coupons.list': (_args, role) => coupons.list(role),
    'coupons.issue': (args, role) => ({
      ...acts.onStay('coupons.issue', args, () => coupons.issue(args, role)),
      codes: coupons.codesOf(args.commandId),
    }),
    'coupons.compare': ({ text }) => coupons.compare(text),
    'coupons.import': (args, role) =>
      acts.onStay('coupons.import', args, () => coupons.import(args, role)),
    'coupons.export': () => ({ csv: coupons.export() }),
    'coupons.use': (args, role) => acts.onStay('coupons.use', args, () => coupons.use(args, role)),
    'coupons.validate': (args, role) =>
      acts.onStay('coupons.validate', args, () => coupons.validate(args, role)),
    'coupons.giveBack': (args, role) =>
      acts.onStay('coupons.giveBack', args, () => coupons.end(args, role, 'givenBack')),
    'coupons.void': (args, role) =>
      acts.onStay('coupons.void', args, () => coupons.end(args, role, 'voided')),
    'merchants.list': (args) => coupons.merchants(args),
    'merchants.limit': (args, role) =>
      acts.onStay('merchants.limit', args, () => coupons.limit(args, role)),
    'arrears.list': () => coupons.arrears(),
    'arrears.find': ({ plate }) => coupons.arrearsOf(plate),
    'arrears.pay': (args, role) => payLeft(runtime, acts, args, role),
    'arrears.waive': (args, role) =>
      acts.onStay('arrears.waive', args, () => coupons.waive(args, role)),
  }
}
