// A company's logo on its way from a person's file to the report: opened and drawn anew as a PNG that every writer
// of reports can take, made smaller until it fits. Only bytes leave this file, never a path.
import {
  logoBytesMax,
  logoEdgeMax,
  photoBytesMax,
  pictureOf,
} from '../../../firmware-runtime/core/values/photo.ts'

export type LogoRefusal = 'notPicture' | 'tooLarge' | 'cannotOpen'

/** Halved so often before it is given up: an edge of 75 pixels is no logo any more. */
const triesMax = 5

/** A PNG of 8 bits with this long edge at most; null: the picture does not open. */
type DrawLogo = (file: Blob, edge: number) => Promise<Uint8Array | null>

async function drawn(file: Blob, edge: number): Promise<Uint8Array | null> {
  let bitmap
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' })
  } catch (error) {
    // A head that is right before data that is not: the browser says so by this.
    if (error instanceof DOMException) return null
    throw error
  }
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
