// The texts that are signed: five lines of a request (P2), three lines of an answer (P3).
// Each line ends in one LF, the last too; the body goes in as the exact bytes sent.
import type { SuiteName } from '../data/suite.ts'

/** Signature scheme by suite (P2), first word of the Authorization header. */
export const signatureSchemes: Readonly<Record<SuiteName, string>> = {
  GM: 'ETC-SM2-WITH-SM3',
  RSA_AES: 'ETC-SHA256-RSA2048',
}

interface RequestText {
  readonly method: string
  /** Path and query exactly as sent, without scheme and host. */
  readonly path: string
  /** Unix seconds. */
  readonly timestampSec: number
  readonly nonce: string
  /** As sent; empty for GET. */
  readonly body: Uint8Array
}

const lineFeed = 0x0a

/** Bytes in UTF-8: pure rooms have no TextEncoder. */
const utf8 = (text: string): number[] =>
  (encodeURIComponent(text).match(/%..|[^%]/g) ?? []).map((unit) =>
    unit.length === 1 ? unit.charCodeAt(0) : Number.parseInt(unit.slice(1), 16),
  )

/** Head lines as text, then the body bytes, each ended by LF. */
function message(headLines: readonly string[], body: Uint8Array): Uint8Array {
  const head = utf8(headLines.map((line) => `${line}\n`).join(''))
  const out = new Uint8Array(head.length + body.length + 1)
  out.set(head)
  out.set(body, head.length)
  out[out.length - 1] = lineFeed
  return out
}

export const requestMessage = (request: RequestText): Uint8Array =>
  message([request.method, request.path, String(request.timestampSec), request.nonce], request.body)

interface AnswerText {
  /** As in the header, never reformatted. */
  readonly timestamp: string
  readonly nonce: string
  readonly body: Uint8Array
}

export const answerMessage = (answer: AnswerText): Uint8Array =>
  message([answer.timestamp, answer.nonce], answer.body)
