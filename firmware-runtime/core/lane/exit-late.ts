// A debit result that comes when the lane has turned to something else: opened by hand, settled
// otherwise, car gone. It is booked for its deduction (5.1: a late B5 closes its case), opens nothing.
import type { RsuEvent } from '../etc/rsu.ts'
import type { DebitProof, RowDraft } from '../values/ledger-row.ts'
import { chargeFacts, exceptionRows, outcomeRow } from './exit-rows.ts'
import type { Car, LaneEffect, LaneEnv, LaneState } from './lane.ts'
import { openByHand } from './presence.ts'
import { carOf, leave, searchOff, stay, trace, type Handler, type LaneStep } from './steps.ts'

type Result = Extract<RsuEvent, { type: 'debitResult' | 'proofResult' }>

/** All that an upload of a card-side charge must carry (P12 mode 1); B8 tells no card counter. */
export const isUploadable = (proof: DebitProof | null): proof is DebitProof =>
  proof !== null &&
  proof.tac !== null &&
  proof.cardSerial !== null &&
  proof.psamTerminal !== null &&
  proof.psamSerial !== null &&
  proof.timeBcd !== null

/** Rows that follow a card-side payment: its upload, or the note that there is nothing to upload. */
export function uploadRows(
  car: Car,
  env: LaneEnv,
  proof: DebitProof | null,
): ReturnType<typeof exceptionRows> {
  if (!env.hasPlatform) return []
  const upload =
    isUploadable(proof) && car.obu !== null
      ? env.outbox('exitUpload', chargeFacts(car, env, { proof, offline: !env.platformUp }))
      : null
  return upload === null ? exceptionRows(car, env, 10, 'noTac') : [upload]
}

/** A clear answer; a B8 that found nothing says nothing about the money (2.5.4). */
const isClear = (event: Result): boolean =>
  event.money === 'paid' || (event.type === 'debitResult' && event.money === 'unpaid')

/** Of a car that is gone only the ledger knows: its payment is named as not uploaded. */
function followUp(
  of: Car | { readonly stayId: string; readonly orderId: string } | null,
  proof: DebitProof,
  env: LaneEnv,
): readonly RowDraft[] {
  if (of === null || !env.hasPlatform) return []
  if ('sinceMs' in of) return uploadRows(of, env, proof)
  const body = { exceptionType: 10, reason: 'noTac', detail: proof.tac ?? '' }
  return [{ kind: 'exception', atMs: env.nowMs, laneId: env.laneId, ...of, body }]
}

export function lateResult(state: LaneState, event: Result, env: LaneEnv): LaneStep {
  const { car } = state
  const own = car !== null && car.suspect?.offer.obuId === event.obuId ? car : null
  const other = own === null ? env.unsettledOf(event.obuId) : null
  const deductionId = own?.suspect?.offer.deductionId ?? other?.deductionId
  if (deductionId === undefined || !isClear(event))
    return stay(state, trace('fault', car, `lateResult ${event.money}`))
  const paid = event.money === 'paid'
  const complete: LaneEffect = { do: 'rsu', command: { do: 'complete', obuId: event.obuId } }
  const effects: LaneEffect[] = [
    ...(paid && own !== null ? [complete] : []),
    {
      do: 'lateCharge',
      late: {
        deductionId,
        result: paid ? 'paid' : 'refused',
        source: event.type === 'debitResult' ? 'b5' : 'proof',
        reason: paid ? 'paid' : 'late',
        proof: paid ? event.proof : null,
        followUp: paid ? followUp(own ?? other, event.proof, env) : [],
        receipt: null,
      },
    },
  ]
  if (own === null) return stay(state, ...effects)
  return stay({ ...state, car: { ...own, suspect: null } }, ...effects)
}

export const lateCells = { debitResult: lateResult, proofResult: lateResult } as const

/** The car left while its C6 was open: what came of it is booked, and nothing opens for nobody. */
export function resultOfGone(state: LaneState, event: Result | null, env: LaneEnv): LaneStep {
  const car = carOf(state)
  if (event !== null && event.obuId !== car.suspect?.offer.obuId)
    return lateResult(state, event, env)
  const step =
    event !== null && isClear(event)
      ? lateResult(state, event, env)
      : stay(state, { do: 'append', rows: [lostRow(car, env, 'backedOut')], mayFail: true })
  return leave(step.state, [...step.effects, searchOff, trace('fault', car, 'backedOut')])
}

const lostRow = (car: Car, env: LaneEnv, reason: string): ReturnType<typeof outcomeRow> =>
  outcomeRow(car, env, { state: 'unknown', source: 'lane', reason })

/** Opened by hand with a C6 open: its outcome is unknown until its B5 comes, and says so. */
export const openWhileDebiting: Handler<'openByHand'> = (state, event, env) => {
  const step = openByHand(state, event, env)
  const lost = lostRow(carOf(state), env, 'openedByHand')
  return {
    state: step.state,
    effects: [...step.effects, { do: 'append', rows: [lost], mayFail: true }],
  }
}
