// Reads a file that is meant to be small: a device or a file without end costs no more than its limit.
// One byte beyond the limit is read, so that who judges the size sees that there is more.
import { closeSync, openSync, readSync } from 'node:fs'

const partBytes = 256 * 1024

export function readUpTo(file: string, bytesMax: number): Buffer {
  const fd = openSync(file, 'r')
  try {
    const parts: Buffer[] = []
    let length = 0
    while (length <= bytesMax) {
      const part = Buffer.alloc(Math.min(partBytes, bytesMax + 1 - length))
      const read = readSync(fd, part)
      if (read === 0) break
      parts.push(part.subarray(0, read))
      length += read
    }
    return Buffer.concat(parts)
  } finally {
    closeSync(fd)
  }
}
