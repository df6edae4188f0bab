// Frames of generic-ver from the field (../shared/fixtures/field/rsu): the vehicle file of a lorry has another layout, and
// vehicle and card may come in two frames. Decoding and encoding give the same bytes, and the driver reads the OBU either
// way.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { bytesOfHex, hexOf } from '#base/pure/data/bytes.ts'
import { present } from '#base/pure/values/must.ts'
import { emptyFraming } from '#devices/pure/rsu/framing.ts'
import { tableProblems } from '#devices/pure/rsu/table-check.ts'
import type { FileTable } from '#devices/pure/rsu/table-types.ts'
import { rsuVariant } from '#devices/pure/rsu/variants.ts'
import { fieldFile, noFieldFiles } from '../../../../kit/field-files.ts'
import { Bench, cardNo, obuId } from './driver-bench.ts'

const ver = rsuVariant('generic-ver')
const wire = (name: string): Uint8Array =>
  present(bytesOfHex(readFileSync(fieldFile(`rsu/${name}.hex`), 'utf8').trim()), name)
function read(name: string) {
  const { frames, discards } = ver.framing.decode(emptyFraming, wire(name))
  expect(discards).toEqual([])
  const frame = present(frames[0], name)
  const decoded = ver.engine.decode(frame.data)
  if (!decoded.ok) throw new Error(`${name}: ${decoded.reason}`)
  const again = ver.engine.encode(decoded.code, decoded.value, decoded.form)
  expect(again.ok && hexOf(again.data)).toBe(hexOf(frame.data))
  return decoded
}
const truck = {
  plate: '测B98765',
  colour: 1,
  vehicleClass: 13,
  userType: 0,
  lengthMm: 11_980,
  widthMm: 2_550,
  heightMm: 3_990,
  loadKg: 9_500,
  curbKg: 8_500,
  grossKg: 18_000,
  persons: 2,
  vin: 'LTEST00000TEST001',
  characteristics: 'TESTFEATURE00001',
  reserved: '0000000000000000000000000000',
}

describe.skipIf(noFieldFiles)('the vehicle file', () => {
  it('of a lorry is read by its class, that of a car as ever', () => {
    expect(read('b4-truck').value['vehicle']).toEqual(truck)
    expect(read('b4-car').value['vehicle']).toMatchObject({ vehicleClass: 1, axles: 2 })
  })
  it('has that layout for goods and special vehicles and for no other class', () => {
    const { value } = read('b4-truck')
    const bytes = present(ver.engine.encodeFile('vehicle79', truck), 'a lorry')
    expect(value['vehicle']).toEqual(truck)
    const isTruck = (vehicleClass: number): boolean =>
      'grossKg' in ver.engine.decodeFile('vehicle79', bytes.with(14, vehicleClass))
    const all = Array.from({ length: 256 }, (_, n) => n).filter(isTruck)
    expect(all).toEqual([11, 12, 13, 14, 15, 16, 21, 22, 23, 24, 25, 26])
  })
  it.each([
    ['b4-class0', '测A12345', 0],
    ['b4-class255-truck-bytes', '测B98765', 255],
  ] as const)(
    '%s: of a class that is none, head and bytes and no figures',
    (name, plate, class_) => {
      const { vehicle } = read(`../../field-2/rsu/${name}`).value
      expect(vehicle).toEqual({
        plate,
        colour: plate === '测B98765' ? 1 : 0,
        vehicleClass: class_,
        userType: 0,
        raw: expect.stringMatching(/^[0-9A-F]{126}$/),
      })
    },
  )
  it('has figures for the classes of cars, goods and special vehicles alone', () => {
    const bytes = present(ver.engine.encodeFile('vehicle79', truck), 'a lorry')
    const read = (vehicleClass: number): string => {
      const value = ver.engine.decodeFile('vehicle79', bytes.with(14, vehicleClass)) ?? {}
      return 'grossKg' in value ? 'lorry' : 'axles' in value ? 'car' : 'raw' in value ? 'raw' : ''
    }
    const all = Array.from({ length: 256 }, (_, n) => n)
    expect(all.filter((n) => read(n) === 'car')).toEqual([1, 2, 3, 4])
    for (const n of [0, 5, 7, 10, 17, 20, 27, 99, 254, 255]) expect(read(n), String(n)).toBe('raw')
    const unknown = bytes.with(14, 5)
    const again = ver.engine.encodeFile('vehicle79', ver.engine.decodeFile('vehicle79', unknown))
    expect(again && hexOf(again)).toBe(hexOf(unknown))
  })
  it('of each layout names its length, its field and each value once', () => {
    const file = present(
      ver.table.files.find(({ name }) => name === 'vehicle79'),
      'vehicle79',
    )
    const [, layout] = present(file.layouts, 'layouts')
    const own = present(layout, 'a layout')
    const whys = (layouts: FileTable['layouts']): string[] => {
      const changed = { ...file, layouts: layouts ?? [] }
      const files = ver.table.files.map((one) => (one === file ? changed : one))
      return tableProblems({ ...ver.table, files }).map(({ why }) => why.en)
    }
    expect(whys([own])).toEqual([])
    expect(whys([own, own])).toHaveLength(1)
    expect(whys([{ ...own, when: { ...own.when, field: 'vin' } }])).toHaveLength(1)
    expect(whys([{ ...own, fields: own.fields.slice(0, -1) }])).toHaveLength(1)
  })
})

describe.skipIf(noFieldFiles)('vehicle and card in two frames', () => {
  it('are read as such', () => {
    expect(read('b3-separate')).toMatchObject({ code: 'B3', value: { obuId, vehicle: truck } })
    expect(read('b4-separate')).toMatchObject({
      code: 'B4',
      form: 'cardAlone',
      value: { obuId, balance: 10_000, card: { plate: '测B98765' } },
    })
  })
  it('make one reading; the card alone makes none', () => {
    const rsu = new Bench('generic-ver').ready()
    rsu.say('B2')
    expect(rsu.receive(wire('b3-separate'))).toEqual(['>C1'])
    expect(rsu.receive(wire('b4-separate'))).toEqual(['cardRead'])
    expect(rsu.events()).toMatchObject([
      { vehicle: { plate: '测B98765', colour: 'yellow', vehicleClass: 13 }, card: { cardNo } },
    ])
    const alone = new Bench('generic-ver').ready()
    alone.say('B2')
    expect(alone.receive(wire('b4-separate'))).toEqual(['>C2', 'obuUnreadable'])
  })
})
