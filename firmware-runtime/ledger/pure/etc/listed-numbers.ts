// The numbers of a status list as sorted records of fixed length: a million of them take 15 MB and no garbage.
// Built from items in any order, changed by merging, searched by bisection; the last item of a number counts.
import type { InstantMs } from '#base/pure/values/instant.ts'

/** One line of a status list (P18). */
export interface ListItem {
  /** 20 digits of a card, or 8 or 16 hex digits of an OBU. */
  readonly no: string
  /** Before this the number is not on the list. */
  readonly fromMs: InstantMs
  readonly op: 'add' | 'remove'
}

/** Kind, then 20 digits packed two a byte. */
const keyBytes = 11
/** The key, then the second from which it counts, most significant byte first. */
export const recordBytes = keyBytes + 4
/** As a record, then whether it adds. */
const changeBytes = recordBytes + 1

const kinds = [
  { kind: 1, shape: /^\d{20}$/ },
  { kind: 2, shape: /^[0-9A-F]{8}$/ },
  { kind: 3, shape: /^[0-9A-F]{16}$/ },
]

const kindOf = (no: string): number => kinds.find(({ shape }) => shape.test(no))?.kind ?? 0

/** Whether a number can stand on a list at all. */
export const isListable = (no: string): boolean => kindOf(no) !== 0

function putKey(into: Uint8Array, at: number, kind: number, no: string): void {
  into[at] = kind
  const digits = no.padStart(20, '0')
  for (let i = 0; i < 10; i++)
    into[at + 1 + i] = Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16)
}

function compareKeys(a: Uint8Array, atA: number, b: Uint8Array, atB: number): number {
  for (let i = 0; i < keyBytes; i++) {
    const difference = (a[atA + i] ?? 0) - (b[atB + i] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

const secondAt = (records: Uint8Array, at: number): number =>
  new DataView(records.buffer, records.byteOffset + at, 4).getUint32(0)

/** A list at rest. Two of equal records are equal. */
export class ListedNumbers {
  readonly records: Uint8Array

  /** `records` as `merged` made them: sorted, each number once. */
  constructor(records: Uint8Array = new Uint8Array(0)) {
    this.records = records
  }

  get size(): number {
    return this.records.length / recordBytes
  }

  has(no: string, atMs: InstantMs): boolean {
    const kind = kindOf(no)
    if (kind === 0) return false
    const key = new Uint8Array(keyBytes)
    putKey(key, 0, kind, no)
    let low = 0
    let high = this.size - 1
    while (low <= high) {
      const middle = (low + high) >>> 1
      const order = compareKeys(this.records, middle * recordBytes, key, 0)
      if (order === 0) return secondAt(this.records, middle * recordBytes + keyBytes) * 1000 <= atMs
      if (order < 0) low = middle + 1
      else high = middle - 1
    }
    return false
  }
}

/** Items as they come, in any order. */
export class ListChanges {
  private bytes = new Uint8Array(1024 * changeBytes)
  private count = 0

  get size(): number {
    return this.count
  }

  add({ no, fromMs, op }: ListItem): void {
    const at = this.count++ * changeBytes
    if (at === this.bytes.length) {
      const longer = new Uint8Array(this.bytes.length * 2)
      longer.set(this.bytes)
      this.bytes = longer
    }
    putKey(this.bytes, at, kindOf(no), no)
    const second = Math.min(Math.max(Math.floor(fromMs / 1000), 0), 0xffff_ffff)
    new DataView(this.bytes.buffer).setUint32(at + keyBytes, second)
    this.bytes[at + recordBytes] = op === 'add' ? 1 : 0
  }

  /** Sorted by key, of one number the last item alone. */
  sorted(): Uint8Array {
    const { bytes, count } = this
    const order = radixOrder(bytes, count)
    const out = new Uint8Array(count * changeBytes)
    let length = 0
    for (let i = 0; i < count; i++) {
      const at = (order[i] ?? 0) * changeBytes
      const isSame = length > 0 && compareKeys(out, length - changeBytes, bytes, at) === 0
      if (isSame) length -= changeBytes
      out.set(bytes.subarray(at, at + changeBytes), length)
      length += changeBytes
    }
    return out.subarray(0, length)
  }
}

/** Places of the changes in the order of their keys; equal ones stay in the order in which they came. */
function radixOrder(bytes: Uint8Array, count: number): Uint32Array {
  let order = Uint32Array.from({ length: count }, (_, i) => i)
  let next = new Uint32Array(count)
  for (let byte = keyBytes - 1; byte >= 0; byte--) {
    const places = new Uint32Array(257)
    const of = (i: number): number => bytes[i * changeBytes + byte] ?? 0
    for (const i of order) places[of(i) + 1] = (places[of(i) + 1] ?? 0) + 1
    for (let value = 0; value < 256; value++)
      places[value + 1] = (places[value + 1] ?? 0) + (places[value] ?? 0)
    for (const i of order) {
      const place = places[of(i)] ?? 0
      places[of(i)] = place + 1
      next[place] = i
    }
    ;[order, next] = [next, order]
  }
  return order
}

/** The list with its changes applied: items added, replaced or removed. */
export function merged(base: ListedNumbers, changes: ListChanges): ListedNumbers {
  const sorted = changes.sorted()
  const { records } = base
  const out = new Uint8Array(records.length + (sorted.length / changeBytes) * recordBytes)
  let length = 0
  const put = (from: Uint8Array, at: number): void => {
    out.set(from.subarray(at, at + recordBytes), length)
    length += recordBytes
  }
  let at = 0
  for (let change = 0; change < sorted.length; change += changeBytes) {
    while (at < records.length && compareKeys(records, at, sorted, change) < 0) {
      put(records, at)
      at += recordBytes
    }
    if (at < records.length && compareKeys(records, at, sorted, change) === 0) at += recordBytes
    if (sorted[change + recordBytes] === 1) put(sorted, change)
  }
  out.set(records.subarray(at), length)
  return new ListedNumbers(out.slice(0, length + records.length - at))
}
