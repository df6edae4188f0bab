// Pictures removed from a camera's bytes: nothing but pictures is removed, and a driver that replays the rest finds each
// picture as complete or as broken as it was, however the bytes were split.
import { describe, expect, it } from 'vitest'
import { filled } from '#base/pure/words/gaps.ts'
import { isWholeJpeg } from '#devices/pure/camera/pictures.ts'
import { gapsMax, withoutPictures, type PictureSpan } from '#devices/pure/camera/picture-gaps.ts'
import { feedMultipart, openMultipart } from '#devices/pure/camera/stream/multipart.ts'
import { emptyVzFraming, feedVz, vzFrame } from '#devices/pure/camera/vz/framing.ts'
import { carPicture } from '#simulators/camera/picture.ts'

const jpeg = carPicture('测A12345', 'blue')
const utf8 = new TextEncoder()
const all = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts))

const text = utf8.encode('--b\r\nContent-Type: text/plain\r\n\r\nplate.\r\n')
const head = (more = ''): Uint8Array =>
  utf8.encode(`--b\r\nContent-Type: image/jpeg\r\n${more}\r\n`)
const end = utf8.encode('\r\n--b\r\nContent-Type: text/plain\r\n\r\nlast.\r\n--b--\r\n')
const stream = all(text, head(), jpeg, end)
const wholeText = all(text, head(`Content-Length: ${jpeg.length}\r\n`), jpeg, end)
const vz = all(
  vzFrame('data', utf8.encode('{"cmd":"a"}'), 1),
  vzFrame('data', all(utf8.encode('{"cmd":"b"}'), Uint8Array.of(0), jpeg, jpeg), 2),
  vzFrame('data', utf8.encode('{"cmd":"c"}'), 3),
)

type Feed = (chunk: Uint8Array) => readonly PictureSpan[]
const multipart = (): Feed => {
  let state = openMultipart('b')
  return (chunk) => {
    const step = feedMultipart(state, chunk, () => false)
    state = step.state
    return step.pictures
  }
}
const framed = (): Feed => {
  let state = emptyVzFraming
  return (chunk) => {
    const step = feedVz(state, chunk)
    state = step.state
    return step.pictures
  }
}

/** The bytes stored of a stream in chunks, and the stream with its gaps filled up again. */
function cut(feed: Feed, bytes: Uint8Array, size: number) {
  const kept: Uint8Array[] = []
  const again: Uint8Array[] = []
  for (let at = 0; at < bytes.length; at += size) {
    const chunk = bytes.subarray(at, at + size)
    const one = withoutPictures(chunk, feed(chunk))
    expect(filled(one)).toHaveLength(chunk.length)
    kept.push(one.bytes)
    again.push(filled(one))
  }
  return { kept: all(...kept), again: all(...again) }
}

const latin = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')

describe.each([
  ['parts of no told length', multipart, stream, all(text, head()), end, 1],
  [
    'parts of a told length',
    multipart,
    wholeText,
    wholeText.subarray(0, wholeText.indexOf(0xff)),
    end,
    1,
  ],
  ['frames', framed, vz, vz.subarray(0, vz.indexOf(0xff)), vz.subarray(-19), 2],
] as const)('pictures in %s', (_name, feed, bytes, before, after, pictures) => {
  it.each([bytes.length, 1_460, 500, 97])('in chunks of %s bytes are gone', (size) => {
    const { kept, again } = cut(feed(), bytes, size)
    // Everything outside the pictures is stored byte by byte.
    expect(latin(kept).startsWith(latin(before))).toBe(true)
    expect(latin(kept).endsWith(latin(after))).toBe(true)
    expect(kept.length).toBeLessThan(before.length + after.length + jpeg.length * pictures * 0.25)
    const found = again.subarray(before.length, before.length + jpeg.length)
    expect(isWholeJpeg(found)).toBe(true)
  })

  it('however the bytes are cut in two: every picture is as whole as it was', () => {
    const from = before.length
    for (let at = from - 4; at < from + 8; at++) {
      const one = feed()
      const parts = [bytes.subarray(0, at), bytes.subarray(at)]
      const again = all(...parts.map((chunk) => filled(withoutPictures(chunk, one(chunk)))))
      expect(isWholeJpeg(again.subarray(from, from + jpeg.length))).toBe(true)
      const cutAt = from + jpeg.length - (at - from)
      const other = feed()
      const halves = [bytes.subarray(0, cutAt), bytes.subarray(cutAt)]
      const joined = all(...halves.map((chunk) => filled(withoutPictures(chunk, other(chunk)))))
      expect(isWholeJpeg(joined.subarray(from, from + jpeg.length))).toBe(true)
    }
  })
})

describe('what is kept', () => {
  it('of a broken picture is broken, too', () => {
    const broken = jpeg.slice(0, -200)
    const { again } = cut(multipart(), all(text, head(), broken, end), 4_096)
    const from = text.length + head().length
    expect(isWholeJpeg(again.subarray(from, from + broken.length))).toBe(false)
  })

  it('is a copy: links use their buffers again', () => {
    const bytes = Uint8Array.of(1, 2, 3)
    const one = withoutPictures(bytes, [])
    bytes.fill(9)
    expect([...one.bytes]).toEqual([1, 2, 3])
    expect(one.gaps).toBeUndefined()
  })

  it('is more where more gaps would be than a JPEG has, and short stretches stay', () => {
    const ends = all(
      ...Array.from({ length: 40 }, () => all(Uint8Array.of(0xff, 0xd9), jpeg.subarray(100, 150))),
    )
    const { gaps, bytes } = withoutPictures(ends, [[0, ends.length]])
    expect(gaps).toHaveLength(gapsMax)
    expect(bytes.length).toBeGreaterThan(ends.length / 2)
    const short = new Uint8Array(30)
    expect(withoutPictures(short, [[0, 30]]).bytes).toHaveLength(30)
  })
})
