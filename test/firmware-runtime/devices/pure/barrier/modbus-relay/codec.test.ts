// Framing and PDUs of the Modbus relay board: published examples, every split, and bad input.
// Vectors: lane-devices.md 2.2; the RTU forms there are the same PDUs with address and checksum.
import { describe, expect, it } from 'vitest'
import { bytesOfHex, hexOf } from '#base/pure/data/bytes.ts'
import { present } from '#base/pure/values/must.ts'
import {
  frame,
  frameBytesMax,
  noBytes,
  unframe,
} from '#devices/pure/barrier/modbus-relay/framing.ts'
import { pduTables } from '#devices/pure/barrier/modbus-relay/frames/index.ts'
import { coilOff, coilOn, writeCoil } from '#devices/pure/barrier/modbus-relay/frames/write-coil.ts'
import { decodePdu, encodePdu } from '#devices/pure/barrier/modbus-relay/pdu.ts'

const bytes = (hex: string): Uint8Array => present(bytesOfHex(hex), 'hex of a test')

describe('PDU tables', () => {
  it.each(pduTables.map((table) => [table.name, table] as const))(
    '%s: its example',
    (_name, table) => {
      expect(hexOf(encodePdu(table, table.example.value))).toBe(table.example.hex)
      expect(
        decodePdu(bytes(table.example.hex), table.from === 'lane' ? 'lane' : 'device'),
      ).toEqual({ ok: true, name: table.name, value: table.example.value })
      expect(JSON.parse(JSON.stringify(table))).toEqual(table)
    },
  )
  it.each([
    ['relay 1 on', 0, coilOn, '05 00 00 FF 00'],
    ['relay 1 off', 0, coilOff, '05 00 00 00 00'],
    ['pulse of 700 ms', 0x200, 7, '05 02 00 00 07'],
    ['pulse of 500 ms', 0x200, 5, '05 02 00 00 05'],
  ])('%s as published', (_name, coil, data, hex) => {
    expect(encodePdu(writeCoil, { coil, data })).toEqual(bytes(hex))
  })
  it.each([
    ['empty', ''],
    ['unknown function', '2B00'],
    ['count without bytes', '02'],
    ['fewer bytes than counted', '020203'],
    ['more bytes than counted', '02010300'],
    ['echo cut in its coil', '0502'],
    ['echo cut in its data', '05020000'],
    ['echo with a byte over', '050200000700'],
    ['exception without a code', '85'],
  ])('%s is refused', (_name, hex) => {
    expect(decodePdu(bytes(hex))).toMatchObject({ ok: false })
  })
  it('refuses to encode what does not fit', () => {
    expect(() => encodePdu(writeCoil, { coil: 0x1_0000, data: 0 })).toThrow(/out of range/)
    expect(() => encodePdu(writeCoil, { coil: 1.5, data: 0 })).toThrow(/whole number/)
    expect(() => encodePdu(writeCoil, { data: 0 })).toThrow(/whole number/)
    const counted = pduTables.find((table) => table.name === 'inputs-read')
    const table = present(counted, 'the table is there')
    expect(() => encodePdu(table, { bits: 'xyz' })).toThrow(/not hex/)
    expect(() => encodePdu(table, { bits: '00'.repeat(251) })).toThrow(/does not fit/)
  })
})

describe('framing', () => {
  const stream = bytes('000100000006010500 00FF00 000200000004010201 03 FFFF000000030185 02')
  it('relay 1 on as published', () => {
    expect(frame(1, 1, bytes('050000FF00'))).toEqual(bytes('00 01 00 00 00 06 01 05 00 00 FF 00'))
  })
  it('gives the same frames at every split in two and byte by byte', () => {
    const whole = unframe(noBytes, stream)
    expect(whole.frames.map((f) => [f.transactionId, f.unitId, hexOf(f.pdu)])).toEqual([
      [1, 1, '050000FF00'],
      [2, 1, '020103'],
      [0xffff, 1, '8502'],
    ])
    for (let cut = 0; cut <= stream.length; cut++) {
      const first = unframe(noBytes, stream.slice(0, cut))
      const second = unframe(first.carry, stream.slice(cut))
      expect([...first.frames, ...second.frames]).toEqual(whole.frames)
      expect(first.discardedBytes + second.discardedBytes).toBe(0)
    }
    let carry: Uint8Array = noBytes
    const frames = []
    for (const byte of stream) {
      const got = unframe(carry, Uint8Array.of(byte))
      frames.push(...got.frames)
      carry = got.carry
    }
    expect(frames).toEqual(whole.frames)
    expect(carry).toHaveLength(0)
  })
  it.each([
    ['a garbage prefix', 'DEADBEEF', 4],
    ['a wrong protocol id', '0001000100060105', 6],
    ['a length of 0', '000100000000', 1],
    ['a length of 1', '000100000001', 1],
    ['a length over the maximum', '0001000000FF', 1],
    ['a length with a high byte', '000100000106', 1],
  ])('%s is skipped and counted, and a later frame is found', (_name, hex, atLeast) => {
    // A header has no checksum: the end of a broken frame may look like the start of another, so that up to two
    // good frames are lost before the stream is in step again. The driver repeats its request.
    const good = bytes('000200000004010201 03')
    const got = unframe(noBytes, Uint8Array.from([...bytes(hex), ...good, ...good, ...good]))
    expect(got.frames.map((f) => hexOf(f.pdu)).at(-1)).toBe('020103')
    expect(got.carry).toHaveLength(0)
    expect(got.discardedBytes).toBeGreaterThanOrEqual(atLeast)
  })
  it('never carries more than a frame', () => {
    const long = Uint8Array.from([0, 1, 0, 0, 0, 254, ...Array.from({ length: 252 }, () => 0)])
    const got = unframe(noBytes, long)
    expect(got.carry.length).toBeLessThan(frameBytesMax)
    expect(unframe(got.carry, Uint8Array.of(1, 2, 3)).frames).toHaveLength(1)
  })
})
