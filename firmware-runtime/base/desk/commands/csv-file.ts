// Reads a table given as a CSV or XLSX file, as the text of a call. A file larger than any list of a lot is refused
// before it is sent.
import { t } from '../../pure/words/fault-text.ts'
import { LaneFault } from '../../pure/faults/faults.ts'
import { readBytes } from '../../process/read-file.ts'
import { tableText } from '../../tables/table-text.ts'

/** 5,000 cars inside are 200 kB; a call of the control API holds 512 KiB. */
const textBytesMax = 400_000

export async function csvTextOf(file: string): Promise<string> {
  const text = await tableText(readBytes(file, 2 * textBytesMax), file)
  const length = Buffer.byteLength(text)
  if (length <= textBytesMax) return text
  const note = t(`表格超过 ${textBytesMax} 字节`, `a table of more than ${textBytesMax} bytes`)
  throw new LaneFault('FILE-01', { file, value: String(length), note })
}
