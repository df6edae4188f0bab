// Every frame and file table of every variant: its example both ways, the table as JSON, the table
// check, and that no bytes of a known length are ever lost.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesOfHex, hexOf } from '#base/pure/data/bytes.ts'
import { present } from '#base/pure/values/must.ts'
import { makeFrameEngine } from '#devices/pure/rsu/frame-engine.ts'
import type { VariantTable } from '#devices/pure/rsu/table-types.ts'
import { rsuVariant, rsuVariantIds } from '#devices/pure/rsu/variants.ts'

const bytesOf = (hex: string): Uint8Array => present(bytesOfHex(hex), 'the example is hex')
const variants = rsuVariantIds.map((id) => rsuVariant(id))

const forms = variants.flatMap((v) =>
  v.table.frames.flatMap((frame) =>
    frame.forms.map((form) => ({ v, frame, form, title: `${v.id} ${frame.code} ${form.name}` })),
  ),
)
const files = variants.flatMap((v) =>
  v.table.files.map((file) => ({ v, file, title: `${v.id} ${file.name}` })),
)

describe('frame tables', () => {
  it.each(forms)('$title: the example decodes to its value', ({ v, form }) => {
    const decoded = v.engine.decode(bytesOf(form.example.hex))
    expect(decoded).toMatchObject({ ok: true, form: form.name })
    if (decoded.ok) expect(decoded.value).toEqual(form.example.value)
  })

  it.each(forms)('$title: the value encodes to the same bytes', ({ v, frame, form }) => {
    for (const name of [undefined, form.name]) {
      const encoded = v.engine.encode(frame.code, form.example.value, name)
      expect(encoded.ok && hexOf(encoded.data)).toBe(hexOf(bytesOf(form.example.hex)))
    }
  })

  it.each(forms)('$title: the quoted length is that of the example', ({ v, form }) => {
    const bytes = bytesOf(form.example.hex)
    if (typeof form.length === 'number')
      expect(bytes.length + v.table.counting.lengthAdds).toBe(form.length)
  })

  it.each(files)('$title: the example both ways', ({ v, file }) => {
    const bytes = bytesOf(file.example.hex)
    expect(bytes.length).toBe(file.length)
    expect(v.engine.decodeFile(file.name, bytes)).toEqual(file.example.value)
    const back = present(v.engine.encodeFile(file.name, file.example.value), 'it encodes')
    expect(hexOf(back)).toBe(hexOf(bytes))
  })

  it.each(variants)('$id is the same after a JSON round trip, and works from it', (v) => {
    const copy = JSON.parse(JSON.stringify(v.table)) as VariantTable
    expect(copy).toEqual(v.table)
    const engine = makeFrameEngine(copy)
    for (const frame of copy.frames)
      for (const { example } of frame.forms)
        expect(engine.decode(bytesOf(example.hex)).ok).toBe(true)
  })
})

describe('no bytes are lost', () => {
  it.each(forms)('$title: any bytes of this length come back', ({ v, frame, form }) => {
    const length = bytesOf(form.example.hex).length - 1
    const counted = typeof form.length !== 'number'
    fc.assert(
      fc.property(fc.uint8Array({ minLength: length, maxLength: length }), (body) => {
        const data = Uint8Array.from([Number.parseInt(frame.code, 16), ...body])
        const decoded = v.engine.decode(data)
        expect(decoded.ok).toBe(true)
        if (!decoded.ok) return
        if (!counted) expect(decoded.form).toBe(form.name)
        const encoded = v.engine.encode(frame.code, decoded.value, decoded.form)
        expect(encoded.ok && hexOf(encoded.data)).toBe(hexOf(data))
      }),
      { numRuns: 60 },
    )
  })

  it.each(files)('$title: any bytes come back', ({ v, file }) => {
    const sized = fc.uint8Array({ minLength: file.length, maxLength: file.length })
    fc.assert(
      fc.property(sized, (bytes) => {
        const back = v.engine.encodeFile(file.name, v.engine.decodeFile(file.name, bytes))
        expect(back && hexOf(back)).toBe(hexOf(bytes))
      }),
      { numRuns: 100 },
    )
  })
})

describe('lengths and values that do not fit', () => {
  const [bcc, ver] = [rsuVariant('generic-bcc'), rsuVariant('generic-ver')]
  const exampleOf = (v: typeof bcc, code: string, form = 0): string =>
    hexOf(
      bytesOf(present(v.table.frames.find((f) => f.code === code)?.forms[form], code).example.hex),
    )

  it('unknown trailing bytes of a status frame are kept as rest', () => {
    const decoded = bcc.engine.decode(bytesOf(exampleOf(bcc, 'B0') + 'A1A2'))
    expect(decoded).toMatchObject({ ok: true, value: { rest: 'A1A2' } })
    if (!decoded.ok) return
    expect(decoded.warnings).toHaveLength(1)
    const again = bcc.engine.encode('B0', decoded.value, decoded.form)
    expect(again.ok && hexOf(again.data)).toBe(exampleOf(bcc, 'B0') + 'A1A2')
  })

  it.each([
    [bcc, exampleOf(bcc, 'B5') + '00'],
    [bcc, exampleOf(bcc, 'B5').slice(0, -2)],
    [ver, exampleOf(ver, 'B5') + '00'],
    [ver, exampleOf(ver, 'B5').slice(0, 40)],
    [ver, exampleOf(ver, 'B8') + '00'],
    [bcc, exampleOf(bcc, 'B4') + '0000'],
    [ver, exampleOf(ver, 'B0').slice(0, -2)],
    [ver, 'B1001101'],
  ])('%# a money frame of an unknown length is refused', (v, hex) => {
    expect(v.engine.decode(bytesOf(hex))).toMatchObject({ ok: false, reason: 'length' })
  })

  it('an unknown type and an empty body are told apart', () => {
    expect(ver.engine.decode(bytesOf('EE00'))).toMatchObject({ ok: false, reason: 'unknownType' })
    expect(ver.engine.decode(new Uint8Array(0))).toMatchObject({ ok: false, reason: 'empty' })
  })

  it.each([
    ['a missing field', 'C1', { obuId: '02001234' }, 'diversifier'],
    ['a field too many', 'C4', { switch: 1, power: 3 }, 'power'],
    ['hex of another length', 'C1', { obuId: '0200', diversifier: '00' }, 'obuId'],
    ['no hex', 'C1', { obuId: '0200123G', diversifier: 'B2E2CAD437010001' }, 'obuId'],
    ['a number too large', 'C4', { switch: 256 }, 'switch'],
    ['a fraction', 'C4', { switch: 0.5 }, 'switch'],
    ['a negative number', 'C4', { switch: -1 }, 'switch'],
    ['null without a null form', 'C4', { switch: null }, 'switch'],
    ['a text for a number', 'C4', { switch: '1' }, 'switch'],
  ])('%s does not encode', (_, code, value, field) => {
    const encoded = ver.engine.encode(code, value)
    expect(encoded.ok).toBe(false)
    if (!encoded.ok) expect(encoded.reason).toContain(field)
  })

  it('bad nested values and unknown names do not encode', () => {
    const b4 = present(ver.table.frames.find((f) => f.code === 'B4')?.forms[0], 'B4').example.value
    const b0 = present(ver.table.frames.find((f) => f.code === 'B0')?.forms[0], 'B0').example.value
    const misfits = [
      ver.engine.encode('B4', { ...b4, card: 'no table' }),
      ver.engine.encode('B4', { ...b4, card: { issuer: '00' } }),
      ver.engine.encode('B0', { ...b0, psam: [{ channel: 1 }] }),
      ver.engine.encode('B0', { ...b0, psam: 'none' }),
      ver.engine.encode('B0', { ...b0, status: 'no such word' }),
      ver.engine.encode('EE', {}),
      ver.engine.encode('C4', { switch: 1 }, 'no such form'),
      bcc.engine.encode('B2', { obuId: '00000000', error: 5 }),
    ]
    expect(misfits.map((m) => m.ok)).toEqual(misfits.map(() => false))
    expect(ver.engine.encodeFile('f0015', { issuer: '00' })).toBeNull()
    const file = ver.engine.decodeFile('vehicle79', new Uint8Array(79))
    expect(ver.engine.encodeFile('vehicle79', { ...file, plate: '车牌号码太长了吗' })).toBeNull()
    expect(ver.engine.encodeFile('vehicle79', { ...file, plate: '😀' })).toBeNull()
    const status = { ...present(bcc.table.frames.find((f) => f.code === 'B2')?.forms[0], 'B2') }
    expect(bcc.engine.encode('B2', { ...status.example.value, status: ['glowing'] }).ok).toBe(false)
  })

  it('a count left out is taken from the entries', () => {
    const { example } = present(ver.table.frames.find((f) => f.code === 'BA')?.forms[0], 'BA')
    const { count, ...rest } = example.value
    expect(count).toBe(1)
    const encoded = ver.engine.encode('BA', rest)
    expect(encoded.ok && hexOf(encoded.data)).toBe(hexOf(bytesOf(example.hex)))
  })

  it('a wrong count byte gives way to the length, and is kept as it was', () => {
    const hex = exampleOf(ver, 'B0').replace('B00001', 'B00000')
    const decoded = ver.engine.decode(bytesOf(hex))
    expect(decoded).toMatchObject({
      ok: true,
      value: { psamCount: 0, psam: [{ terminal: '370100000001' }], rsuId: '000829' },
      warnings: ['takenFromLength psamCount'],
    })
    if (!decoded.ok) return
    const again = ver.engine.encode('B0', decoded.value)
    expect(again.ok && hexOf(again.data)).toBe(hex)
  })
})
