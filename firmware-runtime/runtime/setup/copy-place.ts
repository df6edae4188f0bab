// A folder that is to take copies of a lot: there, written to for a try, and not the lot's own folder.
// Asked while it is chosen, so that a slip is seen at once and not in the first night.
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { isAbsolute, join, relative } from 'node:path'
import { LaneFault } from '../../core/values/faults.ts'

const field = '/copies/to'

const isWithin = (dir: string, to: string): boolean => {
  const way = relative(dir, to)
  return way === '' || (!way.startsWith('..') && !isAbsolute(way))
}
const realOf = (path: string): string => {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}

/** Throws COPY-01. */
export function refusePlace(to: string | null, dir: string): void {
  if (to === null) return
  const fault = (note: string): LaneFault => new LaneFault('COPY-01', { field, value: to, note })
  if (!isAbsolute(to)) throw fault('the whole path is wanted')
  try {
    rmSync(mkdtempSync(join(to, '.etc-lane-try-')), { recursive: true })
  } catch (error) {
    throw fault(error instanceof Error ? error.message : String(error))
  }
  if (isWithin(realOf(dir), realOf(to))) throw fault('the folder of the lot itself')
}
