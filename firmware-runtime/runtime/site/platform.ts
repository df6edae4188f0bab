// The platform of a lot as it is reached: certificates, signed client, uploader. None where the lot has none.
// A live lot does not run on the published test key.
import { t } from '../../core/values/fault-text.ts'
import { join } from 'node:path'
import { systemRandom, systemWallClock } from '../../adapters/clocks/system-clocks.ts'
import {
  heldCertificates,
  loadCertFolder,
  loadPlatformKeys,
  platformKeysOf,
  type Sm2Certificate,
} from '../../adapters/crypto/certs.ts'
import { platformFiles } from '../../adapters/crypto/platform-file.ts'
import { AccessFile } from '../../adapters/files/access-file.ts'
import type { GmCrypto } from '../../adapters/crypto/gm-crypto.ts'
import { platformClient, type PlatformClient } from '../../adapters/http/platform-client.ts'
import { platformBills } from '../../adapters/http/platform-bills.ts'
import { platformMonitor } from '../../adapters/http/platform-monitor.ts'
import { platformUploader } from '../../adapters/http/platform-uploader.ts'
import { platformUnder } from '../../adapters/http/former-certificate.ts'
import type { SignedPlatform, SignedPlatformOptions } from '../../adapters/http/signed-platform.ts'
import {
  certificateTroubles,
  type CertificateTrouble,
  type HeldCertificate,
  type RefusedCertificate,
} from '../../core/etc/credentials.ts'
import { joinedPlatform, type LotConfig } from '../../core/lot/config.ts'
import { LaneFault } from '../../core/values/faults.ts'
import { dialectOf } from '../../platforms/dialects.ts'
import type { MonoClock } from '../../ports/clocks.ts'
import type { Dialect } from '../../ports/dialect.ts'
import type { SigningKey } from '../../ports/crypto.ts'
import type { HttpClient } from '../../ports/http-client.ts'
import type { FileOpener } from '../../ports/platform-file.ts'
import type { PlatformMonitor } from '../../ports/platform-monitor.ts'
import type { PlatformBills } from '../../ports/platform-bill.ts'
import type { Uploader } from '../../ports/uploader.ts'
import type { LotRuntime } from '../../app/lot/lot-runtime.ts'
import type { ListCheck } from '../../app/lot/list-checks.ts'
import { clientKeyOf, formerClientKey, isOwnFolder } from '../folder/client-key.ts'
import { version } from '../folder/version.ts'
import { refreshCertificates } from './certificate-refresh.ts'
import type { SiteOptions } from './site-parts.ts'

export interface PlatformLinks {
  readonly uploader: Uploader | null
  /** Null where the lot has no platform, or the platform no bill. */
  readonly bills: PlatformBills | null
  /** Null where nobody asks how the lanes are. */
  readonly monitor: PlatformMonitor | null
  readonly certificates: readonly HeldCertificate[]
  /** What is wrong with certificates now, or soon will be, by the real clock. */
  certificateTroubles(): readonly CertificateTrouble[]
  readonly signer?: SigningKey
  readonly client: PlatformClient | null
  /** Null where the lot has none. */
  readonly listCheck: ListCheck | null
  close(): Promise<void>
}

interface PlatformOptions {
  readonly dir: string
  readonly config: LotConfig
  readonly mono: MonoClock
  /** A verified answer said what time it is: its time minus that of this machine. */
  trustedTime(offsetMs: number): void
  /** An answer came under a certificate that is not within its time: told once until one is believed. */
  certificateRefused(refused: RefusedCertificate): void
  /** Stands between the client and the link, for tests. */
  tap(client: HttpClient): HttpClient
}

/** Null while the file is being put in place, or is no certificate: those of before stay. */
function readAgain(certDir: string, crypto: GmCrypto): readonly Sm2Certificate[] | null {
  try {
    return loadPlatformKeys(certDir, crypto).platform
  } catch (error) {
    if (error instanceof LaneFault) return null
    throw error
  }
}

/** Of a client certificate that ends: whether the next one lies there, which a start takes into use. */
function withNext(trouble: CertificateTrouble, certDir: string, inUse: string): CertificateTrouble {
  if (!trouble.note.startsWith('client ')) return trouble
  const next = heldCertificates(certDir).find(({ whose }) => whose === 'client')
  if (next === undefined || next.certSerial === inUse) return trouble
  const { why } = trouble
  const zh = `${why.zh};client.pem 里是 ${next.certSerial},下次启动时启用`
  const en = `${why.en}; client.pem has ${next.certSerial}, which the next start takes into use`
  return { ...trouble, note: en, why: { zh, en } }
}

/** Under the newest certificate, else the former one; CERT-07 while that one signs. */
function underEither(signed: SignedPlatformOptions, certDir: string) {
  const former = formerClientKey(certDir, signed.transport.nowMs())
  let signsFormer = false
  const platform = platformUnder(signed, former, (isFormer) => {
    signsFormer = isFormer
  })
  const newestTrouble = (): readonly CertificateTrouble[] => {
    if (!signsFormer || former === null) return []
    const [newest, before] = [signed.signingKey.certSerial, former.signingKey.certSerial]
    const why = t(`平台不认 ${newest},暂用 ${before}`, `${newest} is refused, ${before} signs`)
    return [{ code: 'CERT-07', note: why.en, why }]
  }
  return { platform, newestTrouble, formerFiles: former === null ? [] : [former.fileKey] }
}

/** What is not verified is no answer. */
const listCheckBy =
  (platform: SignedPlatform, dialect: Dialect): ListCheck =>
  (no, timeoutMs, done) =>
    void platform.send({ ...dialect.listCheck(no), timeoutMs }, ({ answer, verified }) => {
      const isAnswer = answer.kind === 'answer' && answer.status === 200 && verified === 'valid'
      done(isAnswer ? dialect.readListCheck(answer.body, no) : null)
    })

/** What goes over the platform's link without a row of the ledger. */
function linksOf(platform: SignedPlatform, config: LotConfig, open: FileOpener) {
  const dialect = dialectOf(config)
  return {
    monitor: platformMonitor(platform, dialect, config),
    bills: platformBills(platform, dialect, open),
    listCheck: listCheckBy(platform, dialect),
  }
}

const heldOf = (
  client: Sm2Certificate,
  platform: readonly Sm2Certificate[],
): readonly HeldCertificate[] => [
  { whose: 'client', ...client },
  ...platform.map((one) => ({ whose: 'platform', ...one }) as const),
]

const noPlatform: PlatformLinks = {
  uploader: null,
  bills: null,
  monitor: null,
  client: null,
  certificates: [],
  certificateTroubles: () => [],
  listCheck: null,
  close: () => Promise.resolve(),
}

function ownCertificates(dir: string, certDir: string, isLive: boolean, crypto: GmCrypto) {
  const certs = loadCertFolder(certDir, crypto, clientKeyOf(certDir, isLive))
  if (!isLive || !certs.publishedTestKey) return certs
  throw new LaneFault('LOT-05', {
    file: join(dir, 'lot.json'),
    field: '/platform/certDir',
    value: certDir,
    note: t('客户端密钥是公开的测试密钥', 'the client key is the published test key'),
  })
}

/** A heartbeat that was taken is not kept: there is one a lane and minute. */
const keptIn =
  (log: AccessFile) =>
  (access: Parameters<AccessFile['add']>[0]): void => {
    if (access.interfaceId !== 'monitor' || access.status !== 200) log.add(access)
  }

export function openPlatform(place: PlatformOptions, crypto: GmCrypto): PlatformLinks {
  const { config, mono } = place
  const joined = joinedPlatform(config)
  if (joined === null) return noPlatform
  const { url, caFile, certDir, appId } = joined
  const live = config.mode === 'production'
  const certs = ownCertificates(place.dir, certDir, live, crypto)
  const transport = systemWallClock()
  let believed = certs.platform
  let refused: RefusedCertificate | null = null
  const client = platformClient({ baseUrl: url, caFile, mono })
  const dialect = dialectOf(config)
  const log = new AccessFile(place.dir)
  const signed: SignedPlatformOptions = {
    dialect,
    http: place.tap(client),
    crypto,
    appId,
    signingKey: certs.signingKey,
    platformKeys: certs.platformKeys,
    transport,
    // The platform signs with another certificate: maybe the folder has it by now (P3).
    refetchKeys: (done) => {
      const read = readAgain(certDir, crypto)
      if (read !== null) believed = read
      done(read === null ? null : platformKeysOf(believed, crypto))
    },
    refusedCertificate: (one) => {
      if (refused?.certSerial !== one.certSerial) place.certificateRefused(one)
      refused = one
    },
    random: systemRandom(),
    userAgent: `etc-lane/${version}`,
    access: keptIn(log),
  }
  const { platform, newestTrouble, formerFiles } = underEither(signed, certDir)
  const stopRefresh = refreshCertificates({
    dialect,
    platform,
    mono,
    isLive: live,
    nowMs: () => transport.nowMs(),
    // The file is a person's: what was taken out of it is not kept.
    held: () => readAgain(certDir, crypto) ?? believed,
    took(all) {
      believed = all
      platform.takeKeys(platformKeysOf(all, crypto))
    },
    // The folder of a simulator is its own.
    keepIn: live || isOwnFolder(certDir, place.dir) ? certDir : null,
  })
  const certificates = () => heldOf(certs.client, believed)
  return {
    uploader: platformUploader(platform, dialect, config, (ms) => {
      refused = null
      place.trustedTime(ms)
    }),
    ...linksOf(platform, config, platformFiles([certs.fileKey, ...formerFiles], crypto)),
    client,
    signer: certs.signingKey,
    get certificates() {
      return certificates()
    },
    certificateTroubles: () => [
      ...newestTrouble(),
      ...certificateTroubles(certificates(), refused, transport.nowMs()).map((one) =>
        withNext(one, certDir, certs.client.certSerial),
      ),
    ],
    close: () => (stopRefresh(), client.close().then(() => log.close())),
  }
}

export const platformOptions = (
  options: SiteOptions,
  runtime: () => Pick<LotRuntime, 'trustedTime' | 'certificateRefused'>,
): PlatformOptions => ({
  ...options,
  tap: (client) => options.taps?.http?.(client) ?? client,
  trustedTime: (ms) => runtime().trustedTime(ms),
  certificateRefused: (refused) => runtime().certificateRefused(refused),
})
