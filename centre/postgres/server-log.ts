// The lines of the centre's own PostgreSQL, in DIR/postgres.log: a person who starts a centre reads its faults, and these
// lines where they are asked for (`centre log`).
import { appendFileSync, existsSync, readFileSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'

const bytesMax = 1_048_576
const fileOf = (dir: string): string => join(dir, 'postgres.log')

/** A full disk takes no line; the fault of it is reported elsewhere. */
export function serverLog(dir: string): (line: string) => void {
  const file = fileOf(dir)
  return (line) => {
    try {
      if (existsSync(file) && statSync(file).size > bytesMax) renameSync(file, `${file}.1`)
      appendFileSync(file, `${line}\n`, { mode: 0o600 })
    } catch {
      // As above.
    }
  }
}

/** The newest lines, oldest first; none where the centre has no server of its own. */
export function loggedLines(dir: string, count: number): readonly string[] {
  const files = [`${fileOf(dir)}.1`, fileOf(dir)].filter((file) => existsSync(file))
  const lines = files.flatMap((file) => readFileSync(file, 'utf8').split('\n'))
  return lines.filter((line) => line !== '').slice(-count)
}
