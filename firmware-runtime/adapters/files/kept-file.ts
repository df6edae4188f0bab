// Files that a person asked for, below the data folder: captures, profiles to be looked over.
// One that is there is never replaced.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { LaneFault } from '../../core/values/faults.ts'

const nameShape = /^[A-Za-z0-9][A-Za-z0-9._-]{0,80}$/

/** FILE-01 when it cannot be written, or is there already. */
export function keepFile(dir: string, folder: string, name: string, bytes: Uint8Array): string {
  const place = join(dir, ...folder.split('/'))
  const file = join(place, name)
  if (!nameShape.test(name)) throw new LaneFault('FILE-01', { file, note: 'not a file name' })
  try {
    mkdirSync(place, { recursive: true })
    // Plates and card numbers are in them: for the owner of the folder alone.
    writeFileSync(file, bytes, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    throw new LaneFault('FILE-01', { file, note: error instanceof Error ? error.message : '' })
  }
  return file
}
