// CRC-32 against another implementation and its published check value, whole and in pieces.
// It protects a capture's closing line.
import { crc32 as zlibCrc32 } from 'node:zlib'
import { expect, it } from 'vitest'
import { crc32 } from '#base/pure/data/crc32.ts'

const check = new TextEncoder().encode('123456789')

it('is the one of the catalogue', () => {
  expect(crc32(check)).toBe(0xcbf43926)
  expect(crc32(new Uint8Array(0))).toBe(0)
})

it('goes on over pieces, and agrees with zlib', () => {
  const bytes = Uint8Array.from({ length: 999 }, (_, i) => (i * 7919) & 0xff)
  expect(crc32(bytes)).toBe(zlibCrc32(bytes))
  for (const at of [0, 1, 500, 999])
    expect(crc32(bytes.slice(at), crc32(bytes.slice(0, at)))).toBe(zlibCrc32(bytes))
})
