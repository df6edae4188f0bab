// The simulated serial line: bytes at one speed and polarity read at another.
// Expected values were drawn by hand as levels over time.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { throughUart } from '#simulators/shell/uart.ts'
import { lineOf } from '#simulators/shell/serial-line.ts'

const at = (bytes: readonly number[], fromBaud: number, toBaud: number, swapped = false) => [
  ...throughUart(Uint8Array.from(bytes), { fromBaud, toBaud, swapped }),
]

describe('a serial line', () => {
  it('carries bytes at its own speed, and within the tolerance of a receiver', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 40 }),
        fc.integer({ min: -3, max: 3 }),
        (sent, off) => {
          const toBaud = 9600 + 96 * off
          expect(at([...sent], 9600, toBaud)).toEqual([...sent])
        },
      ),
    )
  })
  it('read at half the speed two bits are one', () => {
    // Nine low bits of the sender are four and a half here: the start bit and three zeros.
    expect(at([0x55], 9600, 4800)).not.toEqual([0x55])
    expect(at([0x00], 9600, 4800)).toEqual([0xf8])
  })
  it('read at twice the speed each bit is two, and missing stop bits are NUL', () => {
    expect(at([0xff], 4800, 9600)).toEqual([0xfe])
    expect(at([0x00], 4800, 9600)).toEqual([0x00])
  })
  it('swapped, FF is heard as NUL', () => {
    expect(at([0xff, 0xff], 9600, 9600, true).every((b) => b === 0)).toBe(true)
  })
  it('refuses options that mean nothing', () => {
    expect(lineOf({})).toEqual({ baud: null, swapped: false })
    expect(lineOf({ baud: '9600', pair: 'swapped' })).toEqual({ baud: 9600, swapped: true })
    for (const bad of [{ baud: 'x' }, { baud: '5000000' }, { pair: 'swapped' }, { pair: 'no' }])
      expect(() => lineOf(bad)).toThrow('ARG-01')
  })
})
