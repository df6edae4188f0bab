// Encodes and decodes frame data by the frame tables; knows no single frame. Data that is too short, too long or not in
// the table is refused with a reason.
import { note, type NoteText } from '#base/pure/words/notes.ts'
import { bytesOfHex, hexOf } from '#base/pure/data/bytes.ts'
import { must, present } from '#base/pure/values/must.ts'
import { displayTables } from './frames/index.ts'
import type { DisplayField, DisplayTable, DisplayValue, PageLine } from './frames/table.ts'
import { boardText, textOfBoard } from './text.ts'

const lineSeparator = 0x0d
/** Command 6F: number, mode, speed, dwell, repeats, font, flags, four of colour, length. */
const lineHeadBytes = 12
export const pageLineBytesMax = 32
const pageLinesMax = 4

const widths = { u8: 1, u16: 2, u32: 4 } as const

function numberBytes(name: string, value: unknown, width: number): number[] {
  must(typeof value === 'number' && Number.isInteger(value), `${name} is not a whole number`)
  must(value >= 0 && value < 256 ** width, `${name} ${value} is out of range`)
  return Array.from({ length: width }, (_, i) => Math.floor(value / 256 ** i) % 256)
}

function colourBytes(name: string, value: unknown): number[] {
  const rgb = bytesOfHex(String(value))
  must(rgb?.length === 3, `${name} is not a colour`)
  return [...rgb, 0]
}

function linesBytes(lines: readonly PageLine[]): number[] {
  must(lines.length >= 1 && lines.length <= pageLinesMax, 'a page has one to four lines')
  const out = [lines.length]
  lines.forEach(({ line, mode, colour, text }, i) => {
    const { bytes } = boardText(text, pageLineBytesMax)
    out.push(...numberBytes('line', line, 1), ...numberBytes('mode', mode, 1))
    out.push(1, 5, 0, 3, 0, ...colourBytes('colour', colour), bytes.length, ...bytes)
    out.push(i < lines.length - 1 ? lineSeparator : 0)
  })
  return out
}

function encodeField(field: DisplayField, value: DisplayValue): number[] {
  const given = value[field.name] ?? field.fixed
  switch (field.as) {
    case 'u8':
    case 'u16':
    case 'u32':
      return numberBytes(field.name, given, widths[field.as])
    case 'colour':
      return colourBytes(field.name, given)
    case 'restHex':
      return [...present(bytesOfHex(String(given)), `${field.name} is not hex`)]
    case 'rest':
      return [...boardText(String(given)).bytes]
    case 'ended':
      return [...boardText(String(given)).bytes, 0]
    case 'lines':
      must(Array.isArray(given), 'a page has lines')
      return linesBytes(given as readonly PageLine[])
  }
}

/** Encodes the data of a frame. A value that does not fit is a programming error and throws. */
export function encodeData(table: DisplayTable, value: DisplayValue): Uint8Array {
  const out: number[] = []
  for (const field of table.fields) {
    out.push(...encodeField(field, value))
    for (let i = 0; i < (field.zeros ?? 0); i++) out.push(0)
  }
  must(out.length <= 255, `${table.name} does not fit into a frame`)
  return Uint8Array.from(out)
}

type DecodedDisplay =
  | { readonly ok: true; readonly name: string; readonly value: DisplayValue }
  | { readonly ok: false; readonly reason: NoteText }

/** Reads fields from `at`; null with a reason when the data ends too early or is invalid. */
class Reader {
  at = 0
  reason: NoteText | null = null
  private readonly data: Uint8Array
  private readonly frame: string

  constructor(frame: string, data: Uint8Array) {
    this.frame = frame
    this.data = data
  }

  get left(): number {
    return this.data.length - this.at
  }

  take(count: number, name: string): Uint8Array | null {
    if (count > this.left) {
      this.reason = note('endsIn', this.frame, name)
      return null
    }
    this.at += count
    return this.data.subarray(this.at - count, this.at)
  }

  number(width: number, name: string): number | null {
    const bytes = this.take(width, name)
    return bytes?.reduce((sum, b, i) => sum + b * 256 ** i, 0) ?? null
  }

  field(field: DisplayField, value: DisplayValue): number | string | readonly PageLine[] | null {
    const { name } = field
    switch (field.as) {
      case 'u8':
      case 'u16':
      case 'u32':
        return this.number(widths[field.as], name)
      case 'colour': {
        const bytes = this.take(4, name)
        return bytes && hexOf(bytes.subarray(0, 3))
      }
      case 'rest':
        return textOfBoard(this.take(this.left, name) ?? new Uint8Array(0))
      case 'restHex':
        return hexOf(this.take(this.left, name) ?? new Uint8Array(0))
      case 'ended': {
        const bytes = this.take(Number(value[field.length ?? '']) + 1, name)
        return bytes && textOfBoard(bytes.subarray(0, -1))
      }
      case 'lines':
        return this.lines()
    }
  }

  private lines(): readonly PageLine[] | null {
    const count = this.number(1, 'lines')
    if (count === null) return null
    if (count < 1 || count > pageLinesMax) {
      this.reason = note('pageOfLines', this.frame, count)
      return null
    }
    const lines: PageLine[] = []
    for (let i = 0; i < count; i++) {
      const head = this.take(lineHeadBytes, `line${i}`)
      const text = head && this.take(head[11] ?? 0, `line${i}`)
      const end = text && this.number(1, `line${i}`)
      if (head === null || text === null || end === null) return null
      if (end !== (i < count - 1 ? lineSeparator : 0)) {
        this.reason = note('lineUnended', this.frame, i)
        return null
      }
      const colour = hexOf(head.subarray(7, 10))
      lines.push({ line: head[0] ?? 0, mode: head[1] ?? 0, colour, text: textOfBoard(text) })
    }
    return lines
  }
}

/** Decodes the data of a reply or, for tools, of a request. */
export function decodeData(
  command: number,
  data: Uint8Array,
  from: 'device' | 'lane' = 'device',
): DecodedDisplay {
  const table = displayTables.find((t) => t.command === command && t.from === from)
  if (table === undefined) return { ok: false, reason: note('commandUnknown', command) }
  const reader = new Reader(table.name, data)
  const value: Record<string, number | string | readonly PageLine[]> = {}
  for (const field of table.fields) {
    const read = reader.field(field, value)
    if (read === null || reader.take(field.zeros ?? 0, field.name) === null)
      return { ok: false, reason: reader.reason ?? note('endsIn', table.name, field.name) }
    if (field.fixed === undefined) value[field.name] = read
  }
  if (reader.left > 0) return { ok: false, reason: note('bytesOver', table.name, reader.left) }
  return { ok: true, name: table.name, value }
}
