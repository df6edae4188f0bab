// C4 of generic-ver: antenna switch, 00 off and 01 on (rsu-interface.md 2.3).
// Answered by B0, by an acknowledgement or not at all.
import type { FrameTable } from '../../table-types.ts'

export const c4Antenna: FrameTable = {
  code: 'C4',
  name: 'antennaSwitch',
  from: 'pc',
  onLonger: 'reject',
  forms: [
    {
      name: 'switch',
      length: 2,
      fields: [{ name: 'switch', off: 1, len: 1, type: 'uint' }],
      example: { hex: 'C4 01', value: { switch: 1 } },
    },
  ],
}
