// The store in a real PostgreSQL: it survives kill -9 of the simulator and a crash of the server, psql reads what the
// simulator reports, and no second simulator writes to it.
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { must } from '#base/pure/values/must.ts'
import { charge, chargePath, objectOf } from './rig.ts'
import { makePostgres, type PostgresServer } from './postgres-server.ts'
import { signedInClient, type Got, type SignedClient } from './signed-client.ts'
import { simFolder, startPlatform, type SimProcess } from './sim-process.ts'
import { eventually } from '../../../kit/eventually.ts'

const folder = simFolder()
let server: PostgresServer | null = null
const database = (): PostgresServer => {
  must(server !== null, 'the server was made')
  return server
}

beforeAll(async () => {
  server = await makePostgres()
})
afterAll(() => server?.remove())
beforeEach(() => {
  database().psql('DROP SCHEMA public CASCADE; CREATE SCHEMA public')
})

const start = (address = database().address): Promise<SimProcess> =>
  startPlatform('--books', address, '--certs', join(folder(), 'certs'))
const clientOf = (sim: SimProcess): Promise<SignedClient> =>
  signedInClient(objectOf(sim.first['endpoints']))
const bodyOf = (got: Got): Readonly<Record<string, unknown>> =>
  objectOf(JSON.parse(got.body.toString('utf8')))

const refundOf = (outTradeNo: string, refundFee: number) => ({
  outRefundNo: `R-${outTradeNo}`,
  outTradeNo,
  refundFee,
  totalFee: 1200,
  reason: 'test',
  operator: 'test',
  approvedBy: 'other',
})

describe('books in PostgreSQL', () => {
  test('kill -9: what was answered is there, and psql reads what the simulator says', async () => {
    const sim = await start()
    const client = await clientOf(sim)
    const bodies = Array.from({ length: 20 }, (_, i) => charge({ outTradeNo: `K${i}` }))
    const answered: string[] = []
    const gone = once(sim.child, 'exit')
    const sent = bodies.map(async (body) => {
      const got = await client.send('POST', chargePath, body)
      answered.push(String(objectOf(bodyOf(got)['data'])['outTradeNo']))
      if (answered.length === 8) sim.child.kill('SIGKILL')
    })
    await Promise.allSettled(sent)
    await gone
    expect(answered.length).toBeGreaterThanOrEqual(8)
    const kept = database().psql('SELECT out_trade_no FROM v_charge').split('\n')
    for (const no of answered) expect(kept).toContain(no)

    const after = await start()
    const again = await clientOf(after)
    for (const body of bodies) expect((await again.send('POST', chargePath, body)).status).toBe(200)
    const [whole = '', part = ''] = answered
    await again.send('POST', '/v1/etc/refunds', refundOf(whole, 1200))
    await again.send('POST', '/v1/etc/refunds', refundOf(part, 500))
    await after.admin('POST', '/policy', { charges: 'PROCESSING' })
    await again.send('POST', chargePath, charge({ outTradeNo: 'LATER' }))
    await after.admin('POST', '/charges', { outTradeNo: 'LATER', status: 'FAILED' })

    const kinds = ['exit-charges', 'rejected']
    const pages = await Promise.all(kinds.map((kind) => after.admin('GET', `/books?kind=${kind}`)))
    const said = pages
      .flatMap(({ json }) => (Array.isArray(json['rows']) ? json['rows'] : []))
      .map(objectOf)
      .map((row) =>
        ['outTradeNo', 'realFee', 'refundedFee', 'status', 'requests'].map((n) => row[n]).join('|'),
      )
    const read = database().psql(
      'SELECT out_trade_no, fee_fen, refunded_fen, status, requests FROM v_charge',
    )
    expect(read.split('\n').sort()).toEqual(said.sort())
    expect(said).toHaveLength(21)
    expect(said).toContain(`${whole}|1200|1200|REFUNDED|2`)
    expect(said).toContain('LATER|1200|0|FAILED|1')
    const sums = database().psql('SELECT count(*), sum(refund_fen) FROM v_refund')
    expect(sums).toBe('2|1700')
    expect((await after.admin('GET', '/state')).json).toMatchObject({
      records: 20,
      amountFen: 24_000,
      refundedFen: 1700,
      duplicates: kept.length,
    })
  })

  test('a server that crashes: nothing is answered meanwhile, and once it is back nothing is lost or there twice', async () => {
    const sim = await start()
    const client = await clientOf(sim)
    expect((await client.send('POST', chargePath, charge({ outTradeNo: 'A' }))).status).toBe(200)
    await database().crash()
    let isAnswered = false
    const waiting = client.send('POST', chargePath, charge({ outTradeNo: 'B' })).then((got) => {
      isAnswered = true
      return got
    })
    const requests = async () => (await sim.admin('GET', '/state')).json['requests']
    await eventually(requests).toBe(3)
    expect(isAnswered).toBe(false)
    await database().start()
    expect((await waiting).status).toBe(200)
    expect(database().psql('SELECT string_agg(out_trade_no, $$,$$) FROM v_charge')).toBe('A,B')
    await sim.killed()
    expect((await (await start()).admin('GET', '/state')).json).toMatchObject({ records: 2 })
  })

  test('one simulator writes; another one, and an address that leads nowhere, end with 2', async () => {
    const refused = async (words: readonly string[]): Promise<unknown> => {
      const other = await startPlatform(...words)
      if (other.child.exitCode === null) await once(other.child, 'exit')
      expect(other.child.exitCode).toBe(2)
      return other.first['error']
    }
    expect(await refused(['--books', database().address])).toMatchObject({
      code: 'ARG-01',
      field: '--certs',
    })
    const sim = await start()
    const certs = ['--certs', join(folder(), 'other')]
    const secret = database().address.replace('books@', 'books:not-a-secret@')
    expect(await refused(['--books', secret, ...certs])).toMatchObject({
      code: 'FILE-01',
      file: database().address,
      message: expect.stringContaining('another simulator writes these books'),
    })
    const nowhere = 'postgres://books@127.0.0.1:1/postgres'
    expect(await refused(['--books', nowhere, ...certs])).toMatchObject({ file: nowhere })
    expect(await refused(['--books', 'postgres://:::', ...certs])).toMatchObject({
      code: 'ARG-01',
      field: '--books',
    })
    await (await clientOf(sim)).send('POST', chargePath, charge())
    const change = database().psql("UPDATE platform_row SET body = '{}'")
    expect(change).toContain('platform_row is append-only')
  })
})
