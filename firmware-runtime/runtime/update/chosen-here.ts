// What this process knows of the choice before it: a slot's program is begun by the installed one, which names the slot in
// the environment. `ETC_LANE_CHOSEN` is empty where the installed program was chosen, and absent where nobody chose.
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { version } from '../process/version.ts'

export type Environment = Readonly<Record<string, string | undefined>>

export const chosenName = 'ETC_LANE_CHOSEN'
export const bootName = 'ETC_LANE_BOOT'
/** Command of the installed program, as JSON: Node, its flags and the program file. */
export const installedName = 'ETC_LANE_INSTALLED'

export const installedVersionName = 'ETC_LANE_INSTALLED_VERSION'

const bootFile = '/proc/sys/kernel/random/boot_id'

/** Names the present start of the machine. Where the system has none, no start is the same as another one. */
export function bootId(env: Environment): string {
  const given = env[bootName]
  if (given !== undefined) return given
  try {
    return readFileSync(bootFile, 'latin1').trim()
  } catch {
    return randomUUID()
  }
}

/** Name of the slot that runs here; null: the installed program. */
export const slotHere = (env: Environment): string | null => {
  const name = env[chosenName] ?? ''
  return name === '' ? null : name
}

/** Version of the installed program, which may be another one than this. */
export const installedHere = (env: Environment): string => env[installedVersionName] ?? version
