// Accepted photos of an instrument: identified by the first bytes, never by the name, and of limited size.
// Pure, so that the window, the command line and the runtime refuse the same files.

/** A telephone's largest JPEG is below it. */
export const photoBytesMax = 16 * 1024 * 1024
/** Largest upload: a picture of `photoEdgeMax` at the quality used needs a tenth of it. */
export const photoUploadBytesMax = 4 * 1024 * 1024
/** Long edge of stored photos in pixels, at which the figures of an inclinometer are legible. */
export const photoEdgeMax = 1600
/**
 * Four bytes of memory each when a picture is opened, so it is refused by its head. Telephones make JPEGs of
 * 50 million; a PNG is a drawing or a screen, and an empty one of any size is a few bytes long.
 */
export const photoPixelsMax = { jpeg: 52_000_000, png: 24_000_000 } as const

/** Edge limit of a company logo: printed 60 mm wide it exceeds the resolution of any printer. */
export const logoEdgeMax = 1_200
export const logoBytesMax = 256 * 1024

/** Largest file attached to a paper of an acceptance. */
export const attachmentBytesMax = 8 * 1024 * 1024

/** Photos of cars are deleted by day; photos of measurements stay with the settings of their device. */
export type PhotoOf = 'cars' | 'measured'

/** `20261120-081502-exit-17`: day, time, lane, number. */
export const photoIdShape = /^(\d{4})(\d{2})(\d{2})-\d{6}-[a-z][a-z0-9-]{0,15}-\d{1,9}$/

interface Picture {
  readonly format: 'jpeg' | 'png'
  readonly width: number
  readonly height: number
}

const pngHead = [
  0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52,
]

const byteAt = (bytes: Uint8Array, at: number): number => bytes[at] ?? 0
const u16 = (bytes: Uint8Array, at: number): number =>
  byteAt(bytes, at) * 256 + byteAt(bytes, at + 1)

const sized = (format: Picture['format'], width: number, height: number): Picture | null =>
  width > 0 && height > 0 && width * height <= photoPixelsMax[format]
    ? { format, width, height }
    : null

function pngOf(bytes: Uint8Array): Picture | null {
  if (bytes.length < 24 || pngHead.some((byte, at) => bytes[at] !== byte)) return null
  const width = u16(bytes, 16) * 65_536 + u16(bytes, 18)
  return sized('png', width, u16(bytes, 20) * 65_536 + u16(bytes, 22))
}

/** Start of frame: C0 to CF but for tables (C4), the reserved C8 and arithmetic tables (CC). */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
/** Markers without a length: a restart or 01 in the head is odd, and legal. */
const standsAlone = (marker: number): boolean => marker === 1 || (marker >= 0xd0 && marker <= 0xd7)

/** Steps through the segments to the one with the size (ITU-T T.81 B.1.1.3, B.2.2). */
function jpegOf(bytes: Uint8Array): Picture | null {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return null
  let at = 2
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return null
    const marker = byteAt(bytes, at + 1)
    if (marker === 0xff) at += 1
    else if (standsAlone(marker)) at += 2
    else {
      const length = u16(bytes, at + 2)
      // The picture's data or its end before its size: no picture.
      if (length < 2 || marker === 0xd9 || marker === 0xda) return null
      if (isFrame(marker))
        return at + 2 + length <= bytes.length && length >= 8
          ? sized('jpeg', u16(bytes, at + 7), u16(bytes, at + 5))
          : null
      at += 2 + length
    }
  }
  return null
}

/** Format and size by content; null for bytes that are not a readable JPEG or PNG. */
export const pictureOf = (bytes: Uint8Array): Picture | null => jpegOf(bytes) ?? pngOf(bytes)

/** Size of the stored photo; never enlarged. */
export function keptSize({ width, height }: Picture): { width: number; height: number } {
  const by = Math.min(1, photoEdgeMax / Math.max(width, height))
  const edge = (pixels: number): number => Math.max(1, Math.round(pixels * by))
  return { width: edge(width), height: edge(height) }
}
