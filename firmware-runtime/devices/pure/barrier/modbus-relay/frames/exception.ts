// Exception answer: the function code with bit 7 set and one code byte.
// Example: lane-devices.md 2.2, a write to a coil that the board does not have.
import type { PduTable } from './table.ts'

export const exceptionBit = 0x80

export const writeRefused = {
  name: 'write-refused',
  functionCode: 0x85,
  from: 'device',
  fields: [{ name: 'code', as: 'u8' }],
  example: { hex: '8502', value: { code: 2 } },
} as const satisfies PduTable

export const readRefused = {
  name: 'read-refused',
  functionCode: 0x82,
  from: 'device',
  fields: [{ name: 'code', as: 'u8' }],
  example: { hex: '8202', value: { code: 2 } },
} as const satisfies PduTable
