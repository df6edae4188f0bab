// Reads a file that should be small: an endless file or a device costs no more than the limit.
// One byte beyond the limit is read, so that the caller sees that the file is longer.
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'

const { O_RDONLY } = constants
/** Without this flag a pipe without a writer would block for ever. Windows has neither such files nor the flag. */
const notWaiting = process.platform === 'win32' ? 0 : constants.O_NONBLOCK
const partBytes = 256 * 1024
const partBytesMin = 4 * 1024

/** A file of keys or certificates; bytes beyond the limit are ignored, and no such file is that long. */
export const pemBytesMax = 1024 * 1024
export const readPemBytes = (file: string): Buffer => readUpTo(file, pemBytesMax)
export const readPem = (file: string): string => readPemBytes(file).toString('utf8')

export function readUpTo(file: string, bytesMax: number): Buffer {
  const fd = openSync(file, O_RDONLY | notWaiting)
  try {
    const parts: Buffer[] = []
    // An estimate: a device has no size, and a file may grow. Most files are far smaller than a chunk.
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
