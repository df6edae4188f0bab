// What an item of appendices E to I is judged by: rows of the ledger, frames of antennas, accesses to the platform, and what the
// platform itself answers about a number. All of it was written by others than the judge; nothing here says "it did not throw".
import type { BilingualText } from '../core/values/fault-text.ts'
import type { Fen } from '../core/values/fen.ts'
import type { InstantMs } from '../core/values/instant.ts'
import type { ChargeMode, DestinationName, LedgerRow } from '../core/values/rows/ledger-row.ts'
import { baseRules } from '../core/values/rules/packs.ts'
import type { Rules } from '../core/values/rules/rule-pack.ts'

/** One frame of an antenna at a passage, as it was read from its link. */
export interface FrameFact {
  readonly stayId: string
  readonly laneId: string
  readonly atIso: string
  readonly direction: 'in' | 'out'
  /** Two hex digits. */
  readonly type: string
  readonly hex: string
  readonly fields: Readonly<Record<string, unknown>>
}

/** What the platform says of a business number, asked for by a signed query after the act. */
export interface PlatformWord {
  readonly kind: 'charge' | 'refund'
  readonly businessNo: string
  /** `unasked`: it did not answer in a way that can be believed. */
  readonly says: 'has' | 'hasNot' | 'unasked'
  readonly state: string
  readonly amountFen: Fen | null
}

/** Platforms that tables G.1 and H.1 name. */
export type PlatformName = DestinationName | 'etcOperator'

export interface AccessFact {
  readonly atIso: string
  readonly interfaceId: string
  readonly status: number | null
  readonly respCode: string | null
  readonly requestId: string | null
  /** Its status is a success, and its code an error; absent in lines of before. */
  readonly isRefused?: true
  /** Absent in lines of before. */
  readonly tookMs?: number
  /** Which platform of the lot; absent in lines of before, which show nothing of any. */
  readonly destination?: PlatformName
  /** Of a heartbeat the lane that it shows, of a sign-in the lane that asked; absent in lines of before. */
  readonly laneId?: string
}

/** What the lot declares of an OBU that it is tested with. */
export interface TestObu {
  readonly obuId: string
  readonly pieces: 1 | 2
}

interface LaneFact {
  readonly laneId: string
  readonly direction: 'entry' | 'exit'
  readonly hasAntenna: boolean
}

/** Services of table I.1, in its order. */
export type IssuerKind =
  | 'contractNo'
  | 'statusCheck'
  | 'charge'
  | 'refund'
  | 'query'
  | 'bookkeeping'
  | 'bill'
  | 'reconciliation'

/** A line of the issuer's books. */
export interface IssuerFact {
  readonly kind: IssuerKind
  readonly ok: boolean
  readonly ref: string
  readonly text: string
}

/** Acts of a person on a way through the window, as they were counted at a build of this program (docs/usability.md). */
export type ActCounts = Readonly<Record<'setup' | 'mouse' | 'keys' | 'survey', number>>

export interface AcceptanceFacts {
  /** What the lot is judged by. */
  readonly rules: Rules
  readonly chargeMode: ChargeMode
  readonly lanes: readonly LaneFact[]
  readonly testObus: readonly TestObu[]
  /** That the lot has joined, and the one that a run is aimed at. */
  readonly platforms: readonly PlatformName[]
  /** That its dialect has, by their ids. */
  readonly interfaces: readonly string[]
  readonly nowMs: InstantMs
  /** Of the time that is judged, in their order. */
  readonly rows: readonly LedgerRow[]
  /** Of the time before it, what still holds in it: sign-ins of some days, and the orders of charges. */
  readonly before: readonly LedgerRow[]
  /** Where the time that is judged begins: a day that it does not have whole is no day of it. */
  readonly fromMs: InstantMs
  readonly frames: readonly FrameFact[]
  readonly accesses: readonly AccessFact[]
  readonly words: readonly PlatformWord[]
  /** Why the platform was not asked; null where it was. */
  readonly unasked: BilingualText | null
  /** Null where nobody shows them: on every real platform. */
  readonly issuer: readonly IssuerFact[] | null
  /** Null: nobody counted. */
  readonly acts: ActCounts | null
}

/** Nothing was seen yet. */
export const noFacts: AcceptanceFacts = {
  rules: baseRules,
  chargeMode: 'card',
  lanes: [],
  testObus: [],
  platforms: [],
  interfaces: [],
  nowMs: 0,
  rows: [],
  before: [],
  fromMs: 0,
  frames: [],
  accesses: [],
  words: [],
  unasked: null,
  issuer: null,
  acts: null,
}
