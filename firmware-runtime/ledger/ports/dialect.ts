// The interface of a province to a lot: records, requests, codes, equipment, and the envelope of requests.
// A dialect translates and judges; retry, back-off and order are in ledger/pure/queue, once for all dialects.
import type { ChargeFacts, RefundFacts } from '#devices/pure/charge/charge-facts.ts'
import type { FilterRow } from '#devices/pure/etc/quality-filters.ts'
import type { ListHead } from '../pure/etc/list-update.ts'
import type { ListItem } from '../pure/etc/listed-numbers.ts'
import type { LaneKind } from '#base/pure/device-kinds/lane-kinds.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import type { ExceptionReport } from '../pure/lot/exception-reports.ts'
import type { Order } from '../pure/lot/lot-state.ts'
import type {
  EntryFacts,
  FeedbackEnd,
  FeedbackFacts,
  PlateFacts,
  ShiftFacts,
} from '../pure/lot/lot-records.ts'
import type { MemberRow } from '../pure/queue/mend.ts'
import type { Fen } from '#base/pure/values/fen.ts'
import type { OutboxKind, RecordKind } from '#base/pure/rows/ledger-row.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { SuiteName } from '#base/pure/data/suite.ts'
import type { Envelope, PlatformMethod } from './envelope.ts'
import type { VehicleAsk, VehicleInfo } from '#devices/pure/etc/rsu.ts'
import type { FieldOpener } from '#base/ports/field-sealer.ts'
import type { FileCipher, SealedFile } from '#base/ports/platform-file.ts'
import type { FeedbackAnswer } from './platform-feedback.ts'
import type { ConfigurationAnswer, PlanAnswer } from './platform-duty.ts'
import type { LaneHeartbeat } from '#base/ports/platform-monitor.ts'
import type { BilledTrade, DayBill, SplitShare } from './platform-bill.ts'
import type {
  AuthorizeRequest,
  AuthorizeResult,
  ConfirmRequest,
  ConfirmResult,
  SignInRequest,
} from './uploader.ts'
import type { SignatureState, Verdict } from './verdict.ts'

/** `uploadQuery` queries a card-side record, for which "stored" suffices; `chargeQuery` a charge, which must be paid. */
export type Op = OutboxKind | 'chargeQuery' | 'uploadQuery' | 'refundQuery' | 'signIn'

/** A call: enough to build the request and to judge its answer. */
export interface Call {
  readonly op: Op
  /** Number of the charge, refund, exception or sign-in. */
  readonly businessNo: string
  /** Frozen text of the encoder; empty for a query. */
  readonly body: string
  /** Amount in fen that a success must name, for a charge or refund; null without money. */
  readonly amountFen: Fen | null
}

export interface PlatformRequest {
  readonly method: PlatformMethod
  readonly path: string
  readonly bodyText: string
  /** Sent as Idempotency-Key (part D); null for a query. */
  readonly idempotencyKey: string | null
  /** Present version, sent as an ETag in If-None-Match. Absent: an answer is wanted in any case. */
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

/** A device of a lane in the terms of the province; the layout of the lane defines its position. */
export interface EquipmentRow {
  readonly device: LaneKind
  readonly zh: string
  readonly en: string
  readonly joins: 'billing' | 'access'
}

/** A step of admitting an access system, with the clause that requires it. */
export interface AccessStep {
  readonly clause: string
  readonly from: 'access' | 'platform'
  readonly to: 'access' | 'platform'
  readonly zh: string
  readonly en: string
}

/** Identity of the lot in its records. */
export interface LotNames {
  readonly lotId: string
  /** 4 digits (P11). */
  readonly provinceCode: string
}

export interface BillInterface<Row> {
  request(day: string): PlatformRequest
  /** Judges an answer: the bill, or the sealed file that contains it. */
  judge(
    day: string,
    answer: SignedAnswer,
  ): DayBill<Row> | { readonly kind: 'sealed'; readonly file: SealedFile }
  read(day: string, plain: Uint8Array): DayBill<Row>
}

/** The batch of one hour for a platform (P20). */
interface HourBatch {
  readonly batchNo: string
  readonly fromMs: number
  readonly toMs: number
  readonly revision: number
  /** Sorted. */
  readonly numbers: readonly string[]
  /** Sum of the exits; null for other kinds. */
  readonly totalFen: Fen | null
  /** Digest of the numbers joined by LF: 64 upper-case hex. */
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
  /** Name of these accesses in the log; they are not part of a joint test. */
  readonly row: { readonly id: 'feedback'; readonly method: PlatformMethod; readonly path: string }
  request(lot: LotNames, afterSeq: number): PlatformRequest
  /** Throws FEED-01 with the field that breaks its rule. */
  read(lot: LotNames, afterSeq: number, answer: SignedAnswer): FeedbackAnswer
  /** Driver feedback and its result (P36); null where the platform receives neither. */
  readonly told: {
    /** Names of these accesses in the log; they are not part of a joint test. */
    readonly rows: readonly {
      readonly id: 'feedbackOpen' | 'feedbackState'
      readonly method: PlatformMethod
      readonly path: string
    }[]
    openBody(lot: LotNames, facts: FeedbackFacts): string
    /** Business number of the act that ends a feedback item. */
    /** `told`: states told before; each has a number of its own. */
    stateNo(feedbackNo: string, told?: number): string
    stateBody(end: FeedbackEnd): string
  } | null
}

/** The vehicle file of an OBU, opened by the platform (5.2.2 b, 5.2.3 c; P17). */
interface VehicleInterface {
  /** Name of these accesses in the log; they are not part of a joint test. */
  readonly row: {
    readonly id: 'vehicleInfo'
    readonly method: PlatformMethod
    readonly path: string
  }
  request(no: string, ask: VehicleAsk): PlatformRequest
  /** Null for an answer about another OBU or number, or one that cannot be opened. */
  read(no: string, ask: VehicleAsk, body: Uint8Array, open: FieldOpener): VehicleInfo | null
}

type DutyInterfaceId = 'shiftDownload' | 'shiftUpload' | 'configDownload'

/** Shifts of people, and the running configuration (P21; table G.1, rows 2 to 4). */
interface DutyInterface {
  /** Names of these accesses in the log; they are not part of a joint test. */
  readonly interfaces: readonly {
    readonly id: DutyInterfaceId
    readonly method: PlatformMethod
    readonly path: string
  }[]
  shiftBody(lot: LotNames, shift: ShiftFacts): string
  shifts(lot: LotNames, day: string, version: string | null): PlatformRequest
  /** Throws DUTY-01 with the field that breaks its rule. */
  readShifts(lot: LotNames, day: string, answer: SignedAnswer): PlanAnswer
  /** `version`: of the present configuration; null: no configuration. */
  configuration(lot: LotNames, version: string | null): PlatformRequest
  /** Throws DUTY-03 with the field that breaks its rule. */
  readConfiguration(lot: LotNames, answer: SignedAnswer): ConfigurationAnswer
}

/** Authorisation of a PSAM and its confirmation, after the daily sign-in. */
interface PsamInterface {
  authorize(lot: LotNames, request: AuthorizeRequest): PlatformRequest
  judgeAuthorize(request: AuthorizeRequest, answer: PlatformAnswer): AuthorizeResult
  confirm(request: ConfirmRequest): PlatformRequest
  judgeConfirm(request: ConfirmRequest, answer: PlatformAnswer): ConfirmResult
}

/** Card-side records in one sealed file, and the file with the answers. */
interface TradeFileInterface {
  /** File name by 9.3.5; `atMs` must be unique to this file. */
  name(appId: string, atMs: InstantMs): string
  /** What it takes where the lot names none (`platform.fileCipher`). */
  readonly cipher: Readonly<Record<SuiteName, FileCipher>>
  /** Plain content of the file, from the frozen texts. */
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

/** A member of requests that must be sealed (P8), in the terms of the province. */
export interface SensitiveMember {
  readonly method: PlatformMethod
  /** Path without number and query; null: any request. */
  readonly path: string | null
  /** A text, or a list of texts. */
  readonly member: string
  /** `person` and `frames` are always sealed, `vehicle` where the province or the lot requires it. */
  readonly of: 'person' | 'frames' | 'vehicle'
}

interface SensitiveRules {
  /** Default where the lot does not set it. */
  readonly encryptVehicleIds: boolean
  /** Header with the serial number of the certificate used for sealing, lower case. */
  readonly serialHeader: string
  readonly members: readonly SensitiveMember[]
}

interface MonitorInterface {
  request(lot: LotNames, heartbeat: LaneHeartbeat): PlatformRequest
  /** False when the answer says that the platform has no such interface. */
  isWanted(body: Uint8Array): boolean
}

interface CertificateInterface {
  request(): PlatformRequest
  /** PEM of each published certificate; null for another kind of answer. */
  read(body: Uint8Array): readonly string[] | null
}

/** Interfaces tried in a joint test, each built and judged by the named members of the dialect. */
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
  /** Path without number and query. */
  readonly path: string
  readonly zh: string
  readonly en: string
}

interface JointTestInterface {
  /** Requests the report of a completed joint test. */
  request(): PlatformRequest
  /** Reads the certificate id: 32 letters and digits (000 A.2.2 e). */
  read(body: Uint8Array): { readonly reportId: string } | { readonly refused: string }
}

/** Rules of a province beside its interfaces; a member that is set is applied. */
export interface ProvinceRules {
  /** Filters in the order of evaluation. */
  readonly filters: readonly FilterRow[]
  /** Accepted card networks where the lot names none; null: not compared. */
  readonly networks: readonly string[] | null
  /** Interval of downloads of the status list, minutes. */
  readonly listEveryMin: number
  readonly chargeModes: readonly LotConfig['chargeMode'][]
  /** Steps of an online charge where its destination does not set them. Absent: one step. */
  readonly consumption?: 'oneStep' | 'twoStep'
}

/** `allowed`: may be confirmed until then. `lapsed`: the application has ended without a charge. */
export type ConsumptionVerdict =
  | Verdict
  | { readonly kind: 'allowed'; readonly untilMs: InstantMs }
  | { readonly kind: 'lapsed' }

/** A two-step charge (5.2.3 d, P34); `call` is that of the charge, `no` the number of its application. */
export interface ConsumptionInterface {
  apply(call: Call, no: number): PlatformRequest
  judgeApply(call: Call, no: number, answer: PlatformAnswer): ConsumptionVerdict
  confirm(call: Call, no: number, result: 'DONE' | 'CANCELLED'): PlatformRequest
  /** Judged like a charge: only the confirmation moves money. */
  judgeConfirm(call: Call, answer: PlatformAnswer): ConsumptionVerdict
}

/** How an order was paid by other means than ETC. */
type OrderSettlement = NonNullable<Order['settledBy']>

/** The destination is an access system of another maker: each charge is an order, open until it is paid or taken back. */
interface OrderInterface {
  /** `settled` null: nothing is owed by this number any more. */
  takeBack(orderNo: string, settled: OrderSettlement | null): PlatformRequest
  /** `lapsed`: it was taken back, and ETC has not charged it. */
  judgeTakeBack(call: Call, answer: PlatformAnswer): ConsumptionVerdict
}

/** A code of an answer; `means` is the same word in every province. */
export interface CodeMeaning {
  readonly code: string
  readonly means: string
}

/** Every function is pure. Those that build a body or a request throw UPLOAD-01 or UPLOAD-02. */
export interface Dialect {
  /** Number of the standard that it implements. */
  readonly standard: string
  readonly laneEquipment: readonly EquipmentRow[]
  readonly accessFlow: readonly AccessStep[]
  readonly rules: ProvinceRules
  readonly codes: readonly CodeMeaning[]

  /** Members of a held record that a person may correct, and fixed ones with the document that fixes them. */
  membersOf(op: OutboxKind): readonly MemberRow[]
  /** Cipher suites of its platform (P7). */
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

  /** Absent: its platform has one-step charges only. */
  readonly consumption?: ConsumptionInterface
  /**
   * Absent: a platform. Where it is present, the destination takes orders and refunds alone: no exceptions, no sign-in, no
   * status list.
   */
  readonly byOrder?: OrderInterface
  /** Query operation of a record; null: the record is sent again instead (D.2 rule 8). */
  queryOf(op: OutboxKind): Op | null
  requestFor(call: Call): PlatformRequest
  judge(call: Call, answer: PlatformAnswer): Verdict
  /** Code of an answer for the ledger; null: no code. */
  respCodeOf(bodyText: string): string | null
  /** It says no, or that nothing was done, whatever the HTTP status beside it. */
  isErrorCode(code: string): boolean

  /** Requests the changes of the status list since a version; `0` requests the full list (P18). */
  listRequest(since: string): PlatformRequest
  /**
   * Reads the body of such an answer: passes each item to `take`, in order, and returns the head. Throws LIST-02 with
   * the invalid field, and LIST-06 where the platform refused.
   */
  readList(body: Uint8Array, take: (item: ListItem) => void): ListHead
  /** The bill of a day; null where the platform has no bill. */
  readonly bill: BillInterface<BilledTrade> | null
  /** The split of a day's trades between parties; null where the platform has no such bill. */
  readonly splitBill: BillInterface<SplitShare> | null

  /** Entry and plate records; null where the province has none. */
  readonly records: RecordInterface | null

  /** Null where the province has neither shifts nor a configuration. */
  readonly duty: DutyInterface | null

  /** Null where the platform sends no feedback. */
  readonly feedback: FeedbackInterface | null

  /** Absent: the platform does not open vehicle files. */
  readonly vehicle?: VehicleInterface

  /** Null where the platform does not accept files of records. */
  readonly tradeFile: TradeFileInterface | null

  /** Null where the platform does not authorise PSAMs. */
  readonly psam: PsamInterface | null

  /** Heartbeats of running lanes (9.3.7); null where the platform does not require them. */
  readonly monitor: MonitorInterface | null

  /** The platform's certificates (P3, P25); null where it publishes none. */
  readonly certificates: CertificateInterface | null

  /** Interfaces in the order in which a joint test tries them. */
  readonly interfaces: readonly InterfaceRow[]
  readonly jointTest: JointTestInterface

  /** Requests the status of a single number. */
  listCheck(no: string): PlatformRequest
  /** Null for an answer that is not about that number. */
  readListCheck(body: Uint8Array, no: string): boolean | null

  /** The envelope of requests, and the verification of answers. */
  readonly envelope: Envelope
  isAppId(text: string): boolean
  /** Throws UPLOAD-02 for characters that the platform does not accept. */
  refuseText(bodyText: string): void
}
