// B8 of generic-ver: the answer to C8 (rsu-interface.md 2.3).
// The TAC may hold old bytes unless the code says that it was read (section 2.5.5).
import type { FrameTable } from '../../table-types.ts'

export const b8Proof: FrameTable = {
  code: 'B8',
  name: 'proof',
  from: 'rsu',
  onLonger: 'reject',
  forms: [
    {
      name: 'full',
      length: 18,
      fields: [
        { name: 'obuId', off: 1, len: 4, type: 'hex' },
        { name: 'error', off: 5, len: 1, type: 'enum', enum: 'b8Error' },
        { name: 'tac', off: 6, len: 4, type: 'hex' },
        { name: 'mac', off: 10, len: 4, type: 'hex' },
        { name: 'balanceAfter', off: 14, len: 4, type: 'fen', nullWhen: 'FFFFFFFF' },
      ],
      example: {
        hex: 'B8 02001234 00 A1B2C3D4 0A0B0C0D 0000251C',
        value: {
          obuId: '02001234',
          error: 'ok',
          tac: 'A1B2C3D4',
          mac: '0A0B0C0D',
          balanceAfter: 9500,
        },
      },
    },
  ],
}
