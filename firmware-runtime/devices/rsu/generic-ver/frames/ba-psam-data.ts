// BA of generic-ver: PSAM data for authorisation (rsu-interface.md 2.3). Length 10 + 35n.
// The random of each PSAM is valid until the next random request.
import type { FrameTable } from '../../table-types.ts'

export const baPsamData: FrameTable = {
  code: 'BA',
  name: 'psamData',
  from: 'rsu',
  onLonger: 'reject',
  forms: [
    {
      name: 'counted',
      length: { base: 10, per: { count: 35 }, derive: { assume: {}, solve: 'count' } },
      fields: [
        { name: 'error', off: 1, len: 1, type: 'uint' },
        { name: 'time', off: 2, len: 7, type: 'bcdDateTime' },
        { name: 'count', off: 9, len: 1, type: 'uint' },
        {
          name: 'psam',
          off: 10,
          len: 35,
          type: 'repeat',
          count: 'count',
          each: [
            { name: 'channel', off: 0, len: 1, type: 'uint' },
            { name: 'terminal', off: 1, len: 6, type: 'hex' },
            { name: 'serialNumber', off: 7, len: 10, type: 'hex' },
            { name: 'version', off: 17, len: 1, type: 'uint' },
            { name: 'keyType', off: 18, len: 1, type: 'uint' },
            { name: 'area', off: 19, len: 8, type: 'hex' },
            { name: 'random', off: 27, len: 8, type: 'hex' },
          ],
        },
      ],
      example: {
        hex:
          'BA 00 20231115061320 01 01 370100000001 37010000000000000001 20 04' +
          '3701000000000000 0102030405060708',
        value: {
          error: 0,
          time: '20231115061320',
          count: 1,
          psam: [
            {
              channel: 1,
              terminal: '370100000001',
              serialNumber: '37010000000000000001',
              version: 32,
              keyType: 4,
              area: '3701000000000000',
              random: '0102030405060708',
            },
          ],
        },
      },
    },
  ],
}
