// A debit result that arrives after the lane has moved on: opened by hand, settled otherwise, car gone. It is booked for its
// deduction (5.1: a late B5 closes its case) and opens no barrier.
import {
  isSurelyOf,
  judgeResult,
  withTime,
  type RequestedDebit,
  type Misfit,
} from '#devices/pure/charge/judge-result.ts'
import type { RowRequest } from '#devices/pure/charge/freeze-row.ts'
import type { RsuEvent } from '#devices/pure/etc/rsu.ts'
import { judgeEvidence } from './etc/suspect.ts'
import type { Fen } from '#base/pure/values/fen.ts'
import { canonicalJson } from '#base/pure/data/json.ts'
import type { OpenDebit } from './lot/open-debits.ts'
import { contradictedRow, tacTold } from '#ledger/pure/lot/not-uploaded.ts'
import type { RefusedDebit } from '#ledger/pure/lot/lot-state.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { DebitProof, RowBodies, RowDraft } from '#base/pure/rows/ledger-row.ts'
import { isTestOrder } from '#base/pure/values/test-order.ts'
import { giveUp } from './exit-parts.ts'
import {
  chargeFacts,
  exceptionRow,
  freezeRow,
  outcomeRow,
  overchargeRow,
  paidRows,
} from './exit-rows.ts'
import type { Car, LaneEffect, LaneEnv, LaneState } from './lane.ts'
import { openByHand } from './presence.ts'
import { carOf, leave, searchOff, stay, trace, type Handler, type LaneStep } from './steps.ts'

type Result = Extract<RsuEvent, { type: 'debitResult' | 'proofResult' }>
type CardRead = Extract<RsuEvent, { type: 'cardRead' }>

/**
 * True when the proof suffices for the upload of a card-side charge (P12 mode 1). A TAC recovered by B8 has no
 * counters: the record states which ones are missing (app/platform-records.ts).
 */
export const isUploadable = (proof: DebitProof | null): proof is DebitProof =>
  proof !== null && proof.tac !== null && proof.psamTerminal !== null && proof.timeBcd !== null

/** Rows that follow a card-side payment: its upload, or the note that there is nothing to upload. */
function uploadRows(car: Car, env: LaneEnv, proof: DebitProof | null): readonly RowRequest[] {
  if (!env.hasPlatform) return []
  if (!isUploadable(proof) || car.obu === null) return [exceptionRow(car, env, 'noTac', 'noTac')]
  const facts = chargeFacts(car, env, { proof, offline: !env.platformUp })
  return [freezeRow(env, 'exitUpload', facts)]
}

/**
 * The rows of a card-side payment with its upload. If the card lost more than the amount requested, the full loss is
 * booked and the excess becomes a refund that the attendant handles.
 */
export function takenRows(
  car: Car,
  env: LaneEnv,
  taken: {
    readonly source: RowBodies['outcome']['source']
    readonly proof: DebitProof | null
    readonly takenFen: Fen
  },
): readonly RowRequest[] {
  const { source, proof, takenFen } = taken
  const booked: Car = { ...car, dueFen: takenFen }
  // The charge of a test car is refunded in full, by hand.
  const keptFen = isTestOrder(car.orderId) ? 0 : car.dueFen
  return [
    ...paidRows(booked, env, source, proof),
    ...(takenFen > car.dueFen ? [overchargeRow(car, env, takenFen - keptFen)] : []),
    ...uploadRows(booked, env, proof),
  ]
}

/** A result that does not match its C6: stored in the ledger and raised as a fault. */
export function misfitEffects(
  stayId: string | null,
  deductionId: string,
  { misfit, reported }: { readonly misfit: Misfit; readonly reported: DebitProof },
  env: LaneEnv,
): LaneEffect[] {
  const { timeBcd, balanceAfterFen, cardSerial, psamSerial } = reported
  const detail = { misfit, timeBcd, balanceAfterFen, cardSerial, psamSerial }
  const row: RowDraft = {
    kind: 'event',
    atMs: env.nowMs,
    laneId: env.laneId,
    ...(stayId === null ? {} : { stayId }),
    deductionId,
    body: { type: 'resultDoubted', detail: canonicalJson(detail) },
  }
  return [
    { do: 'append', rows: [row], mayFail: true },
    { do: 'trace', type: 'fault', stayId, detail: misfit },
  ]
}

/**
 * The conclusive part of a result. A B8 that found nothing proves nothing about the money (2.5.4); nor does one that
 * says paid and does not match its C6.
 */
function judgedResult(
  event: Result,
  requested: RequestedDebit,
): { readonly clear: boolean; readonly misfit: Misfit | null } {
  if (event.money !== 'paid')
    return { clear: event.type === 'debitResult' && event.money === 'unpaid', misfit: null }
  const { paid, alarm } = judgeResult(requested, event)
  return { clear: paid, misfit: alarm }
}

const nothingReceived = { clear: false, misfit: null } as const

/** For a car that has gone: uploads what its rows and the TAC allow; otherwise records why there is no upload. */
function followUp(
  of: Car | OpenDebit | null,
  proof: DebitProof,
  env: LaneEnv,
): readonly RowRequest[] {
  if (of === null || !env.hasPlatform) return []
  if ('sinceMs' in of) return uploadRows(of, env, proof)
  return uploadOfGone(of, proof, env.nowMs, env)
}

function uploadOfGone(
  of: OpenDebit,
  proof: DebitProof | null,
  leftAtMs: InstantMs,
  env: LaneEnv,
): readonly RowRequest[] {
  const offline = !env.platformUp
  if (of.charge !== null && isUploadable(proof))
    return [freezeRow(env, 'exitUpload', { ...of.charge, proof, offline, atMs: leftAtMs })]
  const body = { exceptionType: 'noTac', reason: 'noTac', detail: proof?.tac ?? '' } as const
  const { stayId, orderId, deductionId } = of
  const refs = { stayId, orderId, deductionId }
  return [{ kind: 'exception', atMs: env.nowMs, laneId: env.laneId, ...refs, body }]
}

/**
 * The card is here again, and debits of it have no result: its purse and file 0019 may show what became of them. Of other
 * transactions in between nothing is guessed: only exactly the amount, or a card as it was, decides.
 */
export function shownByCard(state: LaneState, event: CardRead, env: LaneEnv): LaneEffect[] {
  const { balanceFen, station0019Hex } = event
  const own = state.car?.deduction?.deductionId
  return env.doubtedOf(event.card.cardNo).flatMap((debit): LaneEffect[] => {
    const { deductionId, amountFen } = debit
    const shown = deductionId === own ? null : judgeEvidence(debit, balanceFen, station0019Hex)
    if (shown === null || (shown.paid && shown.takenFen !== amountFen)) return []
    const ofPaid = shown.paid && env.hasPlatform
    const late = {
      deductionId,
      source: 'evidence' as const,
      proof: null,
      followUp: ofPaid ? uploadOfGone(debit, null, env.nowMs, env) : [],
      receipt: null,
    }
    return [
      {
        do: 'lateCharge',
        late: shown.paid
          ? { ...late, result: 'paid', reason: 'cardShowsDebit' }
          : { ...late, result: 'refused', reason: 'cardUnchanged' },
      },
    ]
  })
}

/** For a debit that the card proved and that was booked without a TAC: a result that matches it brings the TAC. */
function tacRows(event: Result, env: LaneEnv): readonly RowRequest[] {
  if (event.money !== 'paid' || event.proof.tac === null) return []
  const debit = env.untoldOf(event.obuId).find((one) => judgeResult(one, event).paid)
  if (debit === undefined) return []
  const { laneId, stayId, orderId, deductionId, amountFen, cardNo, paidAtMs } = debit
  const proof = withTime(debit, event.proof)
  const source = event.type === 'debitResult' ? 'b5' : 'proof'
  const outcomeRow: RowDraft = {
    kind: 'outcome',
    atMs: env.nowMs,
    laneId,
    stayId,
    orderId,
    deductionId,
    amountFen,
    body: { state: 'paid', source, reason: tacTold, obuId: event.obuId, cardNo, proof },
  }
  // The car was released when the debit was booked, however late its TAC comes.
  return [outcomeRow, ...(env.hasPlatform ? uploadOfGone(debit, proof, paidAtMs, env) : [])]
}

/** The debit booked as refused that this result reports as paid; its time must be reported and match to the second. */
function refusedBefore({ car }: LaneState, event: Result, env: LaneEnv): RefusedDebit | null {
  if (event.money !== 'paid') return null
  const offer = car?.suspect?.offer
  const open = [...(offer === undefined ? [] : [offer]), ...env.unsettledOf(event.obuId)]
  if (open.some((one) => isSurelyOf(one, event))) return null
  const refused = env.refusedOf(event.obuId)
  // A B8 without a time belongs to the last C6 of its OBU, unless another C6 is open.
  if (event.type === 'proofResult' && event.proof.timeBcd === null)
    return open.length > 0 ? null : (refused.find((one) => judgeResult(one, event).paid) ?? null)
  return refused.find((one) => isSurelyOf(one, event)) ?? null
}

/**
 * The antenna reports a debit as paid that was booked as refused, for example because the card showed no debit. Nothing is
 * guessed: an open item names both facts, and a car that still stands there is not charged again automatically.
 */
export function contradicted(state: LaneState, event: Result, env: LaneEnv): LaneStep | null {
  const refused = refusedBefore(state, event, env)
  if (refused === null) return null
  const { car } = state
  const source = event.type === 'debitResult' ? 'b5' : 'proof'
  const row = contradictedRow(refused, { source, proof: event.proof }, env.nowMs)
  const effects: LaneEffect[] = [
    { do: 'append', rows: [row], mayFail: true },
    trace('fault', car, 'paidAfterRefused'),
  ]
  const isIts = car?.stayId === refused.stayId && ['searching', 'manual'].includes(state.name)
  if (!isIts || car.pass !== null) return stay(state, ...effects)
  const step = giveUp(state, env, 'outcomeUnknown')
  return { state: step.state, effects: [...effects, ...step.effects] }
}

export function lateResult(state: LaneState, event: Result, env: LaneEnv): LaneStep {
  const against = contradicted(state, event, env)
  if (against !== null) return against
  const { car } = state
  // A result with the time of a C6 belongs to that C6; one without a time to the last C6 sent.
  const open = env.unsettledOf(event.obuId)
  const surely = open.find((one) => isSurelyOf(one, event))
  const offer = car?.suspect?.offer
  const isOwn = offer?.obuId === event.obuId && (surely ?? offer).deductionId === offer.deductionId
  const own = isOwn ? car : null
  const other = own === null ? (surely ?? open[0] ?? null) : null
  const requested = own?.suspect?.offer ?? other
  const note = trace('fault', car, `lateResult ${event.money}`)
  const { clear, misfit } = requested === null ? nothingReceived : judgedResult(event, requested)
  const isOpen = other !== null || (requested !== null && env.isOpenCase(requested.deductionId))
  const tac = clear && isOpen ? [] : tacRows(event, env)
  if (tac.length > 0) return stay(state, { do: 'append', rows: tac, mayFail: true }, note)
  if (requested === null) return stay(state, note)
  const { deductionId } = requested
  const stayId = own?.stayId ?? other?.stayId ?? null
  const reported =
    misfit === null
      ? []
      : misfitEffects(stayId, deductionId, { misfit, reported: event.proof }, env)
  if (!clear) return stay(state, ...reported, note)
  const paid = event.money === 'paid'
  const proof = withTime(requested, event.proof)
  const complete: LaneEffect = { do: 'rsu', command: { do: 'complete', obuId: event.obuId } }
  const effects: LaneEffect[] = [
    ...reported,
    ...(paid && own !== null ? [complete] : []),
    {
      do: 'lateCharge',
      late: {
        deductionId,
        result: paid ? 'paid' : 'refused',
        source: event.type === 'debitResult' ? 'b5' : 'proof',
        reason: paid ? 'paid' : 'late',
        proof: paid ? proof : null,
        followUp: paid ? followUp(own ?? other, proof, env) : [],
        receipt: null,
      },
    },
  ]
  if (own === null) return stay(state, ...effects)
  return stay({ ...state, car: { ...own, suspect: null } }, ...effects)
}

export const lateCells = { debitResult: lateResult, proofResult: lateResult } as const

/** The car left while its C6 was open: books the result and opens no barrier. */
export function resultOfGone(state: LaneState, event: Result | null, env: LaneEnv): LaneStep {
  const car = carOf(state)
  if (event !== null && event.obuId !== car.suspect?.offer.obuId)
    return lateResult(state, event, env)
  const lost: LaneEffect = { do: 'append', rows: [lostRow(car, env, 'backedOut')], mayFail: true }
  const step = event === null ? stay(state, lost) : lateResult(state, event, env)
  if (event !== null && !step.effects.some((e) => e.do === 'lateCharge'))
    return leave(step.state, [lost, ...step.effects, searchOff, trace('fault', car, 'backedOut')])
  return leave(step.state, [...step.effects, searchOff, trace('fault', car, 'backedOut')])
}

const lostRow = (car: Car, env: LaneEnv, reason: string): ReturnType<typeof outcomeRow> =>
  outcomeRow(car, env, { state: 'unknown', source: 'lane', reason })

/** Opened by hand while a C6 is open: the outcome is recorded as unknown until the B5 comes. */
export const openWhileDebiting: Handler<'openByHand'> = (state, event, env) => {
  const step = openByHand(state, event, env)
  const lost = lostRow(carOf(state), env, 'openedByHand')
  return {
    state: step.state,
    effects: [...step.effects, { do: 'append', rows: [lost], mayFail: true }],
  }
}
