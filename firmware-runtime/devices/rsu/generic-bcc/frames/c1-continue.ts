// C1 of generic-bcc: go on with this OBU; after B5 it ends the transaction (rsu-interface.md 2.2).
// The 7-byte form carries no diversification factor.
import type { FrameTable } from '../../table-types.ts'

export const c1Continue: FrameTable = {
  code: 'C1',
  name: 'continue',
  from: 'pc',
  onLonger: 'reject',
  forms: [
    {
      name: 'withDiversifier',
      length: 15,
      fields: [
        { name: 'obuId', off: 2, len: 4, type: 'hex' },
        { name: 'diversifier', off: 6, len: 8, type: 'hex' },
      ],
      example: {
        hex: 'C1 02001234 B2E2CAD437010001',
        value: { obuId: '02001234', diversifier: 'B2E2CAD437010001' },
      },
    },
    {
      name: 'plain',
      length: 7,
      fields: [{ name: 'obuId', off: 2, len: 4, type: 'hex' }],
      example: { hex: 'C1 02001234', value: { obuId: '02001234' } },
    },
  ],
}
