// The authority of a centre in its folder: made once, found again afterwards. Each file is written whole and in an order
// in which a kill at any point leaves what the next start completes:
// `authority.key.pem`, then `authority.pem`, then `door.pem` (key and certificate of the doors).
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  X509Certificate,
} from 'node:crypto'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { join } from 'node:path'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { dayMs, type InstantMs } from '#base/pure/values/instant.ts'
import { pemText, type RequestSubject as Subject } from '#base/crypto/certificate-request.ts'
import { writeWhole } from '#base/files/whole-file.ts'
import type { Authority } from './authority.ts'
import { makeCertificate } from './certificate.ts'
import { lotOrganisation, requestedKey } from './request.ts'

/** Common name of the certificate of each door. */
const doorName = 'etc-lane centre'
const organisation = 'etc-lane centre'
/** A certificate of the doors that ends sooner is issued anew at a start. */
const renewBeforeMs = 365 * dayMs
const ownNames = ['localhost', '127.0.0.1', '::1']

interface Pair {
  /** PKCS#8, PEM. */
  readonly keyPem: string
  readonly certificate: X509Certificate
}

interface Issuer {
  readonly subject: Subject
  readonly key: { readonly privateKey: CryptoKey; readonly publicKey: Uint8Array }
}

const newKeyPem = (): string => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return pemText('PRIVATE KEY', privateKey.export({ format: 'der', type: 'pkcs8' }))
}

const publicOf = (keyPem: string): Uint8Array =>
  new Uint8Array(createPublicKey(keyPem).export({ format: 'der', type: 'spki' }))

const signingKeyOf = (keyPem: string): Promise<CryptoKey> => {
  const der = createPrivateKey(keyPem).export({ format: 'der', type: 'pkcs8' })
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }
  return globalThis.crypto.subtle.importKey('pkcs8', Uint8Array.from(der), algorithm, false, [
    'sign',
  ])
}

const damaged = (file: string): LaneFault =>
  new LaneFault('CENTRE-23', {
    file,
    note: t('密钥和证书不成对', 'the key and the certificate do not belong together'),
  })

/** Throws CENTRE-23 for what is no key with its certificate. */
function pairOf(file: string, keyPem: string, certificatePem: string): Pair {
  let isPair = false
  try {
    const certificate = new X509Certificate(certificatePem)
    isPair = certificate.checkPrivateKey(createPrivateKey(keyPem))
    if (isPair) return { keyPem, certificate }
  } catch {
    throw damaged(file)
  }
  throw damaged(file)
}

/** The subject of the authority, as its certificate has it. */
function subjectOf({ certificate }: Pair): Subject {
  const [, commonName = ''] = /^CN=(.*)$/m.exec(certificate.subject) ?? []
  return { organisation, commonName }
}

async function openIssuer(dir: string, nowMs: InstantMs): Promise<Pair & Issuer> {
  const [keyFile, file] = [join(dir, 'authority.key.pem'), join(dir, 'authority.pem')]
  if (!existsSync(keyFile)) {
    // A new key would lock out every lot that trusts the former one.
    if (existsSync(file)) throw damaged(keyFile)
    writeWhole(keyFile, newKeyPem())
  }
  const keyPem = readFileSync(keyFile, 'utf8')
  if (!existsSync(file)) {
    const commonName = `${organisation} ${randomBytes(4).toString('hex')}`
    const subject = { organisation, commonName }
    const key = { privateKey: await signingKeyOf(keyPem), publicKey: publicOf(keyPem) }
    const { pem } = await makeCertificate({
      use: 'authority',
      subject,
      publicKey: key.publicKey,
      issuer: subject,
      issuerKey: key,
      atMs: nowMs,
    })
    writeWhole(file, pem)
  }
  const pair = pairOf(file, keyPem, readFileSync(file, 'utf8'))
  const key = { privateKey: await signingKeyOf(keyPem), publicKey: publicOf(keyPem) }
  return { ...pair, subject: subjectOf(pair), key }
}

/** True for a certificate of this authority that does not end soon and has all names. */
function serves(
  { certificate }: Pair,
  { certificate: issuer }: Pair,
  names: readonly string[],
  nowMs: InstantMs,
): boolean {
  const has = (name: string): boolean =>
    (isIP(name) === 0 ? certificate.checkHost(name) : certificate.checkIP(name)) !== undefined
  return (
    certificate.verify(issuer.publicKey) &&
    Date.parse(certificate.validTo) - nowMs > renewBeforeMs &&
    names.every(has)
  )
}

async function openServer(
  dir: string,
  issuer: Pair & Issuer,
  names: readonly string[],
  nowMs: InstantMs,
): Promise<Authority['server']> {
  const file = join(dir, 'door.pem')
  if (existsSync(file)) {
    const both = readFileSync(file, 'utf8')
    const pair = pairOf(file, both, both)
    if (serves(pair, issuer, names, nowMs)) return { key: both, cert: both }
  }
  const key = newKeyPem()
  const { pem: cert } = await makeCertificate({
    use: 'server',
    subject: { organisation, commonName: doorName },
    publicKey: publicOf(key),
    issuer: issuer.subject,
    issuerKey: issuer.key,
    names,
    atMs: nowMs,
  })
  writeWhole(file, `${key}${cert}`)
  return { key, cert }
}

/**
 * `dir`: the folder of its keys, made when absent; files can be read by their owner alone. `names`: further host names and
 * addresses of the doors. Throws CENTRE-23 for keys that are damaged or gone.
 */
export async function openAuthority(
  dir: string,
  names: readonly string[],
  nowMs: InstantMs,
): Promise<Authority> {
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const issuer = await openIssuer(dir, nowMs)
  const server = await openServer(dir, issuer, [...new Set([...ownNames, ...names])], nowMs)
  const der = new Uint8Array(issuer.certificate.raw)
  return {
    certificatePem: pemText('CERTIFICATE', der),
    certificateDer: der,
    server,
    async check(use, request, lotId) {
      await requestedKey(use, request, lotId)
    },
    async issue(use, request, lotId, atMs) {
      return makeCertificate({
        use,
        subject: { organisation: lotOrganisation, commonName: lotId },
        publicKey: await requestedKey(use, request, lotId),
        issuer: issuer.subject,
        issuerKey: issuer.key,
        atMs,
      })
    },
  }
}
