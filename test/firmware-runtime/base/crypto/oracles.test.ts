// The crypto wrapper against three references: published vectors (A.8, B.5), sm-crypto, and the OpenSSL command line.
// Each in both directions: they accept ours, we accept theirs, and altered copies are refused by both.
import { execFileSync, spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { pkcs8Of, spkiOf } from '#base/crypto/accelerator.ts'
import { readPrivateKey } from '#base/crypto/certs.ts'
import {
  der,
  derInside,
  derInteger,
  derTag,
  derUnsigned,
  fixedSize,
  joinBytes,
} from '#base/crypto/der.ts'
import { libraryDigests, openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { publicKeyOf, rawSignature, signatureDer, sm2Sign } from '#base/crypto/sm2.ts'
import { lowHex } from '#base/crypto/sm2-curve.ts'
import { cbcSeal } from '#base/crypto/sm4.ts'
import { hmacVector, isPublishedTestKey, sm2Example, sm3Vectors } from '#base/crypto/vectors.ts'
import { answerMessage, requestMessage } from '#base/pure/words/envelope-text.ts'

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'))
const base64 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'base64'))
const engines = [
  ['library', openGmCrypto(() => null)],
  ['as opened here', openGmCrypto()],
] as const
const example = { privateKey: sm2Example.privateKey, publicKey: sm2Example.publicKey }

describe.each(engines)('published vectors, %s', (_, crypto) => {
  const key = crypto.verifyingKey(example.publicKey, '01')
  const requestBody =
    '{"outTradeNo":"P450100001X012026112014300000001","fee":1500,"vehicleId":"桂A12345_0"}'
  const request = requestMessage({
    method: 'POST',
    path: '/v1/etc/exit-charges?dryRun=0',
    timestampSec: 1_795_156_200,
    nonce: '593BEC0C930BF1AFEB40B4A08C8FB242',
    body: utf8(requestBody),
  })
  const answer = answerMessage({
    timestamp: '1795156200',
    nonce: 'C5AC7061FCCAB6BF3E254DCF98995B8C',
    body: utf8('{"code":"SUCCESS","message":"ok","timestamp":"2026-11-20T14:30:00.120+08:00"}'),
  })
  it('A.8 request text, its digest and its HMAC', () => {
    expect(request).toHaveLength(166)
    expect(lowHex(crypto.sm3(request))).toBe(
      '016960c410c7e229e774db119eb563c1164c971d957e100dc10f119cedcfbbd3',
    )
    expect(request).toEqual(hmacVector.data)
    expect(crypto.hmacSm3(hmacVector.key, request)).toEqual(hmacVector.digest)
  })
  it('A.8 request signature, made with the published nonce and verified', () => {
    const signature = base64(
      'MEYCIQCE7f4rqhyBdaNY6OFzvrkQeGr99uvfecjw4WPgUJ7L3wIhAOUUkK5J' +
        'fF46ohkCU6+beTZHv4sKNJVnwCCfmLnXmkg6',
    )
    expect(sm2Sign(request, example, { k: sm2Example.nonce })).toEqual(signature)
    expect(key.verify(request, signature)).toBe(true)
    expect(key.verify(answer, signature)).toBe(false)
  })
  it('A.8 answer signature', () => {
    const signature = base64(
      'MEUCICQ/jRmMFJxFrm3XsS42n1+JlIBKAID9tQ6UsdS6dU9bAiEAgUekiedq' +
        'XD+/KjFv4wsTGxkXfsEdLDxbfnw6rdnI+XM=',
    )
    expect(key.verify(answer, signature)).toBe(true)
    expect(key.verify(request, signature)).toBe(false)
  })
  it('A.8 SM4-CBC', () => {
    const box = cbcSeal(utf8('桂A12345'), hex('00112233445566778899aabbccddeeff'), {
      key: hex('0123456789abcdeffedcba9876543210'),
      macKey: new Uint8Array(16),
      hmac: crypto.hmacSm3,
    })
    expect(lowHex(box.ciphertext)).toBe('1b680180668dbf17b5828ade129636dc')
  })
  it.each(sm3Vectors)('B.5 SM3 of "%s"', (text, digest) => {
    expect(lowHex(crypto.sm3(utf8(text))).toUpperCase()).toBe(digest)
  })
  it('B.5 signature with its id, r and s', () => {
    expect(key.verify(sm2Example.message, signatureDer(sm2Example.r, sm2Example.s))).toBe(true)
    expect(publicKeyOf(example.privateKey)).toEqual(example.publicKey)
    expect(isPublishedTestKey(example.publicKey)).toBe(true)
    expect(isPublishedTestKey(crypto.keyPair().publicKey)).toBe(false)
  })
})

interface OldLibrary {
  sm2: {
    doSignature(msg: number[], privateHex: string, options: object): string
    doVerifySignature(msg: number[], sign: string, publicHex: string, options: object): boolean
    doEncrypt(msg: number[], publicHex: string, mode: 1): string
    doDecrypt(data: string, privateHex: string, mode: 1, options: { output: 'array' }): number[]
  }
  sm3(data: number[], options?: { key: number[] }): string
}

describe('sm-crypto 0.5.8 as oracle', () => {
  const old: OldLibrary = createRequire(import.meta.url)('sm-crypto')
  const [, crypto] = engines[1]
  const pair = crypto.keyPair()
  const [privateHex, publicHex] = [lowHex(pair.privateKey), lowHex(pair.publicKey)]
  const options = { hash: true, userId: '1234567812345678', publicKey: publicHex }

  it('verifies ours, and we verify theirs', () => {
    for (let i = 0; i < 8; i++) {
      const message = utf8('测'.repeat(i * 7))
      const ours = rawSignature(crypto.signingKey(pair, '01').sign(message)) ?? new Uint8Array()
      expect(old.sm2.doVerifySignature([...message], lowHex(ours), publicHex, options)).toBe(true)
      const theirs = hex(old.sm2.doSignature([...message], privateHex, options))
      const signature = signatureDer(theirs.subarray(0, 32), theirs.subarray(32))
      expect(crypto.verifyingKey(pair.publicKey, '01').verify(message, signature)).toBe(true)
    }
  })
  it('decrypts ours, and we decrypt theirs', () => {
    const plain = utf8('13800000000 and more than 16')
    const theirs = hex(old.sm2.doEncrypt([...plain], publicHex, 1))
    const boxed = der(
      derTag.sequence,
      derInteger(theirs.subarray(0, 32)),
      derInteger(theirs.subarray(32, 64)),
      der(derTag.octetString, theirs.subarray(64, 96)),
      der(derTag.octetString, theirs.subarray(96)),
    )
    expect(crypto.decryptWith(pair.privateKey, boxed)).toEqual(plain)
    const ours = derInside(crypto.encryptFor(pair.publicKey, plain), derTag.sequence) ?? []
    const raw = joinBytes(
      ...[0, 1].map((i) => fixedSize(derUnsigned(ours[i]), 32) ?? new Uint8Array()),
      ...[2, 3].map((i) => ours[i]?.value ?? new Uint8Array()),
    )
    const opened = old.sm2.doDecrypt(lowHex(raw), privateHex, 1, { output: 'array' })
    expect(Uint8Array.from(opened)).toEqual(plain)
  })
  it('agrees on SM3 and HMAC-SM3 around block borders', () => {
    for (const length of [0, 1, 55, 56, 63, 64, 65, 119, 120, 300]) {
      const data = new Uint8Array(length).map((_, i) => i * 31)
      expect(lowHex(crypto.sm3(data))).toBe(old.sm3([...data]))
      expect(crypto.sm3(data)).toEqual(libraryDigests.sm3(data))
      for (const keyLength of [1, 20, 64, 80]) {
        const key = new Uint8Array(keyLength).fill(keyLength)
        const theirs = old.sm3([...data], { key: [...key] })
        expect(lowHex(crypto.hmacSm3(key, data))).toBe(theirs)
        expect(lowHex(libraryDigests.hmacSm3(key, data))).toBe(theirs)
      }
    }
  })
})

const openssl = spawnSync('openssl', ['version'], { encoding: 'utf8' })
const hasOpenssl = openssl.status === 0 && openssl.stdout.startsWith('OpenSSL 3')

describe.skipIf(!hasOpenssl)('OpenSSL command line as oracle', () => {
  const folder = mkdtempSync(join(tmpdir(), 'etc-sm2-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const at = (name: string): string => join(folder, name)
  const run = (...args: readonly string[]): Buffer =>
    execFileSync('openssl', args, { stdio: 'pipe' })
  const pem = (label: string, bytes: Uint8Array): string =>
    `-----BEGIN ${label}-----\n${Buffer.from(bytes).toString('base64')}\n-----END ${label}-----\n`
  const id = ['-sigopt', 'distid:1234567812345678']
  const message = utf8('测A12345 leaves, 15.00')
  writeFileSync(at('message'), message)

  it.each(engines)('verifies ours, %s', (_, crypto) => {
    const pair = crypto.keyPair()
    writeFileSync(at('public.pem'), pem('PUBLIC KEY', spkiOf(pair.publicKey)))
    const signature = crypto.signingKey(pair, '01').sign(message)
    const verify = (bytes: Uint8Array): string => {
      writeFileSync(at('signature'), bytes)
      const args = ['dgst', '-sm3', '-verify', at('public.pem'), ...id]
      const result = spawnSync('openssl', [...args, '-signature', at('signature'), at('message')])
      return result.stdout.toString().trim()
    }
    expect(verify(signature)).toBe('Verified OK')
    const spoiled = Uint8Array.from(signature)
    spoiled[spoiled.length - 1] = (spoiled.at(-1) ?? 0) ^ 1
    expect(verify(spoiled)).not.toBe('Verified OK')
  })

  it.each(engines)('signs for us with distid, and without it we refuse, %s', (_, crypto) => {
    run('genpkey', '-algorithm', 'SM2', '-out', at('key.pem'))
    const privateKey = readPrivateKey(
      run('pkey', '-in', at('key.pem')).toString(),
      'key.pem',
      crypto,
    )
    const key = crypto.verifyingKey(publicKeyOf(privateKey), '01')
    const sign = (...options: readonly string[]): Uint8Array =>
      Uint8Array.from(run('dgst', '-sm3', '-sign', at('key.pem'), ...options, at('message')))
    expect(key.verify(message, sign(...id))).toBe(true)
    expect(key.verify(message, sign('-sigopt', 'distid:'))).toBe(false)
    expect(key.verify(message, sign())).toBe(false)
  })

  it('decrypts ours, and we decrypt what it encrypts', () => {
    const [, crypto] = engines[0]
    const pair = crypto.keyPair()
    const plain = utf8('0123456789abcdef, a phone number')
    writeFileSync(at('public.pem'), pem('PUBLIC KEY', spkiOf(pair.publicKey)))
    writeFileSync(at('private.pem'), pem('PRIVATE KEY', pkcs8Of(pair)))
    writeFileSync(at('plain'), plain)
    const theirs = run(
      'pkeyutl',
      '-encrypt',
      '-pubin',
      '-inkey',
      at('public.pem'),
      '-in',
      at('plain'),
    )
    expect(crypto.decryptWith(pair.privateKey, Uint8Array.from(theirs))).toEqual(plain)
    writeFileSync(at('sealed'), crypto.encryptFor(pair.publicKey, plain))
    const opened = run('pkeyutl', '-decrypt', '-inkey', at('private.pem'), '-in', at('sealed'))
    expect(Uint8Array.from(opened)).toEqual(plain)
  })

  it('agrees on SM3 and HMAC-SM3', () => {
    const [, crypto] = engines[0]
    expect(run('dgst', '-sm3', '-binary', at('message'))).toEqual(Buffer.from(crypto.sm3(message)))
    const mac = run('dgst', '-sm3', '-hmac', 'etc-parking-demo-key', '-binary', at('message'))
    expect(mac).toEqual(Buffer.from(crypto.hmacSm3(hmacVector.key, message)))
  })
})
