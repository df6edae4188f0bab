// Checks the hash chain of a ledger database and returns the first row that does not fit.
// Reads in pages, so that a year of rows needs no more memory than a day.
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { hexOf } from '#base/pure/data/bytes.ts'
import type { LedgerHead } from '../ports/ledger.ts'
import {
  bytesOfHash,
  canonicalRowText,
  chainBytes,
  lowerHexOf,
  readColumns,
  storedOfValues,
  zeroHash,
} from './row-text.ts'
import type { ChainKey, StoredRow } from './row-text.ts'

interface ChainCheck {
  readonly rows: number
  readonly firstBadSeq: number | null
  /** The last row read, whether it fits or not. */
  readonly last: LedgerHead
}

/** Large enough that a page costs no more than its rows, small enough that its rows are freed early. */
export const pageRows = 128
/** A caller that needs one row, such as the next upload, does not read a page. */
const firstPageRows = 2

/** Prepared once per connection: an upload reads one row, and preparing took longer than reading. */
const pages = new WeakMap<DatabaseSync, StatementSync>()

function pageOf(db: DatabaseSync): StatementSync {
  const known = pages.get(db)
  if (known !== undefined) return known
  const made = db.prepare(
    `SELECT ${readColumns} FROM ledger_row WHERE nodeId = ? AND seq > ? ORDER BY seq LIMIT ?`,
  )
  made.setReturnArrays(true)
  pages.set(db, made)
  return made
}

/** The rows after `afterSeq` in order, page by page: no statement stays open between two of them. */
export function* storedRows(
  db: DatabaseSync,
  nodeId: string,
  afterSeq: number,
): Generator<StoredRow & { readonly hash: string }> {
  const page = pageOf(db)
  let after = afterSeq
  for (let most = firstPageRows; ; most = Math.min(pageRows, 4 * most)) {
    const rows = page.all(nodeId, after, most).map(storedOfValues)
    yield* rows
    const last = rows.at(-1)
    if (last === undefined || rows.length < most) return
    after = last.seq
  }
}

// The texts of a checkpoint are joined in one reused buffer.
const encoder = new TextEncoder()
let scratch = new Uint8Array(65_536)

/** Writes the text at `at`; returns its number of bytes. */
function put(text: string, at: number): number {
  const room = at + text.length * 3
  if (scratch.length < room) {
    const larger = new Uint8Array(room * 2)
    larger.set(scratch.subarray(0, at))
    scratch = larger
  }
  return encoder.encodeInto(text, scratch.subarray(at)).written
}

/**
 * SM3 of the canonical texts of the rows after `fromSeq` up to `toSeq`, each ended by LF: signed by a checkpoint, and
 * computable without the chain key (docs/ledger-format.md).
 */
export function rowsSm3(
  db: DatabaseSync,
  { crypto, nodeId }: Pick<ChainKey, 'crypto'> & { readonly nodeId: string },
  fromSeq: number,
  toSeq: number,
): string {
  let length = 0
  for (const row of storedRows(db, nodeId, fromSeq)) {
    if (row.seq > toSeq) break
    length += put(`${canonicalRowText(row)}\n`, length)
  }
  return hexOf(crypto.sm3(scratch.subarray(0, length))).toLowerCase()
}

/** Checks the rows after `afterSeq`; the hash of the row at `afterSeq` is the anchor. */
export function checkChain(
  db: DatabaseSync,
  options: ChainKey & { readonly nodeId: string },
  afterSeq: number,
): ChainCheck {
  let prev: LedgerHead = { seq: afterSeq, hash: zeroHash }
  let prevBytes = bytesOfHash(zeroHash)
  let anchored = afterSeq === 0
  let rows = 0
  let firstBadSeq: number | null = null
  for (const row of storedRows(db, options.nodeId, Math.max(0, afterSeq - 1))) {
    if (!anchored) {
      // The anchor is not checked; a missing one leaves a gap that is found below.
      anchored = true
      if (row.seq === afterSeq) {
        prev = { seq: row.seq, hash: row.hash }
        prevBytes = bytesOfHash(row.hash)
        continue
      }
    }
    rows++
    const bytes = chainBytes(options, prevBytes, row)
    const isItsHash = row.hash === lowerHexOf(bytes)
    if (firstBadSeq === null && !(isItsHash && row.seq === prev.seq + 1)) firstBadSeq = row.seq
    prev = { seq: row.seq, hash: row.hash }
    prevBytes = isItsHash ? bytes : bytesOfHash(row.hash)
  }
  return { rows, firstBadSeq, last: prev }
}
