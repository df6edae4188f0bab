// BA of generic-len: PSAM data, the answer to CA (rsu-interface.md 2.4), as in generic-ver without
// its counts. The terminal number stands here and not in B0.
import type { FrameTable } from '../../table-types.ts'

export const baPsamData: FrameTable = {
  code: 'BA',
  name: 'psamData',
  from: 'rsu',
  onLonger: 'reject',
  forms: [
    {
      name: 'one',
      length: 36,
      fields: [
        { name: 'error', off: 1, len: 1, type: 'enum', enum: 'baError' },
        { name: 'terminal', off: 2, len: 6, type: 'hex' },
        { name: 'serialNumber', off: 8, len: 10, type: 'hex' },
        { name: 'keyType', off: 18, len: 1, type: 'enum', enum: 'algorithm' },
        { name: 'version', off: 19, len: 1, type: 'uint' },
        { name: 'area', off: 20, len: 8, type: 'hex' },
        { name: 'random', off: 28, len: 8, type: 'hex' },
      ],
      example: {
        hex: 'BA 00 370100000001 37010000000000000001 04 20' + '3701000000000000 0102030405060708',
        value: {
          error: 'ok',
          terminal: '370100000001',
          serialNumber: '37010000000000000001',
          keyType: 'sm4',
          version: 32,
          area: '3701000000000000',
          random: '0102030405060708',
        },
      },
    },
  ],
}
