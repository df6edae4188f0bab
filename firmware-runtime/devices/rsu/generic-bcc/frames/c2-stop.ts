// C2 of generic-bcc: stop type 1 drops this OBU and searches again, 2 asks for the frame again.
// Other stop types belong to single devices and are not sent (rsu-interface.md section 9 row 8).
import type { FrameTable } from '../../table-types.ts'

export const c2Stop: FrameTable = {
  code: 'C2',
  name: 'stop',
  from: 'pc',
  onLonger: 'reject',
  forms: [
    {
      name: 'stop',
      length: 8,
      fields: [
        { name: 'obuId', off: 2, len: 4, type: 'hex' },
        { name: 'stopType', off: 6, len: 1, type: 'uint' },
      ],
      example: { hex: 'C2 02001234 01', value: { obuId: '02001234', stopType: 1 } },
    },
  ],
}
