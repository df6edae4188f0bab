// BB of generic-ver: result of PSAM authorisation (rsu-interface.md 2.3). Length 3 + 4n.
// SW 9000 is success.
import type { FrameTable } from '../../table-types.ts'

export const bbPsamResult: FrameTable = {
  code: 'BB',
  name: 'psamResult',
  from: 'rsu',
  onLonger: 'reject',
  forms: [
    {
      name: 'counted',
      length: { base: 3, per: { count: 4 }, derive: { assume: {}, solve: 'count' } },
      fields: [
        { name: 'error', off: 1, len: 1, type: 'uint' },
        { name: 'count', off: 2, len: 1, type: 'uint' },
        {
          name: 'psam',
          off: 3,
          len: 4,
          type: 'repeat',
          count: 'count',
          each: [
            { name: 'channel', off: 0, len: 1, type: 'uint' },
            { name: 'status', off: 1, len: 1, type: 'uint' },
            { name: 'statusWord', off: 2, len: 2, type: 'hex' },
          ],
        },
      ],
      example: {
        hex: 'BB 00 01 01 00 9000',
        value: { error: 0, count: 1, psam: [{ channel: 1, status: 0, statusWord: '9000' }] },
      },
    },
  ],
}
