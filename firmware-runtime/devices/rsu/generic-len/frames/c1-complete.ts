// C1 of generic-len: the transaction of this OBU is complete (rsu-interface.md 2.4), after B5 alone.
// There is no "go on" here: B4 comes unasked.
import type { FrameTable } from '../../table-types.ts'

export const c1Complete: FrameTable = {
  code: 'C1',
  name: 'complete',
  from: 'pc',
  onLonger: 'reject',
  forms: [
    {
      name: 'plain',
      length: 5,
      fields: [{ name: 'obuId', off: 1, len: 4, type: 'hex' }],
      example: { hex: 'C1 02001234', value: { obuId: '02001234' } },
    },
  ],
}
