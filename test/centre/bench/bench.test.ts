// The bench of a centre at small scale: a real server, HTTPS with client certificates and SM2, a process of its own for the
// lots. What was sent is in the database, nothing stays, and a slow door is red.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runBench, type BenchOptions } from '../../../centre/bench/bench.ts'
import type { FleetLot } from '../../../centre/bench/fleet.ts'
import { systemMonoClock, systemRandom, systemWallClock } from '#base/time/system-clocks.ts'
import { benchAct } from '#harness/centre/bench-command.ts'
import { sendBatches, sendSingly } from '#harness/centre/bench-lots.ts'
import {
  makePostgres,
  type PostgresServer,
} from '../../firmware-runtime/simulators/platform/postgres-server.ts'
import { folderOfTest } from '../../kit/own-folder.ts'
import { program } from '../../wire/kit/program.ts'

let server: PostgresServer
beforeAll(async () => {
  server = await makePostgres()
})
afterAll(() => server.remove())

async function databases(): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: server.address })
  await client.connect()
  const { rows } = await client.query("SELECT datname FROM pg_database WHERE datname LIKE 'etc%'")
  await client.end()
  return rows.map(({ datname }) => datname)
}

it('a run as a command: rows in the database, processor times, exit code, nothing left', async () => {
  const args = ['centre', 'bench', '--lots', '5', '--seconds', '2', '--json']
  const folder = folderOfTest('centre-bench-')
  const told = spawnSync(process.execPath, [program, ...args, '--postgres', server.address], {
    encoding: 'utf8',
    env: { ...process.env, TMPDIR: folder },
  })
  const lines = told.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  const rows = lines.filter(({ event }) => event === 'row')
  expect(rows.map(({ lots, way }) => [lots, way])).toEqual([
    [5, 'batches'],
    [5, 'singly'],
  ])
  for (const { kept, taken, doorMs, postgresMs, generatorMs, refused } of rows) {
    expect(taken).toBeGreaterThan(10)
    expect(kept).toBe(taken)
    expect(refused).toEqual({})
    for (const ms of [doorMs, postgresMs, generatorMs]) expect(ms).toBeGreaterThan(0)
  }
  expect(lines.at(-2)).toMatchObject({ event: 'machine', postgresIsHere: true })
  expect(lines.at(-1)).toEqual({ event: 'met', met: true })
  expect(told.status).toBe(0)
  expect(await databases()).toEqual([])
  expect(readdirSync(folder).filter((name) => name.startsWith('etc-lane'))).toEqual([])
})

it('a door that answers after 4 s is red, and nothing of it is lost', async () => {
  const clocks = { clock: systemWallClock(), mono: systemMonoClock() }
  const generate: BenchOptions['generate'] = ({ fleetFile, way, lots, ...plan }, told) => {
    const fleet = JSON.parse(readFileSync(fleetFile, 'utf8')) as readonly FleetLot[]
    const failed = (error: unknown): never => {
      throw error
    }
    const send = way === 'batches' ? sendBatches : sendSingly
    return send({
      ...plan,
      ...told,
      ...clocks,
      fleet: fleet.slice(0, lots),
      random: systemRandom(),
      failed,
    })
  }
  const { rows } = await runBench({
    lots: [3],
    seconds: 2,
    url: server.address,
    ...clocks,
    generate,
    progress: () => undefined,
    row: () => undefined,
    log: () => undefined,
    limits: { gatherMs: 4_000 },
  })
  for (const row of rows) {
    expect(row.red).toContain('answer')
    expect(row.red).not.toContain('rows')
    expect(row.kept).toBeGreaterThan(0)
  }
})

it.each([
  [['--lots', '0'], '--lots'],
  [['--lots', '100,x'], '--lots'],
  [['--lots', '5001'], '--lots'],
  [['--seconds', '0'], '--seconds'],
  [['--lots', '1', '--postgres', 'http://127.0.0.1'], '--postgres'],
])('refuses %j', async (args, field) => {
  const io = {
    json: true,
    stdout: () => undefined,
    stderr: () => undefined,
    onStop: () => undefined,
  }
  await expect(benchAct.run(['bench', ...args], io)).rejects.toMatchObject({
    code: 'ARG-01',
    detail: { field },
  })
})
