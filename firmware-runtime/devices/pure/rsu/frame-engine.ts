// Encodes and decodes whole frames (DATA: type byte and fields) by the tables of a variant. One engine for every
// variant and vendor; no vendor has code of its own (rsu-interface.md 8).
import { bytesOfHex } from '#base/pure/data/bytes.ts'
import { present } from '#base/pure/values/must.ts'
import { decodePlan, type DecodePlan, filePlan, type PlanNames, tailLength } from './decode-plan.ts'
import { encodeField, hexAt, hexPairs } from './field-codec.ts'
import { type CountMatch, countReader, type CountReader } from './frame-counts.ts'
import type {
  CodeTable,
  FieldTable,
  FieldValue,
  FileLayout,
  FileTable,
  FrameForm,
  FrameTable,
  FrameValue,
  VariantTable,
} from './table-types.ts'

export type DecodedFrame =
  | {
      readonly ok: true
      readonly code: string
      readonly name: string
      readonly form: string
      readonly value: FrameValue
      readonly warnings: readonly string[]
    }
  | {
      readonly ok: false
      readonly code: string
      readonly reason: 'unknownType' | 'length' | 'empty'
    }

type EncodedFrame =
  | { readonly ok: true; readonly data: Uint8Array }
  | { readonly ok: false; readonly reason: string }

export interface FrameEngine {
  readonly variant: VariantTable
  decode(data: Uint8Array): DecodedFrame
  /** `form` selects a form by name; without it the first form that the value fits is used. */
  encode(code: string, value: FrameValue, form?: string): EncodedFrame
  decodeFile(name: string, bytes: Uint8Array): FrameValue
  encodeFile(name: string, value: FrameValue): Uint8Array | null
}

const isFrameValue = (value: FieldValue | undefined): value is FrameValue =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isFrameValues = (value: FieldValue | undefined): value is readonly FrameValue[] =>
  Array.isArray(value) && value.every((v) => typeof v === 'object')

const noCodes: CodeTable = {}
const codesOf = (field: FieldTable, lookup: PlanNames): CodeTable =>
  field.enum === undefined ? noCodes : (lookup.enums[field.enum] ?? noCodes)

const fileOf = (field: FieldTable, lookup: PlanNames): FileTable =>
  present(lookup.files.get(field.table ?? ''), 'tables are checked at load')

/** The fields of the layout that the value itself selects. */
function layoutOf({ fields, layouts = [] }: FileTable, value: FrameValue): readonly FieldTable[] {
  const fits = ({ when }: FileLayout): boolean => when.values.includes(Number(value[when.field]))
  return layouts.find(fits)?.fields ?? fields
}

/** The bytes, or the name of the field that does not fit. */
function encodeFields(
  fields: readonly FieldTable[],
  value: FrameValue,
  lookup: PlanNames,
): Uint8Array | string {
  const out: number[] = []
  const known = new Set(fields.map((f) => f.name))
  for (const name of Object.keys(value)) if (!known.has(name) && name !== 'rest') return name
  for (const field of fields) {
    const given = value[field.name]
    const bytes = encodeOne(field, given, fields, value, lookup)
    if (typeof bytes === 'string') return bytes
    for (const b of bytes) out.push(b)
  }
  return Uint8Array.from(out)
}

function encodeOne(
  field: FieldTable,
  given: FieldValue | undefined,
  fields: readonly FieldTable[],
  value: FrameValue,
  lookup: PlanNames,
): Uint8Array | string {
  if (field.type === 'repeat') return encodeRepeat(field, given, lookup)
  if (given === undefined) {
    const counted = fields.find((f) => f.type === 'repeat' && f.count === field.name)
    const list = counted === undefined ? undefined : value[counted.name]
    if (isFrameValues(list)) return encodeField(field, list.length, {}) ?? field.name
    if (field.reserved !== true || field.len === 'fill') return field.name
    return new Uint8Array(field.len)
  }
  if (field.type === 'file') {
    if (!isFrameValue(given)) return field.name
    const bytes = encodeFields(layoutOf(fileOf(field, lookup), given), given, lookup)
    return typeof bytes === 'string' ? `${field.name}.${bytes}` : bytes
  }
  return encodeField(field, given, codesOf(field, lookup)) ?? field.name
}

function encodeRepeat(
  field: FieldTable,
  given: FieldValue | undefined,
  lookup: PlanNames,
): Uint8Array | string {
  if (!isFrameValues(given)) return field.name
  const out: number[] = []
  for (const entry of given) {
    const bytes = encodeFields(field.each ?? [], entry, lookup)
    if (typeof bytes === 'string') return `${field.name}.${bytes}`
    out.push(...bytes)
  }
  return Uint8Array.from(out)
}

/** A form with its plan, and the forms of a frame in the order in which they are tried. */
interface PlannedForm {
  readonly form: FrameForm
  readonly plan: DecodePlan
  readonly counts: CountReader | null
}
interface PlannedFrame {
  readonly table: FrameTable
  /** Forms of fixed length, by length. */
  readonly byLength: readonly (PlannedForm | undefined)[]
  readonly counted: readonly PlannedForm[]
  /** Forms of open length, with their minimum number of bytes. */
  readonly open: readonly (PlannedForm & { readonly fixed: number })[]
  /** The longest form of fixed length, when longer frames are accepted. */
  readonly longest: PlannedForm | null
}

/** DATA begins with the type byte; its fields follow. */
const typeBytes = 1

const noCounts: CountMatch = { counts: [], warnings: [] }
const fromTail: CountMatch = { counts: [], warnings: ['readFromTheTail'] }
const tooLong: CountMatch = { counts: [], warnings: ['longerThanAnyKnownForm'] }

function planned(table: FrameTable, names: PlanNames): PlannedFrame {
  const forms = table.forms.map((form) => ({
    form,
    plan: decodePlan(form.fields, names),
    counts: countReader(form),
  }))
  const byLength: (PlannedForm | undefined)[] = []
  for (const one of forms) if (typeof one.form.length === 'number') byLength[one.form.length] = one
  return {
    table,
    byLength,
    counted: forms.filter(({ counts }) => counts !== null),
    open: forms
      .filter(({ form }) => form.length === 'any')
      .map((one) => ({ ...one, fixed: tailLength(one.form.fields, 0) })),
    longest: table.onLonger === 'reject' ? null : (byLength.at(-1) ?? null),
  }
}

function chooseForm(
  frame: PlannedFrame,
  data: Uint8Array,
  length: number,
): { chosen: PlannedForm; match: CountMatch } | null {
  const exact = frame.byLength[length]
  if (exact !== undefined) return { chosen: exact, match: noCounts }
  for (const chosen of frame.counted) {
    const match = chosen.counts?.(data, typeBytes, length) ?? null
    if (match !== null) return { chosen, match }
  }
  for (const chosen of frame.open)
    if (data.length - typeBytes >= chosen.fixed) return { chosen, match: fromTail }
  const { longest } = frame
  return longest !== null && Number(longest.form.length) < length
    ? { chosen: longest, match: tooLong }
    : null
}

export function makeFrameEngine(variant: VariantTable): FrameEngine {
  const frames = new Map(variant.frames.map((f) => [f.code, f]))
  const lookup: PlanNames = {
    enums: variant.enums,
    files: new Map(variant.files.map((f) => [f.name, f])),
  }
  const byType = hexPairs.map((code) => {
    const table = frames.get(code)
    return table === undefined ? null : planned(table, lookup)
  })
  const filePlans = new Map(variant.files.map((f) => [f.name, filePlan(f, lookup)]))
  const { lengthAdds } = variant.counting
  const decode = (data: Uint8Array): DecodedFrame => {
    const type = data[0]
    if (type === undefined) return { ok: false, code: '', reason: 'empty' }
    const code = hexPairs[type] as string
    const frame = byType[type] ?? null
    if (frame === null) return { ok: false, code, reason: 'unknownType' }
    const choice = chooseForm(frame, data, data.length + lengthAdds)
    if (choice === null) return { ok: false, code, reason: 'length' }
    const { form, plan } = choice.chosen
    const { counts, warnings } = choice.match
    const { value, end } = plan.decode(data, typeBytes, data.length, counts)
    if (end < data.length) value.rest = hexAt(data, end, data.length)
    return { ok: true, code, name: frame.table.name, form: form.name, value, warnings }
  }
  const encode = (code: string, value: FrameValue, formName?: string): EncodedFrame => {
    const frame = frames.get(code)
    if (frame === undefined) return { ok: false, reason: `no frame ${code}` }
    const misfits: string[] = []
    for (const form of frame.forms) {
      if (formName !== undefined && form.name !== formName) continue
      const body = encodeFields(form.fields, value, lookup)
      if (typeof body === 'string') {
        misfits.push(`${form.name}: ${body}`)
        continue
      }
      const rest = typeof value.rest === 'string' ? (bytesOfHex(value.rest) ?? []) : []
      return { ok: true, data: Uint8Array.from([Number.parseInt(code, 16), ...body, ...rest]) }
    }
    return { ok: false, reason: `${code} does not take ${misfits.join(', ')}` }
  }
  return {
    variant,
    decode,
    encode,
    decodeFile: (name, bytes) => {
      const plan = present(filePlans.get(name), `file table ${name} is known`)
      return plan.decode(bytes, 0, bytes.length, noCounts.counts).value
    },
    encodeFile: (name, value) => {
      const file = present(lookup.files.get(name), `file table ${name} is known`)
      const bytes = encodeFields(layoutOf(file, value), value, lookup)
      return typeof bytes === 'string' ? null : bytes
    },
  }
}
