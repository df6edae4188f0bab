// A PostgreSQL server of the test's own, on a port of this machine: made by initdb or from a copy, ended by SIGQUIT as in a
// crash, started again from its disk. PostgreSQL refuses to run as root, so there it runs as the user of Debian's package.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { must } from '#base/pure/values/must.ts'

const debian = '/usr/lib/postgresql'

/** Programs of the server. */
export function postgresBin(): string {
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

export async function freePort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const bound = server.address()
  must(typeof bound === 'object' && bound !== null, 'a listening server has an address')
  server.close()
  await once(server, 'close')
  return bound.port
}

/** The user of the server: whom its programs run as, and who owns a folder. */
export const asServer = {
  ids: owner,
  own(dir: string): void {
    const { uid, gid } = owner()
    if (uid !== undefined && gid !== undefined) spawnSync('chown', ['-R', `${uid}:${gid}`, dir])
  },
}

/** A program of the server, to its end, as its user; it must succeed. Returns what it printed. */
export function postgresProgram(name: string, ...args: readonly string[]): string {
  const made = spawnSync(join(postgresBin(), name), args, {
    ...owner(),
    env: { LC_ALL: 'C', PATH: process.env['PATH'] ?? '' },
    encoding: 'utf8',
    cwd: '/',
  })
  must(made.status === 0, `${name}: ${made.error?.message ?? made.stderr}`)
  return made.stdout
}

/** A new folder for data that the user of the server owns. */
export function postgresFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'postgres-test-'))
  asServer.own(dir)
  return dir
}

export interface PostgresServer {
  readonly dir: string
  readonly address: string
  /** The output of psql for a statement: one row per line, columns separated by `|`. */
  psql(statement: string): string
  /** Ends at once, without writing anything more. */
  crash(): Promise<void>
  start(): Promise<void>
  remove(): Promise<void>
}

/** Starts the server of a folder that has data. `settings`: NAME=VALUE. */
export async function postgresIn(
  dir: string,
  settings: readonly string[] = [],
): Promise<PostgresServer> {
  const port = await freePort()
  const address = `postgres://books@127.0.0.1:${port}/postgres`
  const given = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', ...settings]
  let child: ChildProcess | null = null
  const server: PostgresServer = {
    dir,
    address,
    psql(statement) {
      const got = spawnSync('psql', [address, '-At', '-c', statement], { encoding: 'utf8' })
      return `${got.stdout}${got.stderr}`.trim()
    },
    async start() {
      const args = ['-D', dir, '-p', String(port), ...given.flatMap((one) => ['-c', one])]
      child = spawn(join(postgresBin(), 'postgres'), args, {
        ...owner(),
        env: { LC_ALL: 'C' },
        cwd: '/',
        stdio: ['ignore', 'ignore', 'pipe'],
      })
      must(child.stderr !== null, 'stderr is a pipe')
      const said: string[] = []
      for await (const line of createInterface(child.stderr)) {
        if (/ready to accept (?:read-only )?connections/.test(line)) return
        said.push(line)
      }
      must(false, `the server has started: ${said.slice(-6).join(' | ')}`)
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

export async function makePostgres(settings: readonly string[] = []): Promise<PostgresServer> {
  const dir = postgresFolder()
  postgresProgram('initdb', '-D', dir, '-U', 'books', '-A', 'trust', '-E', 'UTF8', '-N')
  return postgresIn(dir, settings)
}
