// The settlement records of the platform: requests and answers as a fold over rows that the shell keeps on disk. A row
// is appended before its answer is sent; a restart folds them again.
import type { InstantMs } from '#base/pure/values/instant.ts'
import { inMemory, type Shelf, type ShelfMaker } from '#base/pure/values/shelf.ts'
import { isRowOf } from '../../shell/members.ts'
import type { Outcome } from '../answers.ts'
import type { Clearing } from './bill-faults.ts'
import type { Contract } from '../contract.ts'
import { placesOf, stayPlaces, type ChargedCar } from './filed.ts'
import { release, reserve, type ReservedSums } from './reserved.ts'
import {
  changeList,
  emptyAccounts,
  emptyLists,
  everybody,
  keyOf,
  moveBalance,
  setBalance,
  type Accounts,
  type OfApp,
  type StatusLists,
} from './by-application.ts'
import { applyDuty, dutyRowNames, emptyDuty, type DutyRow, type DutyState } from './duty-records.ts'
import { nonceKeepMs } from '../envelope.ts'
import { emptySignedIn, signIn, type SignedIn } from '../signed-in.ts'
import { applyServed, type ServedRow, type ServedState } from './served-records.ts'
import {
  applyOnboarding,
  chargeAgain,
  emptyOnboarding,
  onboardingRowNames,
  type OnboardingRow,
  type OnboardingState,
} from '../onboarding-records.ts'
import {
  accessRowNames,
  applyAccess,
  emptyAccess,
  type AccessRow,
  type AccessState,
} from '../liaoning/access-records.ts'

export const actKinds = [
  'exit-charges',
  'consumptions',
  'refunds',
  'exceptions',
  'sign-ins',
  'authorizations',
  'batches',
  'entry-records',
  'exit-records',
  'plate-records',
  'shift-records',
  'feedback-records',
  'feedback-states',
] as const
export type ActKind = (typeof actKinds)[number]

export type ChargeStatus = 'ACCEPTED' | 'SUCCESS' | 'FAILED' | 'PROCESSING' | 'REFUNDED' | 'CLOSED'
export type RefundStatus = 'PENDING_REVIEW' | 'APPROVED' | 'SUCCESS' | 'REJECTED' | 'ABNORMAL'

/** Facts of a charge for later checks. Times are the record's: business time. */
export interface ChargeFacts extends ChargedCar {
  readonly mode: number
  readonly realFee: number
  readonly tradeNo: string
  readonly offline: boolean
  /** Charged in a lane that signed in as entry, exit or both; absent in older books. */
  readonly isAtGate?: true
  /** Its outcome at the first query. */
  readonly late?: 'SUCCESS' | 'FAILED'
}

/** Facts of an application: reserved amount, vehicle, and the end of its confirmation time. */
export interface ConsumptionFacts extends Pick<
  ChargeFacts,
  'mode' | 'parkId' | 'cardId' | 'vehicle' | 'enMs' | 'exMs'
> {
  readonly holdFee: number
  readonly untilMs: InstantMs
}

export interface ActFacts {
  readonly consumption?: ConsumptionFacts
  readonly charge?: ChargeFacts
  readonly refund?: { readonly outTradeNo: string; readonly refundFee: number }
  /** Members shown in the records of the smaller kinds. */
  readonly shown?: Readonly<Record<string, unknown>>
}

/** One business act with its number and its answer (D.2.8). */
interface ActRow extends ActFacts {
  readonly t: 'act'
  readonly kind: ActKind
  readonly appId: string
  readonly no: string
  readonly bodySm3: string
  readonly atMs: InstantMs
  readonly outcome: Outcome
  readonly status: string
}

export type SettlementRow =
  | ActRow
  | {
      readonly t: 'nonce'
      readonly appId: string
      readonly nonce: string
      readonly atMs: InstantMs
    }
  | {
      readonly t: 'again'
      readonly kind: ActKind
      readonly appId: string
      readonly no: string
      readonly same: boolean
    }
  | {
      readonly t: 'status'
      readonly kind: ActKind
      readonly appId: string
      readonly no: string
      readonly status: string
      readonly review?: Review
    }
  /** Clearing of a charge between banks, for its bill only. */
  | ({ readonly t: 'clearing'; readonly appId: string; readonly no: string } & Clearing)
  | ({ readonly t: 'refused'; readonly kind: string; readonly respCode: string } & OfApp)
  | ({ readonly t: 'heartbeat'; readonly laneNo: string; readonly atMs: InstantMs } & OfApp)
  | ({
      readonly t: 'listed'
      readonly cardNo: string
      readonly listed: boolean
      readonly fromMs: InstantMs
    } & OfApp)
  | ({
      /** Several at once: `first` and the following numbers. */
      readonly t: 'listedMany'
      readonly first: string
      readonly count: number
      readonly fromMs: InstantMs
    } & OfApp)
  | ({ readonly t: 'account'; readonly cardNo: string; readonly balanceFen: number | null } & OfApp)
  | ({ readonly t: 'contract' } & Contract)
  /** Booking by the issuer beside the charge, or its reversal: for tests of reconciliation. */
  | { readonly t: 'booking'; readonly appId: string; readonly no: string; readonly fen: number }
  | ({ readonly t: 'psam'; readonly psamNo: string; readonly status: number } & OfApp)
  | ({
      readonly t: 'authorised'
      readonly psamNo: string
      readonly terminalNo: string
      readonly untilMs: InstantMs
    } & OfApp)
  | DutyRow
  | {
      /** A message to a lot; an invalid one is sent as it is. */
      readonly t: 'feedback'
      readonly appId: string
      readonly message: Readonly<Record<string, unknown>>
    }
  | ServedRow
  | OnboardingRow
  | AccessRow

export const isSettlementRow = isRowOf<SettlementRow>([
  'act',
  'nonce',
  'again',
  'status',
  'clearing',
  'refused',
  'heartbeat',
  'listed',
  'listedMany',
  'account',
  'contract',
  'booking',
  'psam',
  'authorised',
  'feedback',
  'served',
  ...dutyRowNames,
  ...onboardingRowNames,
  ...accessRowNames,
])

/** A person's judgement of a refund (8.3.2 e). */
interface Review {
  readonly by: string
  readonly reason: string
  readonly atMs: InstantMs
}

/** The present state of an act. */
export interface Act {
  readonly row: ActRow
  status: string
  review?: Review
  requests: number
  refundedFen: number
  /** Absent: cleared on its own day. */
  clearing?: Clearing
}

export interface PlatformState {
  readonly acts: ReadonlyMap<ActKind, Shelf<Act>>
  /** Keys of acts by place (filed.ts). */
  readonly filed: Shelf<string[]>
  /** What applications may still charge, by account. */
  readonly reserved: ReservedSums
  readonly nonces: Map<string, InstantMs>
  readonly lists: StatusLists
  readonly accounts: Accounts
  /** By card and by OBU. */
  readonly contracts: Map<string, Contract>
  /** Fen that the issuer booked for each charge, written where the money moves and never copied from the charge. */
  readonly booked: Shelf<number>
  readonly signedIn: SignedIn
  readonly psams: Map<string, number>
  readonly authorised: Map<string, InstantMs>
  /** By channel, interface and code; repeats with the same body, and with another one, by channel and kind. */
  readonly refused: Map<string, number>
  readonly repeats: Map<string, number>
  readonly clashes: Map<string, number>
  /** By channel; trade numbers, too, so that none shows how many another channel had. */
  readonly heartbeats: Map<string, number>
  readonly trades: Map<string, number>
  readonly duty: DutyState
  /** Messages to each channel, in their order. */
  readonly feedback: Map<string, readonly Readonly<Record<string, unknown>>[]>
  /** Requests to the issuer, by channel. */
  readonly served: ServedState
  readonly onboarding: OnboardingState
  /** State of the access platform in front, where the province has one. */
  readonly access: AccessState
}

export const emptyState = (shelf: ShelfMaker = inMemory): PlatformState => ({
  acts: new Map(actKinds.map((kind) => [kind, shelf<Act>()])),
  filed: shelf(),
  reserved: new Map(),
  nonces: new Map(),
  lists: emptyLists(),
  accounts: emptyAccounts(),
  contracts: new Map(),
  booked: shelf(),
  signedIn: emptySignedIn(),
  psams: new Map(),
  authorised: new Map(),
  refused: new Map(),
  repeats: new Map(),
  clashes: new Map(),
  heartbeats: new Map(),
  trades: new Map(),
  duty: emptyDuty(),
  feedback: new Map(),
  served: new Map(),
  onboarding: emptyOnboarding(),
  access: emptyAccess(),
})

const bump = <K>(counts: Map<K, number>, key: K): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

export const actOf = (
  state: PlatformState,
  kind: ActKind,
  appId: string,
  no: string,
): Act | undefined => state.acts.get(kind)?.get(keyOf(appId, no))

/** The acts of one channel, in order of arrival. */
export const actsOf = (state: PlatformState, kind: ActKind, appId: string): readonly Act[] =>
  [...(state.acts.get(kind)?.values() ?? [])].filter(({ row }) => row.appId === appId)

const put = (state: PlatformState, act: Act): void => {
  state.acts.get(act.row.kind)?.set(keyOf(act.row.appId, act.row.no), act)
}

/** The acts of one place, in order of arrival. */
export const actsAt = (state: PlatformState, kind: ActKind, place: string): readonly Act[] =>
  (state.filed.get(place) ?? []).flatMap((key) => state.acts.get(kind)?.get(key) ?? [])

/** Live charges that may be of the same stay: each once. */
export const chargesNear = (
  state: PlatformState,
  appId: string,
  car: Parameters<typeof stayPlaces>[1],
): readonly Act[] =>
  [
    ...new Set(stayPlaces(appId, car).flatMap((place) => actsAt(state, 'exit-charges', place))),
  ].filter(isLive)

/** Whether a charge took money and so counts for filters and totals. */
export const isLive = (act: Act): boolean => act.status !== 'FAILED' && act.status !== 'CLOSED'

function applyCharge(state: PlatformState, act: Act, charge: ChargeFacts): void {
  const { appId, no } = act.row
  bump(state.trades, appId)
  if (act.status === 'SUCCESS') posted(state, keyOf(appId, no), charge.realFee)
  if (charge.mode === 2 && act.status === 'SUCCESS')
    move(state, appId, charge.cardId, -charge.realFee)
}

const posted = (state: PlatformState, key: string, byFen: number): void => {
  state.booked.set(key, (state.booked.get(key) ?? 0) + byFen)
}

/** Cards without an account have no limit: tests create accounts. */
const move = (
  { accounts }: PlatformState,
  appId: string,
  cardNo: string | null,
  byFen: number,
): void => {
  if (cardNo !== null) moveBalance(accounts, appId, cardNo, byFen)
}

function applyStatus(state: PlatformState, act: Act, status: string, review?: Review): void {
  const before = act.status
  if (review !== undefined) act.review = review
  act.status = status
  put(state, act)
  const { charge, consumption, refund, appId, no } = act.row
  if (consumption) release(state.reserved, appId, consumption.cardId, (one) => one.no !== no)
  if (charge && status === 'SUCCESS' && before !== 'SUCCESS' && before !== 'REFUNDED')
    posted(state, keyOf(appId, no), charge.realFee)
  if (charge?.mode === 2 && status === 'SUCCESS' && before !== 'REFUNDED') {
    if (before !== 'SUCCESS') move(state, appId, charge.cardId, -charge.realFee)
  }
  if (refund && status === 'SUCCESS' && before !== 'SUCCESS') giveBack(state, appId, refund)
}

function giveBack(
  state: PlatformState,
  appId: string,
  refund: { readonly outTradeNo: string; readonly refundFee: number },
): void {
  const act = actOf(state, 'exit-charges', appId, refund.outTradeNo)
  if (!act?.row.charge) return
  act.refundedFen += refund.refundFee
  posted(state, keyOf(appId, refund.outTradeNo), -refund.refundFee)
  move(state, appId, act.row.charge.cardId, refund.refundFee)
  if (act.refundedFen >= act.row.charge.realFee) act.status = 'REFUNDED'
  put(state, act)
}

function applyAct(state: PlatformState, row: ActRow): void {
  const act: Act = { row, status: row.status, requests: 1, refundedFen: 0 }
  put(state, act)
  for (const place of placesOf(row)) {
    const keys = state.filed.get(place) ?? []
    keys.push(keyOf(row.appId, row.no))
    state.filed.set(place, keys)
  }
  if (row.consumption && row.status === 'ALLOWED') reserve(state.reserved, row, row.consumption)
  if (row.charge) applyCharge(state, act, row.charge)
  if (row.refund && row.status === 'SUCCESS') giveBack(state, row.appId, row.refund)
  if (row.kind === 'sign-ins' || row.kind === 'authorizations')
    signIn(state.signedIn, row.appId, row.shown ?? {})
}

function applyIssuer(
  state: PlatformState,
  row: Extract<SettlementRow, { t: 'contract' | 'booking' | 'clearing' }>,
): void {
  if (row.t === 'clearing') {
    const act = actOf(state, 'exit-charges', row.appId, row.no)
    if (act === undefined) return
    act.clearing = { status: row.status, accountDate: row.accountDate }
    return put(state, act)
  }
  if (row.t === 'booking') return posted(state, keyOf(row.appId, row.no), row.fen)
  const { t: _, ...contract } = row
  for (const no of [row.cardNo, row.obuId ?? '']) if (no !== '') state.contracts.set(no, contract)
}

/** Changes the state by one row; the same at run time and after a restart. */
export function applyRow(state: PlatformState, row: SettlementRow): void {
  switch (row.t) {
    case 'act':
      return applyAct(state, row)
    case 'nonce':
      state.nonces.set(keyOf(row.appId, row.nonce), row.atMs)
      return
    case 'again': {
      bump(row.same ? state.repeats : state.clashes, keyOf(row.appId, row.kind))
      if (row.same && row.kind === 'exit-charges') chargeAgain(state.onboarding, row.appId, row.no)
      const act = actOf(state, row.kind, row.appId, row.no)
      if (act === undefined) return
      act.requests++
      put(state, act)
      return
    }
    case 'status': {
      const act = actOf(state, row.kind, row.appId, row.no)
      return act && applyStatus(state, act, row.status, row.review)
    }
    case 'refused':
      return bump(state.refused, keyOf(row.appId ?? everybody, `${row.kind} ${row.respCode}`))
    case 'heartbeat':
      return bump(state.heartbeats, row.appId ?? everybody)
    case 'listed': {
      const { cardNo, listed, fromMs } = row
      return changeList(state.lists, row.appId ?? everybody, { cardNo, listed, fromMs })
    }
    case 'listedMany':
      for (let n = 0; n < row.count; n++) {
        const cardNo = String(BigInt(row.first) + BigInt(n)).padStart(row.first.length, '0')
        const one = { cardNo, listed: true, fromMs: row.fromMs }
        changeList(state.lists, row.appId ?? everybody, one)
      }
      return
    case 'account':
      return setBalance(state.accounts, row.appId ?? everybody, row.cardNo, row.balanceFen)
    case 'contract':
    case 'booking':
    case 'clearing':
      return applyIssuer(state, row)
    case 'psam':
      state.psams.set(keyOf(row.appId ?? everybody, row.psamNo), row.status)
      return
    case 'authorised':
      state.authorised.set(keyOf(row.appId ?? everybody, row.terminalNo), row.untilMs)
      return
    case 'plan':
    case 'configuration':
      return applyDuty(state.duty, row)
    case 'feedback':
      state.feedback.set(row.appId, [...(state.feedback.get(row.appId) ?? []), row.message])
      return
    case 'served':
      return applyServed(state.served, row)
    case 'stopped':
    case 'mended':
    case 'addresses':
    case 'networks':
      return applyAccess(state.access, row)
    default:
      return applyOnboarding(state.onboarding, row)
  }
}

/** Forgets nonces older than the window. Insertion order is time order, so it stops early. */
export function forgetNonces(state: PlatformState, nowMs: InstantMs): void {
  for (const [key, atMs] of state.nonces) {
    if (nowMs - atMs <= nonceKeepMs) return
    state.nonces.delete(key)
  }
}
