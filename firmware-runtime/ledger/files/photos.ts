// Photos by day, stored and read under an id that contains day and lane.
// Ids are checked before they become paths; a photo never delays a car.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import { photoIdShape, pictureOf, type PhotoOf } from '#base/pure/data/photo.ts'

const folderOf = (dir: string, shelf: PhotoOf, day: string): string =>
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

const shelves = ['cars', 'measured'] as const satisfies readonly PhotoOf[]

/** Null: this is no id of a photo. */
function fileOf(dir: string, photoId: string, shelf: PhotoOf): string | null {
  const m = photoIdShape.exec(photoId)
  if (m === null) return null
  return join(folderOf(dir, shelf, `${m[1]}-${m[2]}-${m[3]}`), `${photoId}.jpg`)
}

export async function readPhoto(dir: string, photoId: string): Promise<Uint8Array | null> {
  for (const shelf of shelves) {
    const file = fileOf(dir, photoId, shelf)
    const found = file === null ? null : await readIfThere(file)
    if (found !== null) return isShown(found) ? found : null
  }
  return null
}

/** False: it was deleted by its age, or never kept. */
export const isPhotoKept = (dir: string, photoId: string): boolean =>
  shelves.some((shelf) => existsSync(fileOf(dir, photoId, shelf) ?? ''))

/** Only JPEG with a plausible size is returned, because a viewer decodes it. */
const isShown = (bytes: Uint8Array): boolean => pictureOf(bytes)?.format === 'jpeg'

export class PhotoShelf {
  private readonly dir: string
  private seq: number
  private readonly shelf: PhotoOf

  constructor(dir: string, seq = 0, shelf: PhotoOf = 'cars') {
    this.dir = dir
    this.seq = seq
    this.shelf = shelf
  }

  /** Id of the photo; null without a photo, for an unreadable one, and when the disk refused it. */
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
      // A photo is not required: a full disk must not delay a car. The ledger then has null.
      return null
    }
  }
}
