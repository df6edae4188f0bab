// Fuzz of the Guangxi text codecs and the DER reader: never a crash, never an accidental confirmation.
// Seeded; the seed is printed on failure.
import { describe, expect, it } from 'vitest'
import { rawSignature, signatureDer } from '#base/crypto/sm2.ts'
import { readCertificate } from '#base/crypto/certs.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { authorizationHeader } from '#ledger/pure/platforms/guangxi/authorization.ts'
import { parseAuthorization } from '../firmware-runtime/ledger/pure/platforms/guangxi/read-authorization.ts'
import { judge } from '#ledger/pure/platforms/guangxi/judge.ts'
import type { Call } from '#ledger/ports/dialect.ts'
import { bodyProblem } from '#ledger/pure/platforms/guangxi/text-rules.ts'
import {
  binaryMutations as binaryCases,
  sayFailingSeed,
  seed,
  textMutations as textCases,
} from './scale.ts'

sayFailingSeed()

/** mulberry32: small, seeded, the same on every system. */
function random(from: number): (below: number) => number {
  let state = from >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) % below
  }
}

/** One to four edits: flip, drop, repeat, insert, cut. */
function mutated(source: Uint8Array, below: (n: number) => number): Uint8Array {
  let bytes = Uint8Array.from(source)
  for (let edits = 1 + below(4); edits > 0; edits--) {
    const at = below(bytes.length + 1)
    const kind = below(5)
    const [head, tail] = [bytes.subarray(0, at), bytes.subarray(at)]
    if (kind === 0 && at < bytes.length) bytes[at] = (bytes[at] ?? 0) ^ (1 << below(8))
    else if (kind === 1) bytes = Uint8Array.of(...head, ...tail.subarray(1))
    else if (kind === 2) bytes = Uint8Array.of(...head, ...tail.subarray(0, 8), ...tail)
    else if (kind === 3) bytes = Uint8Array.of(...head, below(256), ...tail)
    else if (below(8) === 0) bytes = Uint8Array.from(head)
  }
  return bytes
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const loose = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

describe(`fuzz with seed ${seed}`, () => {
  it('judges any body without a crash, and confirms only our number and our amount', () => {
    const below = random(seed)
    const call: Call = { op: 'charge', businessNo: 'PX01', body: '{}', amountFen: 1500 }
    const good = utf8(
      '{"status":200,"code":"SUCCESS","respCode":"100000","message":"ok","data":' +
        '{"outTradeNo":"PX01","tradeNo":"T1","status":"SUCCESS","chargedFee":1500}}',
    )
    const kinds = new Map<string, number>()
    const states = ['valid', 'valid', 'valid', 'unsigned', 'badSignature'] as const
    for (let i = 0; i < textCases; i++) {
      const body = i === 0 ? good : mutated(good, below)
      const status = [200, 202, 400, 401, 404, 409, 422, 429, 500][i === 0 ? 0 : below(9)] ?? 200
      const verified = states[i === 0 ? 0 : below(states.length)] ?? 'valid'
      const verdict = judge(call, { status, headers: {}, body, verified, sinceLastAttemptMs: null })
      kinds.set(verdict.kind, (kinds.get(verdict.kind) ?? 0) + 1)
      if (verdict.kind !== 'confirmed') continue
      const { data } = JSON.parse(loose(body)) as { data: Record<string, unknown> }
      expect(data).toMatchObject({ outTradeNo: 'PX01', chargedFee: 1500 })
      expect(verified).toBe('valid')
    }
    expect([...kinds.keys()]).toEqual(expect.arrayContaining(['confirmed', 'hold', 'silence']))
  })

  it('parses any Authorization to null or to something that builds the same header', () => {
    const below = random(seed + 1)
    const good = utf8(
      authorizationHeader({
        appId: 'GX00012',
        nonce: '593BEC0C930BF1AFEB40B4A08C8FB242',
        timestampSec: 1795156200,
        certSerial: '5C01',
        suite: 'GM',
        signature: 'MEUCIQ==',
      }),
    )
    let parsed = 0
    for (let i = 0; i < textCases; i++) {
      const text = loose(i === 0 ? good : mutated(good, below))
      const found = parseAuthorization(text)
      if (found === null) continue
      parsed++
      expect(parseAuthorization(authorizationHeader(found))).toEqual(found)
    }
    expect(parsed).toBeGreaterThan(textCases / 100)
  })

  it('lets no body through that encodes to a four-byte character', () => {
    const below = random(seed + 2)
    for (let i = 0; i < textCases; i++) {
      const units = Array.from({ length: 1 + below(6) }, () =>
        below(4) === 0 ? 0xd800 + below(0x800) : below(0x10000),
      )
      const text = String.fromCharCode(...units)
      const wide = utf8(text).some((b) => b >= 0xf0) || !text.isWellFormed()
      expect(bodyProblem(text) !== null).toBe(wide)
      expect(bodyProblem(JSON.stringify(text)) !== null).toBe(wide)
    }
  })

  it('reads any DER signature to null or to 64 bytes that encode to the same DER', () => {
    const below = random(seed + 3)
    const good = signatureDer(new Uint8Array(32).fill(0x8f), new Uint8Array(32).fill(0x41))
    let taken = 0
    for (let i = 0; i < binaryCases; i++) {
      const bytes = i === 0 ? good : mutated(good, below)
      const raw = rawSignature(bytes)
      if (raw === null) continue
      taken++
      const again = signatureDer(raw.subarray(0, 32), raw.subarray(32))
      if (Buffer.compare(again, bytes) !== 0) expect([...again]).toEqual([...bytes])
    }
    expect(taken).toBeGreaterThan(binaryCases / 20)
  })

  it('reads any certificate bytes to a fault or a certificate', () => {
    const below = random(seed + 4)
    for (let i = 0; i < textCases; i++) {
      const bytes = Uint8Array.from({ length: below(200) }, () => below(256))
      if (bytes.length > 4) bytes.set([0x30, bytes.length - 2, 0x30, bytes.length - 4])
      try {
        readCertificate(bytes, 'x')
      } catch (reason) {
        if (!(reason instanceof LaneFault)) throw reason
      }
    }
  })
})
