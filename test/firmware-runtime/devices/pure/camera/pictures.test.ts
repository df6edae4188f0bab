// Pictures of a push: which one belongs to the reading, and which are incomplete.
// F21 of reliability-security.md.
import { describe, expect, it } from 'vitest'
import { isWholeJpeg, pictureOf } from '#devices/pure/camera/pictures.ts'

const jpeg = [0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 0xff, 0xd9]

describe('a whole JPEG', () => {
  it.each([
    ['as it is', jpeg, true],
    ['with padding', [...jpeg, 0, 0, 0], true],
    ['with too much padding', [...jpeg, ...Array.from({ length: 100 }, () => 0)], false],
    ['cut at its end', jpeg.slice(0, -1), false],
    ['cut in the middle', jpeg.slice(0, 5), false],
    ['without a beginning', jpeg.slice(2), false],
    ['too short to be one', [0xff, 0xd8, 0xff, 0xd9], false],
    ['empty', [], false],
    ['only zeros', [0, 0, 0], false],
    ['a page of text', [...new TextEncoder().encode('<html>')], false],
  ])('%s', (_name, bytes, whole) => {
    expect(isWholeJpeg(Uint8Array.from(bytes))).toBe(whole)
  })
})

describe('the picture of a reading', () => {
  const of = (...names: string[]): string | undefined => {
    const pictures = names.map((name) => ({ name, bytes: new TextEncoder().encode(name) }))
    const found = pictureOf(pictures)
    return found === null ? undefined : new TextDecoder().decode(found)
  }
  it.each([
    [['detectionPicture.jpg', 'licensePlatePicture.jpg'], 'licensePlatePicture.jpg'],
    [['a.jpg', 'detectionPicture.jpg'], 'detectionPicture.jpg'],
    [['a.jpg', 'b.jpg'], 'a.jpg'],
    [[], undefined],
  ] as const)('of %j is %s', (names, expected) => {
    expect(of(...names)).toBe(expected)
  })
})
