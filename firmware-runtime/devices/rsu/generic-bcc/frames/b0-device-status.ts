// B0 of generic-bcc: device status, the answer to C0 (rsu-interface.md 2.2).
// The 28-byte form has one reserved byte less.
import type { FieldTable, FrameTable } from '../../table-types.ts'

const head: readonly FieldTable[] = [
  { name: 'status', off: 2, len: 1, type: 'enum', enum: 'b0Status' },
  { name: 'psamCount', off: 3, len: 1, type: 'uint' },
  { name: 'psamTerminal1', off: 4, len: 6, type: 'hex' },
  { name: 'psamTerminal2', off: 10, len: 6, type: 'hex' },
  { name: 'algorithm', off: 16, len: 1, type: 'uint' },
  { name: 'manufacturer', off: 17, len: 1, type: 'hex' },
  { name: 'rsuId', off: 18, len: 3, type: 'hex' },
  { name: 'softwareVersion', off: 21, len: 2, type: 'hex' },
]

const commonValue = {
  status: 'ok',
  psamCount: 2,
  psamTerminal1: '370100000001',
  psamTerminal2: '370100000002',
  algorithm: 0,
  manufacturer: '08',
  rsuId: '000829',
  softwareVersion: '0200',
}

export const b0DeviceStatus: FrameTable = {
  code: 'B0',
  name: 'deviceStatus',
  from: 'rsu',
  onLonger: 'rest',
  forms: [
    {
      name: 'reserved5',
      length: 29,
      fields: [...head, { name: 'reserved', off: 23, len: 5, type: 'bytes' }],
      example: {
        hex: 'B0 00 02 370100000001 370100000002 00 08 000829 0200 0000000000',
        value: { ...commonValue, reserved: '0000000000' },
      },
    },
    {
      name: 'reserved4',
      length: 28,
      fields: [...head, { name: 'reserved', off: 23, len: 4, type: 'bytes' }],
      example: {
        hex: 'B0 00 02 370100000001 370100000002 00 08 000829 0200 00000000',
        value: { ...commonValue, reserved: '00000000' },
      },
    },
  ],
}
