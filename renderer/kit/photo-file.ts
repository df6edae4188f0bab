// A photo of an instrument on its way from a person's file to the runtime: known by its content, made
// small by a canvas where it is large, brought over in parts. Only bytes leave this file, never a path.
import type { ApiReply } from '../../firmware-runtime/api/table.ts'
import type { PhotoHeldView } from '../../firmware-runtime/api/photo-views.ts'
import { base64Of } from '../../firmware-runtime/core/values/base64.ts'
import {
  keptSize,
  photoBytesMax,
  photoUploadBytesMax,
  pictureOf,
} from '../../firmware-runtime/core/values/photo.ts'
import { ask } from '../api/client.ts'

export interface PickedPhoto {
  readonly jpeg: Uint8Array
  /** As data, because the window may load nothing from elsewhere. */
  readonly source: string
  /** Size of the picture that was picked, where what is kept is smaller. */
  readonly from: { readonly width: number; readonly height: number } | null
}

/** Refused with ARG-01, as `--photo` refuses it. */
export type PhotoRefusal = 'notPicture' | 'tooLarge' | 'cannotOpen'

/** 48,000 characters of base64, what one call may carry. */
const partBytes = 36_000
const quality = 0.85

export const jpegSource = (jpeg: Uint8Array): string => `data:image/jpeg;base64,${base64Of(jpeg)}`

export interface Drawn {
  readonly jpeg: Uint8Array
  readonly width: number
  readonly height: number
}

/** The picture as a person sees it, no larger than is kept; null for one that does not open. */
async function drawn(file: Blob): Promise<Drawn | null> {
  let bitmap
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' })
  } catch (error) {
    // A head that is right before data that is not: the browser says so by this.
    if (error instanceof DOMException) return null
    throw error
  }
  const { width: ownWidth, height: ownHeight } = bitmap
  const { width, height } = keptSize({ format: 'jpeg', width: ownWidth, height: ownHeight })
  const canvas = document.createElement('canvas')
  Object.assign(canvas, { width, height })
  const pen = canvas.getContext('2d')
  if (pen === null) return null
  // What a PNG leaves clear would become black.
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

/** A JPEG that is small enough goes over as it is; every picture has to open. */
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

/** Brings it over in parts; answers the last reply, which is the first refusal where there is one. */
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
