// A variant whose B3 contains the vehicle file as the OBU encrypted it. The field is invented, as no public frame has one;
// only the table's data differ, the driver is the same.
import { expect, it } from 'vitest'
import { present } from '#base/pure/values/must.ts'
import type { FieldTable, FileTable, FrameTable } from '#devices/pure/rsu/table-types.ts'
import { overrideProblems } from '#devices/pure/rsu/variant-with.ts'
import { Bench, cardNo, obuId } from './driver-bench.ts'
import { device, frameOf, tableOf } from './override-kit.ts'

const value = {
  keyVersion: '01',
  algorithm: '04',
  random: '0011223344556677',
  cipher: 'A5'.repeat(24),
}
const sealedFile: FileTable = {
  name: 'sealed-vehicle',
  length: 34,
  fields: [
    { name: 'keyVersion', off: 0, len: 1, type: 'hex' },
    { name: 'algorithm', off: 1, len: 1, type: 'hex' },
    { name: 'random', off: 2, len: 8, type: 'hex' },
    { name: 'cipher', off: 10, len: 24, type: 'hex' },
  ],
  example: { hex: Object.values(value).join(''), value },
}

const b3 = frameOf('generic-bcc', 'B3')
const form = present(b3.forms[0], 'B3 has a form')
const head = form.fields.filter(({ name }) => name === 'obuId' || name === 'error')
const endOf = (fields: readonly FieldTable[]): number =>
  Math.max(...fields.map(({ off, len }) => Number(off) + Number(len)))
const at = endOf(head)
const sealedB3: FrameTable = {
  ...b3,
  forms: [
    {
      name: 'sealed',
      length: Number(form.length) - endOf(form.fields) + at + 34,
      fields: [
        ...head,
        { name: 'sealedVehicle', off: at, len: 34, type: 'file', table: 'sealed-vehicle' },
      ],
      example: {
        hex: `B3${obuId}00${sealedFile.example.hex}`,
        value: { obuId, error: 'ok', sealedVehicle: value },
      },
    },
  ],
}
const override = device('generic-bcc', { frames: [sealedB3], files: [sealedFile] })

it('is told to its lane with what the platform needs, in place of a card that was read', () => {
  expect(overrideProblems(tableOf('generic-bcc'), override)).toEqual([])
  const rsu = new Bench('generic-bcc', { override }).ready()
  rsu.tell({ do: 'search', on: true })
  rsu.say('B0')
  expect(rsu.say('B2')).toEqual(['>C1', 'obuSeen'])
  expect(rsu.say('B3')).toEqual(['>C1'])
  expect(rsu.say('B4')).toEqual(['vehicleSealed'])
  expect(rsu.events()[0]).toMatchObject({
    obu: { obuId, issuerHex: expect.stringMatching(/^[0-9A-F]{16}$/) },
    sealed: value,
    card: { cardNo },
  })
  // The car may still pay within the same transaction.
  rsu.debit()
  expect(rsu.done()).toContain('>C6')
})
