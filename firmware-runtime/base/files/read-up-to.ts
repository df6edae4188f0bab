// Reads a file that should be small. A device, and a file whose size is beyond the limit, are refused before anything of
// them is read; of a pipe one byte beyond the limit is read, so that the caller sees that it is longer.
import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs'
import { t } from '../pure/words/fault-text.ts'
import { LaneFault } from '../pure/faults/faults.ts'
import { whileHeld } from './held-path.ts'

const { O_RDONLY } = constants
/** Without this flag a pipe without a writer would block for ever. Windows has neither such files nor the flag. */
const notWaiting = process.platform === 'win32' ? 0 : constants.O_NONBLOCK
const partBytes = 256 * 1024
const partBytesMin = 4 * 1024

/** A file of keys or certificates: no such file is that long. */
export const pemBytesMax = 1024 * 1024
export const readPemBytes = (file: string): Buffer => readUpTo(file, pemBytesMax)
export const readPem = (file: string): string => readPemBytes(file).toString('utf8')

/** Throws FILE-01 for a device, a folder and a file that is too large. */
function refuseKind(stat: Stats, file: string, bytesMax: number): void {
  if (!stat.isFile() && !stat.isFIFO() && !stat.isSocket())
    throw new LaneFault('FILE-01', { file, note: t('不是文件', 'this is no file') })
  if (!stat.isFile() || stat.size <= bytesMax) return
  throw new LaneFault('FILE-01', {
    file,
    value: `${stat.size} bytes`,
    note: t(`超过 ${bytesMax} 字节`, `more than ${bytesMax} bytes`),
  })
}

export function readUpTo(file: string, bytesMax: number): Buffer {
  const fd = whileHeld(() => openSync(file, O_RDONLY | notWaiting))
  try {
    const parts: Buffer[] = []
    const stat = fstatSync(fd)
    refuseKind(stat, file, bytesMax)
    // An estimate: a pipe has no size, and a file may grow. Most files are far smaller than a chunk.
    const hint = Math.max(partBytesMin, stat.size + 1)
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
