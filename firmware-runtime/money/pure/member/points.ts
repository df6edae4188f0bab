// The points of members, folded from rows: earned, imported and spent ones; a balance is computed from these. Earned points
// are reduced when the payment is refunded; spent points return with their coupon.
import type { PointsSpent, PointsTerms } from '#base/pure/rows/points-row.ts'
import { dayMs, isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { couponUse, type CouponList } from './coupons.ts'
import { dayFromMs } from './list.ts'
import { forgetWhile, isAllBack, keptMs, leftFen, type MoneyList } from './stay-money.ts'

interface EarningStay {
  readonly terms: PointsTerms
  /** Null: the car is inside. */
  readonly leftAtMs: InstantMs | null
}

interface BroughtPoints {
  readonly points: number
  readonly until: string
  readonly atMs: InstantMs
}

export interface PointsList {
  /** By number of the member. */
  readonly brought: Map<string, BroughtPoints>
  readonly stays: Map<string, EarningStay>
  /** By code of the coupon. */
  readonly spends: Map<string, PointsSpent & { readonly atMs: InstantMs }>
}

export const emptyPoints = (): PointsList => ({
  brought: new Map(),
  stays: new Map(),
  spends: new Map(),
})

const untilMsOf = ({ validDays }: PointsTerms, leftAtMs: InstantMs): InstantMs =>
  dayFromMs(isoOf(leftAtMs).slice(0, 10)) + (validDays + 1) * dayMs

export function foldPoints(list: PointsList, row: LedgerRow): void {
  const { stayId = '', atMs } = row
  if (row.kind === 'points') {
    const { no, points, until } = row.body
    list.brought.set(no, { points, until, atMs })
  }
  if (row.kind === 'orderMade') {
    list.stays.delete(stayId)
    const { earns } = row.body
    if (earns !== undefined) list.stays.set(stayId, { terms: earns, leftAtMs: null })
  }
  const stay = list.stays.get(stayId)
  if (row.kind === 'stayClosed' && stay !== undefined) {
    list.stays.delete(stayId)
    list.stays.set(stayId, { ...stay, leftAtMs: atMs })
    forgetWhile(
      list.stays,
      ({ terms, leftAtMs }) => leftAtMs !== null && untilMsOf(terms, leftAtMs) + keptMs <= atMs,
    )
  }
  if (row.kind === 'coupon' && row.body.row === 'issued') {
    const { code, points } = row.body.coupon
    if (points === undefined) return
    forgetWhile(list.spends, (one) => one.atMs + keptMs <= atMs)
    list.spends.set(code, { ...points, atMs })
  }
}

/** Points that a member got at one time. */
export interface GotPoints {
  /** Null: imported from another system. */
  readonly stayId: string | null
  readonly atMs: InstantMs
  readonly untilMs: InstantMs
  readonly points: number
}

export interface SpentPoints {
  readonly code: string
  readonly stayId: string | null
  readonly atMs: InstantMs
  /** Points requested while the car is inside; later the points used; 0 after they were returned. */
  readonly points: number
}

interface PointsLot {
  readonly points: PointsList
  readonly coupons: CouponList
  readonly stayMoney: MoneyList
}

interface PointsAccount {
  readonly got: readonly GotPoints[]
  readonly spent: readonly SpentPoints[]
}

function gotOf({ points, stayMoney }: PointsLot, no: string): GotPoints[] {
  const stays = [...points.stays].flatMap(([stayId, { terms, leftAtMs }]): GotPoints[] => {
    if (terms.no !== no || leftAtMs === null) return []
    const paid = Math.floor((leftFen(stayMoney, stayId) * terms.perYuan) / 100)
    const earned = isAllBack(stayMoney, stayId) ? 0 : paid + terms.perVisit
    const untilMs = untilMsOf(terms, leftAtMs)
    return [{ stayId, atMs: leftAtMs, untilMs, points: earned }]
  })
  const brought = points.brought.get(no)
  if (brought === undefined) return stays
  const { until, ...rest } = brought
  return [{ ...rest, stayId: null, untilMs: dayFromMs(until) + dayMs }, ...stays]
}

export function pointsOf(lot: PointsLot, no: string): PointsAccount {
  const { points, coupons } = lot
  const spent = [...points.spends].flatMap(([code, one]): SpentPoints[] => {
    const held = coupons.byCode.get(code)
    if (one.no !== no || held === undefined) return []
    const { stayId, spentAtMs, isVoid } = held
    const tookOff = Math.ceil((couponUse(coupons, held)?.amountFen ?? 0) / one.fenPerPoint)
    const counts = isVoid ? 0 : spentAtMs === null ? one.points : tookOff
    return [{ code, stayId, atMs: one.atMs, points: counts }]
  })
  return { got: gotOf(lot, no), spent }
}

interface OpenPoints {
  readonly untilMs: InstantMs
  left: number
}

/** Points available now, those that expire first first. Negative when spent points were revoked later. */
export function balanceAt({ got, spent }: PointsAccount, nowMs: InstantMs): number {
  const open: OpenPoints[] = []
  let owed = 0
  const takes = (points: number, atMs: InstantMs): void => {
    let rest = points
    for (const one of open.toSorted((a, b) => a.untilMs - b.untilMs)) {
      const taken = one.untilMs > atMs ? Math.min(rest, one.left) : 0
      one.left -= taken
      rest -= taken
    }
    owed += rest
  }
  const comes = ({ points, untilMs }: GotPoints): void => {
    const settled = Math.min(owed, points)
    owed -= settled
    open.push({ untilMs, left: points - settled })
  }
  const events = [
    ...got
      .filter(({ untilMs }) => untilMs + keptMs > nowMs)
      .map((one) => ({ atMs: one.atMs, turn: 0, act: () => comes(one) })),
    ...spent
      .filter(({ atMs }) => atMs + keptMs > nowMs)
      .map(({ points, atMs }) => ({ atMs, turn: 1, act: () => takes(points, atMs) })),
  ]
  for (const { act } of events.sort((a, b) => a.atMs - b.atMs || a.turn - b.turn)) act()
  return open.reduce((sum, { untilMs, left }) => (untilMs > nowMs ? sum + left : sum), 0) - owed
}
