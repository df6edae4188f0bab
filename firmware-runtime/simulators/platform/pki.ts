// The certificates of a simulated platform, in one folder: a TLS authority and server certificate
// (ECDSA P-256), an SM2 authority, the platform's signing pair and the test client's pair (P1, P4).
import { createSign, generateKeyPairSync, randomBytes } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { dayMs } from '../../core/values/instant.ts'
import { must } from '../../core/values/must.ts'
import { makeCertificate, readCertificate, signatureOid } from './certificates.ts'
import type { CertificateFacts, CertificateUse } from './certificates.ts'
import { derOf, pemOf, pkcs8OfSm2, sm2KeyOfPem, spkiOfSm2 } from './sm2-der.ts'
import { publicOf } from './sm2-suite.ts'
import type { SmSuite } from './sm2-suite.ts'

export interface PlatformPki {
  readonly caFile: string
  readonly tlsKeyPem: string
  readonly tlsCertPem: string
  readonly platform: CertificateFacts
  readonly platformPem: string
  readonly platformPrivateHex: string
  readonly client: CertificateFacts
}

const lifeMs = 5 * 365 * dayMs

/** 16 bytes, positive, without a leading zero byte: hex text and DER agree. */
const newSerial = (): string => {
  const serial = randomBytes(16)
  serial[0] = (serial.readUInt8(0) & 0x3f) | 0x40
  return serial.toString('hex').toUpperCase()
}

/** Written aside first: a kill between two bytes leaves no half key behind. */
function put(dir: string, name: string, text: string): void {
  const path = join(dir, name)
  writeFileSync(`${path}.new`, text, { mode: name.includes('.key.') ? 0o600 : 0o644 })
  renameSync(`${path}.new`, path)
}

const take = (dir: string, name: string): string => readFileSync(join(dir, name), 'utf8')

/** A day behind for a caller whose clock is a little off; TLS is always judged by real time. */
const life = (nowMs: number): { fromMs: number; toMs: number } => ({
  fromMs: nowMs - dayMs,
  toMs: nowMs + lifeMs,
})

const der = (key: KeyObject, type: 'spki' | 'pkcs8'): Uint8Array =>
  Uint8Array.from(key.export({ format: 'der', type }))

function makeTls(dir: string, nowMs: number): void {
  const authority = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const server = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const issue = (key: KeyObject, subject: string, use: CertificateUse): string =>
    pemOf(
      'CERTIFICATE',
      makeCertificate({
        serialHex: newSerial(),
        subject,
        issuer: 'platform TLS authority',
        spki: der(key, 'spki'),
        ...life(nowMs),
        use,
        signatureOid: signatureOid.ecdsa,
        sign: (tbs) => Uint8Array.from(createSign('sha256').update(tbs).sign(authority.privateKey)),
      }),
    )
  put(dir, 'tls.key.pem', pemOf('PRIVATE KEY', der(server.privateKey, 'pkcs8')))
  put(dir, 'tls.pem', issue(server.publicKey, 'platform', 'tls-server'))
  // Last: its presence says that the set is whole. The authority's own key is not kept.
  put(dir, 'ca.pem', issue(authority.publicKey, 'platform TLS authority', 'authority'))
}

const newPrivateHex = (): string => {
  for (;;) {
    const hex = randomBytes(32).toString('hex')
    // 1 <= d <= n-2; n starts with FFFFFFFE, so the first word decides (B.3).
    if (hex < 'fffffffe' && !/^0{32}/.test(hex)) return hex
  }
}

function makeSm2(dir: string, suite: SmSuite, nowMs: number): void {
  const ca = newPrivateHex()
  const sign = suite.signer(ca, publicOf(ca))
  const issue = (file: string, subject: string, privateHex: string, isCa: boolean): void => {
    const publicHex = publicOf(privateHex)
    const certificate = makeCertificate({
      serialHex: newSerial(),
      subject,
      issuer: 'platform SM2 authority',
      spki: spkiOfSm2(publicHex),
      ...life(nowMs),
      use: isCa ? 'authority' : 'signing',
      signatureOid: signatureOid.sm2,
      sign,
    })
    if (!isCa) put(dir, `${file}.key.pem`, pemOf('PRIVATE KEY', pkcs8OfSm2(privateHex, publicHex)))
    put(dir, `${file}.pem`, pemOf('CERTIFICATE', certificate))
  }
  issue('client', 'lane client', newPrivateHex(), false)
  issue('platform', 'platform signing', newPrivateHex(), false)
  issue('sm2-ca', 'platform SM2 authority', ca, true)
}

const isWhole = (dir: string, names: readonly string[]): boolean =>
  names.every((name) => existsSync(join(dir, name)))

/** The server side of HTTPS alone, for simulators that sign otherwise. */
export function openTls(
  dir: string,
  nowMs: number,
): Pick<PlatformPki, 'caFile' | 'tlsKeyPem' | 'tlsCertPem'> {
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  if (!isWhole(dir, ['ca.pem', 'tls.pem', 'tls.key.pem'])) makeTls(dir, nowMs)
  return {
    caFile: join(dir, 'ca.pem'),
    tlsKeyPem: take(dir, 'tls.key.pem'),
    tlsCertPem: take(dir, 'tls.pem'),
  }
}

/** Opens the folder; makes what is missing, keeps what is there. */
export function openPki(dir: string, suite: SmSuite, nowMs: number): PlatformPki {
  const tls = openTls(dir, nowMs)
  const sm2Names = ['client', 'platform'].flatMap((n) => [`${n}.pem`, `${n}.key.pem`])
  if (!isWhole(dir, [...sm2Names, 'sm2-ca.pem'])) makeSm2(dir, suite, nowMs)
  const platformPem = take(dir, 'platform.pem')
  const platform = readCertificate(derOf(platformPem))
  const key = sm2KeyOfPem(take(dir, 'platform.key.pem'))
  must(key.publicHex === platform.publicHex, 'platform.pem and platform.key.pem are one pair')
  return {
    ...tls,
    platform,
    platformPem,
    platformPrivateHex: key.privateHex,
    client: readCertificate(derOf(take(dir, 'client.pem'))),
  }
}
