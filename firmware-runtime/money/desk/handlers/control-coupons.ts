// The calls about coupons and arrears: checked on the current state of the lot, and written with author and reason in
// one transaction. A car in a lane is priced again after the row is durable; a refusal changes nothing.
import type { ArrearsListView, CouponsView, CouponView } from '../../calls/coupon-views.ts'
import type { ArgsOf } from '#runtime/api/table.ts'
import { mayDo, type Role } from '#base/pure/values/roles.ts'
import { couponFor, isCouponDay, type HeldCoupon } from '../../pure/member/coupons.ts'
import { dayFromMs } from '../../pure/member/list.ts'
import { limitRefusal, merchantNamed, merchantsIn } from '../../pure/member/merchants.ts'
import { couponsCsv } from '../../pure/member/coupon-csv.ts'
import { couponRefusal } from '../../pure/member/coupon-rules.ts'
import { normalisePlate } from '#base/pure/plates/plate.ts'
import { leftOwing } from '#lane/pure/open/left-owing.ts'
import type { Coupon, CouponRow, Merchant } from '#base/pure/rows/coupon-row.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import type { LotRuntime } from '#lane/lot/lot-runtime.ts'
import { confirmPlate, leftView, payLeft } from './control-left.ts'
import type { LotAct } from '#base/desk/handlers/act-table.ts'
import type { ControlActs } from '#base/desk/handlers/control-acts.ts'
import { CouponCars, notNow } from './coupon-cars.ts'
import { defineCalls, type Lot } from '#base/desk/handlers/scope.ts'

const shownMax = 500
/** Limit of a form; a table of batches may issue more. */
const issuedMax = 200

const withoutCode = ({ coupon, ...view }: CouponView): CouponView => ({
  ...view,
  coupon: { ...coupon, code: `…${coupon.code.slice(-4)}` },
})

interface Own {
  /** False: the photo was deleted by its age. */
  readonly isPhotoKept: (photoId: string) => boolean
}

/** The lot with its coupons. */
interface CouponLot {
  readonly runtime: LotRuntime
  readonly acts: ControlActs
  readonly cars: CouponCars
  readonly isPhotoKept: (photoId: string) => boolean
}

function viewOf(runtime: LotRuntime, held: HeldCoupon): CouponView {
  const { coupon, stayId, spentAtMs, isVoid } = held
  const nowMs = runtime.nowMs()
  const plate = runtime.lot.stays.get(stayId ?? '')?.plate ?? null
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

const rowsOf = (runtime: LotRuntime): readonly CouponView[] =>
  [...runtime.lot.coupons.byCode.values()].flatMap((held) =>
    held.coupon.points === undefined ? [viewOf(runtime, held)] : [],
  )

/** A code is worth its price, so only roles that issue coupons see whole codes. */
function couponList(runtime: LotRuntime, role: Role): CouponsView {
  const rows = rowsOf(runtime)
  const shown = rows.toReversed().slice(0, shownMax)
  return {
    rows: mayDo(role, 'owner') ? shown : shown.map(withoutCode),
    count: rows.length,
    free: rows.filter(({ state }) => state === 'free').length,
    spent: rows.filter(({ state }) => state === 'spent').length,
    todayIso: isoOf(runtime.nowMs()).slice(0, 10),
  }
}

function arrearsRows({ lot }: LotRuntime): ArrearsListView['rows'] {
  const ended = [...lot.arrears.values()].flatMap((one) => {
    const { orderId, stayId, plate, amountFen, isPaid, heldBy, leftAtMs, backFrom } = one
    const look = { cardBar: one.bar, typedBy: one.typedBy, photoId: one.photo }
    const row = { orderId, stayId, plate, amountFen, leftAtIso: isoOf(leftAtMs), ...look, backFrom }
    return isPaid ? [] : [{ ...row, isOpen: false, isDue: heldBy !== null }]
  })
  const open = leftOwing(lot).map(leftView)
  return [...ended, ...open].sort((a, b) => a.leftAtIso.localeCompare(b.leftAtIso))
}

/** Throws COUPON-07 with the field. */
function fresh(cars: CouponCars, coupon: Omit<Coupon, 'code'>): Coupon {
  const wrong = couponRefusal(coupon)
  if (wrong !== null) {
    const { field, value, text } = wrong
    throw new LaneFault('COUPON-07', { field: `/${field}`, value, note: text })
  }
  return { ...coupon, code: cars.newCodes(1).join('') }
}

/** Throws COUPON-09: checked in the turn that writes, so that two calls cannot both pass one limit. */
function withinLimits(
  runtime: LotRuntime,
  coupon: Pick<Coupon, 'merchant' | 'kind' | 'value'>,
  count: number,
): void {
  const refused = limitRefusal(runtime.lot.coupons, coupon, count, runtime.nowMs())
  if (refused === null) return
  const { field, value, text } = refused
  throw new LaneFault('COUPON-09', { field, value, note: text })
}

/** A number of equal coupons is issued. */
function issueHandlers({ runtime, acts, cars }: CouponLot) {
  const issued = acts.table({
    'coupons.issue': (args, act) => {
      const { kind, value, from, until, count, commandId: batch } = args
      const merchant = merchantNamed(args.merchant)
      if (count < 1 || count > issuedMax)
        throw new LaneFault('COUPON-07', {
          field: '/count',
          value: String(count),
          note: t(`1 到 ${issuedMax} 张`, `1 to ${issuedMax} coupons`),
        })
      withinLimits(runtime, { merchant, kind, value }, count)
      const coupon = fresh(cars, { merchant, kind, value, from, until, batch })
      const rows = cars
        .newCodes(count)
        .map((code): CouponRow => ({ row: 'issued', coupon: { ...coupon, code } }))
      cars.write(act, `${count}`, rows)
    },
  })
  return {
    'coupons.issue': (args: ArgsOf<'coupons.issue'>, role: Role) => ({
      ...issued['coupons.issue'](args, role),
      codes: [...runtime.lot.coupons.byCode.values()].flatMap(({ coupon }) =>
        coupon.batch === args.commandId ? [coupon.code] : [],
      ),
    }),
  }
}

/** Ends a coupon: given back by a car inside, or voided for ever. */
function end(
  { runtime, cars }: CouponLot,
  code: string,
  act: LotAct,
  row: 'givenBack' | 'voided',
): void {
  const held = runtime.lot.coupons.byCode.get(code)
  const at = { field: '/code', value: code }
  if (held === undefined || held.isVoid) throw new LaneFault('COUPON-03', at)
  const { stayId, spentAtMs } = held
  if (row === 'givenBack' && spentAtMs !== null)
    throw new LaneFault('COUPON-10', { ...at, note: stayId ?? '' })
  const isFree = stayId === null
  if (row === 'voided' && !isFree) throw new LaneFault('COUPON-05', at)
  if (row === 'givenBack' && isFree)
    throw new LaneFault('COUPON-06', { ...at, note: t('没有车在用它', 'no car is using it') })
  const found = isFree ? null : (runtime.lot.stays.get(stayId) ?? null)
  const host = found === null ? null : cars.mayChange(found)
  cars.write(act, code, [{ row, code }], isFree ? {} : { stayId })
  cars.priceAnew(host)
}

const useHandlers = (of: CouponLot) =>
  of.acts.table({
    'coupons.use': ({ code: text, laneId, plate }, act) => {
      const { runtime, cars } = of
      const found = couponFor(runtime.lot.coupons, text, {
        lotId: cars.lotId,
        nowMs: runtime.nowMs(),
      })
      if (!('merchant' in found)) {
        const { code, why } = found
        throw new LaneFault(code, { field: '/code', value: text.slice(0, 40), note: why })
      }
      const { host, words, refs } = cars.find({ laneId, plate })
      cars.write(act, words, [{ row: 'used', code: found.code }], refs)
      cars.priceAnew(host)
    },
    'coupons.validate': (args, act) => {
      const { runtime, cars } = of
      const { kind, value, plate, commandId: batch } = args
      const merchant = merchantNamed(args.merchant)
      const { host, words, refs } = cars.find({ plate })
      const day = isoOf(runtime.nowMs()).slice(0, 10)
      const coupon = fresh(cars, { merchant, kind, value, from: day, until: day, batch })
      withinLimits(runtime, coupon, 1)
      const rows: readonly CouponRow[] = [
        { row: 'issued', coupon },
        { row: 'used', code: coupon.code },
      ]
      cars.write(act, words, rows, refs)
      cars.priceAnew(host)
    },
    'coupons.giveBack': ({ code }, act) => end(of, code, act, 'givenBack'),
    'coupons.void': ({ code }, act) => end(of, code, act, 'voided'),
    'merchants.limit': ({ merchant: text, dayCount, monthCount, dayFen, monthFen }, act) => {
      const name = merchantNamed(text)
      const merchant: Merchant = { name, dayCount, monthCount, dayFen, monthFen }
      of.cars.write(act, name, [{ row: 'merchant', merchant }])
    },
    'arrears.confirm': (args, act) => confirmPlate(of.runtime, args, act, of.isPhotoKept),
    'arrears.waive': ({ orderId }, act) => {
      const { runtime } = of
      const one = runtime.lot.arrears.get(orderId)
      const at = { field: '/orderId', value: orderId }
      if (one === undefined || one.isPaid) throw new LaneFault('COUPON-08', at)
      if (one.heldBy !== null)
        throw notNow(
          t('它的车在出口,正在收取', 'its car is at the exit and is being charged'),
          one.plate,
        )
      const { stayId, amountFen } = one
      const refs = { stayId, orderId }
      const body = { row: 'waived', orderId } as const
      runtime.append([
        act.row(orderId, refs),
        { kind: 'arrears', atMs: runtime.nowMs(), ...refs, amountFen, body },
      ])
    },
  })

const listOf = (rows: ArrearsListView['rows']): ArrearsListView => ({
  rows,
  sumFen: rows.reduce((sum, { amountFen }) => sum + amountFen, 0),
})

export const couponCalls = defineCalls((lot: Lot<'runtime' | 'config' | 'acts', Own>) => {
  const { runtime, config, acts, isPhotoKept = () => false } = lot
  const cars = new CouponCars(runtime, config.lotId, acts)
  const of = { runtime, acts, cars, isPhotoKept }
  return {
    ...issueHandlers(of),
    ...useHandlers(of),
    'coupons.list': (_args, role) => couponList(runtime, role),
    'coupons.export': () => ({ csv: couponsCsv(rowsOf(runtime)) }),
    'merchants.list': ({ month }) => {
      const nowMs = runtime.nowMs()
      const asked = month ?? isoOf(nowMs).slice(0, 7)
      const rows = merchantsIn(runtime.lot.coupons, asked, nowMs)
      return { month: asked, rows, owedFen: rows.reduce((sum, { spent }) => sum + spent.fen, 0) }
    },
    'arrears.list': () => listOf(arrearsRows(runtime)),
    // Of one plate, exactly as read.
    'arrears.find': ({ plate }) => {
      const read = normalisePlate(plate)
      return listOf(arrearsRows(runtime).filter((row) => row.plate !== null && row.plate === read))
    },
    'arrears.pay': (args, role) => payLeft(runtime, acts, args, role),
  }
})
