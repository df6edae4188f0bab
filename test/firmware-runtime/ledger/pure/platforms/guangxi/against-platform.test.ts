// The whole client against the platform simulator in a separate process: another encoder, another library.
// Every interface that a lane uses, both charge modes, repeats, conflicts and refusals, over real TLS.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { present } from '#base/pure/values/must.ts'
import { verdictOf, type SignedPlatform, type SignedResult } from '#ledger/http/signed-platform.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { platformBills } from '#ledger/http/platform-bills.ts'
import { randomBytes } from 'node:crypto'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { lotFileSealer } from '#base/crypto/lot-file.ts'
import { fileUploader } from '#ledger/http/platform-files.ts'
import type { FiledAnswer } from '#ledger/ports/uploader.ts'
import { platformMonitor } from '#ledger/http/platform-monitor.ts'
import type { LaneHeartbeat } from '#base/ports/platform-monitor.ts'
import type { PlatformBill } from '#ledger/ports/platform-bill.ts'
import { guangxi } from '#ledger/pure/platforms/guangxi/dialect.ts'
import * as encode from '#ledger/pure/platforms/guangxi/encode.ts'
import type { ExitChargeRecord } from '#ledger/pure/platforms/guangxi/records.ts'
import type { Call } from '#ledger/ports/dialect.ts'
import type { Verdict } from '#ledger/ports/verdict.ts'
import { startedPlatform, type PlatformProcess } from './platform-process.ts'
import { patienceMs } from '../../../../../kit/eventually.ts'
import { chargeFacts, debitOf, unitOf } from './exit-charge.ts'

let sim: PlatformProcess
let platform: SignedPlatform
let admin = ''

beforeAll(async () => {
  sim = await startedPlatform()
  ;({ platform, admin } = sim)
})
afterAll(() => sim.close())

const ask = (call: Call): Promise<SignedResult> =>
  new Promise((resolve) => {
    platform.send({ ...guangxi.requestFor(call), timeoutMs: patienceMs }, resolve)
  })

async function verdict(call: Call, sinceMs: number | null = null): Promise<Verdict> {
  const result = await ask(call)
  expect(result.verified).toBe('valid')
  expect(result.requestId).not.toBeNull()
  return verdictOf(guangxi, call, result, sinceMs)
}

const exAtMs = 1_795_156_200_000
let made = 0

/** A different car for every record, so that no record counts as a repeat. */
function record(mode: 1 | 2, over: Partial<ExitChargeRecord> = {}): ExitChargeRecord {
  const n = ++made
  const plate = `测A${10_000 + n}`
  const no = `PX01${String(n).padStart(6, '0')}`
  const facts = { ...chargeFacts(no, exAtMs), plate, entryNo: `S${n}` }
  const [unit, debit] = [unitOf(n, plate), debitOf(n)]
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
        present(platformBills(platform, guangxi, sim.open), 'bills').bill(date, done),
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
    const line = {
      outTradeNo: paid.businessNo,
      paidFen: 1500,
      refundedFen: 600,
      atMs: exAtMs,
      clearedOn: day,
    }
    expect('rows' in found ? found.rows : []).toContainEqual(line)
    expect(await billOf('2001-01-01')).toEqual({ kind: 'bill', day: '2001-01-01', rows: [] })
    await policy('none')
    expect(await billOf(day)).toMatchObject({ kind: 'none' })
    // Both bills were sealed to the requesting certificate (9.3.4 c).
    const names = sim.files.splice(0)
    expect(names).toHaveLength(2)
    for (const name of names) expect(name).toMatch(/^PARK_BILL_EXITDAY_RES_TEST0001_\d{17}\.json$/)
    await policy('nextDay')
  })

  it('takes a heartbeat of a lane, and one with a state that it does not know is refused', async () => {
    const beat: LaneHeartbeat = {
      laneId: 'exit',
      seq: 1,
      atMs: exAtMs,
      clockOffsetMs: -12,
      clockReadMs: exAtMs - 1_000,
      softwareVersion: '0.1.0',
      configVersion: '7',
      listVersion: 'L9',
      listAgeSec: 600,
      psam: 1,
      signedInUntilMs: exAtMs + 3_600_000,
      antenna: 0,
      camera: 1,
      barrier: 2,
      coil: 9,
      queued: 2,
      oldestQueuedSec: 30,
      todayCount: 5,
      todayFen: 700,
      machine: { cpuPct: 12, memPct: 34, diskFreePct: 56 },
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
    const unknown = {
      clockOffsetMs: null,
      clockReadMs: null,
      configVersion: null,
      listVersion: null,
      listAgeSec: null,
      psam: null,
      signedInUntilMs: null,
      oldestQueuedSec: null,
      machine: { cpuPct: null, memPct: null, diskFreePct: null },
    }
    expect(await send({ ...beat, ...unknown })).toBe(true)
    expect(await books()).toBe(2)
    const wrongs: readonly Partial<LaneHeartbeat>[] = [
      { antenna: 3 as never },
      { psam: 4 as never },
      { listAgeSec: -1 },
      { machine: { ...beat.machine, diskFreePct: 101 } },
    ]
    for (const wrong of wrongs) expect(await send({ ...beat, ...wrong })).toBe(true)
    expect(await books()).toBe(2)
    const { bodyText } = present(guangxi.monitor, 'monitoring').request(lot, beat)
    expect(JSON.parse(bodyText)).toEqual({
      parkId: '450100001',
      laneNo: 'exit',
      seq: 1,
      time: isoOf(exAtMs),
      clockOffsetMs: -12,
      lastTimeSync: isoOf(exAtMs - 1_000),
      swVersion: '0.1.0',
      cfgVersion: '7',
      listVersion: 'L9',
      listAgeSec: 600,
      psamStatus: 1,
      psamValidUntil: isoOf(exAtMs + 3_600_000),
      antennaStatus: 0,
      cameraStatus: 1,
      barrierStatus: 2,
      coilStatus: 9,
      queueDepth: 2,
      oldestQueuedSec: 30,
      todayCount: 5,
      todayFee: 700,
      diskFreePct: 56,
      cpuPct: 12,
      memPct: 34,
    })
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
        terminalAtMs: Date.now(),
      }),
      amountFen: null,
    }
    expect(await verdict(signIn)).toMatchObject({ state: 'SIGNED_IN', signIn: { psamStatus: 1 } })
  })

  it('takes records in a sealed file, each as it would be alone, and answers by a file', async () => {
    const [good, again, spoiled] = [record(1), record(1), record(1)]
    expect(await verdict(chargeOf(again))).toMatchObject({ kind: 'confirmed', replayed: false })
    const bodies = [
      chargeOf(good),
      chargeOf(again),
      { ...chargeOf(spoiled), body: chargeOf(spoiled).body.replace('"1A2B3C4D"', '"00000000"') },
      { ...chargeOf(record(1)), businessNo: 'PX01NOTINIT' },
    ]
    const sent: string[] = []
    const uploader = present(
      fileUploader({
        platform: {
          send: (call, done) => (
            sent.push((JSON.parse(call.bodyText) as { aad: string }).aad),
            platform.send(call, done)
          ),
        },
        dialect: guangxi,
        appId: 'TEST0001',
        suite: 'GM',
        cipher: undefined,
        seal: lotFileSealer({
          certificates: () => sim.certificates,
          crypto: openGmCrypto(),
          random: { bytes: (count) => new Uint8Array(randomBytes(count)) },
          nowMs: () => Date.now(),
        }),
        open: sim.open,
        nowMs: () => exAtMs,
      }),
      'files',
    )
    const send = () =>
      new Promise<readonly FiledAnswer[] | string>((done) => {
        const asked = bodies.map((call, n) => ({
          outboxId: `U${n}`,
          ...call,
          amountFen: 1500,
          op: 'exitUpload' as const,
        }))
        uploader.send(asked, 10_000, done)
      })
    const said = await send()
    expect(said).toMatchObject([
      { outboxId: 'U0', verdict: { kind: 'confirmed' }, meta: { respCode: '100000' } },
      { outboxId: 'U1', verdict: { kind: 'confirmed' }, meta: { respCode: '100001' } },
      { outboxId: 'U2', verdict: { kind: 'refused', reason: 'tacWrong' } },
      { outboxId: 'U3', verdict: { kind: 'silence' }, meta: { respCode: null } },
    ])
    // Sent alone, the record is already known under the same number with the same text.
    expect(await verdict(chargeOf(good))).toMatchObject({ kind: 'confirmed', replayed: true })
    expect(await send()).toMatchObject([{ meta: { respCode: '100001' } }, {}, {}, {}])
    expect(sent).toEqual([
      'PARK_TRADE_EXITUPLOAD_REQ_TEST0001_20261120143000000.json',
      'PARK_TRADE_EXITUPLOAD_REQ_TEST0001_20261120143000001.json',
    ])
    expect(sim.files.splice(0)).toEqual(sent.map((one) => one.replace('_REQ_', '_RES_')))
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

  it('carries 200 signed requests at a time', async () => {
    const calls = Array.from({ length: 200 }, () => chargeOf(record(2)))
    const verdicts = await Promise.all(calls.map((call) => verdict(call)))
    expect(verdicts.every((v) => v.kind === 'confirmed' && v.chargedFen === 1500)).toBe(true)
  })
})
