// What a province asks of a lot in its own words: records, requests, signed texts, codes, equipment.
// A dialect translates and judges; retry, back-off and order belong to core/queue, once, for all.
import type { ChargeFacts, RefundFacts } from '../core/etc/charge-facts.ts'
import type { ListHead } from '../core/etc/list-update.ts'
import type { ListItem } from '../core/etc/listed-numbers.ts'
import type { LaneDeviceKind } from '../core/lane/layouts/layout.ts'
import type { ExceptionReport } from '../core/lot/exception-reports.ts'
import type { Fen } from '../core/values/fen.ts'
import type { OutboxKind } from '../core/values/ledger-row.ts'
import type { SealedFile } from './platform-file.ts'
import type { LaneHeartbeat } from './platform-monitor.ts'
import type { PlatformBill } from './platform-bill.ts'
import type { SignInRequest } from './uploader.ts'
import type { SignatureState, Verdict } from './verdict.ts'

export type PlatformMethod = 'GET' | 'POST' | 'PUT'

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
}

export interface RequestToSign {
  readonly method: PlatformMethod
  /** Path and query exactly as sent, without scheme and host. */
  readonly path: string
  /** Unix seconds. */
  readonly timestampSec: number
  readonly nonce: string
  /** Empty for GET. */
  readonly body: Uint8Array
}

export interface AnswerToVerify {
  /** As in the header, never reformatted. */
  readonly timestamp: string
  readonly nonce: string
  readonly body: Uint8Array
}

export interface Authorization {
  /** Channel number: 1 to 32 of A-Z a-z 0-9 (P1). */
  readonly appId: string
  /** 32 of A-Z 0-9, fresh per attempt. */
  readonly nonce: string
  readonly timestampSec: number
  /** Serial of the client's certificate, upper-case hex. */
  readonly certSerial: string
  /** DER signature in Base64. */
  readonly signature: string
}

/** The signature of an answer, as its headers have it. */
export interface Seal {
  readonly timestamp: string
  readonly nonce: string
  readonly serial: string
  readonly signature: Uint8Array
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

interface BillInterface {
  request(day: string): PlatformRequest
  /** The bill, or the file that it is in, which is opened before it is read. */
  judge(
    day: string,
    answer: Omit<PlatformAnswer, 'sinceLastAttemptMs'>,
  ): PlatformBill | { readonly kind: 'sealed'; readonly file: SealedFile }
  read(day: string, plain: Uint8Array): PlatformBill
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
  | Exclude<Op, 'exitUpload' | 'uploadQuery'>
  | 'list'
  | 'listCheck'
  | 'bill'
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

/** Every function is pure. Those that make a body or a request throw UPLOAD-01 or UPLOAD-02. */
export interface Dialect {
  /** Number of the standard that it speaks. */
  readonly standard: string
  readonly laneEquipment: readonly EquipmentRow[]
  readonly accessFlow: readonly AccessStep[]

  chargeBody(
    lot: LotNames,
    op: 'charge' | 'exitUpload',
    facts: ChargeFacts,
    listVersion: string,
  ): string
  exceptionBody(lot: LotNames, report: ExceptionReport): string
  refundBody(refund: RefundFacts): string
  signInBody(lot: LotNames, request: SignInRequest): string

  /** How a record is asked after; null: by sending it again (D.2 rule 8). */
  queryOf(op: OutboxKind): Op | null
  requestFor(call: Call): PlatformRequest
  judge(call: Call, answer: PlatformAnswer): Verdict
  /** The code of an answer, for the ledger; null where it has none. */
  respCodeOf(bodyText: string): string | null
  /** The platform does not take the certificate that a request was signed under. */
  refusesCertificate(respCode: string): boolean

  /** The status list since a version of ours; `0` asks for a full one (P18). */
  listRequest(since: string): PlatformRequest
  /**
   * Reads the body of such an answer: gives each item to `take`, in order, and answers the head. Throws
   * LIST-02 with the field that breaks its rule, and LIST-06 where the platform refused.
   */
  readList(body: Uint8Array, take: (item: ListItem) => void): ListHead
  /** The bill of a day; null where the province's platform has none. */
  readonly bill: BillInterface | null

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

  isAppId(text: string): boolean
  /** Throws UPLOAD-02 for characters that the platform does not take. */
  refuseText(bodyText: string): void
  requestMessage(request: RequestToSign): Uint8Array
  answerMessage(answer: AnswerToVerify): Uint8Array
  authorizationHeader(authorization: Authorization): string
  sealOf(headers: Readonly<Record<string, string>>): Seal | 'unsigned' | 'badSignature'
}
