// B1 of generic-bcc: state of a loop wired to the RSU (rsu-interface.md 2.2).
// Only RSUs with their own loops send it.
import type { FrameTable } from '../../table-types.ts'

export const b1LoopCoil: FrameTable = {
  code: 'B1',
  name: 'loopCoil',
  from: 'rsu',
  onLonger: 'rest',
  forms: [
    {
      name: 'coil',
      length: 5,
      fields: [
        { name: 'coil', off: 2, len: 1, type: 'uint' },
        { name: 'count', off: 3, len: 1, type: 'uint' },
      ],
      example: { hex: 'B1 01 03', value: { coil: 1, count: 3 } },
    },
  ],
}
