// C0 of generic-ver: initialise (rsu-interface.md 2.3). The RSU answers with B0.
// The channel is 01 or 02 here, not 0 or 1 (section 9 row 2).
import type { FrameTable } from '../../table-types.ts'

export const c0Initialise: FrameTable = {
  code: 'C0',
  name: 'initialise',
  from: 'pc',
  onLonger: 'reject',
  forms: [
    {
      name: 'full',
      length: 22,
      fields: [
        { name: 'unixTime', off: 1, len: 4, type: 'unix32' },
        { name: 'time', off: 5, len: 7, type: 'bcdDateTime' },
        { name: 'laneMode', off: 12, len: 1, type: 'uint' },
        { name: 'bstIntervalMs', off: 13, len: 1, type: 'uint' },
        { name: 'powerStep', off: 14, len: 1, type: 'uint' },
        { name: 'channel', off: 15, len: 1, type: 'uint' },
        { name: 'transactionMode', off: 16, len: 1, type: 'uint' },
        { name: 'flagId', off: 17, len: 3, type: 'hex' },
        { name: 'reserved', off: 20, len: 2, type: 'bytes', reserved: true },
      ],
      example: {
        hex: 'C0 6553F100 20231115061320 13 0A 08 01 01 000000 0000',
        value: {
          unixTime: 1700000000,
          time: '20231115061320',
          laneMode: 19,
          bstIntervalMs: 10,
          powerStep: 8,
          channel: 1,
          transactionMode: 1,
          flagId: '000000',
          reserved: '0000',
        },
      },
    },
  ],
}
