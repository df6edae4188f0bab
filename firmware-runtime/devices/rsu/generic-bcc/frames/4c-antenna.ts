// 4C of generic-bcc: antenna switch (rsu-interface.md 2.2; 4C and C4 by device, section 9 row 1).
// Answered by B0, by an empty acknowledgement or not at all.
import type { FrameTable } from '../../table-types.ts'

export const antenna4C: FrameTable = {
  code: '4C',
  name: 'antennaSwitch',
  from: 'pc',
  onLonger: 'reject',
  forms: [
    {
      name: 'switch',
      length: 4,
      fields: [{ name: 'switch', off: 2, len: 1, type: 'uint' }],
      example: { hex: '4C 01', value: { switch: 1 } },
    },
  ],
}
