// Exit transactions in one sealed file (P12 "the same record in a file", P9, P10), and the file that answers it. Path and the
// members around the envelope are assumed: no seed names an interface of files that a lot sends.
import type { Call, Dialect, PlatformAnswer } from '../../../ports/dialect.ts'
import {
  contradictionIn,
  noMembers,
  readAnswerBody,
  readMembers,
  type AnswerMembers,
} from './answer-body.ts'
import { fileName, mustBeNamed, readFileName } from './file-name.ts'
import { judgeBody } from './judge.ts'
import { digestMember, orWrongName, sealedFileOf } from './sealed-file.ts'
import { refusalOf, unreadWhy } from './signed-data.ts'

const words = 'PARK_TRADE_EXITUPLOAD'
const utf8 = new TextEncoder()

const base64 = (bytes: Uint8Array): string => {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}

/** The frozen texts as they are: what a record is sent as alone is what it is in a file. */
const plain = (bodies: readonly string[]): Uint8Array =>
  utf8.encode(`{"count":${bodies.length},"rows":[${bodies.join(',')}]}`)

type Judged = ReturnType<NonNullable<Dialect['tradeFile']>['judge']>
const silence = (reason: string): Judged => ({ kind: 'silence', reason })

function judge(name: string, { body: bytes, ...told }: PlatformAnswer): Judged {
  const why = unreadWhy(told)
  if (why !== null) return silence(why)
  const body = readAnswerBody(bytes)
  const isDenied = body !== null && contradictionIn(body, told.status) !== null
  if (body === null || isDenied || told.status !== 200 || body.respCode !== '100000')
    return silence(refusalOf(told.status, body?.respCode ?? null))
  const request = readFileName(name)
  // Its answer repeats service, type, command, appId and time (P10).
  const due = { ...request, words: request.words.join('_'), mark: 'RES' } as const
  return orWrongName(() => {
    const file = sealedFileOf(body.data, (found) => mustBeNamed(found, due))
    return file === null ? silence('answerFile') : { kind: 'sealed', file }
  }, silence)
}

const statusOf = (respCode: string): number => {
  if (respCode === '300012') return 404
  if (respCode === '300013') return 409
  return { '1': 200, '2': 400, '3': 422, '4': 403, '5': 503 }[respCode.charAt(0)] ?? 0
}

/** Each row is judged like the answer to a single record; a number in two rows is treated as missing. */
function read(
  calls: readonly Call[],
  file: Uint8Array,
): ReturnType<NonNullable<Dialect['tradeFile']>['read']> {
  const byNo = new Map<string, AnswerMembers | null>()
  for (const row of readMembers(file)?.list('rows') ?? []) {
    const no = row.text('outTradeNo') ?? ''
    byNo.set(no, byNo.has(no) ? null : row)
  }
  return calls.map((call) => {
    const row = byNo.get(call.businessNo) ?? null
    if (row === null) return { respCode: null, verdict: silenceOf('notInAnswer') }
    const respCode = row.text('respCode') ?? ''
    const body = {
      code: respCode.startsWith('1') ? 'SUCCESS' : 'FAILED',
      respCode,
      httpStatus: null,
      message: '',
      atMs: null,
      data: row,
      detail: noMembers,
    }
    const answer = {
      status: statusOf(respCode),
      headers: {},
      verified: 'valid' as const,
      sinceLastAttemptMs: null,
    }
    return { respCode, verdict: judgeBody(call, body, answer) }
  })
}

const silenceOf = (why: string) =>
  ({ kind: 'silence', why, sent: true, securityEvent: null, afterMs: null }) as const

export const tradeFile: NonNullable<Dialect['tradeFile']> = {
  name: (appId, atMs) => fileName(words, 'REQ', appId, atMs),
  cipher: { GM: 'SM4-GCM', RSA_AES: 'AES-256-GCM' },
  plain,
  request: (file) => ({
    method: 'POST',
    path: '/v1/files/exit-trades',
    bodyText: JSON.stringify({
      alg: file.cipher,
      serial: file.serial,
      encKey: base64(file.encKey),
      nonce: base64(file.nonce),
      aad: file.name,
      ciphertext: base64(file.ciphertext),
      ...(file.mac === null ? {} : { mac: base64(file.mac) }),
      [digestMember(file.cipher)]: file.digest,
    }),
    // Each record in it has a number of its own: the same file again changes nothing.
    idempotencyKey: null,
  }),
  judge,
  read,
}
