// `access-sim`: a simulated ETC access system of another maker as a process, with real TLS, signed answers and a store that
// survives kill -9 (contract.md section 6). Our billing half is tested against it (ADR 411).
import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { certFolder } from '../platform/certificates/cert-folder.ts'
import { nonceKeepMs, schemeOf, type Gate } from '../platform/envelope.ts'
import { processPorts } from '../platform/records/exchange-ports.ts'
import { openPki, type PlatformPki } from '../platform/certificates/pki.ts'
import { startPlatformServer } from '../platform/server.ts'
import { chooseSuite } from '../platform/certificates/sm2-suite.ts'
import { gmSuite, type PlatformSuite } from '../platform/certificates/suite.ts'
import { hostPortOf } from '../shell/arguments.ts'
import { pageOf } from '../shell/members.ts'
import type { RunningSim, SimContext, SimPlan } from '../shell/process.ts'
import { rowsOf } from '../shell/store.ts'
import { accessRoutes } from './admin.ts'
import { accessExchange, type AccessPorts } from './exchange.ts'
import { AccessModel } from './model.ts'
import { isAccessRow, type SimOrder } from './orders.ts'
import { accessPlaces } from './said.ts'

/** The number that it gave to its test client. */
const testAppId = 'TEST0001'
const lotId = 'ACCESS1'
/** Interval at which its antennas look for cars. */
const readEveryMs = 50
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'

const token = (): string => [...randomBytes(32)].map((b) => alphabet[b % 36] ?? 'A').join('')

function gateOf({ clients }: PlatformPki, suite: PlatformSuite): Gate {
  const nonces = new Map<string, number>()
  return {
    scheme: schemeOf[suite.name],
    clients: clients.map(({ serialHex, toMs, publicHex }) => ({
      appId: testAppId,
      certSerial: serialHex,
      validToMs: toMs,
      verify: suite.verifier(publicHex),
    })),
    nonceSeen(appId, nonce, nowMs) {
      for (const [key, atMs] of nonces) if (nowMs - atMs > nonceKeepMs) nonces.delete(key)
      const key = `${appId} ${nonce}`
      const seen = nonces.has(key)
      nonces.set(key, nowMs)
      return seen
    },
  }
}

const orderRow = ({ no, content, state, why, charges, paidFen, refundedFen }: SimOrder) => ({
  orderNo: no,
  ...content,
  state,
  why,
  charges,
  paidFen,
  refundedFen,
})

function ordersOf(model: AccessModel, nowMs: number): SimOrder[] {
  model.advance(nowMs)
  return [...model.books.orders.values()]
}

function stateOf(model: AccessModel, nowMs: number) {
  const orders = ordersOf(model, nowMs)
  const sum = (of: (order: SimOrder) => number): number =>
    orders.reduce((all, order) => all + of(order), 0)
  return {
    orders: orders.length,
    open: orders.filter(({ state }) => ['open', 'charging', 'unknown'].includes(state)).length,
    charges: sum(({ charges }) => charges),
    paidFen: sum(({ paidFen }) => paidFen),
    refundedFen: sum(({ refundedFen }) => refundedFen),
    refunds: [...model.books.refunds.values()].map(({ refundNo, order, fen, by }) => ({
      refundNo,
      orderNo: order.no,
      amountFen: fen,
      by,
    })),
    cars: [...model.cars.values()],
  }
}

async function start(context: SimContext): Promise<RunningSim> {
  const { args, journal } = context
  const { dir, temporary } = certFolder(args, 'access-sim')
  const suite = gmSuite(chooseSuite())
  const pki = openPki(dir, suite, Date.now())
  const rows = rowsOf(context, isAccessRow)
  const build = (): AccessModel =>
    new AccessModel({
      lotId,
      rows: [...rows],
      keep(row) {
        rows.push(row)
        context.store.writer.append(row).catch(context.failed)
      },
    })
  let model = build()
  const nowMs = (): number => Date.now()
  const ports: AccessPorts = {
    ...processPorts(
      context,
      (ms) => server.outage(ms),
      () => {
        model = build()
      },
    ),
    model: () => model,
    gate: gateOf(pki, suite),
    serial: pki.platform.serialHex,
    sign: suite.signer(pki.platformPrivateHex, pki.platform.publicHex),
    token,
    nowMs,
  }
  let requests = 0
  const readings = setInterval(() => model.advance(nowMs()), readEveryMs)
  const server = await startPlatformServer({
    ...hostPortOf(args.listen),
    keyPem: pki.tlsKeyPem,
    certPem: pki.tlsCertPem,
    async serve(request) {
      requests++
      const what = `${request.method} ${request.path}`
      journal.note('in', `${what} ${Buffer.from(request.body).toString('utf8')}`)
      const delivery = await accessExchange(ports, request)
      const text = 'answer' in delivery ? Buffer.from(delivery.answer.body).toString('utf8') : ''
      journal.note('out', `${what} ${delivery.do} ${text}`)
      return delivery
    },
    failed: context.failed,
  })
  return {
    endpoints: { baseUrl: server.baseUrl, caFile: pki.caFile, appId: testAppId, certDir: dir },
    state: () => ({
      ...stateOf(model, nowMs()),
      signatures: suite.library,
      requests,
      link: { url: server.baseUrl, bytesIn: server.bytesIn, bytesOut: server.bytesOut },
    }),
    storePage: (page) => pageOf(ordersOf(model, nowMs()).map(orderRow), page),
    routes: accessRoutes({ model: () => model, nowMs, settled: ports.settled }),
    async stop() {
      clearInterval(readings)
      await server.close()
      if (temporary) rmSync(dir, { recursive: true, force: true })
    },
  }
}

export const accessSimPlan: SimPlan = {
  name: 'access-sim',
  listens: ['https'],
  flags: { certs: 'DIR' },
  faults: { places: accessPlaces },
  start,
}
