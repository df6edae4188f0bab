// A table of text that a command is given as a file: UTF-8, or as spreadsheets in China write it.
// Larger than any list of a lot is refused before it is read.
import { readBytes } from '../runtime/folder/read-file.ts'

const fileBytesMax = 1024 * 1024

export function csvTextOf(file: string): string {
  const bytes = readBytes(file, fileBytesMax)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}
