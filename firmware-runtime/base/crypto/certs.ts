// The certificate folder of a lot: client.pem, client.key.pem and platform.pem (one or several).
// X.509 with SM2 or RSA keys (P7) and PKCS#8 private keys, read with the strict DER reader (P1, P25).
import { t, type Why } from '../pure/words/fault-text.ts'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readPem } from '../files/read-up-to.ts'
import { hexOf } from '../pure/data/bytes.ts'
import type { HeldCertificate } from '../pure/data/credentials.ts'
import { LaneFault } from '../pure/faults/faults.ts'
import { orIfFault } from '../pure/faults/on-fault.ts'
import { parseIso, type InstantMs } from '../pure/values/instant.ts'
import type { SuiteName } from '../pure/data/suite.ts'
import type { SigningKey, VerifyingKey } from '../ports/crypto.ts'
import { ecPublicKeyOid } from './accelerator.ts'
import { derElements, derInside, derTag, derUnsigned, type DerElement } from './der.ts'
import { certificateText, otherKeyForm, pemBlocks, withArmour } from './pem.ts'
import { fileKeyOf, type FileKey } from './platform-file.ts'
import { checkRsaPublic } from './rsa.ts'
import type { GmCrypto } from './gm-crypto.ts'
import { checkPrivateKey, checkPublicKey, scalar32 } from './sm2-curve.ts'
import { isSm2Curve } from './sm2-parameters.ts'
import { equalBytes } from './sm4.ts'
import { suiteBy, type SuiteKeyPair } from './suites.ts'
import { isPublishedTestKey } from './vectors.ts'

export interface SuiteCertificate {
  /** The whole certificate. */
  readonly der: Uint8Array
  /** The suite of its key (P7). */
  readonly suite: SuiteName
  /** Upper-case hex, no separators, no leading zero octet (P1). */
  readonly certSerial: string
  /** GM: 65 bytes. RSA_AES: SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array
  readonly notBeforeMs: InstantMs
  readonly notAfterMs: InstantMs
}

export interface Sm2Certificate extends SuiteCertificate {
  readonly suite: 'GM'
}

interface DatedKey extends VerifyingKey {
  readonly notBeforeMs: InstantMs
  readonly notAfterMs: InstantMs
}

interface CertFolder {
  readonly client: SuiteCertificate
  readonly signingKey: SigningKey
  /** Opens files that are sealed to the client's certificate. */
  readonly fileKey: FileKey
  readonly platform: readonly SuiteCertificate[]
  /** By serial, with their validity, which is judged where the clock is (signed-platform.ts). */
  readonly platformKeys: ReadonlyMap<string, DatedKey>
  /** True when the client key is the published example, which production refuses. */
  readonly publishedTestKey: boolean
}

const certFault = (file: string, note: Why): LaneFault => new LaneFault('CERT-01', { file, note })

/** UTCTime (two-digit year, 50 and above is 19xx) or GeneralizedTime, both in Z (RFC 5280). */
export function certTime(element: DerElement | undefined): InstantMs | null {
  if (element === undefined) return null
  const text = String.fromCharCode(...element.value)
  const utc = element.tag === derTag.utcTime && /^\d{12}Z$/.test(text)
  const generalized = element.tag === derTag.generalizedTime && /^\d{14}Z$/.test(text)
  if (!utc && !generalized) return null
  const full = utc ? `${Number(text.slice(0, 2)) >= 50 ? '19' : '20'}${text}` : text
  return parseIso(full.replace(/^(....)(..)(..)(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'))
}

function isSm2Algorithm(element: DerElement | undefined): boolean {
  if (element?.tag !== derTag.sequence) return false
  const [algorithm, curve, ...rest] = derElements(element.value) ?? []
  return (
    rest.length === 0 &&
    algorithm?.tag === derTag.objectId &&
    equalBytes(algorithm.value, ecPublicKeyOid) &&
    isSm2Curve(curve)
  )
}

/** Content of a BIT STRING of whole bytes, or null. */
const bitString = (element: DerElement | undefined): Uint8Array | null =>
  element?.tag === derTag.bitString && element.value[0] === 0 ? element.value.subarray(1) : null

/** commonName and organizationName (RFC 5280 A.1): 2.5.4.3 and 2.5.4.10. */
const nameOids = [Uint8Array.of(0x55, 4, 3), Uint8Array.of(0x55, 4, 10)]

/** Texts of the attribute types of a Name of a certificate, by the place of its field (RFC 5280 4.1). */
function nameTexts(bytes: Uint8Array, place: number, oid: Uint8Array): readonly string[] {
  const [tbs] = derInside(bytes, derTag.sequence) ?? []
  const fields = derElements(tbs?.value ?? new Uint8Array()) ?? []
  const name = fields[fields[0]?.tag === derTag.context0 ? place + 1 : place]
  const sets = derElements(name?.value ?? new Uint8Array()) ?? []
  const pairs = sets.flatMap((set) => derElements(set.value) ?? [])
  return pairs.flatMap((pair) => {
    const [type, value] = derElements(pair.value) ?? []
    if (type === undefined || value === undefined || !equalBytes(type.value, oid)) return []
    return [new TextDecoder().decode(value.value).replaceAll(/[\p{C}]/gu, '')]
  })
}

const namePlaces = { issuer: 2, subject: 4 } as const

/** The subject's common name, else its organisation, else ''. */
export function certificateName(bytes: Uint8Array): string {
  const [first] = nameOids.flatMap((oid) => nameTexts(bytes, namePlaces.subject, oid))
  return (first ?? '').slice(0, 80)
}

/**
 * True for a certificate of the simulated platform or signed by its authority: all its names have the organisation TEST
 * and a common name that starts with TEST (docs/test-keys.md).
 */
export const isTestCertificate = (bytes: Uint8Array): boolean =>
  [namePlaces.subject, namePlaces.issuer].some((place) =>
    nameOids.some((oid) => nameTexts(bytes, place, oid).some((text) => /^TEST( |$)/.test(text))),
  )

/** DER of each certificate in a PEM text, or of one without armour. */
export const certificatesInPem = (pem: string): readonly Uint8Array[] =>
  pemBlocks(withArmour(pem), 'CERTIFICATE')

/** rsaEncryption, 1.2.840.113549.1.1.1, with its NULL (RFC 3279 2.3.1). */
const rsaOid = Uint8Array.of(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1)

const isRsaAlgorithm = (element: DerElement | undefined): boolean =>
  equalBytes(
    derElements(element?.value ?? new Uint8Array())?.[0]?.value ?? new Uint8Array(),
    rsaOid,
  )

/** Null when the key belongs to no suite. */
function keyOf(info: DerElement | undefined): Pick<SuiteCertificate, 'suite' | 'publicKey'> | null {
  const [algorithm, key] = derElements(info?.value ?? new Uint8Array()) ?? []
  const bits = bitString(key)
  if (info === undefined || bits === null) return null
  if (isSm2Algorithm(algorithm))
    return { suite: 'GM', publicKey: checkPublicKey(Uint8Array.from(bits)) }
  if (!isRsaAlgorithm(algorithm)) return null
  return { suite: 'RSA_AES', publicKey: checkRsaPublic(Uint8Array.from(info.whole)) }
}

/** Reads one certificate of either suite, or throws CERT-01 with the reason. */
export function readSuiteCertificate(bytes: Uint8Array, file: string): SuiteCertificate {
  const [tbs] = derInside(bytes, derTag.sequence) ?? []
  if (tbs?.tag !== derTag.sequence)
    throw certFault(file, t('不是 X.509 证书', 'not an X.509 certificate'))
  const fields = derElements(tbs.value) ?? []
  const from = fields[0]?.tag === derTag.context0 ? 1 : 0
  // serialNumber, signature, issuer, validity, subject, subjectPublicKeyInfo (RFC 5280 4.1).
  const serial = derUnsigned(fields[from])
  const validity = derElements(fields[from + 3]?.value ?? new Uint8Array()) ?? []
  const [notBeforeMs, notAfterMs] = [certTime(validity[0]), certTime(validity[1])]
  const key = keyOf(fields[from + 5])
  if (serial === null || serial.length > 20)
    throw certFault(file, t('序列号无效', 'serial number is not valid'))
  if (notBeforeMs === null || notAfterMs === null)
    throw certFault(file, t('有效期读不出', 'validity is not readable'))
  if (key === null)
    throw certFault(file, t('公钥既不是 SM2 也不是 RSA', 'key is neither SM2 nor RSA'))
  return { der: bytes, certSerial: hexOf(serial), ...key, notBeforeMs, notAfterMs }
}

const isSm2 = (one: SuiteCertificate): one is Sm2Certificate => one.suite === 'GM'

/** For uses of the national suite only: transfers, profiles, evidence. */
export function readCertificate(bytes: Uint8Array, file: string): Sm2Certificate {
  const found = readSuiteCertificate(bytes, file)
  if (!isSm2(found)) throw certFault(file, t('公钥不是 SM2', 'key is not SM2'))
  return found
}

function allIn<C>(pem: string, file: string, read: (bytes: Uint8Array, file: string) => C) {
  const found = certificatesInPem(pem).map((bytes) => read(bytes, file))
  if (found.length === 0) throw certFault(file, t('里面没有证书', 'no certificate inside'))
  return found
}

export const readSuiteCertificates = (pem: string, file: string): readonly SuiteCertificate[] =>
  allIn(pem, file, readSuiteCertificate)

export const readCertificates = (pem: string, file: string): readonly Sm2Certificate[] =>
  allIn(pem, file, readCertificate)

/** The 32 bytes of an unencrypted PKCS#8 SM2 key; a public key inside must belong to it. */
export function readPrivateKey(pem: string, file: string, crypto: GmCrypto): Uint8Array {
  const [bytes, second] = pemBlocks(pem, 'PRIVATE KEY')
  if (bytes === undefined || second !== undefined) {
    const form = bytes === undefined ? otherKeyForm(pem, file) : null
    if (form !== null) throw new LaneFault('CERT-01', { file, ...form })
    throw certFault(file, t('应为一个 PKCS#8 的 PRIVATE KEY', 'not one PKCS#8 "PRIVATE KEY" block'))
  }
  const [version, algorithm, octets] = derInside(bytes, derTag.sequence) ?? []
  const inner = octets?.tag === derTag.octetString ? derInside(octets.value, derTag.sequence) : null
  const [innerVersion, scalar, ...optional] = inner ?? []
  const versions = [derUnsigned(version)?.[0], derUnsigned(innerVersion)?.[0]]
  const shaped = versions[0] === 0 && versions[1] === 1 && scalar?.tag === derTag.octetString
  if (!shaped || !isSm2Algorithm(algorithm))
    throw certFault(file, t('不是 PKCS#8 的 SM2 私钥', 'not a PKCS#8 SM2 key'))
  const privateKey = checkPrivateKey(scalar32(scalar.value))
  const publicPart = optional.find((element) => element.tag === derTag.context1)
  if (publicPart !== undefined) {
    const inside = bitString(derElements(publicPart.value)?.[0])
    if (inside === null || !equalBytes(inside, crypto.publicKeyOf(privateKey))) {
      throw certFault(
        file,
        t('内附公钥与私钥不是一对', 'public key inside does not belong to the private key'),
      )
    }
  }
  return privateKey
}

interface SuiteKey extends SuiteKeyPair {
  readonly suite: SuiteName
}

/** Key and public key of an unencrypted PKCS#8 of either suite. */
export function readSuiteKey(pem: string, file: string, crypto: GmCrypto): SuiteKey {
  const [bytes, second] = pemBlocks(pem, 'PRIVATE KEY')
  const [, algorithm] = derInside(bytes ?? new Uint8Array(), derTag.sequence) ?? []
  const isRsa = bytes !== undefined && second === undefined && isRsaAlgorithm(algorithm)
  const privateKey = isRsa ? bytes : readPrivateKey(pem, file, crypto)
  const suite = isRsa ? 'RSA_AES' : 'GM'
  return { suite, privateKey, publicKey: suiteBy(suite, crypto).publicKeyOf(privateKey) }
}

function readText(file: string, read = certificateText): string {
  try {
    return read(file)
  } catch (reason) {
    throw certFault(file, reason instanceof Error ? reason.message : String(reason))
  }
}

/** The certificates of a folder with their owner; missing and unreadable ones are left out. */
export function heldCertificates(certDir: string): readonly (HeldCertificate & SuiteCertificate)[] {
  const files = [
    ['client', 'client.pem'],
    ['platform', 'platform.pem'],
  ] as const
  return files.flatMap(([whose, name]) => {
    const file = join(certDir, name)
    if (!existsSync(file)) return []
    return orIfFault(() => {
      // The client's own comes first in its file; former ones may follow it.
      const all = readSuiteCertificates(readText(file), file)
      return (whose === 'client' ? all.slice(0, 1) : all).map((one) => ({ whose, ...one }))
    }, [])
  })
}

const verifyingKeyOf = (
  { suite, publicKey, certSerial }: SuiteCertificate,
  crypto: GmCrypto,
): VerifyingKey => suiteBy(suite, crypto).verifyingKey(publicKey, certSerial)

/** Keys of certificates by serial. */
export const platformKeysOf = (
  platform: readonly SuiteCertificate[],
  crypto: GmCrypto,
): ReadonlyMap<string, DatedKey> =>
  new Map(
    platform.map((one) => {
      const { certSerial, notBeforeMs, notAfterMs } = one
      return [certSerial, { ...verifyingKeyOf(one, crypto), notBeforeMs, notAfterMs }]
    }),
  )

/** Platform certificates of the folder by serial; a refetch reads them again, too (P3). */
export function loadPlatformKeys(
  certDir: string,
  crypto: GmCrypto,
): { platform: readonly SuiteCertificate[]; platformKeys: ReadonlyMap<string, DatedKey> } {
  const file = join(certDir, 'platform.pem')
  const platform = readSuiteCertificates(readText(file), file)
  return { platform, platformKeys: platformKeysOf(platform, crypto) }
}

/**
 * Everything the signed client needs, or CERT-01 / CRYPTO-02 with the file. `keyPem`: the key, when the folder has no
 * plain one.
 */
export function loadCertFolder(certDir: string, crypto: GmCrypto, keyPem?: string): CertFolder {
  const certFile = join(certDir, 'client.pem')
  const keyFile = join(certDir, 'client.key.pem')
  const [client] = readSuiteCertificates(readText(certFile), certFile)
  if (client === undefined) throw certFault(certFile, t('里面没有证书', 'no certificate inside'))
  const key = readSuiteKey(keyPem ?? readText(keyFile, readPem), keyFile, crypto)
  const suite = suiteBy(key.suite, crypto)
  if (!equalBytes(key.publicKey, client.publicKey)) {
    throw certFault(keyFile, t('私钥与 client.pem 不是一对', 'key does not belong to client.pem'))
  }
  return {
    client,
    signingKey: suite.signingKey(key, client.certSerial),
    fileKey: fileKeyOf(suite, client.certSerial, key.privateKey),
    ...loadPlatformKeys(certDir, crypto),
    publishedTestKey: isPublishedTestKey(key.publicKey),
  }
}

interface ClientCertificates {
  readonly state: 'present' | 'absent' | 'unreadable'
  readonly keys: ReadonlyMap<string, VerifyingKey>
}

/** Public keys of `client.pem` by serial: the certificate in use first, then former ones kept there. */
export function clientCertificates(certDir: string | null, crypto: GmCrypto): ClientCertificates {
  const none = new Map<string, VerifyingKey>()
  const file = join(certDir ?? '', 'client.pem')
  if (certDir === null || !existsSync(file)) return { state: 'absent', keys: none }
  try {
    const keys = readSuiteCertificates(readText(file), file).map(
      (one) => [one.certSerial, verifyingKeyOf(one, crypto)] as const,
    )
    return { state: 'present', keys: new Map(keys) }
  } catch (error) {
    if (error instanceof LaneFault) return { state: 'unreadable', keys: none }
    throw error
  }
}
