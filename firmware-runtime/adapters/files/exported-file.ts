// A file that a person asked for, at a place of theirs: whole under its name or not there at all, and never in place of
// another. What is told when it fails is of that place; lanes and ledger have no part in it.
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { LaneFault } from '../../core/faults/faults.ts'

const noRoom: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])

/** FILE-03 where a file has that name. Before work whose only end is the file. */
export function mustBeNew(file: string): void {
  if (existsSync(file)) throw new LaneFault('FILE-03', { file })
}

/** FILE-04 where there is no room for it, else FILE-05. */
function exportFault(error: unknown, file: string): LaneFault {
  if (error instanceof LaneFault) return error
  const note = error instanceof Error ? error.message : String(error)
  const isFull = error instanceof Error && noRoom.has(Reflect.get(error, 'code'))
  return new LaneFault(isFull ? 'FILE-04' : 'FILE-05', { file, note })
}

/** The file grows beside its name by `work`, which gets its descriptor; of one that fails nothing stays. */
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
    renameSync(part, file)
    return made
  } catch (error) {
    rmSync(part, { force: true })
    throw exportFault(error, file)
  }
}

export const exportFile = (file: string, bytes: Uint8Array | string): void =>
  exportBy(file, (handle) => writeFileSync(handle, bytes))
