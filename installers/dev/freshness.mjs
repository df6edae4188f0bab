// Whether a build result is newer than its sources.
// The time of a folder counts too: it changes when a file is added or removed.
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

function changedSince(path, atMs) {
  const stat = statSync(path)
  if (stat.mtimeMs > atMs) return true
  if (!stat.isDirectory()) return false
  return readdirSync(path).some((name) => changedSince(join(path, name), atMs))
}

/** True when `built` exists and is not older than any existing source or file below one. */
export function isFresh(built, sources) {
  if (!existsSync(built)) return false
  const builtMs = statSync(built).mtimeMs
  return sources.every((source) => !existsSync(source) || !changedSince(source, builtMs))
}
