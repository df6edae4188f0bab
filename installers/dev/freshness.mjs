// Whether something built is still newer than what it was made from.
// A folder's own time counts as well: it changes when a file in it is added or removed.
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

function changedSince(path, atMs) {
  const stat = statSync(path)
  if (stat.mtimeMs > atMs) return true
  if (!stat.isDirectory()) return false
  return readdirSync(path).some((name) => changedSince(join(path, name), atMs))
}

/** True when `built` exists and none of the sources that exist, with all below them, is newer. */
export function isFresh(built, sources) {
  if (!existsSync(built)) return false
  const builtMs = statSync(built).mtimeMs
  return sources.every((source) => !existsSync(source) || !changedSince(source, builtMs))
}
