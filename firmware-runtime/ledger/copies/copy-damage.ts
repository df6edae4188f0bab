// Damaged files at a second place: missing, cut, or changed.
// A copy is sound when all its files match their lines.
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { CopyDamage } from '../ports/copy-service.ts'
import { listName, neededFor, readCopies, type CopyLine } from './copy-list.ts'
import { sha256File } from './sealed-file.ts'

export interface NamedFile {
  readonly file: string
  readonly sha256: string
  readonly bytes: number | undefined
}

export const ledgerOf = ({ file, sha256, bytes }: CopyLine): NamedFile => ({ file, sha256, bytes })
export const folderOf = ({ folder, folderSha256, folderBytes }: CopyLine): NamedFile => ({
  file: folder,
  sha256: folderSha256,
  bytes: folderBytes,
})

function whyOf(place: string, { file, sha256, bytes }: NamedFile): CopyDamage['why'] | null {
  const path = join(place, file)
  if (!existsSync(path)) return 'gone'
  if (bytes !== undefined && statSync(path).size < bytes) return 'cut'
  return sha256File(path) === sha256 ? null : 'changed'
}

/** Each file is named once. */
export function note(damaged: CopyDamage[], more: readonly CopyDamage[]): void {
  for (const one of more) if (!damaged.some(({ file }) => file === one.file)) damaged.push(one)
}

interface Try {
  /** The base copy and the copies of later rows. */
  readonly needed: readonly CopyLine[]
  /** Lines whose folder the lot can be restored with: the copy's own, then older, then newer ones. */
  readonly folders: readonly CopyLine[]
}

/** Copies from the newest on, with a check of each file that runs once per file. */
export function damageIn(place: string): {
  readonly lines: readonly CopyLine[]
  readonly tries: readonly Try[]
  readonly damaged: readonly CopyDamage[]
  look(file: NamedFile): readonly CopyDamage[]
} {
  const { chains, brokenAt, isTorn } = readCopies(place)
  const all = chains.flat()
  const newestFirst = chains
    .toReversed()
    .flatMap((chain) => chain.map((_, at) => neededFor(chain, at)).toReversed())
  const tries = newestFirst.flatMap((needed) => {
    const line = needed.at(-1)
    if (line === undefined) return []
    const older = all.filter(({ n }) => n < line.n).toReversed()
    return [{ needed, folders: [line, ...older, ...all.filter(({ n }) => n > line.n)] }]
  })
  const damaged: CopyDamage[] = []
  if (isTorn) damaged.push({ file: listName, why: 'torn' })
  if (brokenAt !== null) damaged.push({ file: listName, why: 'changed' })
  const seen = new Map<string, readonly CopyDamage[]>()
  const look = (one: NamedFile): readonly CopyDamage[] => {
    const known = seen.get(one.file)
    if (known !== undefined) return known
    const why = whyOf(place, one)
    const found = why === null ? [] : [{ file: one.file, why }]
    seen.set(one.file, found)
    return found
  }
  return { lines: all, tries, damaged, look }
}
