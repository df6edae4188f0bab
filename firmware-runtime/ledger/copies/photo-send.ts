// Sends photos to the second place once each, sealed, newest first, for a limited time: copies of the ledger go first.
// The files at the place decide; a past day that is complete is not checked again until the night.
import { existsSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import type { PhotoDay } from '../pure/lot/photo-copies.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { parsed } from '#base/pure/data/json.ts'
import type {
  CopyDamage,
  CopyPlan,
  PhotosChecked,
  PhotosDropped,
  PhotosSent,
} from '../ports/copy-service.ts'
import { writeWhole } from '#base/files/whole-file.ts'
import { copyKeyOf } from '#base/secrets/folder-keys.ts'
import { atPlace } from './copy-server.ts'
import { inScratch, lotFolder } from './copy-out.ts'
import {
  dayAt,
  dayOf,
  daysHere,
  daysThere,
  dayThere,
  dropDay,
  fileOf,
  hereAt,
  photoPurpose,
  photosAt,
  photosHere,
  putLines,
  sealedName,
  soundIn,
  type DayThere,
  type PhotoLine,
  youngOf,
} from './photo-list.ts'
import type { PlaceFolder } from './place-folder.ts'
import { openSealedFile, sealBytes, sealFile } from './sealed-file.ts'

/** The list is written after this many photos: a broken link loses at most so many. */
const listEvery = 25
/** So many newest photos are opened each night; the others in turn. */
const newestOpened = 10

export const damageShape = z.strictObject({
  file: z.string(),
  why: z.enum(['gone', 'cut', 'changed', 'torn']),
})
const dayShape = z.strictObject({
  photos: z.int(),
  bytes: z.int(),
  newest: z.string().nullable(),
  damaged: z.array(damageShape).readonly(),
  /** A past day, complete at the place: not checked until the night. */
  isWhole: z.boolean(),
})
const stateShape = z.strictObject({
  place: z.string(),
  days: z.record(z.string(), dayShape),
  /** Paths of photos whose copy did not open: they are sent again. */
  again: z.array(z.string()),
  /** Path of the last photo opened in turn. */
  opened: z.string().nullable(),
})
type State = z.infer<typeof stateShape>

const stateFile = (dir: string): string => join(dir, 'backup', 'photos-copied.json')

function stateOf(dir: string, place: string): State {
  const file = stateFile(dir)
  const found = existsSync(file)
    ? stateShape.safeParse(parsed(readFileSync(file, 'utf8'))).data
    : undefined
  return found?.place === place ? found : { place, days: {}, again: [], opened: null }
}

const keepState = (dir: string, state: State): void =>
  writeWhole(stateFile(dir), `${JSON.stringify(state)}\n`)

/** Access to the place for a limited time, to send photos or to bring them back. */
export interface Slice {
  readonly dir: string
  readonly folder: PlaceFolder
  readonly lot: string
  readonly scratch: string
  readonly key: Uint8Array
  isOver(): boolean
}

/** Runs work with access to the place for a limited time; the next slice continues it. */
function inSlice<T>(
  dir: string,
  plan: CopyPlan,
  sliceMs: number,
  work: (slice: Slice) => Promise<T>,
): Promise<T> {
  const endsAt = performance.now() + sliceMs
  const isOver = (): boolean => performance.now() >= endsAt
  return atPlace(dir, plan, (folder) =>
    inScratch(dir, 'photos.part', (scratch) =>
      work({ dir, folder, lot: lotFolder(plan), scratch, key: copyKeyOf(dir), isOver }),
    ),
  )
}

interface DaySent {
  readonly there: DayThere
  readonly sent: number
  readonly left: number
}

/** Seals and sends a photo; null when it was deleted meanwhile. */
async function sendPhoto(
  { dir, folder, lot, scratch, key }: Slice,
  day: string,
  photo: string,
): Promise<PhotoLine | null> {
  const from = join(hereAt(dir, day), `${photo}.jpg`)
  if (!existsSync(from)) return null
  const sealed = join(scratch, 'photo.etcseal')
  const sha256 = sealFile(from, sealed, key, photoPurpose(photo))
  await folder.put(sealed, `${dayAt(lot, day)}/${sealedName(photo)}`)
  return { photo, sha256, bytes: statSync(sealed).size }
}

/** Sends the missing photos of a day, at least one when `isFirst`. Null when neither side has the day. */
async function sendDay(
  slice: Slice,
  day: string,
  again: Set<string>,
  isFirst: boolean,
): Promise<DaySent | null> {
  const { dir, folder, lot, scratch } = slice
  const path = dayAt(lot, day)
  const here = photosHere(dir, day)
  const found = await dayThere(folder, path, scratch)
  if (found === null && here.size === 0) return null
  if (found === null) await folder.make(path)
  const before: DayThere = found ?? { sizes: new Map(), lines: new Map() }
  for (const name of before.sizes.keys())
    if (name.endsWith('.part')) await folder.remove(`${path}/${name}`)
  const { sound } = soundIn(day, before)
  const missing = [...here]
    .filter(
      ([photo, bytes]) =>
        again.has(fileOf(day, photo)) || sound.get(photo)?.bytes !== bytes + sealBytes,
    )
    .map(([photo]) => photo)
    .toSorted()
    .toReversed()
  const lines = new Map(before.lines)
  let sent = 0
  for (const photo of missing) {
    if (slice.isOver() && !(isFirst && sent === 0)) break
    const line = await sendPhoto(slice, day, photo)
    if (line === null) continue
    sent++
    again.delete(fileOf(day, photo))
    lines.set(photo, line)
    if (sent % listEvery === 0) await putLines(folder, path, lines, scratch)
  }
  if (sent === 0) return { there: before, sent, left: missing.length }
  if (sent % listEvery > 0) await putLines(folder, path, lines, scratch)
  const sizes = (await folder.list(path)) ?? new Map<string, number>()
  return { there: { sizes, lines }, sent, left: missing.length - sent }
}

const newestFirst = (...days: readonly (readonly string[])[]): readonly string[] =>
  [...new Set(days.flat())].toSorted().toReversed()

/** `file`: a path at the second place. */
const isHereStill = (dir: string, file: string): boolean =>
  existsSync(join(hereAt(dir, basename(dirname(file))), `${basename(file, sealedName(''))}.jpg`))

const changedOf = (again: Iterable<string>): readonly CopyDamage[] =>
  [...again].map((file) => ({ file, why: 'changed' }))

/** Sends photos of all days, newest first. Throws COPY-01 and COPY-06 to COPY-11; photos sent before a fault count. */
export const sendPhotos = (dir: string, plan: CopyPlan, sliceMs: number): Promise<PhotosSent> =>
  inSlice(dir, plan, sliceMs, async (slice) => {
    const { folder, lot } = slice
    const place = `${plan.to}/${lot}`
    const here = daysHere(dir)
    const young = youngOf(here)
    const there = await daysThere(folder, lot)
    const all = newestFirst(here, there ?? [])
    const state = stateOf(dir, place)
    const again = new Set(state.again)
    const known: State['days'] = {}
    const days: PhotoDay[] = []
    let [sent, left, looked, isCounted] = [0, 0, 0, true]
    if (there === null && all.length > 0) await folder.make(photosAt(lot))
    for (const day of all) {
      const isYoung = young.includes(day)
      const before = state.days[day]
      if (before?.isWhole === true && !isYoung && there?.includes(day) === true) known[day] = before
      else if (slice.isOver() && sent + looked > 0) {
        isCounted = false
        left += photosHere(dir, day).size
      } else {
        const found = await sendDay(slice, day, again, sent === 0)
        if (found === null) continue
        sent += found.sent
        left += found.left
        looked += isYoung ? 0 : 1
        const { sound, damaged } = soundIn(day, found.there)
        known[day] = { ...dayOf(sound), damaged, isWhole: found.left === 0 && !isYoung }
      }
      const { photos, bytes, newest } = known[day] ?? dayOf(new Map())
      days.push({ day, photos, bytes, newest, isHere: here.includes(day) })
    }
    if (all.length > 0) keepState(dir, { ...state, days: known, again: [...again] })
    const damaged = Object.values(known).flatMap((one) => one.damaged)
    const hasMore = slice.isOver() && (left > 0 || !isCounted)
    const lost = [...damaged, ...changedOf(again)].filter(({ file }) => !isHereStill(dir, file))
    return { place, sent, left, days, isCounted, hasMore, damaged: lost }
  })

/** Fetches and opens a photo; false when its seal does not match. */
export async function openPhoto(
  { folder, lot, scratch, key }: Slice,
  { day, photo, to }: { readonly day: string; readonly photo: string; readonly to: string },
): Promise<boolean> {
  const sealed = join(scratch, 'photo.etcseal')
  await folder.get(`${dayAt(lot, day)}/${sealedName(photo)}`, sealed)
  try {
    openSealedFile(sealed, to, key, photoPurpose(photo))
    return true
  } catch (error) {
    if (error instanceof LaneFault && error.code === 'COPY-02') return false
    throw error
  }
}

/**
 * Opens the newest photos and then, night by night, all others in turn. A photo that does not open is sent again; the
 * next slices check every day anew.
 */
export const checkPhotos = (dir: string, plan: CopyPlan, sliceMs: number): Promise<PhotosChecked> =>
  inSlice(dir, plan, sliceMs, async (slice) => {
    const { folder, lot, scratch } = slice
    const place = `${plan.to}/${lot}`
    const days = newestFirst((await daysThere(folder, lot)) ?? [])
    const state = stateOf(dir, place)
    const again = new Set(state.again)
    const missing: CopyDamage[] = []
    let opened = 0
    let last = state.opened
    for (const day of days) {
      if (last !== null && fileOf(day, '') > last && opened >= newestOpened) continue
      const there = await dayThere(folder, dayAt(lot, day), scratch)
      if (there === null) continue
      const { sound, damaged } = soundIn(day, there)
      missing.push(...damaged)
      for (const photo of newestFirst([...sound.keys()])) {
        const file = fileOf(day, photo)
        const isNewest = opened < newestOpened
        const isNext = (last === null || file < last) && !slice.isOver()
        if (!isNewest && !isNext) continue
        if (!isNewest) last = file
        opened++
        const to = join(slice.scratch, 'photo.jpg')
        if (await openPhoto(slice, { day, photo, to })) again.delete(file)
        else again.add(file)
      }
      if (slice.isOver() && opened >= newestOpened) break
    }
    const hasEnded = !slice.isOver()
    if (days.length > 0)
      keepState(dir, { place, days: {}, again: [...again], opened: hasEnded ? null : last })
    return { place, opened, damaged: [...changedOf(again), ...missing] }
  })

/** Deletes the photos of a day that is past its keeping time or over the budget. */
export const dropPhotos = (dir: string, plan: CopyPlan, day: string): Promise<PhotosDropped> =>
  inSlice(dir, plan, 0, async ({ folder, lot }) => {
    const gone = await dropDay(folder, dayAt(lot, day))
    const state = stateOf(dir, `${plan.to}/${lot}`)
    const days = Object.entries(state.days).filter(([name]) => name !== day)
    keepState(dir, { ...state, days: Object.fromEntries(days) })
    return gone
  })
