// Renames, removes and writes files that another program holds for a moment. On Windows a file without FILE_SHARE_DELETE in
// the open call of its reader can be neither renamed nor removed, and virus scanners and indexers read each new file.
import { renameSync, rmSync, type RmOptions } from 'node:fs'
import { rename, rm } from 'node:fs/promises'

/** ERROR_SHARING_VIOLATION; ERROR_ACCESS_DENIED of a file that goes when its reader closes it, and its folder that is not empty until then. */
const heldCodes: ReadonlySet<unknown> = new Set(['EBUSY', 'EPERM', 'EACCES', 'ENOTEMPTY'])
/** Waits before each further try in ms, two seconds in all: the lanes stand still meanwhile. */
export const heldWaitsMs = [10, 20, 40, 80, 160, 320, 640, 730] as const

interface Waiting<Wait> {
  /** False where a held file can be renamed all the same: every system but Windows. */
  readonly isNeeded: boolean
  readonly wait: Wait
}

const isNeeded = process.platform === 'win32'
const blocking: Waiting<(ms: number) => void> = {
  isNeeded,
  wait(ms) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
  },
}
const sleeping: Waiting<(ms: number) => Promise<void>> = {
  isNeeded,
  wait: (ms) => new Promise((done) => setTimeout(done, ms)),
}

/** The wait before try `n` + 1; throws what was thrown where there is none. */
function waitAfter(error: unknown, n: number, { isNeeded: isOn }: Waiting<unknown>): number {
  const ms = heldWaitsMs[n]
  const isHeld = error instanceof Error && heldCodes.has(Reflect.get(error, 'code'))
  if (!isOn || !isHeld || ms === undefined) throw error
  return ms
}

/** What `work` returns; tried again within two seconds while it throws that a file is held, then throws the last error. */
export function whileHeld<T>(work: () => T, waiting = blocking): T {
  for (let n = 0; ; n++)
    try {
      return work()
    } catch (error) {
      waiting.wait(waitAfter(error, n, waiting))
    }
}

/** The same for work that others go on beside. */
export async function whileHeldAsync<T>(work: () => Promise<T>, waiting = sleeping): Promise<T> {
  for (let n = 0; ; n++)
    try {
      return await work()
    } catch (error) {
      await waiting.wait(waitAfter(error, n, waiting))
    }
}

export const renamePath = (from: string, to: string): void => whileHeld(() => renameSync(from, to))
export const removePath = (path: string, options?: RmOptions): void =>
  whileHeld(() => rmSync(path, options))
export const renamePathAsync = (from: string, to: string): Promise<void> =>
  whileHeldAsync(() => rename(from, to))
export const removePathAsync = (path: string, options?: RmOptions): Promise<void> =>
  whileHeldAsync(() => rm(path, options))
