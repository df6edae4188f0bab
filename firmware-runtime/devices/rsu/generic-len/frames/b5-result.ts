// B5 of generic-len: transaction result (rsu-interface.md 2.4). Codes are in table b5Error.
// The 64-byte record begins at offset 7. That FFFFFFFF means an unread balance is assumed (2.2).
import type { FrameTable } from '../../table-types.ts'

const reserved = '00'.repeat(32)

export const b5Result: FrameTable = {
  code: 'B5',
  name: 'transactionResult',
  from: 'rsu',
  onLonger: 'reject',
  forms: [
    {
      name: 'debit',
      length: 71,
      fields: [
        { name: 'obuId', off: 1, len: 4, type: 'hex' },
        { name: 'deviceType', off: 5, len: 1, type: 'enum', enum: 'deviceType' },
        { name: 'error', off: 6, len: 1, type: 'enum', enum: 'b5Error' },
        { name: 'balanceAfter', off: 7, len: 4, type: 'fen', nullWhen: 'FFFFFFFF' },
        { name: 'time', off: 11, len: 7, type: 'bcdDateTime' },
        { name: 'algorithm', off: 18, len: 1, type: 'enum', enum: 'algorithm' },
        { name: 'psamSerial', off: 19, len: 4, type: 'uint' },
        { name: 'psamTerminal', off: 23, len: 6, type: 'hex' },
        { name: 'cardSerial', off: 29, len: 2, type: 'uint' },
        { name: 'tac', off: 31, len: 4, type: 'hex' },
        { name: 'random', off: 35, len: 4, type: 'hex' },
        { name: 'reserved', off: 39, len: 32, type: 'bytes', reserved: true },
      ],
      example: {
        hex:
          'B5 02001234 02 00 0000251C 20231115061321 00 00000011 370100000001 0012' +
          `A1B2C3D4 01020304 ${reserved}`,
        value: {
          obuId: '02001234',
          deviceType: 'twoPiece',
          error: 'ok',
          balanceAfter: 9500,
          time: '20231115061321',
          algorithm: '3des',
          psamSerial: 17,
          psamTerminal: '370100000001',
          cardSerial: 18,
          tac: 'A1B2C3D4',
          random: '01020304',
          reserved,
        },
      },
    },
  ],
}
