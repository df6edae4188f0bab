// What a schema cannot ask of a variant table (rsu-interface.md 8): overlaps, gaps, lengths,
// unique codes, known names. Run once at load; a broken table is our own bug and stops the start.
import { must } from '../../core/values/must.ts'
import { bytesOfHex } from '../../core/values/bytes.ts'
import type {
  CountedLength,
  FieldTable,
  FieldType,
  FileTable,
  FrameForm,
  FrameTable,
  VariantTable,
} from './table-types.ts'

interface Names {
  readonly enums: ReadonlySet<string>
  readonly files: ReadonlyMap<string, number>
}

/** Bytes that a field of the type may have; a number of more than six is not kept exactly. */
const lengthsOf: Partial<Record<FieldType, readonly [min: number, max: number]>> = {
  uint: [1, 6],
  fen: [1, 6],
  unix32: [4, 4],
  bcdDate: [4, 4],
  bcdDateTime: [7, 7],
}

const isOpen = (field: FieldTable): boolean => field.type === 'repeat' || field.len === 'fill'

function lengthProblems(field: FieldTable): string[] {
  const [min, max] = lengthsOf[field.type] ?? [0, Infinity]
  const fits = field.len === 'fill' ? max === Infinity : field.len >= min && field.len <= max
  return fits ? [] : [`a ${field.type} of ${field.len} bytes`]
}

function fieldProblems(field: FieldTable, siblings: readonly FieldTable[], names: Names): string[] {
  const out = lengthProblems(field)
  if (field.each?.some(isOpen) === true) out.push('a repeat holds fields of known lengths only')
  if (field.enum !== undefined && !names.enums.has(field.enum)) out.push(`no enum ${field.enum}`)
  if (field.type === 'enum' && field.enum === undefined) out.push('names no enum')
  if (field.type === 'bits' && field.bits?.length !== Number(field.len) * 8)
    out.push('bits do not fill the field')
  if (field.type === 'bits' && new Set(field.bits).size !== field.bits?.length)
    out.push('a bit name is used twice')
  if (field.type === 'file' && names.files.get(field.table ?? '') !== field.len)
    out.push(`file table ${field.table ?? ''} is unknown or of another length`)
  if (field.nullWhen !== undefined && bytesOfHex(field.nullWhen)?.length !== field.len)
    out.push('nullWhen is not as long as the field')
  if (field.type === 'repeat' && !siblings.some((s) => s.name === field.count))
    out.push(`no count field ${field.count ?? ''}`)
  if (field.type === 'repeat') out.push(...fieldsProblems(field.each ?? [], 0, field.len, names))
  return out.map((text) => `${field.name}: ${text}`)
}

/** Fields from `start` must lie end to end and fill `length` bytes (null: open length). */
function fieldsProblems(
  fields: readonly FieldTable[],
  start: number,
  length: number | 'fill' | null,
  names: Names,
): string[] {
  const out: string[] = []
  let at: number | null = start
  const seen = new Set<string>()
  for (const field of fields) {
    if (seen.has(field.name)) out.push(`${field.name}: name used twice`)
    seen.add(field.name)
    if (field.off !== '+') {
      if (at === null) out.push(`${field.name}: offset behind a repeat must be +`)
      else if (field.off > at) out.push(`${field.name}: gap before offset ${field.off}`)
      else if (field.off < at) out.push(`${field.name}: overlap at offset ${field.off}`)
    }
    out.push(...fieldProblems(field, fields, names))
    at = field.type === 'repeat' || field.len === 'fill' || at === null ? null : at + field.len
  }
  if (typeof length === 'number' && at !== start + length)
    out.push(`fields fill ${String(at)} instead of ${start + length}`)
  return out
}

/** Only a counted form repeats, only a form of any length is filled, and that once. */
function openProblems(form: FrameForm): string[] {
  const repeats = form.fields.filter((f) => f.type === 'repeat').length
  const fills = form.fields.filter((f) => f.type !== 'repeat' && f.len === 'fill').length
  const out: string[] = []
  if (repeats > 0 && typeof form.length !== 'object') out.push('only a counted form repeats')
  if (fills > 0 && form.length !== 'any') out.push('only a form of any length is filled')
  if (fills > 1) out.push('two fields fill one form')
  return out
}

/** Files that a file holds inside, itself among them when the tables go round. */
function filesInside(file: FileTable, files: ReadonlyMap<string, FileTable>): Set<string> {
  const inside = new Set<string>()
  const walk = (at: FileTable): void => {
    for (const { table } of at.fields) {
      const next = table === undefined ? undefined : files.get(table)
      if (next === undefined || inside.has(next.name)) continue
      inside.add(next.name)
      walk(next)
    }
  }
  walk(file)
  return inside
}

function fileProblems(file: FileTable, files: ReadonlyMap<string, FileTable>): string[] {
  const out: string[] = []
  if (file.fields.some(isOpen)) out.push('a file holds fields of known lengths only')
  if (filesInside(file, files).has(file.name)) out.push('holds itself')
  return out
}

function countedProblems(form: FrameForm, length: CountedLength, fixedBase: number): string[] {
  const out: string[] = []
  const repeats = form.fields.filter((f) => f.type === 'repeat')
  let fixed = fixedBase
  for (const f of form.fields) if (f.type !== 'repeat' && f.len !== 'fill') fixed += f.len
  if (fixed !== length.base) out.push(`fixed fields are ${fixed}, base says ${length.base}`)
  for (const repeat of repeats)
    if (length.per[repeat.count ?? ''] !== repeat.len) out.push(`per misses ${repeat.name}`)
  if (Object.keys(length.per).length !== repeats.length) out.push('per names a count too many')
  if (!(length.derive.solve in length.per)) out.push('derive solves an unknown count')
  for (const name of Object.keys(length.per))
    if (name !== length.derive.solve && !(name in length.derive.assume))
      out.push(`derive leaves ${name} open`)
  return out
}

function frameProblems(frame: FrameTable, variant: VariantTable, names: Names): string[] {
  const out: string[] = []
  if (!/^[0-9A-F]{2}$/.test(frame.code)) out.push('code is not one byte')
  const { dataStartsAt, lengthAdds } = variant.counting
  const lengths = frame.forms.map((f) => JSON.stringify(f.length))
  if (new Set(lengths).size !== lengths.length) out.push('two forms of one length')
  if (new Set(frame.forms.map((f) => f.name)).size !== lengths.length)
    out.push('two forms of one name')
  for (const form of frame.forms) {
    const bodyLength = typeof form.length === 'number' ? form.length - lengthAdds - 1 : null
    const problems = fieldsProblems(form.fields, dataStartsAt + 1, bodyLength, names)
    problems.push(...openProblems(form))
    if (typeof form.length === 'object')
      problems.push(...countedProblems(form, form.length, 1 + lengthAdds))
    out.push(...problems.map((p) => `${form.name}: ${p}`))
  }
  return out.map((text) => `${frame.code} ${text}`)
}

/** Codes that are named outside their code table, and what must agree with it. */
function codeProblems(variant: VariantTable): string[] {
  const out: string[] = []
  for (const name of ['b5Error', 'b8Error'] as const) {
    const { codes, entryLane } = variant.moneyState[name]
    for (const code of new Set([...Object.keys(codes), ...Object.keys(entryLane)]))
      if (variant.enums[name]?.[code] === undefined)
        out.push(`money ${name}: code ${code} has no word in enum ${name}`)
  }
  for (const code of variant.b4Readable)
    if (variant.enums.b4Error?.[code] === undefined)
      out.push(`b4Readable: code ${code} has no word in enum b4Error`)
  if (variant.capabilities.heartbeatReply !== (variant.heartbeat.reply !== 'none'))
    out.push('heartbeat: reply and capability differ')
  return out
}

/** Everything wrong with a variant table, in words. */
export function tableProblems(variant: VariantTable): string[] {
  const names: Names = {
    enums: new Set(Object.keys(variant.enums)),
    files: new Map(variant.files.map((f) => [f.name, f.length])),
  }
  const out: string[] = []
  if (new Set(variant.frames.map((f) => f.code)).size !== variant.frames.length)
    out.push('two frames of one code')
  if (names.files.size !== variant.files.length) out.push('two file tables of one name')
  for (const [name, codes] of Object.entries(variant.enums)) {
    if (Object.keys(codes).some((c) => !/^([0-9A-F]{2})+$/.test(c)))
      out.push(`enum ${name}: a code is not hex`)
    if (new Set(Object.values(codes)).size !== Object.keys(codes).length)
      out.push(`enum ${name}: one word for two codes`)
  }
  const files = new Map(variant.files.map((f) => [f.name, f]))
  for (const file of variant.files) {
    const problems = fieldsProblems(file.fields, 0, file.length, names)
    for (const p of [...problems, ...fileProblems(file, files)]) out.push(`file ${file.name}: ${p}`)
  }
  for (const frame of variant.frames) out.push(...frameProblems(frame, variant, names))
  return [...out, ...codeProblems(variant)]
}

export function checkedTable(variant: VariantTable): VariantTable {
  const problems = tableProblems(variant)
  must(problems.length === 0, `${variant.id} is a whole table: ${problems.join('; ')}`)
  return variant
}
