// The whole client against the platform simulator in its own process: other encoder, other library.
// Every interface the lane uses, both charge modes, repeats, conflicts and refusals, over real TLS.
import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { present } from '../../../../firmware-runtime/core/values/must.ts'
import { systemMonoClock } from '../../../../firmware-runtime/adapters/clocks/system-clocks.ts'
import {
  loadCertFolder,
  loadPlatformKeys,
} from '../../../../firmware-runtime/adapters/crypto/certs.ts'
import { openGmCrypto } from '../../../../firmware-runtime/adapters/crypto/gm-crypto.ts'
import {
  platformClient,
  type PlatformClient,
} from '../../../../firmware-runtime/adapters/http/platform-client.ts'
import {
  signedPlatform,
  verdictOf,
  type SignedPlatform,
  type SignedResult,
} from '../../../../firmware-runtime/adapters/http/signed-platform.ts'
import { isoOf } from '../../../../firmware-runtime/core/values/instant.ts'
import {
  platformFiles,
  type FileKey,
} from '../../../../firmware-runtime/adapters/crypto/platform-file.ts'
import { platformBills } from '../../../../firmware-runtime/adapters/http/platform-bills.ts'
import { platformMonitor } from '../../../../firmware-runtime/adapters/http/platform-monitor.ts'
import type { LaneHeartbeat } from '../../../../firmware-runtime/ports/platform-monitor.ts'
import type { OpenedFile, SealedFile } from '../../../../firmware-runtime/ports/platform-file.ts'
import type { PlatformBill } from '../../../../firmware-runtime/ports/platform-bill.ts'
import { guangxi } from '../../../../firmware-runtime/platforms/guangxi/dialect.ts'
import * as encode from '../../../../firmware-runtime/platforms/guangxi/encode.ts'
import type { ExitChargeRecord } from '../../../../firmware-runtime/platforms/guangxi/records.ts'
import type { Call } from '../../../../firmware-runtime/ports/dialect.ts'
import type { Verdict } from '../../../../firmware-runtime/ports/verdict.ts'

interface Ready {
  readonly event: string
  readonly endpoints: Readonly<Record<'baseUrl' | 'admin' | 'caFile' | 'appId' | 'certDir', string>>
}

const moduleOf = (name: string): string =>
  JSON.stringify(new URL(`../../../../firmware-runtime/simulators/${name}`, import.meta.url).href)
const script = `
  const { runSim } = await import(${moduleOf('shell/process.ts')})
  const { platformSimPlan } = await import(${moduleOf('platform/platform-sim.ts')})
  process.exitCode = await runSim(platformSimPlan, ['--tac', 'any',
    '--listen', 'https://127.0.0.1:0', '--admin', 'http://127.0.0.1:0'])`

let child: ChildProcess
let client: PlatformClient
let platform: SignedPlatform
let fileKey: FileKey
/** Names of the files that came. */
let files: string[] = []
let admin = ''

function opened(file: SealedFile): OpenedFile {
  files.push(file.name)
  return platformFiles([fileKey], openGmCrypto())(file)
}

async function startSim(): Promise<Ready> {
  child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: present(child.stdout, 'stdout is a pipe') })
  for await (const line of lines) return JSON.parse(line) as Ready
  throw new Error('the simulator ended before it was ready')
}

beforeAll(async () => {
  const { endpoints } = await startSim()
  admin = endpoints.admin
  const crypto = openGmCrypto()
  const certs = loadCertFolder(endpoints.certDir, crypto)
  fileKey = certs.fileKey
  client = platformClient({
    baseUrl: endpoints.baseUrl,
    caFile: endpoints.caFile,
    mono: systemMonoClock(),
  })
  platform = signedPlatform({
    dialect: guangxi,
    http: client,
    crypto,
    appId: endpoints.appId,
    signingKey: certs.signingKey,
    platformKeys: certs.platformKeys,
    transport: { nowMs: () => Date.now() },
    random: { bytes: (count) => randomBytes(count) },
    userAgent: 'etc-lane/0.1.0',
    refetchKeys: (done) => done(loadPlatformKeys(endpoints.certDir, crypto).platformKeys),
  })
}, 30_000)

afterAll(async () => {
  await client.close()
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await ended
})

const ask = (call: Call): Promise<SignedResult> =>
  new Promise((resolve) => {
    platform.send({ ...guangxi.requestFor(call), timeoutMs: 10_000 }, resolve)
  })

async function verdict(call: Call, sinceMs: number | null = null): Promise<Verdict> {
  const result = await ask(call)
  expect(result.verified).toBe('valid')
  expect(result.requestId).not.toBeNull()
  return verdictOf(guangxi, call, result, sinceMs)
}

const exAtMs = 1_795_156_200_000
let made = 0

/** A car of its own for every record, so that the repeat filter has nothing to say. */
function record(mode: 1 | 2, over: Partial<ExitChargeRecord> = {}): ExitChargeRecord {
  const n = ++made
  const facts = {
    outTradeNo: `PX01${String(n).padStart(6, '0')}`,
    parkId: '450100001',
    laneNo: 'X01',
    deviceId: 'RSU-1',
    serviceType: 2,
    enAtMs: exAtMs - 3_600_000,
    exAtMs,
    transAtMs: exAtMs,
    plate: `测A${10_000 + n}`,
    colour: 'blue',
    vehicleType: 1,
    plateSource: 'camera',
    payFen: 1500,
    discountFen: 0,
    realFen: 1500,
    couponNo: null,
    entryNo: `S${n}`,
    listVersion: 'v1',
    offline: false,
    detail: null,
  } as const
  const unit = {
    obuId: n.toString(16).toUpperCase().padStart(8, '0'),
    obuIssuer: 'B9E3CEF745010001',
    obuVersion: '64',
    obuStatus: '0000',
    obuPlate: facts.plate,
    etcCardId: `4501${String(n).padStart(16, '0')}`,
    cardType: 22,
    cardVersion: 64,
    cardPlate: facts.plate,
    cardExpire: '20301231',
  } as const
  const debit = {
    preBalanceFen: 10_000,
    postBalanceFen: 8_500,
    transNo: n,
    terminalNo: '010203040506',
    terminalTransNo: n.toString(16).toUpperCase().padStart(8, '0'),
    transType: '09',
    tac: '1A2B3C4D',
    algorithmIdentifier: 1,
    keyVersion: 1,
  } as const
  const base = mode === 1 ? { ...facts, mode, unit, debit } : { ...facts, mode, unit }
  return { ...base, ...over } as ExitChargeRecord
}

const chargeOf = (r: ExitChargeRecord): Call => ({
  op: r.mode === 1 ? 'exitUpload' : 'charge',
  businessNo: r.outTradeNo,
  body: encode.encodeExitCharge(r),
  amountFen: r.realFen,
})

describe('against the simulated platform', () => {
  it.each([1, 2] as const)('charges in mode %i once, however often it is asked', async (mode) => {
    const call = chargeOf(record(mode))
    const first = await verdict(call)
    expect(first).toMatchObject({ kind: 'confirmed', replayed: false })
    expect(await verdict(call)).toMatchObject({ kind: 'confirmed', replayed: true })
    if (mode === 2) expect(first).toMatchObject({ state: 'SUCCESS', chargedFen: 1500 })
  })

  it('answers the query by our number', async () => {
    const call = chargeOf(record(2))
    await verdict(call)
    const query: Call = { ...call, op: 'chargeQuery', body: '' }
    expect(await verdict(query)).toMatchObject({ kind: 'confirmed', chargedFen: 1500 })
    const other = { ...query, businessNo: 'PX01NOBODY' }
    expect(await verdict(other, 1_000)).toEqual({ kind: 'notFound', final: false })
    expect(await verdict(other, 30_000)).toEqual({ kind: 'notFound', final: true })
  })

  it('holds the same number with other content', async () => {
    const r = record(2)
    await verdict(chargeOf(r))
    const other = chargeOf({ ...r, payFen: 1600, realFen: 1600 })
    expect(await verdict(other)).toMatchObject({ kind: 'hold', respCode: '300013' })
  })

  it('refunds once', async () => {
    const paid = chargeOf(record(2))
    await verdict(paid)
    const refund: Call = {
      op: 'refund',
      businessNo: `R${paid.businessNo}`,
      body: encode.encodeRefund({
        outRefundNo: `R${paid.businessNo}`,
        outTradeNo: paid.businessNo,
        refundFen: 1500,
        totalFen: 1500,
        reason: 'paid twice',
        operator: 'lane',
        approvedBy: 'owner',
      }),
      amountFen: 1500,
    }
    expect(await verdict(refund)).toMatchObject({ kind: 'confirmed' })
    expect(await verdict(refund)).toMatchObject({ kind: 'confirmed', replayed: true })
    const query: Call = { ...refund, op: 'refundQuery', body: '' }
    expect(await verdict(query)).toMatchObject({ kind: 'confirmed' })
  })

  it('gives the bill of a day when it is made: what was charged, by our numbers, with what went back', async () => {
    const paid = chargeOf(record(2))
    await verdict(paid)
    const refund = encode.encodeRefund({
      outRefundNo: `R${paid.businessNo}`,
      outTradeNo: paid.businessNo,
      refundFen: 600,
      totalFen: 1500,
      reason: 'paid twice',
      operator: 'lane',
      approvedBy: 'owner',
    })
    const businessNo = `R${paid.businessNo}`
    await verdict({ op: 'refund', businessNo, body: refund, amountFen: 600 })
    const day = isoOf(exAtMs).slice(0, 10)
    const billOf = (date: string): Promise<PlatformBill> =>
      new Promise((done) =>
        present(platformBills(platform, guangxi, opened), 'bills').bill(date, done),
      )
    const policy = async (bills: string): Promise<void> => {
      const body = JSON.stringify({ bills })
      const headers = { 'content-type': 'application/json' }
      const answer = await fetch(`${admin}/policy`, { method: 'POST', headers, body })
      expect(answer.status).toBe(200)
    }
    expect(await billOf('2099-01-01')).toMatchObject({ kind: 'notYet' })
    await policy('atOnce')
    const found = await billOf(day)
    expect(found).toMatchObject({ kind: 'bill', day })
    const line = { outTradeNo: paid.businessNo, paidFen: 1500, refundedFen: 600 }
    expect('rows' in found ? found.rows : []).toContainEqual(line)
    expect(await billOf('2001-01-01')).toEqual({ kind: 'bill', day: '2001-01-01', rows: [] })
    await policy('none')
    expect(await billOf(day)).toMatchObject({ kind: 'none' })
    // Both bills came sealed to the certificate that asked (9.3.4 c).
    expect(files).toHaveLength(2)
    for (const name of files) expect(name).toMatch(/^PARK_BILL_EXITDAY_RES_TEST0001_\d{17}\.json$/)
    files = []
    await policy('nextDay')
  })

  it('takes a heartbeat of a lane, and one with a state that it does not know is refused', async () => {
    const beat: LaneHeartbeat = {
      laneId: 'exit',
      seq: 1,
      atMs: exAtMs,
      clockOffsetMs: -12,
      softwareVersion: '0.1.0',
      antenna: 0,
      camera: 1,
      barrier: 2,
      coil: 9,
      queued: 2,
      oldestQueuedSec: 30,
      todayCount: 5,
      todayFen: 700,
    }
    const lot = { lotId: '450100001', provinceCode: '4501' }
    const books = async (): Promise<unknown> => {
      const found = (await (await fetch(`${admin}/state`)).json()) as Record<string, unknown>
      return found['heartbeats']
    }
    const send = (one: LaneHeartbeat): Promise<boolean> =>
      new Promise((done) =>
        present(platformMonitor(platform, guangxi, lot), 'monitoring').beat(one, done),
      )
    expect(await send(beat)).toBe(true)
    expect(await send({ ...beat, clockOffsetMs: null, oldestQueuedSec: null })).toBe(true)
    expect(await books()).toBe(2)
    expect(await send({ ...beat, antenna: 3 as never })).toBe(true)
    expect(await books()).toBe(2)
    const other = {
      ...present(guangxi.monitor, 'monitoring'),
      request: () => ({ ...guangxi.listRequest('0'), method: 'POST' as const, path: '/v1/other' }),
    }
    const asked = platformMonitor(platform, { monitor: other }, lot)
    expect(await new Promise((done) => asked?.beat(beat, done))).toBe(false)
  })

  it('takes an exception and a sign-in', async () => {
    const exception = encode.encodeException({
      exceptionNo: 'E0001',
      outTradeNo: null,
      parkId: '450100001',
      laneNo: 'X01',
      occurredAtMs: exAtMs,
      exceptionType: 14,
      plate: '测A12345',
      obuId: null,
      etcCardId: null,
      handling: 'otherPayment',
      paidBy: 'cash',
      paidFen: 1500,
    })
    const upload: Call = { op: 'exception', businessNo: 'E0001', body: exception, amountFen: null }
    expect(await verdict(upload)).toMatchObject({ kind: 'confirmed', state: 'STORED' })
    const signIn: Call = {
      op: 'signIn',
      businessNo: 'L0001',
      body: encode.encodeSignIn({
        listNo: 'L0001',
        psamNo: '45010000000000000001',
        terminalNo: '010203040506',
        provinceCode: '4501',
        parkId: '450100001',
        parkName: '示例停车场',
        laneNo: 'X01',
        laneType: 'exit',
        terminalAtMs: exAtMs,
      }),
      amountFen: null,
    }
    expect(await verdict(signIn)).toMatchObject({ state: 'SIGNED_IN', signIn: { psamStatus: 1 } })
  })

  it('tells a broken member by its pointer', async () => {
    const call = chargeOf(record(2))
    const body = call.body.replace('"vehicleType":1', '"vehicleType":99')
    expect(await verdict({ ...call, body })).toMatchObject({
      kind: 'rejected',
      class: 'format',
      field: '/vehicleType',
    })
  })

  it('carries many signed requests at a time and reports how many a second', async () => {
    const calls = Array.from({ length: 200 }, () => chargeOf(record(2)))
    const startedMs = performance.now()
    const verdicts = await Promise.all(calls.map((call) => verdict(call)))
    const perSecond = Math.round(200_000 / (performance.now() - startedMs))
    process.stdout.write(`signed charges to the platform process: ${perSecond}/s\n`)
    expect(verdicts.every((v) => v.kind === 'confirmed' && v.chargedFen === 1500)).toBe(true)
  }, 60_000)
})
