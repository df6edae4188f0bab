// `platform-sim`: the simulated expansion platform as a process of its own, with real signatures,
// real TLS and a store that survives kill -9.
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LaneFault } from '../../core/values/faults.ts'
import { isoOf } from '../../core/values/instant.ts'
import { hostPortOf, type SimArguments } from '../shell/arguments.ts'
import type { RunningSim, SimContext, SimPlan } from '../shell/process.ts'
import { testTac } from '../shell/test-tac.ts'
import { storePage, platformRoutes, stateOf } from './admin.ts'
import { certificateRoutes, type CertificateAdmin } from './certificate-admin.ts'
import type { PlatformClient } from './envelope.ts'
import { fileSealer } from './file-seal.ts'
import { exchange } from './exchange.ts'
import type { ExchangePorts } from './exchange.ts'
import { createPlatformModel, isPlatformPlace, platformPlaces } from './model.ts'
import type { PlatformModel } from './model.ts'
import { readRequest } from './certificates.ts'
import { channelFiles, onboardingRoutes } from './onboarding.ts'
import {
  announceNext,
  changeToNext,
  issueClient,
  openPki,
  sandboxFiles,
  withdrawClient,
  type PlatformPki,
} from './pki.ts'
import { isSettlementRow } from './settlement-records.ts'
import type { SettlementRow } from './settlement-records.ts'
import { startPlatformServer } from './server.ts'
import { derOf } from './sm2-der.ts'
import { chooseSuite } from './sm2-suite.ts'
import type { SmSuite } from './sm2-suite.ts'

/** The channel number the simulated platform gave to its test client (9.1 b). */
export const testAppId = 'TEST0001'

function tacOf(args: SimArguments): 'test' | 'any' {
  const word = args.extra['tac'] ?? 'test'
  if (word === 'test' || word === 'any') return word
  throw new LaneFault('ARG-01', { field: '--tac', value: word, note: 'test or any' })
}

/** Beside the store, so that a restart keeps the certificates; without one they live as long. */
function certFolder(args: SimArguments): { readonly dir: string; readonly temporary: boolean } {
  const given = args.extra['certs']
  if (given !== undefined) return { dir: given, temporary: false }
  if (args.storeFile !== null) return { dir: `${args.storeFile}.certs`, temporary: false }
  return { dir: mkdtempSync(join(tmpdir(), 'platform-sim-')), temporary: true }
}

function rowsOf(context: SimContext): SettlementRow[] {
  return context.store.rows.map((row, i) => {
    if (isSettlementRow(row)) return row
    const file = context.args.storeFile ?? ''
    throw new LaneFault('FILE-02', { file, field: `line ${i + 1}`, note: 'not a row of the books' })
  })
}

interface Platform {
  model(): PlatformModel
  /** Certificates that came after the first ones: a client's by its request, the platform's own next. */
  readonly certificates: CertificateAdmin
  /** Key and certificates for a joint test. */
  testKeys(appId: string): Readonly<Record<string, string>>
  /** As after a power cut: what is not in the records is forgotten. */
  restart(): void
}

const clientsOf = (
  { clients, sandbox }: PlatformPki,
  { verifier, sm3 }: SmSuite,
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
    sealFile: fileSealer({ serial: serialHex, publicHex, random: randomBytes, sm3 }),
  }))

function createPlatform(context: SimContext, suite: SmSuite, certs: string): Platform {
  const rows = rowsOf(context)
  const build = (): PlatformModel => {
    const pki = openPki(certs, suite, Date.now())
    return createPlatformModel({
      clients: clientsOf(pki, suite),
      platformSerial: pki.platform.serialHex,
      certificates: pki.published.map(({ facts, pem }) => ({
        serialNo: facts.serialHex,
        effectiveTime: isoOf(facts.fromMs),
        expireTime: isoOf(facts.toMs),
        certificate: pem,
      })),
      sign: suite.signer(pki.platformPrivateHex, pki.platform.publicHex),
      sm3: suite.sm3,
      random: (count) => randomBytes(count),
      tac: tacOf(context.args) === 'test' ? testTac : null,
      keep(row) {
        rows.push(row)
        context.store.writer.append(row).catch(context.failed)
      },
      rows,
    })
  }
  let model = build()
  const policyKept = (): void => {
    const { policy } = model
    model = build()
    model.setPolicy(policy)
  }
  return {
    model: () => model,
    certificates: {
      issue(pem, days) {
        const request = readRequest(derOf(pem), suite.verifier)
        if (request === null) return null
        const certificate = issueClient(certs, suite, request, Date.now(), days)
        policyKept()
        return certificate
      },
      withdraw(certSerial) {
        withdrawClient(certs, certSerial)
        policyKept()
      },
      announce() {
        announceNext(certs, suite, Date.now())
        policyKept()
      },
      change() {
        const isChanged = changeToNext(certs)
        policyKept()
        return isChanged
      },
    },
    testKeys(appId) {
      const files = sandboxFiles(certs, suite, appId, Date.now())
      policyKept()
      return files
    },
    restart() {
      model = build()
    },
  }
}

/** Lets an exchange wait until another one has been delivered. */
function createQueue() {
  let waiting: (() => void)[] = []
  return {
    async nextDelivered(ms: number): Promise<void> {
      const { promise, resolve } = Promise.withResolvers<void>()
      const late = setTimeout(resolve, ms)
      waiting.push(resolve)
      await promise
      clearTimeout(late)
    },
    delivered(): void {
      const now = waiting
      waiting = []
      for (const go of now) go()
    },
  }
}

function createPorts(
  context: SimContext,
  platform: Platform,
  queue: ReturnType<typeof createQueue>,
  cutOff: (ms: number) => void,
): ExchangePorts {
  let silentUntilMs = 0
  return {
    model: platform.model,
    decide: context.faults.decide,
    nowMs: () => Date.now(),
    async wait(ms) {
      const { promise, resolve } = Promise.withResolvers<void>()
      setTimeout(resolve, ms)
      await promise
    },
    nextDelivered: queue.nextDelivered,
    async settled() {
      await context.store.writer.settled()
    },
    silence(ms) {
      silentUntilMs = performance.now() + ms
    },
    isSilent: () => performance.now() < silentUntilMs,
    outage(ms, forget) {
      cutOff(ms)
      if (forget) platform.restart()
    },
  }
}

async function start(context: SimContext): Promise<RunningSim> {
  const { args, journal } = context
  tacOf(args)
  const suite = chooseSuite()
  const { dir, temporary } = certFolder(args)
  const pki = openPki(dir, suite, Date.now())
  const platform = createPlatform(context, suite, dir)
  const queue = createQueue()
  let requests = 0
  const ports = createPorts(context, platform, queue, (ms) => server.outage(ms))
  const server = await startPlatformServer({
    ...hostPortOf(args.listen),
    keyPem: pki.tlsKeyPem,
    certPem: pki.tlsCertPem,
    async serve(request) {
      requests++
      const what = `${request.method} ${request.path}`
      journal.note('in', `${what} ${Buffer.from(request.body).toString('utf8')}`)
      const delivery = await exchange(ports, request)
      const text = 'answer' in delivery ? Buffer.from(delivery.answer.body).toString('utf8') : ''
      journal.note('out', `${what} ${delivery.do} ${text}`)
      return delivery
    },
    delivered: queue.delivered,
    failed: context.failed,
  })
  return {
    endpoints: { baseUrl: server.baseUrl, caFile: pki.caFile, appId: testAppId, certDir: dir },
    state: () => ({
      ...stateOf(platform.model()),
      appId: testAppId,
      tac: tacOf(args),
      signatures: suite.library,
      requests,
      link: { url: server.baseUrl, bytesIn: server.bytesIn, bytesOut: server.bytesOut },
    }),
    storePage: (page) => storePage(platform.model().state, page),
    routes: {
      ...platformRoutes(platform.model, testAppId, ports.settled),
      ...certificateRoutes(platform.certificates),
      ...onboardingRoutes({
        model: platform.model,
        settled: ports.settled,
        files(application, url) {
          const { testKeys } = platform
          const plan = { appId: testAppId, url: url ?? server.baseUrl, testKeys }
          return channelFiles(application, plan)
        },
      }),
    },
    async stop() {
      // Exchanges that wait for another one would wait in vain now.
      queue.delivered()
      await server.close()
      if (temporary) rmSync(dir, { recursive: true, force: true })
    },
  }
}

export const platformSimPlan: SimPlan = {
  name: 'platform-sim',
  listens: ['https'],
  flags: { certs: 'DIR', tac: 'test|any' },
  faults: { places: platformPlaces, isPlace: isPlatformPlace },
  start,
}
