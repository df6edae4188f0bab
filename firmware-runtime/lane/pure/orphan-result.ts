// A result for a debit unknown to the driver, for example after a restart: the ledger knows its C6.
// Only a result with exactly the time of that C6 is accepted (rsu-interface.md 5.1); any other stays an orphan.
import { isSurelyOf } from '#devices/pure/charge/judge-result.ts'
import type { LaneEnv, LaneEvent, LaneState } from './lane.ts'

type Orphan = Extract<LaneEvent, { type: 'orphanResult' }>

/** The result that this event is, or the event as it came. */
export function lateEventOf({ car }: LaneState, event: Orphan, env: LaneEnv): LaneEvent {
  const { obuId, code, money, proof } = event
  if (money !== 'paid') return event
  const requestedDebits = [
    ...(car?.suspect?.offer.obuId === obuId ? [car.suspect.offer] : []),
    ...env.unsettledOf(obuId),
    ...env.untoldOf(obuId),
    ...env.refusedOf(obuId),
  ]
  const isKnown = requestedDebits.some((one) => isSurelyOf(one, { proof }))
  return isKnown ? { type: 'debitResult', obuId, money, code, proof } : event
}
