// A file that the lot seals (P9) is opened by OpenSSL's commands alone, in both ciphers, and by the simulated platform, a second
// implementation; one that was altered opens nowhere. What OpenSSL wraps, the lot opens.
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { pkcs8Of, spkiOf } from '#base/crypto/accelerator.ts'
import type { Sm2Certificate } from '#base/crypto/certs.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { lotFileSealer } from '#base/crypto/lot-file.ts'
import { suiteBy } from '#base/crypto/suites.ts'
import { fileKeyOf, platformFiles } from '#base/crypto/platform-file.ts'
import { present } from '#base/pure/values/must.ts'
import type { FileCipher, SealedFile } from '#base/ports/platform-file.ts'
import { fileOpener } from '#simulators/platform/certificates/file-open.ts'
import { pemOf } from '#simulators/platform/certificates/sm2-der.ts'
import { folderOfFile } from '../../../kit/own-folder.ts'

const crypto = openGmCrypto()
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const publicPem = (publicKey: Uint8Array): string =>
  `-----BEGIN PUBLIC KEY-----\n${base64(spkiOf(publicKey))}\n-----END PUBLIC KEY-----\n`
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
const random = {
  bytes: (count: number) => globalThis.crypto.getRandomValues(new Uint8Array(count)),
}
const name = 'PARK_TRADE_EXITUPLOAD_REQ_GX00012_20261120143000123.json'
const text = JSON.stringify({ count: 2, rows: [{ outTradeNo: 'P1', plate: '桂A12345' }, {}] })
const dir = folderOfFile('etc-lane-lot-file-')

function certificate(certSerial: string, fromMs: number, toMs: number) {
  const pair = crypto.keyPair()
  const { publicKey, privateKey } = pair
  const facts: Sm2Certificate = {
    der: new Uint8Array(),
    suite: 'GM',
    certSerial,
    publicKey,
    notBeforeMs: fromMs,
    notAfterMs: toMs,
  }
  return { facts, privateKey, publicKey }
}
const [ended, first, newest, later] = [
  certificate('0A01', 0, 100),
  certificate('0A02', 0, 2000),
  certificate('0A03', 0, 3000),
  certificate('0A04', 900, 4000),
]
const seal = (certificates: readonly Sm2Certificate[], nowMs = 500) =>
  lotFileSealer({ certificates: () => certificates, crypto, random, nowMs: () => nowMs })
const sealed = (cipher: FileCipher, given = text): SealedFile =>
  present(seal([newest.facts])(name, Buffer.from(given), cipher), 'a certificate is in force')

/** The output of an openssl command; the test's files are in its working folder. */
function openssl(input: Uint8Array, ...args: string[]): Buffer {
  writeFileSync(join(dir, 'in'), input)
  return execFileSync('openssl', [...args, '-in', 'in'], { cwd: dir })
}
function unwrapped({ encKey }: SealedFile): Buffer {
  writeFileSync(join(dir, 'key.pem'), pemOf('PRIVATE KEY', pkcs8Of(newest)))
  return openssl(encKey, 'pkeyutl', '-decrypt', '-inkey', 'key.pem')
}
const digested = (bytes: Uint8Array): string => {
  writeFileSync(join(dir, 'plain'), bytes)
  return execFileSync('openssl', ['dgst', '-sm3', '-r', 'plain'], { cwd: dir })
    .toString()
    .slice(0, 64)
}

describe('OpenSSL opens it', () => {
  it('SM4-GCM: key, text and digest', () => {
    const file = sealed('SM4-GCM')
    const key = unwrapped(file)
    expect(key).toHaveLength(16)
    // OpenSSL 3.0 has no SM4-GCM on its command line; its text is counter mode from 2 on (NIST SP 800-38D).
    const counter = ['-K', hex(key), '-iv', `${hex(file.nonce)}00000002`]
    const zipped = openssl(file.ciphertext.subarray(0, -16), 'enc', '-d', '-sm4-ctr', ...counter)
    expect(gunzipSync(zipped).toString('utf8')).toBe(text)
    expect(digested(gunzipSync(zipped))).toBe(file.digest)
  })
  it('SM4-CBC: two keys, MAC before text, and the name in front', () => {
    const file = sealed('SM4-CBC')
    const keys = unwrapped(file)
    expect(keys).toHaveLength(32)
    writeFileSync(join(dir, 'macced'), Buffer.concat([file.nonce, file.ciphertext]))
    const hmac = ['dgst', '-sm3', '-mac', 'HMAC', '-macopt', `hexkey:${hex(keys.subarray(16))}`]
    const mac = execFileSync('openssl', [...hmac, '-r', 'macced'], { cwd: dir })
    expect(mac.toString().slice(0, 64)).toBe(hex(present(file.mac, 'CBC has a MAC')))
    const args = ['-K', hex(keys.subarray(0, 16)), '-iv', hex(file.nonce)]
    const plain = openssl(file.ciphertext, 'enc', '-d', '-sm4-cbc', ...args)
    const head = Buffer.from(`${name}\n`)
    expect(plain.subarray(0, head.length)).toEqual(head)
    expect(gunzipSync(plain.subarray(head.length)).toString('utf8')).toBe(text)
  })
  it('and what it wraps for the lot is opened', () => {
    const pair = crypto.keyPair()
    const key = random.bytes(16)
    writeFileSync(join(dir, 'pub.pem'), publicPem(pair.publicKey))
    const encKey = openssl(key, 'pkeyutl', '-encrypt', '-pubin', '-inkey', 'pub.pem')
    expect(hex(crypto.decryptWith(pair.privateKey, new Uint8Array(encKey)))).toBe(hex(key))
  })
})

const open = fileOpener(new Map([['0A03', hex(newest.privateKey)]]), (data) => crypto.sm3(data))
const members = (file: SealedFile) => ({
  alg: file.cipher,
  serial: file.serial,
  encKey: base64(file.encKey),
  nonce: base64(file.nonce),
  aad: file.name,
  ciphertext: base64(file.ciphertext),
  ...(file.mac === null ? {} : { mac: base64(file.mac) }),
  sm3: file.digest,
})
const flipped = (bytes: Uint8Array, at: number): Uint8Array =>
  bytes.map((byte, i) => (i === at ? byte ^ 1 : byte))

describe.each(['SM4-GCM', 'SM4-CBC'] as const)('%s at the simulated platform', (cipher) => {
  it('is its text, whatever its length', () => {
    for (const given of ['', 'x', text, text.repeat(50)])
      expect(open(members(sealed(cipher, given)))).toBe(given)
  })
  it.each<[string, (file: SealedFile) => SealedFile]>([
    ['another name', (f) => ({ ...f, name: f.name.replace('123.', '124.') })],
    ['a byte altered', (f) => ({ ...f, ciphertext: flipped(f.ciphertext, 5) })],
    ['another nonce', (f) => ({ ...f, nonce: flipped(f.nonce, 0) })],
    ['another certificate', (f) => ({ ...f, serial: '0A02' })],
    ['another digest', (f) => ({ ...f, digest: '0'.repeat(64) })],
    ['a key altered', (f) => ({ ...f, encKey: flipped(f.encKey, 40) })],
  ])('%s: does not open', (_, alter) => {
    expect(open(members(alter(sealed(cipher))))).toBeNull()
  })
})

describe('the certificate', () => {
  it('is the valid one that ends last, not one of tomorrow', () => {
    const all = [ended, first, newest, later].map(({ facts }) => facts)
    expect(seal(all)(name, new Uint8Array(), 'SM4-GCM')?.serial).toBe('0A03')
    expect(seal(all, 950)(name, new Uint8Array(), 'SM4-GCM')?.serial).toBe('0A04')
  })
  it('none in force: nothing is sealed', () => {
    expect(seal([ended.facts])(name, new Uint8Array(), 'SM4-GCM')).toBeNull()
  })
  it('each file has a key and a nonce of its own', () => {
    const [one, other] = [sealed('SM4-GCM'), sealed('SM4-GCM')]
    expect(hex(unwrapped(one))).not.toBe(hex(unwrapped(other)))
    expect(hex(one.nonce)).not.toBe(hex(other.nonce))
  })
  it('the platform opens what the lot sealed, and the lot what the platform sealed to it alone', () => {
    const asIfOurs = platformFiles(
      [fileKeyOf(suiteBy('GM', crypto), '0A03', newest.privateKey)],
      crypto,
    )
    expect(Buffer.from(asIfOurs(sealed('SM4-GCM')) as Uint8Array).toString()).toBe(text)
  })
})
