// `update/look.json` of a data folder: what the looks for a newer version found.
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { KeptLook } from '../../core/update/look.ts'
import { isObject, parsed } from '../../core/values/json.ts'
import { parseIso } from '../../core/values/instant.ts'
import { writeWhole } from '../files/whole-file.ts'
import { updateFolder } from './trust-file.ts'

const fileIn = (dir: string): string => join(updateFolder(dir), 'look.json')
const isTime = (value: unknown): boolean => typeof value === 'string' && parseIso(value) !== null

const isLook = (value: unknown): value is KeptLook =>
  isObject(value) &&
  isTime(value['sinceIso']) &&
  (value['triedIso'] === null || isTime(value['triedIso'])) &&
  'found' in value &&
  'failed' in value

/** Null where this lot never looked, or where the file is none of ours: then it looks again. */
export function keptLook(dir: string): KeptLook | null {
  const file = fileIn(dir)
  const look = existsSync(file) ? parsed(readFileSync(file, 'utf8')) : null
  return isLook(look) ? look : null
}

export function keepLook(dir: string, look: KeptLook): void {
  mkdirSync(updateFolder(dir), { recursive: true, mode: 0o700 })
  writeWhole(fileIn(dir), `${JSON.stringify(look)}\n`)
}
