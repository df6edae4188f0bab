// `payment-sim`: the simulated payment gateway as a process, with real TLS, signed answers, notifications and a store
// that survives kill -9 (contract.md section 8).
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openTls } from '../platform/certificates/pki.ts'
import { startPlatformServer } from '../platform/server.ts'
import { hostPortOf } from '../shell/arguments.ts'
import { pageOf } from '../shell/members.ts'
import type { RunningSim, SimContext, SimPlan } from '../shell/process.ts'
import { paymentRoutes, tradeRow } from './admin.ts'
import { isTradeRow } from './trades.ts'
import { answerHeaders, type PayKeys } from './envelope.ts'
import { paymentActions, payExchange, type PaymentPorts } from './exchange.ts'
import { gatewayPlaces, GatewayModel } from './model.ts'
import { certFolder } from '../platform/certificates/cert-folder.ts'
import { processPorts } from '../platform/records/exchange-ports.ts'
import { rowsOf } from '../shell/store.ts'

const merchantNo = 'TEST-MERCHANT'

const keyLine = (keyId: string, secretHex: string): string => `${keyId}:${secretHex}\n`

/** One line `keyId:secret`, as a gateway gives it to a merchant. */
function openKeys(file: string): PayKeys {
  if (!existsSync(file))
    writeFileSync(file, keyLine('key-1', randomBytes(32).toString('hex')), { mode: 0o600 })
  const [keyId = '', secretHex = ''] = readFileSync(file, 'utf8').trim().split(':')
  return { merchantNo, keyId, secretHex }
}

/** Notifies a lot of a payment: signed like an answer, over the attempt number. */
async function notify(
  context: SimContext,
  { target, keys }: { readonly target: string | null; readonly keys: PayKeys },
  attemptNo: string,
  nowMs: number,
): Promise<void> {
  if (target === null) return
  const fault = context.faults.decide('notify', 'before')
  if (fault?.do === 'drop') return
  const body = JSON.stringify({ attemptNo })
  const headers = answerHeaders(keys, 200, attemptNo, Buffer.from(body), nowMs)
  for (let i = 0; i < (fault?.do === 'duplicate' ? 2 : 1); i++) {
    const answer = await fetch(target, { method: 'POST', headers, body }).then(
      ({ status }) => status,
      String,
    )
    context.journal.note('out', `notify ${attemptNo} ${answer}`)
  }
}

interface Gateway {
  readonly ports: PaymentPorts
  nowMs(): number
  setSkew(ms: number): void
  setTarget(url: string): void
  changeKey(): string
  stop(): void
  lookAfter(ms: number): void
}

function createGateway(
  context: SimContext,
  keyFile: string,
  cutOff: (ms: number) => void,
): Gateway {
  const rows = rowsOf(context, isTradeRow)
  let skewMs = 0
  let { target } = context.args
  const timers = new Set<NodeJS.Timeout>()
  const nowMs = (): number => Date.now() + skewMs
  const build = (): GatewayModel =>
    new GatewayModel({
      keys: openKeys(keyFile),
      rows,
      keep(row) {
        rows.push(row)
        context.store.writer.append(row).catch(context.failed)
      },
      paid(attemptNo) {
        notify(context, { target, keys: model.keys }, attemptNo, nowMs()).catch(context.failed)
      },
    })
  let model = build()
  return {
    nowMs,
    setSkew(ms) {
      skewMs = ms
    },
    setTarget(url) {
      target = url
    },
    changeKey() {
      const keyId = `key-${Number(model.keys.keyId.replace(/\D/g, '')) + 1}`
      const secretHex = randomBytes(32).toString('hex')
      writeFileSync(keyFile, keyLine(keyId, secretHex), { mode: 0o600 })
      model.setKey(keyId, secretHex)
      return keyId
    },
    lookAfter(ms) {
      const timer = setTimeout(() => {
        timers.delete(timer)
        model.advance(nowMs())
      }, ms)
      timers.add(timer)
    },
    stop() {
      for (const timer of timers) clearTimeout(timer)
    },
    ports: {
      ...processPorts(context, cutOff, () => {
        model = build()
      }),
      model: () => model,
      nowMs,
    },
  }
}

async function start(context: SimContext): Promise<RunningSim> {
  const { args, journal } = context
  const { dir, temporary } = certFolder(args, 'payment-sim')
  const tls = openTls(dir, Date.now())
  const keyFile = join(dir, 'pay.keys')
  const gateway = createGateway(context, keyFile, (ms) => server.outage(ms))
  const { ports } = gateway
  const server = await startPlatformServer({
    ...hostPortOf(args.listen),
    keyPem: tls.tlsKeyPem,
    certPem: tls.tlsCertPem,
    async serve(request) {
      const what = `${request.method} ${request.path}`
      journal.note('in', what)
      const delivery = await payExchange(ports, request)
      const status = 'answer' in delivery ? delivery.answer.status : ''
      journal.note('out', `${what} ${delivery.do} ${status}`)
      return delivery
    },
    failed: context.failed,
  })
  const trades = () => {
    ports.model().advance(gateway.nowMs())
    return [...ports.model().state.trades.values()]
  }
  return {
    endpoints: { baseUrl: server.baseUrl, caFile: tls.caFile, keyFile, merchantNo },
    state: () => ({
      trades: trades().length,
      paidFen: trades().reduce((sum, { paidFen }) => sum + paidFen, 0),
      refundedFen: trades().reduce((sum, { refundedFen }) => sum + refundedFen, 0),
      keyId: ports.model().keys.keyId,
      link: { url: server.baseUrl, bytesIn: server.bytesIn, bytesOut: server.bytesOut },
    }),
    storePage: (page) => pageOf(trades().map(tradeRow), page),
    routes: paymentRoutes({ ...gateway, model: ports.model, settled: ports.settled }),
    async stop() {
      gateway.stop()
      await server.close()
      if (temporary) rmSync(dir, { recursive: true, force: true })
    },
  }
}

export const paymentSimPlan: SimPlan = {
  name: 'payment-sim',
  listens: ['https'],
  flags: { certs: 'DIR' },
  faults: { places: gatewayPlaces, moreActions: paymentActions },
  start,
}
