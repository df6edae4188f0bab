// Parsing the JSON of a push while it arrives: memory is bounded for any input, and pictures come out as they went in.
// The costliest bodies per byte are tried, in pieces of every kind.
import { describe, expect, it } from 'vitest'
import { LeanJson } from '#devices/intake/lean-json.ts'

const keptMax = 256 * 1024

function fed(source: string | Buffer, pieceBytes = 65_536, pictureMax = 12 << 20): LeanJson {
  const lean = new LeanJson(11 << 20, keptMax, pictureMax)
  const bytes = Buffer.from(source)
  for (let at = 0; at < bytes.length; at += pieceBytes)
    lean.take(bytes.subarray(at, at + pieceBytes))
  return lean
}

const picture = Buffer.from(Array.from({ length: 60_001 }, (_, i) => (i * 7919) % 251))

describe('a picture in base64', () => {
  const text = picture.toString('base64')
  it.each([
    ['as it is', text],
    ['with escaped slashes', text.replaceAll('/', '\\/')],
    ['with line ends', text.replaceAll(/(.{76})/g, '$1\\r\\n')],
  ])('%s is decoded, cut wherever it may be', (_name, written) => {
    const source = `{"a":"b","p":"${written}","q":"${text}","n":1}`
    for (const pieceBytes of [1, 3, 4096, 65_536]) {
      const lean = fed(source, pieceBytes)
      const got = JSON.parse(lean.text) as Record<string, string>
      expect(got).toEqual({ a: 'b', p: 'picture:0', q: 'picture:1', n: 1 })
      expect([...lean.pictures.values()].map((bytes) => Buffer.compare(bytes, picture))).toEqual([
        0, 0,
      ])
      expect(lean.dropped).toBe(0)
    }
  })
  it.each([
    ['a letter that is none', `${text.slice(0, 40_000)}*${text.slice(40_001)}`],
    ['an escaped quote', `${text.slice(0, 40_000)}\\"${text.slice(40_001)}`],
    ['a length that is none', `${text}A`],
    ['padding in the middle', `${text.slice(0, 40_000)}====${text}`],
  ])('%s: it is left empty and counted, the text goes on', (_name, written) => {
    for (const pieceBytes of [1, 4096, 65_536]) {
      const lean = fed(`{"p":"${written}","n":1}`, pieceBytes)
      expect([JSON.parse(lean.text), lean.dropped]).toEqual([{ p: '', n: 1 }, 1])
    }
  })
  it('those beyond what a push may bring are left empty', () => {
    const lean = fed(`{"p":"${text}","q":"${text}"}`, 65_536, 100_000)
    expect([JSON.parse(lean.text), lean.dropped]).toEqual([{ p: 'picture:0', q: '' }, 1])
  })
})

describe('any bytes', () => {
  const big = 11_600_000
  it.each([
    ['empty texts', '"",'],
    ['short texts', '"aaaaaaaaaaaaaaa",'],
    ['open brackets', '['],
    ['quotes alone', '"'],
    ['escaped quotes in one text', '\\"'],
    ['backslashes in one text', '\\\\'],
    ['blanks', ' '],
  ])('of 11.6 MB %s: what is kept stays below its limit', (_name, unit) => {
    const source = Buffer.alloc(big, `${unit}`)
    if (unit.startsWith('\\')) source.write('"', 0)
    const lean = fed(source)
    expect(Buffer.byteLength(lean.text)).toBeLessThanOrEqual(keptMax)
    const held = [...lean.pictures.values()].reduce((sum, bytes) => sum + bytes.length, 0)
    expect(held).toBe(0)
  })
  it('reading ends with the piece that goes over the limit', () => {
    const lean = fed('"",'.repeat(100_000))
    const { text } = lean
    expect(lean.overflowed).toBe(true)
    lean.take(Buffer.alloc(65_536, '"",'))
    expect(lean.text).toBe(text)
  })
})
