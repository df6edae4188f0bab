// A lot under `etc-lane access` for the billing systems of other makers: antennas and platform as simulators, its partners with
// keys of their own. Cars are put at the antennas as the ledger says that their orders are open, and taken away afterwards.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BoardView } from '#lane/calls/views.ts'
import { readCertificates } from '#base/crypto/certs.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { passesOf } from '#lane/pure/layouts/index.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { checkInvariants } from '#lane/pure/lot/invariants.ts'
import { noLaneLinks } from '#base/pure/device-kinds/lane-kinds.ts'
import { present } from '#base/pure/values/must.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { outsideRecords } from '#harness/lot/replay-links.ts'
import { startSimProcess, type SimProcess } from '#harness/lot/sim-process.ts'
import { lotOf, writeLot } from '#lane/folder/lot-file.ts'
import type { CarObu } from '#simulators/traffic/cars.ts'
import { eventually, type UnderTest } from '../../kit/eventually.ts'
import { freePort } from '../../kit/free-port.ts'
import {
  answerOf,
  authorization,
  newIdentity,
  type Answer,
  type Signing,
} from '../../kit/partner-kit.ts'
import { ledgerRows, verdictOn } from './ledger-rows.ts'
import { cleanUp, newFolder, Program, programFile, runToEnd } from './live-program.ts'
import type { BillingKeys } from './python-billing.ts'
import { allOf, Watched } from './watched.ts'

const anyPort = 'tcp://127.0.0.1:0'
const chargePlace = 'POST /v1/etc/exit-charges'

export interface PartnerLotPlan {
  readonly layout: '7.1.1' | '7.2.1'
  readonly charge: LotConfig['chargeMode']
  /** Partners by lane. */
  readonly lanes: Readonly<Record<string, string>>
  /** Partners without a lane. */
  readonly others?: readonly string[]
}

export interface SentCar {
  readonly orderNo: string
  readonly orderId: string
  readonly laneId: string | null
  /** It has a payment, was withdrawn, or waits for a review. */
  readonly mayGo: boolean
}

/** Orders of other billing systems in a ledger, oldest first. */
export function sentCars(rows: readonly LedgerRow[]): readonly SentCar[] {
  const gone = new Set(
    rows.flatMap((row) => {
      const isEnd =
        row.kind === 'payment' ||
        row.kind === 'review' ||
        (row.kind === 'sentOrder' && row.body.what === 'withdrawn')
      return isEnd && row.orderId !== undefined ? [row.orderId] : []
    }),
  )
  return rows.flatMap((row) => {
    if (row.kind !== 'orderMade' || row.body.sent === undefined) return []
    const { orderId = '', body } = row
    const { orderNo = '', laneId = null } = body.sent ?? {}
    return [{ orderNo, orderId, laneId, mayGo: gone.has(orderId) }]
  })
}

export class PartnerLot {
  readonly dir = join(newFolder(), 'lot')
  readonly identities = new Map<string, Signing['identity']>()
  readonly antennas = new Map<string, { readonly rsu: SimProcess }>()
  url = ''
  readonly plan: PartnerLotPlan
  private readonly sims = new Watched(programFile)
  private readonly started: SimProcess[] = []
  private readonly at = new Map<string, { readonly orderNo: string; readonly obuId: string }>()
  private sim: SimProcess | null = null
  private running: Program | null = null
  private accessPem = ''

  constructor(plan: PartnerLotPlan) {
    this.plan = plan
  }

  get of(): UnderTest {
    return this.running === null ? this.sims : allOf(this.running, this.sims)
  }

  get platform(): SimProcess {
    return present(this.sim, 'the platform runs')
  }

  get run(): Program {
    return present(this.running, 'the access system runs')
  }

  private async startSim(name: string, ...more: string[]): Promise<SimProcess> {
    const shared = ['--admin', 'http://127.0.0.1:0', '--timing', 'instant', '--seed', '1']
    const books = ['--books', join(this.dir, 'sims', `${name}-${this.started.length}.jsonl`)]
    const made = await startSimProcess(name, [...shared, ...books, ...more], this.sims.launch)
    this.started.push(made)
    return made
  }

  /** Starts simulators and access system, and makes all keys. */
  async start(): Promise<void> {
    const certs = join(this.dir, 'keys', 'test-platform')
    mkdirSync(join(this.dir, 'sims'), { recursive: true })
    mkdirSync(certs, { recursive: true, mode: 0o700 })
    const own = ['--certs', certs, '--tac', 'test', '--polite']
    this.sim = await this.startSim('platform-sim', '--listen', 'https://127.0.0.1:0', ...own)
    for (const laneId of Object.keys(this.plan.lanes))
      this.antennas.set(laneId, {
        rsu: await this.startSim('rsu-sim', '--listen', anyPort, '--variant', 'generic-bcc'),
      })
    const port = await freePort()
    this.url = `http://127.0.0.1:${port}`
    writeLot(this.dir, this.lotFile(port), null)
    const { json } = await runToEnd(['access', 'keys', '--data', this.dir])
    this.accessPem = readFileSync(String(json['certFile']), 'utf8')
    await this.startAccess()
    if (this.plan.charge === 'card')
      await eventually(
        () => this.rows(),
        (rows) => rows.some(({ kind }) => kind === 'signIn'),
        { of: this.of, what: 'signed in' },
      )
  }

  private lotFile(port: number) {
    const { layout, charge, lanes, others = [] } = this.plan
    const at = this.platform.endpoints
    const lot = lotOf({
      mode: 'demo',
      charge,
      offline: 'other-payment',
      layout,
      rsu: new Map(),
      camera: new Map(),
      barrier: new Map(),
      platform: {
        url: at.baseUrl ?? '',
        caFile: at.caFile ?? '',
        certDir: at.certDir ?? '',
        appId: at.appId ?? '',
      },
      capacity: 20,
    })
    const certDir = join(this.dir, 'keys', 'partners')
    mkdirSync(certDir, { recursive: true, mode: 0o700 })
    const partners = [...new Set([...Object.values(lanes), ...others])].map((id, i) => {
      const identity = newIdentity(id.toLowerCase(), { serialHex: `5B${10 + i}` })
      this.identities.set(id, identity)
      const certFile = join(certDir, `${id}.pem`)
      writeFileSync(certFile, identity.certPem)
      return { id, certFile, rights: ['orders'] }
    })
    const made = Object.entries(lanes).map(([id, ordersFrom]) => ({
      id,
      name: { zh: id, en: id },
      direction: 'exit',
      ...noLaneLinks,
      rsu: `${this.antennas.get(id)?.rsu.endpoints.link ?? ''}?variant=generic-bcc`,
      ordersFrom,
    }))
    return { ...lot, lanes: made, published: { host: '127.0.0.1', port, certDir, partners } }
  }

  async startAccess(): Promise<void> {
    this.running = new Program(['access', '--data', this.dir, '--timing', 'instant'])
    await this.run.ready()
  }

  async killAccess(): Promise<void> {
    await this.run.stop('SIGKILL')
    await this.startAccess()
  }

  async close(): Promise<void> {
    await cleanUp()
    await Promise.all(this.started.map((one) => one.kill()))
  }

  keysOf(appid: string): BillingKeys {
    const identity = present(this.identities.get(appid), `${appid} is a partner`)
    return { appid, identity, accessPem: this.accessPem }
  }

  /** One request of a partner; `by` may be a stranger. */
  async call(method: string, path: string, by: Signing, body?: unknown): Promise<Answer> {
    const bytes = Buffer.from(body === undefined ? '' : JSON.stringify(body))
    const crypto = openGmCrypto()
    const [cert] = readCertificates(this.accessPem, 'access')
    const { publicKey, certSerial } = present(cert, 'one certificate')
    const answer = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        authorization: authorization(method, path, bytes, by),
        connection: 'close',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: new Uint8Array(bytes) }),
    })
    const verifying = crypto.verifyingKey(publicKey, certSerial)
    const key = { ...by.identity.key, certSerial }
    return answerOf(answer, { ...by.identity, key, verifying })
  }

  rows(): LedgerRow[] {
    return ledgerRows(this.dir)
  }

  /** One look: each antenna has the car of the first open order there that has an OBU. */
  async drive(obus: ReadonlyMap<string, CarObu>): Promise<readonly LedgerRow[]> {
    const rows = this.rows()
    const sent = sentCars(rows)
    for (const [laneId, { rsu }] of this.antennas) {
      const here = this.at.get(laneId)
      if (here !== undefined && sent.some((one) => one.orderNo === here.orderNo && one.mayGo)) {
        await rsu.admin('DELETE', `/cars/${here.obuId}`)
        this.at.delete(laneId)
      }
      if (this.at.has(laneId)) continue
      const isHere = (one: SentCar): boolean => one.laneId === null || one.laneId === laneId
      const next = sent.find((one) => isHere(one) && !one.mayGo && obus.has(one.orderNo))
      const obu = obus.get(next?.orderNo ?? '')
      if (next === undefined || obu === undefined) continue
      await rsu.admin('POST', '/cars', { ...obu, stayMs: 600_000 })
      this.at.set(laneId, { orderNo: next.orderNo, obuId: obu.obuId })
    }
    return rows
  }

  /** The next charge is made, by the platform or at each antenna, and its answer is lost. */
  async losesAnswer(): Promise<void> {
    const lost = { when: 'after', do: 'drop', times: 1 }
    if (this.plan.charge === 'online')
      await this.platform.admin('POST', '/faults', { at: chargePlace, ...lost })
    else
      for (const { rsu } of this.antennas.values())
        await rsu.admin('POST', '/faults', { at: 'B5', ...lost })
  }

  /** Until every record is sent and every lane is free. */
  async drained(): Promise<void> {
    await eventually(
      async () => {
        const { lanes } = await this.run.call<BoardView>('board.get')
        return { unsent: unsentIn(this.rows()), states: lanes.map(({ state }) => state) }
      },
      ({ unsent, states }) => unsent === 0 && states.every((state) => state === 'idle'),
      { of: this.of },
    )
  }

  /** The ledger against itself, the platform and the cards. */
  async judge(config: LotConfig) {
    const rows = this.rows()
    const lot = { platform: this.platform, others: new Map(), lanes: this.antennas }
    const { outside, sums } = await outsideRecords(lot)
    const report = checkInvariants(rows, outside, {
      passesOf: passesOf(config),
      chainOk: verdictOn(this.dir, config.nodeId).ok,
      unsent: unsentIn(rows),
      unknown: 0,
      lanesReady: true,
      healed: true,
    })
    const { violations, openFen } = report
    return {
      violations,
      openFen,
      chargedFen: sums.amountFen,
      refunds: [...(outside.refunds ?? [])].map(({ refundFee }) => refundFee),
      debits: [...(outside.cardDebits ?? [])].map(({ cardNo }) => cardNo),
    }
  }
}

function unsentIn(rows: readonly LedgerRow[]): number {
  const left = new Set(rows.flatMap((row) => (row.kind === 'outbox' ? [row.body.outboxId] : [])))
  for (const row of rows)
    if (row.kind === 'outboxState' && ['confirmed', 'rejected'].includes(row.body.state))
      left.delete(row.body.outboxId)
  return left.size
}
