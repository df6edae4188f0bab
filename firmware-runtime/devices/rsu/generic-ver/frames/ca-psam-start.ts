// CA of generic-ver: start of PSAM authorisation (rsu-interface.md 2.3).
// Bit order of the channel map is assumed: highest bit is channel 1.
import type { FrameTable } from '../../table-types.ts'

export const caPsamStart: FrameTable = {
  code: 'CA',
  name: 'psamStart',
  from: 'pc',
  onLonger: 'reject',
  forms: [
    {
      name: 'map32',
      length: 5,
      fields: [{ name: 'channels', off: 1, len: 4, type: 'hex' }],
      example: { hex: 'CA 80000000', value: { channels: '80000000' } },
    },
    {
      name: 'map16',
      length: 3,
      fields: [{ name: 'channels', off: 1, len: 2, type: 'hex' }],
      example: { hex: 'CA 8000', value: { channels: '8000' } },
    },
  ],
}
