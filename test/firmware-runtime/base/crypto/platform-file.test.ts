// A file that the simulator's own code sealed is opened. An altered file, one sealed to another certificate, and one that
// decompresses beyond 64 MiB are refused. OpenSSL derives the same key.
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { suiteBy } from '#base/crypto/suites.ts'
import { fileKeyOf, platformFiles } from '#base/crypto/platform-file.ts'
import { present } from '#base/pure/values/must.ts'
import type { SealedFile } from '#base/ports/platform-file.ts'
import { fileSealer } from '#simulators/platform/certificates/file-seal.ts'
import { pemOf, pkcs8OfSm2 } from '#simulators/platform/certificates/sm2-der.ts'
import { folderOfTest } from '../../../kit/own-folder.ts'

const crypto = openGmCrypto()
const pair = crypto.keyPair()
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const serial = '0A01'
const name = 'PARK_BILL_EXITDAY_RES_GX00012_20261120143000123.json'
const text = JSON.stringify({ rows: Array.from({ length: 40 }, (_, no) => ({ no })) })

const seals: number[] = []
const sealer = fileSealer({
  serial,
  publicHex: hex(pair.publicKey),
  random: (count) => (seals.push(count), globalThis.crypto.getRandomValues(new Uint8Array(count))),
  sm3: (data) => crypto.sm3(data),
})

type Cipher = 'SM4-GCM' | 'SM4-CBC'

function sealed(given = text, cipher: Cipher = 'SM4-GCM'): SealedFile {
  const members = sealer(name, given, cipher)
  const bytes = (member: string): Uint8Array =>
    Uint8Array.from(Buffer.from(present(members[member], member), 'base64'))
  return {
    name: members['aad'] ?? '',
    serial: members['serial'] ?? '',
    encKey: bytes('encKey'),
    nonce: bytes('nonce'),
    ciphertext: bytes('ciphertext'),
    cipher,
    mac: cipher === 'SM4-CBC' ? bytes('mac') : null,
    digest: members['sm3'] ?? '',
  }
}

const open = platformFiles([fileKeyOf(suiteBy('GM', crypto), serial, pair.privateKey)], crypto)
const flipped = (bytes: Uint8Array, at: number): Uint8Array =>
  bytes.map((byte, i) => (i === at ? byte ^ 1 : byte))

describe.each<Cipher>(['SM4-GCM', 'SM4-CBC'])('a sealed file under %s', (cipher) => {
  const sealedHere = (given = text) => sealed(given, cipher)

  it('is its bytes, whatever their number', () => {
    for (const given of ['', 'x', text, text.repeat(300)])
      expect(new TextDecoder().decode(open(sealedHere(given)) as Uint8Array)).toBe(given)
  })

  it('has a key and a nonce of its own', () => {
    const [one, other] = [sealedHere(), sealedHere()]
    expect(hex(one.nonce)).not.toBe(hex(other.nonce))
    expect(hex(one.ciphertext)).not.toBe(hex(other.ciphertext))
  })

  it('has the key that OpenSSL finds', () => {
    const file = sealedHere()
    const dir = folderOfTest('etc-lane-file-')
    const pem = pemOf('PRIVATE KEY', pkcs8OfSm2(hex(pair.privateKey), hex(pair.publicKey)))
    writeFileSync(join(dir, 'key.pem'), pem)
    writeFileSync(join(dir, 'key.bin'), file.encKey)
    const args = ['pkeyutl', '-decrypt', '-inkey', 'key.pem', '-in', 'key.bin']
    const found = execFileSync('openssl', args, { cwd: dir })
    expect(hex(found)).toBe(hex(crypto.decryptWith(pair.privateKey, file.encKey)))
  })

  it.each<[string, (file: SealedFile) => SealedFile, string]>([
    ['of another certificate', (file) => ({ ...file, serial: '0A02' }), 'otherKey'],
    ['with another name', (file) => ({ ...file, name: `X${file.name}` }), 'sealBroken'],
    ['with another nonce', (file) => ({ ...file, nonce: flipped(file.nonce, 0) }), 'sealBroken'],
    ['with a short nonce', (file) => ({ ...file, nonce: file.nonce.subarray(1) }), 'sealBroken'],
    ['with a byte altered', (f) => ({ ...f, ciphertext: flipped(f.ciphertext, 9) }), 'sealBroken'],
    ['cut', (f) => ({ ...f, ciphertext: f.ciphertext.subarray(0, -1) }), 'sealBroken'],
    ['without anything', (f) => ({ ...f, ciphertext: new Uint8Array() }), 'sealBroken'],
    ['with another key', (f) => ({ ...f, encKey: flipped(f.encKey, 60) }), 'sealBroken'],
    ['whose key is rubbish', (f) => ({ ...f, encKey: Uint8Array.of(1, 2) }), 'sealBroken'],
    ['with another digest', (file) => ({ ...file, digest: '0'.repeat(64) }), 'sealBroken'],
    ['under another cipher', (file) => ({ ...file, cipher: 'AES-128-GCM' }), 'sealBroken'],
    ['without a digest', (file) => ({ ...file, digest: '' }), 'sealBroken'],
  ])('%s is none', (_, alter, why) => {
    expect(open(alter(sealedHere()))).toBe(why)
  })

  it('that swells beyond 64 MiB is none', () => {
    expect(open(sealedHere('x'.repeat(64 * 1024 * 1024 + 1)))).toBe('sealBroken')
  })
})

it.each<[string, (file: SealedFile) => SealedFile]>([
  ['with another MAC', (file) => ({ ...file, mac: flipped(present(file.mac, 'CBC'), 31) })],
  ['without a MAC', (file) => ({ ...file, mac: null })],
  ['as if under GCM', (file) => ({ ...file, cipher: 'SM4-GCM' })],
])('a file under SM4-CBC %s is none', (_, alter) => {
  expect(open(alter(sealed(text, 'SM4-CBC')))).toBe('sealBroken')
})
