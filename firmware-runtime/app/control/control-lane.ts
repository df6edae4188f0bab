// Acts of people at a lane that settle nothing: arming a barrier, releasing a large amount, correcting a plate; and the
// clock of all lanes. Each is checked, and its audit row is on disk before it has an effect.
import { mayBeAnother, personDeviceId } from '../../core/lane/exit-match.ts'
import { settleBar } from '../../core/lot/claim.ts'
import { isBeingTried } from '../../core/pay/cases.ts'
import { type BilingualText, t } from '../../core/values/fault-text.ts'
import { LaneFault } from '../../core/faults/faults.ts'
import { fenText } from '../../core/values/fen.ts'
import { normalisePlate, type PlateColour } from '../../core/values/plates/plate.ts'
import type { LotRuntime } from '../lot/lot-runtime.ts'
import { noBarrier, notNow, settleBars } from './act-words.ts'
import type { ControlActs } from './control-acts.ts'
import type { ArgsOf } from '../../api/table.ts'
import type { Car } from '../../core/lane/lane.ts'
import { isInside } from '../../core/lot/find-stay.ts'
import type { LotState } from '../../core/lot/lot-state.ts'
import type { PlateCandidate } from '../../core/lot/plate-match.ts'
import type { RowDraft } from '../../core/values/rows/ledger-row.ts'

// The car inside that a person picked for the car at an exit: one with a similar plate, or one whose plate the entry camera
// did not read. That one gets the plate by a row at its entry, so that it is found by it like any other (ADR 362).
const refusedAt = (field: string, value: string, note: BilingualText): LaneFault =>
  new LaneFault('API-01', { field, value, note })

/** The candidate with a plate that a person picked for this car; null when a plate was typed. */
function pickedOf(car: Car, plate: string, stayId: string | undefined): PlateCandidate | null {
  if (stayId === undefined) return null
  const picked = car.candidates.find((one) => one.stayId === stayId && one.plate === plate)
  if (picked !== undefined) return picked
  const why = t('候选的车里没有它', 'none of the possible cars has this id and this plate')
  throw refusedAt('/stayId', stayId, why)
}

/** The row that gives the unread car its plate; none when no such car was picked. */
function lateRead(
  lot: LotState,
  colour: PlateColour,
  plate: string,
  { unreadStayId: stayId, plate: plateRaw }: ArgsOf<'lane.correctPlate'>,
  atMs: number,
): readonly Extract<RowDraft, { kind: 'plateRead' }>[] {
  if (stayId === undefined) return []
  const stay = lot.stays.get(stayId)
  if (stay === undefined || stay.plate !== null || stay.spaceId !== null || !isInside(stay)) {
    const why = t('场内没有这辆没认出车牌的车', 'no car inside without a plate has this id')
    throw refusedAt('/unreadStayId', stayId, why)
  }
  if (lot.byPlate.has(plate)) {
    const why = t('场内已有这个车牌的车', 'a car with this plate is inside already')
    throw refusedAt('/plate', plateRaw, why)
  }
  const body = { plate, plateRaw, colour, photo: stay.photo, said: { by: 'person' as const } }
  return [{ kind: 'plateRead', atMs, laneId: stay.entryLaneId, stayId, body }]
}

export const laneHandlers = (runtime: LotRuntime, acts: ControlActs) => ({
  ...acts.table({
    /** Arms a barrier whose configuration changed. The boom does not move. */
    'lane.arm': ({ laneId }, act) => {
      const host = acts.lane(laneId)
      if (host.devices.barrier === null) throw notNow(host, noBarrier)
      if (host.barrierArmed) throw notNow(host, t('道闸已启用', 'the barrier is armed'))
      runtime.arming.arm(host, act.row(undefined, { laneId }))
    },
    /** Confirms a large amount: ETC may charge exactly the amount that the person saw. */
    'lane.release': (args, act) => {
      const host = acts.lane(args.laneId)
      const { car, name } = host.state
      if (car === null || name !== 'manual' || car.manual !== 'largeAmount')
        throw notNow(
          host,
          t('没有等大额确认的车', 'no car is waiting for a large amount to be confirmed'),
        )
      if (car.orderId !== args.orderId || car.dueFen !== args.amountFen)
        throw notNow(
          host,
          t(
            `车的订单是 ${car.orderId ?? '无'},${fenText(car.dueFen)}`,
            `the order of the car is ${car.orderId ?? 'none'}, ${car.dueFen} fen`,
          ),
        )
      const bar = settleBar(runtime.lot, args.laneId, car)
      if (bar !== null) throw notNow(host, settleBars[bar])
      runtime.dispatch(args.laneId, { type: 'release', act: act.person })
      acts.mustBeAudited(args)
    },
    /** A person confirms that the clock is right: the lanes price by it again. */
    'clock.confirm': (_args, act) => {
      if (runtime.clockDoubt === null)
        throw new LaneFault('CLOCK-08', { note: t('时钟没有疑问', 'the clock is not in doubt') })
      runtime.confirmClock(act.row())
    },
  }),
  ...plateHandlers(runtime, acts),
})

const plateHandlers = (runtime: LotRuntime, acts: ControlActs) =>
  acts.table({
    'lane.correctPlate': (args, act) => {
      const { laneId } = args
      const host = acts.lane(laneId)
      const plate = normalisePlate(args.plate)
      if (plate === null)
        throw new LaneFault('API-01', {
          field: '/plate',
          value: args.plate,
          note: t('不是车牌', 'this is not a number plate'),
        })
      const { car, name } = host.state
      const isOpen = car?.stayId === null || (car !== null && mayBeAnother(car))
      const waits = name === 'reading' || (name === 'manual' && isOpen)
      if (car === null || !waits)
        throw notNow(
          host,
          t('没有等车牌的车', `no car is waiting for its plate; the lane is ${name}`),
        )
      if (isBeingTried(runtime.lot.pays, car.orderId ?? ''))
        throw notNow(
          host,
          t('车主可能正在扫码付这笔订单', 'the driver may be paying this order by code now'),
        )
      const picked = pickedOf(car, plate, args.stayId)
      const late = lateRead(runtime.lot, car.colour, plate, args, runtime.nowMs())
      if (plate === car.plate && picked === null && late.length === 0)
        throw notNow(
          host,
          t(
            `车牌已经是 ${plate},没有改动`,
            `the plate is already ${plate}, so nothing was changed`,
          ),
        )
      const stayId = late[0]?.stayId ?? picked?.stayId ?? runtime.lot.byPlate.get(plate)
      runtime.append([act.row(plate, { laneId, stayId }), ...late])
      runtime.dispatch(laneId, {
        type: 'plate',
        photo: car.photo,
        read: {
          deviceId: personDeviceId,
          recordId: args.commandId,
          deviceAtMs: null,
          plate,
          plateRaw: args.plate,
          plateState: 'read',
          // The colour of the picked car: another car may have the same number in another colour.
          colour: picked === null || picked.colour === 'unknown' ? car.colour : picked.colour,
          confidence: null,
          history: false,
          jpeg: null,
        },
      })
    },
  })
