// Forms of SM2 private keys in PKCS#8 that other programs write: a scalar with a zero left out or added, and a curve by all
// of its numbers. `openssl pkey` is the witness: what it reads is read to the same key, and a wrong number is refused.
import { execFileSync, spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { ecPublicKeyOid, sm2CurveOid } from '#base/crypto/accelerator.ts'
import { readPrivateKey } from '#base/crypto/certs.ts'
import { der, derTag, joinBytes } from '#base/crypto/der.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import * as curve from '#base/crypto/sm2-curve.ts'
import { faultOf } from '../../../kit/refusals.ts'

const { bigOf, bytes32, sm2A, sm2B, sm2Gx, sm2Gy, sm2N, sm2P } = curve
const crypto = openGmCrypto()
const hasOpenssl = spawnSync('openssl', ['version']).status === 0
const zero = Uint8Array.of(0)
const integer = (value: bigint): Uint8Array => {
  const bytes = bytes32(value).subarray(bytes32(value).findIndex((byte) => byte !== 0))
  return der(derTag.integer, (bytes[0] ?? 0) < 0x80 ? bytes : joinBytes(zero, bytes))
}
const octets = (bytes: Uint8Array): Uint8Array => der(derTag.octetString, bytes)
const sequence = (...parts: readonly Uint8Array[]): Uint8Array =>
  der(derTag.sequence, joinBytes(...parts))
const objectId = (bytes: Uint8Array): Uint8Array => der(derTag.objectId, bytes)

const whole = { p: sm2P, a: sm2A, b: sm2B, x: sm2Gx, y: sm2Gy, n: sm2N, h: 1n }
function explicitly(change: Partial<typeof whole> = {}, isCompressed = false): Uint8Array {
  const { p, a, b, x, y, n, h } = { ...whole, ...change }
  const field = sequence(objectId(Uint8Array.of(0x2a, 0x86, 0x48, 0xce, 0x3d, 1, 1)), integer(p))
  const base = isCompressed
    ? joinBytes(Uint8Array.of(2 + Number(y & 1n)), bytes32(x))
    : joinBytes(Uint8Array.of(4), bytes32(x), bytes32(y))
  const numbers = sequence(octets(bytes32(a)), octets(bytes32(b)))
  return sequence(integer(1n), field, numbers, octets(base), integer(n), integer(h))
}
const pkcs8 = (scalar: Uint8Array, of: Uint8Array = objectId(sm2CurveOid)): string => {
  const key = sequence(integer(1n), octets(scalar))
  const bytes = sequence(
    der(derTag.integer, zero),
    sequence(objectId(ecPublicKeyOid), of),
    octets(key),
  )
  const base64 = Buffer.from(bytes).toString('base64')
  const label = 'PRIVATE KEY'
  const lines = base64.replaceAll(/.{1,64}/g, '$&\n').trimEnd()
  return `-----BEGIN ${label}-----\n${lines}\n-----END ${label}-----\n`
}
const read = (pem: string) => readPrivateKey(pem, 'k.pem', crypto)
/** The public key that `openssl pkey` makes of it, 65 bytes in hex; null: it refuses the key. */
function witness(pem: string): string | null {
  const args = ['pkey', '-pubout', '-outform', 'DER']
  const { status, stdout } = spawnSync('openssl', args, { input: pem })
  return status === 0 ? stdout.subarray(-65).toString('hex') : null
}

const small = bytes32(bigOf(bytes32(sm2N - 5n).subarray(1)))
const tiny = bytes32(77n)
const usual = bytes32(sm2N - 12_345n)

describe('a scalar', () => {
  it.each<[string, Uint8Array, Uint8Array]>([
    ['of 32 bytes', usual, usual],
    ['of 31 bytes, its zero left out', small.subarray(1), small],
    ['of 33 bytes, with a zero', joinBytes(zero, usual), usual],
    ['of one byte', tiny.subarray(31), tiny],
    ['of 40 bytes, with zeros', joinBytes(new Uint8Array(8), usual), usual],
    ['of 32 bytes that begins with zero', small, small],
  ])('%s is read', (_name, written, key) => {
    expect(read(pkcs8(written))).toEqual(key)
    const publicKey = Buffer.from(crypto.publicKeyOf(key)).toString('hex')
    if (hasOpenssl) expect(witness(pkcs8(written))).toBe(publicKey)
  })

  it.each<[string, Uint8Array]>([
    ['empty', new Uint8Array()],
    ['zeros alone', new Uint8Array(32)],
    ['33 bytes of key', joinBytes(Uint8Array.of(1), usual)],
    ['the order itself', bytes32(sm2N)],
  ])('%s is refused', (_name, written) => {
    expect(faultOf(() => read(pkcs8(written))).code).toBe('CRYPTO-02')
  })
})

describe('a curve by its numbers', () => {
  it.each<[string, Uint8Array]>([
    ['of SM2', explicitly()],
    ['with its generator compressed', explicitly({}, true)],
  ])('%s is read as by its name', (_name, of) => {
    expect(read(pkcs8(usual, of))).toEqual(usual)
    const publicKey = Buffer.from(crypto.publicKeyOf(usual)).toString('hex')
    if (hasOpenssl) expect(witness(pkcs8(usual, of))).toBe(publicKey)
  })

  it.each<[string, Partial<typeof whole>]>([
    ['field', { p: sm2P - 2n }],
    ['a', { a: sm2A - 1n }],
    ['b', { b: sm2B + 1n }],
    ['generator', { x: sm2Gx + 1n }],
    ['generator turned round', { y: sm2P - sm2Gy }],
    ['order', { n: sm2N - 2n }],
    ['cofactor', { h: 2n }],
  ])('with another %s is refused', (_name, change) => {
    for (const isCompressed of [false, true])
      expect(faultOf(() => read(pkcs8(usual, explicitly(change, isCompressed)))).code).toBe(
        'CERT-01',
      )
  })

  it.skipIf(!hasOpenssl)('that OpenSSL writes is read', () => {
    const args = ['genpkey', '-algorithm', 'SM2', '-pkeyopt', 'ec_param_enc:explicit']
    const pem = execFileSync('openssl', args).toString()
    expect(Buffer.from(crypto.publicKeyOf(read(pem))).toString('hex')).toBe(witness(pem))
  })
})
