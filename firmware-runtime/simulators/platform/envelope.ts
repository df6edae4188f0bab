// The envelope of every exchange: the signed texts (P2, P3), the Authorization header, and the checks that a request
// passes before its body is read.
import { joined } from '#base/pure/data/bytes.ts'
import type { RespCode } from './answers.ts'

export interface PlatformRequest {
  readonly method: string
  /** Path with query exactly as sent. */
  readonly path: string
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  /** Address of the sender; absent without a socket. */
  readonly address?: string | undefined
}

/** Of the national suite (P9). */
export type FileCipher = 'SM4-GCM' | 'SM4-CBC'

/** Who may knock: a channel with its certificate (9.1 a, b). */
export interface PlatformClient {
  readonly appId: string
  /** Upper-case hex. */
  readonly certSerial: string
  readonly validToMs: number
  /** Its exchanges belong to a joint test. */
  readonly isSandbox?: boolean
  /** Seals a text for this certificate, under a file name; absent: files go in clear. */
  sealFile?(name: string, text: string, cipher: FileCipher): Readonly<Record<string, string>>
  /** Seals a member for this certificate, in Base64; absent: members go in clear. */
  sealField?(text: string): string
  verify(message: Uint8Array, signature: Uint8Array): boolean
}

export interface Authorization {
  readonly appId: string
  readonly nonce: string
  readonly timestampSec: number
  readonly serial: string
  readonly signature: Uint8Array
}

/** The signature scheme of the platform's suite (P2). */
export const schemeOf = { GM: 'ETC-SM2-WITH-SM3', RSA_AES: 'ETC-SHA256-RSA2048' } as const
export type Scheme = (typeof schemeOf)[keyof typeof schemeOf]

/** ±300 s (P2), inclusive. */
export const windowMs = 300_000
/** Time for which a nonce is remembered (D.2.9): longer than the whole window. */
export const nonceKeepMs = 600_001

const newline = Uint8Array.of(0x0a)
const utf8 = new TextEncoder()

const lines = (parts: readonly (string | Uint8Array)[]): Uint8Array =>
  joined(parts.flatMap((part) => [typeof part === 'string' ? utf8.encode(part) : part, newline]))

/** Five lines, each ended by LF; the body is used byte for byte (B.1). */
export const requestText = (
  request: Pick<PlatformRequest, 'method' | 'path' | 'body'>,
  timestamp: string,
  nonce: string,
): Uint8Array => lines([request.method, request.path, timestamp, nonce, request.body])

/** Three lines, each ended by LF. */
export const answerText = (timestamp: string, nonce: string, body: Uint8Array): Uint8Array =>
  lines([timestamp, nonce, body])

const base64Shape = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/** Null unless the scheme is supported and each of the five members occurs exactly once. */
export function parseAuthorization(
  header: string | undefined,
  scheme: Scheme = schemeOf.GM,
): Authorization | null {
  const prefix = `${scheme} `
  if (header === undefined || !header.startsWith(prefix)) return null
  const members = new Map<string, string>()
  for (const part of header.slice(prefix.length).split(',')) {
    const m = /^\s*([a-z_]+)="([^"]*)"\s*$/.exec(part)
    if (!m || members.has(m[1] ?? '')) return null
    members.set(m[1] ?? '', m[2] ?? '')
  }
  const of = (name: string): string => members.get(name) ?? ''
  const shaped =
    members.size === 5 &&
    /^[A-Za-z0-9]{1,32}$/.test(of('appid')) &&
    /^[A-Z0-9]{32}$/.test(of('nonce_str')) &&
    /^\d{1,12}$/.test(of('timestamp')) &&
    /^[0-9A-F]{2,40}$/.test(of('serial_no')) &&
    of('signature') !== '' &&
    base64Shape.test(of('signature'))
  if (!shaped) return null
  return {
    appId: of('appid'),
    nonce: of('nonce_str'),
    timestampSec: Number(of('timestamp')),
    serial: of('serial_no'),
    signature: Uint8Array.from(Buffer.from(of('signature'), 'base64')),
  }
}

export interface Gate {
  readonly scheme?: Scheme | undefined
  readonly clients: readonly PlatformClient[]
  /** Shift of business time for a channel: certificates expire by it. */
  shiftMs?(appId: string): number
  /** True when the nonce was used within `nonceKeepMs`. */
  nonceSeen(appId: string, nonce: string, nowMs: number): boolean
}

type Passed =
  | { readonly ok: true; readonly auth: Authorization }
  | { readonly ok: false; readonly why: RespCode }

/**
 * Judges the sender by transport time. The nonce is checked after the signature: otherwise anyone could use up the
 * nonces of others.
 */
export function passGate(gate: Gate, request: PlatformRequest, nowMs: number): Passed {
  const no = (why: RespCode): Passed => ({ ok: false, why })
  const auth = parseAuthorization(request.headers['authorization'], gate.scheme)
  if (!auth) return no('400001')
  if (!gate.clients.some((c) => c.appId === auth.appId)) return no('400003')
  const client = gate.clients.find((c) => c.appId === auth.appId && c.certSerial === auth.serial)
  if (!client) return no('400005')
  if (nowMs + (gate.shiftMs?.(auth.appId) ?? 0) > client.validToMs) return no('400010')
  if (Math.abs(nowMs - auth.timestampSec * 1000) > windowMs) return no('400007')
  const text = requestText(request, String(auth.timestampSec), auth.nonce)
  if (!client.verify(text, auth.signature)) return no('400006')
  if (gate.nonceSeen(auth.appId, auth.nonce, nowMs)) return no('400008')
  return { ok: true, auth }
}

/** The probable cause of a wrong signature, for developers of clients; null when unknown. */
export function signatureHint(gate: Gate, request: PlatformRequest): string | null {
  const auth = parseAuthorization(request.headers['authorization'], gate.scheme)
  const client = gate.clients.find((c) => c.appId === auth?.appId && c.certSerial === auth.serial)
  if (auth === null || client === undefined) return null
  const text = requestText(request, String(auth.timestampSec), auth.nonce)
  return client.verify(text.subarray(0, -1), auth.signature) ? 'the last line has no LF' : null
}

/** A lead byte F0..F7 starts a code point above U+FFFF (9.3.3.2 allows one to three bytes). */
export function hasFourByteText(body: Uint8Array): boolean {
  for (const byte of body) if (byte >= 0xf0) return true
  return false
}
