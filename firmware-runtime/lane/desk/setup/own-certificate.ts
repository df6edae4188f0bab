// The lot's own certificate in its folder: makes key and request, takes in the platform's certificate, and reads the
// channel file beside it. A refusal changes no file.
import { X509Certificate } from 'node:crypto'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { pkcs8Of } from '#base/crypto/accelerator.ts'
import { certificateRequest, pemText } from '#base/crypto/certificate-request.ts'
import {
  certificateName,
  certificatesInPem,
  isTestCertificate,
  readSuiteCertificate,
  type SuiteCertificate,
} from '#base/crypto/certs.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { equalBytes } from '#base/crypto/sm4.ts'
import { suiteBy } from '#base/crypto/suites.ts'
import { writeWhole } from '#base/files/whole-file.ts'
import type { JoiningView } from '../../calls/setup-views.ts'
import { joiningStep, mayRequest } from './joining.ts'
import type { JoinedPlatform } from './channel-file.ts'
import { certificateState, type HeldCertificate } from '#base/pure/data/credentials.ts'
import { hexOf } from '#base/pure/data/bytes.ts'
import { orDiskFault } from '#base/pure/faults/disk-fault.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import { suiteOf } from '#base/pure/data/suite.ts'
import {
  clientKeyFiles,
  ownCertDir,
  platformCa,
  sealedClientKey,
  sealedKeyIn,
  sealNextKey,
} from '../../folder/client-key.ts'
import type { ClientKey } from '../../folder/former-keys.ts'
import { readBytes, readCertificateText, readText } from '#base/process/read-file.ts'
import { removePath } from '#base/files/held-path.ts'

/** A certificate is some kB; a bundle of them is far below this. */
const fileBytesMax = 65_536
const filesMax = 200

interface RequestSubject {
  readonly organisation: string
  readonly commonName: string
}

type Found = HeldCertificate & SuiteCertificate

/** The files in a folder from the platform. */
interface TakenCertificates {
  /** Folder of the lot's certificates after taking them, and the root of the connection; null: none was given. */
  readonly certDir: string
  readonly caFile: string | null
}

const requestHead = '-----BEGIN CERTIFICATE REQUEST-----'

const written = (file: string, text: string): void => {
  orDiskFault({ file }, () => writeWhole(file, text))
}

/** Certificates of a file, as PEM or as one in DER. Throws CERT-01. */
function certificatesIn(file: string, whose: HeldCertificate['whose']): readonly Found[] {
  const bytes = readBytes(file, fileBytesMax)
  const all =
    bytes[0] === 0x30 ? [new Uint8Array(bytes)] : certificatesInPem(bytes.toString('utf8'))
  if (all.length === 0)
    throw new LaneFault('CERT-01', { file, note: t('里面没有证书', 'no certificate inside') })
  return all.map((der) => ({ whose, ...readSuiteCertificate(der, file) }))
}

const pemOf = (all: readonly Pick<Found, 'der'>[]): string =>
  all.map(({ der }) => pemText('CERTIFICATE', der)).join('')

const serialsApart = (all: readonly Found[]): readonly Found[] =>
  all.filter((one, at) => all.findIndex(({ certSerial }) => certSerial === one.certSerial) === at)

/** CERT-04 with the validity and the present time. */
function mustBeInForce(one: Found, file: string, nowMs: InstantMs): void {
  if (certificateState(one, nowMs) !== 'bad') return
  const until = `${isoOf(one.notBeforeMs)} - ${isoOf(one.notAfterMs)}; ${isoOf(nowMs)}`
  throw new LaneFault('CERT-04', { file, value: one.certSerial, note: until })
}

function mustBeReal(one: Found, file: string, isLive: boolean): void {
  if (!isLive || !isTestCertificate(one.der)) return
  const note = t('是模拟平台的证书 (TEST)', 'a certificate of the simulated platform (TEST)')
  throw new LaneFault('LOT-05', { file, value: one.certSerial, note })
}

export class OwnCertificate {
  private readonly dir: string
  /** The lot's own folder of certificates, inside its data folder. */
  private readonly certDir: string

  constructor(dir: string) {
    this.dir = dir
    this.certDir = ownCertDir(dir)
  }

  private file(name: string): string {
    return join(this.certDir, name)
  }

  private clientIn(certDir: string): Found | null {
    const file = join(certDir, 'client.pem')
    if (certDir === '' || !existsSync(file)) return null
    try {
      return certificatesIn(file, 'client')[0] ?? null
    } catch (error) {
      // Faults of the files in use are shown with each file (platform-files.ts).
      if (error instanceof LaneFault) return null
      throw error
    }
  }

  /** The certificate of the settings' folder, else of the lot's own folder, where an unconfirmed one is. */
  private inUse(platform: JoinedPlatform | null): Found | null {
    return this.clientIn(platform?.certDir ?? '') ?? this.clientIn(this.certDir)
  }

  /** `platform`: as in the settings; null: not joined. */
  view(platform: JoinedPlatform | null, nowMs: InstantMs): JoiningView {
    const client = this.inUse(platform)
    const next = this.waiting(client)
    const hasChannel = platform !== null && platform.appId !== '' && platform.url !== ''
    const file = this.file(clientKeyFiles.request)
    const request =
      next === null || !existsSync(file)
        ? null
        : { file, pem: readText(file, fileBytesMax), keyId: keyIdOf(next) }
    return {
      ...joiningStep({ isRequested: request !== null, client, hasChannel }, nowMs),
      request,
      client:
        client === null
          ? null
          : {
              certSerial: client.certSerial,
              who: certificateName(client.der),
              fromIso: isoOf(client.notBeforeMs),
              untilIso: isoOf(client.notAfterMs),
            },
    }
  }

  /** The key of a request whose certificate has not come. */
  private waiting(client: Found | null): ClientKey | null {
    const next = sealedKeyIn(this.certDir, 'next')
    const isHere = next !== null && client !== null && equalBytes(next.publicKey, client.publicKey)
    return isHere ? null : next
  }

  /**
   * Makes key and request, or returns the waiting request. `isAnew`: discards the waiting one. Throws CERT-06 when the
   * step is not due.
   */
  request(
    step: 'csr' | 'rotate',
    subject: RequestSubject,
    isAnew: boolean,
    platform: JoinedPlatform | null,
  ): void {
    const client = this.inUse(platform)
    mayRequest(step, client !== null)
    const crypto = openGmCrypto()
    const file = this.file(clientKeyFiles.request)
    const suite = suiteBy(suiteOf(platform ?? {}), crypto)
    const waits = isAnew ? null : this.waiting(client)
    // A waiting key of another suite than the settings is useless.
    let key = waits?.suite === suite.name ? waits : null
    if (key !== null && existsSync(file)) return
    if (key === null) {
      const pair = suite.keyPair()
      // A request must never be beside the key of another request.
      removePath(file, { force: true })
      const pkcs8 = suite.name === 'GM' ? pkcs8Of(pair) : pair.privateKey
      key = { pem: pemText('PRIVATE KEY', pkcs8), suite: suite.name, ...pair }
      sealNextKey(this.certDir, key.pem)
    }
    const signing = suite.signingKey(key, '')
    const request = certificateRequest(subject, key.publicKey, signing)
    written(file, pemText('CERTIFICATE REQUEST', request))
  }

  /**
   * Writes the request to a folder for the platform, for example on a stick, and returns its path. It has public data
   * only. Replaces only a former request of that name, otherwise throws FILE-03.
   */
  exportTo(folder: string, name: string): string {
    const source = this.file(clientKeyFiles.request)
    if (!existsSync(source)) throw new LaneFault('CERT-06', { value: 'csr', file: source })
    const to = join(folder, name)
    if (existsSync(to) && !readText(to, fileBytesMax).startsWith(requestHead))
      throw new LaneFault('FILE-03', { file: to })
    written(to, readText(source, fileBytesMax))
    return to
  }

  /**
   * Takes the platform's files: `from` is a folder with client.pem and optionally platform.pem, ca.pem and
   * channel.json, or one file with the certificate. Throws CERT-01, CERT-04, CERT-05, LOT-05, FILE-01.
   */
  take(
    from: string,
    platform: JoinedPlatform | null,
    isLive: boolean,
    nowMs: InstantMs,
  ): TakenCertificates {
    const source = sourceOf(from)
    const keys = (['next', 'inUse'] as const).flatMap((which) => {
      const key = sealedKeyIn(this.certDir, which)
      return key === null ? [] : [key.publicKey]
    })
    const client = ownAmong(source.candidates, keys)
    mustBeInForce(client.found, client.file, nowMs)
    mustBeReal(client.found, client.file, isLive)
    const platformCerts = this.platformCerts(source.platform, platform, isLive, nowMs)
    const ca = source.ca === null ? null : authorityIn(source.ca)
    const former = existsSync(this.file('client.pem'))
      ? certificatesIn(this.file('client.pem'), 'client')
      : []
    const caFile = join(this.dir, ...platformCa.split('/'))
    if (ca !== null) written(caFile, ca)
    if (platformCerts.length > 0) written(this.file('platform.pem'), pemOf(platformCerts))
    // The key follows: this file decides which key is in use.
    written(this.file('client.pem'), pemOf(serialsApart([client.found, ...former])))
    sealedClientKey(this.certDir)
    return { certDir: this.certDir, caFile: ca === null ? null : caFile }
  }

  /** Path of the channel file beside them; null without one. */
  channelOf(from: string): string | null {
    return sourceOf(from).channel
  }

  /** New certificates and those still valid: both are used while the platform changes its own (P25). */
  private platformCerts(
    file: string | null,
    platform: JoinedPlatform | null,
    isLive: boolean,
    nowMs: InstantMs,
  ): readonly Found[] {
    const fresh = file === null ? [] : certificatesIn(file, 'platform')
    if (file !== null) {
      for (const one of fresh) mustBeReal(one, file, isLive)
      const best = fresh.toSorted((a, b) => b.notAfterMs - a.notAfterMs)[0]
      if (best !== undefined) mustBeInForce(best, file, nowMs)
    }
    const places = [this.certDir, platform?.certDir ?? ''].filter((place) => place !== '')
    const held = places
      .map((place) => join(place, 'platform.pem'))
      .filter((one) => existsSync(one))
      .flatMap((one) => certificatesIn(one, 'platform'))
      .filter((one) => certificateState(one, nowMs) !== 'bad')
    return serialsApart([...fresh, ...held])
  }
}

const keyIdOf = ({ publicKey }: ClientKey): string =>
  hexOf(openGmCrypto().sm3(publicKey)).slice(0, 16)

interface Source {
  /** Files that may have the lot's certificate. */
  readonly candidates: readonly string[]
  readonly platform: string | null
  readonly ca: string | null
  readonly channel: string | null
}

/** Throws FILE-01 when the path does not exist. */
function sourceOf(from: string): Source {
  const none = { platform: null, ca: null, channel: null }
  if (!isFolder(from)) return { candidates: [from], ...none }
  const names = readdirSync(from).toSorted().slice(0, filesMax)
  const named = (name: string): string | null => (names.includes(name) ? join(from, name) : null)
  const others = ['platform.pem', 'ca.pem']
  return {
    candidates: names
      .filter((name) => /\.(?:pem|cer|crt)$/i.test(name) && !others.includes(name))
      .map((name) => join(from, name))
      .filter(hasCertificate),
    platform: named('platform.pem'),
    ca: named('ca.pem'),
    channel: named('channel.json'),
  }
}

/** Whether the file has a certificate: requests may be beside it. */
function hasCertificate(file: string): boolean {
  const bytes = readBytes(file, fileBytesMax)
  return bytes[0] === 0x30 || bytes.includes('-----BEGIN CERTIFICATE-----')
}

const isFolder = (from: string): boolean =>
  orDiskFault({ file: from, otherwise: 'FILE-01' }, () => statSync(from).isDirectory())

/** The certificate that belongs to a key of the lot. Throws CERT-05 with those that do not. */
function ownAmong(
  files: readonly string[],
  keys: readonly Uint8Array[],
): { readonly found: Found; readonly file: string } {
  const all = files.flatMap((file) =>
    certificatesIn(file, 'client').map((found) => ({ found, file })),
  )
  const own = all.find(({ found }) => keys.some((key) => equalBytes(key, found.publicKey)))
  if (own !== undefined) return own
  throw new LaneFault('CERT-05', {
    file: files[0] ?? '',
    value: all.map(({ found }) => found.certSerial).join(' '),
    note: keys.length === 0 ? t('还没有证书申请', 'no request was made yet') : '',
  })
}

/** Root certificate of the connection: any kind of key. */
function authorityIn(file: string): string {
  const text = readCertificateText(file)
  try {
    if (new X509Certificate(text).ca) return text
  } catch {
    // An unreadable file is not a root certificate.
  }
  throw new LaneFault('CERT-01', {
    file,
    note: t('不是根证书', 'not the certificate of an authority'),
  })
}
