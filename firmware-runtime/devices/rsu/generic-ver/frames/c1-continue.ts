// C1 of generic-ver: go on with this OBU; after B5 it ends the transaction (rsu-interface.md 2.3).
// The diversifier is normally the issuer id of the OBU.
import type { FrameTable } from '../../table-types.ts'

export const c1Continue: FrameTable = {
  code: 'C1',
  name: 'continue',
  from: 'pc',
  onLonger: 'reject',
  forms: [
    {
      name: 'full',
      length: 13,
      fields: [
        { name: 'obuId', off: 1, len: 4, type: 'hex' },
        { name: 'diversifier', off: 5, len: 8, type: 'hex' },
      ],
      example: {
        hex: 'C1 02001234 B2E2CAD437010001',
        value: { obuId: '02001234', diversifier: 'B2E2CAD437010001' },
      },
    },
  ],
}
