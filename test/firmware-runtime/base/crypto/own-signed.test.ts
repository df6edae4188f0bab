// A certificate that is signed by its own key: read back by this program, judged by the OpenSSL command line.
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { pemText } from '#base/crypto/certificate-request.ts'
import { certTbs } from '#base/crypto/cert-tbs.ts'
import { readCertificates } from '#base/crypto/certs.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { ownSignedCertificate } from '#base/crypto/own-signed.ts'
import { folderOfTest } from '../../../kit/own-folder.ts'

const crypto = openGmCrypto()
const fromMs = Date.parse('2026-11-01T00:00:00Z')

it.each([
  ['4A01', '2031-11-01T00:00:00Z', '停车场一'],
  ['7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF', '2049-12-31T23:59:59Z', 'Lot 2'],
  ['01', '2050-01-01T00:00:00Z', 'x'.repeat(60)],
])('serial %s, until %s', (certSerial, until, organisation) => {
  const pair = crypto.keyPair()
  const toMs = Date.parse(until)
  const der = ownSignedCertificate({
    subject: { organisation, commonName: '450100001' },
    publicKey: pair.publicKey,
    key: crypto.signingKey(pair, certSerial),
    fromMs,
    toMs,
  })
  const pem = pemText('CERTIFICATE', der)
  const [read] = readCertificates(pem, 'own.pem')
  expect(read).toMatchObject({ certSerial, notBeforeMs: fromMs, notAfterMs: toMs })
  expect(read?.publicKey).toEqual(pair.publicKey)
  const file = join(folderOfTest('etc-own-'), 'own.pem')
  writeFileSync(file, pem)
  const at = (name: string): string => join(file, '..', name)
  const openssl = (...words: string[]): string =>
    execFileSync('openssl', words, { encoding: 'utf8' })
  const signed = certTbs(der)
  writeFileSync(at('tbs.der'), signed?.tbs ?? '')
  writeFileSync(at('tbs.sig'), signed?.signature ?? '')
  writeFileSync(at('key.pem'), openssl('x509', '-in', file, '-noout', '-pubkey'))
  const by = ['-sm3', '-verify', at('key.pem'), '-signature', at('tbs.sig')]
  const distid = ['-sigopt', 'distid:1234567812345678']
  expect(openssl('dgst', ...by, ...distid, at('tbs.der'))).toContain('Verified OK')
  const shown = openssl('x509', '-in', file, '-noout', '-serial', '-subject', '-nameopt', 'utf8')
  expect(shown).toContain(`serial=${certSerial}`)
  expect(shown).toContain(organisation)
})
