// One field at a time: where its bytes begin and end, and what each field type accepts and returns.
// Whole frames are in frame-engine.test.ts and frames.test.ts.
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { bytesOfHex, hexOf } from '#base/pure/data/bytes.ts'
import { present } from '#base/pure/values/must.ts'
import {
  codeHexOf,
  encodeField,
  fieldReader,
  hexAt,
  uintBytes,
} from '#devices/pure/rsu/field-codec.ts'
import { decodeGbk, encodeGbk } from '#devices/pure/rsu/gbk.ts'
import type { FieldTable, FieldType } from '#devices/pure/rsu/table-types.ts'

const bytesOf = (hex: string): Uint8Array => present(bytesOfHex(hex), 'it is hex')
const field = (
  type: FieldType,
  len: FieldTable['len'],
  more: Partial<FieldTable> = {},
): FieldTable => ({ name: 'f', off: '+', len, type, ...more })
const codes = { '00': 'off', '01': 'on', '0102': 'both' }

describe('hex', () => {
  it.each(Array.from({ length: 41 }, (_, length) => length))('of %i bytes, wherever', (length) => {
    const bytes = Uint8Array.from({ length: length + 7 }, (_, i) => (i * 37 + 0xa5) & 0xff)
    for (const start of [0, 1, 3])
      expect(hexAt(bytes, start, start + length)).toBe(hexOf(bytes.slice(start, start + length)))
    for (const at of [3, 2 + length]) {
      const zeros = new Uint8Array(length + 7)
      expect(hexAt(zeros, 3, 3 + length)).toBe('00'.repeat(length))
      // Bytes beside the field do not change its value.
      zeros[2] = 1
      zeros[3 + length] = 2
      expect(hexAt(zeros, 3, 3 + length)).toBe('00'.repeat(length))
      if (length === 0) continue
      zeros[at] = 0x1f
      expect(hexAt(zeros, 3, 3 + length)).toBe(hexOf(zeros.slice(3, 3 + length)))
    }
  })
})

describe('numbers', () => {
  it.each([
    [0, 1, '00'],
    [255, 1, 'FF'],
    [256, 1, null],
    [256, 2, '0100'],
    [0x01020304, 4, '01020304'],
    [2 ** 32 - 1, 4, 'FFFFFFFF'],
    [2 ** 32, 4, null],
    [2 ** 48 - 1, 6, 'FFFFFFFFFFFF'],
    [2 ** 53, 8, null],
    [-1, 4, null],
    [0.5, 4, null],
    [NaN, 4, null],
  ] as const)('%f in %i bytes is %s', (value, length, hex) => {
    const bytes = uintBytes(value, length)
    expect(bytes === null ? null : hexOf(bytes)).toBe(hex)
    for (const type of ['uint', 'unix32', 'fen'] as const) {
      const encoded = encodeField(field(type, length), value, {})
      expect(encoded === null ? null : hexOf(encoded)).toBe(hex)
      if (hex === null) continue
      const beside = bytesOf(`77${hex}99`)
      expect(fieldReader(field(type, length), {})(beside, 1, 1 + length)).toBe(value)
    }
  })
})

describe('words of a code table', () => {
  it.each([
    ['off', 1, '00'],
    ['on', 1, '01'],
    ['both', 2, '0102'],
    ['code:7F', 1, '7F'],
    ['code:0101', 2, '0101'],
  ])('%s both ways', (word, length, hex) => {
    const table = field('enum', length)
    expect(codeHexOf(word, codes)).toBe(hex)
    expect(encodeField(table, word, codes)).toEqual(bytesOf(hex))
    expect(fieldReader(table, codes)(bytesOf(`FF${hex}FF`), 1, 1 + length)).toBe(word)
  })
  it('no word that the table lacks, and none of another length', () => {
    expect(codeHexOf('half', codes)).toBeNull()
    expect(encodeField(field('enum', 1), 'half', codes)).toBeNull()
    expect(encodeField(field('enum', 1), 'both', codes)).toBeNull()
    expect(encodeField(field('enum', 1), 'code:7', codes)).toBeNull()
  })
})

describe('bits', () => {
  const names = Array.from({ length: 16 }, (_, i) => `bit${i}`)
  const table = field('bits', 2, { bits: names })
  it.each(names.map((name, i) => [name, i] as const))(
    '%s is the one at %i from above',
    (name, i) => {
      const bytes = bytesOf((0x8000 >> i).toString(16).padStart(4, '0'))
      expect(encodeField(table, [name], {})).toEqual(bytes)
      expect(fieldReader(table, {})(Uint8Array.of(0xff, ...bytes, 0xff), 1, 3)).toEqual([name])
    },
  )
  it('several at once, none, and no unknown one', () => {
    expect(encodeField(table, ['bit0', 'bit1', 'bit15'], {})).toEqual(bytesOf('C001'))
    expect(fieldReader(table, {})(bytesOf('C001'), 0, 2)).toEqual(['bit0', 'bit1', 'bit15'])
    expect(encodeField(table, [], {})).toEqual(bytesOf('0000'))
    expect(encodeField(table, ['bit0', 'glow'], {})).toBeNull()
    expect(encodeField(field('bits', 0), [], {})).toEqual(new Uint8Array(0))
    expect(encodeField(field('bits', 0), ['glow'], {})).toBeNull()
    expect(fieldReader(field('bits', 1), {})(bytesOf('FF'), 0, 1)).toEqual([])
  })
})

describe('what a field refuses', () => {
  it.each<[FieldTable, Parameters<typeof encodeField>[1]]>([
    [field('uint', 1), '1'],
    [field('uint', 'fill'), 1],
    [field('fen', 2), null],
    [field('gbkText', 4), 4],
    [field('gbkText', 'fill'), 'A'],
    [field('bits', 1, { bits: ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'] }), 'a'],
    [field('bits', 1, { bits: ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'] }), [{}]],
    [field('hex', 2), 0x1234],
    [field('hex', 2), '12'],
    [field('hex', 2), '123456'],
    [field('hex', 2), '12G4'],
    [field('enum', 1), 1],
  ])('%j %j', (table, value) => {
    expect(encodeField(table, value, codes)).toBeNull()
  })
  it('takes null where bytes stand for it, and any length where it fills', () => {
    expect(encodeField(field('hex', 2, { nullWhen: 'FFFF' }), null, {})).toEqual(bytesOf('FFFF'))
    expect(encodeField(field('hex', 'fill'), '010203', {})).toEqual(bytesOf('010203'))
    expect(encodeField(field('hex', 2), '0102', {})).toEqual(bytesOf('0102'))
  })
})

describe('GBK texts', () => {
  it('two bytes are a text exactly when they come back the same', () => {
    const wrong: string[] = []
    for (const lead of [0x80, 0x81, 0xa1, 0xa8, 0xb2, 0xd7, 0xfe, 0xff])
      for (let trail = 1; trail <= 0xff; trail++) {
        const pair = Uint8Array.of(lead, trail)
        const text = iconv.decode(pair, 'gbk')
        const isText = lead > 0x80 && lead < 0xff && text.length === 1
        const same = isText && hexOf(iconv.encode(text, 'gbk')) === hexOf(pair)
        const expected = same ? text : `hex:${hexOf(pair)}`
        if (decodeGbk(Uint8Array.of(0x41, ...pair, 0x42), 1, 3) !== expected)
          wrong.push(hexOf(pair))
      }
    expect(wrong).toEqual([])
  })
  it.each([
    '',
    'A',
    'ABC',
    'ABCD',
    'ABCDE',
    'ABCDEFGHI',
    '测A12345',
    'AB测CDEF',
    'ABC测',
    '测试测试',
    'A\u007fB~',
  ])('%j both ways, padded or not', (text) => {
    const plain = iconv.encode(text, 'gbk')
    for (const pad of [0, 1, 5]) {
      const bytes = Uint8Array.from([...plain, ...new Uint8Array(pad)])
      expect(encodeGbk(text, bytes.length)).toEqual(bytes)
      // Bytes beside the field do not change its text.
      const beside = Uint8Array.of(0xb2, ...bytes, 0x41)
      expect(decodeGbk(beside, 1, 1 + bytes.length)).toBe(text)
    }
    if (plain.length > 0) expect(encodeGbk(text, plain.length - 1)).toBeNull()
  })
  it.each([
    '410042',
    '00414243',
    '0041424344',
    '4100424344',
    '4142004344',
    '4142430044',
    '80808080',
    '41424300 44',
    '4142434400 45',
    '4142B2',
    '80',
    'FF41',
    'B200',
    '4142434180',
  ])('bytes %s are no text, and are kept as they are', (spaced) => {
    const hex = spaced.replaceAll(' ', '')
    const bytes = bytesOf(hex)
    expect(decodeGbk(bytes, 0, bytes.length)).toBe(`hex:${hex}`)
    expect(encodeGbk(`hex:${hex}`, bytes.length)).toEqual(bytes)
    expect(encodeGbk(`hex:${hex}`, bytes.length + 1)).toBeNull()
  })
  it('a text that begins as such bytes are written is kept as bytes', () => {
    const bytes = new TextEncoder().encode('hex:41')
    expect(decodeGbk(bytes, 0, 6)).toBe(`hex:${hexOf(bytes)}`)
    expect(encodeGbk('hex:4', 2)).toBeNull()
    expect(encodeGbk('hex:zz', 1)).toBeNull()
    expect(encodeGbk('a 😀', 8)).toBeNull()
    expect(encodeGbk('A\u0000', 2)).toBeNull()
  })
})
