// Checks of a variant table that a schema cannot express (rsu-interface.md 8): overlaps, gaps, lengths, unique codes,
// known names. Run once at load; a broken built-in table is a programming error and stops the start.
import { must } from '#base/pure/values/must.ts'
import { bytesOfHex } from '#base/pure/data/bytes.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { tableWords as words } from './table-words.ts'
import type {
  CountedLength,
  FieldTable,
  FieldType,
  FileTable,
  FrameForm,
  FrameTable,
  VariantTable,
} from './table-types.ts'
import type { OverrideProblem } from './variant-override.ts'

/** `at`: a JSON pointer into an override of the table; `form`: form of the frame concerned. */
interface TableProblem extends OverrideProblem {
  readonly form: string | null
}

const problem = (at: string, why: BilingualText): TableProblem => ({ at, form: null, why })

const behind = (name: string, { zh, en }: BilingualText): BilingualText =>
  t(`${name}: ${zh}`, `${name}: ${en}`)

/** The problem with the name of its form in front. */
export const placedWhy = ({ at, form, why }: TableProblem): OverrideProblem => ({
  at,
  why: form === null ? why : behind(form, why),
})

interface Names {
  readonly enums: ReadonlySet<string>
  readonly files: ReadonlyMap<string, number>
}

/** Allowed number of bytes of a field type; a number of more than six bytes is not exact in JavaScript. */
const lengthsOf: Partial<Record<FieldType, readonly [min: number, max: number]>> = {
  uint: [1, 6],
  fen: [1, 6],
  unix32: [4, 4],
  bcdDate: [4, 4],
  bcdDateTime: [7, 7],
}

const isOpen = (field: FieldTable): boolean => field.type === 'repeat' || field.len === 'fill'

function lengthProblems(field: FieldTable): BilingualText[] {
  const [min, max] = lengthsOf[field.type] ?? [0, Infinity]
  const fits = field.len === 'fill' ? max === Infinity : field.len >= min && field.len <= max
  return fits ? [] : [words.lengthOfType(field.type, field.len)]
}

function fieldProblems(
  field: FieldTable,
  siblings: readonly FieldTable[],
  names: Names,
): BilingualText[] {
  const out = lengthProblems(field)
  if (field.each?.some(isOpen) === true) out.push(words.repeatOfKnown())
  if (field.enum !== undefined && !names.enums.has(field.enum)) out.push(words.noEnum(field.enum))
  if (field.type === 'enum' && field.enum === undefined) out.push(words.namesNoEnum())
  if (field.type === 'bits' && field.bits?.length !== Number(field.len) * 8)
    out.push(words.bitsNotFull())
  if (field.type === 'bits' && new Set(field.bits).size !== field.bits?.length)
    out.push(words.bitTwice())
  if (field.type === 'file' && names.files.get(field.table ?? '') !== field.len)
    out.push(words.fileUnknown(field.table ?? ''))
  if (field.nullWhen !== undefined && bytesOfHex(field.nullWhen)?.length !== field.len)
    out.push(words.nullLength())
  if (field.type === 'repeat' && !siblings.some((s) => s.name === field.count))
    out.push(words.noCount(field.count ?? ''))
  if (field.type === 'repeat') out.push(...fieldsProblems(field.each ?? [], 0, field.len, names))
  return out.map((why) => behind(field.name, why))
}

/** Fields from `start` must be contiguous and fill `length` bytes (null: open length). */
function fieldsProblems(
  fields: readonly FieldTable[],
  start: number,
  length: number | 'fill' | null,
  names: Names,
): BilingualText[] {
  const out: BilingualText[] = []
  let at: number | null = start
  const seen = new Set<string>()
  for (const field of fields) {
    if (seen.has(field.name)) out.push(behind(field.name, words.nameTwice()))
    seen.add(field.name)
    const { name, off } = field
    if (off !== '+') {
      if (at === null) out.push(behind(name, words.offsetAfterRepeat()))
      else if (off > at) out.push(behind(name, words.gap(off)))
      else if (off < at) out.push(behind(name, words.overlap(off)))
    }
    out.push(...fieldProblems(field, fields, names))
    at = field.type === 'repeat' || field.len === 'fill' || at === null ? null : at + field.len
  }
  if (typeof length === 'number' && at !== start + length)
    out.push(words.fillsOther(String(at), start + length))
  return out
}

/** Only a counted form may repeat; only a form of open length may be filled, and only once. */
function openProblems(form: FrameForm): BilingualText[] {
  const repeats = form.fields.filter((f) => f.type === 'repeat').length
  const fills = form.fields.filter((f) => f.type !== 'repeat' && f.len === 'fill').length
  const out: BilingualText[] = []
  if (repeats > 0 && typeof form.length !== 'object') out.push(words.onlyCountedRepeats())
  if (fills > 0 && form.length !== 'any') out.push(words.onlyAnyFills())
  if (fills > 1) out.push(words.twoFill())
  return out
}

/** Files nested in a file, including itself when the tables are circular. */
function filesInside(file: FileTable, files: ReadonlyMap<string, FileTable>): Set<string> {
  const inside = new Set<string>()
  const walk = (at: FileTable): void => {
    const fields = [at, ...(at.layouts ?? [])].flatMap((one) => one.fields)
    for (const { table } of fields) {
      const next = table === undefined ? undefined : files.get(table)
      if (next === undefined || inside.has(next.name)) continue
      inside.add(next.name)
      walk(next)
    }
  }
  walk(file)
  return inside
}

/** Layouts are selected by one number at the same place in all of them, and each value selects one. */
function layoutProblems(file: FileTable, names: Names): BilingualText[] {
  const { fields, layouts = [], length } = file
  const seen = new Set<number>()
  return layouts.flatMap(({ when, fields: own }) => {
    const out = fieldsProblems(own, 0, length, names)
    if (own.some(isOpen)) out.push(words.fileOfKnown())
    const placeIn = (all: readonly FieldTable[]): FieldTable | undefined =>
      all.find((field) => field.name === when.field && field.type === 'uint')
    const [here, there] = [placeIn(own), placeIn(fields)]
    if (here === undefined || here.off !== there?.off || here.len !== there.len)
      out.push(words.layoutField(when.field))
    if (when.values.some((value) => seen.has(value))) out.push(words.layoutTwice(when.field))
    for (const value of when.values) seen.add(value)
    return out.map((why) => behind(`${when.field} ${when.values.join(', ')}`, why))
  })
}

function fileProblems(file: FileTable, files: ReadonlyMap<string, FileTable>): BilingualText[] {
  const out: BilingualText[] = []
  if (file.fields.some(isOpen)) out.push(words.fileOfKnown())
  if (filesInside(file, files).has(file.name)) out.push(words.holdsItself())
  return out
}

function countedProblems(
  form: FrameForm,
  length: CountedLength,
  fixedBase: number,
): BilingualText[] {
  const out: BilingualText[] = []
  const repeats = form.fields.filter((f) => f.type === 'repeat')
  let fixed = fixedBase
  for (const f of form.fields) if (f.type !== 'repeat' && f.len !== 'fill') fixed += f.len
  if (fixed !== length.base) out.push(words.fixedOther(fixed, length.base))
  for (const repeat of repeats)
    if (length.per[repeat.count ?? ''] !== repeat.len) out.push(words.perMisses(repeat.name))
  if (Object.keys(length.per).length !== repeats.length) out.push(words.perTooMany())
  if (!(length.derive.solve in length.per)) out.push(words.deriveUnknown())
  for (const name of Object.keys(length.per))
    if (name !== length.derive.solve && !(name in length.derive.assume))
      out.push(words.deriveOpen(name))
  return out
}

function frameProblems(frame: FrameTable, variant: VariantTable, names: Names): TableProblem[] {
  const out: TableProblem[] = []
  const at = `/frames/${frame.code}`
  const add = (why: BilingualText, form: string | null = null): void =>
    void out.push({ at, form, why })
  if (!/^[0-9A-F]{2}$/.test(frame.code)) add(words.codeNotByte())
  const { dataStartsAt, lengthAdds } = variant.counting
  const lengths = frame.forms.map((f) => JSON.stringify(f.length))
  if (new Set(lengths).size !== lengths.length) add(words.twoFormsLength())
  if (new Set(frame.forms.map((f) => f.name)).size !== lengths.length) add(words.twoFormsName())
  for (const form of frame.forms) {
    const bodyLength = typeof form.length === 'number' ? form.length - lengthAdds - 1 : null
    const problems = fieldsProblems(form.fields, dataStartsAt + 1, bodyLength, names)
    problems.push(...openProblems(form))
    if (typeof form.length === 'object')
      problems.push(...countedProblems(form, form.length, 1 + lengthAdds))
    for (const why of problems) add(why, form.name)
  }
  return out
}

/** Codes used outside their code table, and what has to agree with it. */
function codeProblems(variant: VariantTable): TableProblem[] {
  const out: TableProblem[] = []
  for (const name of ['b5Error', 'b8Error'] as const) {
    const { codes, entryLane } = variant.moneyState[name]
    for (const code of new Set([...Object.keys(codes), ...Object.keys(entryLane)]))
      if (variant.enums[name]?.[code] === undefined)
        out.push(problem(`/moneyState/${name}`, words.codeWithoutWord(code, name)))
  }
  for (const code of variant.b4Readable)
    if (variant.enums.b4Error?.[code] === undefined)
      out.push(problem('/b4Readable', words.codeWithoutWord(code, 'b4Error')))
  if (variant.capabilities.heartbeatReply !== (variant.heartbeat.reply !== 'none'))
    out.push(problem('/heartbeat', words.replyDiffers()))
  return out
}

/** All problems of a variant table. */
export function tableProblems(variant: VariantTable): readonly TableProblem[] {
  const names: Names = {
    enums: new Set(Object.keys(variant.enums)),
    files: new Map(variant.files.map((f) => [f.name, f.length])),
  }
  const out: TableProblem[] = []
  if (new Set(variant.frames.map((f) => f.code)).size !== variant.frames.length)
    out.push(problem('', words.twoFramesCode()))
  if (names.files.size !== variant.files.length) out.push(problem('', words.twoFilesName()))
  for (const [name, codes] of Object.entries(variant.enums)) {
    const at = `/enums/${name}`
    if (Object.keys(codes).some((c) => !/^([0-9A-F]{2})+$/.test(c)))
      out.push(problem(at, words.codeNotHex()))
    if (new Set(Object.values(codes)).size !== Object.keys(codes).length)
      out.push(problem(at, words.wordTwice()))
  }
  const files = new Map(variant.files.map((f) => [f.name, f]))
  for (const file of variant.files) {
    const problems = fieldsProblems(file.fields, 0, file.length, names)
    problems.push(...layoutProblems(file, names))
    for (const why of [...problems, ...fileProblems(file, files)])
      out.push(problem(`/files/${file.name}`, why))
  }
  for (const frame of variant.frames) out.push(...frameProblems(frame, variant, names))
  return [...out, ...codeProblems(variant)]
}

export function checkedTable(variant: VariantTable): VariantTable {
  const problems = tableProblems(variant).map(placedWhy)
  const said = problems.map(({ at, why }) => `${at} ${why.en}`).join('; ')
  must(problems.length === 0, `${variant.id} is a whole table: ${said}`)
  return variant
}
