// FC03: reads holding registers. Asked only for the register that a profile names as the version of its board.
// Layout: Modbus Application Protocol V1.1b3, section 6.3.
import type { PduTable } from './table.ts'

export const readRegisters = {
  name: 'read-registers',
  functionCode: 0x03,
  from: 'lane',
  fields: [
    { name: 'address', as: 'u16' },
    { name: 'count', as: 'u16' },
  ],
  example: { hex: '0380000001', value: { address: 0x8000, count: 1 } },
} as const satisfies PduTable

export const registersRead = {
  name: 'registers-read',
  functionCode: 0x03,
  from: 'device',
  fields: [{ name: 'words', as: 'counted' }],
  example: { hex: '030200C8', value: { words: '00C8' } },
} as const satisfies PduTable

export const registersRefused = {
  name: 'registers-refused',
  functionCode: 0x83,
  from: 'device',
  fields: [{ name: 'code', as: 'u8' }],
  example: { hex: '8302', value: { code: 2 } },
} as const satisfies PduTable
