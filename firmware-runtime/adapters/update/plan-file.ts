// `update/plan.json` of a data folder: the update on its way to the lanes. And what was fetched and unpacked for it.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { UpdatePlan } from '../../core/update/plan.ts'
import { isReleaseFile } from '../../core/update/release-file.ts'
import type { Slot } from '../../core/update/slots.ts'
import { isObject, parsed } from '../../core/values/json.ts'
import { writeWhole } from '../files/whole-file.ts'
import { updateFolder } from './trust-file.ts'

const fileIn = (dir: string): string => join(updateFolder(dir), 'plan.json')
const slotsIn = (dir: string): string => join(updateFolder(dir), 'slots')

const isPlan = (value: unknown): value is UpdatePlan =>
  isObject(value) &&
  value['format'] === 1 &&
  isReleaseFile(value['file']) &&
  isObject(value['step'])

/** Null where nothing is prepared, or where the file is none of ours: then it is prepared again. */
export function keptPlan(dir: string): UpdatePlan | null {
  const file = fileIn(dir)
  const plan = existsSync(file) ? parsed(readFileSync(file, 'utf8')) : null
  return isPlan(plan) ? plan : null
}

export function keepPlan(dir: string, plan: UpdatePlan): void {
  mkdirSync(updateFolder(dir), { recursive: true, mode: 0o700 })
  writeWhole(fileIn(dir), `${JSON.stringify(plan)}\n`)
}

/**
 * The plan first, so that nothing is wanted any more; then what was fetched and unpacked is moved aside at once and deleted
 * beside the lanes. What a kill leaves is deleted by the next call.
 */
export function dropPlan(dir: string, used: readonly Slot[]): void {
  const own = updateFolder(dir)
  rmSync(fileIn(dir), { force: true })
  const namesIn = (folder: string) => (existsSync(folder) ? readdirSync(folder) : [])
  const files = namesIn(own).filter(
    (name) => /\.tar\.xz(?:\.part)?$/.test(name) || name === 'trial-copy',
  )
  const slots = namesIn(slotsIn(dir)).filter((name) => !used.some((slot) => slot.name === name))
  const all = [
    ...files.map((name) => join(own, name)),
    ...slots.map((name) => join(slotsIn(dir), name)),
  ]
  const aside = join(own, 'dropped')
  if (all.length === 0 && !existsSync(aside)) return
  mkdirSync(aside, { recursive: true })
  const begun = namesIn(aside).length
  all.forEach((file, at) => renameSync(file, join(aside, `${begun + at}-${basename(file)}`)))
  void rm(aside, { recursive: true, force: true }).catch(() => undefined)
}
