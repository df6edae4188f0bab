// A platform that does not accept the lot's newest certificate: the same call is sent again under each earlier one, and the
// one that works signs for an hour. Only a signed refusal counts; what was learned about each certificate is reported.
import { beforeEach, expect, it } from 'vitest'
import type { Sm2KeyPair } from '#base/crypto/sm2.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { allAgainMs, newestAgainMs, platformUnder } from '#ledger/http/former-certificate.ts'
import type { SignedResult } from '#ledger/http/signed-platform.ts'
import { parseAuthorization } from '../pure/platforms/guangxi/read-authorization.ts'
import { answerMessage } from '#base/pure/words/envelope-text.ts'
import { guangxi } from '#ledger/pure/platforms/guangxi/dialect.ts'
import type { HttpAnswer, HttpClient, HttpRequest } from '#base/ports/http-client.ts'

const crypto = openGmCrypto()
const decoded = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)
const [own, before, older, platform] = [0, 1, 2, 3].map(() => crypto.keyPair()) as [
  Sm2KeyPair,
  Sm2KeyPair,
  Sm2KeyPair,
  Sm2KeyPair,
]
const signer = crypto.signingKey(platform, '5A01')
const answerKey = { ...crypto.verifyingKey(platform.publicKey, '5A01'), notBeforeMs: 0 }

let nowMs = 0
let taken: string[] = []
let isSigned = true
/** The certificates of the requests, in order. */
let sent: string[] = []
/** The bodies of the same requests. */
let bodies: string[] = []
let notices: (string | null)[] = []
let words: string[] = []
let status = 200

function answerTo({ headers, method, path, body: sentBody }: HttpRequest): HttpAnswer {
  bodies.push(`${method} ${path} ${headers['idempotency-key']} ${decoded(sentBody)}`)
  const serial = parseAuthorization(headers['authorization'] ?? '')?.certSerial ?? ''
  sent.push(serial)
  const respCode = taken.includes(serial) ? '100000' : '400005'
  const body = new TextEncoder().encode(JSON.stringify({ code: 'X', respCode, data: {} }))
  const [timestamp, nonce] = [String(nowMs / 1000), 'C5AC7061FCCAB6BF3E254DCF98995B8C']
  const signature = Buffer.from(signer.sign(answerMessage({ timestamp, nonce, body })))
  const seal = {
    'etc-timestamp': timestamp,
    'etc-nonce': nonce,
    'etc-serial': '5A01',
    'etc-signature': signature.toString('base64'),
  }
  const code = respCode === '100000' ? status : 401
  return { kind: 'answer', status: code, headers: isSigned ? seal : {}, body }
}

const http: HttpClient = {
  request(request, done) {
    done(answerTo(request))
    return () => undefined
  },
}

const notAfterMs = 1_795_200_000_000

const formers = [
  { signingKey: crypto.signingKey(before, 'AE01'), notAfterMs },
  { signingKey: crypto.signingKey(older, 'AE00'), notAfterMs },
]

const link = (count = 1) =>
  platformUnder(
    {
      dialect: guangxi,
      http,
      crypto,
      appId: 'GX00012',
      signingKey: crypto.signingKey(own, 'AE02'),
      platformKeys: new Map([['5A01', { ...answerKey, notAfterMs: Number.MAX_SAFE_INTEGER }]]),
      transport: { nowMs: () => nowMs },
      random: { bytes: (count) => new Uint8Array(count) },
      userAgent: 'etc-lane/0.1.0',
    },
    formers.slice(0, count),
    {
      signs: (former) => notices.push(former),
      word: (certSerial, word) => words.push(`${certSerial} ${word}`),
    },
  )

function asks(platformLink: ReturnType<typeof link>): string {
  const results: SignedResult[] = []
  const call = { method: 'POST', path: '/v1/x', bodyText: '{"fen":500}' } as const
  platformLink.send({ ...call, idempotencyKey: 'GX00012-1', timeoutMs: 1_000 }, (result) =>
    results.push(result),
  )
  const texts = results.map(({ answer }) =>
    answer.kind === 'answer' ? decoded(answer.body) : answer.reason,
  )
  return texts.map((text) => guangxi.respCodeOf(text)).join()
}

beforeEach(() => {
  ;[nowMs, taken, isSigned, sent, notices] = [1_795_156_200_000, ['AE01'], true, [], []]
  ;[bodies, words, status] = [[], [], 200]
})

it('goes out again under the former, which signs for an hour; then the new one is tried', () => {
  const one = link()
  expect([asks(one), asks(one), sent]).toEqual(['100000', '100000', ['AE02', 'AE01', 'AE01']])
  expect(notices).toEqual(['AE01'])
  expect(new Set(bodies)).toEqual(new Set(['POST /v1/x GX00012-1 {"fen":500}']))
  nowMs += newestAgainMs
  expect([asks(one), sent.slice(3), notices]).toEqual(['100000', ['AE02', 'AE01'], ['AE01']])
  taken = ['AE01', 'AE02']
  nowMs += newestAgainMs
  expect([asks(one), asks(one), sent.slice(5)]).toEqual(['100000', '100000', ['AE02', 'AE02']])
  expect(notices).toEqual(['AE01', null])
})

it('where all are refused the answer is given once, nothing is learned, and a minute later each is tried', () => {
  taken = []
  const one = link()
  expect([asks(one), asks(one), sent]).toEqual(['400005', '400005', ['AE02', 'AE01', 'AE02']])
  expect([notices, words]).toEqual([[], []])
  taken = ['AE01']
  nowMs += allAgainMs
  expect([asks(one), sent.slice(3), notices]).toEqual(['100000', ['AE02', 'AE01'], ['AE01']])
})

it('each is tried in turn, newest first; an hour later the newest, then the one that worked', () => {
  taken = ['AE00']
  const one = link(2)
  expect([asks(one), sent]).toEqual(['100000', ['AE02', 'AE01', 'AE00']])
  expect(words).toEqual(['AE02 refused', 'AE01 refused', 'AE00 accepted'])
  nowMs += newestAgainMs
  taken = ['AE00', 'AE01']
  expect([asks(one), sent.slice(3), notices]).toEqual(['100000', ['AE02', 'AE00'], ['AE00']])
})

it('the one that signs is withdrawn within its hour: the same call goes out under the newest', () => {
  const one = link(2)
  asks(one)
  taken = ['AE02']
  expect([asks(one), sent.slice(2)]).toEqual(['100000', ['AE01', 'AE02']])
  expect(notices).toEqual(['AE01', null])
  expect(words.slice(2)).toEqual(['AE01 refused', 'AE02 accepted'])
})

it('an answer that did not carry it out says nothing of a certificate', () => {
  status = 404
  expect([asks(link()), sent, words]).toEqual(['100000', ['AE02', 'AE01'], []])
})

it('a refusal without the signature of the platform changes nothing, nor does one without a former', () => {
  expect([asks(link(0)), sent]).toEqual(['400005', ['AE02']])
  isSigned = false
  expect([asks(link()), sent]).toEqual(['400005', ['AE02', 'AE02']])
  expect(notices).toEqual([])
})

it('the former signs no longer than its certificate is in force', () => {
  const one = link()
  nowMs = notAfterMs - 1000
  expect([asks(one), sent]).toEqual(['100000', ['AE02', 'AE01']])
  nowMs = notAfterMs
  expect([asks(one), sent.slice(2), notices]).toEqual(['400005', ['AE02'], ['AE01', null]])
})

it('a clock that is set back tries the new one at once', () => {
  const one = link()
  asks(one)
  nowMs -= 1000
  asks(one)
  expect(sent).toEqual(['AE02', 'AE01', 'AE02', 'AE01'])
})
