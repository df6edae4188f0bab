// B2 of generic-bcc: OBU system information, or a heartbeat (rsu-interface.md 2.2).
// Heartbeats: error 80 with OBU id 00000000, the same cut short, or OBU id FFFFFFFF.
import type { FieldTable, FrameTable } from '../../table-types.ts'

const head: readonly FieldTable[] = [
  { name: 'obuId', off: 2, len: 4, type: 'hex' },
  { name: 'error', off: 6, len: 1, type: 'enum', enum: 'b2Error' },
]
const contract: readonly FieldTable[] = [
  { name: 'contractType', off: 15, len: 1, type: 'uint' },
  { name: 'contractVersion', off: 16, len: 1, type: 'uint' },
]
const status = [
  'cardAbsent',
  'statusBit6',
  'contactlessCard',
  'logicCard',
  'cardError',
  'locked',
  'removed',
  'batteryLow',
] as const

const commonValue = {
  obuId: '02001234',
  error: 'ok',
  issuer: 'B2E2CAD437010001',
  contractSerial: '3701012023000001',
  issueDate: '20230101',
  expireDate: '20330101',
  equipmentClass: '10',
  status: ['contactlessCard'],
  removal: 1,
}

export const b2ObuInfo: FrameTable = {
  code: 'B2',
  name: 'obuInfo',
  from: 'rsu',
  onLonger: 'reject',
  forms: [
    {
      name: 'plain',
      length: 35,
      fields: [
        ...head,
        { name: 'issuer', off: 7, len: 8, type: 'hex' },
        { name: 'contractSerial', off: 15, len: 8, type: 'hex' },
        { name: 'issueDate', off: 23, len: 4, type: 'bcdDate' },
        { name: 'expireDate', off: 27, len: 4, type: 'bcdDate' },
        { name: 'equipmentClass', off: 31, len: 1, type: 'hex' },
        { name: 'status', off: 32, len: 1, type: 'bits', bits: status },
        { name: 'removal', off: 33, len: 1, type: 'uint' },
      ],
      example: {
        hex: 'B2 02001234 00 B2E2CAD437010001 3701012023000001 20230101 20330101 10 2001',
        value: commonValue,
      },
    },
    {
      name: 'withContract',
      length: 37,
      fields: [
        ...head,
        { name: 'issuer', off: 7, len: 8, type: 'hex' },
        ...contract,
        { name: 'contractSerial', off: 17, len: 8, type: 'hex' },
        { name: 'issueDate', off: 25, len: 4, type: 'bcdDate' },
        { name: 'expireDate', off: 29, len: 4, type: 'bcdDate' },
        { name: 'equipmentClass', off: 33, len: 1, type: 'hex' },
        { name: 'status', off: 34, len: 1, type: 'bits', bits: status },
        { name: 'removal', off: 35, len: 1, type: 'uint' },
      ],
      example: {
        hex: 'B2 02001234 00 B2E2CAD437010001 0100 3701012023000001 20230101 20330101 10 2001',
        value: { ...commonValue, contractType: 1, contractVersion: 0 },
      },
    },
    {
      name: 'withCardId',
      length: 47,
      fields: [
        ...head,
        { name: 'issuer', off: 7, len: 8, type: 'hex' },
        ...contract,
        { name: 'contractSerial', off: 17, len: 8, type: 'hex' },
        { name: 'issueDate', off: 25, len: 4, type: 'bcdDate' },
        { name: 'expireDate', off: 29, len: 4, type: 'bcdDate' },
        { name: 'cardId', off: 33, len: 10, type: 'hex' },
        { name: 'equipmentClass', off: 43, len: 1, type: 'hex' },
        { name: 'status', off: 44, len: 1, type: 'bits', bits: status },
        { name: 'removal', off: 45, len: 1, type: 'uint' },
      ],
      example: {
        hex:
          'B2 02001234 00 B2E2CAD437010001 0100 3701012023000001 20230101 20330101 ' +
          '37011200000000000001 10 2001',
        value: {
          ...commonValue,
          contractType: 1,
          contractVersion: 0,
          cardId: '37011200000000000001',
        },
      },
    },
    {
      name: 'heartbeat',
      length: 8,
      fields: head,
      example: { hex: 'B2 00000000 80', value: { obuId: '00000000', error: 'heartbeat' } },
    },
  ],
}
