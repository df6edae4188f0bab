// The frame engine on small tables of its own: which form a length selects, trailing bytes, and values that do not fit. The
// tables of the devices are in frames.test.ts.
import { describe, expect, it } from 'vitest'
import { bytesOfHex, hexOf } from '#base/pure/data/bytes.ts'
import { present } from '#base/pure/values/must.ts'
import { makeFrameEngine } from '#devices/pure/rsu/frame-engine.ts'
import type { FrameEngine } from '#devices/pure/rsu/frame-engine.ts'
import type {
  FieldTable,
  FieldType,
  FrameForm,
  FrameTable,
  FrameValue,
} from '#devices/pure/rsu/table-types.ts'
import { rsuVariant, rsuVariantIds } from '#devices/pure/rsu/variants.ts'

const bytesOf = (hex: string): Uint8Array => present(bytesOfHex(hex), 'it is hex')
const f = (
  name: string,
  len: FieldTable['len'],
  type: FieldType = 'uint',
  more: Partial<FieldTable> = {},
): FieldTable => ({ name, off: '+', len, type, ...more })
const form = (
  name: string,
  length: FrameForm['length'],
  ...fields: readonly FieldTable[]
): FrameForm => ({ name, length, fields, example: { hex: '', value: {} } })
const frame = (
  code: string,
  onLonger: FrameTable['onLonger'],
  ...forms: readonly FrameForm[]
): FrameTable => ({ code, name: `frame ${code}`, from: 'rsu', onLonger, forms })

const pair = (name: string, count: string): FieldTable =>
  f(name, 2, 'repeat', { count, each: [f('k', 1), f('v', 1, 'hex')] })

/** Quoted lengths count two bytes more than DATA. */
const adds = 2
const engineOf = (...frames: readonly FrameTable[]): FrameEngine =>
  makeFrameEngine({
    ...rsuVariant('generic-ver').table,
    counting: { dataStartsAt: 0, lengthAdds: adds },
    enums: { power: { '00': 'off', '01': 'on' } },
    files: [
      {
        name: 'sheet',
        length: 3,
        fields: [f('no', 1), f('word', 1, 'enum', { enum: 'power' }), f('tail', 1, 'hex')],
        example: { hex: '', value: {} },
      },
    ],
    frames,
  })

describe('the form of a frame', () => {
  const short = form('short', 2 + adds, f('a', 1))
  const long = form('long', 4 + adds, f('a', 1), f('b', 2))
  const open = form('open', 'any', f('a', 1), f('more', 'fill', 'hex'), f('end', 2))
  const kept = engineOf(frame('A1', 'rest', short, long))
  const strict = engineOf(frame('A1', 'reject', short, long))
  const anyLength = engineOf(frame('A1', 'reject', short, open))

  it.each([
    [kept, 'A107', 'short', { a: 7 }, []],
    [kept, 'A1070102', 'long', { a: 7, b: 258 }, []],
    [kept, 'A107010203', 'long', { a: 7, b: 258, rest: '03' }, ['longerThanAnyKnownForm']],
    [strict, 'A1070102', 'long', { a: 7, b: 258 }, []],
    [anyLength, 'A107', 'short', { a: 7 }, []],
    [anyLength, 'A1070102', 'open', { a: 7, more: '', end: 258 }, ['readFromTheTail']],
    [anyLength, 'A107AABB0102', 'open', { a: 7, more: 'AABB', end: 258 }, ['readFromTheTail']],
  ])('%# %s %s', (engine, hex, name, value, warnings) => {
    const decoded = engine.decode(bytesOf(hex))
    expect(decoded).toEqual({ ok: true, code: 'A1', name: 'frame A1', form: name, value, warnings })
    const again = engine.encode('A1', value, name)
    expect(again.ok && hexOf(again.data)).toBe(hex)
  })
  it.each([
    [kept, 'A1', 'length'],
    [kept, 'A10701', 'length'],
    [strict, 'A107010203', 'length'],
    [anyLength, 'A10701', 'length'],
    [kept, 'A207', 'unknownType'],
    [kept, '', 'empty'],
    [engineOf(frame('A1', 'rest', open)), 'A107', 'length'],
    [engineOf(frame('A1', 'rest')), 'A107', 'length'],
  ])('%# %s %s is none: %s', (engine, hex, reason) => {
    expect(engine.decode(bytesOf(hex))).toEqual({ ok: false, code: hex.slice(0, 2), reason })
  })
  it('is the one that is named, or the first that takes the value', () => {
    const encodeA1 = (value: FrameValue, name?: string) => kept.encode('A1', value, name)
    expect(encodeA1({ a: 7 })).toEqual({ ok: true, data: bytesOf('A107') })
    expect(encodeA1({ a: 7, b: 1 })).toEqual({ ok: true, data: bytesOf('A1070001') })
    expect(encodeA1({ a: 7, rest: 'FF' }, 'short')).toEqual({ ok: true, data: bytesOf('A107FF') })
    expect(encodeA1({ a: 7 }, 'long')).toEqual({ ok: false, reason: 'A1 does not take long: b' })
    expect(encodeA1({ a: 7, c: 1 })).toEqual({
      ok: false,
      reason: 'A1 does not take short: c, long: c',
    })
    expect(kept.encode('A9', {})).toEqual({ ok: false, reason: 'no frame A9' })
  })
})

describe('fields', () => {
  const whole = engineOf(
    frame(
      'B1',
      'reject',
      form(
        'one',
        1 + 14 + adds,
        f('fee', 2, 'fen', { nullWhen: 'FFFF' }),
        f('state', 1, 'enum', { enum: 'power' }),
        f('sheet', 3, 'file', { table: 'sheet' }),
        f('pad', 2, 'hex', { reserved: true }),
        f('gap', 1, 'uint', { nullWhen: 'EE' }),
        f('word', 1, 'enum'),
        f('plain', 4),
      ),
    ),
  )
  const value = {
    fee: 0x0102,
    state: 'on',
    sheet: { no: 9, word: 'off', tail: 'C3' },
    pad: '0000',
    gap: 5,
    word: 'code:04',
    plain: 0x0a0b0c0d,
  }
  it('lie one behind the other, each read as its table says', () => {
    const hex = 'B10102010900C3000005040A0B0C0D'
    const decoded = whole.decode(bytesOf(hex))
    expect(decoded.ok && decoded.value).toEqual(value)
    expect(whole.encode('B1', value)).toEqual({ ok: true, data: bytesOf(hex) })
  })
  it.each(['FF01', '01FF', 'FEFF', 'FFFE'])(
    'null is said by all of its bytes, not by %s',
    (fee) => {
      const decoded = whole.decode(bytesOf(`B1${fee}010900C3000005040A0B0C0D`))
      expect(decoded.ok && decoded.value.fee).toBe(Number.parseInt(fee, 16))
    },
  )
  it('null both ways', () => {
    const hex = 'B1FFFF010900C30000EE040A0B0C0D'
    const decoded = whole.decode(bytesOf(hex))
    expect(decoded.ok && decoded.value).toEqual({ ...value, fee: null, gap: null })
    expect(whole.encode('B1', { ...value, fee: null, gap: null })).toEqual({
      ok: true,
      data: bytesOf(hex),
    })
  })
  const { pad, fee: _fee, ...noFee } = value
  it.each<[string, FrameValue, string | null]>([
    ['a reserved field left out', { ...noFee, fee: 1 }, null],
    ['another one left out', { ...noFee, pad }, 'fee'],
    ['a word of no table', { ...value, state: 'half' }, 'state'],
    ['a sheet that is no sheet', { ...value, sheet: 'text' }, 'sheet'],
    ['a list for a sheet', { ...value, sheet: [] }, 'sheet'],
    ['null for a sheet', { ...value, sheet: null }, 'sheet'],
    ['a sheet without a field', { ...value, sheet: { no: 9, word: 'off' } }, 'sheet.tail'],
    ['a sheet with one too many', { ...value, sheet: { ...value.sheet, x: 1 } }, 'sheet.x'],
    ['a name that no field has', { ...value, x: 1 }, 'x'],
  ])('%s', (_what, given, misfit) => {
    const encoded = whole.encode('B1', given)
    if (misfit === null) expect(encoded.ok).toBe(true)
    else expect(encoded).toEqual({ ok: false, reason: `B1 does not take one: ${misfit}` })
  })
  it('that fill what is left are never made up', () => {
    const engine = engineOf(
      frame('B2', 'reject', form('any', 'any', f('all', 'fill', 'hex', { reserved: true }))),
    )
    expect(engine.encode('B2', {})).toEqual({ ok: false, reason: 'B2 does not take any: all' })
    expect(engine.encode('B2', { all: '' })).toEqual({ ok: true, data: bytesOf('B2') })
    expect(engine.decode(bytesOf('B20A'))).toMatchObject({ value: { all: '0A' } })
  })
  it('of a file alone, both ways', () => {
    const sheet = { no: 1, word: 'on', tail: '00' }
    expect(whole.decodeFile('sheet', bytesOf('010100'))).toEqual(sheet)
    expect(whole.encodeFile('sheet', sheet)).toEqual(bytesOf('010100'))
    expect(whole.encodeFile('sheet', { ...sheet, no: 256 })).toBeNull()
    expect(() => whole.decodeFile('none', bytesOf('00'))).toThrow(/file table none is known/)
    expect(() => whole.encodeFile('none', {})).toThrow(/file table none is known/)
  })
  it('of a table that a file lacks are a mistake of ours', () => {
    const table = form('one', 2 + adds, f('x', 1, 'file', { table: 'gone' }))
    expect(() => engineOf(frame('B3', 'reject', table))).toThrow(/tables are checked at load/)
  })
})

describe('entries that a frame counts', () => {
  const counted = engineOf(
    frame(
      'D1',
      'reject',
      form(
        'two lists',
        { base: 1 + 3 + 1 + adds, per: { n: 2, m: 2 }, derive: { assume: { n: 1 }, solve: 'm' } },
        f('head', 1),
        f('n', 1),
        pair('first', 'n'),
        f('m', 1),
        pair('second', 'm'),
        f('end', 1, 'hex'),
      ),
    ),
  )
  const entry = (k: number, v: string): FrameValue => ({ k, v })
  it.each<[string, FrameValue]>([
    ['D1070000EE', { head: 7, n: 0, first: [], m: 0, second: [], end: 'EE' }],
    ['D107010AA100EE', { head: 7, n: 1, first: [entry(10, 'A1')], m: 0, second: [], end: 'EE' }],
    [
      'D107010AA1020BB10CC1EE',
      {
        head: 7,
        n: 1,
        first: [entry(10, 'A1')],
        m: 2,
        second: [entry(11, 'B1'), entry(12, 'C1')],
        end: 'EE',
      },
    ],
    [
      'D107020AA10BB1010CC1EE',
      {
        head: 7,
        n: 2,
        first: [entry(10, 'A1'), entry(11, 'B1')],
        m: 1,
        second: [entry(12, 'C1')],
        end: 'EE',
      },
    ],
  ])('%s both ways', (hex, value) => {
    expect(counted.decode(bytesOf(hex))).toEqual({
      ok: true,
      code: 'D1',
      name: 'frame D1',
      form: 'two lists',
      value,
      warnings: [],
    })
    const { n: _n, m: _m, ...uncounted } = value
    for (const given of [value, uncounted])
      expect(counted.encode('D1', given)).toEqual({ ok: true, data: bytesOf(hex) })
  })
  it.each([
    // A wrong count of the second list: it is derived from the length, and the first count is taken as correct.
    ['D107010AA1000BB1EE', { n: 1, first: [entry(10, 'A1')], m: 0, second: [entry(11, 'B1')] }],
    ['D107090AA10000EE', null],
    ['D107050AA1000BB1EE', { n: 5, first: [entry(10, 'A1')], m: 0, second: [entry(11, 'B1')] }],
    ['D107010AA105EE', { n: 1, first: [entry(10, 'A1')], m: 5, second: [] }],
  ])('%s has a wrong count', (hex, value) => {
    const decoded = counted.decode(bytesOf(hex))
    if (value === null) expect(decoded).toEqual({ ok: false, code: 'D1', reason: 'length' })
    else
      expect(decoded).toMatchObject({
        value: { head: 7, ...value, end: 'EE' },
        warnings: ['takenFromLength m'],
      })
  })
  it.each(['D1', 'D107', 'D10701', 'D1070100', 'D107010AA1', 'D107010AA10100EE'])(
    '%s is of no length that its counts can make',
    (hex) => {
      expect(counted.decode(bytesOf(hex))).toMatchObject({ ok: false, reason: 'length' })
    },
  )
  it.each<[string, FrameValue, string]>([
    ['no list', { head: 1, first: 'x', second: [], end: '00' }, 'n'],
    [
      'no list, though counted',
      { head: 1, n: 1, first: 'x', m: 0, second: [], end: '00' },
      'first',
    ],
    ['texts', { head: 1, n: 1, first: ['x'], m: 0, second: [], end: '00' }, 'first'],
    ['a wrong entry', { head: 1, first: [entry(300, '00')], second: [], end: '00' }, 'first.k'],
    ['half an entry', { head: 1, first: [{ k: 1 }], second: [], end: '00' }, 'first.v'],
    [
      'more entries than a byte counts',
      { head: 1, first: Array.from({ length: 256 }, () => entry(1, '00')), second: [], end: '00' },
      'n',
    ],
  ])('%s does not encode', (_what, value, misfit) => {
    expect(counted.encode('D1', value)).toEqual({
      ok: false,
      reason: `D1 does not take two lists: ${misfit}`,
    })
  })
  it('and one that fills are read together', () => {
    const engine = engineOf(
      frame(
        'D2',
        'reject',
        form('any', 'any', f('n', 1), f('more', 'fill', 'hex'), f('x', 1), f('y', 2, 'hex')),
      ),
    )
    expect(engine.decode(bytesOf('D201AABBCC050607'))).toMatchObject({
      value: { n: 1, more: 'AABBCC', x: 5, y: '0607' },
    })
    expect(engine.decode(bytesOf('D2010506'))).toMatchObject({ ok: false, reason: 'length' })
  })
})

// A new engine here, so that the code which compiles a table runs inside the test.
describe.each(rsuVariantIds)('%s', (id) => {
  const { table } = rsuVariant(id)
  it('decodes and encodes each example of its tables', () => {
    const engine = makeFrameEngine(table)
    expect(engine.variant).toBe(table)
    for (const { code, forms } of table.frames)
      for (const { name, example } of forms) {
        const bytes = bytesOf(example.hex)
        expect(engine.decode(bytes)).toMatchObject({ form: name, value: example.value })
        expect(engine.encode(code, example.value, name)).toEqual({ ok: true, data: bytes })
      }
    for (const { name, example } of table.files) {
      const bytes = bytesOf(example.hex)
      expect(engine.decodeFile(name, bytes)).toEqual(example.value)
      expect(engine.encodeFile(name, example.value)).toEqual(bytes)
    }
  })
})
