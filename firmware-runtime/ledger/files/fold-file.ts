// fold.cache: the folded state of a lot in one file, with a keyed sum over all of it.
// It only avoids reading rows at a start (ADR 19); losing it costs time only.
import { readFileSync, statfsSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { deserialize, serialize } from 'node:v8'
import { foldVersion, type Folded, type RowPosition } from '../pure/fold/folded.ts'
import {
  foldSnapshot,
  restoreFold,
  snapshotMonoMs,
  type FoldSnapshot,
} from '../pure/fold/snapshot.ts'
import { noRows, type OutboxRowAt } from '../pure/queue/records.ts'
import { hexOf } from '#base/pure/data/bytes.ts'
import type { Crypto } from '#base/ports/crypto.ts'
import type { FoundFold, KeptFold } from '../ports/fold-cache.ts'
import { removePath, renamePath } from '#base/files/held-path.ts'

export interface FoldFileOptions {
  readonly dir: string
  readonly nodeId: string
  /** Version of the program: another version may fold differently. */
  readonly program: string
  readonly crypto: Crypto
  readonly chainKey: Uint8Array
}

export const foldFileNames = (dir: string): { now: string; next: string } => ({
  now: join(dir, 'fold.cache'),
  next: join(dir, 'fold.cache.new'),
})

/** Format of the file. */
const fileVersion = 2
const magic = 'ETCFOLD1'
/** Magic, blank, 64 hex, line feed. */
const headBytes = magic.length + 1 + 64 + 1
/** A lot with a million unsent records has some 40 MB; a larger file was not written by this program. */
const fileBytesMax = 256 * 1024 * 1024
/** The last free space of the disk is left to the ledger. */
const freeBytesMin = 64 * 1024 * 1024

interface FoldHead {
  readonly file: number
  readonly fold: number
  readonly program: string
  readonly nodeId: string
  /** V8 version that wrote the state; another version may serialise differently. */
  readonly v8: string
  readonly at: RowPosition
}

const utf8 = new TextEncoder()

/** Derived, so that a sum of this file is never a hash of the chain. */
const keyOf = ({ crypto, chainKey }: FoldFileOptions): Uint8Array =>
  crypto.hmacSm3(chainKey, utf8.encode('etc-lane fold cache'))

const headLine = (place: FoldFileOptions, payload: Uint8Array): string =>
  `${magic} ${hexOf(place.crypto.hmacSm3(keyOf(place), payload)).toLowerCase()}\n`

const errnoOf = (error: unknown): string | null =>
  error instanceof Error && 'code' in error ? String(error.code) : null

const none = (why: Extract<FoundFold, { kind: 'none' }>['why']): FoundFold => ({
  kind: 'none',
  why,
})

function bytesOf(path: string): Uint8Array | FoundFold {
  try {
    if (statSync(path).size > fileBytesMax) return none('damaged')
    return readFileSync(path)
  } catch (error) {
    const code = errnoOf(error)
    if (code === null) throw error
    return none(code === 'ENOENT' ? 'absent' : 'unreadable')
  }
}

/** A line of JSON with the header, and the state. Both are covered by the sum. */
function contentOf(payload: Uint8Array): { head: FoldHead; state: Uint8Array } {
  const end = payload.indexOf(0x0a)
  const head = JSON.parse(new TextDecoder().decode(payload.subarray(0, end))) as FoldHead
  return { head, state: payload.subarray(end + 1) }
}

/**
 * The file in the folder; its state is restored only when the start needs it, and only after the sum under this lot's
 * key was verified.
 */
export function readFoldFile(place: FoldFileOptions): FoundFold {
  const bytes = bytesOf(foldFileNames(place.dir).now)
  if (!(bytes instanceof Uint8Array)) return bytes
  const payload = bytes.subarray(headBytes)
  const expected = utf8.encode(headLine(place, payload))
  if (bytes.length < headBytes || expected.some((b, i) => bytes[i] !== b)) return none('damaged')
  const { head, state } = contentOf(payload)
  const current = head.file === fileVersion && head.fold === foldVersion
  if (!current || head.program !== place.program || head.v8 !== process.versions.v8)
    return none('otherVersion')
  if (head.nodeId !== place.nodeId) return none('otherNode')
  const restore = (startMonoMs: number, rowAt: OutboxRowAt): Folded =>
    restoreFold(deserialize(state) as FoldSnapshot, startMonoMs, rowAt)
  return { kind: 'found', at: head.at, restore }
}

const refused = (why: string): KeptFold => ({ ok: false, why })

function hasRoom(dir: string): boolean {
  const { bavail, bsize } = statfsSync(dir)
  return bavail * bsize >= freeBytesMin
}

/**
 * Replaces the file atomically: a power cut leaves the old one. `sync` false only when power cuts do not matter. A full
 * or read-only disk is not a fault: the next start reads more rows.
 */
export function writeFoldFile(place: FoldFileOptions, folded: Folded, sync: boolean): KeptFold {
  const state = serialize(foldSnapshot(folded))
  // Only a state that is restored unchanged may be written.
  const again = restoreFold(deserialize(state) as FoldSnapshot, snapshotMonoMs, noRows)
  if (!isDeepStrictEqual(again, folded)) return refused('stateDiffers')
  const { program, nodeId } = place
  const { v8 } = process.versions
  const { at } = folded
  const head: FoldHead = { file: fileVersion, fold: foldVersion, program, nodeId, v8, at }
  const payload = Buffer.concat([utf8.encode(`${JSON.stringify(head)}\n`), state])
  const { now, next } = foldFileNames(place.dir)
  try {
    if (!hasRoom(place.dir)) return refused('diskLow')
    const bytes = Buffer.concat([utf8.encode(headLine(place, payload)), payload])
    writeFileSync(next, bytes, { mode: 0o600, flush: sync })
    renamePath(next, now)
    return { ok: true, seq: folded.at.seq }
  } catch (error) {
    const code = errnoOf(error)
    if (code === null) throw error
    remove(next)
    return refused(code)
  }
}

/** Removes a state that does not fit the rows after it: the next one is made from all rows. */
export const dropFoldFile = (dir: string): void => remove(foldFileNames(dir).now)

/** Removes a partial file to free its space; when that fails, the next write replaces it. */
function remove(path: string): void {
  try {
    removePath(path, { force: true })
  } catch (error) {
    if (errnoOf(error) === null) throw error
  }
}
