// A number that is equal for equal pictures (FNV-1a, 32 bits): two frames of a living camera differ in their noise, so that
// a camera whose frames are equal has frozen.

export function pictureMark(bytes: Uint8Array | null): number | null {
  if (bytes === null) return null
  let mark = 0x811c9dc5
  for (const byte of bytes) mark = Math.imul(mark ^ byte, 0x01000193)
  return mark >>> 0
}
