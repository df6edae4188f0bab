// C2 of generic-len: ignore this OBU (rsu-interface.md 2.4). It has no stop type and asks for no
// frame again.
import type { FrameTable } from '../../table-types.ts'

export const c2Ignore: FrameTable = {
  code: 'C2',
  name: 'ignore',
  from: 'pc',
  onLonger: 'reject',
  forms: [
    {
      name: 'plain',
      length: 5,
      fields: [{ name: 'obuId', off: 1, len: 4, type: 'hex' }],
      example: { hex: 'C2 02001234', value: { obuId: '02001234' } },
    },
  ],
}
