// The wrapper rules of platform-access.md C.3 (rule 9: precompute.test.ts), bad input beside good.
// Every row is a way in which one of the two JavaScript libraries was found to be lenient (C.2).
import { sm2 } from 'sm-crypto-v2'
import { describe, expect, it } from 'vitest'
import { nodeAccelerator } from '#base/crypto/accelerator.ts'
import { der, derInteger, derTag, joinBytes } from '#base/crypto/der.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import {
  checkRandomSource,
  precompute,
  publicKeyOf,
  rawSignature,
  signatureDer,
  sm2Decrypt,
  sm2Encrypt,
  sm2KeyPair,
  sm2Sign,
  sm2Verify,
} from '#base/crypto/sm2.ts'
import {
  bigOf,
  bytes32,
  checkPrivateKey,
  checkPublicKey,
  lowHex,
  sm2N,
  sm2P,
} from '#base/crypto/sm2-curve.ts'
import { cbcOpen, cbcSeal, gcmKey, gcmSealWith } from '#base/crypto/sm4.ts'
import { gcmVector, sm2Cipher, sm2Example } from '#base/crypto/vectors.ts'

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const pair = { privateKey: sm2Example.privateKey, publicKey: sm2Example.publicKey }
const key = precompute(sm2Example.publicKey)
const real = openGmCrypto(() => null)
const good = signatureDer(sm2Example.r, sm2Example.s)
const tlv = (tag: number, ...body: readonly number[]): Uint8Array =>
  Uint8Array.of(tag, body.length, ...body)
const changed = (bytes: Uint8Array, at: number, to: number): Uint8Array => {
  const copy = Uint8Array.from(bytes)
  copy[at] = to
  return copy
}

describe('rule 1: hash, user id and public key are always explicit', () => {
  it('signs with Z of the default id: the library agrees only with hash on', () => {
    const signature = lowHex(rawSignature(sm2Sign(utf8('abc'), pair)) ?? new Uint8Array())
    const publicHex = lowHex(pair.publicKey)
    const ask = (hash: boolean, userId: string): boolean =>
      sm2.doVerifySignature(utf8('abc'), signature, publicHex, { hash, userId })
    expect(ask(true, '1234567812345678')).toBe(true)
    expect(ask(true, '')).toBe(false)
    expect(ask(false, '1234567812345678')).toBe(false)
  })
  it('refuses a signature made without hashing (C.2, 8)', () => {
    const unhashed = sm2.doSignature(utf8('abc'), lowHex(pair.privateKey), { der: true })
    expect(sm2Verify(utf8('abc'), Buffer.from(unhashed, 'hex'), key)).toBe(false)
  })
  it('refuses a key pair that does not belong together', () => {
    const other = sm2KeyPair()
    const mixed = { privateKey: pair.privateKey, publicKey: other.publicKey }
    expect(() => real.signingKey(mixed, '01')).toThrow(/^CRYPTO-02/)
  })
})

describe('rule 2: strict DER, scalars in range', () => {
  const zero = new Uint8Array(32)
  const n = bytes32(sm2N)
  const [r, s] = [sm2Example.r, sm2Example.s]
  const rows: readonly (readonly [string, Uint8Array])[] = [
    ['empty', new Uint8Array()],
    ['raw r and s', joinBytes(r, s)],
    ['trailing byte', joinBytes(good, Uint8Array.of(0))],
    ['whole element behind', joinBytes(good, Uint8Array.of(5, 0))],
    ['padded small r', der(derTag.sequence, tlv(2, 0, 1), derInteger(s))],
    ['trailing byte inside', der(derTag.sequence, derInteger(r), derInteger(s), Uint8Array.of(0))],
    ['cut by one', good.subarray(0, good.length - 1)],
    ['SET instead of SEQUENCE', changed(good, 0, 0x31)],
    ['OCTET STRING instead of INTEGER', changed(good, 2, 0x04)],
    ['long length form', joinBytes(Uint8Array.of(0x30, 0x81, good.length - 2), good.subarray(2))],
    [
      'indefinite length',
      joinBytes(Uint8Array.of(0x30, 0x80), good.subarray(2), zero.subarray(30)),
    ],
    ['one integer', der(derTag.sequence, derInteger(r))],
    ['three integers', der(derTag.sequence, derInteger(r), derInteger(s), derInteger(s))],
    ['leading zero octet too many', der(derTag.sequence, tlv(2, 0, 0, ...r), derInteger(s))],
    ['negative r', der(derTag.sequence, tlv(2, ...r), derInteger(s))],
    ['empty integer', der(derTag.sequence, tlv(2), derInteger(s))],
    ['33-byte r', der(derTag.sequence, derInteger(joinBytes(Uint8Array.of(1), r)), derInteger(s))],
    ['r = 0', signatureDer(zero, s)],
    ['s = 0', signatureDer(r, zero)],
    ['r = n', signatureDer(n, s)],
    ['s = n', signatureDer(r, n)],
    ['r + n', signatureDer(bytes32(2n ** 256n - 1n), s)],
    ['r + s = n', signatureDer(bytes32(1n), bytes32(sm2N - 1n))],
  ]
  it.each(rows)('%s is no signature', (_, bytes) => {
    expect(rawSignature(bytes)).toBeNull()
    expect(sm2Verify(sm2Example.message, bytes, key)).toBe(false)
  })
  it('takes the good one and gives the raw form back', () => {
    expect(rawSignature(good)).toEqual(joinBytes(sm2Example.r, sm2Example.s))
    expect(sm2Verify(sm2Example.message, good, key)).toBe(true)
  })
  it('keeps small scalars short and round-trips them', () => {
    const small = signatureDer(bytes32(1n), bytes32(0x80n))
    expect(Buffer.from(small).toString('hex')).toBe('300702010102020080')
    expect(rawSignature(small)).toEqual(joinBytes(bytes32(1n), bytes32(0x80n)))
  })
})

describe('rule 3: key ranges and the curve', () => {
  it.each([
    ['0', 0n],
    ['n-1', sm2N - 1n],
    ['n', sm2N],
    ['n+1', sm2N + 1n],
    ['2^256-1', 2n ** 256n - 1n],
  ])('private key %s is refused', (_, d) => {
    expect(() => checkPrivateKey(bytes32(d))).toThrow(/^CRYPTO-02/)
    expect(() => publicKeyOf(bytes32(d))).toThrow(/^CRYPTO-02/)
  })
  it.each([0, 31, 33, 64])('private key of %i bytes is refused', (length) => {
    expect(() => checkPrivateKey(new Uint8Array(length).fill(1))).toThrow(/^CRYPTO-02/)
  })
  it('private keys 1 and n-2 are taken', () => {
    expect(checkPrivateKey(bytes32(1n))).toHaveLength(32)
    expect(publicKeyOf(bytes32(sm2N - 2n))).toHaveLength(65)
  })
  const x = pair.publicKey.subarray(1, 33)
  const y = pair.publicKey.subarray(33)
  it.each([
    ['empty', new Uint8Array()],
    ['without 04', pair.publicKey.subarray(1)],
    ['compressed', joinBytes(Uint8Array.of(2 + ((y[31] ?? 0) & 1)), x)],
    ['hybrid', changed(pair.publicKey, 0, 6)],
    ['off the curve', changed(pair.publicKey, 64, (y[31] ?? 0) ^ 1)],
    ['the point (0, 0)', joinBytes(Uint8Array.of(4), new Uint8Array(64))],
    ['x = p + 1', joinBytes(Uint8Array.of(4), bytes32(sm2P + 1n), y)],
    ['66 bytes', joinBytes(pair.publicKey, Uint8Array.of(0))],
  ])('public key %s is refused', (_, bytes) => {
    expect(() => checkPublicKey(bytes)).toThrow(/^CRYPTO-02/)
    expect(() => real.verifyingKey(bytes, '01')).toThrow(/^CRYPTO-02/)
    expect(() => real.encryptFor(bytes, new Uint8Array(16))).toThrow(/^CRYPTO-02/)
  })
})

describe('rule 4: decryption by the raw path, point checked', () => {
  const parts = [sm2Cipher.x, sm2Cipher.y, sm2Cipher.c3, sm2Cipher.c2] as const
  const box = (
    cx: Uint8Array,
    cy: Uint8Array,
    c3: Uint8Array = sm2Cipher.c3,
    c2: Uint8Array = sm2Cipher.c2,
  ): Uint8Array =>
    der(
      derTag.sequence,
      derInteger(cx),
      derInteger(cy),
      der(derTag.octetString, c3),
      der(derTag.octetString, c2),
    )
  it('opens the published ciphertext', () => {
    expect(sm2Decrypt(box(parts[0], parts[1]), pair.privateKey)).toEqual(sm2Cipher.plain)
  })
  it.each([
    ['off-curve point 2,3', box(bytes32(2n), bytes32(3n))],
    ['off-curve point 1,1', box(bytes32(1n), bytes32(1n))],
    ['y changed', box(sm2Cipher.x, changed(sm2Cipher.y, 31, 0))],
    ['x above p', box(bytes32(sm2P + 5n), sm2Cipher.y)],
    ['C3 changed', box(sm2Cipher.x, sm2Cipher.y, changed(sm2Cipher.c3, 0, 0))],
    ['C3 short', box(sm2Cipher.x, sm2Cipher.y, sm2Cipher.c3.subarray(1))],
    ['C2 changed', box(sm2Cipher.x, sm2Cipher.y, sm2Cipher.c3, changed(sm2Cipher.c2, 0, 0))],
    ['C2 empty', box(sm2Cipher.x, sm2Cipher.y, sm2Cipher.c3, new Uint8Array())],
    ['C2 and C3 swapped', box(sm2Cipher.x, sm2Cipher.y, sm2Cipher.c2, sm2Cipher.c3)],
    ['trailing byte', joinBytes(box(sm2Cipher.x, sm2Cipher.y), Uint8Array.of(0))],
    ['not DER', utf8('not a ciphertext at all, only text')],
    ['empty', new Uint8Array()],
  ])('%s does not open', (_, bytes) => {
    expect(() => sm2Decrypt(bytes, pair.privateKey)).toThrow(/^CRYPTO-03/)
  })
  it('does not open with another key', () => {
    const bytes = box(parts[0], parts[1])
    expect(() => sm2Decrypt(bytes, sm2KeyPair().privateKey)).toThrow(/^CRYPTO-03/)
  })
})

describe('rule 5: plaintext of 16 to 1024 bytes, never in clear', () => {
  it.each([0, 1, 15, 1025])('%i bytes are refused', (length) => {
    expect(() => sm2Encrypt(new Uint8Array(length), key)).toThrow(/^CRYPTO-02/)
  })
  it.each([16, 17, 1024])('%i bytes come back', (length) => {
    const plain = new Uint8Array(length).map((_, i) => i)
    expect(sm2Decrypt(sm2Encrypt(plain, key), pair.privateKey)).toEqual(plain)
  })
  it('encrypts again when the mask was all zero, and gives up when that goes on', () => {
    const plain = utf8('0123456789abcdef')
    const clear = joinBytes(sm2Cipher.x, sm2Cipher.y, sm2Cipher.c3, plain)
    const masked = joinBytes(
      sm2Cipher.x,
      sm2Cipher.y,
      sm2Cipher.c3,
      plain.map((b) => b ^ 1),
    )
    const answers = [clear, masked]
    const sent = sm2Encrypt(plain, key, () => answers.shift() ?? clear)
    expect(Buffer.from(sent).includes(Buffer.from(plain))).toBe(false)
    expect(() => sm2Encrypt(plain, key, () => clear)).toThrow(/^CRYPTO-01/)
  })
})

describe('rule 6: keys from a secure source only', () => {
  it('never makes the key of a seeded generator (C.2, 11)', () => {
    const keys = Array.from({ length: 20 }, () => lowHex(sm2KeyPair().privateKey))
    expect(new Set(keys).size).toBe(20)
    expect(keys.every((k) => bigOf(Buffer.from(k, 'hex')) > 2n ** 128n)).toBe(true)
  })
  it.each([
    ['no crypto object', {}],
    ['a crypto object without getRandomValues', { crypto: {} }],
    ['null', { crypto: null }],
    ['something that is no function', { crypto: { getRandomValues: 7 } }],
  ])('refuses to start with %s', (_, host) => {
    expect(() => checkRandomSource(host)).toThrow(/^CRYPTO-01/)
  })
})

describe('rule 7: GCM and CBC with everything given', () => {
  const { aad, plain, nonce } = gcmVector
  const box = gcmSealWith(gcmVector.key, nonce, plain, aad)
  const opener = gcmKey(gcmVector.key, () => nonce)
  it.each([
    ['an empty tag', { ...box, tag: new Uint8Array() }],
    ['a short tag', { ...box, tag: box.tag.subarray(0, 12) }],
    ['a long tag', { ...box, tag: joinBytes(box.tag, Uint8Array.of(0)) }],
    ['a changed tag', { ...box, tag: changed(box.tag, 15, 0) }],
    ['a changed text', { ...box, ciphertext: changed(box.ciphertext, 0, 0) }],
    ['a cut text', { ...box, ciphertext: box.ciphertext.subarray(1) }],
    ['another nonce', { ...box, nonce: changed(nonce, 0, 1) }],
    ['a 16-byte nonce', { ...box, nonce: new Uint8Array(16) }],
    ['no nonce', { ...box, nonce: new Uint8Array() }],
  ])('GCM does not open with %s', (_, bad) => {
    expect(() => opener.open(bad, aad)).toThrow(/^CRYPTO-03/)
  })
  it('GCM does not open with another AAD or an empty one', () => {
    expect(() => opener.open(box, new Uint8Array())).toThrow(/^CRYPTO-03/)
    expect(() => opener.open(box, changed(aad, 0, 0))).toThrow(/^CRYPTO-03/)
    expect(opener.open(box, aad)).toEqual(plain)
  })
  it.each([0, 8, 15, 17, 32])('a key of %i bytes is refused', (length) => {
    expect(() => real.gcmKey(new Uint8Array(length))).toThrow(/^CRYPTO-02/)
    const keys = [new Uint8Array(length), new Uint8Array(16)] as const
    expect(() => real.cbcSeal(...keys, plain)).toThrow(/^CRYPTO-02/)
  })
  it('makes a new nonce for every message and counts them per key', () => {
    let drawn = 0
    const counted = gcmKey(gcmVector.key, (n) => new Uint8Array(n).fill(++drawn), 3)
    const nonces = [1, 2, 3].map(() => lowHex(counted.seal(plain, aad).nonce))
    expect(new Set(nonces).size).toBe(3)
    expect(() => counted.seal(plain, aad)).toThrow(/^CRYPTO-02/)
    const box2 = real.gcmKey(gcmVector.key).seal(new Uint8Array(), aad)
    expect(opener.open(box2, aad)).toHaveLength(0)
  })
  const keys = { key: new Uint8Array(16).fill(1), macKey: new Uint8Array(32).fill(2) }
  const cbc = { ...keys, hmac: real.hmacSm3 }
  const iv = new Uint8Array(16).fill(3)
  it('CBC comes back at every length around a block', () => {
    for (const length of [0, 1, 15, 16, 17, 32]) {
      const text = new Uint8Array(length).fill(9)
      expect(cbcOpen(cbcSeal(text, iv, cbc), cbc)).toEqual(text)
    }
  })
  const sealed = cbcSeal(utf8('测A12345'), iv, cbc)
  const remade = (ciphertext: Uint8Array) => ({
    iv,
    ciphertext,
    mac: real.hmacSm3(keys.macKey, joinBytes(iv, ciphertext)),
  })
  it.each([
    ['a changed MAC', { ...sealed, mac: changed(sealed.mac, 0, 0) }],
    ['no MAC', { ...sealed, mac: new Uint8Array() }],
    ['a changed IV', { ...sealed, iv: changed(iv, 0, 0) }],
    ['a short IV', { ...sealed, iv: iv.subarray(1) }],
    ['a changed block', { ...sealed, ciphertext: changed(sealed.ciphertext, 0, 0) }],
    ['nothing, well authenticated', remade(new Uint8Array())],
    ['stray bytes, well authenticated', remade(joinBytes(sealed.ciphertext, Uint8Array.of(1)))],
    ['padding that is none, well authenticated', remade(changed(sealed.ciphertext, 15, 0))],
  ])('CBC does not open with %s', (_, bad) => {
    expect(() => cbcOpen(bad, cbc)).toThrow(/^CRYPTO-03/)
  })
  it('checks the MAC before it decrypts anything', () => {
    const bad = { ...remade(changed(sealed.ciphertext, 15, 0)), mac: new Uint8Array(32) }
    expect(() => cbcOpen(bad, cbc)).toThrow(/MAC does not match/)
  })
  it('refuses a MAC key shorter than 16 bytes and an IV of another length', () => {
    expect(() => cbcSeal(plain, iv, { ...cbc, macKey: new Uint8Array(8) })).toThrow(/^CRYPTO-02/)
    expect(() => cbcSeal(plain, new Uint8Array(), cbc)).toThrow(/^CRYPTO-03/)
  })
})

describe('rule 8: bytes only across the wrapper', () => {
  it('takes bytes as bytes: text that looks like hex is not guessed', () => {
    const looksHex = utf8('616263')
    expect(real.sm3(looksHex)).not.toEqual(real.sm3(utf8('abc')))
    const signature = sm2Sign(looksHex, pair)
    expect(sm2Verify(looksHex, signature, key)).toBe(true)
    expect(sm2Verify(utf8('abc'), signature, key)).toBe(false)
  })
  it('takes any byte values, also those that are not UTF-8', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, i) => i)
    expect(sm2Verify(bytes, sm2Sign(bytes, pair), key)).toBe(true)
    expect(sm2Decrypt(sm2Encrypt(bytes, key), pair.privateKey)).toEqual(bytes)
  })
})

describe('rule 10: self-test at start, accelerator only when equal', () => {
  const node = nodeAccelerator()
  it('runs without an accelerator and says why', () => {
    expect(real.notAccelerated).toMatchObject({ en: 'runtime has no SM3' })
    expect(real.kind).toBe('real')
  })
  it.runIf(node !== null)('enables node:crypto here, and both sides understand each other', () => {
    const fast = openGmCrypto()
    expect(fast.notAccelerated).toBeNull()
    const keys = fast.keyPair()
    for (let i = 0; i < 20; i++) {
      const message = new Uint8Array(i * 37).fill(i)
      const a = fast.signingKey(keys, '01').sign(message)
      const b = real.signingKey(keys, '01').sign(message)
      expect(real.verifyingKey(keys.publicKey, '01').verify(message, a)).toBe(true)
      expect(fast.verifyingKey(keys.publicKey, '01').verify(message, b)).toBe(true)
      expect(fast.verifyingKey(keys.publicKey, '01').verify(message, b.subarray(1))).toBe(false)
    }
  })
  it.runIf(node !== null)('leaves a wrong accelerator off, whatever is wrong with it', () => {
    if (node === null) return
    const wrong = [
      { ...node, sm3: () => new Uint8Array(32) },
      { ...node, hmacSm3: () => new Uint8Array(32) },
      { ...node, publicKeyOf: () => new Uint8Array(65) },
      { ...node, signer: () => () => good },
      { ...node, signer: () => () => new Uint8Array() },
      { ...node, verifier: () => () => true },
      { ...node, verifier: () => () => false },
      {
        ...node,
        signer: () => () => {
          throw new Error('no such key type')
        },
      },
    ]
    for (const accelerator of wrong) {
      const opened = openGmCrypto(() => accelerator)
      expect(opened.notAccelerated).not.toBeNull()
      expect(opened.sm3(utf8('abc'))).toEqual(real.sm3(utf8('abc')))
    }
  })
})
