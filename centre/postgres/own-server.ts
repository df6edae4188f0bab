// The centre's own server: on a socket alone, ended with the centre, and ended at the next start where the centre was killed.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import { dataFolder, makeData, ownerName, serverEnv, startFault } from './data-folder.ts'
import { endLeftBehind } from './left-behind.ts'
import type { ServerPrograms } from './programs.ts'
import { codeOf, refusedFault, type Server } from './server.ts'
import { ids, mustPass, serverUser, type ServerUser } from './server-user.ts'
import { socketFolder, socketPort } from './socket-folder.ts'

const tailLines = 6
/** No socket yet, nobody listens at it, or the server reads its log. */
const startingCodes = ['ENOENT', 'ECONNREFUSED', 'ECONNRESET', '57P03']

interface OwnOptions {
  readonly dir: string
  readonly programs: ServerPrograms
  readonly password: string
  readonly mono: MonoClock
  /** A line of the server's log. */
  log(line: string): void
}

class OwnServer implements Server {
  readonly owner
  readonly #options: OwnOptions
  readonly #user: ServerUser
  readonly #socket: string
  #child: ChildProcess | null = null
  #tail: readonly string[] = []

  constructor(options: OwnOptions, user: ServerUser) {
    this.#options = options
    this.#user = user
    this.#socket = socketFolder(options.dir, user)
    this.owner = {
      host: this.#socket,
      port: socketPort,
      database: 'postgres',
      user: ownerName,
      password: options.password,
      ssl: false,
    }
    process.on('exit', this.#last)
  }

  async start(): Promise<void> {
    if (this.#child !== null) return
    const { dir, programs, mono } = this.#options
    const data = dataFolder(dir)
    await endLeftBehind(data, mono)
    this.#tail = []
    const set = {
      listen_addresses: '',
      unix_socket_directories: this.#socket,
      unix_socket_permissions: '0700',
      fsync: 'on',
      logging_collector: 'off',
      log_destination: 'stderr',
    }
    const child = spawn(
      join(programs.bin, 'postgres'),
      ['-D', data, '-p', String(socketPort)].concat(
        Object.entries(set).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
      ),
      // In a group of its own, so that Ctrl-C of a terminal ends the centre first.
      {
        ...ids(this.#user),
        cwd: '/',
        env: serverEnv,
        stdio: ['ignore', 'ignore', 'pipe'],
        detached: true,
      },
    )
    this.#child = child
    const noted = (line: string): void => {
      this.#tail = [...this.#tail, line].slice(-tailLines)
      this.#options.log(line)
    }
    createInterface(child.stderr).on('line', noted)
    child.on('error', (error) => noted(error.message))
    child.on('close', () => {
      if (this.#child === child) this.#child = null
    })
  }

  /** The process ends without a close: the server ends by itself. */
  readonly #last = (): void => {
    this.#child?.kill('SIGINT')
  }

  isStarting(error: unknown): boolean {
    return this.#child !== null && startingCodes.includes(codeOf(error))
  }

  faultOf(error: unknown): LaneFault {
    if (this.#child === null && !(error instanceof LaneFault)) return startFault(this.#tail)
    return refusedFault(error, { file: dataFolder(this.#options.dir) })
  }

  async stop(): Promise<void> {
    const child = this.#child
    if (child !== null) {
      const ended = once(child, 'close')
      child.kill('SIGINT')
      await ended
    }
    process.off('exit', this.#last)
    rmSync(this.#socket, { recursive: true, force: true })
  }
}

/** Makes the database where there is none. */
export async function ownServer(options: OwnOptions): Promise<Server> {
  const { dir, programs, password } = options
  const user = serverUser()
  mustPass(dir, user)
  mustPass(programs.bin, user)
  await endLeftBehind(dataFolder(dir), options.mono)
  await makeData(dir, programs, user, password)
  return new OwnServer(options, user)
}
