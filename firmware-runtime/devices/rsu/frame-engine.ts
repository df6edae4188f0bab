// Encodes and decodes whole frames (DATA: type byte and fields) from the tables of a variant.
// One engine for every variant and vendor: there is no vendor code path (rsu-interface.md 8).
import { bytesOfHex, hexOf } from '../../core/values/bytes.ts'
import { present } from '../../core/values/must.ts'
import { decodeField, encodeField, hexAt } from './field-codec.ts'
import type {
  CodeTable,
  FieldTable,
  FieldValue,
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

export type EncodedFrame =
  { readonly ok: true; readonly data: Uint8Array } | { readonly ok: false; readonly reason: string }

export interface FrameEngine {
  readonly variant: VariantTable
  decode(data: Uint8Array): DecodedFrame
  /** `form` picks one form by name; without it the first form that the value fits is taken. */
  encode(code: string, value: FrameValue, form?: string): EncodedFrame
  decodeFile(name: string, bytes: Uint8Array): FrameValue
  encodeFile(name: string, value: FrameValue): Uint8Array | null
}

interface Lookup {
  readonly enums: { readonly [name: string]: CodeTable }
  readonly files: ReadonlyMap<string, FileTable>
}

type Counts = { readonly [count: string]: number }

const isFrameValue = (value: FieldValue | undefined): value is FrameValue =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isFrameValues = (value: FieldValue | undefined): value is readonly FrameValue[] =>
  Array.isArray(value) && value.every((v) => typeof v === 'object')

const noCodes: CodeTable = {}
const codesOf = (field: FieldTable, lookup: Lookup): CodeTable =>
  field.enum === undefined ? noCodes : (lookup.enums[field.enum] ?? noCodes)

const fileOf = (field: FieldTable, lookup: Lookup): FileTable =>
  present(lookup.files.get(field.table ?? ''), 'tables are checked at load')

/** Fixed bytes of the fields behind index `from`, for a `fill` field before them. */
function tailLength(fields: readonly FieldTable[], from: number): number {
  let sum = 0
  for (const field of fields.slice(from)) sum += field.len === 'fill' ? 0 : field.len
  return sum
}

/** Fields from `start` on; `stop` is the end of the frame, for a `fill` field. */
function decodeFields(
  fields: readonly FieldTable[],
  bytes: Uint8Array,
  start: number,
  stop: number,
  counts: Counts,
  lookup: Lookup,
): { value: Record<string, FieldValue>; end: number } {
  const value: Record<string, FieldValue> = {}
  let at = start
  for (let i = 0; i < fields.length; i++) {
    const field = fields[i] as FieldTable
    const length = field.len === 'fill' ? stop - at - tailLength(fields, i + 1) : field.len
    const end = at + length
    if (field.type === 'repeat') {
      const entries: FrameValue[] = []
      for (let n = counts[field.count ?? ''] ?? 0; n > 0; n--, at += length)
        entries.push(decodeFields(field.each ?? [], bytes, at, at + length, counts, lookup).value)
      value[field.name] = entries
      continue
    }
    value[field.name] =
      field.type === 'file'
        ? decodeFields(fileOf(field, lookup).fields, bytes, at, end, counts, lookup).value
        : decodeField(field, bytes, at, end, codesOf(field, lookup))
    at = end
  }
  return { value, end: at }
}

/** Bytes, or the name of the field that does not fit. */
function encodeFields(
  fields: readonly FieldTable[],
  value: FrameValue,
  lookup: Lookup,
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
  lookup: Lookup,
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
    const bytes = encodeFields(fileOf(field, lookup).fields, given, lookup)
    return typeof bytes === 'string' ? `${field.name}.${bytes}` : bytes
  }
  return encodeField(field, given, codesOf(field, lookup)) ?? field.name
}

function encodeRepeat(
  field: FieldTable,
  given: FieldValue | undefined,
  lookup: Lookup,
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

interface FormMatch {
  readonly counts: Counts
  readonly warnings: readonly string[]
}

/** Counts of a counted form: the count bytes when they fit the length, else derived from it. */
function matchCounted(form: FrameForm, body: Uint8Array, length: number): FormMatch | null {
  if (typeof form.length !== 'object') return null
  const { base, per, derive } = form.length
  const asTold = toldCounts(form, body, per)
  if (asTold !== null && base + weigh(asTold, per) === length)
    return { counts: asTold, warnings: [] }
  const step = per[derive.solve] ?? 1
  const left = length - base - weigh(derive.assume, per)
  if (left < 0 || left % step !== 0) return null
  const counts = { ...derive.assume, [derive.solve]: left / step }
  return { counts, warnings: [`${derive.solve} taken from the length`] }
}

const weigh = (counts: Counts, per: Counts): number =>
  Object.entries(counts).reduce((sum, [name, n]) => sum + n * (per[name] ?? 0), 0)

/** Reads the count bytes in their order, each behind the entries that the one before announces. */
function toldCounts(form: FrameForm, body: Uint8Array, per: Counts): Counts | null {
  const counts: Record<string, number> = {}
  let at = 0
  for (const field of form.fields) {
    if (field.len === 'fill') return null
    if (field.type === 'repeat') at += (counts[field.count ?? ''] ?? 0) * field.len
    else {
      const told = body[at]
      if (told === undefined) return null
      if (field.name in per) counts[field.name] = told
      at += field.len
    }
  }
  return counts
}

function chooseForm(
  frame: FrameTable,
  body: Uint8Array,
  length: number,
): { form: FrameForm; match: FormMatch } | null {
  for (const form of frame.forms)
    if (form.length === length) return { form, match: { counts: {}, warnings: [] } }
  for (const form of frame.forms) {
    const match = matchCounted(form, body, length)
    if (match !== null) return { form, match }
  }
  for (const form of frame.forms) {
    const fixed = tailLength(form.fields, 0)
    if (form.length === 'any' && body.length >= fixed)
      return { form, match: { counts: {}, warnings: ['read from the tail'] } }
  }
  if (frame.onLonger === 'reject') return null
  const fixed = frame.forms.filter((f) => typeof f.length === 'number')
  const longest = fixed.reduce<FrameForm | null>(
    (a, b) => (a === null || Number(b.length) > Number(a.length) ? b : a),
    null,
  )
  if (longest === null || Number(longest.length) >= length) return null
  return { form: longest, match: { counts: {}, warnings: ['longer than any known form'] } }
}

export function makeFrameEngine(variant: VariantTable): FrameEngine {
  const frames = new Map(variant.frames.map((f) => [f.code, f]))
  const lookup: Lookup = {
    enums: variant.enums,
    files: new Map(variant.files.map((f) => [f.name, f])),
  }
  const decode = (data: Uint8Array): DecodedFrame => {
    if (data.length === 0) return { ok: false, code: '', reason: 'empty' }
    const code = hexAt(data, 0, 1)
    const frame = frames.get(code)
    if (frame === undefined) return { ok: false, code, reason: 'unknownType' }
    const body = data.subarray(1)
    const chosen = chooseForm(frame, body, data.length + variant.counting.lengthAdds)
    if (chosen === null) return { ok: false, code, reason: 'length' }
    const { form, match } = chosen
    const { value, end } = decodeFields(form.fields, body, 0, body.length, match.counts, lookup)
    if (end < body.length) value.rest = hexOf(body.subarray(end))
    return { ok: true, code, name: frame.name, form: form.name, value, warnings: match.warnings }
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
      const file = present(lookup.files.get(name), `file table ${name} is known`)
      return decodeFields(file.fields, bytes, 0, bytes.length, {}, lookup).value
    },
    encodeFile: (name, value) => {
      const file = present(lookup.files.get(name), `file table ${name} is known`)
      const bytes = encodeFields(file.fields, value, lookup)
      return typeof bytes === 'string' ? null : bytes
    },
  }
}
