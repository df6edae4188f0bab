// The suspect settlement of rsu-interface.md 5.1: what became of a C6 without a clear answer.
// Proof first (C8), then the same OBU read again, then a person. Never a second charge or a guess.
import type { Fen } from '../values/fen.ts'
import type { DebitProof } from '../values/ledger-row.ts'
import { noTimer, timer } from '../values/step.ts'
import type { Step, TimerEffect, TimerEvent } from '../values/step.ts'
import type { MoneyState, RsuEvent } from './rsu.ts'

export type SuspectPhase =
  'OFFERED' | 'CONFIRMED' | 'REFUSED' | 'SUSPECT' | 'RESOLVED-PAID' | 'RESOLVED-UNPAID' | 'MANUAL'

/** What was made durable before C6 left (ledger row `armed`). */
export interface DebitOffer {
  readonly deductionId: string
  readonly obuId: string
  readonly cardNo: string
  /** 22 stored value, 23 credit. */
  readonly cardType: number
  readonly amountFen: Fen
  readonly balanceBeforeFen: Fen
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
  /** What a SUSPECT waits for now: B8, the OBU again, or the link before either. */
  readonly asking: 'nothing' | 'link' | 'proof' | 'obu'
  readonly proofTried: boolean
}

/** Events of the RSU pass through unchanged. */
export type SuspectEvent =
  | RsuEvent
  | TimerEvent
  /** C6 could not be written, or the runtime started again with this C6 open. */
  | { readonly type: 'outcomeLost'; readonly rsuUp: boolean }
  | { readonly type: 'vehicleGone' }
  | { readonly type: 'personDecides'; readonly paid: boolean; readonly reason: string }

export type SuspectSource = 'b5' | 'proof' | 'evidence' | 'person'

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
    }
  | { readonly do: 'manual'; readonly reason: string }
  /** A settled case hears the opposite: a person must look (refund, or a payment that was none). */
  | { readonly do: 'contradiction'; readonly told: MoneyState; readonly proof: DebitProof }

export type SuspectStep = Step<SuspectState, SuspectEffect>

/** How long the antenna looks for the same OBU again (5.1, check 2), once it may be told. */
export const searchAgainMs = 10_000
const storedValueCard = 22

export const offerDebit = (offer: DebitOffer): SuspectState => ({
  phase: 'OFFERED',
  offer,
  asking: 'nothing',
  proofTried: false,
})

export const isSettled = ({ phase }: SuspectState): boolean =>
  phase === 'CONFIRMED' ||
  phase === 'REFUSED' ||
  phase === 'RESOLVED-PAID' ||
  phase === 'RESOLVED-UNPAID'

const same = (state: SuspectState): SuspectStep => ({ state, effects: [] })

function settle(
  state: SuspectState,
  paid: boolean,
  source: SuspectSource,
  reason: string,
  proof: DebitProof | null,
): SuspectStep {
  const direct = paid ? 'CONFIRMED' : 'REFUSED'
  const resolved = paid ? 'RESOLVED-PAID' : 'RESOLVED-UNPAID'
  const phase = state.phase === 'OFFERED' ? direct : resolved
  return {
    state: { ...state, phase, asking: 'nothing' },
    effects: [noTimer('suspect'), { do: 'settle', paid, source, reason, proof }],
  }
}

const toManual = (state: SuspectState, reason: string): SuspectStep =>
  state.phase === 'MANUAL'
    ? same(state)
    : {
        state: { ...state, phase: 'MANUAL', asking: 'nothing' },
        effects: [noTimer('suspect'), { do: 'manual', reason }],
      }

/** Time for the same OBU to be told again: an RSU may first have to stop keeping silent about it. */
const searchMs = ({ offer }: SuspectState): number => searchAgainMs + (offer.rereadSilenceMs ?? 0)

function searchAgain(state: SuspectState): SuspectStep {
  return {
    state: { ...state, phase: 'SUSPECT', asking: 'obu' },
    effects: [{ do: 'searchAgain', obuId: state.offer.obuId }, timer('suspect', searchMs(state))],
  }
}

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

/** The link must come back before anything can be asked; the time for that is bounded, too. */
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
  offer: DebitOffer,
  balanceFen: Fen,
  station0019Hex: string,
): boolean | null {
  const ours =
    signature(station0019Hex) === signature(offer.writeHex) &&
    signature(offer.station0019Hex) !== signature(offer.writeHex)
  const unchanged = sameRecord(station0019Hex, offer.station0019Hex)
  if (ours === unchanged) return null
  // A credit card shows constants and a zero-fen write moves nothing: 0019 alone decides.
  if (offer.cardType !== storedValueCard || offer.amountFen === 0) return ours
  const expected = ours ? offer.balanceBeforeFen - offer.amountFen : offer.balanceBeforeFen
  return balanceFen === expected ? ours : null
}

type CardRead = Extract<RsuEvent, { type: 'cardRead' }>

function takeEvidence(state: SuspectState, event: CardRead): SuspectStep {
  const { offer } = state
  if (event.obu.obuId !== offer.obuId) return same(state)
  if (event.card.cardNo !== offer.cardNo) return toManual(state, 'anotherCardInTheObu')
  const paid = judgeEvidence(offer, event.balanceFen, event.station0019Hex)
  if (paid === null) return toManual(state, 'evidenceContradictory')
  return settle(state, paid, 'evidence', paid ? 'cardShowsDebit' : 'cardUnchanged', null)
}

type DebitResult = Extract<RsuEvent, { type: 'debitResult' }>
type ProofResult = Extract<RsuEvent, { type: 'proofResult' }>

/** A purse that did not move cannot have paid: then the TAC is that of an older transaction. */
function proofFitsBalance(offer: DebitOffer, { balanceAfterFen }: DebitProof): boolean {
  if (balanceAfterFen === null || offer.cardType !== storedValueCard) return true
  return balanceAfterFen === offer.balanceBeforeFen - offer.amountFen
}

function takeProof(state: SuspectState, event: ProofResult): SuspectStep {
  const { offer } = state
  if (event.money === 'paid' && event.proof.tac !== null && proofFitsBalance(offer, event.proof))
    return settle(state, true, 'proof', 'proofFetched', event.proof)
  return state.asking === 'proof' ? searchAgain(state) : same(state)
}

function takeResult(state: SuspectState, event: DebitResult): SuspectStep {
  if (event.money === 'paid') return settle(state, true, 'b5', 'b5Paid', event.proof)
  if (event.money === 'unpaid') return settle(state, false, 'b5', event.reason ?? 'b5Unpaid', null)
  return state.phase === 'OFFERED' ? investigate(state) : same(state)
}

function takeSettled(state: SuspectState, event: SuspectEvent): SuspectStep {
  if (event.type !== 'debitResult' && event.type !== 'proofResult') return same(state)
  if (event.obuId !== state.offer.obuId || event.money === 'unknown') return same(state)
  const paid = state.phase === 'CONFIRMED' || state.phase === 'RESOLVED-PAID'
  if ((event.money === 'paid') === paid) return same(state)
  return {
    state,
    effects: [{ do: 'contradiction', told: event.money, proof: event.proof }],
  }
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
      return settle(state, event.paid, 'person', event.reason, null)
    default:
      return same(state)
  }
}
