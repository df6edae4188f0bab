// `platform-sim`: the simulated expansion platform as a process, with real signatures, real TLS and a store that
// survives kill -9.
import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { hostPortOf, type SimArguments } from '../shell/arguments.ts'
import type { RunningSim, SimContext, SimPlan } from '../shell/process.ts'
import { testTac } from '../shell/test-tac.ts'
import { openAddressedStore, shownAddress } from './store-address.ts'
import { storePage, stateOf } from './admin.ts'
import { everybody } from './records/by-application.ts'
import { adminRoutesOf, type AdministratedPlatform } from './admin-routes.ts'
import { certFolder } from './certificates/cert-folder.ts'
import type { CertificateAdmin } from './certificates/certificate-admin.ts'
import { schemeOf, type PlatformClient, type PlatformRequest } from './envelope.ts'
import { createDeliveries } from './records/deliveries.ts'
import { exchange, type ExchangePorts } from './records/exchange.ts'
import { createPlatformModel, isPlatformPlace, platformPlaces } from './model.ts'
import type { PlatformModel } from './model.ts'
import { readRequest } from './certificates/certificates.ts'
import {
  announceNext,
  changeToNext,
  issueClient,
  openPki,
  openTls,
  sandboxFiles,
  tlsNames,
  withdrawClient,
  type PlatformPki,
} from './certificates/pki.ts'
import { accessCodeFile, accessCodeIn } from './liaoning/access-code.ts'
import { accessPlatform, linkSerial } from './liaoning/access-platform.ts'
import { isOffered } from './liaoning/words.ts'
import type { KnownCertificate } from './page-data.ts'
import { openPageKeys } from './page-keys.ts'
import { evenMood, moodsOf, type Moods } from './moods.ts'
import { createRequestLog } from './request-log.ts'
import { platformRoles, type PlatformRole } from './roles.ts'
import { isSettlementRow } from './records/settlement-records.ts'
import { servedRow } from './records/served-records.ts'
import { startPlatformServer } from './server.ts'
import { createStranger, type Stranger } from './certificates/stranger.ts'
import { rsaSuite } from './certificates/rsa-suite.ts'
import { derOf } from './certificates/sm2-der.ts'
import { chooseSuite } from './certificates/sm2-suite.ts'
import { gmSuite, type PlatformSuite } from './certificates/suite.ts'
import { processPorts } from './records/exchange-ports.ts'
import { rowsOf } from '../shell/store.ts'

/** The channel number the simulated platform gave to its test client (9.1 b). */
export const testAppId = 'TEST0001'

function tacOf(args: SimArguments): 'test' | 'any' {
  const word = args.extra['tac'] ?? 'test'
  if (word === 'test' || word === 'any') return word
  throw new LaneFault('ARG-01', { field: '--tac', value: word, note: 'test or any' })
}

/** Default: all platforms of table G.1. */
function roleOf({ args }: SimContext): PlatformRole | undefined {
  const word = args.extra['role'] ?? 'all'
  const role = platformRoles.find((one) => one === word)
  if (word === 'all' || role !== undefined) return role
  const note = `${platformRoles.join(', ')} or all`
  throw new LaneFault('ARG-01', { field: '--role', value: word, note })
}

/** Default: GM; a province with an access platform has no other. */
function suiteOf({ args }: SimContext): PlatformSuite {
  const word = args.extra['suite'] ?? 'GM'
  if (word === 'GM') return gmSuite(chooseSuite())
  if (word === 'RSA_AES' && args.variant !== 'liaoning') return rsaSuite
  throw new LaneFault('ARG-01', { field: '--suite', value: word, note: 'GM or RSA_AES' })
}

interface Platform extends AdministratedPlatform {
  /** Candidates with a certificate. */
  channels(): readonly string[]
  /** As after a power cut: state outside the records is lost. */
  restart(): void
}

const clientsOf = (
  { clients, sandbox }: PlatformPki,
  { verifier, fileSealer, fieldSealer }: PlatformSuite,
): PlatformClient[] =>
  [
    ...clients.map((facts) => ({ appId: testAppId, facts, isSandbox: false })),
    ...sandbox.map((one) => ({ ...one, isSandbox: true })),
  ].map(({ appId, facts: { serialHex, toMs, publicHex }, isSandbox }) => ({
    appId,
    certSerial: serialHex,
    validToMs: toMs,
    isSandbox,
    verify: verifier(publicHex),
    sealFile: fileSealer(serialHex, publicHex),
    sealField: fieldSealer(publicHex),
  }))

/** The province has an access platform in front (000 7.2). */
const isLiaoning = ({ args }: SimContext): boolean => args.variant === 'liaoning'

/** The interfaces that it has. */
const offeredOf = (context: SimContext) => ({
  role: roleOf(context),
  ...(isLiaoning(context) ? { isOffered } : {}),
})

/** The client with which the access platform calls the expansion platform for an account's lot. */
const linkOf = (one: PlatformClient): PlatformClient => ({
  ...one,
  certSerial: linkSerial,
  validToMs: Number.MAX_SAFE_INTEGER,
  verify: () => true,
})

/** The model as lots reach it. */
function inFront(
  base: PlatformModel,
  clients: readonly PlatformClient[],
  { sm3 }: PlatformSuite,
  certs: string,
): PlatformModel {
  const codeOf = (appId: string): Uint8Array | null => {
    const own = clients.find((one) => one.appId === appId)
    if (own === undefined) return null
    return Buffer.from(accessCodeIn(certs, own.isSandbox === true ? appId : null))
  }
  return accessPlatform({ base, clients, codeOf, sm3 })
}

const publishedOf = ({ published }: PlatformPki) =>
  published.map(({ facts, pem }) => ({
    serialNo: facts.serialHex,
    effectiveTime: isoOf(facts.fromMs),
    expireTime: isoOf(facts.toMs),
    certificate: pem,
  }))

const knownCertificates = ({ published, clients, sandbox }: PlatformPki): KnownCertificate[] => [
  ...published.map(({ facts }) => ({ ...facts, use: 'platform' as const, appId: '' })),
  ...clients.map((facts) => ({ ...facts, use: 'client' as const, appId: testAppId })),
  ...sandbox.map(({ facts, appId }) => ({ ...facts, use: 'sandbox' as const, appId })),
]

/** `changed`: called when the certificates of the model have changed. */
const certificateAdmin = (
  certs: string,
  suite: PlatformSuite,
  changed: () => void,
): CertificateAdmin => ({
  issue(pem, days) {
    const request = readRequest(derOf(pem), suite.verifier, suite)
    if (request === null) return null
    const certificate = issueClient(certs, suite, request, Date.now(), days)
    changed()
    return certificate
  },
  withdraw(certSerial) {
    withdrawClient(certs, certSerial)
    changed()
  },
  announce() {
    announceNext(certs, suite, Date.now())
    changed()
  },
  change() {
    const isChanged = changeToNext(certs)
    changed()
    return isChanged
  },
})

function createPlatform(
  context: SimContext,
  suite: PlatformSuite,
  certs: string,
  moods: Moods,
): Platform {
  const rows = rowsOf(context, isSettlementRow, shownAddress(context.args.storeFile))
  const build = (): PlatformModel => {
    const pki = openPki(certs, suite, Date.now())
    const clients = clientsOf(pki, suite)
    const isFronted = isLiaoning(context)
    const base = createPlatformModel({
      clients: isFronted ? [...clients, ...clients.map(linkOf)] : clients,
      ...offeredOf(context),
      platformSerial: pki.platform.serialHex,
      certificates: publishedOf(pki),
      sign: suite.signer(pki.platformPrivateHex, pki.platform.publicHex),
      sm3: suite.sm3,
      digest: suite.digest,
      random: (count) => randomBytes(count),
      openFile: suite.fileOpener(pki.privateHexBySerial),
      openField: suite.fieldOpener(pki.privateHexBySerial),
      scheme: schemeOf[suite.name],
      tac: tacOf(context.args) === 'test' ? testTac : null,
      thrown: moods.thrown,
      keep(row) {
        rows.push(row)
        context.store.writer.append(row).catch(context.failed)
      },
      rows,
    })
    return isFronted ? inFront(base, clients, suite, certs) : base
  }
  let model = build()
  const known = () => knownCertificates(openPki(certs, suite, Date.now()))
  const policyKept = (): void => {
    const { policy, policies, shifts } = model
    model = build()
    model.setPolicy(policy)
    for (const [appId, own] of policies) model.setPolicy(own, appId)
    for (const [appId, ms] of shifts) model.moveTime(ms, appId)
  }
  return {
    model: () => model,
    certificates: certificateAdmin(certs, suite, policyKept),
    testKeys(appId) {
      const files = sandboxFiles(certs, suite, appId, Date.now())
      policyKept()
      return isLiaoning(context)
        ? { ...files, [accessCodeFile]: `${accessCodeIn(certs, appId)}\n` }
        : files
    },
    known,
    channels: () => [...new Set(known().flatMap(({ appId }) => (appId === '' ? [] : [appId])))],
    restart() {
      model = build()
    },
  }
}

/** Treatment of candidates. */
interface Sandbox {
  readonly moods: Moods
  readonly stranger: Stranger
}

/** The channel of a request; null when it is not a sandbox channel. */
function candidateOf(model: PlatformModel, request: PlatformRequest): string | null {
  const appId = model.askerOf(request, Date.now())
  return appId !== null && model.isSandbox(appId) ? appId : null
}

const createPorts = (
  context: SimContext,
  platform: Platform,
  { moods, stranger }: Sandbox,
  queue: ReturnType<typeof createDeliveries>,
  cutOff: (ms: number) => void,
): ExchangePorts => ({
  ...processPorts(context, cutOff, platform.restart),
  model: platform.model,
  mood(request) {
    const appId = candidateOf(platform.model(), request)
    if (appId === null) return evenMood
    const mood = moods.next(appId, request)
    return moods.thrown(appId) === null ? mood : stranger.instead(appId, request, mood, Date.now())
  },
  nowMs: () => Date.now(),
  nextDelivered: queue.nextDelivered,
})

async function start(context: SimContext): Promise<RunningSim> {
  const { args, journal } = context
  tacOf(args)
  roleOf(context)
  const suite = suiteOf(context)
  const { dir, temporary } = certFolder(args, 'platform-sim')
  const names = tlsNames(args.extra['names'])
  openTls(dir, Date.now(), names)
  const pki = openPki(dir, suite, Date.now())
  if (isLiaoning(context)) accessCodeIn(dir, null)
  const moods = moodsOf(args)
  const platform = createPlatform(context, suite, dir, moods)
  const stranger = createStranger(platform.model)
  const queue = createDeliveries()
  const log = createRequestLog()
  const keys = args.extra['keys'] === undefined ? null : openPageKeys(dir, platform.channels)
  let requests = 0
  const cutOff = (ms: number): void => server.outage(ms)
  const ports = createPorts(context, platform, { moods, stranger }, queue, cutOff)
  const server = await startPlatformServer({
    ...hostPortOf(args.listen),
    name: names[0],
    keyPem: pki.tlsKeyPem,
    certPem: pki.tlsCertPem,
    async serve(request) {
      requests++
      const what = `${request.method} ${request.path}`
      journal.note('in', `${what} ${Buffer.from(request.body).toString('utf8')}`)
      const [atMs, startMs] = [Date.now(), performance.now()]
      const delivery = await exchange(ports, request)
      stranger.left(request, delivery)
      const noted = log.note(request, delivery, atMs, Math.round(performance.now() - startMs))
      const served = servedRow(noted)
      if (served !== null) platform.model().record(served)
      const text = 'answer' in delivery ? Buffer.from(delivery.answer.body).toString('utf8') : ''
      journal.note('out', `${what} ${delivery.do} ${text}`)
      return delivery
    },
    delivered: queue.delivered,
    failed: context.failed,
  })
  return {
    endpoints: { baseUrl: server.baseUrl, caFile: pki.caFile, appId: testAppId, certDir: dir },
    state: (query) => ({
      ...stateOf(platform.model(), query.get('appId') ?? everybody),
      appId: query.get('appId') ?? testAppId,
      tac: tacOf(args),
      signatures: suite.library,
      suite: suite.name,
      requests,
      link: { url: server.baseUrl, bytesIn: server.bytesIn, bytesOut: server.bytesOut },
    }),
    storePage: (page) => storePage(platform.model().state, page),
    routes: adminRoutesOf(context, {
      platform,
      appId: testAppId,
      isLiaoning: isLiaoning(context),
      log,
      keys,
      settled: ports.settled,
      baseUrl: server.baseUrl,
    }),
    ...(keys === null ? {} : { guard: keys.guarded }),
    async stop() {
      // Delayed exchanges are released: the one they wait for will not come.
      queue.delivered()
      await server.close()
      if (temporary) rmSync(dir, { recursive: true, force: true })
    },
  }
}

export const platformSimPlan: SimPlan = {
  name: 'platform-sim',
  listens: ['https'],
  variants: ['guangxi', 'liaoning'],
  rollsSeed: true,
  flags: {
    books: 'FILE|postgres://USER@HOST/DATABASE',
    certs: 'DIR',
    suite: 'GM|RSA_AES',
    tac: 'test|any',
    role: 'all|expansion|operator|etcOperator',
    polite: '',
    keys: '',
    names: 'NAME,…',
  },
  openStore: openAddressedStore,
  faults: {
    places: platformPlaces,
    isPlace: isPlatformPlace,
    ofAllAlone: ['silence', 'reboot', 'unplug'],
  },
  start,
}
