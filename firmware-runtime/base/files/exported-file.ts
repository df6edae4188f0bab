// Writes a file that a person asked for, at a place they chose: it appears whole under its name and never replaces a
// file.
// Faults have codes of their own (FILE-03 to -05), because lanes and ledger are not affected.
import { closeSync, existsSync, fsyncSync, openSync, writeFileSync } from 'node:fs'
import { LaneFault } from '../pure/faults/faults.ts'
import { removePath, renamePath } from './held-path.ts'

const noRoom: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])

/** Throws FILE-03 when the file exists. Called before work that only makes the file. */
export function mustBeNew(file: string): void {
  if (existsSync(file)) throw new LaneFault('FILE-03', { file })
}

/** FILE-04 when the disk is full, else FILE-05. */
function exportFault(error: unknown, file: string): LaneFault {
  if (error instanceof LaneFault) return error
  const note = error instanceof Error ? error.message : String(error)
  const isFull = error instanceof Error && noRoom.has(Reflect.get(error, 'code'))
  return new LaneFault(isFull ? 'FILE-04' : 'FILE-05', { file, note })
}

/** `work` writes to a temporary file by its descriptor, which is then renamed; it is removed on an error. */
export function exportBy<T>(file: string, work: (handle: number) => T): T {
  mustBeNew(file)
  const part = `${file}.part`
  try {
    const handle = openSync(part, 'w', 0o600)
    let made: T
    try {
      made = work(handle)
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    mustBeNew(file)
    renamePath(part, file)
    return made
  } catch (error) {
    removePath(part, { force: true })
    throw exportFault(error, file)
  }
}

export const exportFile = (file: string, bytes: Uint8Array | string): void =>
  exportBy(file, (handle) => writeFileSync(handle, bytes))
