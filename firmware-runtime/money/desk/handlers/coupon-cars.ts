// The car for a coupon or for points: the one in a lane, or the one inside with a plate. Neither may change the amount
// due while money of the car may be moving; after the row its lane prices it again.
import { randomBytes } from 'node:crypto'
import { isNoEntryOrder } from '../../pure/billing/no-entry.ts'
import { settleBar } from '#lane/pure/lot/claim.ts'
import type { Stay } from '#ledger/pure/lot/lot-state.ts'
import { isUndecided } from '../../pure/pay/order.ts'
import { couponCodeOf, couponRandomBytes } from '#base/pure/values/coupon-code.ts'
import type { CouponRow } from '#base/pure/rows/coupon-row.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import { normalisePlate } from '#base/pure/plates/plate.ts'
import type { LaneHost } from '#lane/lot/lane-host.ts'
import type { LotRuntime } from '#lane/lot/lot-runtime.ts'
import type { ActRefs, LotAct } from '#base/desk/handlers/act-table.ts'
import type { ControlActs } from '#base/desk/handlers/control-acts.ts'

export const notNow = (why: BilingualText, value: string): LaneFault =>
  new LaneFault('COUPON-06', { field: '/plate', value, note: why })

interface CarPlace {
  readonly laneId?: string | undefined
  readonly plate?: string | undefined
}

interface FoundCar {
  readonly stay: Stay
  readonly host: LaneHost | null
  /** Name of the car in the audit row. */
  readonly words: string
  readonly refs: { readonly stayId: string; readonly laneId?: string }
}

export class CouponCars {
  private readonly runtime: LotRuntime
  private readonly acts: ControlActs
  readonly lotId: string

  constructor(runtime: LotRuntime, lotId: string, acts: ControlActs) {
    this.runtime = runtime
    this.lotId = lotId
    this.acts = acts
  }

  newCodes(count: number): readonly string[] {
    const { byCode } = this.runtime.lot.coupons
    const codes = new Set<string>()
    while (codes.size < count) {
      const code = couponCodeOf(this.lotId, randomBytes(couponRandomBytes))
      if (!byCode.has(code)) codes.add(code)
    }
    return [...codes]
  }

  /** Writes author, reason and rows in one transaction. */
  write(
    act: LotAct,
    words: string,
    rows: readonly CouponRow[],
    refs: Pick<ActRefs, 'laneId' | 'stayId'> = {},
  ): void {
    const { runtime } = this
    const atMs = runtime.nowMs()
    const ofStay = refs.stayId === undefined ? {} : { stayId: refs.stayId }
    runtime.append([
      act.row(words, refs),
      ...rows.map((body): RowDraft => ({ kind: 'coupon', atMs, ...ofStay, body })),
    ])
  }

  find({ laneId, plate = '' }: CarPlace): FoundCar {
    const { stay, host } =
      laneId === undefined ? this.inside(plate) : this.waiting(this.acts.lane(laneId))
    const { stayId } = stay
    const words = laneId === undefined ? (normalisePlate(plate) ?? plate) : stayId
    return { stay, host, words, refs: { stayId, ...(laneId === undefined ? {} : { laneId }) } }
  }

  private inside(text: string): { stay: Stay; host: LaneHost | null } {
    const { lot } = this.runtime
    const plate = normalisePlate(text) ?? text
    const stay = lot.stays.get(lot.byPlate.get(plate) ?? '')
    if (stay === undefined)
      throw notNow(t('场内没有这块车牌', 'no car inside has this plate'), text)
    return { stay, host: this.mayChange(stay) }
  }

  private waiting(host: LaneHost): { stay: Stay; host: LaneHost } {
    const { car } = host.state
    const stay = this.runtime.lot.stays.get(car?.stayId ?? '')
    if (car === null || stay === undefined)
      throw notNow(
        t('车道里没有入场已知的车', 'no car with a known entry is in the lane'),
        host.config.id,
      )
    return { stay, host: this.mayChange(stay) ?? host }
  }

  /** The lane of its car, if any. Throws COUPON-06 while money of the car may be moving. */
  mayChange(stay: Stay): LaneHost | null {
    const { lot, lanes } = this.runtime
    const { stayId } = stay
    const plate = stay.plate ?? ''
    const last = stay.orders.at(-1)
    const attempts = lot.pays.get(last?.orderId ?? '')?.order.attempts ?? []
    if (attempts.some((one) => one.way === 'charge' && isUndecided(one)))
      throw notNow(t('正在收这辆车的付款码', 'a payment code of this car is being charged'), plate)
    if (last !== undefined && isNoEntryOrder(last.lines))
      throw notNow(
        t('没有入场记录,按固定价收费', 'there is no entry record, so a fixed price is charged'),
        plate,
      )
    const host = [...lanes.values()].find(({ state }) => state.car?.stayId === stayId) ?? null
    const isOpen = last?.deductions.some(({ state }) => state === 'intent' || state === 'unknown')
    if (isOpen === true) throw notNow(t('这辆车正在扣费', 'this car is being charged now'), plate)
    if (host === null) return null
    const { state, config } = host
    const isBarred = settleBar(lot, config.id, state.car ?? { stayId, orderId: null }) !== null
    if (state.name !== 'manual' || isBarred || state.car?.deduction !== null)
      throw notNow(t('车道正在处理这辆车', `the lane is handling this car (${state.name})`), plate)
    return host
  }

  priceAnew(host: LaneHost | null): void {
    if (host !== null) this.runtime.dispatch(host.config.id, { type: 'couponUsed' })
  }
}
