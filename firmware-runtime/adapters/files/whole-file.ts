// A file that is there whole or not at all: written beside itself, synced, then renamed.
// Whoever looks at it in between sees the one before.
import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs'

export function writeWhole(file: string, text: string): void {
  const fresh = `${file}.new`
  const handle = openSync(fresh, 'w', 0o600)
  try {
    writeFileSync(handle, text)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(fresh, file)
}
