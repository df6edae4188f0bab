// A table of text that a command is given as a file: UTF-8, UTF-16 with its mark, or as spreadsheets in China write it.
// Larger than any list of a lot is refused before it is sent.
import { t } from '../core/values/fault-text.ts'
import { LaneFault } from '../core/faults/faults.ts'
import { readBytes } from '../runtime/process/read-file.ts'

/** 5,000 cars inside are 200 kB; a call of the control API holds 512 KiB. */
const textBytesMax = 400_000

/** What is marked as UTF-8 is nothing else: a broken character stays one, and is refused where it stands. */
function decoded(bytes: Uint8Array): string {
  const [a, b, c] = bytes
  if (a === 0xff && b === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (a === 0xfe && b === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  const isMarked = a === 0xef && b === 0xbb && c === 0xbf
  try {
    return new TextDecoder('utf-8', { fatal: !isMarked }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

export function csvTextOf(file: string): string {
  const text = decoded(readBytes(file, 2 * textBytesMax))
  const length = Buffer.byteLength(text)
  if (length <= textBytesMax) return text
  const note = t(`表格超过 ${textBytesMax} 字节`, `a table of more than ${textBytesMax} bytes`)
  throw new LaneFault('FILE-01', { file, value: String(length), note })
}
