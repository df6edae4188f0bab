// The certificates of the simulated platform, verified by OpenSSL.
// They are generated in a temporary folder that is removed afterwards.
import { readFileSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { openPki, type PlatformPki } from '#simulators/platform/certificates/pki.ts'
import { suites } from '#simulators/platform/certificates/sm2-suite.ts'
import { gmSuite } from '#simulators/platform/certificates/suite.ts'
import { hasOpenssl, openssl } from '../openssl.ts'
import { folderOfFile } from '../../../../kit/own-folder.ts'

const dir = folderOfFile('platform-pki-')
let pki: PlatformPki
beforeAll(() => {
  pki = openPki(join(dir, 'certs'), gmSuite(suites.openssl), Date.now())
})

const file = (name: string): string => join(dir, 'certs', name)
test.skipIf(!hasOpenssl)('the SM2 chain verifies with the default identifier', () => {
  for (const name of ['client.pem', 'platform.pem', 'sm2-ca.pem']) {
    const id = ['-vfyopt', 'distid:1234567812345678']
    expect(openssl('verify', ...id, '-CAfile', file('sm2-ca.pem'), file(name))).toContain('OK')
  }
})

test.skipIf(!hasOpenssl)('object identifiers and names are those of SM2 and of a test', () => {
  const text = openssl('x509', '-in', file('client.pem'), '-noout', '-text')
  expect(text).toContain('Signature Algorithm: SM2-with-SM3')
  expect(text).toContain('ASN1 OID: SM2')
  expect(text).toMatch(/Subject: O = TEST, CN = TEST/)
  expect(text).toMatch(/Issuer: O = TEST, CN = TEST/)
  const parsed = openssl('asn1parse', '-in', file('client.pem'))
  expect(parsed).toContain('id-ecPublicKey')
})

test.skipIf(!hasOpenssl)('serial numbers are upper-case hex, as OpenSSL prints them', () => {
  const serial = openssl('x509', '-in', file('client.pem'), '-noout', '-serial').trim()
  expect(serial).toBe(`serial=${pki.clients[0]?.serialHex}`)
  expect(pki.clients[0]?.serialHex).toMatch(/^[0-9A-F]{32}$/)
})

test.skipIf(!hasOpenssl)('keys fit their certificates', () => {
  for (const name of ['client', 'platform']) {
    const ofKey = openssl('pkey', '-in', file(`${name}.key.pem`), '-pubout')
    const ofCertificate = openssl('x509', '-in', file(`${name}.pem`), '-noout', '-pubkey')
    expect(ofKey).toBe(ofCertificate)
    expect(ofKey).toContain('BEGIN PUBLIC KEY')
  }
})

test.skipIf(!hasOpenssl)('the TLS chain verifies for the loopback names only', () => {
  const verify = (...words: string[]) =>
    openssl('verify', '-CAfile', file('ca.pem'), '-purpose', 'sslserver', ...words, file('tls.pem'))
  expect(verify('-verify_ip', '127.0.0.1')).toContain('OK')
  expect(verify('-verify_hostname', 'localhost')).toContain('OK')
  expect(verify('-verify_hostname', 'example.org')).not.toContain('OK')
})

test('keys are for their owner alone; the authority of TLS keeps none', () => {
  const names = readdirSync(join(dir, 'certs'))
  const keys = names.filter((name) => name.includes('key'))
  expect(keys.sort()).toEqual([
    'client.key.pem',
    'platform.key.pem',
    'sm2-ca.key.pem',
    'tls.key.pem',
  ])
  for (const name of keys) expect(statSync(file(name)).mode & 0o777).toBe(0o600)
  expect(names.some((name) => name.endsWith('.new'))).toBe(false)
})

test('a set that was being made when it was killed is made again: platform.pem comes last', () => {
  const madeAt = (name: string) => statSync(file(name), { bigint: true }).ctimeNs
  const others = [
    'sm2-ca.pem',
    'sm2-ca.key.pem',
    'client.pem',
    'client.key.pem',
    'platform.key.pem',
  ]
  expect(others.filter((name) => madeAt(name) > madeAt('platform.pem'))).toEqual([])
  const half = join(dir, 'half')
  openPki(half, gmSuite(suites.openssl), Date.now())
  for (const name of ['platform.pem', 'platform.key.pem']) rmSync(join(half, name))
  expect(openPki(half, gmSuite(suites.openssl), Date.now()).published).toHaveLength(1)
})

test.skipIf(!hasOpenssl)(
  'a restart keeps every file; what is missing is made again as a set',
  () => {
    const names = readdirSync(join(dir, 'certs'))
    const before = names.map((name) => readFileSync(file(name), 'utf8'))
    openPki(join(dir, 'certs'), gmSuite(suites.openssl), Date.now())
    expect(names.map((name) => readFileSync(file(name), 'utf8'))).toEqual(before)
    rmSync(file('client.key.pem'))
    const again = openPki(join(dir, 'certs'), gmSuite(suites['sm-crypto']), Date.now())
    expect(again.clients[0]?.serialHex).not.toBe(pki.clients[0]?.serialHex)
    const id = ['-vfyopt', 'distid:1234567812345678']
    expect(openssl('verify', ...id, '-CAfile', file('sm2-ca.pem'), file('client.pem'))).toContain(
      'OK',
    )
  },
)
