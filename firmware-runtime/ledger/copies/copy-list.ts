// copies.jsonl at the second place: one line per kept copy, chained by SHA-256, with the head of the ledger.
// A line that was altered, left out or replaced by an older one does not fit the next one.
import { t } from '#base/pure/words/fault-text.ts'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { orDiskFault } from '#base/pure/faults/disk-fault.ts'
import { keptLines } from '../pure/lot/kept-copies.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { parsed } from '#base/pure/data/json.ts'
import { readUpTo } from '#base/files/read-up-to.ts'
import { writeWhole } from '#base/files/whole-file.ts'
import { sha256Of } from '#base/secrets/recovery-key.ts'

const hex = z.string().regex(/^[0-9a-f]{64}$/)
const name = z.string().regex(/^[0-9]{5,9}-(base|rows|folder)\.etcseal$/)
const lineShape = z.strictObject({
  n: z.int().min(1),
  atIso: z.string(),
  lotId: z.string(),
  nodeId: z.string(),
  /** Id of the recovery key that opens `recovery.box`. */
  keyId: z.string(),
  kind: z.enum(['base', 'rows']),
  file: name,
  sha256: hex,
  /** Length of the file, so that a cut one is recognised; lines of older versions have no length. */
  bytes: z.int().min(0).optional(),
  folder: name,
  folderSha256: hex,
  folderBytes: z.int().min(0).optional(),
  fromSeq: z.int().min(0),
  toSeq: z.int().min(0),
  headHash: hex,
  /** SHA-256 of the previous line without its line feed; zeros at the start of a list. */
  prev: hex,
})
export type CopyLine = z.infer<typeof lineShape>

export const listName = 'copies.jsonl'
/** A line is half a kB, and few copies are kept. */
const listBytesMax = 16 * 1024 * 1024
/** The keys of the lot, stored twice: without them no copy can ever be opened. */
export const boxNames = ['recovery.box', 'recovery-2.box'] as const
export const listOfCopies = (place: string): string => join(place, listName)
const zeros = '0'.repeat(64)
const hashOf = (line: string): string => sha256Of(new TextEncoder().encode(line)).toString('hex')

interface Entry {
  readonly text: string
  /** Line number in the file, from 1. */
  readonly at: number
  /** Null when the line has another shape. */
  readonly line: CopyLine | null
}

interface CopyList {
  readonly entries: readonly Entry[]
  /** Chains of fitting lines, the newest last; a chain ends at a line that does not fit and at a new beginning. */
  readonly chains: readonly (readonly CopyLine[])[]
  /** Where the newest chain is broken, as `line 3`; null when it is whole. */
  readonly brokenAt: string | null
  /** The last line was cut while it was written, and is ignored. */
  readonly isTorn: boolean
}

const numberOf = (file: string): number => Number(file.split('-')[0])

/**
 * Null where its number is not that of the newer one of its files: it was altered, and would be sorted wrongly. A copy
 * has a new file of rows or a new folder, or both; what has not changed keeps its file and its number.
 */
function lineIn(text: string): CopyLine | null {
  const line = lineShape.safeParse(parsed(text)).data ?? null
  return line !== null && Math.max(numberOf(line.file), numberOf(line.folder)) === line.n
    ? line
    : null
}

/** A line counts only with its line feed. */
function entriesOf(text: string): Pick<CopyList, 'entries' | 'isTorn'> {
  const texts = text.split('\n')
  const torn = texts.pop() ?? ''
  // A line that is there twice says the same copy again.
  const entries = texts
    .map((text, n) => ({ text, at: n + 1, line: lineIn(text) }))
    .filter(({ text, at }) => text !== '' && texts.indexOf(text) === at - 1)
  return { entries: inOrder(entries), isTorn: torn !== '' }
}

/**
 * Sorts by number, so that a re-sorted file cannot make an older copy the newest. Unreadable lines stay behind their
 * predecessor.
 */
function inOrder(entries: readonly Entry[]): readonly Entry[] {
  let last = 0
  return entries
    .map((entry) => ({ entry, n: (last = entry.line?.n ?? last) }))
    .toSorted((a, b) => a.n - b.n)
    .map(({ entry }) => entry)
}

/** Throws COPY-01 when the file exists and cannot be read. */
export function readCopies(place: string): CopyList {
  const file = listOfCopies(place)
  const text = orDiskFault({ file, otherwise: 'COPY-01', whenFull: 'COPY-01' }, () =>
    existsSync(file) ? readUpTo(file, listBytesMax).toString('utf8') : '',
  )
  const { entries, isTorn } = entriesOf(text)
  const chains: CopyLine[][] = []
  let chain: CopyLine[] | null = null
  let brokenAt: string | null = null
  let most = 0
  for (const [index, { line, at }] of entries.entries()) {
    const before = entries[index - 1]
    // Lines before the oldest kept base are deleted: the first line may name a predecessor that is gone.
    // A new beginning takes the next number; one that jumps is an altered line (ADR 383).
    const isNext = most === 0 || line?.n === most + 1
    const begins = before === undefined || (line?.prev === zeros && isNext)
    const fits =
      line !== null &&
      before?.line?.n === line.n - 1 &&
      line.prev === hashOf(before.text) &&
      chain !== null
    most = Math.max(most, line?.n ?? 0)
    if (begins) brokenAt = null
    if (line === null || (!begins && !fits)) brokenAt ??= `line ${at}`
    if (line === null) chain = null
    else if (fits && !begins) chain?.push(line)
    else {
      chain = [line]
      chains.push(chain)
    }
  }
  return { entries, chains, brokenAt, isTorn }
}

/** The newest chain. Throws COPY-02 at the first line that does not fit. */
export function soundLines(place: string, { chains, brokenAt }: CopyList): readonly CopyLine[] {
  if (brokenAt === null) return chains.at(-1) ?? []
  const note = t('账本前后不连贯', 'the chain is broken')
  throw new LaneFault('COPY-02', { file: listOfCopies(place), field: brokenAt, note })
}

/** The number of the next copy. */
export const nextNumber = ({ entries }: CopyList): number =>
  Math.max(0, ...entries.map(({ line }) => line?.n ?? 0)) + 1

/**
 * Appends a line and returns it; drops lines of copies that are no longer kept. `anew`: starts a new chain after a
 * broken one.
 */
export function addCopy(
  place: string,
  line: Omit<CopyLine, 'n' | 'prev'>,
  anew: boolean,
): CopyLine {
  const list = readCopies(place)
  const { entries } = list
  const last = entries.at(-1)
  const prev = anew || last === undefined ? zeros : hashOf(last.text)
  const next = { n: nextNumber(list), ...line, prev }
  const all = [...entries, { text: JSON.stringify(next), at: entries.length + 1, line: next }]
  const kept = keptLines(all.map((one) => ({ kind: 'rows' as const, file: '', ...one.line })))
  const written = all.slice(-kept.length).map(({ text }) => text)
  writeWhole(listOfCopies(place), `${written.join('\n')}\n`)
  return next
}

/** The copy at this index and the copies it needs, base first. */
export function neededFor(lines: readonly CopyLine[], at = lines.length - 1): readonly CopyLine[] {
  const base = lines.slice(0, at + 1).findLastIndex(({ kind }) => kind === 'base')
  return base < 0 ? [] : lines.slice(base, at + 1)
}

export const filesOf = (lines: readonly CopyLine[]): ReadonlySet<string> =>
  new Set(lines.flatMap(({ file, folder }) => [file, folder]))

/** Copy files without a line, which no copy needs; none while a line cannot be read. */
export function unnamedOf({ entries }: CopyList, names: Iterable<string>): readonly string[] {
  const lines = entries.flatMap(({ line }) => (line === null ? [] : [line]))
  if (lines.length < entries.length) return []
  const named = filesOf(lines)
  return [...names].filter((one) => one.endsWith('.etcseal') && !named.has(one))
}
