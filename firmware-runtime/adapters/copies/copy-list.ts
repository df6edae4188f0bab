// copies.jsonl of the second place: a line for each copy that is kept, chained by SHA-256, with the head of the ledger in
// it. A line that was altered, left out or put back from earlier does not fit the one behind it.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { diskFault } from '../../core/values/disk-fault.ts'
import { keptLines } from '../../core/lot/kept-copies.ts'
import { LaneFault } from '../../core/values/faults.ts'
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
  folder: name,
  folderSha256: hex,
  fromSeq: z.int().min(0),
  toSeq: z.int().min(0),
  headHash: hex,
  /** SHA-256 of the line before, without its line feed; zeros for the first ever. */
  prev: hex,
})
export type CopyLine = z.infer<typeof lineShape>

export const listOfCopies = (place: string): string => join(place, 'copies.jsonl')
const zeros = '0'.repeat(64)
const hashOf = (line: string): string => sha256Of(new TextEncoder().encode(line)).toString('hex')

interface CopyList {
  readonly lines: readonly CopyLine[]
  /** What the next line says of the last one. */
  readonly prev: string
  /** Each line as it stands there. */
  readonly texts: readonly string[]
}

/** COPY-02 at the first line that does not fit. */
export function readCopies(place: string): CopyList {
  const file = listOfCopies(place)
  if (!existsSync(file)) return { lines: [], prev: zeros, texts: [] }
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw diskFault(error, { file }, 'COPY-01', 'COPY-01')
  }
  // Lines before the oldest whole copy that is kept are gone: the chain begins with what the first one names.
  let before: { readonly n: number; readonly hash: string } | null = null
  const texts = text.split('\n').filter((line) => line !== '')
  const lines = texts.map((line, at) => {
    const found = lineShape.safeParse(parsed(line))
    const { n, prev } = found.data ?? { n: 0, prev: '' }
    if (!found.success || (before !== null && (prev !== before.hash || n !== before.n + 1)))
      throw new LaneFault('COPY-02', { file, field: `line ${at + 1}`, note: 'the chain is broken' })
    before = { n, hash: hashOf(line) }
    return found.data
  })
  const last = texts.at(-1)
  return { lines, prev: last === undefined ? zeros : hashOf(last), texts }
}

/** The number of the next copy. */
export const nextNumber = (lines: readonly CopyLine[]): number => (lines.at(-1)?.n ?? 0) + 1

/** Answers the new line; those that are kept no more are gone. */
export function addCopy(place: string, line: Omit<CopyLine, 'n' | 'prev'>): CopyLine {
  const { lines, prev, texts } = readCopies(place)
  const next = { n: nextNumber(lines), ...line, prev }
  const kept = keptLines([...lines, next])
  const written = [...texts, JSON.stringify(next)].slice(-kept.length)
  writeWhole(listOfCopies(place), `${written.join('\n')}\n`)
  return next
}

/** The last copy and those it needs, the base first. */
export function neededFor(lines: readonly CopyLine[], at = lines.length - 1): readonly CopyLine[] {
  const base = lines.slice(0, at + 1).findLastIndex(({ kind }) => kind === 'base')
  return base < 0 ? [] : lines.slice(base, at + 1)
}
