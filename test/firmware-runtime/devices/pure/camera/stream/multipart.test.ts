// Parts of a stream: boundaries in every spelling, lengths that are right, missing, 0 or wrong, and
// every way of cutting the bytes. A text is whole when it ends with `.` here.
import { describe, expect, it } from 'vitest'
import type { Part } from '#devices/pure/camera/stream/multipart.ts'
import {
  boundaryOf,
  closePart,
  feedMultipart,
  openMultipart,
  openPart,
} from '#devices/pure/camera/stream/multipart.ts'

const latin = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')
const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'))
const whole = ({ bytes }: Part): boolean => latin(bytes).endsWith('.')

/** Feeds pieces of `size` bytes; returns the parts as text, and what was discarded. */
function read(text: string, boundary = 'b', size = text.length) {
  let state = openMultipart(boundary)
  const parts: string[] = []
  let discarded = 0
  const bytes = bytesOf(text)
  for (let at = 0; at < bytes.length; at += size) {
    const step = feedMultipart(state, bytes.subarray(at, at + size), whole)
    state = step.state
    discarded += step.discardedBytes
    parts.push(...step.parts.map((part) => `${part.type} ${part.name} ${latin(part.bytes)}`))
  }
  return { parts, discarded, state }
}

const part = (body: string, ...headers: string[]): string =>
  `--b\r\n${headers.map((line) => `${line}\r\n`).join('')}\r\n${body}\r\n`
const text = (body: string, length: number | null = body.length): string =>
  part(body, 'Content-Type: text/plain', ...(length === null ? [] : [`Content-Length: ${length}`]))
const picture = (body: string, length: number | null = body.length): string =>
  part(body, 'Content-Type: image/jpeg', ...(length === null ? [] : [`Content-Length: ${length}`]))

describe('the boundary of a Content-Type', () => {
  it.each([
    ['multipart/mixed; boundary=MIME_boundary', 'MIME_boundary'],
    ['multipart/mixed;boundary="a b;c"', 'a b;c'],
    ['Multipart/X-Mixed-Replace; charset=utf-8; BOUNDARY=--myboundary', '--myboundary'],
    ['multipart/mixed', 'boundary'],
    ['multipart/mixed; boundary=', 'boundary'],
    ['multipart/mixed; boundary=""', 'boundary'],
    ['text/html', null],
    ['', null],
    [`multipart/mixed; boundary=${'a'.repeat(201)}`, null],
  ])('%s', (type, boundary) => {
    expect(boundaryOf(type)).toBe(boundary)
  })
})

describe('parts', () => {
  const stream =
    text('one.') + picture('\xff\xd8--b not a boundary\r\n--bx\r\n') + text('two.', null)
  const expected = ['text/plain  one.', 'image/jpeg  \xff\xd8--b not a boundary\r\n--bx\r\n']
  it('come one after the other, the last one when its boundary is there', () => {
    expect(read(stream).parts).toEqual(expected)
    expect(read(`${stream}--b--\r\n`)).toMatchObject({
      parts: [...expected, 'text/plain  two.'],
      discarded: 0,
    })
  })
  it('are the same in pieces of every size', () => {
    const all = `${stream}${stream}--b--\r\n`
    const once = read(all).parts
    for (let size = 1; size < all.length; size++) {
      const got = read(all, 'b', size)
      expect(got.parts).toEqual(once)
      expect(got.discarded).toBe(0)
    }
  })
  it('are the same however the stream is cut in two', () => {
    const bytes = bytesOf(`${stream}--b--\r\n`)
    for (let cut = 0; cut <= bytes.length; cut++) {
      const first = feedMultipart(openMultipart('b'), bytes.subarray(0, cut), whole)
      const second = feedMultipart(first.state, bytes.subarray(cut), whole)
      expect([...first.parts, ...second.parts]).toHaveLength(3)
    }
  })
  it('go on after the end of a stream that was none', () => {
    expect(read(`${text('one.')}--b--\r\n${text('two.')}--b--\r\n`).parts).toHaveLength(2)
  })
  it.each([
    ['dashes in the name of the boundary', '--b'],
    ['more dashes on the wire than in the name', 'b'],
  ])('%s', (_what, boundary) => {
    const bytes = `${text('one.', null)}${text('two.', null)}--b--\r\n`
    const more = boundary === 'b' ? bytes.replaceAll('--b', '----b') : bytes
    expect(read(more, boundary)).toMatchObject({
      parts: ['text/plain  one.', 'text/plain  two.'],
      discarded: 0,
    })
  })
  it('may end their lines with LF alone', () => {
    const bytes = `${text('one.')}${text('two.', null)}--b--\r\n`.replaceAll('\r\n', '\n')
    expect(read(bytes)).toMatchObject({
      parts: ['text/plain  one.', 'text/plain  two.'],
      discarded: 0,
    })
  })
  it('bear a name where they say one', () => {
    const named = (line: string): string => read(`${part('x', line)}--b--\r\n`).parts[0] ?? ''
    expect(named('Content-Disposition: form-data; name="a"; filename="p.jpg"')).toBe(' a x')
    expect(named('Content-Disposition: form-data; filename=p.jpg')).toBe(' p.jpg x')
    expect(named('content-id: licensePlatePicture')).toBe(' licensePlatePicture x')
  })
  it('may be empty', () => {
    expect(read(`${text('', null)}--b--\r\n`).parts).toEqual(['text/plain  '])
    expect(read(`--b\r\nContent-Type: text/plain\r\n\r\n--b--\r\n`).parts).toEqual(['text/plain  '])
  })
})

describe('lengths', () => {
  it('of a text are enough when it is whole: nobody waits for the next boundary', () => {
    expect(read(text('one.').slice(0, -2)).parts).toEqual(['text/plain  one.'])
  })
  it.each([
    ['0', 0],
    ['too short, as if characters were counted', 3],
    ['too long', 40],
    ['not there', null],
  ])('of a text that are %s do not matter', (_what, length) => {
    expect(read(`${text('one.', length)}${text('two.')}--b--\r\n`).parts).toEqual([
      'text/plain  one.',
      'text/plain  two.',
    ])
  })
  it('of a picture are believed, so that it is there at once', () => {
    expect(read(picture('\xff\xd8jpeg').slice(0, -2)).parts).toEqual(['image/jpeg  \xff\xd8jpeg'])
  })
  it('of a picture that are 0 or missing end at the boundary', () => {
    for (const length of [0, null])
      expect(read(`${picture('\xff\xd8jpeg', length)}--b--\r\n`).parts).toEqual([
        'image/jpeg  \xff\xd8jpeg',
      ])
  })
  it('of a picture that are too short lose the picture, not what follows', () => {
    const got = read(`${picture('\xff\xd8jpeg', 3)}${text('two.')}--b--\r\n`)
    expect(got.parts.at(-1)).toBe('text/plain  two.')
    expect(got.discarded).toBe(3)
  })
})

describe('what is no part', () => {
  it('is thrown away and counted', () => {
    const noise = 'x'.repeat(5_000)
    expect(read(`${noise}${text('one.')}${noise}\r\n${text('two.')}--b--\r\n`)).toMatchObject({
      parts: ['text/plain  one.', 'text/plain  two.'],
      discarded: 10_000,
    })
  })
  it('takes no memory: noise, headers and texts without end', () => {
    let state = openMultipart('b')
    const noise = bytesOf('no boundary here '.repeat(1_000))
    for (let i = 0; i < 100; i++) state = feedMultipart(state, noise, whole).state
    expect(state.carry.length).toBeLessThan(10)
    const headers = read(`--b\r\n${'Header: x\r\n'.repeat(2_000)}\r\nbody`)
    expect(headers.parts).toEqual([])
    expect(headers.discarded).toBeGreaterThan(10_000)
    const long = read(`${text('y'.repeat(300_000), null)}${text('two.')}--b--\r\n`)
    expect(long.parts).toEqual(['text/plain  two.'])
    expect(long.discarded).toBeGreaterThan(299_000)
  })
  it.each([
    ['lines without end', `--b\r\n${'Header: x\r\n'.repeat(1_000)}`],
    ['one line without end', `--b\r\nHeader: ${'x'.repeat(9_000)}\r\n`],
    ['a boundary in each of its lines', `--b\r\n${'Header: --b\r\nHea'.repeat(1_000)}\r\n`],
    ['boundaries on lines of their own', '--b\r\nHeader: x\r\n'.repeat(1_000)],
    ['a boundary that was not there before', `--b\r\n${'Header: --c\r\n'.repeat(1_000)}`],
  ])('a head of %s loses no part behind it, in pieces of any size', (_what, head) => {
    for (const size of [1_000_000, 4_096, 777])
      expect(read(`${head}${text('two.')}--b--\r\n`, 'b', size).parts).toContain('text/plain  two.')
  })
  it('a picture over the cap is read over without being kept', () => {
    const limits = { headerBytesMax: 100, textBytesMax: 100, pictureBytesMax: 50 }
    for (const length of [60, null]) {
      const bytes = bytesOf(`${picture('z'.repeat(60), length)}${text('two.')}--b--\r\n`)
      const step = feedMultipart(openMultipart('b', limits), bytes, whole)
      expect(step.parts.map((one) => latin(one.bytes))).toEqual(['two.'])
      expect(step.discardedBytes).toBe(60)
    }
  })
})

describe('a part that is still open', () => {
  it('is shown as far as it is there, and taken for whole when that is said', () => {
    const { state } = read(text('one.', null).slice(0, -2))
    const open = openPart(state)
    expect([open?.type, latin(open?.bytes ?? new Uint8Array(0))]).toEqual(['text/plain', 'one.'])
    const closed = closePart(state)
    expect(openPart(closed)).toBeNull()
    const step = feedMultipart(closed, bytesOf(`\r\n${text('two.')}`), whole)
    expect(step.parts.map((one) => latin(one.bytes))).toEqual(['two.'])
    expect(step.discardedBytes).toBe(0)
  })
  it('is none between parts and in one over the cap', () => {
    expect(openPart(read(text('one.')).state)).toBeNull()
    expect(openPart(read(text('y'.repeat(300_000), null)).state)).toBeNull()
  })
})
