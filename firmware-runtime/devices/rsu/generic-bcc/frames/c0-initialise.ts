// C0 of generic-bcc: initialise (rsu-interface.md 2.2). The RSU answers with B0.
// Byte 14 is a wait in seconds on some devices, the BST interval in ms on others (section 9 row 3).
import type { FrameTable } from '../../table-types.ts'

export const c0Initialise: FrameTable = {
  code: 'C0',
  name: 'initialise',
  from: 'pc',
  onLonger: 'reject',
  forms: [
    {
      name: 'full',
      length: 19,
      fields: [
        { name: 'unixTime', off: 2, len: 4, type: 'unix32' },
        { name: 'time', off: 6, len: 7, type: 'bcdDateTime' },
        { name: 'laneMode', off: 13, len: 1, type: 'uint' },
        { name: 'waitOrInterval', off: 14, len: 1, type: 'uint' },
        { name: 'powerStep', off: 15, len: 1, type: 'uint' },
        { name: 'channel', off: 16, len: 1, type: 'uint' },
        { name: 'transactionMode', off: 17, len: 1, type: 'uint' },
      ],
      example: {
        hex: 'C06553F1002023111506132004010800 01',
        value: {
          unixTime: 1700000000,
          time: '20231115061320',
          laneMode: 4,
          waitOrInterval: 1,
          powerStep: 8,
          channel: 0,
          transactionMode: 1,
        },
      },
    },
  ],
}
