// C4 of generic-len: antenna switch, 00 off and 01 on (rsu-interface.md 2.4).
// What answers it is not public; the heartbeat tells.
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
