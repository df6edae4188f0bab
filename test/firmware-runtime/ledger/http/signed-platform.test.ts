// Signed exchanges over real HTTPS: envelope of P2, verification of P3, certificates, refusals.
// The server signs with this test's own key; the simulator verifies with another library.
import { guangxi } from '#ledger/pure/platforms/guangxi/dialect.ts'
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemMonoClock } from '#base/time/system-clocks.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { platformClient } from '#ledger/http/platform-client.ts'
import {
  signedPlatform,
  verdictOf,
  type PlatformKeys,
  type SignedPlatformOptions,
  type SignedResult,
} from '#ledger/http/signed-platform.ts'
import { parseAuthorization } from '../pure/platforms/guangxi/read-authorization.ts'
import { answerMessage, requestMessage } from '#base/pure/words/envelope-text.ts'
import type { Call } from '#ledger/ports/dialect.ts'
import { requestFor } from '#ledger/pure/platforms/guangxi/requests.ts'
import { makeIdentity, tlsServer, type Respond, type TlsServer } from './tls-server.ts'
import { patienceMs } from '../../../kit/eventually.ts'

const crypto = openGmCrypto()
const client = crypto.keyPair()
const platform = crypto.keyPair()
const platformSerial = '5A01'
const signer = crypto.signingKey(platform, platformSerial)
const nowMs = 1_795_156_200_000
const transport = { nowMs: () => nowMs }

const charge: Call = {
  op: 'charge',
  businessNo: 'PX0120261120143000001',
  body: '{"outTradeNo":"PX0120261120143000001","realFee":1500,"vehiclePlate":"测A12345"}',
  amountFen: 1500,
}
const success = JSON.stringify({
  code: 'SUCCESS',
  respCode: '100000',
  message: 'ok',
  data: {
    outTradeNo: charge.businessNo,
    tradeNo: 'T1',
    status: 'SUCCESS',
    chargedFee: 1500,
    openBarrier: true,
  },
})

interface Seal {
  readonly atMs?: number
  readonly serial?: string
  readonly spoil?: (headers: Record<string, string>) => void
}

/** The four headers of P3 over `body`. */
function sealed(body: Uint8Array, seal: Seal = {}): Record<string, string> {
  const timestamp = String(Math.floor((seal.atMs ?? nowMs) / 1000))
  const nonce = 'C5AC7061FCCAB6BF3E254DCF98995B8C'
  const signature = signer.sign(answerMessage({ timestamp, nonce, body }))
  const headers: Record<string, string> = {
    'Etc-Timestamp': timestamp,
    'Etc-Nonce': nonce,
    'Etc-Serial': seal.serial ?? platformSerial,
    'Etc-Signature': Buffer.from(signature).toString('base64'),
    'Request-ID': 'req-0001',
  }
  seal.spoil?.(headers)
  return headers
}

const answering =
  (text: string | Uint8Array = success, seal: Seal = {}, status = 200): Respond =>
  (_, response) => {
    const body = typeof text === 'string' ? new TextEncoder().encode(text) : text
    response.writeHead(status, sealed(body, seal)).end(body)
  }

let server: TlsServer
let respond: Respond = answering()
let http: ReturnType<typeof platformClient>
const keys = (...serials: readonly string[]): PlatformKeys =>
  new Map(
    serials.map((serial) => [
      serial,
      {
        ...crypto.verifyingKey(platform.publicKey, serial),
        notBeforeMs: 0,
        notAfterMs: Number.MAX_SAFE_INTEGER,
      },
    ]),
  )

beforeAll(async () => {
  server = await tlsServer(makeIdentity(), (request, response) => respond(request, response))
  http = platformClient({
    baseUrl: server.baseUrl,
    caFile: server.caFile,
    mono: systemMonoClock(),
    connections: 4,
  })
})
afterAll(async () => {
  await http.close()
  await server.close()
})

let drawn = 0
const makePlatform = (over: Partial<SignedPlatformOptions> = {}) =>
  signedPlatform({
    dialect: guangxi,
    http,
    crypto,
    appId: 'GX00012',
    signingKey: crypto.signingKey(client, '5C01'),
    platformKeys: keys(platformSerial),
    transport,
    random: { bytes: (count) => new Uint8Array(count).fill(++drawn & 0xff) },
    userAgent: 'etc-lane/0.1.0',
    ...over,
  })

const exchange = (call: Call, over: Partial<SignedPlatformOptions> = {}): Promise<SignedResult> =>
  new Promise((resolve) => {
    makePlatform(over).send({ ...requestFor(call), timeoutMs: patienceMs }, resolve)
  })

const lastSeen = () => {
  const seen = server.seen.at(-1)
  if (seen === undefined) throw new Error('nothing was seen')
  return seen
}

describe('the log of accesses', () => {
  const { code, respCode } = { code: 'NO_PSAM', respCode: '400009' }
  it.each<[string, number, string, { respCode: string | null; isRefused?: true }]>([
    ['a success', 200, success, { respCode: '100000' }],
    ['a status of a refusal', 403, JSON.stringify({ code, respCode }), { respCode }],
    ['its body alone', 200, JSON.stringify({ code, respCode }), { respCode, isRefused: true }],
    ['a symbol alone', 200, JSON.stringify({ code }), { respCode: code, isRefused: true }],
    ['no code', 200, '{"code":"SUCCESS","data":{"code":"X"}}', { respCode: null }],
  ])('says whether it was refused: %s', async (_, status, text, said) => {
    respond = answering(text, {}, status)
    const { promise, resolve } = Promise.withResolvers<object>()
    await exchange(charge, { access: resolve })
    const access = await promise
    expect(access).toMatchObject({ status, ...said })
    expect('isRefused' in access).toBe('isRefused' in said)
  })
})

describe('the envelope of a request', () => {
  it('is signed over the exact bytes, with all headers of P2', async () => {
    respond = answering()
    const result = await exchange(charge)
    const { headers, method, path, body } = lastSeen()
    const auth = parseAuthorization(headers.authorization ?? '')
    expect(auth).toMatchObject({ appId: 'GX00012', certSerial: '5C01', timestampSec: nowMs / 1000 })
    const message = requestMessage({
      method: 'POST',
      path: '/v1/etc/exit-charges',
      timestampSec: auth?.timestampSec ?? 0,
      nonce: auth?.nonce ?? '',
      body,
    })
    const signature = Uint8Array.from(Buffer.from(auth?.signature ?? '', 'base64'))
    expect(crypto.verifyingKey(client.publicKey, '5C01').verify(message, signature)).toBe(true)
    expect({ method, path, text: body.toString() }).toEqual({
      method: 'POST',
      path: '/v1/etc/exit-charges',
      text: charge.body,
    })
    expect(headers).toMatchObject({
      accept: 'application/json',
      'content-type': 'application/json',
      'accept-language': 'zh_CN',
      'user-agent': 'etc-lane/0.1.0',
      'idempotency-key': charge.businessNo,
      'idempotency-fingerprint': createHash('sm3').update(charge.body).digest('hex'),
    })
    expect(result).toMatchObject({ verified: 'valid', requestId: 'req-0001', clockOffsetMs: 0 })
    expect(verdictOf(guangxi, charge, result, null)).toMatchObject({
      kind: 'confirmed',
      chargedFen: 1500,
    })
  })

  it('is fresh for each attempt while the body stays', async () => {
    await exchange(charge)
    const first = lastSeen()
    await exchange(charge)
    const second = lastSeen()
    expect(second.body).toEqual(first.body)
    expect(second.headers['idempotency-key']).toBe(first.headers['idempotency-key'])
    const nonces = [first, second].map(
      (seen) => parseAuthorization(seen.headers.authorization ?? '')?.nonce,
    )
    expect(new Set(nonces).size).toBe(2)
  })

  it('of a query has no body, no content type and no idempotency key', async () => {
    await exchange({ op: 'chargeQuery', businessNo: 'P1', body: '', amountFen: 1500 })
    const { method, path, headers, body } = lastSeen()
    expect({ method, path, length: body.length }).toEqual({
      method: 'GET',
      path: '/v1/etc/exit-charges/P1',
      length: 0,
    })
    expect(headers).not.toHaveProperty('content-type')
    expect(headers).not.toHaveProperty('idempotency-key')
  })

  it('of a PUT is signed with its own method', async () => {
    const call = {
      method: 'PUT' as const,
      path: '/v1/batches/exit/P1/2026112014',
      bodyText: '{"count":0}',
      idempotencyKey: 'exitP12026112014',
      timeoutMs: patienceMs,
    }
    await new Promise<SignedResult>((resolve) => makePlatform().send(call, resolve))
    const { method, path, headers, body } = lastSeen()
    const auth = parseAuthorization(headers.authorization ?? '')
    const message = requestMessage({
      method: 'PUT',
      path,
      timestampSec: auth?.timestampSec ?? 0,
      nonce: auth?.nonce ?? '',
      body,
    })
    const signature = Uint8Array.from(Buffer.from(auth?.signature ?? '', 'base64'))
    expect(method).toBe('PUT')
    expect(crypto.verifyingKey(client.publicKey, '5C01').verify(message, signature)).toBe(true)
  })

  it.each([
    ['form', 'application/x-www-form-urlencoded'],
    ['text', 'text/plain; charset=utf-8'],
  ] as const)('of a dialect that sends %s is proven as it is sent', async (bodyForm, type) => {
    const dialect = { ...guangxi, envelope: { ...guangxi.envelope, bodyForm } }
    await exchange(charge, { dialect })
    const { headers, path, body } = lastSeen()
    const auth = parseAuthorization(headers.authorization ?? '')
    const { timestampSec = 0, nonce = '', signature = '' } = auth ?? {}
    const message = requestMessage({ method: 'POST', path, timestampSec, nonce, body })
    const given = Uint8Array.from(Buffer.from(signature, 'base64'))
    expect(crypto.verifyingKey(client.publicKey, '5C01').verify(message, given)).toBe(true)
    const members =
      bodyForm === 'text'
        ? (JSON.parse(body.toString()) as object)
        : Object.fromEntries(new URLSearchParams(body.toString()))
    expect([headers['content-type'], members]).toEqual([
      type,
      {
        outTradeNo: charge.businessNo,
        vehiclePlate: '测A12345',
        realFee: bodyForm === 'text' ? 1500 : '1500',
      },
    ])
  })

  it('is never made for four-byte text, plain or escaped', () => {
    const before = server.seen.length
    for (const bodyText of ['{"a":"😀"}', '{"a":"\ud800"}', '{"a":"\\ud83d\\ude00"}']) {
      const call = { ...requestFor(charge), bodyText, timeoutMs: patienceMs }
      expect(() => makePlatform().send(call, () => undefined)).toThrow(/^UPLOAD-02/)
    }
    expect(server.seen.length).toBe(before)
  })

  it('is never made for a channel number that is none', () => {
    for (const appId of ['', 'a_b', 'a"b', 'x'.repeat(33)]) {
      expect(() => makePlatform({ appId })).toThrow(/^ARG-01/)
    }
  })
})

it('confirms nothing without a proof, whatever a dialect makes of the answer', async () => {
  const unsigned = (headers: Record<string, string>): void => {
    Reflect.deleteProperty(headers, 'Etc-Signature')
  }
  respond = answering(success, { spoil: unsigned })
  const body = new TextEncoder().encode(success)
  const of = { status: 200, headers: {}, body, sinceLastAttemptMs: null }
  const confirmed = guangxi.judge(charge, { ...of, verified: 'valid' })
  expect(confirmed.kind).toBe('confirmed')
  const result = await exchange(charge)
  const careless = { ...guangxi, judge: () => confirmed }
  expect(verdictOf(careless, charge, result, null)).toMatchObject({
    kind: 'silence',
    why: 'unsigned',
  })
  respond = answering()
})

describe('verification of the answer', () => {
  const drop = (name: string) => (headers: Record<string, string>) => {
    Reflect.deleteProperty(headers, name)
  }
  const set = (name: string, value: string) => (headers: Record<string, string>) => {
    headers[name] = value
  }
  const rows: readonly (readonly [string, Seal, string])[] = [
    ['without Etc-Signature', { spoil: drop('Etc-Signature') }, 'unsigned'],
    ['without Etc-Serial', { spoil: drop('Etc-Serial') }, 'unsigned'],
    ['without Etc-Nonce', { spoil: drop('Etc-Nonce') }, 'unsigned'],
    ['without Etc-Timestamp', { spoil: drop('Etc-Timestamp') }, 'unsigned'],
    ['with another nonce', { spoil: set('Etc-Nonce', 'A'.repeat(32)) }, 'badSignature'],
    ['with another time', { spoil: set('Etc-Timestamp', '1795156201') }, 'badSignature'],
    ['with a time that is no number', { spoil: set('Etc-Timestamp', '1e9') }, 'badSignature'],
    ['with a signature that is no Base64', { spoil: set('Etc-Signature', '%%%') }, 'badSignature'],
    ['with raw r and s', { spoil: set('Etc-Signature', 'A'.repeat(86) + '==') }, 'badSignature'],
    ['with an unknown serial', { serial: '0BAD' }, 'unknownCertificate'],
    ['301 s ahead', { atMs: nowMs + 301_000 }, 'outsideWindow'],
    ['301 s behind', { atMs: nowMs - 301_000 }, 'outsideWindow'],
    ['R12 one day ahead', { atMs: nowMs + 86_400_000 }, 'outsideWindow'],
    ['300 s ahead', { atMs: nowMs + 300_000 }, 'valid'],
    ['300 s behind', { atMs: nowMs - 300_000 }, 'valid'],
  ]
  it.each(rows)('%s', async (_, seal, verified) => {
    respond = answering(success, seal)
    const result = await exchange(charge)
    expect(result.verified).toBe(verified)
    const verdict = verdictOf(guangxi, charge, result, null)
    expect(verdict.kind).toBe(verified === 'valid' ? 'confirmed' : 'silence')
    if (verdict.kind === 'silence') expect(verdict.securityEvent).not.toBeNull()
  })

  it('says how far the clocks are apart, in both directions', async () => {
    for (const offsetMs of [-250_000, 86_400_000]) {
      respond = answering(success, { atMs: nowMs + offsetMs })
      expect((await exchange(charge)).clockOffsetMs).toBe(offsetMs)
    }
  })

  it('R11 is over the bytes of the link, also when they are not UTF-8', async () => {
    respond = answering(Uint8Array.of(0x7b, 0xff, 0xfe, 0x7d))
    const result = await exchange(charge)
    expect(result.verified).toBe('valid')
    expect(verdictOf(guangxi, charge, result, null)).toMatchObject({ kind: 'hold' })
  })

  it('fails when the body was changed on the way', async () => {
    const other = success.replace('1500', '1')
    respond = (_, response) => {
      response.writeHead(200, sealed(new TextEncoder().encode(success))).end(other)
    }
    expect((await exchange(charge)).verified).toBe('badSignature')
  })

  it('ignores a Request-ID that is no printable text', async () => {
    respond = answering(success, { spoil: (h) => (h['Request-ID'] = 'x'.repeat(65)) })
    expect((await exchange(charge)).requestId).toBeNull()
  })

  it('turns no answer into silence that says whether it was sent', async () => {
    respond = (_, response) => response.socket?.destroy()
    const result = await exchange(charge)
    expect(result).toMatchObject({ verified: null, requestId: null })
    expect(verdictOf(guangxi, charge, result, null)).toMatchObject({ kind: 'silence', sent: true })
  })
})

describe('certificates change', () => {
  it('an unknown serial fetches once, then the answer verifies', async () => {
    respond = answering(success, { serial: '5A02' })
    let fetches = 0
    const platformWith = makePlatform({
      refetchKeys: (done) => {
        fetches++
        queueMicrotask(() => done(keys('5A01', '5A02')))
      },
    })
    const send = (): Promise<SignedResult> =>
      new Promise((resolve) =>
        platformWith.send({ ...requestFor(charge), timeoutMs: patienceMs }, resolve),
      )
    const results = await Promise.all([send(), send(), send()])
    expect(results.map((r) => r.verified)).toEqual(['valid', 'valid', 'valid'])
    expect((await send()).verified).toBe('valid')
    expect(fetches).toBe(1)
  })

  it('a serial that stays unknown is not fetched again at once, and never believed', async () => {
    respond = answering(success, { serial: '0BAD' })
    let fetches = 0
    let atMs = nowMs
    const platformWith = makePlatform({
      transport: { nowMs: () => atMs },
      refetchKeys: (done) => {
        fetches++
        done(fetches === 1 ? null : keys(platformSerial))
      },
    })
    const send = (): Promise<SignedResult> =>
      new Promise((resolve) =>
        platformWith.send({ ...requestFor(charge), timeoutMs: patienceMs }, resolve),
      )
    for (let i = 0; i < 3; i++) expect((await send()).verified).toBe('unknownCertificate')
    expect(fetches).toBe(1)
    atMs += 60_000
    expect((await send()).verified).toBe('unknownCertificate')
    expect(fetches).toBe(2)
  })
})

describe('many at a time', () => {
  it('carries 200 exchanges', async () => {
    respond = answering()
    const platformOnce = makePlatform()
    const send = (): Promise<SignedResult> =>
      new Promise((resolve) =>
        platformOnce.send({ ...requestFor(charge), timeoutMs: patienceMs }, resolve),
      )
    await Promise.all(Array.from({ length: 50 }, send))
    const results = await Promise.all(Array.from({ length: 200 }, send))
    expect(results).toHaveLength(200)
    expect(results.every((r) => r.verified === 'valid')).toBe(true)
  })
})
