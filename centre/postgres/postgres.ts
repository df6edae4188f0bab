// The database of a centre: its own server below DIR, or that of an address; its roles, its schema, and a pool for each role. While it
// is open a server that ended is started again, and a lost connection made anew: meanwhile the pools refuse.
import { chmodSync, existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { forgetLock, takeLock } from '#base/files/process-lock.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { dayMs } from '#base/pure/values/instant.ts'
import type { Cancel, MonoClock, WallClock } from '#base/ports/clocks.ts'
import { deskTypes } from '../desk/exact.ts'
import { migrate, type CentreRole } from '../schema/migrate.ts'
import { ensureMonths, makeMonths, type MakeMonths } from '../schema/months.ts'
import type { CentreDatabase } from '../schema/pools.ts'
import { inTransaction } from '../schema/transaction.ts'
import { programsFor } from './data-folder.ts'
import { givenServer, shownUrl } from './given-server.ts'
import { ownServer } from './own-server.ts'
import { keptPasswords, passwordsOf, type Passwords } from './passwords.ts'
import { pause } from './pause.ts'
import { makeRoles, mustFit, takeDatabase, withRights } from './roles.ts'
import type { Server } from './server.ts'

const connectMs = 5_000
/** No statement of the centre takes so long: a connection that says nothing is given up. */
const queryMs = 60_000
const poolMax = 10
const lookMs = 200
/** A session of a centre that was killed ends a moment later. */
const lockTries = 25
const againMs = [200, 1_000, 2_000, 5_000, 10_000] as const

/** What the centre says of its database while it runs. */
export interface DatabaseTold {
  /** 'down': the pools refuse; 'up': they work again. Not said at the start. */
  state(state: 'down' | 'up'): void
  /** Why it stays down: once for each code until it is up. */
  fault(fault: LaneFault): void
  /** A line of the log of the centre's own server. */
  log(line: string): void
}

export interface PostgresOptions {
  /** Folder of the centre; made where there is none. */
  readonly dir: string
  /** postgres://…: an existing server. Absent: the folder's own. */
  readonly url?: string | undefined
  readonly mono: MonoClock
  readonly clock: WallClock
  readonly told: DatabaseTold
  /** Called when the folder is this program's, before a server starts: what it throws ends the opening. */
  locked?(): Promise<void>
  /** Folders of server programs, instead of the usual ones. */
  readonly programFolders?: readonly string[]
}

export interface OpenPostgres {
  readonly database: CentreDatabase
  /** By the owner. Rejects while the database is down. */
  readonly makeMonths: MakeMonths
  /** A transaction of the owner, for what no person at the desk does. */
  readonly asOwner: AsOwner
  close(): Promise<void>
}

export type AsOwner = <T>(work: (db: pg.ClientBase) => Promise<T>) => Promise<T>

class Closed extends Error {}

/** A connection of the owner. */
export async function connectOwner({ owner }: Pick<Server, 'owner'>): Promise<pg.Client> {
  const client = new pg.Client({
    ...owner,
    application_name: 'etc-lane centre',
    connectionTimeoutMillis: connectMs,
    keepAlive: true,
  })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return client
  } catch (error) {
    await client.end().catch(() => undefined)
    throw error
  }
}

class Keeper {
  readonly #server: Server
  readonly #options: PostgresOptions
  readonly #passwords: Passwords
  #owner: pg.Client | null = null
  readonly #closing = Promise.withResolvers<void>()
  #isClosing = false
  /** Being opened anew. */
  #opening: Promise<void> = Promise.resolve()

  constructor(server: Server, options: PostgresOptions, passwords: Passwords) {
    this.#server = server
    this.#options = options
    this.#passwords = passwords
  }

  configOf(role: CentreRole): pg.PoolConfig {
    return {
      ...this.#server.owner,
      user: role,
      password: this.#passwords[role],
      application_name: role,
      connectionTimeoutMillis: connectMs,
      query_timeout: queryMs,
      keepAlive: true,
    }
  }

  async #connected(): Promise<pg.Client> {
    for (;;) {
      if (this.#isClosing) throw new Closed()
      try {
        return await connectOwner(this.#server)
      } catch (error) {
        if (!this.#server.isStarting(error)) throw this.#server.faultOf(error)
        await pause(this.#options.mono, lookMs)
      }
    }
  }

  async #takeDatabase(owner: pg.Client): Promise<void> {
    for (let tries = 0; !(await takeDatabase(owner)); tries++) {
      if (tries === lockTries) throw new LaneFault('CENTRE-02')
      await pause(this.#options.mono, lookMs)
    }
  }

  /** Starts the server if it is ours, brings the database up to this program, and watches the connection. */
  async open(): Promise<void> {
    await this.#server.start()
    const owner = await this.#connected()
    try {
      await mustFit(owner)
      await this.#takeDatabase(owner)
      await withRights(async () => {
        await makeRoles(owner, (role) => this.configOf(role), this.#passwords)
        await migrate(owner)
        await ensureMonths(owner, this.#options.clock.nowMs())
      })
    } catch (error) {
      await owner.end().catch(() => undefined)
      throw error
    }
    this.#owner = owner
    const stopMonths = this.#monthsDaily(owner)
    owner.once('end', () => {
      stopMonths()
      this.#owner = null
      if (!this.#isClosing) this.#opening = this.#again()
    })
  }

  /** The months to come are made however long the centre runs. */
  #monthsDaily(owner: pg.Client): Cancel {
    const { mono, clock, told } = this.#options
    let isOver = false
    let stop: Cancel = () => undefined
    const next = (): void => {
      if (isOver) return
      stop = mono.after(dayMs, () => {
        ensureMonths(owner, clock.nowMs())
          .catch((error: unknown) => told.fault(this.#server.faultOf(error)))
          .finally(next)
      })
    }
    next()
    return () => {
      isOver = true
      stop()
    }
  }

  async #again(): Promise<void> {
    const { told, mono } = this.#options
    told.state('down')
    const said = new Set<string>()
    for (let tries = 0; ; tries++) {
      const waitMs = againMs[Math.min(tries, againMs.length - 1)] ?? 0
      await Promise.race([pause(mono, waitMs), this.#closing.promise])
      if (this.#isClosing) return
      try {
        await this.open()
        if (!this.#isClosing) told.state('up')
        return
      } catch (error) {
        if (error instanceof Closed) return
        const fault = this.#server.faultOf(error)
        // The first try may meet a server that is still ending.
        if (tries > 0 && !said.has(fault.code)) {
          told.fault(fault)
          said.add(fault.code)
        }
      }
    }
  }

  async makeMonths(days: readonly string[]): Promise<void> {
    if (this.#owner === null) throw new LaneFault('CENTRE-06')
    await makeMonths(this.#owner, days)
  }

  /** On a connection of its own: that of the keeper makes months meanwhile. */
  async asOwner<T>(work: (db: pg.ClientBase) => Promise<T>): Promise<T> {
    const client = await connectOwner(this.#server)
    try {
      return await inTransaction(client, () => work(client))
    } finally {
      await client.end().catch(() => undefined)
    }
  }

  async close(): Promise<void> {
    this.#isClosing = true
    this.#closing.resolve()
    await this.#opening
    await this.#owner?.end().catch(() => undefined)
    await this.#server.stop()
  }
}

/** DIR and what is missing above it; the user of the server passes those that root makes. */
function makeDir(dir: string): void {
  const first = mkdirSync(dir, { recursive: true, mode: 0o700 })
  if (first === undefined || process.getuid?.() !== 0) return
  for (let at = dir; at.length >= first.length; at = dirname(at)) chmodSync(at, 0o711)
}

/** Throws ARG-01 where the folder belongs to another server and none is named. */
export function mustName(dir: string, url: string | undefined): void {
  const server = keptPasswords(dir)?.server ?? ''
  if (url !== undefined || server === '' || existsSync(join(dir, 'postgres'))) return
  const note = t(`这个文件夹的数据库在 ${server}`, `the database of this folder is at ${server}`)
  throw new LaneFault('ARG-01', { field: '--postgres', note })
}

async function serverOf({
  dir,
  url,
  mono,
  told,
  programFolders,
}: PostgresOptions): Promise<{ readonly server: Server; readonly passwords: Passwords }> {
  if (url !== undefined) {
    const server = givenServer(url)
    return { server, passwords: passwordsOf(dir, shownUrl(url)) }
  }
  mustName(dir, url)
  const programs = await programsFor(dir, programFolders)
  const passwords = passwordsOf(dir, '')
  const log = (line: string): void => told.log(line)
  const server = await ownServer({ dir, programs, password: passwords.owner, mono, log })
  return { server, passwords }
}

/** Throws CENTRE-01 to CENTRE-10. */
export async function openPostgres(options: PostgresOptions): Promise<OpenPostgres> {
  const { dir } = options
  if (process.platform === 'win32') throw new LaneFault('CENTRE-10')
  makeDir(dir)
  const lock = join(dir, 'centre.lock')
  const holder = takeLock(lock)
  if (holder !== null) throw new LaneFault('CENTRE-02', { file: dir, value: `pid ${holder}` })
  try {
    await options.locked?.()
    const { server, passwords } = await serverOf(options)
    const keeper = new Keeper(server, options, passwords)
    await keeper.open().catch(async (error: unknown) => {
      await keeper.close()
      throw error instanceof LaneFault ? error : server.faultOf(error)
    })
    const poolOf = (role: CentreRole, more: pg.PoolConfig = {}): pg.Pool => {
      const pool = new pg.Pool({ ...keeper.configOf(role), max: poolMax, ...more })
      // Of an idle connection: the next query makes a new one.
      pool.on('error', () => undefined)
      return pool
    }
    const database = {
      door: poolOf('etc_door'),
      desk: poolOf('etc_desk', { types: deskTypes }),
      people: poolOf('etc_people'),
      work: poolOf('etc_work'),
    }
    return {
      database,
      makeMonths: (days) => keeper.makeMonths(days),
      asOwner: (work) => keeper.asOwner(work),
      async close() {
        await Promise.all([...Object.values(database).map((pool) => pool.end()), keeper.close()])
        forgetLock(lock)
      },
    }
  } catch (error) {
    forgetLock(lock)
    throw error
  }
}
