// The centre's authority in its folder: openssl judges its certificates, and each file is made once.
import { execFileSync } from 'node:child_process'
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Authority, KeyUse } from '../../../centre/authority/authority.ts'
import { openAuthority } from '../../../centre/authority/open-authority.ts'
import { certificateRequest } from '#base/crypto/certificate-request.ts'
import { readCertificate } from '#base/crypto/certs.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { dayMs } from '#base/pure/values/instant.ts'

const nowMs = Math.floor(Date.now() / 1000) * 1000
const gm = openGmCrypto()
let dir = ''
let made = ''
const openssl = (...words: readonly string[]): string =>
  execFileSync('openssl', words, { stdio: 'pipe', encoding: 'utf8' })

interface Asked {
  readonly subject?: string
  readonly curve?: string
  readonly more?: readonly string[]
}

/** DER of a request that openssl makes. */
function request({
  subject = '/O=etc-lane lot/CN=A1',
  curve = 'P-256',
  more = [],
}: Asked): Uint8Array {
  const [key, file] = [join(dir, 'request.key'), join(dir, 'request.der')]
  openssl(
    'ecparam',
    '-name',
    curve === 'P-256' ? 'prime256v1' : curve,
    '-genkey',
    '-noout',
    '-out',
    key,
  )
  openssl(
    'req',
    '-new',
    '-key',
    key,
    '-utf8',
    '-subj',
    subject,
    '-outform',
    'DER',
    '-out',
    file,
    ...more,
  )
  return new Uint8Array(readFileSync(file))
}
const sm2 = ['-sm3', '-sigopt', 'distid:1234567812345678']

beforeAll(async () => {
  made = mkdtempSync(join(tmpdir(), 'authority-made-'))
  await openAuthority(made, [], nowMs)
  return () => rmSync(made, { recursive: true })
})
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'authority-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

const folder = (): string => join(dir, 'keys')
const open = (names: readonly string[] = [], atMs = nowMs): Promise<Authority> =>
  openAuthority(folder(), names, atMs)
const textOf = (file: string): string => openssl('x509', '-in', file, '-noout', '-text')
const inFolder = (name: string): string => join(folder(), name)

it('makes an authority and a certificate for doors that openssl verifies', async () => {
  await open(['centre.example', '192.0.2.7', '2001:db8::17'])
  const [ca, door] = [inFolder('authority.pem'), inFolder('door.pem')]
  const strict = ['verify', '-x509_strict', '-purpose', 'sslserver', '-CAfile', ca]
  for (const name of ['localhost', 'centre.example'])
    expect(openssl(...strict, '-verify_hostname', name, door)).toBe(`${door}: OK\n`)
  for (const address of ['127.0.0.1', '192.0.2.7', '2001:db8::17', '::1'])
    expect(openssl(...strict, '-verify_ip', address, door)).toBe(`${door}: OK\n`)
  expect(() => openssl(...strict, '-verify_hostname', 'other.example', door)).toThrow()
  expect(() => openssl('verify', '-purpose', 'sslclient', '-CAfile', ca, door)).toThrow()
  expect(textOf(ca)).toMatch(/CA:TRUE, pathlen:0/)
  expect(openssl('x509', '-in', door, '-noout', '-subject')).toBe(
    'subject=O = etc-lane centre, CN = etc-lane centre\n',
  )
  for (const name of readdirSync(folder()))
    expect(statSync(inFolder(name)).mode & 0o777).toBe(0o600)
})

it('finds the same keys again', async () => {
  const first = await open(['centre.example'])
  const second = await open(['centre.example'], nowMs + 8 * 365 * dayMs)
  expect(second.certificatePem).toBe(first.certificatePem)
  expect(second.server.cert).toContain(first.server.cert)
})

it.each([
  ['it would end within a year', [], nowMs + 9 * 365 * dayMs + 2 * dayMs],
  ['it has another name', ['centre.example'], nowMs],
  ['it has another address', ['192.0.2.7'], nowMs],
])('issues the certificate of doors anew when %s', async (_, names, atMs) => {
  const first = await open()
  const second = await open(names, atMs)
  expect(second.certificatePem).toBe(first.certificatePem)
  expect(second.server.cert).not.toBe(first.server.cert)
  const at = ['-attime', String(atMs / 1000), '-CAfile', inFolder('authority.pem')]
  expect(openssl('verify', ...at, inFolder('door.pem'))).toMatch(/OK/)
})

it.each([
  ['the key', ['authority.key.pem']],
  ['the key and its certificate', ['authority.key.pem', 'authority.pem']],
  ['the certificate of a door in part', ['authority.key.pem', 'authority.pem', 'door.pem.new']],
])('goes on after a kill that left %s', async (_, left) => {
  const authority = await open()
  const before = readFileSync(inFolder('authority.key.pem'), 'utf8')
  for (const name of readdirSync(folder())) if (!left.includes(name)) unlinkSync(inFolder(name))
  if (left.includes('door.pem.new')) writeFileSync(inFolder('door.pem.new'), 'half')
  const again = await open()
  expect(readFileSync(inFolder('authority.key.pem'), 'utf8')).toBe(before)
  if (left.length > 1) expect(again.certificatePem).toBe(authority.certificatePem)
  expect(openssl('verify', '-CAfile', inFolder('authority.pem'), inFolder('door.pem'))).toMatch(
    /OK/,
  )
})

it.each([
  ['a key that is gone', () => unlinkSync(inFolder('authority.key.pem')), 'authority.key.pem'],
  ['half a key', () => writeFileSync(inFolder('authority.key.pem'), '-----BEGIN'), 'authority.pem'],
  ['half a certificate', () => writeFileSync(inFolder('authority.pem'), 'x'), 'authority.pem'],
  [
    'another certificate',
    () => writeFileSync(inFolder('authority.pem'), readFileSync(join(made, 'authority.pem'))),
    'authority.pem',
  ],
  ['half a door', () => writeFileSync(inFolder('door.pem'), ''), 'door.pem'],
])('makes no new key for %s', async (_, damage, file) => {
  await open()
  const before = readFileSync(inFolder('authority.key.pem'), 'utf8')
  damage()
  await expect(open()).rejects.toMatchObject({
    code: 'CENTRE-23',
    detail: { file: inFolder(file) },
  })
  expect(before).not.toBe('')
})

it('issues a certificate for connections and one of an SM2 key', async () => {
  const authority = await open()
  const ca = inFolder('authority.pem')
  for (const [use, asked] of [
    ['tls', request({})],
    ['sign', request({ curve: 'SM2', more: sm2 })],
  ] as const) {
    const issued = await authority.issue(use, asked, 'A1', nowMs)
    const file = join(dir, `${use}.pem`)
    writeFileSync(file, issued.pem)
    expect(openssl('verify', '-x509_strict', '-CAfile', ca, file)).toBe(`${file}: OK\n`)
    expect(openssl('x509', '-in', file, '-noout', '-subject', '-serial')).toBe(
      `subject=O = etc-lane lot, CN = A1\nserial=${issued.serial}\n`,
    )
    writeFileSync(join(dir, 'asked.der'), asked)
    expect(openssl('x509', '-in', file, '-noout', '-pubkey')).toBe(
      openssl('req', '-inform', 'DER', '-in', join(dir, 'asked.der'), '-noout', '-pubkey'),
    )
    expect(issued.toMs - issued.fromMs).toBe(10 * 365 * dayMs)
    expect(textOf(file)).toMatch(use === 'tls' ? /Client Authentication/ : /ASN1 OID: SM2/)
  }
})

it('issues a certificate of the product’s own request, with a new number each time', async () => {
  const authority = await open()
  const pair = gm.keyPair()
  const subject = { organisation: 'etc-lane lot', commonName: 'A1' }
  const asked = certificateRequest(subject, pair.publicKey, gm.signingKey(pair, ''))
  const [one, two] = [
    await authority.issue('sign', asked, 'A1', nowMs),
    await authority.issue('sign', asked, 'A1', nowMs),
  ]
  expect(one.serial).not.toBe(two.serial)
  const { publicKey, certSerial } = readCertificate(one.der, 'A1')
  expect([publicKey, certSerial]).toEqual([pair.publicKey, one.serial])
})

const changed = (der: Uint8Array, at: number): Uint8Array =>
  der.map((byte, index) => (index === (at < 0 ? der.length + at : at) ? byte ^ 1 : byte))
it.each<[string, KeyUse, () => Uint8Array]>([
  ['another lot', 'tls', () => request({ subject: '/O=etc-lane lot/CN=B2' })],
  ['another organisation', 'tls', () => request({ subject: '/O=other/CN=A1' })],
  ['no organisation', 'tls', () => request({ subject: '/CN=A1' })],
  ['a further name', 'tls', () => request({ subject: '/O=etc-lane lot/OU=x/CN=A1' })],
  ['two common names', 'tls', () => request({ subject: '/O=etc-lane lot/CN=A1/CN=B2' })],
  ['a curve of another size', 'tls', () => request({ curve: 'secp384r1' })],
  ['an SM2 key for connections', 'tls', () => request({ curve: 'SM2', more: sm2 })],
  ['a P-256 key for signatures', 'sign', () => request({})],
  ['a changed signature', 'tls', () => changed(request({}), -1)],
  ['a changed key', 'tls', () => changed(request({}), 110)],
  ['a changed signature of SM2', 'sign', () => changed(request({ curve: 'SM2', more: sm2 }), -1)],
  [
    'another user id of SM2',
    'sign',
    () => request({ curve: 'SM2', more: ['-sm3', '-sigopt', 'distid:other'] }),
  ],
  ['bytes behind the end', 'tls', () => Uint8Array.from([...request({}), 0])],
  ['half a request', 'tls', () => request({}).subarray(0, 100)],
  ['nothing', 'sign', () => new Uint8Array()],
  ['a long text', 'sign', () => new Uint8Array(10_000).fill(48)],
])('refuses a request with %s', async (_, use, make) => {
  const authority = await openAuthority(made, [], nowMs)
  const refused = { code: 'CENTRE-21', detail: { field: `${use}Request` } }
  await expect(authority.issue(use, make(), 'A1', nowMs)).rejects.toMatchObject(refused)
})
