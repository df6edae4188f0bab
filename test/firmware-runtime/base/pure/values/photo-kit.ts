// Headers of pictures with a given size, for tests that need no picture data.
// Made byte by byte after T.81 and the PNG specification.
const u16 = (value: number): number[] => [(value >> 8) & 255, value & 255]
const u32 = (value: number): number[] => [
  ...u16(Math.floor(value / 65_536)),
  ...u16(value % 65_536),
]

/** An APP0 segment, then the frame header; `padBytes` zeros after it. */
export const headOfJpeg = (
  width: number,
  height: number,
  frame = 'c0',
  padBytes = 0,
): Uint8Array<ArrayBuffer> =>
  Uint8Array.from([
    ...[0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, parseInt(frame, 16)],
    ...[0, 8, 8, ...u16(height), ...u16(width), 1],
    ...Array.from({ length: padBytes }, (_, i) => i % 251),
    ...[0xff, 0xd9],
  ])

export const headOfPng = (width: number, height: number): Uint8Array<ArrayBuffer> =>
  Uint8Array.from([
    ...[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52],
    ...[...u32(width), ...u32(height), 8, 6, 0, 0, 0],
  ])
