// Makes names created or renamed in a folder survive a power cut.
// Windows cannot flush a folder (it has no writable handle): NTFS logs names by itself.
import { closeSync, fsyncSync, openSync } from 'node:fs'

export function syncFolder(dir: string): void {
  if (process.platform !== 'win32') sync(dir, 'r')
}

/** For a file that another program or library has written. */
export const syncFile = (file: string): void => sync(file, 'r+')

function sync(path: string, flags: 'r' | 'r+'): void {
  const handle = openSync(path, flags)
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
