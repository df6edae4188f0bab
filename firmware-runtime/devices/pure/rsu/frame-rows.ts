// How frame and file tables are written: a row a field, with its value in the example, as the documents lay it out.
import type {
  CountedLength,
  FieldTable,
  FieldType,
  FieldValue,
  FrameForm,
  FrameTable,
  FrameValue,
} from './table-types.ts'

export type FieldRow = readonly [
  name: string,
  off: FieldTable['off'],
  len: FieldTable['len'],
  /** After the type comes the code table of an enum, the table of a file, or the count of a repeat. */
  type: FieldType | `enum ${string}` | `file ${string}` | `repeat ${string}`,
  example: FieldValue,
  more?: Pick<FieldTable, 'reserved' | 'nullWhen' | 'bits' | 'each'>,
]

interface Laid {
  readonly fields: readonly FieldTable[]
  readonly example: { readonly hex: string; readonly value: FrameValue }
}

const argumentNames = new Map([
  ['enum', 'enum'],
  ['file', 'table'],
  ['repeat', 'count'],
])

function fieldOf([name, off, len, of, , more = {}]: FieldRow): FieldTable {
  const [type = '', argument] = of.split(' ')
  const own = argument === undefined ? {} : { [argumentNames.get(type) ?? '']: argument }
  return { name, off, len, type: type as FieldType, ...own, ...more }
}

const valueOf = (rows: readonly FieldRow[]): FrameValue =>
  Object.fromEntries(rows.map(([name, , , , value]) => [name, value]))

export const laid = (hex: string, rows: readonly FieldRow[]): Laid => ({
  fields: rows.map(fieldOf),
  example: { hex, value: valueOf(rows) },
})

/** One entry of a repeat, with its example. */
export const entry = (rows: readonly FieldRow[]) => ({
  each: rows.map(fieldOf),
  value: valueOf(rows),
})

/** Length of a frame with one count. */
export const counted = (base: number, count: string, bytes: number): CountedLength => ({
  base,
  per: { [count]: bytes },
  derive: { assume: {}, solve: count },
})

export const form = (
  name: string,
  length: FrameForm['length'],
  hex: string,
  rows: readonly FieldRow[],
): FrameForm => ({ name, length, ...laid(hex, rows) })

export const frame = (
  code: string,
  name: string,
  from: FrameTable['from'],
  onLonger: FrameTable['onLonger'],
  forms: readonly FrameForm[],
): FrameTable => ({ code, name, from, onLonger, forms })

export const zeros = (bytes: number): string => '00'.repeat(bytes)
