// Whether slots.json, plan.json or back.json of `DIR/update` have changed: a running lot asks each second, and reads them
// only then.
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { isDiskError } from '#base/pure/faults/disk-fault.ts'
import { updateFolder } from './trust-file.ts'

const names = ['slots.json', 'plan.json', 'back.json'] as const
/** FAT keeps times in steps of two seconds: a second change within them may look like the first. */
const coarseMs = 3_000

function stampOf(file: string): string {
  try {
    const found = statSync(file, { bigint: true, throwIfNoEntry: false })
    return found === undefined ? '' : [found.ino, found.mtimeNs, found.ctimeNs, found.size].join()
  } catch (error) {
    if (isDiskError(error)) return String(error)
    throw error
  }
}

/** `nowMs`: monotonic. True at the first call, after each change, and for three seconds after one was seen. */
export function updateChanges(dir: string, nowMs: () => number): () => boolean {
  let stamp: string | null = null
  let sinceMs = 0
  return () => {
    const now = names.map((name) => stampOf(join(updateFolder(dir), name))).join(' ')
    if (now === stamp) return nowMs() - sinceMs <= coarseMs
    stamp = now
    sinceMs = nowMs()
    return true
  }
}
