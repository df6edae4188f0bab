// Stays to check: the list, closing one, recording the result of a charge whose car has left, and refunds paid by
// people: audited acts, checked on the current state of lot and ledger.
import type { AnswerOf, ArgsOf } from '#runtime/api/table.ts'
import type { Role } from '#base/pure/values/roles.ts'
import type { NotUploadedView, OpenChargeView, StayToCheckView } from '../../calls/stays-views.ts'
import { secondBar } from '#money/pure/billing/person-refund.ts'
import { refundToGive } from '#money/pure/billing/stay-payments.ts'
import { askedCharges, findingRows, openCharges } from '../../pure/etc/open-charges.ts'
import { carsInside } from '../../pure/lot/entry-room.ts'
import type { Deduction, Order, Stay } from '#ledger/pure/lot/lot-state.ts'
import { areaOf, upkeepOf, type LotConfig } from '#base/pure/lot/config.ts'
import { bookedFinding } from '#ledger/pure/lot/not-uploaded.ts'
import { givenBackRow } from '#money/pure/pay/refund-by-hand.ts'
import {
  closeBar,
  closingRow,
  isStale,
  mayBeOne,
  pairsOf,
  staleStays,
  type ExitWithoutEntry,
} from '#ledger/pure/lot/stays-to-check.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import { present } from '#base/pure/values/must.ts'
import type { LedgerService } from '#ledger/ports/ledger-service.ts'
import type { LotAct } from '#base/desk/handlers/act-table.ts'
import type { ControlActs } from '#base/desk/handlers/control-acts.ts'
import type { LotRuntime } from '../../lot/lot-runtime.ts'
import { refundFault } from '#money/pure/billing/refund-refusals.ts'
import { aloneLeftFen, aloneRow } from '#money/desk/handlers/control-pay.ts'
import { drawerPulse, type OpenDrawer } from '#base/desk/handlers/day-drawer.ts'
import { defineCalls, type Lot } from '#base/desk/handlers/scope.ts'

interface StaysParts {
  readonly runtime: LotRuntime
  readonly service: Pick<LedgerService, 'exitsWithoutEntry' | 'refundsByHand' | 'timeline'>
  readonly drawer: OpenDrawer
  readonly acts: ControlActs
  readonly afterDays: number
  readonly config: Pick<LotConfig, 'aloneFenMax' | 'lanes'>
}

const rowsMax = 200
const pairsMax = 200

const stayView = (stay: Stay): StayToCheckView => ({
  stayId: stay.stayId,
  plate: stay.plate,
  colour: stay.colour,
  enteredAtIso: isoOf(stay.enteredAtMs),
  laneId: stay.entryLaneId,
  photoId: stay.photo,
  noEntry: stay.noEntry,
  paidFen: stay.orders.reduce((sum, order) => sum + order.paidFen, 0),
})

const chargeView = (order: Order, d: Deduction): OpenChargeView => ({
  deductionId: d.deductionId,
  stayId: d.stayId,
  orderId: d.orderId,
  laneId: d.laneId,
  cardNo: d.cardNo,
  amountFen: d.amountFen,
  plate: order.plateRaw,
  askedAtIso: isoOf(order.toMs),
})

/** Records that cannot be uploaded, and uploads of debits that the platform set aside: oldest first. */
function notUploadedViews({ lot, queue }: Pick<LotRuntime, 'lot' | 'queue'>): NotUploadedView[] {
  const items = [...lot.notUploaded.values()].map(
    ({ paidAtMs, tac: _tac, debit: _debit, ...item }) => ({ ...item, paidAtIso: isoOf(paidAtMs) }),
  )
  const aside = [...queue.aside.values()].flatMap((r) =>
    r.op !== 'exitUpload' || r.deductionId === null
      ? []
      : [
          {
            deductionId: r.deductionId,
            stayId: r.stayId ?? '',
            orderId: r.deductionId.split('.', 1)[0] ?? '',
            laneId: '',
            cardNo: r.cardNo,
            amountFen: r.amountFen,
            paidAtIso: isoOf(r.atMs),
            reason: r.state,
            detail: r.lastNote,
          },
        ],
  )
  return [...items, ...aside].sort((a, b) => (a.paidAtIso < b.paidAtIso ? -1 : 1))
}

export class ControlStays {
  private readonly parts: StaysParts

  constructor(parts: StaysParts) {
    this.parts = parts
  }

  async toCheck({ limit = rowsMax }: ArgsOf<'stays.toCheck'>): Promise<AnswerOf<'stays.toCheck'>> {
    const { runtime, afterDays, config } = this.parts
    const [exits, refunds] = await Promise.all([this.exits(), this.parts.service.refundsByHand()])
    const { lot } = runtime
    const stale = staleStays(lot, runtime.nowMs(), afterDays)
    const pairs = pairsOf(lot, exits, (laneId) => areaOf(config, laneId)).slice(0, pairsMax)
    return {
      afterDays,
      inside: carsInside(lot),
      count: stale.length,
      rows: stale.slice(0, limit).map(stayView),
      pairs: pairs.map(({ stay, exit }) => {
        const { leftAtMs, isJoined: _, ...rest } = exit
        return { stay: stayView(stay), exit: { ...rest, leftAtIso: isoOf(leftAtMs) } }
      }),
      charges: this.charges().map((d) =>
        chargeView(present(lot.orders.get(d.orderId), 'an open charge keeps its order'), d),
      ),
      asked: this.asked(),
      notUploaded: notUploadedViews(runtime),
      refunds: refunds.map(({ askedAtMs, ...rest }) => ({ ...rest, askedAtIso: isoOf(askedAtMs) })),
    }
  }

  /** One after the other, because an exit can belong to only one car. */
  close(args: ArgsOf<'stays.close'>, role: Role) {
    const { runtime, acts } = this.parts
    const { stayId, exitStayId } = args
    const act = acts.of('stays.close', args, role)
    return acts.inTurn(async () => {
      const joined = exitStayId === undefined ? null : await this.exitOf(exitStayId)
      return act.once(() => {
        // Thrown after the check for a repeat: after a repeat the exit is in no list any more.
        if (joined instanceof LaneFault) throw joined
        const stay = this.mayClose(stayId, joined)
        const nowMs = runtime.nowMs()
        runtime.append([
          act.row([stayId, ...(exitStayId === undefined ? [] : [exitStayId])].join(' '), {
            stayId,
          }),
          closingRow(stay, nowMs, joined?.leftAtMs ?? nowMs),
        ])
      })
    })
  }

  settle(args: ArgsOf<'charges.settle'>, role: Role) {
    const { runtime, acts } = this.parts
    const { deductionId, found } = args
    const act = acts.of('charges.settle', args, role)
    return act.once(() => {
      if (found === 'booked') return this.booked(deductionId, act)
      const charge = this.charges().find((d) => d.deductionId === deductionId)
      if (charge === undefined)
        throw new LaneFault('STAY-02', { field: '/deductionId', value: deductionId })
      const { stayId, orderId } = charge
      const { rows } = runtime.took(findingRows(runtime.lot, { charge, found }, runtime.lateEnv()))
      runtime.append([
        act.row(`${deductionId} ${found}`, { stayId, orderId }),
        ...runtime.frozen(rows),
      ])
    })
  }

  /** Paid and never uploaded: the clearing side got it by other ways, or it is written off. */
  private booked(deductionId: string, act: LotAct): void {
    const { runtime } = this.parts
    const item = notUploadedViews(runtime).find((one) => one.deductionId === deductionId)
    if (item === undefined)
      throw new LaneFault('STAY-02', { field: '/deductionId', value: deductionId })
    const { stayId, orderId } = item
    runtime.append([act.row(`${deductionId} ${bookedFinding}`, { stayId, orderId, deductionId })])
  }

  /** One after the other, so that nothing comes between reading the remaining amount and writing a refund. */
  given(args: ArgsOf<'refunds.given'>, role: Role) {
    const { runtime, acts, drawer } = this.parts
    const { refundId, refundMeans, stayId, by, approvedBy = null } = args
    const act = acts.of('refunds.given', args, role)
    return acts.inTurn(async () => {
      const { refund, rows } = await this.toGive(refundId, stayId)
      return act.once(() => {
        if (refund === null) throw new LaneFault('STAY-03', { field: '/refundId', value: refundId })
        const { amountFen } = refund
        const leftFen = aloneLeftFen(rows, this.parts.config)
        const bar = secondBar({ amountFen, by, approvedBy, aloneFenMax: leftFen })
        if (bar !== null) throw refundFault(refundId, bar)
        const atMs = runtime.nowMs()
        const alone = { ...args, stayId: refund.stayId, attemptNo: refundId }
        const tally = refundMeans === 'issuer' ? 'etc' : refundMeans
        const words = [...(stayId === undefined ? [] : [stayId]), refundId]
        const of = { stayId: refund.stayId, by, atMs }
        const pulse = refundMeans === 'cash' ? drawerPulse(drawer, of) : null
        runtime.append([
          act.row(words.join(' '), { stayId: refund.stayId }),
          givenBackRow(refund, { means: refundMeans, by, approvedBy }, atMs),
          ...(approvedBy === null ? [aloneRow(alone, tally, -amountFen, atMs)] : []),
          ...(pulse === null ? [] : [pulse.row]),
        ])
        pulse?.open()
      })
    })
  }

  /** By the rows of its stay, which the list names where nobody does; of a stay that is named also one that the platform rejected. */
  private async toGive(refundId: string, named?: string) {
    const { service } = this.parts
    const listed = async () =>
      (await service.refundsByHand()).find((one) => one.refundId === refundId)?.stayId
    const stayId = named ?? (await listed())
    const rows = stayId === undefined ? [] : await service.timeline(stayId)
    return { refund: refundToGive(rows, refundId), rows }
  }

  private charges(of = openCharges): readonly Deduction[] {
    const { lot, lanes, queue } = this.parts.runtime
    const held = [...queue.aside.values()].flatMap(({ op, deductionId }) =>
      op === 'charge' && deductionId !== null ? [deductionId] : [],
    )
    const inLanes = [...lanes.values()].flatMap(({ state }) => state.car?.orderId ?? [])
    return of(lot, new Set(inLanes), new Set(held))
  }

  private asked(): AnswerOf<'stays.toCheck'>['asked'] {
    const { lot } = this.parts.runtime
    const all = this.charges(askedCharges)
    const times = all.flatMap(({ orderId }) => lot.orders.get(orderId)?.toMs ?? [])
    return {
      count: all.length,
      amountFen: all.reduce((sum, { amountFen }) => sum + amountFen, 0),
      sinceIso: times.length === 0 ? null : isoOf(Math.min(...times)),
      stayIds: all.map(({ stayId }) => stayId),
    }
  }

  private mayClose(stayId: string, exit: ExitWithoutEntry | null): Stay {
    const { runtime, afterDays } = this.parts
    const stay = runtime.lot.stays.get(stayId)
    const refuse = (zh: string, en: string): never => {
      throw new LaneFault('STAY-01', { field: '/stayId', value: stayId, note: t(zh, en) })
    }
    if (stay === undefined) return refuse('没有这次未结束的停车', 'no open stay has this id')
    const inLane = [...runtime.lanes.values()].some((host) => host.state.car?.stayId === stayId)
    const bar = closeBar(stay, inLane)
    if (bar === 'carInLane') return refuse('它的车在车道里', 'its car is in a lane')
    if (bar === 'chargeUnsettled') return refuse('有扣费还没有结果', 'a charge still has no result')
    if (exit?.isJoined === true)
      return refuse('这次出场已属于另一次停车', 'this exit already belongs to another stay')
    if (exit !== null && !mayBeOne(stay, exit))
      return refuse(
        '出场早于入场,或车牌相差不止一位',
        'the exit is before the entry, or the plates differ by more than one character',
      )
    if (exit === null && !isStale(stay, runtime.nowMs(), afterDays))
      return refuse(`还不到 ${afterDays} 天`, `it has been open for less than ${afterDays} days`)
    return stay
  }

  private async exitOf(exitStayId: string): Promise<ExitWithoutEntry | LaneFault> {
    const found = (await this.exits()).find((exit) => exit.stayId === exitStayId)
    if (found !== undefined) return found
    const why = t('没有这次无入场的出场', 'there is no exit without an entry with this id')
    return new LaneFault('STAY-01', { field: '/exitStayId', value: exitStayId, note: why })
  }

  /** Exits without entry; none can be older than the oldest open stay. */
  private exits(): Promise<readonly ExitWithoutEntry[]> {
    const { runtime, service } = this.parts
    let sinceMs: InstantMs = runtime.nowMs()
    for (const { enteredAtMs } of runtime.lot.stays.values())
      if (enteredAtMs < sinceMs) sinceMs = enteredAtMs
    return service.exitsWithoutEntry(sinceMs)
  }
}

type StaysLot = Lot<'runtime' | 'service' | 'drawer' | 'acts' | 'config'>

export const stayCalls = defineCalls((lot: StaysLot) => {
  const stays = new ControlStays({ ...lot, afterDays: upkeepOf(lot.config).stayDays })
  return {
    'stays.toCheck': (args) => stays.toCheck(args),
    'stays.close': (args, role) => stays.close(args, role),
    'charges.settle': (args, role) => stays.settle(args, role),
    'refunds.given': (args, role) => stays.given(args, role),
  }
})
