// The station record that C6 writes: our fields changed, everything else as the card had it.
// Bytes of file 0019 that the car park does not own stay as read.
import { describe, expect, it } from 'vitest'
import { parkingStation, stationWriteHex } from '#devices/pure/etc/station-record.ts'

const atMs = 0x6a000000 * 1000
const record = (bytes: number): string =>
  Array.from({ length: bytes }, (_, i) => (i + 16).toString(16).toUpperCase()).join('')

describe('station record', () => {
  it.each([
    ['36 bytes, no head', record(36), 0],
    ['40 bytes, no head', record(40), 0],
    ['39 bytes, with its head', `AA2900${record(36)}`, 6],
    ['43 bytes, with its head', `AA2900${record(40)}`, 6],
  ])('%s: only its first eleven bytes are ours', (_name, read, head) => {
    const write = stationWriteHex(read, parkingStation, atMs)
    expect(write).toHaveLength(read.length)
    expect(write.slice(0, head)).toBe(read.slice(0, head))
    expect(write.slice(head, head + 18)).toBe('450100010' + '1' + '6A000000')
    // The vehicle class is the card's; the state is ours: exit.
    expect(write.slice(head + 18, head + 20)).toBe(read.slice(head + 18, head + 20))
    expect(write.slice(head + 20, head + 22)).toBe('04')
    expect(write.slice(head + 22)).toBe(read.slice(head + 22))
  })
  it.each([
    ['an early clock', 1, '00000001'],
    ['the last 31-bit second, 2038-01-19', 2 ** 31 - 1, '7FFFFFFF'],
    ['the next second', 2 ** 31, '80000000'],
    ['the last second of the field, 2106-02-07', 2 ** 32 - 1, 'FFFFFFFF'],
    ['the next second: the field begins again', 2 ** 32, '00000000'],
  ])('keeps its width for %s', (_, second, wanted) => {
    const write = stationWriteHex(record(36), parkingStation, second * 1000)
    expect([write.length, write.slice(10, 18)]).toEqual([72, wanted])
  })
})
