// The folders of unpacked programs below `DIR/update/slots`, and what of them and of the archives may go.
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { removePath, removePathAsync, renamePath } from '#base/files/held-path.ts'
import { z } from 'zod'
import type { Slot } from '../pure/update/slots.ts'
import { parsed } from '#base/pure/data/json.ts'
import { isDiskError } from '#base/pure/faults/disk-fault.ts'
import { keptSlots } from './slots-file.ts'
import { updateFolder } from './trust-file.ts'

export const slotsFolder = (dir: string): string => join(updateFolder(dir), 'slots')
export const slotFolder = (dir: string, { name }: Pick<Slot, 'name'>): string =>
  join(slotsFolder(dir), name)

interface SlotProgram {
  readonly node: string
  readonly program: string
}

export const programIn = (folder: string): SlotProgram => ({
  node: join(folder, process.platform === 'win32' ? 'node.exe' : 'node'),
  program: join(folder, 'dist', 'runtime', 'main.mjs'),
})

export const slotProgram = (dir: string, slot: Slot): SlotProgram =>
  programIn(slotFolder(dir, slot))

const buildShape = z.looseObject({ version: z.string(), build: z.string() })

/** Whether the folder holds the whole program of that version and build. */
export function isProgramOf(folder: string, { version, build }: Omit<Slot, 'name'>): boolean {
  const { node, program } = programIn(folder)
  const file = join(folder, 'dist', 'runtime', 'build.json')
  if (![node, program, file].every((one) => existsSync(one))) return false
  const { data } = buildShape.safeParse(parsed(readFileSync(file, 'utf8')))
  return data?.version === version && data.build === build
}

/** Whether both of its files are there, and Node may be run. */
export function isSlotThere(dir: string, slot: Slot): boolean {
  const { node, program } = slotProgram(dir, slot)
  try {
    accessSync(node, constants.X_OK)
    return statSync(node).size > 0 && statSync(program).size > 0
  } catch {
    return false
  }
}

/** Names of the slots that run or ran before. Throws UPDATE-07 for a damaged slots.json: then nothing may go. */
export function slotsInUse(dir: string): readonly string[] {
  const { active, before } = keptSlots(dir)
  return [active, before].flatMap((slot) => (slot === null ? [] : [slot.name]))
}

/** Windows keeps files of a program that runs; they go with the next update. */
function removed(path: string): void {
  try {
    removePath(path, { recursive: true, force: true })
  } catch (error) {
    if (!isDiskError(error)) throw error
  }
}

/** Beside the slots: archives, the copy that a new version is tried on, and what was moved aside to be deleted. */
const isOfUpdate = /^(?:[0-9a-f]{64}\.tar\.(?:gz|xz)(?:\.part)?|trial-copy|dropped)$/

/** Paths of all slots, archives and copies but those in use and those named in `keep`. Throws UPDATE-07. */
function oldOnes(dir: string, keep: readonly string[] = []): readonly string[] {
  const kept = new Set([...slotsInUse(dir), ...keep])
  const [slots, own] = [slotsFolder(dir), updateFolder(dir)]
  mkdirSync(slots, { recursive: true, mode: 0o700 })
  return [
    ...readdirSync(slots).map((name) => join(slots, name)),
    ...readdirSync(own).flatMap((name) => (isOfUpdate.test(name) ? [join(own, name)] : [])),
  ].filter((path) => !kept.has(basename(path)))
}

export function removeOld(dir: string, keep: readonly string[]): void {
  for (const path of oldOnes(dir, keep)) removed(path)
}

/** The same beside running lanes: moved aside at once, and deleted later. What a kill leaves, the next call deletes. */
export function dropOld(dir: string): void {
  const aside = join(updateFolder(dir), 'dropped')
  const old = oldOnes(dir).filter((path) => path !== aside)
  mkdirSync(aside, { recursive: true })
  // A folder of its own: what a kill left may have the same names.
  const fresh = mkdtempSync(join(aside, 'now-'))
  for (const path of old) renamePath(path, join(fresh, basename(path)))
  void removePathAsync(aside, { recursive: true, force: true }).catch(() => undefined)
}
