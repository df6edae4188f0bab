// Runs one row of the bench like `npm run bench`: in a process of its own that prints lines of JSON.
// Used by the tests of budgets, and of rows without one.
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { BenchResult } from './measure.ts'

const main = join(import.meta.dirname, '..', 'main.ts')
const run = promisify(execFile)

interface Measured {
  readonly results: ReadonlyMap<string, BenchResult>
  /** The bench's remarks on the row, such as why it is left out on this machine. */
  readonly said: string
}

export async function measured(row: string, brief: boolean): Promise<Measured> {
  const env = { ...process.env, ...(brief ? { ETC_LANE_BENCH: 'brief' } : {}) }
  const { stdout, stderr } = await run(process.execPath, [main, row, '--json'], { env })
  const results = stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line): BenchResult => JSON.parse(line))
  return { results: new Map(results.map((result) => [result.metric, result])), said: stderr }
}
