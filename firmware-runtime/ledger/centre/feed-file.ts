// centre-feed.json of a data folder: how far the rows are at the centre, so that a start does not read years of rows. Only
// a cache: without it the digest is computed from the first row.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Mark } from '../pure/centre/follower.ts'
import { parsed, isObject } from '#base/pure/data/json.ts'
import { writeWhole } from '#base/files/whole-file.ts'

const fileOf = (dir: string): string => join(dir, 'centre-feed.json')
const isDigest = (value: unknown): value is string =>
  typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)

/** Of rows at the centre `url`. Null: there is none that can be used. */
export function keptMark(dir: string, nodeId: string, url: string): Mark | null {
  let found: unknown
  try {
    found = parsed(readFileSync(fileOf(dir), 'utf8'))
  } catch {
    return null
  }
  if (!isObject(found) || found['nodeId'] !== nodeId || found['url'] !== url) return null
  const { seq, digest, hash } = found
  const isWhole = typeof seq === 'number' && Number.isSafeInteger(seq) && seq > 0
  return isWhole && isDigest(digest) && isDigest(hash) ? { seq, digest, hash } : null
}

export function keepMark(dir: string, nodeId: string, url: string, mark: Mark): void {
  const { seq, digest, hash } = mark
  writeWhole(fileOf(dir), `${JSON.stringify({ nodeId, url, seq, digest, hash })}\n`)
}
