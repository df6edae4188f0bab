// A file that a person names, read whole up to its bound: FILE-01 where it cannot be read or is longer, whatever it holds.
// What was cut off is never taken for all of it.
import { t } from '../../core/values/fault-text.ts'
import { decodeUtf8, jsonBytesMax } from '../../app/strict-json.ts'
import { LaneFault } from '../../core/faults/faults.ts'
import { readUpTo } from '../../adapters/files/read-up-to.ts'

export function readBytes(file: string, bytesMax: number): Buffer {
  let bytes
  try {
    bytes = readUpTo(file, bytesMax)
  } catch (error) {
    throw new LaneFault('FILE-01', { file, note: error instanceof Error ? error.message : '' })
  }
  // What was cut off must not be read as if it were all.
  if (bytes.length > bytesMax)
    throw new LaneFault('FILE-01', {
      file,
      note: t(`超过 ${bytesMax} 字节`, `more than ${bytesMax} bytes`),
    })
  return bytes
}

/** Of a file that a person wrote: FILE-02 where it is not UTF-8. */
export const readUtf8 = (file: string, bytesMax = jsonBytesMax): string =>
  decodeUtf8(readBytes(file, bytesMax), file)

export const readText = (file: string, bytesMax = jsonBytesMax): string =>
  readBytes(file, bytesMax).toString('utf8')
