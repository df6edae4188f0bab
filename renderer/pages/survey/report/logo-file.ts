// Converts a company's logo from a person's file for the report: decoded and drawn as a PNG that every report writer
// can embed, scaled down until it fits. Only bytes leave this file, never a path.
import { logoBytesMax, logoEdgeMax, photoBytesMax, pictureOf } from '#base/pure/data/photo.ts'
import { bitmapOf } from '../../../kit/forms/photo-file.ts'

export type LogoRefusal = 'notPicture' | 'tooLarge' | 'cannotOpen'

/** Number of halvings before giving up: an edge of 75 px is too small for a logo. */
const triesMax = 5

/** An 8-bit PNG whose longer edge is at most `edge` px; null: the picture cannot be decoded. */
type DrawLogo = (file: Blob, edge: number) => Promise<Uint8Array | null>

async function drawn(file: Blob, edge: number): Promise<Uint8Array | null> {
  const bitmap = await bitmapOf(file)
  if (bitmap === null) return null
  const by = Math.min(1, edge / Math.max(bitmap.width, bitmap.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(bitmap.width * by))
  canvas.height = Math.max(1, Math.round(bitmap.height * by))
  const pen = canvas.getContext('2d')
  if (pen === null) return null
  pen.imageSmoothingQuality = 'high'
  pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  bitmap.close()
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'))
  return blob === null ? null : new Uint8Array(await blob.arrayBuffer())
}

export async function readLogoFile(
  file: Blob,
  draw: DrawLogo = drawn,
): Promise<Uint8Array | LogoRefusal> {
  if (file.size > photoBytesMax) return 'tooLarge'
  const bytes = new Uint8Array(await file.arrayBuffer())
  const picture = pictureOf(bytes)
  if (picture === null) return 'notPicture'
  const own = new Blob([bytes], { type: `image/${picture.format}` })
  for (let n = 0; n < triesMax; n++) {
    const png = await draw(own, logoEdgeMax / 2 ** n)
    if (png === null) return 'cannotOpen'
    if (png.length <= logoBytesMax) return png
  }
  return 'tooLarge'
}
