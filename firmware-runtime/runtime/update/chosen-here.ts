// What this process knows of the choice before it: a slot's program is begun by the installed one, which names the slot in
// the environment. `ETC_LANE_CHOSEN` is empty where the installed program was chosen, and absent where nobody chose.
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { laneWords, laneWordsHere, programFile } from '#base/process/program-file.ts'
import { version } from '#base/process/version.ts'

export type Environment = Readonly<Record<string, string | undefined>>

export const chosenName = 'ETC_LANE_CHOSEN'
export const bootName = 'ETC_LANE_BOOT'
/** Command of the installed program, as JSON: Node, its flags and the program file. Absent: it is this one. */
export const installedName = 'ETC_LANE_INSTALLED'

export const installedVersionName = 'ETC_LANE_INSTALLED_VERSION'

/** Node, its flags and the file of the installed program, which may be another one than this. */
export function installedCall(env: Environment): readonly string[] {
  const given = env[installedName]
  if (given === undefined) return [process.execPath, ...process.execArgv, programFile()]
  return JSON.parse(given) as readonly string[]
}

/** What a service begins: never the program of a slot, which goes with a later update. */
export function installedProgram(env: Environment) {
  const call = installedCall(env)
  return { node: call[0] ?? process.execPath, program: resolve(call.at(-1) ?? '') }
}

/** The words that call the installed program, for a person to type and for an administrator's rights. */
export const installedWords = (): readonly string[] =>
  process.versions['electron'] === undefined
    ? laneWords(installedProgram(process.env))
    : laneWordsHere()

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
