// The next generation of the library: what is there with what passed in its place, written whole.
// Nothing is written where it would be the same as before.
import { systemWallClock } from '../../adapters/clocks/system-clocks.ts'
import {
  generationFiles,
  writeGeneration,
  type Generation,
} from '../../adapters/files/profile-store.ts'
import type { PlannedProfile } from '../../app/profiles/import-plan.ts'
import { isoOf } from '../../core/values/instant.ts'
import type { LibraryFile } from '../../ports/profile-files.ts'
import type { ReadFile } from './read-named.ts'

/** All files of the generation to come: what is there, and the fresh ones in their places. */
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

/** Nothing to write when every profile and every signature is there already. */
function isSame(now: readonly LibraryFile[], next: readonly LibraryFile[]): boolean {
  const print = (files: readonly LibraryFile[]): string =>
    files
      .map(({ path, bytes }) => `${path} ${Buffer.from(bytes).toString('base64')}`)
      .sort()
      .join('\n')
  return print(now) === print(next)
}

/** The files of the folder with what passed among them; null where they are the same as before. */
function filesAfter(
  dir: string,
  from: Generation,
  reads: readonly ReadFile[],
  profiles: readonly PlannedProfile[],
): readonly LibraryFile[] | null {
  const now = generationFiles(dir, from.number)
  // What is there already is not written again, but a signature that comes later is kept.
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

/** Writes what passed as the next generation, whole; answers the number that the folder has then. */
export function writeReads(...accepted: Accepted): number {
  const [dir, from] = accepted
  const next = filesAfter(...accepted)
  if (next === null) return from.number
  return writeGeneration(dir, from, next, isoOf(systemWallClock().nowMs())).number
}
