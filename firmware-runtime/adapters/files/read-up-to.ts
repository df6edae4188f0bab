// Reads a file that is meant to be small: a device or a file without end costs no more than its limit.
// One byte beyond the limit is read, so that who judges the size sees that there is more.
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'

const { O_RDONLY } = constants
/** A pipe that nobody writes to would keep the lanes waiting for ever. Windows has no such files and no such flag. */
const notWaiting = process.platform === 'win32' ? 0 : constants.O_NONBLOCK
const partBytes = 256 * 1024
const partBytesMin = 4 * 1024

/** A file of keys or certificates; what is behind the bound is left out, and no such file is as long. */
const pemBytesMax = 1024 * 1024
export const readPemBytes = (file: string): Buffer => readUpTo(file, pemBytesMax)
export const readPem = (file: string): string => readPemBytes(file).toString('utf8')

export function readUpTo(file: string, bytesMax: number): Buffer {
  const fd = openSync(file, O_RDONLY | notWaiting)
  try {
    const parts: Buffer[] = []
    // A hint: a device has no size, and a file may grow. Most files are a hundred times smaller than a part.
    const hint = Math.max(partBytesMin, fstatSync(fd).size + 1)
    const part = Buffer.allocUnsafe(Math.min(partBytes, hint, bytesMax + 1))
    let length = 0
    while (length <= bytesMax) {
      const read = readSync(fd, part, 0, Math.min(part.length, bytesMax + 1 - length), null)
      if (read === 0) break
      parts.push(Buffer.from(part.subarray(0, read)))
      length += read
    }
    return Buffer.concat(parts)
  } finally {
    closeSync(fd)
  }
}
