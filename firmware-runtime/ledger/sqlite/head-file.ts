// ledger.head: two 64-byte slots outside the database with the last row of the ledger (2.6).
// Written in turn, so that a power cut damages only one; each slot has its own disk block.
import { closeSync, fdatasyncSync, fsyncSync, openSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { crc32 } from 'node:zlib'
import { bytesOfHex, hexOf } from '#base/pure/data/bytes.ts'
import { present } from '#base/pure/values/must.ts'
import type { LedgerHead } from '../ports/ledger.ts'
import { readUpTo } from '#base/files/read-up-to.ts'
import { syncFolder } from '#base/files/sync-folder.ts'
import { removePath } from '#base/files/held-path.ts'

export const slotBytes = 64
/** One file-system block apart: a torn block never takes both. */
export const slotOffsets = [0, 4096] as const
export const headFileBytes = slotOffsets[1] + slotBytes

const magic = new TextEncoder().encode('ETCHEAD1')
const crcOffset = slotBytes - 4

/** Format: magic 8, seq u64 BE 8, hash 32, zero 12, crc32 of the first 60 bytes u32 BE. */
export function encodeSlot(head: LedgerHead): Uint8Array {
  const slot = new Uint8Array(slotBytes)
  const view = new DataView(slot.buffer)
  slot.set(magic, 0)
  view.setBigUint64(8, BigInt(head.seq))
  slot.set(present(bytesOfHex(head.hash), 'a hash is hex'), 16)
  view.setUint32(crcOffset, crc32(slot.subarray(0, crcOffset)))
  return slot
}

/** The head in a slot; `empty` when it was never written, `bad` when it is torn or damaged. */
export function decodeSlot(slot: Uint8Array): LedgerHead | 'empty' | 'bad' {
  if (slot.every((b) => b === 0)) return 'empty'
  if (slot.length !== slotBytes) return 'bad'
  const view = new DataView(slot.buffer, slot.byteOffset, slotBytes)
  if (magic.some((b, i) => slot[i] !== b)) return 'bad'
  if (view.getUint32(crcOffset) !== crc32(slot.subarray(0, crcOffset))) return 'bad'
  return { seq: Number(view.getBigUint64(8)), hash: hexOf(slot.subarray(16, 48)).toLowerCase() }
}

export interface HeadReading {
  /** `whole`: no slot is damaged. `torn`: one is, the other is used. `bad`: both are. */
  readonly state: 'absent' | 'bad' | 'torn' | 'whole'
  /** The newest head found. */
  readonly head: LedgerHead | null
  /** Slot to write next: the one without the newest head. */
  readonly nextSlot: 0 | 1
}

export function readHeadBytes(bytes: Uint8Array): HeadReading {
  const slots = slotOffsets.map((at) => decodeSlot(bytes.subarray(at, at + slotBytes)))
  const good = slots.filter((s) => typeof s === 'object')
  const [newest] = good.toSorted((a, b) => b.seq - a.seq)
  if (newest === undefined) return { state: 'bad', head: null, nextSlot: 0 }
  const nextSlot = slots.indexOf(newest) === 0 ? 1 : 0
  return { state: slots.includes('bad') ? 'torn' : 'whole', head: newest, nextSlot }
}

export function readHeadFile(path: string): HeadReading {
  try {
    return readHeadBytes(readUpTo(path, 2 * headFileBytes))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      return { state: 'absent', head: null, nextSlot: 0 }
    return { state: 'bad', head: null, nextSlot: 0 }
  }
}

export interface HeadFile {
  /** Writes and syncs the head into the older slot. */
  write(head: LedgerHead): void
  close(): void
}

/** Opens or creates the file at its full size, so that a full disk cannot stop a later head. */
export function openHeadFile(path: string, sync: boolean): HeadFile {
  const found = readHeadFile(path)
  const whole = found.state === 'whole' || found.state === 'torn'
  const fd = openSync(path, whole ? 'r+' : 'w+')
  let nextSlot = found.nextSlot
  const put = (bytes: Uint8Array, at: number): void => {
    // A full disk takes a part; the next write then throws.
    for (let done = 0; done < bytes.length;)
      done += writeSync(fd, bytes, done, bytes.length - done, at + done)
  }
  try {
    if (!whole) put(new Uint8Array(headFileBytes), 0)
    if (!whole && sync) {
      fsyncSync(fd)
      syncFolder(dirname(path))
    }
  } catch (error) {
    closeSync(fd)
    // A partial new file would look like a damaged head, although none was ever written.
    if (found.state === 'absent') removePath(path, { force: true })
    throw error
  }
  return {
    write(head) {
      put(encodeSlot(head), slotOffsets[nextSlot])
      if (sync) fdatasyncSync(fd)
      nextSlot = nextSlot === 0 ? 1 : 0
    },
    close: () => closeSync(fd),
  }
}
