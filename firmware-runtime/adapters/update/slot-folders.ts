// The folders of unpacked programs below `DIR/update/slots`, and what of them may go.
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
} from 'node:fs'
import { join } from 'node:path'
import { removePath } from '../files/held-path.ts'
import { z } from 'zod'
import type { Slot } from '../../core/update/slots.ts'
import { parsed } from '../../core/values/json.ts'
import { isDiskError } from '../../core/faults/disk-fault.ts'
import { keptSlots } from './slots-file.ts'
import { updateFolder } from './trust-file.ts'

export const slotsFolder = (dir: string): string => join(updateFolder(dir), 'slots')
/** What was dropped and is being deleted. */
export const droppedFolder = (dir: string): string => join(updateFolder(dir), 'dropped')
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

const isArchive = /^[0-9a-f]{64}\.tar\.(?:gz|xz)(?:\.part)?$/

/** Removes slots and archives but those in use and those named in `keep`, and what a drop that was killed left aside. */
export function removeOld(dir: string, keep: readonly string[]): void {
  const kept = new Set([...slotsInUse(dir), ...keep])
  const slots = slotsFolder(dir)
  mkdirSync(slots, { recursive: true, mode: 0o700 })
  removed(droppedFolder(dir))
  for (const name of readdirSync(slots)) if (!kept.has(name)) removed(join(slots, name))
  for (const name of readdirSync(updateFolder(dir)))
    if (isArchive.test(name) && !kept.has(name)) removed(join(updateFolder(dir), name))
}
