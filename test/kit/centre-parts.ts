// A centre's database opened in this process, and a centre as a process, each with what it says; folders for both.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import pg from 'pg'
import { onTestFinished } from 'vitest'
import { systemMonoClock, systemWallClock } from '#base/time/system-clocks.ts'
import type { LaneFault } from '#base/pure/faults/faults.ts'
import type { MonoClock, WallClock } from '#base/ports/clocks.ts'
import { openPostgres, type OpenPostgres } from '../../centre/postgres/postgres.ts'
import { program } from '../wire/kit/program.ts'
import { folderOfFile, folderOfTest } from './own-folder.ts'

/** A folder that is not there yet, below one that the user of the server may pass. */
export function centreDir(): string {
  const folder = folderOfTest('centre-')
  chmodSync(folder, 0o711)
  return join(folder, 'centre')
}

/** For a test file: gives folders of centres whose database has been made, copies of one, since that takes seconds. */
export function centreCopies(): () => Promise<string> {
  const folder = folderOfFile('centre-made-')
  const made = join(folder, 'centre')
  return async () => {
    if (!existsSync(made)) {
      chmodSync(folder, 0o711)
      await (await openHeard(made)).close()
    }
    const dir = centreDir()
    execFileSync('cp', ['-a', made, dir])
    return dir
  }
}

const pidFile = (dir: string): readonly string[] =>
  readFileSync(join(dir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')

/** Process of the server that runs in the folder of a centre, and the folder of its socket. */
export const postmasterOf = (dir: string): number => Number(pidFile(dir)[0])
export const socketOf = (dir: string): string => pidFile(dir)[4] ?? ''

interface Heard {
  readonly states: string[]
  readonly faults: LaneFault[]
  readonly log: string[]
}

export interface HeardPostgres extends Omit<OpenPostgres, 'asOwner'>, Heard {
  /** A statement as the owner of the folder's own database. */
  asOwner(text: string, values?: readonly unknown[]): Promise<pg.QueryResult>
}

interface Opening {
  readonly url?: string
  readonly programFolders?: readonly string[]
  readonly mono?: MonoClock
  readonly clock?: WallClock
}

/** Closed at the end of the test, if not before. */
export async function openHeard(dir: string, opening: Opening = {}): Promise<HeardPostgres> {
  const heard: Heard = { states: [], faults: [], log: [] }
  const open = await openPostgres({
    dir,
    mono: systemMonoClock(),
    clock: systemWallClock(),
    ...opening,
    told: {
      state: (state) => void heard.states.push(state),
      fault: (fault) => void heard.faults.push(fault),
      log: (line) => void heard.log.push(line),
    },
  })
  let closing: Promise<void> | null = null
  const close = (): Promise<void> => (closing ??= open.close())
  onTestFinished(close)
  const asOwner: HeardPostgres['asOwner'] = async (text, values = []) => {
    const { owner } = JSON.parse(readFileSync(join(dir, 'passwords.json'), 'utf8'))
    const [host, user, database] = [join(dir, 'socket'), 'etc_owner', 'postgres']
    const client = new pg.Client({ host, user, database, password: owner })
    await client.connect()
    try {
      return await client.query(text, [...values])
    } finally {
      await client.end()
    }
  }
  return { ...open, ...heard, close, asOwner }
}

export interface CentreProcess {
  readonly child: ChildProcess
  /** Objects of its stream, oldest first. */
  readonly said: Record<string, unknown>[]
  /** Its end: the code, or the signal. */
  readonly ended: Promise<number | string>
}

/** Killed at the end of the test, if it runs still. */
export function startCentre(...args: readonly string[]): CentreProcess {
  const child = spawn(process.execPath, [program, 'centre', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const said: Record<string, unknown>[] = []
  createInterface(child.stdout).on('line', (line) => {
    said.push(JSON.parse(line) as Record<string, unknown>)
  })
  const ended = once(child, 'close').then(() => child.exitCode ?? child.signalCode ?? '')
  onTestFinished(async () => {
    child.kill('SIGTERM')
    await ended
  })
  return { child, said, ended }
}
