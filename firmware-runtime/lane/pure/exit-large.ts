// An amount above the lot's limit (5.2.1 d): the car waits for a person, who releases it to ETC, corrects whose car
// it is, or takes it otherwise. Nothing charges it before that, whatever comes and goes beside it.
import { noTimer } from '#base/pure/values/step.ts'
import { beginEtc } from './exit-order.ts'
import { platformMissing, toManual, unreadReason } from './exit-parts.ts'
import type { Car, LaneEnv } from './lane.ts'
import { auditRow, carOf, searchOff, stay, type Handler } from './steps.ts'

/** A released amount needs no second release; a higher price of the same car does. */
export const isTooLarge = ({ dueFen, releasedFen }: Car, env: LaneEnv): boolean =>
  dueFen > env.largeAmountFen && (releasedFen === null || dueFen > releasedFen)

export const release: Handler<'release'> = (state, event, env) => {
  const before = carOf(state)
  const { orderId, dueFen } = before
  if (before.manual !== 'largeAmount' || orderId === null) return stay(state)
  const car: Car = { ...before, manual: null, turnedAway: null, releasedFen: dueFen }
  const next = { ...state, car }
  const row = auditRow(env, event.act, `lane.release ${orderId}`, car)
  if (!env.byOrder && !state.rsuUp) return toManual(next, env, unreadReason(env), [row])
  if (platformMissing(env)) return toManual(next, env, 'platformDown', [row])
  return beginEtc(next, env, [searchOff, noTimer('retry'), { do: 'append', rows: [row] }])
}
