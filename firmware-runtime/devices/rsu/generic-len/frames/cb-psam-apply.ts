// CB of generic-len: applies a PSAM authorisation (rsu-interface.md 2.4). Its payload is not public
// (8 bytes are assumed), so it is kept as bytes: read in captures, never sent by the driver.
import type { FrameTable } from '../../table-types.ts'

export const cbPsamApply: FrameTable = {
  code: 'CB',
  name: 'psamApply',
  from: 'pc',
  onLonger: 'reject',
  forms: [
    {
      name: 'opaque',
      length: 'any',
      fields: [{ name: 'payload', off: 1, len: 'fill', type: 'bytes' }],
      example: { hex: 'CB 1112131415161718', value: { payload: '1112131415161718' } },
    },
  ],
}
