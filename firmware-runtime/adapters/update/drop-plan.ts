// Drops the update on its way to the lanes: its plan, and what was fetched and unpacked for it.
import { existsSync, mkdirSync, mkdtempSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { removePath, removePathAsync, renamePath } from '../files/held-path.ts'
import type { Slot } from '../../core/update/slots.ts'
import { droppedFolder, slotsFolder } from './slot-folders.ts'
import { updateFolder } from './trust-file.ts'

const fileIn = (dir: string): string => join(updateFolder(dir), 'plan.json')

/**
 * The plan first, so that nothing is wanted any more; then what was fetched and unpacked is moved aside at once and deleted
 * beside the lanes. What a kill leaves is deleted by the next call, or when an update is prepared.
 */
export function dropPlan(dir: string, used: readonly Slot[]): void {
  const own = updateFolder(dir)
  removePath(fileIn(dir), { force: true })
  const namesIn = (folder: string) => (existsSync(folder) ? readdirSync(folder) : [])
  const files = namesIn(own).filter(
    (name) => /\.tar\.(?:gz|xz)(?:\.part)?$/.test(name) || name === 'trial-copy',
  )
  const slots = namesIn(slotsFolder(dir)).filter((name) => !used.some((slot) => slot.name === name))
  const all = [
    ...files.map((name) => join(own, name)),
    ...slots.map((name) => join(slotsFolder(dir), name)),
  ]
  const aside = droppedFolder(dir)
  if (all.length === 0 && !existsSync(aside)) return
  mkdirSync(aside, { recursive: true })
  // A folder of its own: what a kill left may have the same names.
  const fresh = mkdtempSync(join(aside, 'now-'))
  for (const file of all) renamePath(file, join(fresh, basename(file)))
  void removePathAsync(aside, { recursive: true, force: true }).catch(() => undefined)
}
