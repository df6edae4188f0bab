// Photos by day: kept under an id that names day and file, read by it. Anything else is no photo.
// Names are checked before they become paths; a photo never keeps a car waiting.
import { mkdirSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isoOf, type InstantMs } from '../../core/values/instant.ts'

/** `20261120-081502-exit-17`: day, time, lane, number. */
const idShape = /^(\d{4})(\d{2})(\d{2})-\d{6}-[a-z][a-z0-9-]{0,15}-\d{1,9}$/

export async function readPhoto(dir: string, photoId: string): Promise<Uint8Array | null> {
  const m = idShape.exec(photoId)
  if (m === null) return null
  try {
    return await readFile(join(dir, 'photos', `${m[1]}-${m[2]}-${m[3]}`, `${photoId}.jpg`))
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    if (code === 'ENOENT') return null
    throw error
  }
}

export class PhotoShelf {
  private readonly dir: string
  private seq: number

  constructor(dir: string, seq = 0) {
    this.dir = dir
    this.seq = seq
  }

  /** Id of the photo; null for none, and for one that the disk did not take. */
  keep(laneId: string, jpeg: Uint8Array | null, nowMs: InstantMs): string | null {
    if (jpeg === null) return null
    const at = isoOf(nowMs)
    const day = at.slice(0, 10)
    const time = at.slice(11, 19).replaceAll(':', '')
    const photo = `${day.replaceAll('-', '')}-${time}-${laneId}-${++this.seq}`
    const folder = join(this.dir, 'photos', day)
    try {
      mkdirSync(folder, { recursive: true })
      writeFileSync(join(folder, `${photo}.jpg`), jpeg)
      return photo
    } catch {
      // A photo is a convenience: a full disk must not keep a car waiting. The ledger says null.
      return null
    }
  }
}
