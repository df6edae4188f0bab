// What a province asks of a lot in its own words: records, requests, codes, equipment, and the envelope that they travel in.
// A dialect translates and judges; retry, back-off and order belong to core/queue, once, for all.
import type { ChargeFacts, RefundFacts } from '../core/charge/charge-facts.ts'
import type { FilterRow } from '../core/etc/quality-filters.ts'
import type { ListHead } from '../core/etc/list-update.ts'
import type { ListItem } from '../core/etc/listed-numbers.ts'
import type { LaneDeviceKind } from '../core/lane/layouts/layout.ts'
import type { LotConfig } from '../core/lot/config.ts'
import type { ExceptionReport } from '../core/lot/exception-reports.ts'
import type {
  EntryFacts,
  FeedbackEnd,
  FeedbackFacts,
  PlateFacts,
  ShiftFacts,
} from '../core/lot/lot-records.ts'
import type { MemberRow } from '../core/queue/mend.ts'
import type { Fen } from '../core/values/fen.ts'
import type { OutboxKind, RecordKind } from '../core/values/rows/ledger-row.ts'
import type { InstantMs } from '../core/values/instant.ts'
import type { SuiteName } from '../core/values/suite.ts'
import type { Envelope, PlatformMethod } from './envelope.ts'
import type { VehicleAsk, VehicleInfo } from '../core/etc/rsu.ts'
import type { FieldOpener } from './platform-vehicle.ts'
import type { FileCipher, SealedFile } from './platform-file.ts'
import type { FeedbackAnswer } from './platform-feedback.ts'
import type { ConfigurationAnswer, PlanAnswer } from './platform-duty.ts'
import type { LaneHeartbeat } from './platform-monitor.ts'
import type { BilledTrade, DayBill, SplitShare } from './platform-bill.ts'
import type {
  AuthorizeRequest,
  AuthorizeResult,
  ConfirmRequest,
  ConfirmResult,
  SignInRequest,
} from './uploader.ts'
import type { SignatureState, Verdict } from './verdict.ts'

/** `uploadQuery` asks after a card-side record: stored is enough, a charge has to be paid. */
export type Op = OutboxKind | 'chargeQuery' | 'uploadQuery' | 'refundQuery' | 'signIn'

/** What was asked: enough to build the request and to judge its answer. */
export interface Call {
  readonly op: Op
  /** Number of the charge, refund, exception or sign-in. */
  readonly businessNo: string
  /** Frozen text of the encoder; empty for a query. */
  readonly body: string
  /** What a success has to name: fen of a charge or refund; null without money. */
  readonly amountFen: Fen | null
}

export interface PlatformRequest {
  readonly method: PlatformMethod
  readonly path: string
  readonly bodyText: string
  /** Sent as Idempotency-Key (part D); null for a query. */
  readonly idempotencyKey: string | null
  /** The version that is here: sent as an ETag in If-None-Match. Absent: whatever there is is wanted. */
  readonly version?: string
}

export interface PlatformAnswer {
  readonly status: number
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  readonly verified: SignatureState
  /** Age of the newest charge attempt under this number; null when unknown. */
  readonly sinceLastAttemptMs: number | null
}

export type SignedAnswer = Omit<PlatformAnswer, 'sinceLastAttemptMs'>

/** A device of a lane in the words of the province; where it stands is said by the lane's layout. */
export interface EquipmentRow {
  readonly device: LaneDeviceKind
  readonly zh: string
  readonly en: string
  readonly joins: 'billing' | 'access'
}

/** A step in which an access system is let in, by the clause that asks for it. */
export interface AccessStep {
  readonly clause: string
  readonly from: 'access' | 'platform'
  readonly to: 'access' | 'platform'
  readonly zh: string
  readonly en: string
}

/** The lot as its records name it. */
export interface LotNames {
  readonly lotId: string
  /** 4 digits (P11). */
  readonly provinceCode: string
}

export interface BillInterface<Row> {
  request(day: string): PlatformRequest
  /** The bill, or the file that it is in, which is opened before it is read. */
  judge(
    day: string,
    answer: SignedAnswer,
  ): DayBill<Row> | { readonly kind: 'sealed'; readonly file: SealedFile }
  read(day: string, plain: Uint8Array): DayBill<Row>
}

/** What a platform is told of one hour (P20). */
interface HourBatch {
  readonly batchNo: string
  readonly fromMs: number
  readonly toMs: number
  readonly revision: number
  /** Sorted. */
  readonly numbers: readonly string[]
  /** Of exits; null for the other kinds. */
  readonly totalFen: Fen | null
  /** Of the numbers joined by LF: 64 upper-case hex. */
  readonly digest: string
}

/** Records that move no money (P19); their paths are rows of `requestFor`. */
interface RecordInterface {
  entryBody(lot: LotNames, entry: EntryFacts): string
  plateBody(lot: LotNames, plate: PlateFacts): string
  batchBody(batch: HourBatch): string
}

/** Messages to the lot (000 A.2.3 b; 001 8.3.1 a). */
interface FeedbackInterface {
  /** As accesses to it are named; it is no part of a joint test. */
  readonly row: { readonly id: 'feedback'; readonly method: PlatformMethod; readonly path: string }
  request(lot: LotNames, afterSeq: number): PlatformRequest
  /** Throws FEED-01 with the field that breaks its rule. */
  read(lot: LotNames, afterSeq: number, answer: SignedAnswer): FeedbackAnswer
  /** A driver's word and what came of it (P36); null where the platform is told of neither. */
  readonly told: {
    /** As accesses to them are named; none of them is part of a joint test. */
    readonly rows: readonly {
      readonly id: 'feedbackOpen' | 'feedbackState'
      readonly method: PlatformMethod
      readonly path: string
    }[]
    openBody(lot: LotNames, facts: FeedbackFacts): string
    /** The number of the act that ends it. */
    stateNo(feedbackNo: string): string
    stateBody(end: FeedbackEnd): string
  } | null
}

/** The vehicle file of an OBU, opened by the platform (5.2.2 b, 5.2.3 c; P17). */
interface VehicleInterface {
  /** As accesses to it are named; it is no part of a joint test. */
  readonly row: {
    readonly id: 'vehicleInfo'
    readonly method: PlatformMethod
    readonly path: string
  }
  request(no: string, ask: VehicleAsk): PlatformRequest
  /** Null for what is no answer about this OBU to that number, or does not open. */
  read(no: string, ask: VehicleAsk, body: Uint8Array, open: FieldOpener): VehicleInfo | null
}

type DutyInterfaceId = 'shiftDownload' | 'shiftUpload' | 'configDownload'

/** Shifts of people, and the running configuration (P21; table G.1, rows 2 to 4). */
interface DutyInterface {
  /** As accesses to them are named; none of them is part of a joint test. */
  readonly interfaces: readonly {
    readonly id: DutyInterfaceId
    readonly method: PlatformMethod
    readonly path: string
  }[]
  shiftBody(lot: LotNames, shift: ShiftFacts): string
  shifts(lot: LotNames, day: string, version: string | null): PlatformRequest
  /** Throws DUTY-01 with the field that breaks its rule. */
  readShifts(lot: LotNames, day: string, answer: SignedAnswer): PlanAnswer
  /** `version`: of the configuration that is here; null: none. */
  configuration(lot: LotNames, version: string | null): PlatformRequest
  /** Throws DUTY-03 with the field that breaks its rule. */
  readConfiguration(lot: LotNames, answer: SignedAnswer): ConfigurationAnswer
}

/** Authorisation of a PSAM and its confirmation, behind the daily sign-in. */
interface PsamInterface {
  authorize(lot: LotNames, request: AuthorizeRequest): PlatformRequest
  judgeAuthorize(request: AuthorizeRequest, answer: PlatformAnswer): AuthorizeResult
  confirm(request: ConfirmRequest): PlatformRequest
  judgeConfirm(request: ConfirmRequest, answer: PlatformAnswer): ConfirmResult
}

/** Card-side records in one sealed file, and the file that answers it. */
interface TradeFileInterface {
  /** As of 9.3.5; `atMs` belongs to this file alone. */
  name(appId: string, atMs: InstantMs): string
  /** What it takes where the lot names none (`platform.fileCipher`). */
  readonly cipher: Readonly<Record<SuiteName, FileCipher>>
  /** What is sealed; the texts are the frozen ones. */
  plain(bodies: readonly string[]): Uint8Array
  request(file: SealedFile): PlatformRequest
  judge(
    name: string,
    answer: PlatformAnswer,
  ):
    | { readonly kind: 'sealed'; readonly file: SealedFile }
    | { readonly kind: 'silence'; readonly reason: string }
  /** One verdict for each call, in their order. */
  read(
    calls: readonly Call[],
    plain: Uint8Array,
  ): readonly { readonly verdict: Verdict; readonly respCode: string | null }[]
}

/** A member of requests that does not travel in clear (P8), in the words of the province. */
export interface SensitiveMember {
  readonly method: PlatformMethod
  /** Without number and query; null: of any request. */
  readonly path: string | null
  /** A text, or a list of texts. */
  readonly member: string
  /** A person's and frames always, a vehicle's where the province or the lot says so. */
  readonly of: 'person' | 'frames' | 'vehicle'
}

interface SensitiveRules {
  /** Where the lot says nothing. */
  readonly encryptVehicleIds: boolean
  /** Names the certificate that members were sealed to. Lower case. */
  readonly serialHeader: string
  readonly members: readonly SensitiveMember[]
}

interface MonitorInterface {
  request(lot: LotNames, heartbeat: LaneHeartbeat): PlatformRequest
  /** False where the platform says that it has no such interface. */
  isWanted(body: Uint8Array): boolean
}

interface CertificateInterface {
  request(): PlatformRequest
  /** PEM of each certificate that the platform publishes; null for what is no such answer. */
  read(body: Uint8Array): readonly string[] | null
}

/** What a joint test tries, each made and judged by the members of the dialect that it names. */
export type InterfaceId =
  | Exclude<Op, 'exitUpload' | 'uploadQuery' | RecordKind>
  | 'list'
  | 'listCheck'
  | 'bill'
  | 'splitBill'
  | 'certificates'
  | 'monitor'

export interface InterfaceRow {
  readonly id: InterfaceId
  readonly method: PlatformMethod
  /** Without number and query. */
  readonly path: string
  readonly zh: string
  readonly en: string
}

interface JointTestInterface {
  /** Asks for the report of a joint test that is through. */
  request(): PlatformRequest
  /** Its certificate id: 32 letters and digits (000 A.2.2 e). */
  read(body: Uint8Array): { readonly reportId: string } | { readonly refused: string }
}

/** What a province rules beside its interfaces; each member is obeyed where it is said. */
export interface ProvinceRules {
  /** In the order in which they are judged. */
  readonly filters: readonly FilterRow[]
  /** Card networks that pay, where the lot names none; null: not compared. */
  readonly networks: readonly string[] | null
  /** How often the status list is asked for. */
  readonly listEveryMin: number
  readonly chargeModes: readonly LotConfig['chargeMode'][]
  /** How an online charge is made where its destination does not say otherwise. Absent: in one step. */
  readonly consumption?: 'oneStep' | 'twoStep'
}

/** `allowed`: it may be confirmed until then. `lapsed`: what was to be confirmed is over, and charged nothing. */
export type ConsumptionVerdict =
  | Verdict
  | { readonly kind: 'allowed'; readonly untilMs: InstantMs }
  | { readonly kind: 'lapsed' }

/** A charge in two steps (5.2.3 d, P34); `call` is that of the charge, `no` which application of it this is. */
export interface ConsumptionInterface {
  apply(call: Call, no: number): PlatformRequest
  judgeApply(call: Call, no: number, answer: PlatformAnswer): ConsumptionVerdict
  confirm(call: Call, no: number, result: 'DONE' | 'CANCELLED'): PlatformRequest
  /** As a charge: it alone moves money. */
  judgeConfirm(call: Call, answer: PlatformAnswer): ConsumptionVerdict
}

/** A code of an answer; `means` is the same in every province. */
export interface CodeMeaning {
  readonly code: string
  readonly means: string
}

/** Every function is pure. Those that make a body or a request throw UPLOAD-01 or UPLOAD-02. */
export interface Dialect {
  /** Number of the standard that it speaks. */
  readonly standard: string
  readonly laneEquipment: readonly EquipmentRow[]
  readonly accessFlow: readonly AccessStep[]
  readonly rules: ProvinceRules
  readonly codes: readonly CodeMeaning[]

  /** What a person may mend in a record that was held, and what nothing may change, by the document that says so. */
  membersOf(op: OutboxKind): readonly MemberRow[]
  /** Suites that its platform takes (P7). */
  readonly suites: readonly SuiteName[]
  readonly sensitive: SensitiveRules

  chargeBody(
    lot: LotNames,
    op: 'charge' | 'exitUpload',
    facts: ChargeFacts,
    listVersion: string,
  ): string
  exceptionBody(lot: LotNames, report: ExceptionReport): string
  refundBody(refund: RefundFacts): string
  signInBody(lot: LotNames, request: SignInRequest): string

  /** Absent: its platform charges in one step alone. */
  readonly consumption?: ConsumptionInterface
  /** How a record is asked after; null: by sending it again (D.2 rule 8). */
  queryOf(op: OutboxKind): Op | null
  requestFor(call: Call): PlatformRequest
  judge(call: Call, answer: PlatformAnswer): Verdict
  /** The code of an answer, for the ledger; null where it has none. */
  respCodeOf(bodyText: string): string | null
  /** It says no, or that nothing was done, whatever the HTTP status beside it. */
  isErrorCode(code: string): boolean

  /** The status list since a version of ours; `0` asks for a full one (P18). */
  listRequest(since: string): PlatformRequest
  /**
   * Reads the body of such an answer: gives each item to `take`, in order, and answers the head. Throws
   * LIST-02 with the field that breaks its rule, and LIST-06 where the platform refused.
   */
  readList(body: Uint8Array, take: (item: ListItem) => void): ListHead
  /** The bill of a day; null where the province's platform has none. */
  readonly bill: BillInterface<BilledTrade> | null
  /** How the trades of a day are split between parties; null where the platform has no such bill. */
  readonly splitBill: BillInterface<SplitShare> | null

  /** Entry and plate records; null where the province knows none. */
  readonly records: RecordInterface | null

  /** Null where the province knows neither shifts nor a configuration. */
  readonly duty: DutyInterface | null

  /** Null where the province's platform feeds nothing back. */
  readonly feedback: FeedbackInterface | null

  /** Absent: its platform opens no vehicle file. */
  readonly vehicle?: VehicleInterface

  /** Null where the province's platform takes no file of records. */
  readonly tradeFile: TradeFileInterface | null

  /** Null where the province's platform authorises no PSAM. */
  readonly psam: PsamInterface | null

  /** How lanes are while they run (9.3.7); null where the province's platform does not ask. */
  readonly monitor: MonitorInterface | null

  /** The platform's certificates (P3, P25); null where it publishes none. */
  readonly certificates: CertificateInterface | null

  /** In the order in which they are tried. */
  readonly interfaces: readonly InterfaceRow[]
  readonly jointTest: JointTestInterface

  /** One number asked for at once. */
  listCheck(no: string): PlatformRequest
  /** Null for what is no answer about that number. */
  readListCheck(body: Uint8Array, no: string): boolean | null

  /** How all of this travels, and what makes an answer believed. */
  readonly envelope: Envelope
  isAppId(text: string): boolean
  /** Throws UPLOAD-02 for characters that the platform does not take. */
  refuseText(bodyText: string): void
}
