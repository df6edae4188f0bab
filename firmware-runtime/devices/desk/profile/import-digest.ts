// The digest of imported files in an audit row: the SHA-256 of their sorted `sha256sum` lines.
// Equal for window and command line; anyone can compute it again.
import { createHash } from 'node:crypto'
import type { ReadFile } from './read-named.ts'

const sha256 = (bytes: Uint8Array | string): string =>
  createHash('sha256').update(bytes).digest('hex')

/** Covers profiles and their signatures, by their names in the library. */
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

/** Text of the audit row, for both ways of importing. */
export function acceptWords(ids: readonly string[], digest: string): string {
  const more = ids.length > namedInAudit ? ` +${ids.length - namedInAudit}` : ''
  return `profiles.accept ${ids.slice(0, namedInAudit).join(' ')}${more} sha256:${digest}`
}
