// Compiles frame and file tables once into plans: name, place and reader of each field. The tables stay plain data; a
// plan makes decoding a frame fast.
import { bytesOfHex } from '#base/pure/data/bytes.ts'
import { present } from '#base/pure/values/must.ts'
import { fieldReader, type FieldReader, uintAt } from './field-codec.ts'
import type { CodeTable, FieldTable, FieldValue, FileTable, FrameValue } from './table-types.ts'

/** What a plan needs about the variant besides the fields. */
export interface PlanNames {
  readonly enums: { readonly [name: string]: CodeTable }
  readonly files: ReadonlyMap<string, FileTable>
}

export interface DecodePlan {
  /**
   * Decodes the fields from `start` on; `stop`: end of the frame, for a `fill` field; `counts`: number of entries of
   * each repeat.
   */
  decode(bytes: Uint8Array, start: number, stop: number, counts: readonly number[]): Decoded
}

interface Decoded {
  readonly value: Record<string, FieldValue>
  readonly end: number
}

/** Number of fixed bytes of the fields after index `from`, for a `fill` field before them. */
export function tailLength(fields: readonly FieldTable[], from: number): number {
  let sum = 0
  for (const field of fields.slice(from)) sum += field.len === 'fill' ? 0 : field.len
  return sum
}

const noCodes: CodeTable = {}

const codesOf = (field: FieldTable, names: PlanNames): CodeTable =>
  field.enum === undefined ? noCodes : (names.enums[field.enum] ?? noCodes)

/** A field that decodes to null when it holds these bytes. */
function orNull(nullWhen: Uint8Array, read: FieldReader): FieldReader {
  return (bytes, start, end) => {
    if (end - start !== nullWhen.length) return read(bytes, start, end)
    for (let i = 0; i < nullWhen.length; i++)
      if (bytes[start + i] !== nullWhen[i]) return read(bytes, start, end)
    return null
  }
}

function readerOf(field: FieldTable, names: PlanNames): FieldReader {
  if (field.type === 'file') {
    const file = present(names.files.get(field.table ?? ''), 'tables are checked at load')
    const read = fileReader(file, names)
    return (bytes, start) => read(bytes, start)
  }
  const read = fieldReader(field, codesOf(field, names))
  const nullWhen = field.nullWhen === undefined ? null : bytesOfHex(field.nullWhen)
  return nullWhen === null ? read : orNull(nullWhen, read)
}

/** Half of all fields are a one-byte number: read in place, without a call. */
const isByte = (field: FieldTable): boolean =>
  field.len === 1 && field.nullWhen === undefined && ['uint', 'fen', 'unix32'].includes(field.type)

/** Puts the fields from `start` on into the value. */
type InPlaceReader = (value: Record<string, FieldValue>, bytes: Uint8Array, start: number) => void

/** For fields of known lengths: each is read at a fixed offset from the start. */
function inPlaceReader(fields: readonly FieldTable[], names: PlanNames): InPlaceReader {
  const count = fields.length
  const fieldNames = fields.map((field) => field.name)
  const readers = fields.map((field) => (isByte(field) ? null : readerOf(field, names)))
  const ends: number[] = []
  for (const field of fields) ends.push((ends.at(-1) ?? 0) + (field.len === 'fill' ? 0 : field.len))
  return (value, bytes, start) => {
    let at = start
    for (let i = 0; i < count; i++) {
      const end = start + (ends[i] as number)
      const read = readers[i]
      value[fieldNames[i] as string] =
        typeof read === 'function' ? read(bytes, at, end) : (bytes[at] as number)
      at = end
    }
  }
}

type FixedReader = (bytes: Uint8Array, start: number) => Record<string, FieldValue>

function fixedReader(fields: readonly FieldTable[], names: PlanNames): FixedReader {
  const read = inPlaceReader(fields, names)
  // Copying a record that has all names is faster than adding them one by one.
  const shape: Readonly<Record<string, FieldValue>> = Object.fromEntries(
    fields.map((field) => [field.name, null]),
  )
  return (bytes, start) => {
    const value: Record<string, FieldValue> = Object.assign({}, shape)
    read(value, bytes, start)
    return value
  }
}

/** Reads a file by the layout that its own field selects. */
function fileReader({ fields, layouts = [] }: FileTable, names: PlanNames): FixedReader {
  const read = fixedReader(fields, names)
  if (layouts.length === 0) return read
  const others = layouts.map(({ when, fields: own }) => {
    const at = own.findIndex(({ name }) => name === when.field)
    const off = tailLength(own.slice(0, at), 0)
    const end = off + tailLength(own.slice(at, at + 1), 0)
    return { off, end, values: new Set(when.values), read: fixedReader(own, names) }
  })
  return (bytes, start) => {
    for (const one of others)
      if (one.values.has(uintAt(bytes, start + one.off, start + one.end)))
        return one.read(bytes, start)
    return read(bytes, start)
  }
}

/** The plan of a file by itself. */
export function filePlan(file: FileTable, names: PlanNames): DecodePlan {
  const read = fileReader(file, names)
  return { decode: (bytes, start) => ({ value: read(bytes, start), end: start + file.length }) }
}

const isFixed = (field: FieldTable): boolean => field.type !== 'repeat' && field.len !== 'fill'

function fixedPlan(fields: readonly FieldTable[], names: PlanNames): DecodePlan {
  const read = fixedReader(fields, names)
  const length = tailLength(fields, 0)
  return { decode: (bytes, start) => ({ value: read(bytes, start), end: start + length }) }
}

/** Fields of known lengths as one step, a repeat, or a field that fills the rest. */
type Step =
  | { readonly kind: 'fixed'; readonly length: number; readonly read: InPlaceReader }
  | {
      readonly kind: 'repeat'
      readonly name: string
      readonly length: number
      readonly read: FixedReader
    }
  | {
      readonly kind: 'fill'
      readonly name: string
      readonly behind: number
      readonly read: FieldReader
    }

function stepsOf(fields: readonly FieldTable[], names: PlanNames): Step[] {
  const steps: Step[] = []
  let run: FieldTable[] = []
  const closeRun = (): void => {
    if (run.length === 0) return
    steps.push({ kind: 'fixed', length: tailLength(run, 0), read: inPlaceReader(run, names) })
    run = []
  }
  fields.forEach((field, i) => {
    const { name, len } = field
    if (isFixed(field)) {
      run.push(field)
      return
    }
    closeRun()
    if (field.type === 'repeat')
      steps.push({
        kind: 'repeat',
        name,
        length: len === 'fill' ? 0 : len,
        read: fixedReader(field.each ?? [], names),
      })
    else
      steps.push({
        kind: 'fill',
        name,
        behind: tailLength(fields, i + 1),
        read: readerOf(field, names),
      })
  })
  closeRun()
  return steps
}

/** For fields with a repeat or fill: their places are known only while the frame is read. */
function openPlan(fields: readonly FieldTable[], names: PlanNames): DecodePlan {
  const steps = stepsOf(fields, names)
  return {
    decode(bytes, start, stop, counts) {
      const value: Record<string, FieldValue> = {}
      let at = start
      let repeat = 0
      for (let i = 0; i < steps.length; i++) {
        const step = steps[i] as Step
        if (step.kind === 'fixed') {
          step.read(value, bytes, at)
          at += step.length
        } else if (step.kind === 'fill') {
          const end = stop - step.behind
          value[step.name] = step.read(bytes, at, end)
          at = end
        } else {
          const entries: FrameValue[] = []
          for (let n = counts[repeat] ?? 0; n > 0; n--, at += step.length)
            entries.push(step.read(bytes, at))
          repeat++
          value[step.name] = entries
        }
      }
      return { value, end: at }
    },
  }
}

export const decodePlan = (fields: readonly FieldTable[], names: PlanNames): DecodePlan =>
  fields.every(isFixed) ? fixedPlan(fields, names) : openPlan(fields, names)
