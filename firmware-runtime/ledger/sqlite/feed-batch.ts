// Rows of the ledger as its centre gets them: canonical texts, the open digest over them, and batches (docs/centre.md).
import { gzipSync } from 'node:zlib'
import { noRowsMark, type FeedBatch, type Mark } from '../pure/centre/follower.ts'
import {
  digestAfter,
  feedLimits,
  lowerHex,
  ownDigest,
  rowDigest,
  withheldMark,
} from '../pure/centre/row-feed.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { t } from '#base/pure/words/fault-text.ts'
import type { Crypto } from '#base/ports/crypto.ts'
import { canonicalRowText, type StoredRow } from './row-text.ts'

type Stored = StoredRow & { readonly hash: string }
type Sm3 = Crypto['sm3']
/** The rows behind a number, in order. */
export type RowsAfter = (seq: number) => Iterable<Stored>

interface Line {
  readonly text: Uint8Array
  /** Sent in place of a text that is too long or has a line end, which only damage can put there. */
  readonly withheld: Uint8Array
  readonly mark: Mark
}

const encoder = new TextEncoder()
/** Rows between two answers to somebody else. */
const sliceRows = 2_000

function broken(seq: number): LaneFault {
  const note = t(`第 ${seq} 条与前后不连贯`, `row ${seq} does not fit the chain`)
  return new LaneFault('LEDGER-04', { file: 'ledger.db', note })
}

function lineOf(row: Stored, before: Mark, sm3: Sm3): Line {
  if (row.seq !== before.seq + 1) throw broken(before.seq + 1)
  const text = encoder.encode(`${canonicalRowText(row)}\n`)
  const own = rowDigest(text.subarray(0, -1), sm3)
  const digest = lowerHex(digestAfter(ownDigest(before.digest), own, sm3))
  const withheld = encoder.encode(`${withheldMark}${lowerHex(own)}\n`)
  return { text, withheld, mark: { seq: row.seq, digest, hash: row.hash } }
}

/** What of a row is sent. */
const sentOf = ({ text, withheld }: Line): Uint8Array =>
  text.length > feedLimits.plainBytesMax || text.indexOf(10) !== text.length - 1 ? withheld : text

/** As many of the lines as fit; null: not even the first one does. */
function packed(lines: readonly Line[], from: Mark): FeedBatch | null {
  for (let count = lines.length; count > 0; count >>= 1) {
    const to = lines[count - 1]?.mark ?? from
    const body = gzipSync(Buffer.concat(lines.slice(0, count).map(sentOf)))
    if (body.length <= feedLimits.bytesMax) return { from, to, body: Uint8Array.from(body) }
  }
  return null
}

export function feedBatch(
  rowsAfter: RowsAfter,
  from: Mark,
  rowsMax: number,
  sm3: Sm3,
): FeedBatch | null {
  const lines: Line[] = []
  let plain = 0
  for (const row of rowsAfter(from.seq)) {
    const line = lineOf(row, lines.at(-1)?.mark ?? from, sm3)
    plain += sentOf(line).length
    if (plain > feedLimits.plainBytesMax) break
    lines.push(line)
    if (lines.length >= rowsMax) break
  }
  const [first] = lines
  if (first === undefined) return null
  return (
    packed(lines, from) ?? { from, to: first.mark, body: Uint8Array.from(gzipSync(first.withheld)) }
  )
}

/** In slices. The last value is the mark of row `toSeq`. */
export function* feedDigest(
  rowsAfter: RowsAfter,
  toSeq: number,
  from: Mark,
  sm3: Sm3,
): Generator<undefined, Mark> {
  if (toSeq === 0) return noRowsMark
  let mark = isKnown(rowsAfter, from) ? from : noRowsMark
  if (mark.seq === toSeq) return mark
  for (const row of rowsAfter(mark.seq)) {
    mark = lineOf(row, mark, sm3).mark
    if (mark.seq === toSeq) return mark
    if (mark.seq % sliceRows === 0) yield
  }
  throw broken(mark.seq + 1)
}

/** Whether the ledger still has the row of a mark: the hash of a row is that of all rows up to it. */
function isKnown(rowsAfter: RowsAfter, { seq, hash }: Mark): boolean {
  if (seq === 0) return true
  for (const row of rowsAfter(seq - 1)) return row.seq === seq && row.hash === hash
  return false
}
