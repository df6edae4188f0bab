// A file that is there whole or not at all: written beside itself, synced, renamed, and its name synced.
// Whoever looks at it in between sees the one before; what was placed outlives a power cut.
import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { syncFolder } from './sync-folder.ts'

/** Written and synced beside the file; what is returned puts it in its place. */
export function writeBeside(file: string, text: string | Uint8Array): () => void {
  const fresh = `${file}.new`
  const handle = openSync(fresh, 'w', 0o600)
  try {
    writeFileSync(handle, text)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  return () => {
    renameSync(fresh, file)
    syncFolder(dirname(file))
  }
}

export const writeWhole = (file: string, text: string | Uint8Array): void =>
  writeBeside(file, text)()
