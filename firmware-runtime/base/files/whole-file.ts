// Writes a file whole or not at all: beside its place, synced, renamed, and its folder synced.
// A reader meanwhile sees the former file; after the return the new one survives a power cut.
import { writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { renamePath, whileHeld } from './held-path.ts'
import { syncFolder } from './sync-folder.ts'

/** Writes and syncs a file beside its place; the returned function renames it into place. */
export function writeBeside(file: string, text: string | Uint8Array): () => void {
  const fresh = `${file}.new`
  whileHeld(() => writeFileSync(fresh, text, { mode: 0o600, flush: true }))
  return () => {
    renamePath(fresh, file)
    syncFolder(dirname(file))
  }
}

/** For a file that each start writes anew: a reader sees it whole, and after a power cut nobody needs it. */
export function replaceFile(file: string, text: string): void {
  const fresh = `${file}.new`
  whileHeld(() => writeFileSync(fresh, text, { mode: 0o600 }))
  renamePath(fresh, file)
}

export const writeWhole = (file: string, text: string | Uint8Array): void =>
  writeBeside(file, text)()
