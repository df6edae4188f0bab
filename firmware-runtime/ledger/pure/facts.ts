// The facts by which items of appendices E to I are judged: ledger rows, antenna frames, accesses to the platform, and
// the platform's own answer about a business number. None of them is made by the judge itself.
import type { BilingualText } from '#base/pure/words/fault-text.ts'
import type { Fen } from '#base/pure/values/fen.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { ChargeMode, DestinationName, LedgerRow } from '#base/pure/rows/ledger-row.ts'
import type { Past } from './past-facts.ts'
import { baseRules } from '#base/pure/rules/packs.ts'
import type { Rules } from '#base/pure/rules/rule-pack.ts'

/** One antenna frame of a passage, as read from the link. */
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

/** The platform's answer about a business number, to a signed query sent after the act. */
export interface PlatformWord {
  readonly kind: 'charge' | 'refund'
  readonly businessNo: string
  /** `unasked`: no answer, or none that is proven to be the platform's. */
  readonly says: 'has' | 'hasNot' | 'unasked'
  readonly state: string
  readonly amountFen: Fen | null
}

/** Platforms named in tables G.1 and H.1. */
export type PlatformName = DestinationName | 'etcOperator'

export interface AccessFact {
  readonly atIso: string
  readonly interfaceId: string
  /** Of the interface, from the dialect of the platform; absent in the log itself. */
  readonly name?: BilingualText
  readonly status: number | null
  readonly respCode: string | null
  readonly requestId: string | null
  /** True when the HTTP status is a success and the code in the body an error; lines of former versions have none. */
  readonly isRefused?: true
  /** Absent in lines of former versions. */
  readonly tookMs?: number
  /** The platform accessed; absent in log lines of older versions, which prove nothing about any platform. */
  readonly destination?: PlatformName
  /** Heartbeat: the lane it reports; sign-in: the lane that asked. Absent in log lines of older versions. */
  readonly laneId?: string
}

/** An OBU that the lot declares for its tests. */
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

/** An entry in the issuer's books. */
export interface IssuerFact {
  readonly kind: IssuerKind
  readonly ok: boolean
  /** Contract, number of the charge, day, or number of the request. */
  readonly ref: string
  readonly text: string
  /** Of a contract: the numbers found by card and by OBU; null: none was found. */
  readonly contractNos?: readonly (string | null)[] | undefined
  /** Of a request: HTTP status, and the kind of its answer; `refused`: by the business, as for a poor card. */
  readonly status?: number | undefined
  readonly answer?: 'success' | 'refused' | 'fault' | undefined
  /** Of a booking or a day: what was charged, and what was booked. */
  readonly chargedFen?: Fen | undefined
  readonly bookedFen?: Fen | undefined
  /** Of a booking: the day of its charge. */
  readonly day?: string | undefined
}

/**
 * Number of acts a person needs in the window for one task, counted when this program was built (docs/usability.md).
 */
export type ActCounts = Readonly<Record<'setup' | 'mouse' | 'keys' | 'survey', number>>

export interface AcceptanceFacts {
  /** The rule pack by which the lot is judged. */
  readonly rules: Rules
  readonly chargeMode: ChargeMode
  /** What watches the spaces of an open lot (7.2); null: an enclosed lot, with booms. */
  readonly watch: 'camera' | 'sensor' | null
  readonly lanes: readonly LaneFact[]
  readonly testObus: readonly TestObu[]
  /** The platform that the lot has joined, and the one that the run is aimed at. */
  readonly platforms: readonly PlatformName[]
  /** Ids of the interfaces in the dialect of the platform. */
  readonly interfaces: readonly string[]
  readonly nowMs: InstantMs
  /** Rows of the judged period, in ledger order. */
  readonly rows: readonly LedgerRow[]
  /** Older rows that still apply in the judged period: sign-ins of some days, and the orders of charges. */
  readonly before: readonly LedgerRow[]
  /** What proves the rows from outside. */
  readonly past: Past
  /** Start of the judged period; a day that the period does not contain whole does not count as a day. */
  readonly fromMs: InstantMs
  readonly frames: readonly FrameFact[]
  readonly accesses: readonly AccessFact[]
  /** Older lines of the access log were left out, because there are too many. */
  readonly isLogCut: boolean
  readonly words: readonly PlatformWord[]
  /** Why the platform was not queried; null: it was. */
  readonly unasked: BilingualText | null
  /** Null on every real platform: the issuer's books are visible on a simulator alone. */
  readonly issuer: readonly IssuerFact[] | null
  /** Null: not counted. */
  readonly acts: ActCounts | null
}

/** Facts of a lot where nothing has happened yet. */
export const noFacts: AcceptanceFacts = {
  rules: baseRules,
  chargeMode: 'card',
  watch: null,
  lanes: [],
  testObus: [],
  platforms: [],
  interfaces: [],
  nowMs: 0,
  rows: [],
  before: [],
  past: { isStarted: false, days: [], stamps: [], unrecorded: [] },
  fromMs: 0,
  frames: [],
  accesses: [],
  isLogCut: false,
  words: [],
  unasked: null,
  issuer: null,
  acts: null,
}
