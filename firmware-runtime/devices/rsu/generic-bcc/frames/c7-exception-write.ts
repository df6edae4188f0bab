// C7 of generic-bcc: write an exception record, laid out as C3 (rsu-interface.md 2.2).
// Answered by the 18-byte B5.
import type { FrameTable } from '../../table-types.ts'

export const c7ExceptionWrite: FrameTable = {
  code: 'C7',
  name: 'exceptionWrite',
  from: 'pc',
  onLonger: 'reject',
  forms: [
    {
      name: 'station36',
      length: 62,
      fields: [
        { name: 'obuId', off: 2, len: 4, type: 'hex' },
        { name: 'diversifier', off: 6, len: 8, type: 'hex' },
        { name: 'transactionSerial', off: 14, len: 4, type: 'uint' },
        { name: 'time', off: 18, len: 7, type: 'bcdDateTime' },
        { name: 'station', off: 25, len: 36, type: 'hex' },
      ],
      example: {
        hex:
          'C7 02001234 B2E2CAD437010001 00000000 20231115061320' +
          '37010102026553F1000103000000000000000000000000 01B2E241313233343500000000',
        value: {
          obuId: '02001234',
          diversifier: 'B2E2CAD437010001',
          transactionSerial: 0,
          time: '20231115061320',
          station: '37010102026553F100010300000000000000000000000001B2E241313233343500000000',
        },
      },
    },
  ],
}
