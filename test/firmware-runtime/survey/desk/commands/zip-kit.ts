// Reads the parts of a ZIP by its directory with Node's inflate, independently of the product's writer.
// DOCX and XLSX are ZIP files; their parts are parsed as XML.
import { inflateRawSync } from 'node:zlib'
import { XMLParser } from 'fast-xml-parser'

const directorySign = 0x02014b50
const endSign = 0x06054b50

export function zipParts(bytes: Buffer): ReadonlyMap<string, Buffer> {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  if (end < 0 || bytes.readUInt32LE(end) !== endSign) throw new Error('no ZIP')
  const parts = new Map<string, Buffer>()
  let at = bytes.readUInt32LE(end + 16)
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    if (bytes.readUInt32LE(at) !== directorySign) throw new Error(`no entry at ${at}`)
    const [method, size] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20)]
    const [name, extra] = [bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30)]
    const local = bytes.readUInt32LE(at + 42)
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
    const packed = bytes.subarray(from, from + size)
    const text = bytes.subarray(at + 46, at + 46 + name).toString('utf8')
    parts.set(text, method === 0 ? packed : inflateRawSync(packed))
    at += 46 + name + extra + bytes.readUInt16LE(at + 32)
  }
  return parts
}

/** Lists stay arrays even with a single member. */
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  trimValues: false,
  isArray: (name) => ['sheet', 'row', 'c', 'si'].includes(name),
})
export const xmlOf = (parts: ReadonlyMap<string, Buffer>, name: string): unknown => {
  const part = parts.get(name)
  if (part === undefined) throw new Error(`no ${name}`)
  return parser.parse(part.toString('utf8'))
}

interface Cell {
  readonly r: string
  readonly t?: string
  readonly v?: string
}
interface Row {
  readonly c?: readonly Cell[]
}

const columnOf = (place: string): number =>
  [...place.replace(/\d+$/, '')].reduce((sum, char) => 26 * sum + char.charCodeAt(0) - 64, 0) - 1

/** Sheets by name, as rows of cells; a cell is its stored text, or '' when the sheet has no such cell. */
export function sheetsOf(bytes: Buffer): ReadonlyMap<string, readonly (readonly string[])[]> {
  const parts = zipParts(bytes)
  const book = xmlOf(parts, 'xl/workbook.xml') as {
    workbook: { sheets: { sheet: { name: string }[] } }
  }
  const shared = xmlOf(parts, 'xl/sharedStrings.xml') as {
    sst: { si: { t: string | { '#text': string } }[] }
  }
  const texts = shared.sst.si.map(({ t }) => (typeof t === 'string' ? t : t['#text']))
  const names = book.workbook.sheets.sheet.map(({ name }) => name)
  return new Map(
    names.map((name, i) => {
      const sheet = xmlOf(parts, `xl/worksheets/sheet${i + 1}.xml`) as {
        worksheet: { sheetData: { row: Row[] } }
      }
      const rows = sheet.worksheet.sheetData.row.map(({ c = [] }) => {
        const cells: string[] = []
        for (const { r, t, v = '' } of c)
          cells[columnOf(r)] = t === 's' ? (texts[Number(v)] ?? '?') : v
        return Array.from(cells, (text) => text ?? '')
      })
      return [name, rows]
    }),
  )
}
