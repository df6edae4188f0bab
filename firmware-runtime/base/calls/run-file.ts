// The run file of a data folder: which runtime serves it, and where. An address that is not a loopback one is no runtime.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isObject, parsed } from '../pure/data/json.ts'

export interface LiveRuntime {
  readonly pid: number
  readonly endpoints: {
    readonly api: string
    readonly tokenFile: string
    /** Addresses to which the camera of each lane pushes. */
    readonly intake?: Readonly<Record<string, string>>
    /** Address of the interface to billing systems; null: it did not open; absent: the lot has none. */
    readonly partners?: string | null
  }
}

const isLoopback = (api: unknown): boolean =>
  typeof api === 'string' && URL.canParse(api) && new URL(api).hostname === '127.0.0.1'

/** Whether another user of this machine runs the lanes: this user cannot read their run folder. */
export function isOfAnother(dir: string): boolean {
  try {
    readdirSync(join(dir, 'run'))
    return false
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EACCES'
  }
}

/** The runtime named in the run file of a data folder; null: none named. Does not check whether its process lives. */
export function runFileOf(dir: string): LiveRuntime | null {
  const file = join(dir, 'run', 'runtime.json')
  const found = existsSync(file) ? parsed(readFileSync(file, 'utf8')) : null
  const { pid, endpoints } = (isObject(found) ? found : {}) as Partial<LiveRuntime>
  if (!Number.isSafeInteger(pid) || (pid ?? 0) <= 0) return null
  if (!isLoopback(endpoints?.api) || typeof endpoints?.tokenFile !== 'string') return null
  return found as LiveRuntime
}
