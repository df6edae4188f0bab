// Makes names created or renamed in a folder survive a power cut.
// Windows cannot flush a folder (it has no writable handle): NTFS logs names by itself.
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
