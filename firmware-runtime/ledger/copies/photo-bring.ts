// Fetches the photos of a restored lot from the place of its copies, newest day first, while the lanes run.
// Damaged photos are listed, photos that were never sent are counted; a day is put in place when all of it has come.
import { t } from '#base/pure/words/fault-text.ts'
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { dayOfPhoto, sumsOf, type PhotoDay } from '../pure/lot/photo-copies.ts'
import { upkeepEvents } from '../pure/lot/upkeep-memory.ts'
import { diskFault } from '#base/pure/faults/disk-fault.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { parsed } from '#base/pure/data/json.ts'
import type { CopyDamage, PhotosBack, PhotosFound } from '../ports/copy-service.ts'
import { writeWhole } from '#base/files/whole-file.ts'
import { copyKeyOf } from '#base/secrets/folder-keys.ts'
import { machineSecret } from '#base/secrets/machine-seal.ts'
import { secretStore } from '#base/secrets/secret-store.ts'
import { openReader } from '#base/sqlite/connection.ts'
import { ledgerFiles } from '../sqlite/inspect.ts'
import { atPlace } from './copy-server.ts'
import { damageShape, openPhoto, type Slice } from './photo-send.ts'
import { inScratch } from './copy-out.ts'
import { dayAt, dayOf, daysThere, dayThere, fileOf, hereAt, soundIn } from './photo-list.ts'
import type { PlaceFolder } from './place-folder.ts'
import { removePath, renamePath } from '#base/files/held-path.ts'

/** Name of the sealed password of the server that the photos come from. */
const photosSecret = 'photos-from'

const markShape = z.strictObject({
  to: z.string(),
  hostKey: z.string().nullable(),
  /** Folder of the lot at the place. */
  lot: z.string(),
  /** Number of photos at the place at the restore; null when it could not be read. */
  count: z.int().nullable(),
  /** Number of fetched photos by day. */
  days: z.record(z.string(), z.int()),
  damaged: z.array(damageShape).readonly(),
  isEnded: z.boolean(),
})
type Mark = z.infer<typeof markShape>

const markFile = (dir: string): string => join(dir, 'backup', 'photos-back.json')
const aside = (dir: string): string => join(dir, 'backup', 'photos-back.part')

function markOf(dir: string): Mark | null {
  const file = markFile(dir)
  if (!existsSync(file)) return null
  return markShape.safeParse(parsed(readFileSync(file, 'utf8'))).data ?? null
}

function keepMark(dir: string, mark: Mark): void {
  mkdirSync(join(dir, 'backup'), { recursive: true, mode: 0o700 })
  writeWhole(markFile(dir), `${JSON.stringify(mark)}\n`)
}

const namesIn = (folder: string): readonly string[] =>
  existsSync(folder) ? readdirSync(folder) : []

/** How many photos have come since a restore left them to come; null without such a restore. */
export function photosBack(dir: string): PhotosBack | null {
  const mark = markOf(dir)
  if (mark === null) return null
  const { count, days, damaged, isEnded } = mark
  const begun = namesIn(aside(dir)).flatMap((day) => namesIn(join(aside(dir), day)))
  const came = Object.values(days).reduce((sum, one) => sum + one, 0)
  const brought = came + begun.filter((name) => name.endsWith('.jpg')).length
  return { count, brought, damaged, isEnded }
}

/** Photos named by ledger rows, without those of days that were deleted since. */
function photosNamed(db: DatabaseSync): ReadonlySet<string> {
  const named = new Set<string>()
  const photos = db.prepare(
    `SELECT json_extract(body, '$.photo') AS photo FROM ledger_row
     WHERE instr(body, '"photo":"') > 0`,
  )
  for (const { photo } of photos.iterate()) if (typeof photo === 'string') named.add(photo)
  const cleared = db.prepare(
    `SELECT json_extract(body, '$.detail') AS detail FROM ledger_row
     WHERE kind = 'event' AND json_extract(body, '$.type') = ?`,
  )
  const days = new Set<string>()
  for (const { detail } of cleared.iterate(upkeepEvents.photosDeleted))
    days.add(String(detail).slice(0, '2026-11-20'.length))
  return new Set([...named].filter((photo) => !days.has(dayOfPhoto(photo) ?? '')))
}

/** Number of photos named by the restored folder's ledger that are not at the place. */
function notAmong(dir: string, there: ReadonlySet<string>): number {
  using db = openReader(ledgerFiles(dir).db)
  return [...photosNamed(db)].filter((photo) => !there.has(photo)).length
}

interface PhotoPlace {
  /** Folder of the lot at the place. */
  readonly lot: string
  /** For a server: host key and password. */
  readonly hostKey: string | null
  readonly password: string | null
}

/** Counts the photos at the place of a restored folder and leaves them to come later; none is fetched now. */
export async function leavePhotosToCome(
  dir: string,
  folder: PlaceFolder,
  { lot, hostKey, password }: PhotoPlace,
): Promise<PhotosFound> {
  const mark = { to: folder.to, hostKey, lot, count: null, days: {}, damaged: [], isEnded: false }
  // Written first: when the link breaks during the count, the photos still come.
  keepMark(dir, mark)
  if (password !== null) secretStore(dir, machineSecret()).write(photosSecret, password)
  return inScratch(dir, 'photos.part', async (scratch) => {
    const days: PhotoDay[] = []
    const damaged: CopyDamage[] = []
    const listed = new Set<string>()
    for (const day of (await daysThere(folder, lot)) ?? []) {
      const there = await dayThere(folder, dayAt(lot, day), scratch)
      if (there === null) continue
      const { sound, damaged: bad } = soundIn(day, there)
      days.push({ day, ...dayOf(sound), isHere: false })
      damaged.push(...bad)
      for (const photo of there.lines.keys()) listed.add(photo)
    }
    const sums = sumsOf(days)
    const { count } = sums
    if (count + damaged.length > 0) keepMark(dir, { ...mark, count })
    else forget(dir)
    return { ...sums, notCopied: notAmong(dir, listed), damaged }
  })
}

/** Moves a day's fetched photos into place; existing photos stay. */
function settle(dir: string, day: string, from: string): number {
  const to = hereAt(dir, day)
  const names = namesIn(from)
  if (names.length > 0) mkdirSync(to, { recursive: true, mode: 0o700 })
  for (const name of names)
    if (!existsSync(join(to, name))) renamePath(join(from, name), join(to, name))
  removePath(from, { recursive: true, force: true })
  return names.length
}

/** Null when the time ran out before the day. */
async function bringDay(
  bringing: Slice,
  day: string,
): Promise<{ readonly count: number; readonly damaged: readonly CopyDamage[] } | null> {
  const { dir, folder, lot, scratch } = bringing
  const there = await dayThere(folder, dayAt(lot, day), scratch)
  if (there === null) return { count: 0, damaged: [] }
  const { sound, damaged: bad } = soundIn(day, there)
  const damaged = [...bad]
  const from = join(aside(dir), day)
  mkdirSync(from, { recursive: true, mode: 0o700 })
  let came = 0
  for (const photo of [...sound.keys()].toSorted().toReversed()) {
    const to = join(from, `${photo}.jpg`)
    if (existsSync(to) || existsSync(join(hereAt(dir, day), `${photo}.jpg`))) continue
    if (bringing.isOver() && came > 0) return null
    came++
    if (!(await openPhoto(bringing, { day, photo, to })))
      damaged.push({ file: fileOf(day, photo), why: 'changed' })
  }
  return { count: settle(dir, day, from), damaged }
}

/** Fetches photos for a limited time. Throws COPY-14 when the place refuses; photos that came stay. */
export async function bringPhotos(dir: string, sliceMs: number): Promise<PhotosBack | null> {
  let mark = markOf(dir)
  if (mark === null || mark.isEnded) return photosBack(dir)
  const endsAt = performance.now() + sliceMs
  const isOver = (): boolean => performance.now() >= endsAt
  const { to, hostKey, lot } = mark
  try {
    await atPlace(dir, { to, hostKey, secret: photosSecret }, (folder) =>
      inScratch(dir, 'photos.part', async (scratch) => {
        const bringing = { dir, folder, lot, scratch, key: copyKeyOf(dir), isOver }
        const days = await daysThere(folder, lot)
        if (days === null)
          throw new LaneFault('COPY-14', {
            file: to,
            note: t('那里没有照片', 'no photos are there'),
          })
        for (const day of days.toSorted().toReversed()) {
          if (mark === null || Object.hasOwn(mark.days, day)) continue
          const brought = await bringDay(bringing, day)
          if (brought === null) return
          const { count, damaged } = brought
          const all = [...mark.damaged, ...damaged].map((one) => damageShape.parse(one))
          mark = { ...mark, days: { ...mark.days, [day]: count }, damaged: all }
          keepMark(dir, mark)
        }
        if (mark !== null) endBringing(dir, mark)
      }),
    )
  } catch (error) {
    const { code, detail } = diskFault(error, { file: to })
    if (code === 'COPY-14') throw error
    throw new LaneFault('COPY-14', { ...detail, file: to, note: `${code} ${detail.note ?? ''}` })
  }
  return photosBack(dir)
}

function forget(dir: string): void {
  removePath(markFile(dir), { force: true })
  secretStore(dir, machineSecret()).remove(photosSecret)
}

function endBringing(dir: string, mark: Mark): void {
  secretStore(dir, machineSecret()).remove(photosSecret)
  keepMark(dir, { ...mark, isEnded: true })
  removePath(aside(dir), { recursive: true, force: true })
}

/** Ends the fetching at a person's request. False when nothing was to come. */
export function leavePhotosThere(dir: string): boolean {
  const mark = markOf(dir)
  if (mark === null || mark.isEnded) return false
  for (const day of namesIn(aside(dir))) settle(dir, day, join(aside(dir), day))
  endBringing(dir, mark)
  return true
}
