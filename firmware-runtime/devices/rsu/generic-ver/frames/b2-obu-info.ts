// B2 of generic-ver: OBU information (rsu-interface.md 2.3).
// Device type 01 is a two-piece OBU, 02 a single-piece one, 03 a CPC card.
import type { FrameTable } from '../../table-types.ts'

export const b2ObuInfo: FrameTable = {
  code: 'B2',
  name: 'obuInfo',
  from: 'rsu',
  onLonger: 'rest',
  forms: [
    {
      name: 'full',
      length: 37,
      fields: [
        { name: 'obuId', off: 1, len: 4, type: 'hex' },
        { name: 'error', off: 5, len: 1, type: 'enum', enum: 'b2Error' },
        { name: 'antennaId', off: 6, len: 1, type: 'uint' },
        { name: 'deviceType', off: 7, len: 1, type: 'enum', enum: 'deviceType' },
        { name: 'sysInfo', off: 8, len: 26, type: 'file', table: 'sysinfo26' },
        { name: 'equipmentClass', off: 34, len: 1, type: 'hex' },
        {
          name: 'status',
          off: 35,
          len: 1,
          type: 'bits',
          bits: [
            'cardAbsent',
            'statusBit6',
            'contactlessCard',
            'logicCard',
            'cardError',
            'locked',
            'removed',
            'batteryLow',
          ],
        },
        { name: 'removal', off: 36, len: 1, type: 'uint' },
      ],
      example: {
        hex: 'B2 02001234 00 0101 B2E2CAD437010001 0100 3701012023000001 20230101 20330101 10 2001',
        value: {
          obuId: '02001234',
          error: 'ok',
          antennaId: 1,
          deviceType: 'twoPiece',
          sysInfo: {
            issuer: 'B2E2CAD437010001',
            contractType: 1,
            contractVersion: 0,
            contractSerial: '3701012023000001',
            issueDate: '20230101',
            expireDate: '20330101',
          },
          equipmentClass: '10',
          status: ['contactlessCard'],
          removal: 1,
        },
      },
    },
  ],
}
