// The certificates of a simulated platform, in one folder: a TLS authority and server certificate
// (ECDSA P-256), an authority of the suite, the platform's signing pair and the test client's pair (P1, P4).
import { createSign, generateKeyPairSync, randomBytes, X509Certificate } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { isIP } from 'node:net'
import { join } from 'node:path'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { dayMs } from '#base/pure/values/instant.ts'
import { must } from '#base/pure/values/must.ts'
import { simulatedTlsAuthority } from '#base/pure/lot/simulated.ts'
import { sandboxName } from './cert-folder.ts'
import { makeCertificate, readCertificate, signatureOid } from './certificates.ts'
import type { CertificateFacts, CertificateUse, ClientRequest } from './certificates.ts'
import { derOf, pemOf } from './sm2-der.ts'
import type { KeyHex, PlatformSuite } from './suite.ts'

export interface PlatformPki {
  readonly caFile: string
  readonly tlsKeyPem: string
  readonly tlsCertPem: string
  readonly platform: CertificateFacts
  readonly platformPrivateHex: string
  /** Keys of the signing certificate and of an announced one: lots seal files to the newest. */
  readonly privateHexBySerial: ReadonlyMap<string, string>
  /** The test client's certificate, then those made from requests. */
  readonly clients: readonly CertificateFacts[]
  /** Test certificates, each with the channel number that it was made for. */
  readonly sandbox: readonly { readonly appId: string; readonly facts: CertificateFacts }[]
  /** Published certificates: the signing one, an announced one, former ones. */
  readonly published: readonly { readonly facts: CertificateFacts; readonly pem: string }[]
}

const lifeMs = 5 * 365 * dayMs

/** Files made later, from requests and by announcing. */
const clientsPem = 'clients.pem'
/** Serials of refused clients, one per line. */
const withdrawnFile = 'withdrawn.txt'
const [nextPem, nextKeyPem] = ['platform-next.pem', 'platform-next.key.pem']

/** 16 bytes, positive, without a leading zero byte: hex text and DER agree. */
const newSerial = (): string => {
  const serial = randomBytes(16)
  serial[0] = (serial.readUInt8(0) & 0x3f) | 0x40
  return serial.toString('hex').toUpperCase()
}

/** Written to a temporary file first: a kill leaves no partial key. */
function put(dir: string, name: string, text: string): void {
  const path = join(dir, name)
  writeFileSync(`${path}.new`, text, { mode: name.includes('.key.') ? 0o600 : 0o644 })
  renameSync(`${path}.new`, path)
}

const take = (dir: string, name: string): string => readFileSync(join(dir, name), 'utf8')

/** Valid from a day ago, for a caller whose clock is slightly off; TLS is always judged by real time. */
const life = (nowMs: number): { fromMs: number; toMs: number } => ({
  fromMs: nowMs - dayMs,
  toMs: nowMs + lifeMs,
})

const der = (key: KeyObject, type: 'spki' | 'pkcs8'): Uint8Array =>
  Uint8Array.from(key.export({ format: 'der', type }))

function makeTls(dir: string, nowMs: number, names: readonly string[]): void {
  const authority = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const server = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const issue = (key: KeyObject, subject: string, use: CertificateUse): string =>
    pemOf(
      'CERTIFICATE',
      makeCertificate({
        serialHex: newSerial(),
        subject,
        issuer: simulatedTlsAuthority,
        spki: der(key, 'spki'),
        ...life(nowMs),
        use,
        names,
        signatureOid: signatureOid.ecdsa,
        sign: (tbs) => Uint8Array.from(createSign('sha256').update(tbs).sign(authority.privateKey)),
      }),
    )
  put(dir, 'tls.key.pem', pemOf('PRIVATE KEY', der(server.privateKey, 'pkcs8')))
  put(dir, 'tls.pem', issue(server.publicKey, 'platform', 'tls-server'))
  // Written last: its presence shows that the set is complete. The authority's own key is not kept.
  put(dir, 'ca.pem', issue(authority.publicKey, simulatedTlsAuthority, 'authority'))
}

interface Order {
  readonly subject: string
  readonly publicHex: string
  readonly toMs: number
  readonly isCa?: boolean
}

/** A certificate of the authority, as PEM. */
function issued(ca: KeyHex, suite: PlatformSuite, nowMs: number, order: Order): string {
  const { subject, publicHex, toMs, isCa = false } = order
  return pemOf(
    'CERTIFICATE',
    makeCertificate({
      serialHex: newSerial(),
      subject,
      issuer: suite.authority.words,
      spki: suite.spki(publicHex),
      fromMs: life(nowMs).fromMs,
      toMs,
      use: isCa ? 'authority' : 'signing',
      signatureOid: suite.signatureOid,
      sign: suite.signer(ca.privateHex, ca.publicHex),
    }),
  )
}

const keyPem = (suite: PlatformSuite, key: KeyHex): string => pemOf('PRIVATE KEY', suite.pkcs8(key))

function makePairs(dir: string, suite: PlatformSuite, nowMs: number): void {
  const ca = suite.newKey()
  const issue = (file: string, subject: string, key: KeyHex, isCa: boolean): void => {
    const { publicHex } = key
    const certificate = issued(ca, suite, nowMs, { subject, publicHex, isCa, toMs: nowMs + lifeMs })
    put(dir, `${file}.key.pem`, keyPem(suite, key))
    put(dir, `${file}.pem`, certificate)
  }
  // Removed first and written last: a folder that has it without this authority belongs to another suite.
  rmSync(join(dir, 'platform.pem'), { force: true })
  issue(suite.authority.file, suite.authority.words, ca, true)
  issue('client', 'lane client', suite.newKey(), false)
  issue('platform', 'platform signing', suite.newKey(), false)
}

const authorityOf = (dir: string, suite: PlatformSuite): KeyHex =>
  suite.keyOfPem(take(dir, `${suite.authority.file}.key.pem`))

const isWhole = (dir: string, names: readonly string[]): boolean =>
  names.every((name) => existsSync(join(dir, name)))

/** Parses `--names`: the server's names in its certificate; the first one is its address. */
export function tlsNames(text = ''): readonly string[] {
  const all = text === '' ? [] : text.split(',')
  const isName = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/i
  const wrong = all.find((name) => isIP(name) === 0 && !isName.test(name))
  if (wrong === undefined) return all
  throw new LaneFault('ARG-01', { field: '--names', value: wrong, note: 'a name or an address' })
}

/** Throws ARG-01 when the folder's certificate lacks a name: its clients would no longer trust a new one. */
function mustBeOf(certPem: string, names: readonly string[], dir: string): void {
  const certificate = new X509Certificate(certPem)
  const isOf = (name: string): boolean =>
    (isIP(name) === 0 ? certificate.checkHost(name) : certificate.checkIP(name)) !== undefined
  const missing = names.find((name) => !isOf(name))
  if (missing === undefined) return
  const note = `not in ${join(dir, 'tls.pem')}`
  throw new LaneFault('ARG-01', { field: '--names', value: missing, note })
}

/** The HTTPS side only, for simulators that sign differently; `names` beside this machine's. */
export function openTls(
  dir: string,
  nowMs: number,
  names: readonly string[] = [],
): Pick<PlatformPki, 'caFile' | 'tlsKeyPem' | 'tlsCertPem'> {
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  if (!isWhole(dir, ['ca.pem', 'tls.pem', 'tls.key.pem'])) makeTls(dir, nowMs, names)
  mustBeOf(take(dir, 'tls.pem'), names, dir)
  return {
    caFile: join(dir, 'ca.pem'),
    tlsKeyPem: take(dir, 'tls.key.pem'),
    tlsCertPem: take(dir, 'tls.pem'),
  }
}

const blocks = (pem: string): readonly string[] =>
  pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n/g) ?? []

const takeBlocks = (dir: string, name: string): readonly string[] =>
  existsSync(join(dir, name)) ? blocks(take(dir, name)) : []

/** Opens the folder; makes missing files and keeps existing ones. */
export function openPki(dir: string, suite: PlatformSuite, nowMs: number): PlatformPki {
  const tls = openTls(dir, nowMs)
  const names = ['client', 'platform'].flatMap((n) => [`${n}.pem`, `${n}.key.pem`])
  const authority = `${suite.authority.file}.pem`
  // A folder of another suite belongs to other lots: nothing in it is overwritten.
  if (existsSync(join(dir, 'platform.pem')) && !existsSync(join(dir, authority)))
    throw new LaneFault('ARG-01', { field: '--suite', value: suite.name, note: `no ${authority}` })
  if (!isWhole(dir, [...names, authority])) makePairs(dir, suite, nowMs)
  const published = ['platform.pem', nextPem]
    .flatMap((name) => takeBlocks(dir, name))
    .map((pem) => ({ pem, facts: readCertificate(derOf(pem)) }))
  const platform = published[0]?.facts
  const key = suite.keyOfPem(take(dir, 'platform.key.pem'))
  must(
    platform !== undefined && key.publicHex === platform.publicHex,
    'platform.pem and platform.key.pem are one pair',
  )
  const clients = ['client.pem', clientsPem].flatMap((name) => takeBlocks(dir, name))
  const sandbox = readdirSync(dir).flatMap((name) => {
    const appId = /^sandbox-([A-Za-z0-9]+)\.pem$/.exec(name)?.[1]
    return appId === undefined ? [] : [{ appId, facts: readCertificate(derOf(take(dir, name))) }]
  })
  return {
    ...tls,
    platform,
    sandbox,
    published,
    platformPrivateHex: key.privateHex,
    privateHexBySerial: privatesOf(dir, suite, published, key.privateHex),
    clients: clients
      .map((pem) => readCertificate(derOf(pem)))
      .filter(({ serialHex }) => !withdrawn(dir).includes(serialHex)),
  }
}

/** The announced one comes after the signing one. */
function privatesOf(
  dir: string,
  suite: PlatformSuite,
  published: PlatformPki['published'],
  first: string,
): ReadonlyMap<string, string> {
  const next = existsSync(join(dir, nextKeyPem)) ? suite.keyOfPem(take(dir, nextKeyPem)) : null
  return new Map(
    published.flatMap(({ facts: { serialHex, publicHex } }, at) => {
      if (at === 0) return [[serialHex, first] as const]
      return next?.publicHex === publicHex ? [[serialHex, next.privateHex] as const] : []
    }),
  )
}

const withdrawn = (dir: string): readonly string[] =>
  existsSync(join(dir, withdrawnFile)) ? take(dir, withdrawnFile).trim().split('\n') : []

/** Ends the time in which a client's former certificate is accepted beside the next one. */
export const withdrawClient = (dir: string, serialHex: string): void =>
  put(dir, withdrawnFile, `${[...withdrawn(dir), serialHex].join('\n').trim()}\n`)

/** Makes a certificate from a request that proves its key, and keeps it with the clients. */
export function issueClient(
  dir: string,
  suite: PlatformSuite,
  request: ClientRequest,
  nowMs: number,
  days: number,
): string {
  const { commonName: subject, publicHex } = request
  const ca = authorityOf(dir, suite)
  const pem = issued(ca, suite, nowMs, { subject, publicHex, toMs: nowMs + days * dayMs })
  put(dir, clientsPem, [...takeBlocks(dir, clientsPem), pem].join(''))
  return pem
}

/** Key and certificate for a lot's joint test, as files; the same ones at each call. */
export function sandboxFiles(
  dir: string,
  suite: PlatformSuite,
  appId: string,
  nowMs: number,
): Readonly<Record<'client.pem' | 'client.key.pem' | 'platform.pem' | 'ca.pem', string>> {
  const name = sandboxName(appId)
  const [pem, keyFile] = [`${name}.pem`, `${name}.key.pem`]
  if (!existsSync(join(dir, pem))) {
    const ca = authorityOf(dir, suite)
    const own = suite.newKey()
    const { publicHex } = own
    const order = { subject: `sandbox ${appId}`, publicHex, toMs: nowMs + 180 * dayMs }
    put(dir, keyFile, keyPem(suite, own))
    put(dir, pem, issued(ca, suite, nowMs, order))
  }
  return {
    'client.pem': take(dir, pem),
    'client.key.pem': take(dir, keyFile),
    'platform.pem': take(dir, 'platform.pem'),
    'ca.pem': take(dir, 'ca.pem'),
  }
}

/** The certificate that the platform will sign under, published in advance beside the present one (B.1). */
export function announceNext(dir: string, suite: PlatformSuite, nowMs: number): void {
  const ca = authorityOf(dir, suite)
  const own = suite.newKey()
  const { publicHex } = own
  const order = { subject: 'platform signing', publicHex, toMs: nowMs + lifeMs }
  put(dir, nextKeyPem, keyPem(suite, own))
  put(dir, nextPem, issued(ca, suite, nowMs, order))
}

/** Signs under the announced certificate from now on; the former one stays published. False when none was announced. */
export function changeToNext(dir: string): boolean {
  const [next] = takeBlocks(dir, nextPem)
  if (next === undefined) return false
  put(dir, 'platform.key.pem', take(dir, nextKeyPem))
  put(dir, 'platform.pem', [next, ...takeBlocks(dir, 'platform.pem')].join(''))
  for (const name of [nextPem, nextKeyPem]) rmSync(join(dir, name))
  return true
}
