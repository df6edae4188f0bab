// Exchanges with a platform in the envelope of its dialect: a new envelope for every attempt (P2), every answer
// verified before it is used (P3). The body is the caller's frozen text, byte for byte.
import { t, type Why } from '#base/pure/words/fault-text.ts'
import type { RefusedCertificate } from '#base/pure/data/credentials.ts'
import { hexOf } from '#base/pure/data/bytes.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import { standardSuite } from '#base/pure/data/suite.ts'
import type {
  Call,
  ConsumptionVerdict,
  Dialect,
  PlatformAnswer,
  PlatformRequest,
} from '../ports/dialect.ts'
import type { AnswerToVerify, CodeKey, OwnKeys, Proof } from '../ports/envelope.ts'
import type { SignatureState, Silence, Verdict } from '../ports/verdict.ts'
import type { Cancel, Random, WallClock } from '#base/ports/clocks.ts'
import { digestOf, type Crypto, type SigningKey, type VerifyingKey } from '#base/ports/crypto.ts'
import type { FieldSealer } from '#base/ports/field-sealer.ts'
import type { HttpAnswer, HttpClient } from '#base/ports/http-client.ts'
import type { PlatformAccess } from '../ports/platform-access.ts'
import { equalBytes } from '#base/crypto/sm4.ts'
import { bodyForms } from './body-form.ts'
import { sealedBody } from './sealed-fields.ts'

/** Largest difference between an answer's time and this machine's, either way, ms (P3). */
const answerWindowMs = 300_000
/** Interval in ms before an unknown serial is fetched again, however often it is received. */
const refetchPauseMs = 60_000

/** A key of the platform with the validity of its certificate (P25). */
interface PlatformKey extends VerifyingKey {
  readonly notBeforeMs: InstantMs
  readonly notAfterMs: InstantMs
}

export type PlatformKeys = ReadonlyMap<string, PlatformKey>

export interface SignedPlatformOptions {
  readonly dialect: Dialect
  readonly http: HttpClient
  /** Digest for the fingerprint header, and the proof of a code; signatures come from `signingKey`. */
  readonly crypto: Pick<Crypto, 'sm3' | 'hmacSm3' | 'sha256'>
  readonly appId: string
  /** Null when the envelope needs no certificates. */
  readonly signingKey: SigningKey | null
  readonly platformKeys: PlatformKeys
  /** Seals sensitive members; absent: vehicle ids are sent unsealed, and a request with other ones is not sent. */
  readonly fields?: FieldSealer | undefined
  /** Authorisation code, for an envelope that needs one (000 A.1.1 a). */
  readonly accessCode?: Uint8Array | undefined
  /** Real time of signatures, never business time (design.md section 2). */
  readonly transport: WallClock
  readonly random: Random
  /** `product/version`. */
  readonly userAgent: string
  /** `zh_CN` literally (9.3.3.7). */
  readonly language?: 'zh_CN' | 'en'
  /** Reads the platform's certificates again and always calls back; null when that failed. */
  readonly refetchKeys?: (done: (keys: PlatformKeys | null) => void) => void
  readonly refusedCertificate?: (refused: RefusedCertificate) => void
  /** Called after each exchange with its outcome. */
  readonly access?: (access: Access) => void
}

type Access = Omit<PlatformAccess, 'atIso'> & { readonly atMs: InstantMs }

export interface SignedCall extends PlatformRequest {
  readonly timeoutMs: number
  /** For the access log only. */
  readonly laneId?: string
}

export interface SignedResult {
  readonly answer: HttpAnswer
  /** Null when there is no answer. */
  readonly verified: SignatureState | null
  /** Header Request-ID (9.3.3.4): for locating a fault with the platform; null when absent. */
  readonly requestId: string | null
  /**
   * Platform time minus this machine's, ms, from a verified signature only; for warnings, the clock is not set by it.
   */
  readonly clockOffsetMs: number | null
  readonly sentAtMs: InstantMs
}

export interface SignedPlatform {
  /** Throws UPLOAD-02 for text the platform refuses; `done` is called once unless cancelled. */
  send(call: SignedCall, done: (result: SignedResult) => void): Cancel
  /** Verifies answers with these keys from now on. */
  takeKeys(keys: PlatformKeys): void
}

/** Interface id in the dialect: the row with the longest matching path. */
export function interfaceOf(
  {
    interfaces,
    duty,
    feedback,
    vehicle,
  }: Pick<Dialect, 'interfaces' | 'duty' | 'feedback' | 'vehicle'>,
  { method, path }: Pick<PlatformRequest, 'method' | 'path'>,
): string {
  const bare = path.split('?', 1)[0] ?? ''
  const ofFeedback = feedback === null ? [] : [feedback.row, ...(feedback.told?.rows ?? [])]
  const beside = [
    ...(duty?.interfaces ?? []),
    ...ofFeedback,
    ...(vehicle === undefined ? [] : [vehicle.row]),
  ]
  const rows = [...interfaces, ...beside].filter(
    (row) => row.method === method && (bare === row.path || bare.startsWith(`${row.path}/`)),
  )
  const [own] = rows.toSorted((a, b) => b.path.length - a.path.length)
  return own?.id ?? `${method} ${bare}`
}

/** Answer codes are in the first bytes of an answer. */
const codeBytesMax = 4096

export const respCodeIn = (dialect: Dialect, body: Uint8Array): string | null =>
  dialect.respCodeOf(new TextDecoder().decode(body.subarray(0, codeBytesMax)))

function accessOf(
  { dialect, appId: account }: SignedPlatformOptions,
  call: SignedCall,
  answer: HttpAnswer,
): Omit<Access, 'atMs' | 'requestId'> {
  const { laneId } = call
  const of = laneId === undefined ? {} : { laneId }
  const own = { account, interfaceId: interfaceOf(dialect, call), ...of }
  if (answer.kind === 'silence') return { ...own, status: null, respCode: null }
  const { status, body } = answer
  const code = respCodeIn(dialect, body)
  const isRefused = status < 300 && code !== null && dialect.isErrorCode(code)
  return { ...own, status, respCode: code, ...(isRefused ? { isRefused } : {}) }
}

const utf8 = new TextEncoder()
const requestIdShape = /^[\x21-\x7e]{1,64}$/

class KeyRing {
  private keys: PlatformKeys
  private readonly refetch: SignedPlatformOptions['refetchKeys']
  private waiting: (() => void)[] = []
  private readonly missedAtMs = new Map<string, InstantMs>()

  constructor(keys: PlatformKeys, refetch: SignedPlatformOptions['refetchKeys']) {
    this.keys = keys
    this.refetch = refetch
  }

  replace(keys: PlatformKeys): void {
    this.keys = keys
  }

  of(serial: string): PlatformKey | undefined {
    return this.keys.get(serial)
  }

  /** Calls `then` after one fetch, or at once when another fetch is useless. */
  fetchFor(serial: string, nowMs: InstantMs, then: () => void): void {
    const missed = this.missedAtMs.get(serial)
    if (this.refetch === undefined || (missed !== undefined && nowMs - missed < refetchPauseMs)) {
      then()
      return
    }
    this.waiting.push(() => {
      if (this.of(serial) === undefined) this.remember(serial, nowMs)
      then()
    })
    if (this.waiting.length > 1) return
    this.refetch((keys) => {
      if (keys !== null) this.keys = keys
      const calls = this.waiting
      this.waiting = []
      for (const call of calls) call()
    })
  }

  /** Bounded, because serials come from the network. */
  private remember(serial: string, nowMs: InstantMs): void {
    if (this.missedAtMs.size >= 64) this.missedAtMs.clear()
    this.missedAtMs.set(serial, nowMs)
  }
}

function codeKey({ crypto, accessCode }: SignedPlatformOptions): CodeKey | null {
  if (accessCode === undefined) return null
  const mac = (data: Uint8Array): Uint8Array => crypto.hmacSm3(accessCode, data)
  return { mac, isMac: (data, given) => equalBytes(mac(data), given) }
}

/** Digest of the unsealed body, which is the same at each attempt. */
const fingerprintOf = ({ crypto, signingKey }: SignedPlatformOptions, { bodyText }: SignedCall) =>
  hexOf(digestOf(crypto, signingKey?.suite ?? standardSuite, utf8.encode(bodyText))).toLowerCase()

interface Attempt {
  readonly keys: OwnKeys
  readonly nonce: string
  readonly body: Uint8Array
  /** Serial of the certificate that members were sealed to. */
  readonly sealedTo: string | null
}

function headersOf(
  options: SignedPlatformOptions,
  call: SignedCall,
  { keys, nonce, body, sealedTo }: Attempt,
): Record<string, string> {
  const { dialect } = options
  const { method, path } = call
  const timestampSec = Math.floor(options.transport.nowMs() / 1000)
  const headers: Record<string, string> = {
    ...dialect.envelope.headers({ method, path, timestampSec, nonce, body }, keys),
    accept: 'application/json',
    'accept-language': options.language ?? 'zh_CN',
    'user-agent': options.userAgent,
  }
  if (call.version !== undefined) headers['if-none-match'] = `"${call.version}"`
  if (call.method !== 'GET')
    headers['content-type'] = bodyForms[dialect.envelope.bodyForm].contentType
  if (call.idempotencyKey !== null) {
    headers['idempotency-key'] = call.idempotencyKey
    // D.2 rule 1: the business number, and the digest of its body.
    headers['idempotency-fingerprint'] = fingerprintOf(options, call)
  }
  if (sealedTo !== null) headers[dialect.sensitive.serialHeader] = sealedTo
  return headers
}

function outsideValidity(
  { notBeforeMs, notAfterMs }: PlatformKey,
  nowMs: InstantMs,
): 'certificateExpired' | 'certificateNotYetValid' | null {
  if (nowMs < notBeforeMs) return 'certificateNotYetValid'
  return nowMs >= notAfterMs ? 'certificateExpired' : null
}

type Judged = Pick<SignedResult, 'verified' | 'clockOffsetMs'>

/** An answer under a certificate outside its validity is not verified, and its time is not used. */
function judged(
  proof: Proof,
  ring: KeyRing,
  nowMs: InstantMs,
  refusedCertificate: SignedPlatformOptions['refusedCertificate'],
): Judged {
  if (proof.kind === 'unknownCertificate') return { verified: proof.kind, clockOffsetMs: null }
  if (proof.kind === 'unproven') return { verified: proof.why, clockOffsetMs: null }
  const { serial, signedAtSec } = proof
  const key = serial === null ? undefined : ring.of(serial)
  const ended = key === undefined ? null : outsideValidity(key, nowMs)
  if (key !== undefined && ended !== null) {
    const { certSerial, notBeforeMs, notAfterMs } = key
    const signedAtMs = signedAtSec * 1000
    refusedCertificate?.({ certSerial, notBeforeMs, notAfterMs, nowMs, signedAtMs })
    return { verified: ended, clockOffsetMs: null }
  }
  const clockOffsetMs = signedAtSec * 1000 - Math.floor(nowMs / 1000) * 1000
  const verified = Math.abs(clockOffsetMs) <= answerWindowMs ? 'valid' : 'outsideWindow'
  return { verified, clockOffsetMs }
}

/** Reports a silence without sending: no platform certificate is in force to seal a member to. */
function notSent(sentAtMs: InstantMs, done: (result: SignedResult) => void): Cancel {
  let cancelled = false
  const answer = { kind: 'silence', reason: 'noCertificate', sent: false } as const
  const unknown = { verified: null, requestId: null, clockOffsetMs: null }
  queueMicrotask(() => {
    if (!cancelled) done({ answer, ...unknown, sentAtMs })
  })
  return () => {
    cancelled = true
  }
}

/** Throws CERT-01 when the lot lacks a certificate or code that the envelope needs. */
function mustHold({ dialect, appId, signingKey, accessCode }: SignedPlatformOptions): void {
  const { needs } = dialect.envelope
  const missing = (note: Why): LaneFault => new LaneFault('CERT-01', { value: appId, note })
  if (needs.includes('certificates') && signingKey === null)
    throw missing(t('没有客户端证书', 'no client certificate'))
  if (needs.includes('code') && accessCode === undefined)
    throw missing(t('没有平台的授权码', 'no authorisation code of the platform'))
}

/** Throws ARG-01 for an invalid channel number (P1), CERT-01 as `mustHold` does. */
export function signedPlatform(options: SignedPlatformOptions): SignedPlatform {
  const { dialect, appId, signingKey, refusedCertificate } = options
  if (!dialect.isAppId(appId)) {
    throw new LaneFault('ARG-01', {
      value: appId,
      note: t('不是渠道号 (9.1 b)', 'not a channel number (9.1 b)'),
    })
  }
  mustHold(options)
  const ring = new KeyRing(options.platformKeys, options.refetchKeys)
  const { envelope } = dialect
  const code = codeKey(options)
  const keys: OwnKeys = { appId, signingKey, code }

  function verify(answer: AnswerToVerify, then: (found: Judged) => void): void {
    const nowMs = options.transport.nowMs()
    const proof = (): Proof => envelope.verify(answer, { keyOf: (serial) => ring.of(serial), code })
    const first = proof()
    const tell = (found: Proof): void => then(judged(found, ring, nowMs, refusedCertificate))
    if (first.kind === 'unknownCertificate') ring.fetchFor(first.serial, nowMs, () => tell(proof()))
    else tell(first)
  }

  return {
    takeKeys: (keys) => ring.replace(keys),
    send(call, done) {
      dialect.refuseText(call.bodyText)
      const sentAtMs = options.transport.nowMs()
      let cancelled = false
      const { method, path, timeoutMs } = call
      const sealed = sealedBody(dialect, call, options.fields)
      if (sealed === null) return notSent(sentAtMs, done)
      const body = utf8.encode(bodyForms[envelope.bodyForm].write(sealed.bodyText))
      const nonce = hexOf(options.random.bytes(16))
      const headers = headersOf(options, call, { keys, nonce, body, sealedTo: sealed.serial })
      const stop = options.http.request({ method, path, headers, body, timeoutMs }, (answer) => {
        const finish = (found: Judged): void => {
          if (cancelled) return
          const id = answer.kind === 'answer' ? answer.headers['request-id'] : undefined
          const requestId = id !== undefined && requestIdShape.test(id) ? id : null
          const tookMs = Math.max(0, options.transport.nowMs() - sentAtMs)
          const access = { ...accessOf(options, call, answer), requestId, tookMs }
          options.access?.({ atMs: sentAtMs, ...access })
          done({ answer, ...found, requestId, sentAtMs })
        }
        if (answer.kind === 'silence') finish({ verified: null, clockOffsetMs: null })
        else verify({ headers: answer.headers, body: answer.body, nonce }, finish)
      })
      return () => {
        cancelled = true
        stop()
      }
    },
  }
}

/** The verdict on a finished exchange; without an answer a silence that says whether a byte was sent. */
export const verdictOf = (
  dialect: Dialect,
  call: Call,
  result: SignedResult,
  sinceLastAttemptMs: number | null,
): Verdict => judgedBy(result, (answer) => dialect.judge(call, { ...answer, sinceLastAttemptMs }))

const isMoney = ({ kind }: ConsumptionVerdict): boolean =>
  kind === 'confirmed' || kind === 'allowed'

/** A silence without an answer, else the dialect's verdict. */
export function judgedBy<V extends ConsumptionVerdict>(
  { answer, verified }: SignedResult,
  judge: (answer: PlatformAnswer) => V,
): V | Silence {
  if (answer.kind === 'silence') {
    const { reason: why, sent } = answer
    return { kind: 'silence', why, sent, securityEvent: null, afterMs: null }
  }
  const { status, headers, body } = answer
  const state = verified ?? 'unsigned'
  const verdict = judge({ status, headers, body, verified: state, sinceLastAttemptMs: null })
  // An unproven answer never confirms money, whatever verdict the dialect gives.
  if (state === 'valid' || !isMoney(verdict)) return verdict
  return { kind: 'silence', why: state, sent: true, securityEvent: null, afterMs: null }
}
