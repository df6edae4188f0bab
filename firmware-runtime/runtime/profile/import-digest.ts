// The digest that an audit row names for files that were imported: what `sha256sum` prints of them, sorted,
// hashed once more. The same for a window and for the command line, and made again by anybody.
import { createHash } from 'node:crypto'
import type { ReadFile } from './read-named.ts'

const sha256 = (bytes: Uint8Array | string): string =>
  createHash('sha256').update(bytes).digest('hex')

/** Over profiles and the signatures beside them, by the names that they have in the library. */
export function importDigest(reads: readonly ReadFile[]): string {
  const lines = reads.flatMap(({ checked, file, sig }) => {
    if (checked === null) return []
    const path = `${checked.id}.json`
    const own = `${sha256(file.bytes)}  ${path}\n`
    return sig === undefined ? [own] : [own, `${sha256(sig.bytes)}  ${path}.sig\n`]
  })
  return sha256(lines.toSorted().join(''))
}

const namedInAudit = 5

/** Words of the audit row, for both ways to import. */
export function acceptWords(ids: readonly string[], digest: string): string {
  const more = ids.length > namedInAudit ? ` +${ids.length - namedInAudit}` : ''
  return `profiles.accept ${ids.slice(0, namedInAudit).join(' ')}${more} sha256:${digest}`
}
