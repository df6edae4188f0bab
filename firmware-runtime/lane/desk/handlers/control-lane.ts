// Acts of people at a lane: opening it, settling its car, arming a barrier, correcting a plate; and the clock of all
// lanes. Each is checked; but for an open, its audit row is on disk before it has an effect.
import { mayBeAnother, personDeviceId } from '../../pure/exit-match.ts'
import { settleBar } from '../../pure/lot/claim.ts'
import { isBeingTried } from '#money/pure/pay/cases.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { fenText } from '#base/pure/values/fen.ts'
import { normalisePlate } from '#base/pure/plates/plate.ts'
import { noBarrier, notNow, settleBars } from '#base/desk/handlers/act-words.ts'
import type { SafetyParts } from '#devices/desk/handlers/control-safety.ts'
import { lateRead, pickedOf } from './picked-car.ts'
import { defineCalls, type Lot } from '#base/desk/handlers/scope.ts'

type LaneLot = Lot<'runtime' | 'acts', { safety: Pick<SafetyParts, 'holds'> }>

export const laneCalls = defineCalls(({ runtime, acts, safety }: LaneLot) => ({
  'lane.open': (args, role) => {
    safety?.holds.mustBeOurs(args.laneId, 'barrier')
    return acts.open(args, role)
  },
  'lane.settle': (args, role) => acts.settle(args, role),
  'lane.payCode': (args, role) => acts.payCode(args, role),
  'command.state': ({ commandId }) => ({ state: acts.stateOf(commandId) }),
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
  ...plateCalls({ runtime, acts }),
}))

const plateCalls = ({ runtime, acts }: LaneLot) =>
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
          who: args.by,
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
