// Opens the connection to a platform of a lot: certificates, signed client, uploader. All null when the lot has no
// platform.
// A live lot does not run on the published test key.
import { t } from '#base/pure/words/fault-text.ts'
import { join } from 'node:path'
import { systemWallClock } from '#base/time/system-clocks.ts'
import {
  heldCertificates,
  loadPlatformKeys,
  platformKeysOf,
  type SuiteCertificate,
} from '#base/crypto/certs.ts'
import { lotFileSealer } from '#base/crypto/lot-file.ts'
import { fieldSealer } from '#base/crypto/field-sealer.ts'
import { fieldOpener, platformFiles } from '#base/crypto/platform-file.ts'
import { AccessFile, thinned } from '#ledger/files/access-file.ts'
import type { GmCrypto } from '#base/crypto/gm-crypto.ts'
import { platformClient, type PlatformClient } from '#ledger/http/platform-client.ts'
import { platformBills } from '#ledger/http/platform-bills.ts'
import { fileUploader } from '#ledger/http/platform-files.ts'
import { platformFeedback } from '#ledger/http/platform-feedback.ts'
import { platformVehicle } from '#ledger/http/platform-vehicle.ts'
import { platformDuty } from '#ledger/http/platform-duty.ts'
import { platformMonitor } from '#ledger/http/platform-monitor.ts'
import { platformUploader } from '#ledger/http/platform-uploader.ts'
import { platformUnder } from '#ledger/http/former-certificate.ts'
import {
  signedPlatform,
  type SignedPlatform,
  type SignedPlatformOptions,
} from '#ledger/http/signed-platform.ts'
import {
  certificateTroubles,
  type CertificateTrouble,
  type HeldCertificate,
  type RefusedCertificate,
} from '#base/pure/data/credentials.ts'
import type { CertificateWord } from '#ledger/pure/etc/former-certificates.ts'
import { type ChannelName, type LotConfig, type PlatformConfig } from '#base/pure/lot/config.ts'
import { takesCharges } from '#ledger/pure/lot/destinations.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { orIfFault } from '#base/pure/faults/on-fault.ts'
import type { ChannelPeer } from '#base/pure/data/peer-certificate.ts'
import type { SuiteName } from '#base/pure/data/suite.ts'
import { dialectAt } from '#ledger/pure/platforms/dialects.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import type { Dialect } from '#ledger/ports/dialect.ts'
import type { SecurityEvent } from '#ledger/ports/verdict.ts'
import type { SigningKey } from '#base/ports/crypto.ts'
import type { HttpClient } from '#base/ports/http-client.ts'
import type { FileCipher, FileOpener } from '#base/ports/platform-file.ts'
import type { PlatformFeedback } from '#ledger/ports/platform-feedback.ts'
import type { PlatformDuty } from '#ledger/ports/platform-duty.ts'
import type { PlatformMonitor } from '#base/ports/platform-monitor.ts'
import type { PlatformBills } from '#ledger/ports/platform-bill.ts'
import type { VehicleOpener } from '#devices/ports/platform-vehicle.ts'
import type { FieldOpener } from '#base/ports/field-sealer.ts'
import type { Uploader } from '#ledger/ports/uploader.ts'
import { isTwoStep } from '#ledger/http/two-step.ts'
import type { ListCheck } from '#lane/lot/upkeep/list-checks.ts'
import {
  certificateWord,
  clientKeyOf,
  formerClientKeys,
  isOwnFolder,
} from '#lane/folder/client-key.ts'
import { credentialsIn, type Credentials } from '#lane/folder/credentials.ts'
import { linkHere, type LinkHere } from '#lane/folder/link-here.ts'
import { mustBeOfSuite } from '#lane/folder/suite-check.ts'
import { sender } from '#base/process/sender.ts'
import { DoubtedAnswers } from './doubted-answers.ts'
import { refreshCertificates } from './certificate-refresh.ts'
import type { RuntimeListener } from './runtime-listener.ts'
import type { SiteOptions } from './site-parts.ts'

export interface PlatformLinks {
  readonly uploader: Uploader | null
  /** Null when the lot has no platform, or the platform has no bill. */
  readonly bills: PlatformBills | null
  /** Null when the platform does not monitor lanes. */
  readonly monitor: PlatformMonitor | null
  /** Null when the platform has neither shifts nor a configuration. */
  readonly duty: PlatformDuty | null
  /** Null when the platform gives no feedback. */
  readonly feedback: PlatformFeedback | null
  readonly certificates: readonly HeldCertificate[]
  /** Certificates that are not valid now or expire soon, by the real clock. */
  certificateTroubles(): readonly CertificateTrouble[]
  readonly signer?: SigningKey
  readonly client: PlatformClient | null
  /** Null when the platform has no such check. */
  readonly listCheck: ListCheck | null
  /** Null when the platform has no vehicle files. */
  readonly openVehicle: VehicleOpener | null
  close(): Promise<void>
}

interface PlatformOptions {
  readonly dir: string
  /** Which platform; each has its own certificates, client and circuit. */
  readonly of: ChannelName
  readonly config: LotConfig
  readonly mono: MonoClock
  /** Called with a verified answer's time minus this machine's time, ms. */
  trustedTime(offsetMs: number): void
  /** Called for an answer under a certificate outside its validity: once, until an answer is verified. */
  certificateRefused(refused: RefusedCertificate): void
  /**
   * Called for an answer that is not the platform's or does not belong to the request: at most once an hour per kind.
   */
  answerDoubted(event: SecurityEvent, why: string): void
  /** Called with the certificate of each new TLS session. */
  peerSeen(peer: ChannelPeer): void
  /** Replaces the HTTP client, for tests. */
  tap(client: HttpClient): HttpClient
}

/** Null when the file cannot be read as certificates, for example while it is being written: the former ones stay. */
const readAgain = (certDir: string, crypto: GmCrypto): readonly SuiteCertificate[] | null =>
  orIfFault(() => loadPlatformKeys(certDir, crypto).platform, null)

/** Leaves out certificates of another suite. */
const readOfSuite = (certDir: string, suite: SuiteName, crypto: GmCrypto) =>
  readAgain(certDir, crypto)?.filter((one) => one.suite === suite) ?? null

/** Seals fields; certificates are judged by the real clock. */
const fieldsOf = (
  { encryptVehicleIds }: PlatformConfig,
  dialect: Dialect,
  suite: SuiteName,
  certificates: () => readonly SuiteCertificate[],
  crypto: GmCrypto,
) =>
  fieldSealer({
    suite,
    crypto,
    certificates,
    nowMs: () => systemWallClock().nowMs(),
    vehicleIds: encryptVehicleIds ?? dialect.sensitive.encryptVehicleIds,
  })

/** For a client certificate that expires: adds that client.pem has the next one, which the next start uses. */
function withNext(trouble: CertificateTrouble, certDir: string, inUse: string): CertificateTrouble {
  if (trouble.whose !== 'client') return trouble
  const next = heldCertificates(certDir).find(({ whose }) => whose === 'client')
  if (next === undefined || next.certSerial === inUse) return trouble
  const { why } = trouble
  const zh = `${why.zh}；client.pem 里是 ${next.certSerial}，下次启动时启用`
  const en = `${why.en}; client.pem has ${next.certSerial}, which the next start takes into use`
  return { ...trouble, note: en, why: { zh, en } }
}

/** Troubles of the certificates; `newest` stands in front. */
function troublesOf(
  newest: readonly CertificateTrouble[],
  held: readonly HeldCertificate[],
  refused: RefusedCertificate | null,
  nowMs: number,
  certDir: string,
): readonly CertificateTrouble[] {
  const inUse = held.find(({ whose }) => whose === 'client')?.certSerial ?? ''
  const own = certificateTroubles(held, refused, nowMs)
  return [...newest, ...own.map((one) => withNext(one, certDir, inUse))]
}

type Certified = SignedPlatformOptions & { readonly signingKey: SigningKey }

/**
 * Signs under the newest certificate, else an older one; reports CERT-07 while an older one signs. `keepIn`: folder for
 * the platform's answers; null: they are not stored.
 */
function underAny(signed: Certified, certDir: string, keepIn: string | null) {
  // This connection cannot use keys of another suite.
  const formers = formerClientKeys(certDir, signed.transport.nowMs()).filter(
    ({ signingKey }) => signingKey.suite === signed.signingKey.suite,
  )
  let before: string | null = null
  const known = new Map<string, CertificateWord>()
  const platform = platformUnder(signed, formers, {
    signs: (former) => {
      before = former
    },
    word: (certSerial, word) => {
      if (keepIn === null || known.get(certSerial) === word) return
      // A failed write is tried again with the next answer.
      const nowMs = signed.transport.nowMs()
      if (certificateWord(keepIn, { certSerial, word }, nowMs)) known.set(certSerial, word)
    },
  })
  const newestTrouble = (): readonly CertificateTrouble[] => {
    if (before === null) return []
    const newest = signed.signingKey.certSerial
    const why = t(`平台不认 ${newest},暂用 ${before}`, `${newest} is refused, ${before} signs`)
    return [{ code: 'CERT-07', note: why.en, why }]
  }
  return { platform, newestTrouble, formerFiles: formers.map(({ fileKey }) => fileKey) }
}

/** Checks one number against the status list; an unverified answer is null. */
const listCheckBy =
  (platform: SignedPlatform, dialect: Dialect): ListCheck =>
  (no, timeoutMs, done) => {
    platform.send({ ...dialect.listCheck(no), timeoutMs }, ({ answer, verified }) => {
      const isAnswer = answer.kind === 'answer' && answer.status === 200 && verified === 'valid'
      done(isAnswer ? dialect.readListCheck(answer.body, no) : null)
    })
  }

/** Uploads card-side records in files sealed under the platform certificate in force. */
function filesOf(by: {
  readonly signed: Certified
  readonly platform: SignedPlatform
  readonly crypto: GmCrypto
  readonly open: FileOpener
  readonly cipher: FileCipher | undefined
  believed(): readonly SuiteCertificate[]
}) {
  const { signed, platform, crypto, open } = by
  const { dialect, appId, random, transport } = signed
  const { suite } = signed.signingKey
  const nowMs = () => transport.nowMs()
  const seal = lotFileSealer({ certificates: () => by.believed(), crypto, random, nowMs })
  return fileUploader({ platform, dialect, appId, suite, cipher: by.cipher, seal, open, nowMs })
}

/** Services over the platform's link that write no ledger row. */
function linksOf(
  platform: SignedPlatform,
  { place, dialect }: Opening,
  open: FileOpener,
  field: FieldOpener,
) {
  const { config } = place
  return {
    monitor: platformMonitor(platform, dialect, config),
    duty: platformDuty(platform, dialect, config),
    feedback: platformFeedback(platform, dialect, config),
    bills: platformBills(platform, dialect, open),
    listCheck: dialect.byOrder === undefined ? listCheckBy(platform, dialect) : null,
    openVehicle: platformVehicle(platform, dialect, field, () => systemWallClock().nowMs()),
  }
}

const platformOnes = (platform: readonly SuiteCertificate[]) =>
  platform.map((one) => ({ whose: 'platform', ...one }) as const)

const heldOf = (client: SuiteCertificate, platform: readonly SuiteCertificate[]) => [
  { whose: 'client', ...client } as const,
  ...platformOnes(platform),
]

const noPlatform: PlatformLinks = {
  uploader: null,
  bills: null,
  monitor: null,
  duty: null,
  feedback: null,
  client: null,
  certificates: [],
  certificateTroubles: () => [],
  listCheck: null,
  openVehicle: null,
  close: () => Promise.resolve(),
}

/** Throws LOT-02 for certificates of another suite, LOT-05 when a live lot has the published test key. */
function ownCredentials(
  { dir, of }: Pick<PlatformOptions, 'dir' | 'of'>,
  joined: LinkHere,
  dialect: Dialect,
  isLive: boolean,
  crypto: GmCrypto,
): Credentials {
  const { certDir } = joined
  const clientKey = () => clientKeyOf(certDir, isLive)
  const own = credentialsIn(dialect, { certDir, isSealed: isLive, clientKey }, crypto)
  const { certs } = own
  if (certs === null) return own
  mustBeOfSuite(join(dir, 'lot.json'), of, joined, heldOf(certs.client, certs.platform))
  if (!isLive || !certs.publishedTestKey) return own
  throw new LaneFault('LOT-05', {
    file: join(dir, 'lot.json'),
    field: `/${of}/certDir`,
    value: certDir,
    note: t('客户端密钥是公开的测试密钥', 'the client key is the published test key'),
  })
}

/** For an answer under an unknown certificate: reads the folder again, which may have it by now (P3). */
const refetched =
  (
    readCertificates: () => readonly SuiteCertificate[] | null,
    crypto: GmCrypto,
    read: (all: readonly SuiteCertificate[]) => void,
  ) =>
  (done: (keys: ReturnType<typeof platformKeysOf> | null) => void): void => {
    const all = readCertificates()
    if (all !== null) read(all)
    done(all === null ? null : platformKeysOf(all, crypto))
  }

const accessInto = (log: AccessFile, destination: ChannelName) =>
  thinned((access) => log.add({ ...access, destination }))

interface Opening {
  readonly place: PlatformOptions
  readonly joined: LinkHere
  readonly dialect: Dialect
  readonly own: Credentials
  readonly doubts: DoubtedAnswers
  readonly client: PlatformClient
  readonly log: AccessFile
  readonly isLive: boolean
}

/** Options of a signed connection, with or without certificates. */
function partsOf({ place, joined, dialect, own, client, log }: Opening, crypto: GmCrypto) {
  const { signingKey, platformKeys, accessCode } = own
  return {
    dialect,
    http: place.tap(client),
    crypto,
    appId: joined.appId,
    signingKey,
    platformKeys,
    accessCode,
    ...sender(),
    access: accessInto(log, place.of),
  }
}

const closing = ({ client, log }: Opening) => client.close().then(() => log.close())

/** A platform with an access code: only the server has a certificate, and no files can be opened. */
function openByCode(opening: Opening, crypto: GmCrypto): PlatformLinks {
  const { place, joined, dialect, doubts, client } = opening
  const { config, trustedTime } = place
  const { reach } = client
  const platform = signedPlatform(partsOf(opening, crypto))
  return {
    uploader: platformUploader(platform, dialect, config, trustedTime, {
      judged: doubts.judged,
      reach,
      twoStep: isTwoStep(joined, dialect),
    }),
    ...linksOf(platform, opening, platformFiles([], crypto), fieldOpener([])),
    client,
    certificates: [],
    certificateTroubles: () => doubts.troubles(),
    close: () => closing(opening),
  }
}

function openCertified(
  opening: Opening,
  certs: NonNullable<Credentials['certs']>,
  crypto: GmCrypto,
): PlatformLinks {
  const { place, joined, dialect, doubts, client, isLive } = opening
  const { config, mono } = place
  const { certDir } = joined
  let believed = certs.platform
  let refused: RefusedCertificate | null = null
  const { signingKey } = certs
  const { suite } = signingKey
  const ofSuite = () => readOfSuite(certDir, suite, crypto)
  const { reach } = client
  const parts = partsOf(opening, crypto)
  const { transport } = parts
  const signed = {
    ...parts,
    signingKey,
    fields: fieldsOf(joined, dialect, suite, () => believed, crypto),
    refetchKeys: refetched(ofSuite, crypto, (all) => (believed = all)),
    refusedCertificate: (one: RefusedCertificate) => {
      if (refused?.certSerial !== one.certSerial) place.certificateRefused(one)
      refused = one
    },
  }
  // The certificate folder of a simulator is not written to.
  const keepIn = isLive || isOwnFolder(certDir, place.dir) ? certDir : null
  const { platform, newestTrouble, formerFiles } = underAny(signed, certDir, keepIn)
  const fileKeys = [certs.fileKey, ...formerFiles]
  const open = platformFiles(fileKeys, crypto)
  const stopRefresh = refreshCertificates({
    dialect,
    platform,
    mono,
    isLive,
    nowMs: () => transport.nowMs(),
    suite,
    // The folder decides: a certificate that a person removed from it is not held on to.
    held: () => ofSuite() ?? believed,
    took: (all) => platform.takeKeys(platformKeysOf((believed = all), crypto)),
    keepIn,
  })
  const held = () => heldOf(certs.client, believed)
  const cipher = joined.fileCipher
  const files = filesOf({ signed, platform, crypto, open, cipher, believed: () => believed })
  const trusted = (ms: number): void => ((refused = null), place.trustedTime(ms))
  const more = { files, judged: doubts.judged, reach, twoStep: isTwoStep(joined, dialect) }
  return {
    uploader: platformUploader(platform, dialect, config, trusted, more),
    ...linksOf(platform, opening, open, fieldOpener(fileKeys)),
    client,
    signer: signingKey,
    get certificates() {
      return held()
    },
    certificateTroubles: () => [
      ...doubts.troubles(),
      ...troublesOf(newestTrouble(), held(), refused, transport.nowMs(), certDir),
    ],
    close: () => (stopRefresh(), closing(opening)),
  }
}

export function openPlatform(place: PlatformOptions, crypto: GmCrypto): PlatformLinks {
  const { config, mono, dir } = place
  const joined = linkHere(dir, config, place.of)
  if (joined === null) return noPlatform
  const { url, caFile } = joined
  const isLive = config.mode === 'production'
  const dialect = dialectAt(config, place.of)
  const own = ownCredentials(place, joined, dialect, isLive, crypto)
  const doubts = new DoubtedAnswers(systemWallClock(), place)
  const client = platformClient({
    baseUrl: url,
    caFile,
    mono,
    peer: (one) => place.peerSeen({ channel: place.of, host: new URL(url).host, ...one }),
  })
  const log = new AccessFile(dir)
  const opening: Opening = { place, joined, dialect, own, doubts, client, log, isLive }
  const { certs } = own
  return certs === null ? openByCode(opening, crypto) : openCertified(opening, certs, crypto)
}

/** Only the platform that judges the lot's charges provides trusted time. */
export const platformOptions = (
  options: SiteOptions,
  of: ChannelName,
  runtime: () => RuntimeListener,
): PlatformOptions => ({
  ...options,
  of,
  tap: (client) => options.taps?.http?.(client) ?? client,
  trustedTime: (ms) => (takesCharges(of) ? runtime().trustedTime(ms) : undefined),
  certificateRefused: (refused) => runtime().certificateRefused(refused),
  answerDoubted: (event, why) => runtime().answerDoubted(event, why),
  peerSeen: (peer) => runtime().peerSeen(peer),
})
