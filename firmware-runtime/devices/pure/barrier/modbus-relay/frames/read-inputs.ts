// FC02: reads discrete inputs. Least significant bit of the first byte is the first input asked for.
// Examples: lane-devices.md 2.2, RTU forms without address and checksum.
import type { PduTable } from './table.ts'

export const readInputs = {
  name: 'read-inputs',
  functionCode: 0x02,
  from: 'lane',
  fields: [
    { name: 'address', as: 'u16' },
    { name: 'count', as: 'u16' },
  ],
  example: { hex: '0200000008', value: { address: 0, count: 8 } },
} as const satisfies PduTable

export const inputsRead = {
  name: 'inputs-read',
  functionCode: 0x02,
  from: 'device',
  fields: [{ name: 'bits', as: 'counted' }],
  example: { hex: '020103', value: { bits: '03' } },
} as const satisfies PduTable
