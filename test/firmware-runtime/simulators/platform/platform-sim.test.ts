// The platform as a process: a raw HTTPS client that signs with sm-crypto (a third implementation),
// a store that survives kill -9, and every kind of fault on a real socket.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import smCrypto from 'sm-crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { must } from '#base/pure/values/must.ts'
import { readCertificate } from '#simulators/platform/certificates/certificates.ts'
import { derOf } from '#simulators/platform/certificates/sm2-der.ts'
import { program } from '../../../wire/kit/program.ts'
import { charge, chargePath, objectOf } from './rig.ts'
import { signedClient, signedInClient, type Got, type SignedClient } from './signed-client.ts'
import { eventually } from '../../../kit/eventually.ts'
import { folderOfTest } from '../../../kit/own-folder.ts'

/** The built program if there is one, otherwise the sources. */
const command = [program, 'platform-sim']

interface Sim {
  readonly child: ChildProcess
  readonly first: Readonly<Record<string, unknown>>
  readonly endpoints: Readonly<Record<string, unknown>>
}

let dir = ''
let running: ChildProcess[] = []

beforeEach(() => (dir = folderOfTest('platform-sim-test-')))
afterEach(async () => {
  for (const child of running) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }
  running = []
})

async function startSim(...extra: string[]): Promise<Sim> {
  const words = ['--books', join(dir, 'books.jsonl'), '--certs', join(dir, 'certs'), ...extra]
  const child = spawn(process.execPath, [...command, ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  running.push(child)
  must(child.stdout !== null, 'stdout is a pipe')
  const [line] = await once(createInterface(child.stdout), 'line')
  const first = objectOf(JSON.parse(String(line)))
  return { child, first, endpoints: objectOf(first['endpoints']) }
}

/** Started, and the lane of its charges signed in. */
async function startLot(...extra: string[]): Promise<Sim> {
  const sim = await startSim(...extra)
  await signedInClient(sim.endpoints)
  return sim
}

const clientOf = (sim: Sim): SignedClient => signedClient(sim.endpoints)

const json = (got: Got): Readonly<Record<string, unknown>> =>
  objectOf(JSON.parse(got.body.toString('utf8')))

async function admin(sim: Sim, method: string, path: string, body?: unknown) {
  const response = await fetch(`${String(sim.endpoints['admin'])}${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: response.status, json: objectOf(await response.json()) }
}

/** P3, checked by sm-crypto with the key of platform.pem. */
function isSigned(sim: Sim, got: Got): boolean {
  const pem = readFileSync(join(String(sim.endpoints['certDir']), 'platform.pem'), 'utf8')
  const { publicHex, serialHex } = readCertificate(derOf(pem))
  const { headers } = got
  if (headers['etc-serial'] !== serialHex) return false
  const head = Buffer.from(`${String(headers['etc-timestamp'])}\n${String(headers['etc-nonce'])}\n`)
  const text = Buffer.concat([head, got.body, Buffer.from('\n')])
  const hex = Buffer.from(String(headers['etc-signature']), 'base64').toString('hex')
  const options = { der: true, hash: true, userId: '1234567812345678' }
  return smCrypto.sm2.doVerifySignature(text, hex, publicHex, options)
}

const setFault = (sim: Sim, fault: object) => admin(sim, 'POST', '/faults', fault)
const state = async (sim: Sim) => (await admin(sim, 'GET', '/state')).json

describe('platform-sim', () => {
  test('says where it is, answers signed, shows its records and ends when told', async () => {
    const sim = await startLot()
    expect(sim.first).toMatchObject({ event: 'ready', apiVersion: 1, pid: sim.child.pid })
    expect(Object.keys(sim.endpoints).sort()).toEqual([
      'admin',
      'appId',
      'baseUrl',
      'caFile',
      'certDir',
    ])
    const client = clientOf(sim)
    const got = await client.send('POST', chargePath, charge({ outTradeNo: 'ONE' }))
    expect([got.status, json(got)['code'], isSigned(sim, got)]).toEqual([200, 'SUCCESS', true])
    expect(isSigned(sim, { ...got, body: Buffer.from('{}') })).toBe(false)
    const query = await client.send('GET', `${chargePath}/ONE`)
    expect([query.status, isSigned(sim, query)]).toEqual([200, true])
    const certificates = await client.send('GET', '/v1/certificates')
    expect(json(certificates)).toMatchObject({
      data: { certificates: [{ serialNo: got.headers['etc-serial'] }] },
    })
    expect((await admin(sim, 'GET', '/books?kind=exit-charges')).json).toMatchObject({
      count: 1,
      totalFen: 1200,
      rows: [{ outTradeNo: 'ONE', mode: 2, realFee: 1200, status: 'SUCCESS', requests: 1 }],
    })
    expect((await admin(sim, 'GET', '/log')).status).toBe(200)
    const before = await state(sim)
    expect(before).toMatchObject({ records: 1, signatures: 'openssl', requests: 4 })
    // The connection is kept alive, so the bytes counted now are one request and its answer in TLS records.
    const large = charge({ outTradeNo: 'LARGE', productName: 'x'.repeat(10_000) })
    await client.send('POST', chargePath, large)
    const [was, is] = [objectOf(before['link']), objectOf((await state(sim))['link'])]
    const grown = (name: string): number => Number(is[name]) - Number(was[name])
    expect(grown('bytesIn')).toBeGreaterThan(10_000)
    expect(grown('bytesIn')).toBeLessThan(12_000)
    expect(grown('bytesOut')).toBeGreaterThan(200)
    expect(grown('bytesOut')).toBeLessThan(3_000)
    const gone = once(sim.child, 'exit')
    sim.child.kill('SIGTERM')
    expect(await gone).toEqual([0, null])
  })

  test('kill -9: what was answered is in the records, the certificates stay', async () => {
    const sim = await startLot()
    const client = clientOf(sim)
    const bodies = Array.from({ length: 20 }, (_, i) => charge({ outTradeNo: `K${i}` }))
    const cardNo = String(bodies[0]?.['etcCardId'])
    await admin(sim, 'POST', '/accounts', { cardNo, balanceFen: 5000 })
    const answered: string[] = []
    const gone = once(sim.child, 'exit')
    const sent = bodies.map(async (body) => {
      const got = await client.send('POST', chargePath, body)
      answered.push(String(objectOf(json(got)['data'])['outTradeNo']))
      // In the middle of the others, so that some are answered and some are not.
      if (answered.length === 8) sim.child.kill('SIGKILL')
    })
    await Promise.allSettled(sent)
    await gone
    expect(answered.length).toBeGreaterThanOrEqual(8)
    const after = await startSim()
    const records = (await admin(after, 'GET', '/books?kind=exit-charges')).json
    const rows = Array.isArray(records['rows']) ? records['rows'].map(objectOf) : []
    const numbers = rows.map((row) => String(row['outTradeNo']))
    for (const no of answered) expect(numbers).toContain(no)
    expect(new Set(numbers).size).toBe(numbers.length)
    expect(records['totalFen']).toBe(1200 * numbers.length)
    const again = clientOf(after)
    const replays = await Promise.all(bodies.map((body) => again.send('POST', chargePath, body)))
    for (const got of replays) expect([got.status, isSigned(after, got)]).toEqual([200, true])
    expect(await state(after)).toMatchObject({
      records: 20,
      amountFen: 24_000,
      duplicates: numbers.length,
    })
    expect((await admin(after, 'GET', `/accounts/${cardNo}`)).json['balanceFen']).toBe(3800)
  })

  test('wrong arguments and a foreign store end with 2 and a sentence', async () => {
    for (const [words, field] of [
      [['--tac', 'none'], '--tac'],
      [['--listen', 'tcp://127.0.0.1:0'], '--listen'],
      [['--nope', '1'], ''],
    ] as const) {
      const sim = await startSim(...words)
      expect(sim.first).toMatchObject({ error: { code: 'ARG-01', field } })
      if (sim.child.exitCode === null) await once(sim.child, 'exit')
      expect(sim.child.exitCode).toBe(2)
    }
    writeFileSync(join(dir, 'books.jsonl'), '{"t":"act of somebody else"}\n')
    const foreign = await startSim()
    expect(foreign.first).toMatchObject({ error: { code: 'FILE-02', field: 'line 1' } })
  })
})

describe('on a real socket', () => {
  const at = `POST ${chargePath}`
  test('drop and silence: nothing comes, the effect is there or not', async () => {
    const sim = await startLot()
    const hits = async () => (await admin(sim, 'GET', '/faults')).json['faults']
    /** Sends a request that the fault hits: it has no answer even after a later exchange has one. */
    const unanswered = async (fault: object, later: boolean): Promise<void> => {
      await admin(sim, 'DELETE', '/faults')
      await setFault(sim, fault)
      const client = clientOf(sim)
      let answered = false
      const sent = client.send('POST', chargePath, charge()).then(
        () => (answered = true),
        () => undefined,
      )
      await eventually(hits).toMatchObject([{ hits: 1 }])
      if (later) expect((await clientOf(sim).send('GET', '/v1/certificates')).status).toBe(200)
      client.agent.destroy()
      await sent
      expect(answered).toBe(false)
    }
    await unanswered({ at, when: 'before', do: 'drop' }, true)
    expect(await state(sim)).toMatchObject({ records: 0 })
    await unanswered({ at, when: 'after', do: 'drop' }, true)
    expect(await state(sim)).toMatchObject({ records: 1 })
    await unanswered({ at: '*', when: 'before', do: 'silence', ms: 86_400_000 }, false)
    const client = clientOf(sim)
    const silenced = client.send('GET', '/v1/certificates')
    await eventually(async () => (await state(sim))['requests']).toBe(7)
    client.agent.destroy()
    await expect(silenced).rejects.toThrow()
  })

  test('flip, forge, status: answers that must not be believed', async () => {
    const sim = await startLot()
    const client = clientOf(sim)
    const ask = async (fault: object): Promise<Got> => {
      await setFault(sim, { at, ...fault })
      return client.send('POST', chargePath, charge())
    }
    const flipped = await ask({ when: 'before', do: 'flip', bits: 2 })
    expect([flipped.status, isSigned(sim, flipped)]).toEqual([401, true])
    const bent = await ask({ when: 'after', do: 'flip', bits: 2 })
    expect([bent.status, isSigned(sim, bent)]).toEqual([200, false])
    const unsigned = await ask({ when: 'before', do: 'forge' })
    expect([unsigned.status, unsigned.headers['etc-signature']]).toEqual([200, undefined])
    const forged = await ask({ when: 'after', do: 'forge' })
    expect([forged.status, isSigned(sim, forged)]).toEqual([200, false])
    const page = await ask({ when: 'after', do: 'status', status: 503 })
    expect([page.status, page.headers['content-type']]).toEqual([503, 'text/html; charset=utf-8'])
    expect(await state(sim)).toMatchObject({ records: 3, signatureFailures: 1 })
  })

  test('cut and duplicate: half an answer, and two of them', async () => {
    const sim = await startLot()
    const client = clientOf(sim)
    await setFault(sim, { at, when: 'after', do: 'cut' })
    await expect(client.send('POST', chargePath, charge())).rejects.toThrow()
    await setFault(sim, { at, when: 'before', do: 'cut' })
    await expect(client.send('POST', chargePath, charge())).rejects.toThrow()
    await setFault(sim, { at, when: 'before', do: 'duplicate' })
    expect((await client.send('POST', chargePath, charge())).status).toBe(200)
    await setFault(sim, { at, when: 'after', do: 'duplicate' })
    const twice = await client.send('POST', chargePath, charge())
    expect([twice.status, isSigned(sim, twice)]).toEqual([200, true])
    expect(await state(sim)).toMatchObject({ records: 3, gateRefusals: { '400008': 1 } })
  })

  test('delay and reorder: late, and after its successor', async () => {
    const sim = await startLot()
    const client = clientOf(sim)
    const order: string[] = []
    const send = async (name: string): Promise<void> => {
      await client.send('POST', chargePath, charge({ outTradeNo: name }))
      order.push(name)
    }
    await setFault(sim, { at, when: 'after', do: 'reorder', ms: 60_000 })
    const first = send('FIRST')
    const hits = async () => (await admin(sim, 'GET', '/faults')).json['faults']
    await eventually(hits).toMatchObject([{ hits: 1 }])
    await send('SECOND')
    await first
    expect(order).toEqual(['SECOND', 'FIRST'])
    await setFault(sim, { at, when: 'before', do: 'delay', ms: 20 })
    await send('LATE')
    expect(await state(sim)).toMatchObject({ records: 3 })
  })

  test.each(['reboot', 'unplug'])(
    '%s: gone for a moment, back with its records',
    async (action) => {
      const sim = await startLot()
      const client = clientOf(sim)
      const body = charge()
      await setFault(sim, { at, when: 'after', do: action, ms: 50 })
      await expect(client.send('POST', chargePath, body)).rejects.toThrow()
      const again = async (): Promise<unknown> => {
        const got = await client.send('POST', chargePath, body).catch(() => null)
        return got?.headers['idempotent-replayed']
      }
      await eventually(again).toBe('true')
      expect(await state(sim)).toMatchObject({ records: 1, amountFen: 1200 })
    },
  )
})

describe('admin', () => {
  test('status list, accounts, PSAMs, later results and policy', async () => {
    const sim = await startLot('--tac', 'any')
    const client = clientOf(sim)
    const cardNo = '45010000000000008888'
    const send = async (change: object = {}) =>
      json(await client.send('POST', chargePath, charge({ etcCardId: cardNo, ...change })))
    await admin(sim, 'POST', '/blacklist', { cardNo })
    expect((await send())['respCode']).toBe('300003')
    await admin(sim, 'POST', '/blacklist', { cardNo, listed: false })
    await admin(sim, 'POST', '/accounts', { cardNo, balanceFen: 100 })
    expect((await send())['respCode']).toBe('300010')
    await admin(sim, 'POST', '/accounts', { cardNo, balanceFen: null })
    await admin(sim, 'POST', '/policy', { charges: 'PROCESSING', refunds: 'PENDING_REVIEW' })
    expect((await send({ outTradeNo: 'LATER' }))['respCode']).toBe('100002')
    const settle = { outTradeNo: 'LATER', status: 'SUCCESS' }
    expect((await admin(sim, 'POST', '/charges', settle)).json['status']).toBe('SUCCESS')
    expect((await admin(sim, 'POST', '/charges', settle)).status).toBe(400)
    const refund = {
      outRefundNo: 'R1',
      outTradeNo: 'LATER',
      refundFee: 1200,
      totalFee: 1200,
      reason: 'test',
      operator: 'test',
      approvedBy: 'other',
    }
    await client.send('POST', '/v1/etc/refunds', refund)
    const approve = { outRefundNo: 'R1', status: 'SUCCESS' }
    expect((await admin(sim, 'POST', '/refunds', approve)).json['status']).toBe('SUCCESS')
    expect(await state(sim)).toMatchObject({ refundedFen: 1200, businessRejected: 2, tac: 'any' })
    expect((await admin(sim, 'GET', '/books?kind=rejected')).json).toMatchObject({ count: 2 })
  })

  test('bad input is refused with its member and changes nothing', async () => {
    const sim = await startLot()
    const cardNo = '45010000000000008888'
    for (const [path, body, field] of [
      ['/blacklist', { cardNo: '1' }, '/cardNo'],
      ['/blacklist', { cardNo, listed: 'no' }, '/listed'],
      ['/blacklist', { cardNo, fromIso: 'soon' }, '/fromIso'],
      ['/accounts', { cardNo, balanceFen: 1.5 }, '/balanceFen'],
      ['/accounts', [], '/'],
      ['/psams', { psamNo: '45010000000000000001', status: 9 }, '/status'],
      ['/charges', { outTradeNo: 'NOPE', status: 'SUCCESS' }, '/outTradeNo'],
      ['/charges', { outTradeNo: 'NOPE', status: 'PAID' }, '/status'],
      ['/charges', { outTradeNo: 'NOPE', status: 'DISPUTED' }, '/outTradeNo'],
      ['/refunds', { outRefundNo: 'R', status: 'PAID' }, '/status'],
      ['/policy', { charges: 'MAYBE' }, '/charges'],
      ['/policy', { nope: 1 }, '/nope'],
    ] as const) {
      const answer = await admin(sim, 'POST', path, body)
      expect(answer).toMatchObject({ status: 400, json: { error: { code: 'ARG-01', field } } })
    }
    expect((await admin(sim, 'GET', '/books?kind=nope')).status).toBe(400)
    expect(await state(sim)).toMatchObject({ records: 0, policy: { charges: 'SUCCESS' } })
  })
})
