// Where a release lies: a folder, a stick, or an address. Nothing read there is believed before its signature was checked.
import { createHash } from 'node:crypto'
import { createReadStream, existsSync, lstatSync, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { diskFault } from '#base/pure/faults/disk-fault.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { ReleaseFile } from '../pure/update/offer.ts'
import { removePathAsync, renamePathAsync } from '#base/files/held-path.ts'

export interface ReleasePlace {
  /** The bytes of a file in pieces; null: there is no such file. Throws UPDATE-23 to UPDATE-26 for a place that is none. */
  open(path: string): Promise<AsyncIterable<Uint8Array> | null>
}

/** A stick that was pulled out looks like a file that is not there. */
const gone = ['ENOENT', 'ENOTDIR', 'EIO', 'ENODEV', 'ENXIO']
const isGone = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && gone.includes(String(error.code))

const folderPlace = (folder: string): ReleasePlace => ({
  open(path) {
    const file = join(folder, path)
    try {
      return Promise.resolve(lstatSync(file).isFile() ? createReadStream(file) : null)
    } catch (error) {
      if (!isGone(error)) throw error
      if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true)
        return Promise.resolve(null)
      return Promise.reject(new LaneFault('UPDATE-23', { file: folder }))
    }
  },
})

const signInStatus: readonly number[] = [401, 403, 407, 511]

/** Throws UPDATE-26 for a sign-in in place of the release, UPDATE-25 where the server has no answer now. */
function mustBeRelease({ status }: Response, address: string): void {
  const value = `HTTP ${status}`
  if (signInStatus.includes(status)) throw new LaneFault('UPDATE-26', { file: address, value })
  if (status >= 500 || status === 408 || status === 429)
    throw new LaneFault('UPDATE-25', { file: address, value })
}

/** A page begins with `<`, whatever its header says; metadata is JSON and a program is packed. */
const isPage = (piece: Uint8Array): boolean =>
  Buffer.from(piece.subarray(0, 64))
    .toString('latin1')
    .replace(/^(?:\xef\xbb\xbf)?\s*/, '')[0] === '<'

/** The words of the system, which `fetch` hides behind its own. */
function causeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return cause instanceof Error ? cause.message || cause.name : String(cause)
}

/** Without an answer, or without a further byte, for so long it is given up. */
const silentMs = 20_000

const addressPlace = (address: string): ReleasePlace => ({
  async open(path) {
    const stop = new AbortController()
    let timer = setTimeout(() => stop.abort(), silentMs)
    const url = new URL(path, address.endsWith('/') ? address : `${address}/`)
    const answer = await fetch(url, { signal: stop.signal }).catch((error: unknown) => {
      clearTimeout(timer)
      throw new LaneFault('UPDATE-25', { file: address, note: causeOf(error) })
    })
    try {
      mustBeRelease(answer, address)
    } catch (error) {
      clearTimeout(timer)
      await answer.body?.cancel()
      throw error
    }
    if (!answer.ok || answer.body === null) {
      clearTimeout(timer)
      await answer.body?.cancel()
      return null
    }
    const { body } = answer
    return (async function* pieces() {
      let isFirst = true
      try {
        for await (const piece of body) {
          if (isFirst && isPage(piece)) throw new LaneFault('UPDATE-26', { file: answer.url })
          isFirst = false
          clearTimeout(timer)
          timer = setTimeout(() => stop.abort(), silentMs)
          yield piece
        }
      } finally {
        clearTimeout(timer)
      }
    })()
  },
})

/** `from`: a folder, or an address that begins with http:// or https://. Throws UPDATE-24 for another scheme. */
export function placeAt(from: string): ReleasePlace {
  if (/^https?:\/\//i.test(from) && URL.canParse(from)) return addressPlace(from)
  // A single letter is a drive of Windows, and a folder may have a colon in its name.
  if (/^[a-z][a-z\d+.-]+:/i.test(from) && !existsSync(from))
    throw new LaneFault('UPDATE-24', { value: from })
  return folderPlace(from)
}

/** A whole file of metadata; null: there is none. Throws UPDATE-04 for one that is longer, UPDATE-05 where its reading ended early. */
export async function readWhole(
  place: ReleasePlace,
  path: string,
  bytesMax: number,
): Promise<Uint8Array | null> {
  const pieces = await place.open(path)
  if (pieces === null) return null
  const read: Uint8Array[] = []
  let bytes = 0
  try {
    for await (const piece of pieces) {
      bytes += piece.length
      if (bytes > bytesMax) throw new LaneFault('UPDATE-04', { file: path, value: `> ${bytesMax}` })
      read.push(piece)
    }
  } catch (error) {
    if (error instanceof LaneFault) throw error
    throw new LaneFault('UPDATE-05', {
      file: path,
      note: error instanceof Error ? error.message : '',
    })
  }
  return Buffer.concat(read)
}

/**
 * Copies a file of a release to `to`, which has its name only once length and sum fit and it is on the disk. Throws
 * UPDATE-04 for other bytes, UPDATE-05 where it is missing or ended early, UPDATE-13 for a full disk.
 */
export async function fetchFile(place: ReleasePlace, file: ReleaseFile, to: string): Promise<void> {
  const { path, bytes: wanted, sha256 } = file
  const pieces = await place.open(path)
  if (pieces === null) throw new LaneFault('UPDATE-05', { file: path })
  const beside = `${to}.part`
  const hash = createHash('sha256')
  let bytes = 0
  const out = await open(beside, 'w', 0o600)
  try {
    for await (const piece of pieces) {
      bytes += piece.length
      if (bytes > wanted) throw new LaneFault('UPDATE-04', { file: path, value: `> ${wanted}` })
      hash.update(piece)
      await out.write(piece)
    }
    await out.sync()
    const sum = hash.digest('hex')
    if (bytes < wanted)
      throw new LaneFault('UPDATE-05', { file: path, value: `${bytes} < ${wanted}` })
    if (sum !== sha256) throw new LaneFault('UPDATE-04', { file: path, value: sum })
    await out.close()
    await renamePathAsync(beside, to)
  } catch (error) {
    await out.close().catch(() => undefined)
    await removePathAsync(beside, { force: true })
    if (error instanceof LaneFault) throw error
    throw diskFault(error, { file: path }, 'UPDATE-05', 'UPDATE-13')
  }
}
