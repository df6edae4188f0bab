// `etc-lane centre bench`: the real door on a real PostgreSQL, lots with real certificates over HTTPS, sent by a process of
// its own, beside table L.1. The rows in the database are counted against those that were acknowledged.
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import type { MonoClock, WallClock } from '#base/ports/clocks.ts'
import { openAuthority } from '../authority/open-authority.ts'
import { openDoor, type DoorLimits } from '../door/door.ts'
import { coresHere, ownMs, postmasterHere, serverMs } from '../machine/processes.ts'
import { withDatabaseFaults } from '../postgres/database-error.ts'
import { givenServer } from '../postgres/given-server.ts'
import { openPostgres, type OpenPostgres } from '../postgres/postgres.ts'
import { refusedFault } from '../postgres/server.ts'
import {
  benchWays,
  offeredOf,
  rowOf,
  type BenchRow,
  type BenchWay,
  type GeneratorFigures,
} from './figures.ts'
import { makeFleet } from './fleet.ts'

/** One run of the generator. */
export interface GeneratorPlan {
  /** JSON of a list of FleetLot, of which the first `lots` send. */
  readonly fleetFile: string
  readonly way: BenchWay
  readonly lots: number
  /** Rows a second of all lots. */
  readonly rate: number
  readonly seconds: number
  /** The node whose rows these are. */
  readonly nodeId: string
}

/** Starts the generator; `began` is called when its measured time begins, `ended` when it ends. */
export type RunGenerator = (
  plan: GeneratorPlan,
  told: { began(): void; ended(): void },
) => Promise<GeneratorFigures>

export interface BenchOptions {
  readonly lots: readonly number[]
  readonly seconds: number
  /** A server on which the bench makes a database of its own, and drops it; undefined: a server of its own. */
  readonly url?: string | undefined
  readonly clock: WallClock
  readonly mono: MonoClock
  readonly generate: RunGenerator
  /** What is being done, for a person. */
  progress(text: BilingualText): void
  row(row: BenchRow): void
  log(line: string): void
  readonly limits?: Partial<DoorLimits>
}

interface BenchMachine {
  readonly cores: number
  readonly processor: string
  readonly memoryMb: number
  readonly node: string
  readonly openssl: string
  readonly postgres: string
  /** False: its processor time is not counted. */
  readonly postgresIsHere: boolean
}

/** A database of the bench alone on the server of an address. Throws CENTRE-06 where the server refuses. */
async function ownDatabase(url: string): Promise<{ readonly url: string; drop(): Promise<void> }> {
  const { owner } = givenServer(url)
  const name = `etc_lane_bench_${randomBytes(4).toString('hex')}`
  const asOwner = async (text: string): Promise<void> => {
    const client = new pg.Client(owner)
    client.on('error', () => undefined)
    try {
      await client.connect()
      await client.query(text)
    } catch (error) {
      throw refusedFault(error, {})
    } finally {
      await client.end().catch(() => undefined)
    }
  }
  await asOwner(`CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`)
  const own = new URL(url)
  own.pathname = `/${name}`
  return { url: own.href, drop: () => asOwner(`DROP DATABASE ${name} WITH (FORCE)`) }
}

async function machineOf(desk: pg.Pool, isHere: boolean): Promise<BenchMachine> {
  const { rows } = await desk.query<{ version: string }>(
    "SELECT split_part(current_setting('server_version'), ' ', 1) AS version",
  )
  return {
    cores: coresHere(),
    processor: cpus()[0]?.model.trim() ?? '',
    memoryMb: Math.round(totalmem() / 1_048_576),
    node: process.versions.node,
    openssl: process.versions.openssl,
    postgres: rows[0]?.version ?? '',
    postgresIsHere: isHere,
  }
}

/** Rows of a node that the database has: the cursors and the batches must agree. */
async function keptRows(work: pg.Pool, nodeId: string): Promise<number> {
  const { rows } = await work.query<{ cursors: string; batches: string }>(
    `SELECT (SELECT coalesce(sum(last_seq), 0) FROM centre.lot_cursor WHERE node_id = $1) AS cursors,
       (SELECT coalesce(sum(to_seq - from_seq + 1), 0) FROM centre.lot_batch WHERE node_id = $1) AS batches`,
    [nodeId],
  )
  const { cursors, batches } = rows[0] ?? {}
  return cursors === batches ? Number(cursors) : -1
}

/** Processor time between the two calls of the generator. */
function counting(postmaster: number | null) {
  const now = () => ({
    doorMs: ownMs(),
    postgresMs: postmaster === null ? null : serverMs(postmaster),
  })
  let from = now()
  let to = from
  return {
    began() {
      from = now()
    },
    ended() {
      to = now()
    },
    used: () => ({
      doorMs: to.doorMs - from.doorMs,
      postgresMs:
        to.postgresMs === null || from.postgresMs === null ? null : to.postgresMs - from.postgresMs,
    }),
  }
}

async function measure(
  options: BenchOptions,
  { database, asOwner }: Pick<OpenPostgres, 'database' | 'asOwner'>,
  dir: string,
): Promise<{ readonly machine: BenchMachine; readonly rows: readonly BenchRow[] }> {
  const { clock, mono, lots, seconds, generate, progress, limits = {} } = options
  const authority = await openAuthority(join(dir, 'authority'), [], clock.nowMs())
  const failed = (error: unknown): void =>
    options.log(error instanceof Error ? (error.stack ?? '') : String(error))
  const at = { host: '127.0.0.1', port: 0 }
  const door = await openDoor({ database, authority, ...at, clock, mono, failed, limits })
  try {
    const most = Math.max(...lots)
    progress(t(`${most} 个停车场的密钥和证书`, `keys and certificates of ${most} lots`))
    const parts = { asOwner, authority, url: door.url, nowMs: clock.nowMs() }
    const fleetFile = join(dir, 'fleet.json')
    writeFileSync(fleetFile, JSON.stringify(await makeFleet(parts, most)), { mode: 0o600 })
    const postmaster = await postmasterHere(database.work)
    const machine = await machineOf(database.desk, postmaster !== null)
    const rows: BenchRow[] = []
    for (const way of benchWays)
      for (const count of lots) {
        const nodeId = `r${rows.length + 1}`
        progress(t(`${count} 个停车场 ${way}`, `${count} lots ${way}`))
        const counted = counting(postmaster)
        const rate = offeredOf(count)
        const plan = { fleetFile, way, lots: count, rate, seconds, nodeId }
        const generator = await generate(plan, counted)
        const kept = await keptRows(database.work, nodeId)
        const row = rowOf({ lots: count, way, generator, ...counted.used(), kept })
        rows.push(row)
        options.row(row)
      }
    return { machine, rows }
  } finally {
    await door.close()
  }
}

/** Nothing of it stays. Throws CENTRE-01 to CENTRE-10. */
export async function runBench(
  options: BenchOptions,
): Promise<{ readonly machine: BenchMachine; readonly rows: readonly BenchRow[] }> {
  const { url, clock, mono, log } = options
  const folder = mkdtempSync(join(tmpdir(), 'etc-lane-bench-'))
  // The user of a server of its own passes it.
  chmodSync(folder, 0o711)
  const own = url === undefined ? null : await ownDatabase(url)
  try {
    const quiet = (): void => undefined
    const told = { state: quiet, fault: (fault: Error) => log(fault.message), log: quiet }
    const dir = join(folder, 'centre')
    const postgres = await openPostgres({ dir, url: own?.url, clock, mono, told })
    try {
      return await withDatabaseFaults(() => measure(options, postgres, dir))
    } finally {
      await postgres.close()
    }
  } finally {
    await own?.drop()
    rmSync(folder, { recursive: true, force: true })
  }
}
