// Which picture of a push belongs to the reading, and whether a picture is a complete JPEG. F21 of
// reliability-security.md: a truncated picture is dropped and counted, its text is kept.

export interface NamedPicture {
  readonly name: string
  readonly bytes: Uint8Array
}

/** A JPEG begins with SOI and ends with EOI; cameras pad the end with zeros, at most one block. */
const paddingBytesMax = 64

export function isWholeJpeg(bytes: Uint8Array): boolean {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8 || bytes[2] !== 0xff) return false
  let end = bytes.length
  while (end > 0 && bytes.length - end < paddingBytesMax && bytes[end - 1] === 0) end--
  return end >= 5 && bytes[end - 2] === 0xff && bytes[end - 1] === 0xd9
}

/** The plate crop first, then the whole scene, because board and record show the plate. */
const preferred = ['licensePlatePicture', 'detectionPicture'] as const

/** Whether a part name is that of a plate crop. */
export const isPlatePicture = (name: string): boolean => name.startsWith(preferred[0])

export function pictureOf(pictures: readonly NamedPicture[]): Uint8Array | null {
  for (const word of preferred) {
    const found = pictures.find(({ name }) => name.startsWith(word))
    if (found !== undefined) return found.bytes
  }
  return pictures[0]?.bytes ?? null
}
