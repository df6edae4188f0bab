// B5 of generic-bcc: transaction result (rsu-interface.md 2.2). 18 bytes when nothing was debited.
// The 36-byte form of one dialect has another order and no PSAM terminal number.
import type { FrameTable } from '../../table-types.ts'

export const b5Result: FrameTable = {
  code: 'B5',
  name: 'transactionResult',
  from: 'rsu',
  onLonger: 'reject',
  forms: [
    {
      name: 'debit',
      length: 40,
      fields: [
        { name: 'obuId', off: 2, len: 4, type: 'hex' },
        { name: 'error', off: 6, len: 1, type: 'enum', enum: 'b5Error' },
        { name: 'fileWriteTime', off: 7, len: 4, type: 'unix32' },
        { name: 'psamTerminal', off: 11, len: 6, type: 'hex' },
        { name: 'time', off: 17, len: 7, type: 'bcdDateTime' },
        { name: 'transType', off: 24, len: 1, type: 'hex' },
        { name: 'tac', off: 25, len: 4, type: 'hex' },
        { name: 'cardSerial', off: 29, len: 2, type: 'uint' },
        { name: 'psamSerial', off: 31, len: 4, type: 'uint' },
        { name: 'balanceAfter', off: 35, len: 4, type: 'fen', nullWhen: 'FFFFFFFF' },
      ],
      example: {
        hex:
          'B5 02001234 00 6553F100 370100000001 20231115061321 09 A1B2C3D4' +
          '0012 00000011 0000251C',
        value: {
          obuId: '02001234',
          error: 'ok',
          fileWriteTime: 1700000000,
          psamTerminal: '370100000001',
          time: '20231115061321',
          transType: '09',
          tac: 'A1B2C3D4',
          cardSerial: 18,
          psamSerial: 17,
          balanceAfter: 9500,
        },
      },
    },
    {
      name: 'withoutDebit',
      length: 18,
      fields: [
        { name: 'obuId', off: 2, len: 4, type: 'hex' },
        { name: 'error', off: 6, len: 1, type: 'enum', enum: 'b5Error' },
        { name: 'fileWriteTime', off: 7, len: 4, type: 'unix32' },
        { name: 'psamTerminal', off: 11, len: 6, type: 'hex' },
      ],
      example: {
        hex: 'B5 02001234 00 6553F100 370100000001',
        value: {
          obuId: '02001234',
          error: 'ok',
          fileWriteTime: 1700000000,
          psamTerminal: '370100000001',
        },
      },
    },
    {
      name: 'withoutTerminal',
      length: 36,
      fields: [
        { name: 'obuId', off: 2, len: 4, type: 'hex' },
        { name: 'error', off: 6, len: 1, type: 'enum', enum: 'b5Error' },
        { name: 'time', off: 7, len: 7, type: 'bcdDateTime' },
        { name: 'psamSerial', off: 14, len: 4, type: 'uint' },
        { name: 'cardSerial', off: 18, len: 2, type: 'uint' },
        { name: 'transType', off: 20, len: 1, type: 'hex' },
        { name: 'balanceAfter', off: 21, len: 4, type: 'fen', nullWhen: 'FFFFFFFF' },
        { name: 'tac', off: 25, len: 4, type: 'hex' },
        { name: 'fileWriteTime', off: 29, len: 4, type: 'unix32' },
        { name: 'keyType', off: 33, len: 1, type: 'uint' },
        { name: 'ef04Status', off: 34, len: 1, type: 'uint' },
      ],
      example: {
        hex: 'B5 02001234 00 20231115061321 00000011 0012 09 0000251C A1B2C3D4 6553F100 00 00',
        value: {
          obuId: '02001234',
          error: 'ok',
          time: '20231115061321',
          psamSerial: 17,
          cardSerial: 18,
          transType: '09',
          balanceAfter: 9500,
          tac: 'A1B2C3D4',
          fileWriteTime: 1700000000,
          keyType: 0,
          ef04Status: 0,
        },
      },
    },
  ],
}
