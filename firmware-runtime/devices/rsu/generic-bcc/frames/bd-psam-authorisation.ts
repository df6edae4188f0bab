// BD of one generic-bcc dialect: data for PSAM authorisation (rsu-interface.md 2.2, extra frames).
// The 8 random bytes go to the authorisation platform.
import type { FrameTable } from '../../table-types.ts'

export const bdPsamAuthorisation: FrameTable = {
  code: 'BD',
  name: 'psamAuthorisation',
  from: 'rsu',
  onLonger: 'rest',
  forms: [
    {
      name: 'data',
      length: 27,
      fields: [
        { name: 'error', off: 2, len: 1, type: 'uint' },
        { name: 'psamSerialNumber', off: 3, len: 10, type: 'hex' },
        { name: 'version', off: 13, len: 1, type: 'uint' },
        { name: 'area', off: 14, len: 4, type: 'hex' },
        { name: 'random', off: 18, len: 8, type: 'hex' },
      ],
      example: {
        hex: 'BD 00 37010000000000000001 20 37010000 0102030405060708',
        value: {
          error: 0,
          psamSerialNumber: '37010000000000000001',
          version: 32,
          area: '37010000',
          random: '0102030405060708',
        },
      },
    },
  ],
}
