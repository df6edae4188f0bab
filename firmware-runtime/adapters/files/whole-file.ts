// A file that is there whole or not at all: written beside itself, synced, then renamed.
// Whoever looks at it in between sees the one before.
import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs'

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
  return () => renameSync(fresh, file)
}

export const writeWhole = (file: string, text: string | Uint8Array): void =>
  writeBeside(file, text)()
