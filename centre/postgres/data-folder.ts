// The folder of the centre's own database, DIR/postgres: made whole by initdb or not at all.
import { execFile } from 'node:child_process'
import {
  appendFileSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { syncFolder } from '#base/files/sync-folder.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { oldestMajor, programsAmong, usualFolders, type ServerPrograms } from './programs.ts'
import { registryMajor, registryPrograms } from './registry-programs.ts'
import { giveTo, ids, makeFor, type ServerUser } from './server-user.ts'

const run = promisify(execFile)

export const ownerName = 'etc_owner'

/** For a small machine; whoever has a larger one changes them in postgresql.conf. */
const settings: Readonly<Record<string, string>> = {
  shared_buffers: '128MB',
  max_connections: '50',
  max_wal_size: '512MB',
  wal_compression: 'on',
  jit: 'off',
  log_min_messages: 'warning',
  // Statements may hold passwords, and details data of a lot.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
}

export const dataFolder = (dir: string): string => join(dir, 'postgres')

/** Major version that made it; null: there is none yet. Throws CENTRE-03 for a folder without one. */
function majorOf(data: string): number | null {
  if (!existsSync(data)) return null
  const file = join(data, 'PG_VERSION')
  const major = existsSync(file) ? Number(readFileSync(file, 'utf8').trim()) : 0
  if (major < oldestMajor) throw new LaneFault('CENTRE-03', { file: data, value: String(major) })
  return major
}

/** Of the major version that made the folder, or the newest. `folders`: where to look. */
export async function programsFor(
  dir: string,
  folders: readonly string[] = usualFolders(),
): Promise<ServerPrograms> {
  const data = dataFolder(dir)
  const major = majorOf(data)
  const found = programsAmong(folders)
  const fitting = found.find((one) => major === null || one.major === major)
  if (fitting !== undefined) return fitting
  if (major === null || major === registryMajor) return registryPrograms(dir)
  const here = found.map((one) => one.major).join(', ')
  const note = t(
    `由 PostgreSQL ${major} 建立,这台电脑有:${here || '无'}`,
    `made by PostgreSQL ${major}; this machine has ${here || 'none'}`,
  )
  throw new LaneFault('CENTRE-03', { file: data, value: String(major), note })
}

/** Throws CENTRE-05 where initdb fails, with its own words. */
export async function makeData(
  dir: string,
  { bin }: ServerPrograms,
  user: ServerUser,
  password: string,
): Promise<void> {
  const data = dataFolder(dir)
  if (existsSync(data)) return
  const fresh = `${data}.new`
  rmSync(fresh, { recursive: true, force: true })
  makeFor(fresh, user)
  const passwordFile = join(dir, 'initdb-password')
  writeFileSync(passwordFile, password, { mode: 0o600 })
  giveTo(passwordFile, user)
  try {
    const args = ['-D', fresh, '-U', ownerName, '-A', 'scram-sha-256', `--pwfile=${passwordFile}`]
    await run(
      join(bin, 'initdb'),
      [...args, '-E', 'UTF8', '--locale=C.UTF-8', '--data-checksums'],
      { ...ids(user), cwd: '/', env: serverEnv },
    )
    const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`)
    appendFileSync(join(fresh, 'postgresql.conf'), `\n${lines.join('\n')}\n`)
    renameSync(fresh, data)
    syncFolder(dir)
  } catch (error) {
    throw error instanceof Error && 'stderr' in error
      ? startFault(String(error.stderr).split('\n'))
      : error
  } finally {
    rmSync(passwordFile, { force: true })
  }
}

/** Nothing of the settings that this process was started with, such as PGDATA. */
export const serverEnv = { LC_ALL: 'C', TZ: 'UTC', PATH: process.env['PATH'] ?? '' }

/** A server that did not start: CENTRE-09 where its disk is full, else CENTRE-05. */
export function startFault(lines: readonly string[]): LaneFault {
  const note = lines.filter((line) => line.trim() !== '').join(' | ')
  return new LaneFault(/No space left on device/i.test(note) ? 'CENTRE-09' : 'CENTRE-05', { note })
}
