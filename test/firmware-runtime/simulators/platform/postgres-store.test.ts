// The store in a real PostgreSQL: it survives kill -9 of the simulator and a crash of the server, psql reads what the
// simulator reports, and no second simulator writes to it.
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { must } from '../../../../firmware-runtime/core/values/must.ts'
import { charge, chargePath, objectOf } from './rig.ts'
import { signedInClient, type Got, type SignedClient } from './signed-client.ts'
import { simFolder, startPlatform, type SimProcess } from './sim-process.ts'
import { eventually } from '../../../kit/eventually.ts'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { createInterface } from 'node:readline'

// A PostgreSQL server of the test's own, on a port of this machine: made by initdb, ended by SIGQUIT as in a crash, started
// again from its disk. PostgreSQL refuses to run as root, so there it runs as the user of Debian's package.
const debian = '/usr/lib/postgresql'

function binFolder(): string {
  const versions = existsSync(debian) ? readdirSync(debian).map(Number) : []
  const newest = Math.max(0, ...versions.filter((one) => one >= 15))
  must(newest > 0, 'PostgreSQL 15 or later is installed')
  return join(debian, String(newest), 'bin')
}

const idOf = (word: '-u' | '-g'): number =>
  Number(spawnSync('id', [word, 'postgres'], { encoding: 'utf8' }).stdout)

/** The user and group to run as; empty unless this process is root. */
const owner = (): { readonly uid?: number; readonly gid?: number } =>
  process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : {}

async function freePort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const bound = server.address()
  must(typeof bound === 'object' && bound !== null, 'a listening server has an address')
  server.close()
  await once(server, 'close')
  return bound.port
}

interface PostgresServer {
  readonly address: string
  /** The output of psql for a statement: one row per line, columns separated by `|`. */
  psql(statement: string): string
  /** Ends at once, without writing anything more. */
  crash(): Promise<void>
  start(): Promise<void>
  remove(): Promise<void>
}

async function makePostgres(): Promise<PostgresServer> {
  const [bin, dir, who] = [binFolder(), mkdtempSync(join(tmpdir(), 'postgres-test-')), owner()]
  if (who.uid !== undefined && who.gid !== undefined) chownSync(dir, who.uid, who.gid)
  const env = { LC_ALL: 'C' }
  const words = ['-D', dir, '-U', 'books', '-A', 'trust', '-E', 'UTF8', '-N']
  const made = spawnSync(join(bin, 'initdb'), words, { ...who, env, encoding: 'utf8', cwd: dir })
  must(made.status === 0, `initdb: ${made.stderr}`)
  const port = await freePort()
  const address = `postgres://books@127.0.0.1:${port}/postgres`
  let child: ChildProcess | null = null
  const server: PostgresServer = {
    address,
    psql(statement) {
      const got = spawnSync('psql', [address, '-At', '-c', statement], { encoding: 'utf8' })
      return `${got.stdout}${got.stderr}`.trim()
    },
    async start() {
      const settings = ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=']
      child = spawn(join(bin, 'postgres'), ['-D', dir, '-p', String(port), ...settings], {
        ...who,
        env,
        cwd: dir,
        stdio: ['ignore', 'ignore', 'pipe'],
      })
      must(child.stderr !== null, 'stderr is a pipe')
      for await (const line of createInterface(child.stderr))
        if (line.includes('ready to accept connections')) return
      must(false, 'the server has started')
    },
    async crash() {
      if (child === null) return
      const gone = once(child, 'exit')
      child.kill('SIGQUIT')
      child = null
      await gone
    },
    async remove() {
      await server.crash()
      rmSync(dir, { recursive: true, force: true })
    },
  }
  await server.start()
  return server
}

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
