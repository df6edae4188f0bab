// Photos by day: kept under an id that names day and file, read by it. Anything else is no photo.
// Names are checked before they become paths; a photo never keeps a car waiting.
import { mkdirSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isoOf, type InstantMs } from '../../core/values/instant.ts'
import { photoIdShape, pictureOf } from '../../core/values/photo.ts'

/** Photos of cars lie by day, because they are cleared by day; those of a record beside its device. */
type Shelf = 'cars' | 'measured'

const folderOf = (dir: string, shelf: Shelf, day: string): string =>
  shelf === 'cars' ? join(dir, 'photos', day) : join(dir, 'devices', 'photos')

async function readIfThere(file: string): Promise<Uint8Array | null> {
  try {
    return await readFile(file)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    if (code === 'ENOENT') return null
    throw error
  }
}

export async function readPhoto(dir: string, photoId: string): Promise<Uint8Array | null> {
  const m = photoIdShape.exec(photoId)
  if (m === null) return null
  const at = (shelf: Shelf): string =>
    join(folderOf(dir, shelf, `${m[1]}-${m[2]}-${m[3]}`), `${photoId}.jpg`)
  const found = (await readIfThere(at('cars'))) ?? (await readIfThere(at('measured')))
  return found === null || isShown(found) ? found : null
}

/** Whoever looks at a photo opens it: one that says that it is larger than memory is none. */
const isShown = (bytes: Uint8Array): boolean => pictureOf(bytes)?.format === 'jpeg'

export class PhotoShelf {
  private readonly dir: string
  private seq: number
  private readonly shelf: Shelf

  constructor(dir: string, seq = 0, shelf: Shelf = 'cars') {
    this.dir = dir
    this.seq = seq
    this.shelf = shelf
  }

  /** Id of the photo; null for none, for one that cannot be opened, and for one that the disk did not take. */
  keep(laneId: string, jpeg: Uint8Array | null, nowMs: InstantMs): string | null {
    if (jpeg === null || !isShown(jpeg)) return null
    const at = isoOf(nowMs)
    const day = at.slice(0, 10)
    const time = at.slice(11, 19).replaceAll(':', '')
    const photo = `${day.replaceAll('-', '')}-${time}-${laneId}-${++this.seq}`
    const folder = folderOf(this.dir, this.shelf, day)
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      writeFileSync(join(folder, `${photo}.jpg`), jpeg)
      return photo
    } catch {
      // A photo is a convenience: a full disk must not keep a car waiting. The ledger says null.
      return null
    }
  }
}
