// The number of entries of each repeat in a counted form: by the count bytes when they fit the length of the frame,
// else computed from that length. Compiled once for each form.
import { note } from '#base/pure/words/notes.ts'
import type { FieldTable, FrameForm } from './table-types.ts'

export interface CountMatch {
  /** Entries of each repeat, in the order of the fields. */
  readonly counts: readonly number[]
  readonly warnings: readonly string[]
}

/** `start`: where the fields begin in `data`; `length`: counted as in the documents. */
export type CountReader = (data: Uint8Array, start: number, length: number) => CountMatch | null

type CountsReader = (data: Uint8Array, start: number) => number[] | null

interface CountStep {
  readonly length: number
  /** Index of the count in this field, or of the count of this repeat; -1: neither. */
  readonly countIndex: number
  readonly repeat: number
}

/** Reads the count bytes in order, each after the entries that the one before announces. */
function countsReader(fields: readonly FieldTable[], order: readonly string[]): CountsReader {
  const steps: CountStep[] = []
  const zeros = order.map(() => 0)
  for (const field of fields) {
    if (field.len === 'fill') return () => null
    const isRepeat = field.type === 'repeat'
    steps.push({
      length: field.len,
      countIndex: isRepeat ? -1 : order.indexOf(field.name),
      repeat: isRepeat ? order.indexOf(field.count ?? '') : -1,
    })
  }
  return (data, start) => {
    const counts = zeros.slice()
    let at = start
    for (let i = 0; i < steps.length; i++) {
      const { length, countIndex, repeat } = steps[i] as CountStep
      if (repeat >= 0) {
        at += (counts[repeat] as number) * length
        continue
      }
      if (at >= data.length) return null
      if (countIndex >= 0) counts[countIndex] = data[at] as number
      at += length
    }
    return counts
  }
}

const none: readonly string[] = []

/** Null for a form whose length does not depend on counts. */
export function countReader(form: FrameForm): CountReader | null {
  if (typeof form.length !== 'object') return null
  const { base, per, derive } = form.length
  const order = form.fields.filter((f) => f.type === 'repeat').map((f) => f.count ?? '')
  const weights = order.map((name) => per[name] ?? 0)
  const assumed = Object.entries(derive.assume)
  const spare = assumed.reduce((sum, [name, count]) => sum + count * (per[name] ?? 0), base)
  const step = per[derive.solve] ?? 1
  const solved = [note('takenFromLength', derive.solve)]
  const readCounts = countsReader(form.fields, order)
  return (data, start, length) => {
    const read = readCounts(data, start)
    if (read !== null) {
      let sum = base
      for (let i = 0; i < weights.length; i++) sum += (read[i] as number) * (weights[i] as number)
      if (sum === length) return { counts: read, warnings: none }
    }
    const left = length - spare
    if (left < 0 || left % step !== 0) return null
    const counts = order.map((name) =>
      name === derive.solve ? left / step : (derive.assume[name] ?? 0),
    )
    return { counts, warnings: solved }
  }
}
