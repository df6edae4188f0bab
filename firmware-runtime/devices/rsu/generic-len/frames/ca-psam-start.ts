// CA of generic-len: asks for the PSAM (rsu-interface.md 2.4). The first word of a start.
// Nothing but the type byte: this variant has one PSAM, so no channel is named.
import type { FrameTable } from '../../table-types.ts'

export const caPsamStart: FrameTable = {
  code: 'CA',
  name: 'psamStart',
  from: 'pc',
  onLonger: 'reject',
  forms: [{ name: 'bare', length: 1, fields: [], example: { hex: 'CA', value: {} } }],
}
