// The certificate folder: what is read, what is refused, and with which file named.
// Certificates come from the simulator's generator and from the OpenSSL command line.
import { execFileSync, spawnSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { pkcs8Of, spkiOf } from '#base/crypto/accelerator.ts'
import {
  certificatesInPem,
  clientCertificates,
  loadCertFolder,
  loadPlatformKeys,
  readCertificate,
  readCertificates,
  readPrivateKey,
} from '#base/crypto/certs.ts'
import { der, derTag, joinBytes } from '#base/crypto/der.ts'
import { certificateText, otherKeyForm, pemBlocks } from '#base/crypto/pem.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import type { Sm2KeyPair } from '#base/crypto/sm2.ts'
import { lowHex, sm2N, bytes32 } from '#base/crypto/sm2-curve.ts'
import { sm2Example } from '#base/crypto/vectors.ts'
import { makeCertificate, signatureOid } from '#simulators/platform/certificates/certificates.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { fieldFile, noFieldFiles } from '../../../kit/field-files.ts'
import { faultOf } from '../../../kit/refusals.ts'
import { folderOfTest } from '../../../kit/own-folder.ts'

const crypto = openGmCrypto()
const fromMs = 1_780_000_000_000
const toMs = 2_600_000_000_000
const authority = crypto.keyPair()
const pem = (label: string, bytes: Uint8Array): string =>
  `-----BEGIN ${label}-----\n${Buffer.from(bytes).toString('base64')}\n-----END ${label}-----\n`

const certificate = (publicKey: Uint8Array, serialHex: string): Uint8Array =>
  makeCertificate({
    serialHex,
    subject: 'client',
    issuer: 'authority',
    spki: spkiOf(publicKey),
    fromMs,
    toMs,
    use: 'signing',
    signatureOid: signatureOid.sm2,
    sign: (tbs) => crypto.signingKey(authority, '01').sign(tbs),
  })

let folder: string
const put = (name: string, text: string): string => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}
const keyPem = (pair: Sm2KeyPair): string => pem('PRIVATE KEY', pkcs8Of(pair))

beforeEach(() => (folder = folderOfTest('etc-certs-')))

describe('a complete folder', () => {
  it('gives a signing key and all platform keys by serial', () => {
    const client = crypto.keyPair()
    const platform = [crypto.keyPair(), crypto.keyPair()] as const
    put('client.pem', pem('CERTIFICATE', certificate(client.publicKey, '5C01')))
    put('client.key.pem', keyPem(client))
    put(
      'platform.pem',
      pem('CERTIFICATE', certificate(platform[0].publicKey, '0A01')) +
        pem('CERTIFICATE', certificate(platform[1].publicKey, '7FFF00AA')),
    )
    const loaded = loadCertFolder(folder, crypto)
    expect(loaded.client).toMatchObject({
      certSerial: '5C01',
      publicKey: client.publicKey,
      notBeforeMs: fromMs,
      notAfterMs: toMs,
    })
    expect(loaded.publishedTestKey).toBe(false)
    expect([...loaded.platformKeys.keys()]).toEqual(['0A01', '7FFF00AA'])
    const message = Uint8Array.of(1, 2, 3)
    const signature = loaded.signingKey.sign(message)
    expect(crypto.verifyingKey(client.publicKey, '').verify(message, signature)).toBe(true)
    const answer = crypto.signingKey(platform[1], '').sign(message)
    expect(loaded.platformKeys.get('7FFF00AA')?.verify(message, answer)).toBe(true)
    expect(loaded.platformKeys.get('0A01')?.verify(message, answer)).toBe(false)
  })

  it('is read again for a new platform certificate', () => {
    put('platform.pem', pem('CERTIFICATE', certificate(crypto.keyPair().publicKey, '0A01')))
    expect([...loadPlatformKeys(folder, crypto).platformKeys.keys()]).toEqual(['0A01'])
    put('platform.pem', pem('CERTIFICATE', certificate(crypto.keyPair().publicKey, '0A02')))
    expect([...loadPlatformKeys(folder, crypto).platformKeys.keys()]).toEqual(['0A02'])
  })

  it('says when the client key is the published example', () => {
    put('client.pem', pem('CERTIFICATE', certificate(sm2Example.publicKey, '01')))
    put('client.key.pem', keyPem(sm2Example))
    put('platform.pem', pem('CERTIFICATE', certificate(sm2Example.publicKey, '02')))
    expect(loadCertFolder(folder, crypto).publishedTestKey).toBe(true)
  })
})

describe('the certificates of the client alone', () => {
  it('give the keys of all that client.pem holds, in their order, without the private one', () => {
    const [now, former] = [crypto.keyPair(), crypto.keyPair()]
    const both = [certificate(now.publicKey, '5C02'), certificate(former.publicKey, '5C01')]
    put('client.pem', both.map((bytes) => pem('CERTIFICATE', bytes)).join(''))
    const { state, keys } = clientCertificates(folder, crypto)
    expect(state).toBe('present')
    expect([...keys.keys()]).toEqual(['5C02', '5C01'])
    const message = Uint8Array.of(1, 2, 3)
    const signature = crypto.signingKey(former, '5C01').sign(message)
    expect(keys.get('5C01')?.verify(message, signature)).toBe(true)
    expect(keys.get('5C02')?.verify(message, signature)).toBe(false)
  })
  it.each<[string, string | null]>([
    ['absent', null],
    ['unreadable', 'no certificate'],
    ['unreadable', ''],
  ])('are %s where client.pem is %j', (state, text) => {
    if (text !== null) put('client.pem', text)
    expect(clientCertificates(folder, crypto)).toMatchObject({ state, keys: new Map() })
  })
  it('are absent where the lot has no folder', () => {
    expect(clientCertificates(null, crypto).state).toBe('absent')
  })
})

describe('a folder that is refused, with the file named', () => {
  const files = ['client.pem', 'client.key.pem', 'platform.pem'] as const
  const fill = (): void => {
    const client = crypto.keyPair()
    put('client.pem', pem('CERTIFICATE', certificate(client.publicKey, '5C01')))
    put('client.key.pem', keyPem(client))
    put('platform.pem', pem('CERTIFICATE', certificate(crypto.keyPair().publicKey, '0A01')))
  }
  it.each(files)('%s is missing', (name) => {
    fill()
    rmSync(join(folder, name))
    const fault = faultOf(() => loadCertFolder(folder, crypto))
    expect(fault).toMatchObject({ code: 'CERT-01', detail: { file: join(folder, name) } })
  })
  const spoils: readonly (readonly [string, string])[] = [
    ['empty', ''],
    ['half a block', '-----BEGIN CERTIFICATE-----\nMIIB'],
    ['no Base64', '-----BEGIN CERTIFICATE-----\n####\n-----END CERTIFICATE-----\n'],
    ['something else', pem('RSA PRIVATE KEY', Uint8Array.of(0x30, 0))],
    ['an empty sequence', pem('CERTIFICATE', Uint8Array.of(0x30, 0))],
    ['an empty key', pem('PRIVATE KEY', Uint8Array.of(0x30, 0))],
    ['an encrypted key', pem('ENCRYPTED PRIVATE KEY', Uint8Array.of(0x30, 0))],
    ['two keys', keyPem(sm2Example) + keyPem(sm2Example)],
  ]
  it.each(files.flatMap((name) => spoils.map(([what, text]) => [name, what, text] as const)))(
    '%s is %s',
    (name, _, text) => {
      fill()
      put(name, text)
      const fault = faultOf(() => loadCertFolder(folder, crypto))
      expect(fault).toMatchObject({ code: 'CERT-01', detail: { file: join(folder, name) } })
    },
  )
  it('the key belongs to another certificate', () => {
    fill()
    put('client.key.pem', keyPem(crypto.keyPair()))
    expect(faultOf(() => loadCertFolder(folder, crypto)).code).toBe('CERT-01')
  })
})

describe('single certificates and keys', () => {
  const pair = crypto.keyPair()
  const whole = certificate(pair.publicKey, '5C01')
  it.each([
    ['a trailing byte', joinBytes(whole, Uint8Array.of(0))],
    ['a cut end', whole.subarray(0, whole.length - 1)],
    ['only the TBS tag', der(derTag.sequence, der(derTag.sequence))],
    ['65 KB', new Uint8Array(65 * 1024 + 1)],
  ])('a certificate with %s is refused', (_, bytes) => {
    expect(() => readCertificate(bytes, 'x.pem')).toThrow(/^CERT-01/)
  })
  it('a key off the curve is refused', () => {
    const at = Buffer.from(whole).indexOf(Buffer.from(pair.publicKey))
    const bad = Uint8Array.from(whole)
    bad[at + 64] = (bad[at + 64] ?? 0) ^ 1
    expect(() => readCertificate(bad, 'x.pem')).toThrow(/^CRYPTO-02/)
  })
  it('a private key out of range, or beside the public key of another, is refused', () => {
    const outside = { privateKey: bytes32(sm2N - 1n), publicKey: pair.publicKey }
    expect(() => readPrivateKey(keyPem(outside), 'k.pem', crypto)).toThrow(/^CRYPTO-02/)
    const mixed = { privateKey: pair.privateKey, publicKey: crypto.keyPair().publicKey }
    expect(() => readPrivateKey(keyPem(mixed), 'k.pem', crypto)).toThrow(/^CERT-01/)
  })
  it('no single spoiled byte of the header fields throws anything but a fault', () => {
    for (let at = 0; at < whole.length; at++) {
      const bad = Uint8Array.from(whole)
      bad[at] = (bad[at] ?? 0) ^ 0x55
      try {
        readCertificate(bad, 'x.pem')
      } catch (reason) {
        expect(reason).toBeInstanceOf(LaneFault)
      }
    }
  })
})

const openssl = spawnSync('openssl', ['version'], { encoding: 'utf8' })

describe.skipIf(openssl.status !== 0)('certificates of the OpenSSL command line', () => {
  const run = (...args: readonly string[]): string =>
    execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' }).toString()
  it('agrees on serial, key and validity of an SM2 certificate', () => {
    run('genpkey', '-algorithm', 'SM2', '-out', 'key.pem')
    const subject = ['-subj', '/O=TEST/CN=TEST client', '-set_serial', '0xF00D']
    const sign = ['-sm3', '-sigopt', 'distid:1234567812345678']
    const days = ['-days', '30']
    run('req', '-x509', '-new', '-key', 'key.pem', '-out', 'cert.pem', ...subject, ...sign, ...days)
    const [read] = readCertificates(run('x509', '-in', 'cert.pem'), 'cert.pem')
    expect(`serial=${read?.certSerial}`).toBe(
      run('x509', '-in', 'cert.pem', '-noout', '-serial').trim(),
    )
    expect(read?.certSerial).toBe('F00D')
    const text = run('pkey', '-in', 'key.pem', '-pubout', '-outform', 'PEM')
    const spki = Buffer.from(text.replaceAll(/-----[A-Z ]+-----|\s/g, ''), 'base64')
    expect(lowHex(read?.publicKey ?? new Uint8Array())).toBe(spki.subarray(-65).toString('hex'))
    const span = (read?.notAfterMs ?? 0) - (read?.notBeforeMs ?? 0)
    expect(span).toBe(30 * 86_400_000)
    readPrivateKey(run('pkey', '-in', 'key.pem'), 'key.pem', crypto)
  })
  it('refuses an ordinary P-256 certificate', () => {
    run('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', 'key.pem')
    run('req', '-x509', '-new', '-key', 'key.pem', '-out', 'cert.pem', '-subj', '/CN=TEST')
    expect(() => readCertificates(run('x509', '-in', 'cert.pem'), 'cert.pem')).toThrow(
      /neither SM2 nor RSA/,
    )
    expect(() => readPrivateKey(run('pkey', '-in', 'key.pem'), 'key.pem', crypto)).toThrow(/SM2/)
  })
})

describe('files as authorities and other tools give them', () => {
  const text = (name: string): string => readFileSync(fieldFile(`certificates/${name}`), 'utf8')
  const own = (name: string) => readCertificates(text(name), name).map(({ der: bytes }) => bytes)

  it.skipIf(noFieldFiles)('bare base64 is read as its PEM is, by whoever asks', () => {
    const [armoured] = own('ca.pem')
    expect(own('ca-bare.cer')).toEqual([armoured])
    const bare = put('ca-bare.cer', `\n${text('ca-bare.cer').replaceAll('\n', '\r\n')}\r\n`)
    const bytes = put('ca.der', '')
    writeFileSync(bytes, armoured ?? '')
    for (const file of [bare, bytes, put('ca.pem', text('ca.pem'))]) {
      expect(certificatesInPem(certificateText(file))).toEqual([armoured])
      expect(new X509Certificate(certificateText(file)).subject).toContain('LAB CA')
    }
  })

  it('what is no certificate stays what it is', () => {
    for (const odd of ['MIIB', 'MI not base64!', 'TUlJQg==', `MI${'A'.repeat(62)} -----`])
      expect(() => readCertificates(odd, 'x.cer')).toThrow(/^CERT-01/)
  })

  it('a whole folder may be of bare certificates', () => {
    const client = crypto.keyPair()
    const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
    put('client.pem', base64(certificate(client.publicKey, '5C01')))
    put('client.key.pem', keyPem(client))
    put('platform.pem', base64(certificate(crypto.keyPair().publicKey, '0A01')))
    expect(loadCertFolder(folder, crypto).client.certSerial).toBe('5C01')
  })

  it.each([
    ['SEC1', ['ecparam', '-name', 'prime256v1', '-genkey', '-noout'], 'pkcs8 -topk8 -nocrypt'],
    ['PKCS#1', ['genrsa', '-traditional', '2048'], 'pkcs8 -topk8 -nocrypt'],
    ['encrypted', ['genrsa', '-aes128', '-passout', 'pass:abcd', '2048'], 'pkcs8 -in'],
    ['DER', ['genpkey', '-algorithm', 'SM2', '-outform', 'DER'], 'pkey -inform DER'],
  ])('a key as %s is refused with the command that converts it', (_, args, command) => {
    const file = join(folder, 'client.key.pem')
    const made = spawnSync('openssl', [...args], { encoding: 'buffer' })
    expect(made.status).toBe(0)
    writeFileSync(file, made.stdout)
    const fault = faultOf(() => readPrivateKey(readFileSync(file, 'utf8'), file, crypto))
    expect(fault).toMatchObject({ code: 'CERT-01', detail: { file } })
    const todo = fault.detail.todo ?? ''
    expect(todo).toContain(command)
    if (command === 'pkcs8 -in') return
    const [program = '', ...words] = todo.split(' ')
    execFileSync(program, words, { stdio: 'ignore' })
    expect(pemBlocks(readFileSync(`${file}.new`, 'utf8'), 'PRIVATE KEY')).toHaveLength(1)
  })

  it.each(["key's of 车场 $HOME", 'a "b" `c`', '-out', 'k;rm -rf x', 'two\nlines'])(
    'the command converts a file in a folder named %j, run by sh',
    (name) => {
      const file = join(folder, name, 'k.pem')
      mkdirSync(join(folder, name))
      const bare = Buffer.from(pkcs8Of(crypto.keyPair())).toString('base64')
      writeFileSync(file, bare)
      const { todo = '' } = faultOf(() => readPrivateKey(bare, file, crypto)).detail
      execFileSync('sh', ['-c', todo], { stdio: 'ignore', cwd: folder })
      expect(pemBlocks(readFileSync(`${file}.new`, 'utf8'), 'PRIVATE KEY')).toHaveLength(1)
      expect(otherKeyForm(bare, file, 'powershell')?.todo).not.toContain('|')
    },
  )

  it('a key without its armour, and one in a file of PKCS#12, say how to convert', () => {
    const client = crypto.keyPair()
    const bare = Buffer.from(pkcs8Of(client)).toString('base64')
    const todoOf = (pem: string): string | undefined =>
      faultOf(() => readPrivateKey(pem, 'k.pem', crypto)).detail.todo
    expect(todoOf(bare)).toContain('openssl base64 -d -A -in k.pem | openssl pkey')
    expect(todoOf('0\uFFFD\t\uFFFD\u0002\u0001\u00030\uFFFD')).toContain('openssl pkcs12 -in k.pem')
    expect(todoOf('nothing')).toBeUndefined()
  })
})
