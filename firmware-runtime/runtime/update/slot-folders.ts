// Programs that updates unpacked below DIR/update/slots, each with a Node of its own.
import { accessSync, constants, statSync } from 'node:fs'
import { join } from 'node:path'
import { updateFolder } from '../../adapters/update/trust-file.ts'
import type { Slot } from '../../core/update/slots.ts'

interface SlotProgram {
  readonly node: string
  readonly program: string
}

export const slotFolder = (dir: string, { name }: Slot): string =>
  join(updateFolder(dir), 'slots', name)

export function slotProgram(dir: string, slot: Slot): SlotProgram {
  const folder = slotFolder(dir, slot)
  const node = join(folder, process.platform === 'win32' ? 'node.exe' : 'node')
  return { node, program: join(folder, 'dist', 'runtime', 'main.mjs') }
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
