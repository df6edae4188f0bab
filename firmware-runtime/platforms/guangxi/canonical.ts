// The texts that are signed: five lines of a request (P2), three lines of an answer (P3).
// Each line ends in one LF, the last too; the body goes in as the exact bytes sent.

import type { RequestToSign } from '../../ports/envelope.ts'

const lineFeed = 0x0a
const utf8 = new TextEncoder()

/** Head lines as text, then the body bytes, each ended by LF. */
function message(headLines: readonly string[], body: Uint8Array): Uint8Array {
  const head = utf8.encode(headLines.map((line) => `${line}\n`).join(''))
  const out = new Uint8Array(head.length + body.length + 1)
  out.set(head)
  out.set(body, head.length)
  out[out.length - 1] = lineFeed
  return out
}

export const requestMessage = (request: RequestToSign): Uint8Array =>
  message([request.method, request.path, String(request.timestampSec), request.nonce], request.body)

interface AnswerText {
  /** As in the header, never reformatted. */
  readonly timestamp: string
  readonly nonce: string
  readonly body: Uint8Array
}

export const answerMessage = (answer: AnswerText): Uint8Array =>
  message([answer.timestamp, answer.nonce], answer.body)
