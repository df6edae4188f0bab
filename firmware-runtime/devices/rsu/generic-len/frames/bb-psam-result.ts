// BB of generic-len: result of PSAM authorisation (rsu-interface.md 2.4).
// SW 9000 is success.
import type { FrameTable } from '../../table-types.ts'

export const bbPsamResult: FrameTable = {
  code: 'BB',
  name: 'psamResult',
  from: 'rsu',
  onLonger: 'reject',
  forms: [
    {
      name: 'one',
      length: 4,
      fields: [
        { name: 'error', off: 1, len: 1, type: 'enum', enum: 'bbError' },
        { name: 'statusWord', off: 2, len: 2, type: 'hex' },
      ],
      example: { hex: 'BB 00 9000', value: { error: 'ok', statusWord: '9000' } },
    },
  ],
}
