// BF of one generic-bcc dialect: result of PSAM authorisation (rsu-interface.md 2.2, extra frames).
// SW 9000 is success.
import type { FrameTable } from '../../table-types.ts'

export const bfPsamAuthorised: FrameTable = {
  code: 'BF',
  name: 'psamAuthorised',
  from: 'rsu',
  onLonger: 'rest',
  forms: [
    {
      name: 'result',
      length: 6,
      fields: [
        { name: 'error', off: 2, len: 1, type: 'uint' },
        { name: 'statusWord', off: 3, len: 2, type: 'hex' },
      ],
      example: { hex: 'BF 00 9000', value: { error: 0, statusWord: '9000' } },
    },
  ],
}
