// What is accepted as a photo: by content alone, with its size, and nothing that only begins like one.
// Also a real picture of the camera simulator, from an independent encoder.
import { describe, expect, it } from 'vitest'
import { keptSize, photoEdgeMax, photoPixelsMax, pictureOf } from '#base/pure/data/photo.ts'
import { encodeJpeg } from '#simulators/camera/jpeg.ts'
import { headOfJpeg, headOfPng } from '../values/photo-kit.ts'

const hex = (text: string): Uint8Array =>
  Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'))

describe('a picture', () => {
  it('of the simulator tells its size', () => {
    const jpeg = encodeJpeg({ width: 16, height: 8, rgb: new Uint8Array(16 * 8 * 3) })
    expect(pictureOf(jpeg)).toEqual({ format: 'jpeg', width: 16, height: 8 })
  })
  it('is known by its content: JPEG of each kind of frame, with segments before it, and PNG', () => {
    for (const frame of ['c0', 'c1', 'c2'])
      expect(pictureOf(headOfJpeg(4000, 3000, frame))).toEqual({
        format: 'jpeg',
        width: 4000,
        height: 3000,
      })
    const filled = hex('ffd8 ff ffd0 ffe1 0004 0102 ffc0 0008 08 0010 0020 01')
    expect(pictureOf(filled)).toEqual({ format: 'jpeg', width: 32, height: 16 })
    expect(pictureOf(headOfPng(640, 480))).toEqual({ format: 'png', width: 640, height: 480 })
  })
  it.each([
    ['nothing', ''],
    ['a begin alone', 'ffd8ffd9'],
    ['text', '7b7d'],
    ['a Windows program', '4d5a9000'],
    ['a GIF', '474946383961 1000 1000'],
    ['data before the size', 'ffd8 ffda 0008 01 0100 003f 00 ffc0 0008 08 0010 0020 01'],
    ['a segment of no length', 'ffd8 ffe0 0000 ffc0 0008 08 0010 0020 01'],
    ['a segment that leads beyond the end', 'ffd8 ffe0 ffff 0102'],
    ['a frame that is cut', 'ffd8 ffc0 0011 08 0010 0020'],
    ['a width of nothing', 'ffd8 ffc0 0008 08 0010 0000 01'],
    ['a height that the data tells later', 'ffd8 ffc0 0008 08 0000 0010 01'],
    ['a PNG that is cut', '89504e470d0a1a0a 0000000d49484452 00000010'],
  ])('%s is none', (_what, text) => {
    expect(pictureOf(hex(text))).toBeNull()
  })
  it('that takes more memory to open than there is, is none', () => {
    const heads = { png: headOfPng, jpeg: (w: number, h: number) => headOfJpeg(w, h, 'c0') }
    for (const format of ['png', 'jpeg'] as const) {
      const edge = Math.ceil(Math.sqrt(photoPixelsMax[format]))
      expect(pictureOf(heads[format](edge - 1, edge - 1))).not.toBeNull()
      expect(pictureOf(heads[format](edge + 1, edge + 1))).toBeNull()
    }
    expect(pictureOf(headOfPng(8_000, 8_000))).toBeNull()
    expect(pictureOf(headOfJpeg(8_160, 6_120, 'c0'))).not.toBeNull()
    expect(pictureOf(headOfPng(0xffff_ffff, 0xffff_ffff))).toBeNull()
    expect(pictureOf(headOfJpeg(65_535, 65_535, 'c0'))).toBeNull()
  })
  it('is kept with a long edge that is read well, and never enlarged', () => {
    const of = (width: number, height: number) => keptSize({ format: 'jpeg', width, height })
    expect(of(4000, 3000)).toEqual({ width: photoEdgeMax, height: 1200 })
    expect(of(3000, 4000)).toEqual({ width: 1200, height: photoEdgeMax })
    expect(of(800, 600)).toEqual({ width: 800, height: 600 })
    expect(of(60_000, 1)).toEqual({ width: photoEdgeMax, height: 1 })
  })
})
