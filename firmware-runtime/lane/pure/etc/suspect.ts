// The suspect settlement of rsu-interface.md 5.1: what became of a C6 without a clear answer.
// Proof first (C8), then the same OBU read again, then a person. Never a second charge or a guess.
import type { Fen } from '#base/pure/values/fen.ts'
import type { DebitProof } from '#base/pure/rows/ledger-row.ts'
import {
  isPurse,
  judgeResult,
  proofOfEvidence,
  withCounters,
  withTime,
} from '#devices/pure/charge/judge-result.ts'
import type { RequestedDebit, Evidence, Misfit } from '#devices/pure/charge/judge-result.ts'
import {
  noTimer,
  type Step,
  timer,
  type TimerEffect,
  type TimerEvent,
} from '#base/pure/values/step.ts'
import type { MoneyState, RsuEvent } from '#devices/pure/etc/rsu.ts'

type SuspectPhase =
  | 'OFFERED'
  | 'CONFIRMED'
  | 'REFUSED'
  | 'SUSPECT'
  | 'RESOLVED-PAID'
  | 'RESOLVED-UNPAID'
  | 'MANUAL'

/** Data made durable before C6 left (ledger row `armed`). */
export interface DebitOffer extends RequestedDebit {
  readonly deductionId: string
  readonly obuId: string
  readonly cardNo: string
  /** File 0019 as read before, and as C6 writes it; 36 to 43 bytes each, hex. */
  readonly station0019Hex: string
  readonly writeHex: string
  /** Purse serial to ask the proof for; null lets the RSU use its own (open question 4 of 10). */
  readonly proofSerial: number | null
  readonly canFetchProof: boolean
  /** An RSU that has reported the OBU keeps silent about it for this long; absent: not at all. */
  readonly rereadSilenceMs?: number
}

export interface SuspectState {
  readonly phase: SuspectPhase
  readonly offer: DebitOffer
  /** What a SUSPECT case waits for: B8, the OBU again, or the link before either. */
  readonly asking: 'nothing' | 'link' | 'proof' | 'obu'
  readonly proofTried: boolean
  /** Proofs of results that did not fit the C6: the card may yet show that one of them is its. */
  readonly doubted: readonly DebitProof[]
}

/** Events of the RSU pass through unchanged. */
export type SuspectEvent =
  | RsuEvent
  | TimerEvent
  /** C6 could not be written, or the runtime started again with this C6 open. */
  | { readonly type: 'outcomeLost'; readonly rsuUp: boolean }
  | { readonly type: 'vehicleGone' }
  | { readonly type: 'personDecides'; readonly paid: boolean; readonly reason: string }

type SuspectSource = 'b5' | 'proof' | 'evidence' | 'person'

export type SuspectEffect =
  | TimerEffect
  | { readonly do: 'fetchProof'; readonly obuId: string; readonly cardSerial: number }
  /** Antenna on again, for this OBU only, until the timer `suspect`. */
  | { readonly do: 'searchAgain'; readonly obuId: string }
  | {
      readonly do: 'settle'
      readonly paid: boolean
      readonly source: SuspectSource
      readonly reason: string
      /** Null: proven by balance and file 0019, or by a person, without a TAC. */
      readonly proof: DebitProof | null
      /** Fen lost by the purse, where that is more than requested. */
      readonly takenFen?: Fen
    }
  /** A result does not match its C6; `misfit` says in what. */
  | { readonly do: 'alarm'; readonly misfit: Misfit; readonly reported: DebitProof }
  | { readonly do: 'manual'; readonly reason: string }
  /** The opposite of a settled result arrived: a person must decide (a refund, or a payment that was not made). */
  | { readonly do: 'contradiction'; readonly reported: MoneyState; readonly proof: DebitProof }

type SuspectStep = Step<SuspectState, SuspectEffect>

/** Time in ms for which the antenna searches the same OBU again (5.1, check 2), once the RSU may report it. */
const searchAgainMs = 10_000

export const offerDebit = (offer: DebitOffer): SuspectState => ({
  phase: 'OFFERED',
  offer,
  asking: 'nothing',
  proofTried: false,
  doubted: [],
})

export const isSettled = ({ phase }: SuspectState): boolean =>
  phase === 'CONFIRMED' ||
  phase === 'REFUSED' ||
  phase === 'RESOLVED-PAID' ||
  phase === 'RESOLVED-UNPAID'

const same = (state: SuspectState): SuspectStep => ({ state, effects: [] })

type Settle = Extract<SuspectEffect, { do: 'settle' }>

function settle(
  state: SuspectState,
  how: Omit<Settle, 'do' | 'proof'> & { readonly proof?: DebitProof | null },
): SuspectStep {
  const direct = how.paid ? 'CONFIRMED' : 'REFUSED'
  const resolved = how.paid ? 'RESOLVED-PAID' : 'RESOLVED-UNPAID'
  const phase = state.phase === 'OFFERED' ? direct : resolved
  return {
    state: { ...state, phase, asking: 'nothing' },
    effects: [noTimer('suspect'), { do: 'settle', proof: null, ...how }],
  }
}

const toManual = (state: SuspectState, reason: string): SuspectStep =>
  state.phase === 'MANUAL'
    ? same(state)
    : {
        state: { ...state, phase: 'MANUAL', asking: 'nothing' },
        effects: [noTimer('suspect'), { do: 'manual', reason }],
      }

/** Total time for a new report of the same OBU: an RSU may first have to end its silence about it. */
const searchMs = ({ offer }: SuspectState): number => searchAgainMs + (offer.rereadSilenceMs ?? 0)

const searchAgain = (state: SuspectState): SuspectStep => ({
  state: { ...state, phase: 'SUSPECT', asking: 'obu' },
  effects: [{ do: 'searchAgain', obuId: state.offer.obuId }, timer('suspect', searchMs(state))],
})

/** Check 1, before any other OBU is handled; without it, or after it, check 2. */
function investigate(state: SuspectState): SuspectStep {
  const { offer } = state
  if (!offer.canFetchProof || state.proofTried) return searchAgain(state)
  return {
    state: { ...state, phase: 'SUSPECT', asking: 'proof', proofTried: true },
    effects: [
      { do: 'fetchProof', obuId: offer.obuId, cardSerial: offer.proofSerial ?? 0 },
      timer('suspect', searchAgainMs),
    ],
  }
}

/** Waits for the link, for a limited time, before anything can be requested. */
const waitForLink = (state: SuspectState): SuspectStep => ({
  state: { ...state, phase: 'SUSPECT', asking: 'link' },
  effects: [timer('suspect', searchAgainMs)],
})

const headBytes = 'AA2900'

/** The record without its 3-byte head: 36 to 40 bytes, the same in every interface (4.3). */
const record = (hex: string): string =>
  hex.length === 2 * 43 || hex.length === 2 * 39 ? hex.slice(headBytes.length) : hex
/** Network 2, station 2, lane 1, time 4, class 1, status 1: what a write of ours shows. */
const signature = (hex: string): string => record(hex).slice(0, 22)

function sameRecord(a: string, b: string): boolean {
  const length = Math.min(record(a).length, record(b).length)
  return length >= 72 && record(a).slice(0, length) === record(b).slice(0, length)
}

/** Check 2: what the card says now. Null is a contradiction, for a person to decide. */
export function judgeEvidence(
  offer: RequestedDebit & Pick<DebitOffer, 'station0019Hex' | 'writeHex'>,
  balanceFen: Fen,
  station0019Hex: string,
): Evidence | null {
  const ours =
    signature(station0019Hex) === signature(offer.writeHex) &&
    signature(offer.station0019Hex) !== signature(offer.writeHex)
  const unchanged = sameRecord(station0019Hex, offer.station0019Hex)
  if (ours === unchanged) return null
  // A credit card shows no purse and a zero-fen write moves nothing: 0019 alone decides.
  if (!isPurse(offer)) return ours ? { paid: true, takenFen: offer.amountFen } : { paid: false }
  const takenFen = offer.balanceBeforeFen - balanceFen
  if (!ours) return takenFen === 0 ? { paid: false } : null
  return takenFen >= offer.amountFen ? { paid: true, takenFen } : null
}

type CardRead = Extract<RsuEvent, { type: 'cardRead' }>

function takeEvidence(state: SuspectState, event: CardRead): SuspectStep {
  const { offer, doubted } = state
  if (event.obu.obuId !== offer.obuId) return same(state)
  if (event.card.cardNo !== offer.cardNo) return toManual(state, 'anotherCardInTheObu')
  const shown = judgeEvidence(offer, event.balanceFen, event.station0019Hex)
  if (shown === null) return toManual(state, 'evidenceContradictory')
  if (!shown.paid)
    return settle(state, { paid: false, source: 'evidence', reason: 'cardUnchanged' })
  const { takenFen } = shown
  return settle(state, {
    paid: true,
    source: 'evidence',
    reason: takenFen > offer.amountFen ? 'cardShowsMore' : 'cardShowsDebit',
    proof: proofOfEvidence(offer, doubted, event.balanceFen),
    ...(takenFen > offer.amountFen ? { takenFen } : {}),
  })
}

type DebitResult = Extract<RsuEvent, { type: 'debitResult' }>
type ProofResult = Extract<RsuEvent, { type: 'proofResult' }>

const alarm = (misfit: Misfit, reported: DebitProof): SuspectEffect => ({
  do: 'alarm',
  misfit,
  reported,
})

const doubt = (state: SuspectState, proof: DebitProof): SuspectState => ({
  ...state,
  doubted: [...state.doubted, proof],
})

/** The effects of a step behind one that comes first. */
const after = (first: SuspectEffect, { state, effects }: SuspectStep): SuspectStep => ({
  state,
  effects: [first, ...effects],
})

function takeProof(state: SuspectState, event: ProofResult): SuspectStep {
  const { offer } = state
  const proof = withTime(offer, event.proof)
  const reported = event.money === 'paid' && proof.tac !== null
  if (reported && judgeResult(offer, event).paid)
    return settle(state, {
      paid: true,
      source: 'proof',
      reason: 'proofFetched',
      proof: withCounters(proof, state.doubted),
    })
  // The purse did not change by the amount, so it did not pay: the TAC may belong to another transaction.
  const next = reported ? doubt(state, proof) : state
  return state.asking === 'proof' ? searchAgain(next) : same(next)
}

function takePaid(state: SuspectState, event: DebitResult): SuspectStep {
  const { paid, alarm: misfit } = judgeResult(state.offer, event)
  const proof = withTime(state.offer, event.proof)
  if (misfit === null) return settle(state, { paid: true, source: 'b5', reason: 'b5Paid', proof })
  const alarmed = alarm(misfit, proof)
  if (paid) return after(alarmed, settle(state, { paid, source: 'b5', reason: misfit, proof }))
  const next = doubt(state, proof)
  return after(alarmed, state.phase === 'OFFERED' ? investigate(next) : same(next))
}

function takeResult(state: SuspectState, event: DebitResult): SuspectStep {
  if (event.money === 'paid') return takePaid(state, event)
  if (event.money === 'unpaid')
    return settle(state, { paid: false, source: 'b5', reason: event.reason ?? 'b5Unpaid' })
  return state.phase === 'OFFERED' ? investigate(state) : same(state)
}

function takeSettled(state: SuspectState, event: SuspectEvent): SuspectStep {
  if (event.type !== 'debitResult' && event.type !== 'proofResult') return same(state)
  if (event.obuId !== state.offer.obuId || event.money === 'unknown') return same(state)
  const paid = state.phase === 'CONFIRMED' || state.phase === 'RESOLVED-PAID'
  if ((event.money === 'paid') === paid) return same(state)
  if (event.money === 'paid' && !judgeResult(state.offer, event).paid) return same(state)
  return { state, effects: [{ do: 'contradiction', reported: event.money, proof: event.proof }] }
}

function takeLink(state: SuspectState, up: boolean): SuspectStep {
  if (state.phase === 'MANUAL') return same(state)
  if (!up) return state.asking === 'link' ? same(state) : waitForLink(state)
  return state.asking === 'link' ? investigate(state) : same(state)
}

/** Events of other OBUs, and anything unlisted, leave the case as it is. */
export function stepSuspect(state: SuspectState, event: SuspectEvent): SuspectStep {
  if (isSettled(state)) return takeSettled(state, event)
  switch (event.type) {
    case 'debitResult':
      return event.obuId === state.offer.obuId ? takeResult(state, event) : same(state)
    case 'proofResult':
      return event.obuId === state.offer.obuId ? takeProof(state, event) : same(state)
    case 'cardRead':
      return state.phase === 'OFFERED' ? same(state) : takeEvidence(state, event)
    case 'outcomeLost':
      if (state.phase !== 'OFFERED') return same(state)
      return event.rsuUp ? investigate(state) : waitForLink(state)
    case 'rsuDown':
      return takeLink(state, false)
    case 'rsuUp':
      return takeLink(state, true)
    case 'timer':
      return event.name === 'suspect' && state.phase === 'SUSPECT'
        ? toManual(state, 'obuNotFoundAgain')
        : same(state)
    // While the C6 is still open its B5, or its time-out, comes first.
    case 'vehicleGone':
      return state.phase === 'OFFERED' ? same(state) : toManual(state, 'vehicleGone')
    case 'personDecides':
      if (state.phase === 'OFFERED') return same(state)
      return settle(state, { paid: event.paid, source: 'person', reason: event.reason })
    default:
      return same(state)
  }
}
