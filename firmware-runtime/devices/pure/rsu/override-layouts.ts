// Layouts that an override changes by one member instead of a whole frame: another type byte, another length of the
// station record, another width of the manufacturer, another order of B5.
import { bytesOfHex, hexOf } from '#base/pure/data/bytes.ts'
import { makeFrameEngine } from './frame-engine.ts'
import { stationFor } from './known-frames.ts'
import type { FieldTable, FieldValue, FrameForm, FrameTable, VariantTable } from './table-types.ts'
import type { StationBytes } from './variant-override.ts'

const mapFrame = (
  table: VariantTable,
  code: string,
  change: (frame: FrameTable) => FrameTable,
): VariantTable => ({
  ...table,
  frames: table.frames.map((frame) => (frame.code === code ? change(frame) : frame)),
})

const mapForms = (
  table: VariantTable,
  code: string,
  change: (form: FrameForm) => FrameForm,
): VariantTable => mapFrame(table, code, (frame) => ({ ...frame, forms: frame.forms.map(change) }))

/** The frame `from` with another type byte; unchanged when a frame with that byte exists. */
export function recoded(table: VariantTable, from: string, to: string): VariantTable {
  if (from === to || table.frames.some(({ code }) => code === to)) return table
  return mapFrame(table, from, (frame) => ({
    ...frame,
    code: to,
    forms: frame.forms.map((form) => ({
      ...form,
      example: { ...form.example, hex: to + form.example.hex.slice(2) },
    })),
  }))
}

/** Encodes the examples of a frame again from their values; empty when the values do not fit. */
function rewritten(table: VariantTable, code: string): VariantTable {
  const engine = makeFrameEngine(table)
  return mapForms(table, code, (form) => {
    const made = engine.encode(code, form.example.value, form.name)
    return { ...form, example: { ...form.example, hex: made.ok ? hexOf(made.data) : '' } }
  })
}

/** Decodes the examples of a frame again from their bytes. */
function reread(table: VariantTable, code: string): VariantTable {
  const engine = makeFrameEngine(table)
  return mapForms(table, code, (form) => {
    const read = engine.decode(bytesOfHex(form.example.hex) ?? new Uint8Array(0))
    return read.ok ? { ...form, example: { ...form.example, value: read.value } } : form
  })
}

const isStation = ({ name }: FieldTable): boolean => name === 'station'

/** Bytes of a station field: its own length, or that of the file that it names. */
const lengthOf = ({ len }: FieldTable): number => (typeof len === 'number' ? len : 0)

function recordHex(table: VariantTable, form: FrameForm): string {
  const { station } = form.example.value
  if (typeof station === 'string') return station
  const file = form.fields.find(isStation)?.table ?? ''
  if (typeof station !== 'object' || station === null || Array.isArray(station)) return ''
  const bytes = makeFrameEngine(table).encodeFile(file, station as Record<string, FieldValue>)
  return bytes === null ? '' : hexOf(bytes)
}

function resized(table: VariantTable, form: FrameForm, bytes: StationBytes): FrameForm {
  const at = form.fields.findIndex(isStation)
  const field = form.fields[at]
  if (field === undefined || lengthOf(field) === bytes) return form
  const more = bytes - lengthOf(field)
  const { name, off } = field
  const hexField: FieldTable = { name, off, len: bytes, type: 'hex' }
  const fields = form.fields.map((one, i) => {
    if (i === at) return hexField
    return i > at && one.off !== '+' ? { ...one, off: one.off + more } : one
  })
  const engine = makeFrameEngine(table)
  const station = stationFor(engine, hexField, recordHex(table, form), false) ?? ''
  return {
    ...form,
    name: /^station\d+$/.test(form.name) ? `station${bytes}` : form.name,
    length: typeof form.length === 'number' ? form.length + more : form.length,
    fields,
    example: { hex: '', value: { ...form.example.value, station } },
  }
}

/** B4 and C6 with a station record of exactly that length (section 9 row 7). */
export function withStation(table: VariantTable, bytes: StationBytes): VariantTable {
  let out = table
  for (const code of ['B4', 'C6']) {
    out = mapFrame(out, code, (frame) => {
      const having = frame.forms.filter((form) => form.fields.some(isStation))
      // Forms that have this length already come first: when two forms become equal, their example is kept.
      const first = having.filter((form) =>
        form.fields.some((f) => isStation(f) && f.len === bytes),
      )
      const rest = having.filter((form) => !first.includes(form))
      const byLength = new Map<string, FrameForm>()
      for (const form of [...first, ...rest].map((one) => resized(table, one, bytes)))
        if (!byLength.has(String(form.length))) byLength.set(String(form.length), form)
      return { ...frame, forms: [...byLength.values()] }
    })
    out = rewritten(out, code)
  }
  return out
}

/** B0 with a manufacturer of that width; manufacturer and RSU id have four bytes together (row 19). */
export function withManufacturer(table: VariantTable, bytes: 1 | 2): VariantTable {
  const changed = mapForms(table, 'B0', (form) => {
    const was = form.fields.find(({ name }) => name === 'manufacturer')
    const more = bytes - (was === undefined ? bytes : lengthOf(was))
    return {
      ...form,
      fields: form.fields.map((field): FieldTable => {
        if (field.name === 'manufacturer') return { ...field, len: bytes }
        if (field.name !== 'rsuId') return field
        const off = field.off === '+' ? field.off : field.off + more
        return { ...field, off, len: lengthOf(field) - more }
      }),
    }
  })
  return reread(changed, 'B0')
}

interface KnownField {
  readonly field: FieldTable
  readonly example: FieldValue
}

/** Every field of any B5 of the table, by name, with its example value. */
export function b5Fields(table: VariantTable): ReadonlyMap<string, KnownField> {
  const known = new Map<string, KnownField>()
  for (const form of table.frames.find(({ code }) => code === 'B5')?.forms ?? [])
    for (const field of form.fields)
      if (!known.has(field.name))
        known.set(field.name, { field, example: form.example.value[field.name] ?? null })
  return known
}

/** B5 with its debit part in that order; forms without a debit part stay (row 18). */
export function withB5Order(table: VariantTable, order: readonly string[]): VariantTable {
  const known = b5Fields(table)
  const { dataStartsAt, lengthAdds } = table.counting
  const fields: FieldTable[] = []
  const value: Record<string, FieldValue> = {}
  let at = dataStartsAt + 1
  for (const name of order) {
    const one = known.get(name)
    if (one === undefined) continue
    fields.push({ ...one.field, off: at })
    value[name] = one.example
    at += lengthOf(one.field)
  }
  const ordered: FrameForm = {
    name: 'ordered',
    length: at - dataStartsAt + lengthAdds,
    fields,
    example: { hex: '', value },
  }
  const changed = mapFrame(table, 'B5', (frame) => ({
    ...frame,
    forms: [
      ordered,
      ...frame.forms.filter(
        (form) => form.length !== ordered.length && !form.fields.some(({ name }) => name === 'tac'),
      ),
    ],
  }))
  return rewritten(changed, 'B5')
}
