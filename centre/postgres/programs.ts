// The server programs of PostgreSQL on this machine: initdb and postgres of one folder, by their major version.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

export interface ServerPrograms {
  readonly bin: string
  readonly major: number
}

/** The oldest version whose SQL the centre uses. */
export const oldestMajor = 15
const newestMajor = 40

/** Of Debian, PGDG, Alpine and Homebrew; N: the major version. */
const versioned = [
  '/usr/lib/postgresql/N/bin',
  '/usr/pgsql-N/bin',
  '/usr/libexec/postgresqlN',
  '/opt/homebrew/opt/postgresql@N/bin',
  '/usr/local/opt/postgresql@N/bin',
]

const bindir = (): string => {
  const told = spawnSync('pg_config', ['--bindir'], { encoding: 'utf8' })
  return told.status === 0 ? told.stdout.trim() : ''
}

/** Where the programs may be: versions of the usual places, PATH, and what pg_config says. */
export const usualFolders = (): readonly string[] => [
  ...Array.from({ length: newestMajor - oldestMajor + 1 }, (_, at) => oldestMajor + at).flatMap(
    (major) => versioned.map((place) => place.replace('N', String(major))),
  ),
  ...(process.env['PATH'] ?? '').split(delimiter),
  bindir(),
  '/usr/local/pgsql/bin',
]

/** Null: not there, does not run here, or too old. */
export function programsIn(bin: string): ServerPrograms | null {
  if (bin === '' || !['initdb', 'postgres'].every((name) => existsSync(join(bin, name))))
    return null
  const told = spawnSync(join(bin, 'postgres'), ['--version'], { encoding: 'utf8' })
  const major = Number(/^postgres \(PostgreSQL\) (\d+)/.exec(told.stdout)?.[1] ?? 0)
  return major >= oldestMajor ? { bin, major } : null
}

/** All there are, the newest first. */
export const programsAmong = (folders: readonly string[]): readonly ServerPrograms[] =>
  [...new Set(folders)]
    .flatMap((folder) => programsIn(folder) ?? [])
    .toSorted((a, b) => b.major - a.major)
