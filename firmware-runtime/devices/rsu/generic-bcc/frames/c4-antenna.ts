// C4 of generic-bcc: antenna switch (rsu-interface.md 2.2; 4C and C4 by device, section 9 row 1).
// Answered by B0, by an empty acknowledgement or not at all.
import type { FrameTable } from '../../table-types.ts'

export const antennaC4: FrameTable = {
  code: 'C4',
  name: 'antennaSwitch',
  from: 'pc',
  onLonger: 'reject',
  forms: [
    {
      name: 'switch',
      length: 4,
      fields: [{ name: 'switch', off: 2, len: 1, type: 'uint' }],
      example: { hex: 'C4 01', value: { switch: 1 } },
    },
  ],
}
