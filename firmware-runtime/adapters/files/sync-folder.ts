// Names that were created or renamed in a folder survive a power cut from here on.
// Windows flushes no folder (a handle to write is asked for, and a folder has none): NTFS logs its names by itself.
import { closeSync, fsyncSync, openSync } from 'node:fs'

export function syncFolder(dir: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(dir, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
