// What cars of an open lot owe after they left their spaces, at the desk: found by plate, and paid there. A charge without a result is
// waited for, so that nothing is taken twice.
import type { ArrearsView } from '../../calls/coupon-views.ts'
import type { SettleAnswer } from '#base/calls/rows.ts'
import type { ArgsOf } from '#runtime/api/table.ts'
import type { Role } from '#base/pure/values/roles.ts'
import { confirmedRow, type CardBar } from '../../pure/lot/card-bar.ts'
import type { LotState } from '#ledger/pure/lot/lot-state.ts'
import { leftBarOf, leftOwing, type LeftOwing } from '#lane/pure/open/left-owing.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { Fen } from '#base/pure/values/fen.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { present } from '#base/pure/values/must.ts'
import { normalisePlate, type PlateColour } from '#base/pure/plates/plate.ts'
import { isSamePerson } from '#base/pure/values/same-person.ts'
import { takesOf } from '#base/pure/values/payment-means.ts'
import type { LotRuntime } from '#lane/lot/lot-runtime.ts'
import type { LotAct } from '#base/desk/handlers/act-table.ts'
import type { ControlActs } from '#base/desk/handlers/control-acts.ts'
import { anotherPerson } from './day-notes.ts'
import { changeOf, mustBeDue } from '#base/desk/handlers/settle-amounts.ts'

export const leftView = ({
  order,
  stayId,
  plate,
  leftAtMs,
  dueFen,
  bar: cardBar,
  typedBy,
  photo: photoId,
}: LeftOwing): ArrearsView => ({
  orderId: order.orderId,
  stayId,
  plate,
  amountFen: dueFen,
  leftAtIso: isoOf(leftAtMs),
  isOpen: true,
  isDue: false,
  cardBar,
  typedBy,
  photoId,
  backFrom: null,
})

interface BarredCar {
  readonly plate: string | null
  readonly colour: PlateColour
  readonly bar: CardBar | null
  readonly typedBy: string | null
  readonly photo: string | null
}

/** The car of a stay that stands there, has left, or ended unpaid; null: there is none. */
function barredCar({ stays, arrears }: LotState, stayId: string): BarredCar | null {
  const stay = stays.get(stayId)
  if (stay !== undefined)
    return { ...stay, bar: leftBarOf(stay), typedBy: stay.oneLook?.who ?? null }
  return [...arrears.values()].find((one) => one.stayId === stayId && !one.isPaid) ?? null
}

const confirmNotes = {
  noStay: t('没有这次停车,或已经结清', 'there is no such stay, or it is settled'),
  notBarred: t('它的车牌不需要确认', 'its plate needs no confirmation'),
  noPhoto: t('它没有照片', 'it has no photo'),
  photoGone: t('它的照片已按期删除', 'its photo was deleted by its age'),
  typistUnknown: t('不知道是谁输入的车牌', 'it is not known who typed the plate'),
  samePerson: anotherPerson.note,
  otherPlate: t('与记下的车牌不一致', 'it differs from the plate that was recorded'),
  otherColour: t('与记下的颜色不一致', 'it differs from the colour that was recorded'),
} as const

/** What the second look lacks; null: it agrees. */
function confirmBar(
  car: BarredCar | null,
  { plate, colour, by }: ArgsOf<'arrears.confirm'>,
): readonly [keyof typeof confirmNotes, 'stayId' | 'by' | 'plate' | 'colour'] | null {
  if (car === null) return ['noStay', 'stayId']
  if (car.bar === null) return ['notBarred', 'stayId']
  if (car.photo === null) return ['noPhoto', 'stayId']
  if (car.bar === 'typed' && car.typedBy === null) return ['typistUnknown', 'stayId']
  if (car.typedBy !== null && isSamePerson(car.typedBy, by)) return ['samePerson', 'by']
  if (normalisePlate(plate) !== car.plate) return ['otherPlate', 'plate']
  const isOther = car.colour !== 'unknown' && car.colour !== colour
  return isOther ? ['otherColour', 'colour'] : null
}

/** Throws PLACE-09: nothing is written. */
export function confirmPlate(
  runtime: Pick<LotRuntime, 'lot' | 'append' | 'nowMs'>,
  args: ArgsOf<'arrears.confirm'>,
  act: LotAct,
  isPhotoKept: (photoId: string) => boolean,
): void {
  const { stayId, colour } = args
  const car = barredCar(runtime.lot, stayId)
  const isGone = car?.photo !== null && !isPhotoKept(car?.photo ?? '')
  const bar = confirmBar(car, args) ?? (isGone ? (['photoGone', 'stayId'] as const) : null)
  if (bar !== null) {
    const [why, member] = bar
    const at = { field: `/${member}`, value: args[member] }
    throw new LaneFault('PLACE-09', { ...at, note: confirmNotes[why] })
  }
  const plate = present(car?.plate, 'it was compared')
  runtime.append([
    act.row(`${stayId} ${plate} ${colour}`, { stayId }),
    confirmedRow(stayId, { plate, colour, by: 'photo' }, { nowMs: runtime.nowMs() }),
  ])
}

/** Throws COUPON-08, LANE-02, CASH-01 or CASH-02: nothing is written. */
export function payLeft(
  runtime: LotRuntime,
  acts: ControlActs,
  args: ArgsOf<'arrears.pay'>,
  role: Role,
): SettleAnswer {
  const { orderId, means, givenFen } = args
  let changeFen: Fen | null = null
  const act = acts.of('arrears.pay', args, role)
  const answer = act.once(() => {
    const owing = leftOwing(runtime.lot).find(({ order }) => order.orderId === orderId)
    if (owing === undefined) throw new LaneFault('COUPON-08', { field: '/orderId', value: orderId })
    const { stayId, dueFen, isPending } = owing
    if (isPending)
      throw new LaneFault('LANE-02', {
        field: '/orderId',
        value: orderId,
        note: t(
          '它的扣费还没有结果,等结果出来再收',
          'a charge of it has no result yet: wait for it',
        ),
      })
    mustBeDue(args, dueFen)
    changeFen = changeOf({ ...args, amountFen: dueFen })
    const atMs = runtime.nowMs()
    const refs = { stayId, orderId }
    const { by, reason } = args
    const cash = changeFen === null || givenFen === undefined ? {} : { givenFen, changeFen }
    runtime.append([
      act.row(`${orderId} ${means}`, refs),
      {
        kind: 'payment',
        atMs,
        ...refs,
        amountFen: takesOf(means) === 'amount' ? dueFen : 0,
        body: { paymentId: runtime.mint('M'), means, by, reason, ...cash },
      },
    ])
  })
  // At a repeat nothing is owed any more, so the change is computed from the arguments.
  if (answer.repeated && args.amountFen !== undefined)
    changeFen = changeOf({ ...args, amountFen: args.amountFen })
  return changeFen === null ? answer : { ...answer, changeFen }
}
