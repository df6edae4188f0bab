// Finds the members of a HID-POS scanner's reports in its report descriptor (HID 1.11, 6.2.2). Pure over bytes; a
// device that is not a scanner, or has its text in parts of bytes, has no layout.
import type { HidPosLayout } from './layout.ts'

/** Usage pages and usages of the HID usage tables, page in the high word. */
const usages = { count: 0x01_003b, data: 0x8c_00fe, more: 0x8c_00ff } as const

/** Elements of one report with the same usage, in bits from its first byte. */
interface Run {
  readonly usage: number
  readonly atBit: number
  readonly elementBits: number
  readonly elements: number
}

interface Globals {
  readonly page: number
  readonly elementBits: number
  readonly elements: number
  readonly reportId: number | null
}

const noGlobals: Globals = { page: 0, elementBits: 0, elements: 0, reportId: null }

const elementsMax = 4_096
const descriptorBytesMax = 4_096

interface Item {
  /** Type and tag as numbered in the specification. */
  readonly tag: number
  readonly value: number
  readonly bytes: number
}

/** A long item does not describe reports and is skipped; an incomplete item ends the list. */
function* itemsOf(descriptor: Uint8Array): Generator<Item> {
  for (let at = 0; at < descriptor.length;) {
    const prefix = descriptor[at] ?? 0
    if (prefix === 0xfe) {
      at += 3 + (descriptor[at + 1] ?? 0)
      continue
    }
    const bytes = [0, 1, 2, 4][prefix & 3] ?? 0
    if (at + 1 + bytes > descriptor.length) return
    let value = 0
    for (let i = bytes; i > 0; i--) value = value * 256 + (descriptor[at + i] ?? 0)
    yield { tag: prefix & 0xfc, value, bytes }
    at += 1 + bytes
  }
}

function withGlobal(globals: Globals, { tag, value }: Item): Globals {
  switch (tag) {
    case 0x04:
      return { ...globals, page: value }
    case 0x74:
      return { ...globals, elementBits: value }
    case 0x84:
      return { ...globals, reportId: value }
    case 0x94:
      return { ...globals, elements: Math.min(value, elementsMax) }
    default:
      return globals
  }
}

/** Usages of an input, each with its number of elements: the last usage has the remaining ones. */
function* runsOf(own: readonly number[], g: Globals, startBit: number): Generator<Run> {
  const { elementBits, elements } = g
  for (const [i, usage] of own.slice(0, elements).entries()) {
    const isLast = i === own.length - 1
    const count = isLast ? elements - i : 1
    yield { usage, atBit: startBit + i * elementBits, elementBits, elements: count }
  }
}

/** Input reports by report id; null: reports without an id. */
function inputsOf(descriptor: Uint8Array): ReadonlyMap<number | null, readonly Run[]> {
  const reports = new Map<number | null, { bits: number; runs: Run[] }>()
  const kept: Globals[] = []
  let globals = noGlobals
  let own: number[] = []
  let first = 0
  for (const item of itemsOf(descriptor)) {
    const { tag, value, bytes } = item
    const usage = bytes === 4 ? value : globals.page * 65_536 + value
    if (tag === 0x08) own.push(usage)
    else if (tag === 0x18) first = usage
    else if (tag === 0x28)
      for (let one = first; one <= usage && own.length < elementsMax; one++) own.push(one)
    else if (tag === 0xa4) kept.push(globals)
    else if (tag === 0xb4) globals = kept.pop() ?? globals
    else globals = withGlobal(globals, item)
    if (tag === 0x80) {
      // A report id is the first byte of its report.
      const bits = globals.reportId === null ? 0 : 8
      const report = reports.get(globals.reportId) ?? { bits, runs: [] }
      const isConstant = (value & 1) !== 0
      if (!isConstant) report.runs.push(...runsOf(own, globals, report.bits))
      report.bits += globals.elementBits * globals.elements
      reports.set(globals.reportId, report)
    }
    // Usages apply only to the main item after them.
    if ([0x80, 0x90, 0xa0, 0xb0, 0xc0].includes(tag)) own = []
  }
  return new Map([...reports].map(([id, { runs }]) => [id, runs]))
}

const isBytes = ({ atBit, elementBits }: Run): boolean => atBit % 8 === 0 && elementBits === 8

function layoutOf(reportId: number | null, runs: readonly Run[]): HidPosLayout | null {
  const named = (usage: number): Run | undefined => runs.find((run) => run.usage === usage)
  const [data, count, more] = [named(usages.data), named(usages.count), named(usages.more)]
  if (data === undefined || !isBytes(data)) return null
  return {
    reportId,
    lenAt: count !== undefined && isBytes(count) ? count.atBit / 8 : null,
    dataAt: data.atBit / 8,
    dataMax: data.elements,
    moreAt: more === undefined ? null : Math.floor(more.atBit / 8),
    moreMask: more === undefined ? 1 : ((1 << more.elementBits) - 1) << (more.atBit % 8),
  }
}

/** Reports with decoded data; empty: the descriptor has none. */
export function layoutsOf(descriptor: Uint8Array): readonly HidPosLayout[] {
  if (descriptor.length > descriptorBytesMax) return []
  return [...inputsOf(descriptor)].flatMap(([id, runs]) => layoutOf(id, runs) ?? [])
}
