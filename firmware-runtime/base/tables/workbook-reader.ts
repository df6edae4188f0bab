// Reads the first visible sheet of an XLSX workbook (ECMA-376 part 1) as the text that a spreadsheet would save: shared and
// inline texts, numbers, dates by number format, booleans. Limits apply before anything is unpacked.
import { t, type Why } from '../pure/words/fault-text.ts'
import { isoOf } from '../pure/values/instant.ts'
import { withRemarks } from '../pure/words/table-remarks.ts'
import { tagsOf, type XmlTag } from './sheet-xml.ts'

/** Limit of all unpacked parts together; 20,000 rows of ten cells need a tenth of it. */
const unpackedBytesMax = 32 * 1024 * 1024
const rowsMax = 100_000
const columnsMax = 256

export interface UnreadWorkbook {
  readonly why: Why
}

class Unreadable extends Error {
  readonly why: Why
  constructor(why: Why) {
    super('unreadable')
    this.why = why
  }
}

const broken = t(
  '这是 Excel 工作簿,但读不出来:文件不完整或已加密',
  'this is a workbook, and it cannot be read: it is cut or encrypted',
)
const noWorkbook = t('这是压缩文件,不是工作簿', 'this is an archive and no workbook')
const tooLarge = t('工作簿太大', 'this workbook is too large')

type Parts = (wanted: readonly string[]) => ReadonlyMap<string, string>

async function partsOf(bytes: Uint8Array): Promise<Parts> {
  // Loaded with the first workbook, because lanes do not need it.
  const { unzipSync } = await import('fflate')
  let left = unpackedBytesMax
  return (wanted) => {
    const found = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (!wanted.includes(name)) return false
        left -= originalSize
        if (left < 0) throw new Unreadable(tooLarge)
        return true
      },
    })
    const utf8 = new TextDecoder()
    return new Map(Object.entries(found).map(([name, part]) => [name, utf8.decode(part)]))
  }
}

interface Book {
  readonly sheet: string
  /** Days are counted from 1904, as in files of old Macintosh versions. */
  readonly is1904: boolean
}

function bookOf(workbook: string, relations: string): Book {
  const targets = new Map<string, string>()
  for (const tag of tagsOf(relations))
    if (tag.name === 'Relationship') targets.set(tag.at('Id') ?? '', tag.at('Target') ?? '')
  let sheet: string | undefined
  let is1904 = false
  for (const tag of tagsOf(workbook)) {
    if (tag.name === 'workbookPr') is1904 = isOn(tag.at('date1904'))
    if (tag.name === 'sheet' && (tag.at('state') ?? 'visible') === 'visible')
      sheet ??= targets.get(tag.at('id') ?? '')
  }
  if (sheet === undefined) throw new Unreadable(noWorkbook)
  return { sheet: sheet.startsWith('/') ? sheet.slice(1) : `xl/${sheet}`, is1904 }
}

/** The texts of the `<si>` elements in order, without phonetic readings of East Asian words (`rPh`). */
function textsOf(xml: string): readonly string[] {
  const texts: string[] = []
  let text = ''
  let inText = false
  let inReading = false
  for (const tag of tagsOf(xml)) {
    if (tag.name === 'rPh') inReading = !tag.isEnd && !tag.isEmpty
    else if (tag.name === 't') inText = !tag.isEnd && !tag.isEmpty
    else if (tag.name === '' && inText && !inReading) text += tag.text
    else if (tag.name === 'si' && (tag.isEnd || tag.isEmpty)) {
      texts.push(text)
      text = ''
    }
  }
  return texts
}

/** Number format of a cell: plain, with a minimum number of digits, as a day, or as a time. */
type Look = 'plain' | 'day' | 'time' | number

/** Built-in number formats, including those of Chinese Excel. */
const builtIn = (id: number): Look => {
  if ([14, 15, 16, 17].includes(id) || (id >= 27 && id <= 31) || id === 36) return 'day'
  if (id >= 50 && id <= 58) return 'day'
  return (id >= 18 && id <= 22) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47)
    ? 'time'
    : 'plain'
}

function lookOf(code: string): Look {
  if (/^0{2,20}$/.test(code)) return code.length
  const bare = code
    .replaceAll(/"[^"]*"|\\.|_./g, '')
    .replaceAll(/\[(?![hms]+\])[^\]]*\]/gi, '')
    .replaceAll(/General|G\/通用格式/gi, '')
  if (/[hs]/i.test(bare)) return 'time'
  return /[ymd]/i.test(bare) ? 'day' : 'plain'
}

/** Formats by the index in the attribute `s` of a cell. */
function looksOf(styles: string): readonly Look[] {
  const codes = new Map<number, Look>()
  const looks: Look[] = []
  let inCells = false
  for (const tag of tagsOf(styles)) {
    if (tag.name === 'numFmt')
      codes.set(Number(tag.at('numFmtId')), lookOf(tag.at('formatCode') ?? ''))
    else if (tag.name === 'cellXfs') inCells = !tag.isEnd
    else if (inCells && tag.name === 'xf' && !tag.isEnd) {
      const id = Number(tag.at('numFmtId') ?? '0')
      looks.push(codes.get(id) ?? builtIn(id))
    }
  }
  return looks
}

const dayMs = 86_400_000

/** Spreadsheet days are counted from the end of 1899 and include a non-existent 29 February 1900. */
function dateText(serial: number, look: 'day' | 'time', is1904: boolean): string {
  const days = is1904 ? serial + 1_462 : serial < 60 ? serial + 1 : serial
  const iso = isoOf(Math.round((days - 25_569) * 86_400) * 1_000, 0)
  if (serial < 1) return iso.slice(11, 19)
  const isDay = look === 'day' && Math.abs(serial - Math.round(serial)) * dayMs < 500
  return isDay ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${iso.slice(11, 19)}`
}

/** Rounds to 15 digits to drop binary rounding errors: 0.1 + 0.2 gives 0.3. */
const numberText = (value: number, digits: number): string =>
  String(Number(value.toPrecision(15))).padStart(digits, '0')

interface Styled {
  readonly texts: readonly string[]
  readonly looks: readonly Look[]
  readonly is1904: boolean
}

function cellText(cell: XmlTag, value: string, { texts, looks, is1904 }: Styled): string {
  const type = cell.at('t') ?? 'n'
  if (type === 's') return texts[Number(value)] ?? ''
  if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE'
  const serial = Number(value)
  if (type !== 'n' || value === '' || !Number.isFinite(serial)) return value
  const look = looks[Number(cell.at('s') ?? '0')] ?? 'plain'
  // Spreadsheets show no date before day 0 and from the year 10,000 on.
  if ((look === 'day' || look === 'time') && serial >= 0 && serial < 2_958_466)
    return dateText(serial, look, is1904)
  return numberText(serial, typeof look === 'number' ? look : 0)
}

/** Column index: 0 for `A1`, 27 for `AB1`. */
const columnOf = (place: string): number => {
  let column = 0
  for (const letter of /^[A-Z]{1,3}/i.exec(place)?.[0].toUpperCase() ?? '')
    column = column * 26 + letter.charCodeAt(0) - 64
  return column - 1
}

/** Decodes `_x000D_` and similar escapes of control characters. */
const unescaped = (text: string): string =>
  text.replaceAll(/_x([\dA-F]{4})_/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))

type SheetRows = ReadonlyMap<number, readonly string[]>

const isOn = (flag: string | undefined): boolean => /^(1|true)$/.test(flag ?? '')

/** Numbers of rows and columns, from 0, that the spreadsheet does not show: filtered, collapsed, or hidden by a person. */
function hiddenIn(sheet: string, rows: SheetRows): { hiddenRows: number; hiddenColumns: number } {
  const columns = new Set<number>()
  let [row, hiddenRows] = [-1, 0]
  for (const tag of tagsOf(sheet)) {
    if (tag.isEnd) continue
    if (tag.name === 'row') {
      row = Number(tag.at('r') ?? row + 2) - 1
      if (isOn(tag.at('hidden')) && rows.has(row)) hiddenRows++
    } else if (tag.name === 'col' && isOn(tag.at('hidden'))) {
      const last = Math.min(Number(tag.at('max')), columnsMax)
      for (let n = Number(tag.at('min')); n <= last; n++) columns.add(n - 1)
    }
  }
  const isFilled = (column: number): boolean =>
    [...rows.values()].some((cells) => cells[column] !== undefined)
  return { hiddenRows, hiddenColumns: [...columns].filter(isFilled).length }
}

/** Rows by number from 0; formulas and comments beside a value are skipped. */
function rowsOf(sheet: string, styled: Styled): SheetRows {
  const rows = new Map<number, string[]>()
  let [row, column] = [-1, -1]
  let cell: XmlTag | null = null
  let value = ''
  let reads = false
  let isReading = false
  const end = (of: XmlTag): void => {
    const text = unescaped(cellText(of, value, styled))
    if (text === '') return
    if (row >= rowsMax || column >= columnsMax) throw new Unreadable(tooLarge)
    const cells = rows.get(row) ?? []
    cells[column] = text
    rows.set(row, cells)
  }
  for (const tag of tagsOf(sheet)) {
    if (tag.name === 'row' && !tag.isEnd) {
      row = Number(tag.at('r') ?? row + 2) - 1
      column = -1
    } else if (tag.name === 'c' && !tag.isEnd) {
      const place = tag.at('r')
      column = place === undefined ? column + 1 : columnOf(place)
      value = ''
      cell = tag.isEmpty ? null : tag
    } else if (tag.name === 'c' && cell !== null) {
      end(cell)
      cell = null
    } else if (tag.name === 'rPh') isReading = !tag.isEnd && !tag.isEmpty
    else if (tag.name === 'v' || tag.name === 't') reads = !tag.isEnd && !tag.isEmpty
    else if (tag.name === '' && reads && !isReading && cell !== null) value += tag.text
  }
  return rows
}

const quoted = (cell: string): string =>
  /[",;\t\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell

/** One line per row, so that an error names the row of the sheet; a line break inside a cell becomes a blank. */
function textOfRows(rows: SheetRows): string {
  let [last, width] = [-1, 0]
  for (const [n, { length }] of rows) {
    last = Math.max(last, n)
    width = Math.max(width, length)
  }
  return Array.from({ length: last + 1 }, (_, n) => {
    const cells = rows.get(n) ?? []
    const line = Array.from({ length: width }, (_none, at) =>
      quoted((cells[at] ?? '').replaceAll(/[\r\n]+/g, ' ')),
    )
    return `${line.join(',')}\n`
  }).join('')
}

const bookPart = 'xl/workbook.xml'
const relationsPart = 'xl/_rels/workbook.xml.rels'
const textsPart = 'xl/sharedStrings.xml'
const stylesPart = 'xl/styles.xml'

/** The sheet as comma-separated text with its remarks, or the reason why it cannot be read. */
export async function readWorkbook(bytes: Uint8Array): Promise<string | UnreadWorkbook> {
  try {
    const parts = await partsOf(bytes)
    const first = parts([bookPart, relationsPart, textsPart, stylesPart])
    const book = bookOf(first.get(bookPart) ?? '', first.get(relationsPart) ?? '')
    const sheet = parts([book.sheet]).get(book.sheet)
    if (sheet === undefined) throw new Unreadable(broken)
    const rows = rowsOf(sheet, {
      texts: textsOf(first.get(textsPart) ?? ''),
      looks: looksOf(first.get(stylesPart) ?? ''),
      is1904: book.is1904,
    })
    const daysFrom = book.is1904 ? 1904 : 1900
    return withRemarks(textOfRows(rows), { ...hiddenIn(sheet, rows), daysFrom })
  } catch (error) {
    return { why: error instanceof Unreadable ? error.why : broken }
  }
}
