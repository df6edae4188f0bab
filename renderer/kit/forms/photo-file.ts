// Passes a photo from a person's file to the runtime: recognised by its content, scaled down
// on a canvas where it is large, sent in parts. Only bytes leave this file, never a path.
import type { ApiReply } from '#base/calls/rows.ts'
import type { PhotoHeldView } from '#base/calls/photo-views.ts'
import { base64Of } from '#base/pure/data/base64.ts'
import { keptSize, photoBytesMax, photoUploadBytesMax, pictureOf } from '#base/pure/data/photo.ts'
import { ask } from '../../api/client.ts'

export interface PickedPhoto {
  readonly jpeg: Uint8Array
  /** Data URL, because the window may not load anything from elsewhere. */
  readonly source: string
  /** Original size, if the kept picture is smaller. */
  readonly from: { readonly width: number; readonly height: number } | null
}

/** Refused with ARG-01, like `--photo` on the command line. */
export type PhotoRefusal = 'notPicture' | 'tooLarge' | 'cannotOpen'

/** 36,000 bytes are 48,000 characters of base64, the limit of one call. */
const partBytes = 36_000
const quality = 0.85

export const jpegSource = (jpeg: Uint8Array): string => `data:image/jpeg;base64,${base64Of(jpeg)}`

export interface Drawn {
  readonly jpeg: Uint8Array
  readonly width: number
  readonly height: number
}

/** The picture upright; null if it cannot be decoded. */
export async function bitmapOf(file: Blob): Promise<ImageBitmap | null> {
  try {
    return await createImageBitmap(file, { imageOrientation: 'from-image' })
  } catch (error) {
    // The browser throws this for data that does not match a valid header.
    if (error instanceof DOMException) return null
    throw error
  }
}

/** The picture upright and no larger than the kept size; null if it cannot be decoded. */
async function drawn(file: Blob): Promise<Drawn | null> {
  const bitmap = await bitmapOf(file)
  if (bitmap === null) return null
  const { width: ownWidth, height: ownHeight } = bitmap
  const { width, height } = keptSize({ format: 'jpeg', width: ownWidth, height: ownHeight })
  const canvas = document.createElement('canvas')
  Object.assign(canvas, { width, height })
  const pen = canvas.getContext('2d')
  if (pen === null) return null
  // JPEG has no transparency: without a background, transparent parts would become black.
  pen.fillStyle = 'white'
  pen.fillRect(0, 0, width, height)
  pen.imageSmoothingQuality = 'high'
  pen.drawImage(bitmap, 0, 0, width, height)
  bitmap.close()
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', quality))
  if (blob === null) return null
  const jpeg = new Uint8Array(await blob.arrayBuffer())
  return { jpeg, width: ownWidth, height: ownHeight }
}

/** A small JPEG is sent unchanged; every picture has to decode. */
export async function readPhotoFile(
  file: Blob,
  draw: (file: Blob) => Promise<Drawn | null> = drawn,
): Promise<PickedPhoto | PhotoRefusal> {
  if (file.size > photoBytesMax) return 'tooLarge'
  const bytes = new Uint8Array(await file.arrayBuffer())
  const picture = pictureOf(bytes)
  if (picture === null) return 'notPicture'
  const type = `image/${picture.format}`
  const made = await draw(new Blob([bytes], { type }))
  if (made === null) return 'cannotOpen'
  const { width } = keptSize(picture)
  const isSmall = width === picture.width && bytes.length <= photoUploadBytesMax
  if (picture.format === 'jpeg' && isSmall)
    return { jpeg: bytes, source: jpegSource(bytes), from: null }
  if (made.jpeg.length > photoUploadBytesMax) return 'tooLarge'
  const { jpeg } = made
  const from = width === picture.width ? null : { width: made.width, height: made.height }
  return { jpeg, source: jpegSource(jpeg), from }
}

/** The argument of an act that names it: sent under the id of its command; none without a photo. */
export async function draftOf(
  photo: PickedPhoto | null,
  { commandId }: { readonly commandId: string },
): Promise<ApiReply<{ readonly photoDraft?: string }>> {
  if (photo === null) return { ok: true, data: {} }
  const brought = await bringOver(commandId, photo.jpeg)
  return brought.ok ? { ok: true, data: { photoDraft: commandId } } : brought
}

/** Sends it in parts; returns the last reply, or the first refusal. */
export async function bringOver(
  draftId: string,
  jpeg: Uint8Array,
): Promise<ApiReply<PhotoHeldView>> {
  let reply: ApiReply<PhotoHeldView> = { ok: true, data: { bytes: 0 } }
  for (let at = 0; at < jpeg.length && reply.ok; at += partBytes) {
    const base64 = base64Of(jpeg.subarray(at, at + partBytes))
    reply = await ask('photo.hold', { draftId, bytes: jpeg.length, at, base64 })
  }
  return reply
}
