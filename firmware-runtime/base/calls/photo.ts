// Reads a photo, and uploads a photo or a file in parts, so that every call stays below its 64 kB. A draft is kept in memory; the act that
// names it (`device.apply`, `place.record`) makes it part of a record.
import { z } from 'zod'
import type { PhotoHeldView } from './photo-views.ts'
import { change, read, reply } from './rows.ts'

/** Base64 of one part: with name and quotes it stays below the 64 KiB of a loopback body. */
export const photoPartCharsMax = 48_000

export const photoDraftId = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/)

export const photoCalls = {
  'photo.get': read(
    'everyone',
    () => z.strictObject({ photoId: z.string().regex(/^[A-Za-z0-9_-]{1,80}$/) }),
    reply<{ jpegBase64: string | null }>(),
    { rest: 'folder' },
  ),
  'photo.hold': change(
    'bringer',
    () =>
      z.strictObject({
        draftId: photoDraftId,
        /** Size of the whole photo. */
        bytes: z.int().min(1),
        /** Offset of this part in the photo; 0 starts again. */
        at: z.int().min(0),
        base64: z
          .string()
          .max(photoPartCharsMax)
          .regex(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/),
      }),
    reply<PhotoHeldView>(),
  ),
} as const
