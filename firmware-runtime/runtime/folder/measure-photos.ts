// Photos of the instruments that measured what was set by hand: kept beside the settings of the device.
// Those of cars are cleared after some days; these belong to a record that stays.
import { t } from '../../core/values/fault-text.ts'
import { randomInt } from 'node:crypto'
import { systemWallClock } from '../../adapters/clocks/system-clocks.ts'
import { PhotoShelf } from '../../adapters/files/photos.ts'
import { LaneFault } from '../../core/faults/faults.ts'
import { photoBytesMax, pictureOf } from '../../core/values/photo.ts'

/** Beside a running lot that counts its own photos: no two may have one name. */
const photoNumber = (): number => randomInt(100_000_000, 900_000_000)

/** Id of the photo; null where the disk did not take it. */
export const keepMeasurePhoto = (dir: string, laneId: string, jpeg: Uint8Array): string | null =>
  new PhotoShelf(dir, photoNumber(), 'measured').keep(laneId, jpeg, systemWallClock().nowMs())

/** ARG-01 for what is no JPEG by its content, or too large. */
export function mustBePhoto(bytes: Uint8Array, file: string): void {
  if (bytes.length <= photoBytesMax && pictureOf(bytes)?.format === 'jpeg') return
  throw new LaneFault('ARG-01', {
    field: '--photo',
    value: file,
    note: t('须为 JPEG,最大 16 MB', 'a JPEG up to 16 MB'),
  })
}
