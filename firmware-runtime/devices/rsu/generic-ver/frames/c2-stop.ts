// C2 of generic-ver: stop type 01 ends and searches again, 02 asks for the frame again.
// 03 and 04 differ by device and are not sent (rsu-interface.md section 9 row 8).
import type { FrameTable } from '../../table-types.ts'

export const c2Stop: FrameTable = {
  code: 'C2',
  name: 'stop',
  from: 'pc',
  onLonger: 'reject',
  forms: [
    {
      name: 'withTime',
      length: 10,
      fields: [
        { name: 'obuId', off: 1, len: 4, type: 'hex' },
        { name: 'stopType', off: 5, len: 1, type: 'uint' },
        { name: 'unixTime', off: 6, len: 4, type: 'unix32' },
      ],
      example: {
        hex: 'C2 02001234 01 6553F100',
        value: { obuId: '02001234', stopType: 1, unixTime: 1700000000 },
      },
    },
    {
      name: 'plain',
      length: 6,
      fields: [
        { name: 'obuId', off: 1, len: 4, type: 'hex' },
        { name: 'stopType', off: 5, len: 1, type: 'uint' },
      ],
      example: { hex: 'C2 02001234 01', value: { obuId: '02001234', stopType: 1 } },
    },
  ],
}
