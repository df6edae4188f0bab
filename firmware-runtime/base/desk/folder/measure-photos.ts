// Photos that a person brings: of an instrument for values set by hand, kept with the settings of the device, or of a car
// in a space, deleted after some days like those of cameras.
import { t } from '../../pure/words/fault-text.ts'
import { randomInt } from 'node:crypto'
import { systemWallClock } from '../../time/system-clocks.ts'
import { isPhotoKept, PhotoShelf, readPhoto } from '#ledger/files/photos.ts'
import { LaneFault } from '../../pure/faults/faults.ts'
import { photoBytesMax, pictureOf, type PhotoOf } from '../../pure/data/photo.ts'

/** Random, because a running lot numbers its own photos: two photos must not have one name. */
const photoNumber = (): number => randomInt(100_000_000, 900_000_000)

/** Id of the photo; null when the disk refused it. */
export const keepMeasurePhoto = (
  dir: string,
  laneId: string,
  jpeg: Uint8Array,
  of: PhotoOf = 'measured',
): string | null =>
  new PhotoShelf(dir, photoNumber(), of).keep(laneId, jpeg, systemWallClock().nowMs())

/** The photos of a running lot. */
export const photosOf = (dir: string) => ({
  photo: (photoId: string) => readPhoto(dir, photoId),
  keepPhoto: (laneId: string, jpeg: Uint8Array, of?: PhotoOf) =>
    keepMeasurePhoto(dir, laneId, jpeg, of),
  isPhotoKept: (photoId: string) => isPhotoKept(dir, photoId),
})

/** Throws ARG-01 for a file that is too large or whose content is not JPEG. */
export function mustBePhoto(bytes: Uint8Array, file: string): void {
  if (bytes.length <= photoBytesMax && pictureOf(bytes)?.format === 'jpeg') return
  throw new LaneFault('ARG-01', {
    field: '--photo',
    value: file,
    note: t('须为 JPEG,最大 16 MB', 'a JPEG up to 16 MB'),
  })
}
