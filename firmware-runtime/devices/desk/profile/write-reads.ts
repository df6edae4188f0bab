// Makes the next generation of the library: the present files with the accepted ones in their places, written whole.
// Nothing is written when it would not change.
import { systemWallClock } from '#base/time/system-clocks.ts'
import { generationFiles, writeGeneration, type Generation } from '../../files/profile-store.ts'
import type { PlannedProfile } from '../../profiles/import-plan.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import type { LibraryFile } from '../../ports/profile-files.ts'
import type { ReadFile } from './read-named.ts'

/** All files of the next generation: the present ones, and the new ones in their places. */
function nextFiles(now: readonly LibraryFile[], reads: readonly ReadFile[]): LibraryFile[] {
  const files = new Map(now.map((file) => [file.path, file]))
  for (const { checked, file, sig } of reads) {
    if (checked === null) continue
    const path = `${checked.id}.json`
    files.set(path, { path, bytes: file.bytes })
    files.delete(`${path}.sig`)
    if (sig !== undefined) files.set(`${path}.sig`, { path: `${path}.sig`, bytes: sig.bytes })
  }
  return [...files.values()]
}

/** True when every profile and signature is present already. */
function isSame(now: readonly LibraryFile[], next: readonly LibraryFile[]): boolean {
  const print = (files: readonly LibraryFile[]): string =>
    files
      .map(({ path, bytes }) => `${path} ${Buffer.from(bytes).toString('base64')}`)
      .sort()
      .join('\n')
  return print(now) === print(next)
}

/** The files of the folder with the accepted ones; null when nothing changes. */
function filesAfter(
  dir: string,
  from: Generation,
  reads: readonly ReadFile[],
  profiles: readonly PlannedProfile[],
): readonly LibraryFile[] | null {
  const now = generationFiles(dir, from.number)
  // Present files are not written again, but a later signature is added.
  const signedAgain = (id: string): boolean => now.some(({ path }) => path === `${id}.json`)
  const fresh = reads.filter(({ checked, sig }) => {
    const plan = profiles.find((p) => p.id === checked?.id)
    if (plan === undefined) return false
    return plan.change !== 'same' || (sig !== undefined && signedAgain(plan.id))
  })
  const next = nextFiles(now, fresh)
  return isSame(now, next) ? null : next
}

type Accepted = Parameters<typeof filesAfter>

export const wouldWrite = (...accepted: Accepted): boolean => filesAfter(...accepted) !== null

/** Writes the accepted files as the next generation, whole; returns the folder's generation number. */
export function writeReads(...accepted: Accepted): number {
  const [dir, from] = accepted
  const next = filesAfter(...accepted)
  if (next === null) return from.number
  return writeGeneration(dir, from, next, isoOf(systemWallClock().nowMs())).number
}
