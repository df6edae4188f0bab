// Where a release lies: a folder, a stick, or an address. Nothing read there is believed before its signature was checked.
import { createHash } from 'node:crypto'
import { createReadStream, lstatSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { diskFault } from '../../core/faults/disk-fault.ts'
import { LaneFault } from '../../core/faults/faults.ts'
import type { ReleaseFile } from '../../core/update/offer.ts'
import { removePathAsync, renamePathAsync } from '../files/held-path.ts'

export interface ReleasePlace {
  /** The bytes of a file in pieces; null: there is no such file, or nobody answers. */
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
      if (isGone(error)) return Promise.resolve(null)
      throw error
    }
  },
})

/** Without an answer, or without a further byte, for so long it is given up. */
const silentMs = 20_000

const addressPlace = (address: string): ReleasePlace => ({
  async open(path) {
    const stop = new AbortController()
    let timer = setTimeout(() => stop.abort(), silentMs)
    const url = new URL(path, address.endsWith('/') ? address : `${address}/`)
    const answer = await fetch(url, { signal: stop.signal }).catch(() => null)
    if (answer?.ok !== true || answer.body === null) {
      clearTimeout(timer)
      await answer?.body?.cancel()
      return null
    }
    const { body } = answer
    return (async function* pieces() {
      try {
        for await (const piece of body) {
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

/** `from`: a folder, or an address that begins with http:// or https://. */
export const placeAt = (from: string): ReleasePlace =>
  /^https?:\/\//.test(from) ? addressPlace(from) : folderPlace(from)

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
