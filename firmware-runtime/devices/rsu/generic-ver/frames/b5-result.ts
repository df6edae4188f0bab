// B5 of generic-ver: transaction result (rsu-interface.md 2.3). Codes are in table b5Error.
// The 20-byte form of CPC cards is not laid out in public text and is refused.
import type { FrameTable } from '../../table-types.ts'

export const b5Result: FrameTable = {
  code: 'B5',
  name: 'transactionResult',
  from: 'rsu',
  onLonger: 'reject',
  forms: [
    {
      name: 'debit',
      length: 36,
      fields: [
        { name: 'obuId', off: 1, len: 4, type: 'hex' },
        { name: 'error', off: 5, len: 1, type: 'enum', enum: 'b5Error' },
        { name: 'psamTerminal', off: 6, len: 6, type: 'hex' },
        { name: 'time', off: 12, len: 7, type: 'bcdDateTime' },
        { name: 'transType', off: 19, len: 1, type: 'hex' },
        { name: 'algorithm', off: 20, len: 1, type: 'enum', enum: 'algorithm' },
        { name: 'keyVersion', off: 21, len: 1, type: 'uint' },
        { name: 'tac', off: 22, len: 4, type: 'hex' },
        { name: 'cardSerial', off: 26, len: 2, type: 'uint' },
        { name: 'psamSerial', off: 28, len: 4, type: 'uint' },
        { name: 'balanceAfter', off: 32, len: 4, type: 'fen', nullWhen: 'FFFFFFFF' },
      ],
      example: {
        hex: 'B5 02001234 00 370100000001 20231115061321 09 00 01 A1B2C3D4 0012 00000011 0000251C',
        value: {
          obuId: '02001234',
          error: 'ok',
          psamTerminal: '370100000001',
          time: '20231115061321',
          transType: '09',
          algorithm: '3des',
          keyVersion: 1,
          tac: 'A1B2C3D4',
          cardSerial: 18,
          psamSerial: 17,
          balanceAfter: 9500,
        },
      },
    },
  ],
}
