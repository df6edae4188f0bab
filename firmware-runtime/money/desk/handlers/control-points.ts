// The calls about points: balances computed from the lot's state; spending is checked and written in one turn as a
// coupon of the stay, so that the rules of coupons apply.
import type { PointsEntry } from '../../calls/points-views.ts'
import type { ArgsOf } from '#runtime/api/table.ts'
import { pointsRulesOf } from '../../pure/billing/tariff.ts'
import { membersNow } from '../../pure/member/member-diff.ts'
import { pointsMemberOf } from '../../pure/member/list.ts'
import { isHeld } from '../../pure/member/coupons.ts'
import { balanceAt, pointsOf } from '../../pure/member/points.ts'
import type { Coupon } from '#base/pure/rows/coupon-row.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { fenText } from '#base/pure/values/fen.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import type { LotRuntime } from '#lane/lot/lot-runtime.ts'
import type { LotAct } from '#base/desk/handlers/act-table.ts'
import { CouponCars } from './coupon-cars.ts'
import { defineCalls, type Lot } from '#base/desk/handlers/scope.ts'

const entriesMax = 500

const refusal = (value: number, why: BilingualText): LaneFault =>
  new LaneFault('POINTS-01', { field: '/points', value: String(value), note: why })

const balanceOf = (runtime: LotRuntime, no: string): number =>
  balanceAt(pointsOf(runtime.lot, no), runtime.nowMs())

/** Newest first. */
function entriesOf({ lot }: LotRuntime, no: string): readonly PointsEntry[] {
  const { byCode } = lot.coupons
  const { got, spent } = pointsOf(lot, no)
  const entries: PointsEntry[] = [
    ...got.map(({ stayId, atMs, untilMs, points }) => ({
      atIso: isoOf(atMs),
      stayId,
      points,
      untilIso: isoOf(untilMs),
      code: null,
      isHeld: false,
    })),
    ...spent.map(({ code, stayId, atMs, points }) => ({
      atIso: isoOf(atMs),
      stayId,
      points: points === 0 ? 0 : -points,
      untilIso: null,
      code,
      isHeld: isHeld(byCode.get(code)),
    })),
  ]
  return entries.sort((a, b) => (a.atIso < b.atIso ? 1 : -1)).slice(0, entriesMax)
}

function spend(
  runtime: LotRuntime,
  cars: CouponCars,
  { points, laneId, plate, commandId: batch }: ArgsOf<'points.use'>,
  act: LotAct,
): void {
  const { stay, host, words, refs } = cars.find({ laneId, plate })
  const nowMs = runtime.nowMs()
  const rules = pointsRulesOf(runtime.tariff, stay.enteredAtMs, nowMs)
  const member = pointsMemberOf(runtime.lot.members, stay.plate, nowMs)
  if (rules === null)
    throw refusal(points, t('费率没有积分规则', 'the tariff has no rules for points'))
  if (member === null)
    throw refusal(
      points,
      t(
        `${stay.plate ?? ''} 不是积分会员`,
        `${stay.plate ?? ''} does not belong to a points member`,
      ),
    )
  const { no } = member
  const balance = balanceOf(runtime, no)
  if (points > balance)
    throw refusal(points, t(`${no} 只有 ${balance} 分`, `${no} has only ${balance} points`))
  const value = points * rules.fenPerPoint
  const { coupons } = runtime.lot
  const had = (coupons.byStay.get(stay.stayId) ?? []).reduce((sum, code) => {
    const coupon = coupons.byCode.get(code)?.coupon
    return coupon?.points === undefined ? sum : sum + coupon.value
  }, 0)
  if (had + value > rules.stayFenMax)
    throw refusal(
      points,
      t(
        `一次停车最多抵 ${fenText(rules.stayFenMax)},已抵 ${fenText(had)}`,
        `points may pay at most ${fenText(rules.stayFenMax)} of one stay; ${fenText(had)} is already paid by points`,
      ),
    )
  const day = isoOf(nowMs).slice(0, 10)
  const coupon: Coupon = {
    code: cars.newCodes(1).join(''),
    merchant: no,
    kind: 'amount',
    value,
    from: day,
    until: day,
    batch,
    points: { no, points, fenPerPoint: rules.fenPerPoint },
  }
  const rows = [
    { row: 'issued', coupon },
    { row: 'used', code: coupon.code },
  ] as const
  cars.write(act, `${words} ${points}`, rows, refs)
  cars.priceAnew(host)
}

type PointsLot = Lot<'runtime' | 'config' | 'acts'>

export const pointsCalls = defineCalls(({ runtime, config, acts }: PointsLot) => ({
  'points.list': () => {
    const { lot, tariff } = runtime
    const nowMs = runtime.nowMs()
    const rows = membersNow(lot.members).flatMap(({ no, kind, name, plates }) => {
      const inside = plates.filter((plate) => lot.byPlate.has(plate))
      return kind === 'points' ? [{ no, name, plates, points: balanceOf(runtime, no), inside }] : []
    })
    return { rows, rules: pointsRulesOf(tariff, nowMs, nowMs), tariffId: tariff.id }
  },
  'points.statement': ({ no }) => ({
    no,
    points: balanceOf(runtime, no),
    entries: entriesOf(runtime, no),
  }),
  ...acts.table({
    'points.use': (args, act) =>
      spend(runtime, new CouponCars(runtime, config.lotId, acts), args, act),
  }),
}))
