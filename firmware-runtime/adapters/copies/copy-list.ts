// copies.jsonl of the second place: a line for each copy that is kept, chained by SHA-256, with the head of the ledger in
// it. A line that was altered, left out or put back from earlier does not fit the one behind it.
import { t } from '../../core/values/fault-text.ts'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { diskFault } from '../../core/faults/disk-fault.ts'
import { keptLines } from '../../core/lot/kept-copies.ts'
import { LaneFault } from '../../core/faults/faults.ts'
import { parsed } from '../../core/values/json.ts'
import { writeWhole } from '../files/whole-file.ts'
import { sha256Of } from '../secrets/recovery-key.ts'

const hex = z.string().regex(/^[0-9a-f]{64}$/)
const name = z.string().regex(/^[0-9]{5,9}-(base|rows|folder)\.etcseal$/)
const lineShape = z.strictObject({
  n: z.int().min(1),
  atIso: z.string(),
  lotId: z.string(),
  nodeId: z.string(),
  /** The recovery key that opens `recovery.box`. */
  keyId: z.string(),
  kind: z.enum(['base', 'rows']),
  file: name,
  sha256: hex,
  /** Length of the file, so that one that was cut is known as that; lines of before do not say it. */
  bytes: z.int().min(0).optional(),
  folder: name,
  folderSha256: hex,
  folderBytes: z.int().min(0).optional(),
  fromSeq: z.int().min(0),
  toSeq: z.int().min(0),
  headHash: hex,
  /** SHA-256 of the line before, without its line feed; zeros where a list begins. */
  prev: hex,
})
export type CopyLine = z.infer<typeof lineShape>

export const listName = 'copies.jsonl'
/** The keys of the lot, twice: without them all copies are closed for ever. */
export const boxNames = ['recovery.box', 'recovery-2.box'] as const
export const listOfCopies = (place: string): string => join(place, listName)
const zeros = '0'.repeat(64)
const hashOf = (line: string): string => sha256Of(new TextEncoder().encode(line)).toString('hex')

interface Entry {
  readonly text: string
  /** Where it stands in the file, from 1. */
  readonly at: number
  /** Null: no line of a list. */
  readonly line: CopyLine | null
}

interface CopyList {
  readonly entries: readonly Entry[]
  /** Lines that fit each other, the newest chain last: it ends at a line that does not, and where one began anew. */
  readonly chains: readonly (readonly CopyLine[])[]
  /** Where the newest list is broken, as `line 3`; null: it holds. */
  readonly brokenAt: string | null
  /** Its last line broke off while it was written: it counts as none. */
  readonly isTorn: boolean
}

/** A line is there with its line feed. */
function entriesOf(text: string): Pick<CopyList, 'entries' | 'isTorn'> {
  const texts = text.split('\n')
  const torn = texts.pop() ?? ''
  const entries = texts
    .filter((line) => line !== '')
    .map((text, n) => ({ text, at: n + 1, line: lineShape.safeParse(parsed(text)).data ?? null }))
  return { entries: inOrder(entries), isTorn: torn !== '' }
}

/** By their numbers: whoever sorted the list otherwise makes no older copy the newest. What is no line stays behind its own. */
function inOrder(entries: readonly Entry[]): readonly Entry[] {
  let last = 0
  return entries
    .map((entry) => ({ entry, n: (last = entry.line?.n ?? last) }))
    .toSorted((a, b) => a.n - b.n)
    .map(({ entry }) => entry)
}

/** COPY-01 where it is there and cannot be read. */
export function readCopies(place: string): CopyList {
  const file = listOfCopies(place)
  let text = ''
  try {
    if (existsSync(file)) text = readFileSync(file, 'utf8')
  } catch (error) {
    throw diskFault(error, { file }, 'COPY-01', 'COPY-01')
  }
  const { entries, isTorn } = entriesOf(text)
  const chains: CopyLine[][] = []
  let chain: CopyLine[] | null = null
  let brokenAt: string | null = null
  for (const [index, { line, at }] of entries.entries()) {
    const before = entries[index - 1]
    // Lines before the oldest whole copy that is kept are gone: the list begins with what the first one names.
    const begins = before === undefined || line?.prev === zeros
    const fits =
      line !== null &&
      before?.line?.n === line.n - 1 &&
      line.prev === hashOf(before.text) &&
      chain !== null
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

/** The newest chain. COPY-02 at the first line that does not fit. */
export function soundLines(place: string, { chains, brokenAt }: CopyList): readonly CopyLine[] {
  if (brokenAt === null) return chains.at(-1) ?? []
  const note = t('账本前后不连贯', 'the chain is broken')
  throw new LaneFault('COPY-02', { file: listOfCopies(place), field: brokenAt, note })
}

/** The number of the next copy. */
export const nextNumber = ({ entries }: CopyList): number =>
  Math.max(0, ...entries.map(({ line }) => line?.n ?? 0)) + 1

/** Answers the new line; those that are kept no more are gone. `anew`: it begins a list behind one that is broken. */
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

/** The last copy and those it needs, the base first. */
export function neededFor(lines: readonly CopyLine[], at = lines.length - 1): readonly CopyLine[] {
  const base = lines.slice(0, at + 1).findLastIndex(({ kind }) => kind === 'base')
  return base < 0 ? [] : lines.slice(base, at + 1)
}

export const filesOf = (lines: readonly CopyLine[]): ReadonlySet<string> =>
  new Set(lines.flatMap(({ file, folder }) => [file, folder]))

/** Copies that no line names, so that none needs them; nothing while a line cannot be read. */
export function unnamedOf({ entries }: CopyList, names: Iterable<string>): readonly string[] {
  const lines = entries.flatMap(({ line }) => (line === null ? [] : [line]))
  if (lines.length < entries.length) return []
  const named = filesOf(lines)
  return [...names].filter((one) => one.endsWith('.etcseal') && !named.has(one))
}
