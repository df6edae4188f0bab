// Sealed photos at a second place: one file each, `photos/DAY/ID.etcseal`, and `photos.jsonl` with a line per photo;
// photos of measurement records are in `measured`. The seal covers the id: a photo cannot take another's place.
import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { dayOfPhoto, type PhotoDay } from '../pure/lot/photo-copies.ts'
import { parsed } from '#base/pure/data/json.ts'
import { photoIdShape } from '#base/pure/data/photo.ts'
import type { CopyDamage } from '../ports/copy-service.ts'
import { writeWhole } from '#base/files/whole-file.ts'
import type { PlaceFolder } from './place-folder.ts'

const lineShape = z.strictObject({
  photo: z.string().regex(photoIdShape),
  /** Of the sealed file. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.int().min(0),
})
export type PhotoLine = z.infer<typeof lineShape>
type PhotoLines = ReadonlyMap<string, PhotoLine>

const listName = 'photos.jsonl'
/** Photos of measurement records are in devices/photos on the machine, and are never cleared. */
const measured = 'measured'
const dayShape = /^(\d{4}-\d{2}-\d{2}|measured)$/
const jpegEnd = '.jpg'

export const photosAt = (lot: string): string => `${lot}/photos`
export const dayAt = (lot: string, day: string): string => `${photosAt(lot)}/${day}`
export const sealedName = (photo: string): string => `${photo}.etcseal`
/** Path below the copies of the lot. */
export const fileOf = (day: string, photo: string): string => `photos/${day}/${sealedName(photo)}`
export const photoPurpose = (photo: string): string => `photo ${photo}`
export const hereAt = (dir: string, day: string): string =>
  day === measured ? join(dir, 'devices', 'photos') : join(dir, 'photos', day)

/** The newest days still grow: today, and yesterday with a late photo. */
const growing = 2
export function youngOf(days: readonly string[]): readonly string[] {
  const dated = days.filter((day) => day !== measured)
  return [measured, ...dated.toSorted().slice(-growing)]
}

const namesIn = (folder: string): readonly string[] =>
  existsSync(folder) ? readdirSync(folder) : []

/** Days with photos on this machine. */
export function daysHere(dir: string): readonly string[] {
  const days = namesIn(join(dir, 'photos')).filter(
    (name) => dayShape.test(name) && name !== measured,
  )
  return photosHere(dir, measured).size > 0 ? [...days, measured] : days
}

/** Photos of a day on this machine with their lengths in bytes; one deleted meanwhile is left out. */
export function photosHere(dir: string, day: string): ReadonlyMap<string, number> {
  const folder = hereAt(dir, day)
  const found = new Map<string, number>()
  for (const name of namesIn(folder)) {
    const photo = name.slice(0, -jpegEnd.length)
    const own = dayOfPhoto(photo)
    if (!name.endsWith(jpegEnd) || own === null || (day !== own && day !== measured)) continue
    const stat = lstatSync(join(folder, name), { throwIfNoEntry: false })
    if (stat?.isFile() === true) found.set(photo, stat.size)
  }
  return found
}

/** Days at the second place; null when no photo was ever sent there. */
export async function daysThere(
  folder: PlaceFolder,
  lot: string,
): Promise<readonly string[] | null> {
  const names = await folder.list(photosAt(lot))
  return names === null ? null : [...names.keys()].filter((name) => dayShape.test(name))
}

export interface DayThere {
  readonly sizes: ReadonlyMap<string, number>
  readonly lines: PhotoLines
}

/** Photos of a day at the second place; null when its folder is missing. Unreadable lines are left out. */
export async function dayThere(
  folder: PlaceFolder,
  path: string,
  scratch: string,
): Promise<DayThere | null> {
  const sizes = await folder.list(path)
  if (sizes === null) return null
  const lines = new Map<string, PhotoLine>()
  if (sizes.has(listName)) {
    const file = join(scratch, listName)
    await folder.get(`${path}/${listName}`, file)
    for (const text of readFileSync(file, 'utf8').split('\n')) {
      const { data } = lineShape.safeParse(parsed(text))
      if (data !== undefined) lines.set(data.photo, data)
    }
  }
  return { sizes, lines }
}

export async function putLines(
  folder: PlaceFolder,
  path: string,
  lines: PhotoLines,
  scratch: string,
): Promise<void> {
  const file = join(scratch, listName)
  const sorted = [...lines.values()].toSorted((a, b) => (a.photo < b.photo ? -1 : 1))
  const texts = sorted.map((line) => `${JSON.stringify(line)}\n`)
  writeWhole(file, texts.join(''))
  await folder.put(file, `${path}/${listName}`)
}

/** Deletes the list first: an interrupted deletion leaves files that do not count, and no half day. */
export async function dropDay(
  folder: PlaceFolder,
  path: string,
): Promise<{ readonly files: number; readonly bytes: number }> {
  const sizes = await folder.list(path)
  if (sizes === null) return { files: 0, bytes: 0 }
  if (sizes.has(listName)) await folder.remove(`${path}/${listName}`)
  const photos = [...sizes].filter(([name]) => name !== listName)
  for (const [name] of photos) await folder.remove(`${path}/${name}`)
  await folder.removeFolder(path)
  return { files: photos.length, bytes: photos.reduce((sum, [, bytes]) => sum + bytes, 0) }
}

/** Why the file of a line is damaged, by its length; null when it is whole. */
function whyOf({ sizes }: DayThere, { photo, bytes }: PhotoLine): CopyDamage['why'] | null {
  const size = sizes.get(sealedName(photo))
  if (size === undefined) return 'gone'
  if (size < bytes) return 'cut'
  return size > bytes ? 'changed' : null
}

/** Lines with a whole file, and the damaged ones; judged by length, no file is opened. */
export function soundIn(
  day: string,
  there: DayThere,
): { readonly sound: PhotoLines; readonly damaged: readonly CopyDamage[] } {
  const sound = new Map<string, PhotoLine>()
  const damaged: CopyDamage[] = []
  for (const line of there.lines.values()) {
    const why = whyOf(there, line)
    if (why === null) sound.set(line.photo, line)
    else damaged.push({ file: fileOf(day, line.photo), why })
  }
  return { sound, damaged }
}

export function dayOf(sound: PhotoLines): Pick<PhotoDay, 'photos' | 'bytes' | 'newest'> {
  const bytes = [...sound.values()].reduce((sum, line) => sum + line.bytes, 0)
  return { photos: sound.size, bytes, newest: [...sound.keys()].toSorted().at(-1) ?? null }
}
