// The bytes of a table file as text: UTF-8 and UTF-16 with or without a mark, GB 18030 as spreadsheets in China write it,
// and the first sheet of an XLSX workbook whatever the file is called. The window and the commands read by this alone.
import { t } from '../pure/words/fault-text.ts'
import { LaneFault, type Why } from '../pure/faults/faults.ts'

const begins = (bytes: Uint8Array, ...first: readonly number[]): boolean =>
  first.every((byte, i) => bytes[i] === byte)

const lookedAt = 4_096

/** Detects UTF-16 without a mark by its many zero bytes; other text has none. Null: not text. */
function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' | null {
  if (begins(bytes, 0xff, 0xfe)) return 'utf-16le'
  if (begins(bytes, 0xfe, 0xff)) return 'utf-16be'
  const zeros = [0, 0]
  for (const [i, byte] of bytes.subarray(0, lookedAt).entries())
    if (byte === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1
  const [even = 0, odd = 0] = zeros
  if (even + odd === 0) return 'utf-8'
  if (odd > 2 * even) return 'utf-16le'
  return even > 2 * odd ? 'utf-16be' : null
}

const slipsMax = 4

/** Some control characters may be slips in cells, which are refused there. */
function isText(text: string): boolean {
  if (text.includes('\0')) return false
  const slips = text.match(/[\u0001-\u0008\u000e-\u001f]/g)?.length ?? 0
  return slips <= slipsMax || slips * 20 <= text.length
}

/** Null: not text. Text with a UTF-8 mark is decoded as UTF-8 only: an invalid character is refused in its cell. */
export function decodedText(bytes: Uint8Array): string | null {
  const encoding = encodingOf(bytes)
  if (encoding === null) return null
  const isMarked = begins(bytes, 0xef, 0xbb, 0xbf)
  let text: string
  try {
    text = new TextDecoder(encoding, { fatal: !isMarked }).decode(bytes)
  } catch {
    if (encoding !== 'utf-8') return null
    text = new TextDecoder('gb18030').decode(bytes)
  }
  return isText(text) ? text : null
}

const webPage = t(
  '这是网页，不是 Excel 文件（网页系统导出的 .xls 多是这样）：用 Excel 或 WPS 打开，另存为 .xlsx',
  'this is a web page and no Excel file, as web systems export it: open it with Excel or WPS and save it as .xlsx',
)
const xmlBook = t(
  '这是 XML 表格（Excel 2003 的 XML 格式）：用 Excel 或 WPS 打开，另存为 .xlsx',
  'this is an XML table, as of Excel 2003: open it with Excel or WPS and save it as .xlsx',
)
/** Texts that a spreadsheet opens and that are no table of lines, by their beginning. */
const otherForms: readonly (readonly [begin: RegExp, why: Why])[] = [
  [/^<\?xml\b[\s\S]{0,2000}<(?:\w+:)?Workbook\b/i, xmlBook],
  [
    /^(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[\s\S]{0,2000}?-->\s*)*<(?:!doctype html|html|head|body|meta|style|table)\b/i,
    webPage,
  ],
  [/^MIME-Version:/i, webPage],
]

const noText = t('不是文字表格', 'this is no table of text')
const oldWorkbook = t(
  '这是旧版或加密的 Excel 工作簿,请另存为 .xlsx 或 CSV',
  'this is a workbook of old Excel or an encrypted one: save it as .xlsx or CSV',
)

/** FILE-01 with the file's name for anything else. */
export async function tableText(bytes: Uint8Array, file: string): Promise<string> {
  const refused = (note: Why): LaneFault => new LaneFault('FILE-01', { file, note })
  if (begins(bytes, 0x50, 0x4b, 0x03, 0x04)) {
    const { readWorkbook } = await import('./workbook-reader.ts')
    const read = await readWorkbook(bytes)
    if (typeof read !== 'string') throw refused(read.why)
    return read
  }
  if (begins(bytes, 0xd0, 0xcf, 0x11, 0xe0)) throw refused(oldWorkbook)
  const text = decodedText(bytes)
  if (text === null) throw refused(noText)
  const begin = text.slice(0, lookedAt).replace(/^[\ufeff\s]+/, '')
  const other = otherForms.find(([form]) => form.test(begin))
  if (other !== undefined) throw refused(other[1])
  return text
}
