// Photo copies at the second place, by day: number, age of the newest, and the days to delete because the retention time or the
// size budget is exceeded. A day that the lane computer still has is not deleted here.
import { photoIdShape } from '#base/pure/data/photo.ts'
import type { UpkeepConfig } from '#base/pure/lot/config.ts'
import { isOldEnough, photoDaysMin, type UpkeepMoment, type UpkeepState } from './upkeep.ts'

/** The photos of a day at the second place. */
export interface PhotoDay {
  /** `YYYY-MM-DD`. */
  readonly day: string
  readonly photos: number
  readonly bytes: number
  /** Id of the newest photo; null: no photos. */
  readonly newest: string | null
  /** True when the lane computer still has the day. */
  readonly isHere: boolean
}

interface PhotoSums {
  readonly count: number
  readonly bytes: number
  readonly newestIso: string | null
}

/** The day in a photo id; null for an invalid id. */
export function dayOfPhoto(photoId: string): string | null {
  const [, year, month, day] = photoIdShape.exec(photoId) ?? []
  return year === undefined || month === undefined || day === undefined
    ? null
    : `${year}-${month}-${day}`
}

/** Time of the photo by the clock of the lot. */
export function isoOfPhoto(photoId: string): string | null {
  const day = dayOfPhoto(photoId)
  const time = photoId.slice(9, 15).replace(/^(..)(..)(..)$/, '$1:$2:$3')
  return day === null ? null : `${day}T${time}+08:00`
}

export function sumsOf(days: readonly PhotoDay[]): PhotoSums {
  const newest = days.map((one) => one.newest ?? '').toSorted()
  return {
    count: days.reduce((sum, { photos }) => sum + photos, 0),
    bytes: days.reduce((sum, { bytes }) => sum + bytes, 0),
    newestIso: isoOfPhoto(newest.at(-1) ?? ''),
  }
}

export interface PhotoDayOver {
  readonly day: string
  readonly why: 'age' | 'budget'
}

const bytesInGb = 1024 ** 3

/** Days to delete at the second place, oldest first. Budget null: no limit. */
export function photoCopiesOver(
  days: readonly PhotoDay[],
  state: UpkeepState,
  now: UpkeepMoment,
  { photoDays, photoGb }: Pick<UpkeepConfig, 'photoDays' | 'photoGb'>,
): readonly PhotoDayOver[] {
  let { bytes: left } = sumsOf(days)
  const over: PhotoDayOver[] = []
  for (const { day, bytes } of days
    .filter(({ isHere }) => !isHere)
    .toSorted((a, b) => (a.day < b.day ? -1 : 1))) {
    const isOver = photoGb !== null && left > photoGb * bytesInGb
    const isAged = isOldEnough(day, photoDays, state, now)
    if (!isAged && !(isOver && isOldEnough(day, photoDaysMin, state, now))) continue
    over.push({ day, why: isAged ? 'age' : 'budget' })
    left -= bytes
  }
  return over
}
