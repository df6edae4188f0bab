// CB of generic-ver: apply PSAM authorisation (rsu-interface.md 2.3). Length 2 + 15n.
// Each APDU is an external authentication that answers the random of BA.
import type { FrameTable } from '../../table-types.ts'

export const cbPsamApply: FrameTable = {
  code: 'CB',
  name: 'psamApply',
  from: 'pc',
  onLonger: 'reject',
  forms: [
    {
      name: 'counted',
      length: { base: 2, per: { count: 15 }, derive: { assume: {}, solve: 'count' } },
      fields: [
        { name: 'count', off: 1, len: 1, type: 'uint' },
        {
          name: 'psam',
          off: 2,
          len: 15,
          type: 'repeat',
          count: 'count',
          each: [
            { name: 'channel', off: 0, len: 1, type: 'uint' },
            { name: 'authState', off: 1, len: 1, type: 'uint' },
            { name: 'apdu', off: 2, len: 13, type: 'hex' },
          ],
        },
      ],
      example: {
        hex: 'CB 01 01 01 0082000008 1112131415161718',
        value: {
          count: 1,
          psam: [{ channel: 1, authState: 1, apdu: '00820000081112131415161718' }],
        },
      },
    },
  ],
}
