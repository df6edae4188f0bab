// B2 of generic-len: the heartbeat, and nothing else (rsu-interface.md 2.4).
// In the other variants the same type byte tells an OBU: never decode it by another table.
import type { FrameTable } from '../../table-types.ts'

export const b2Heartbeat: FrameTable = {
  code: 'B2',
  name: 'heartbeat',
  from: 'rsu',
  onLonger: 'rest',
  forms: [
    {
      name: 'heartbeat',
      length: 4,
      fields: [
        { name: 'status', off: 1, len: 1, type: 'enum', enum: 'heartbeatStatus' },
        { name: 'antennaSwitch', off: 2, len: 1, type: 'uint' },
        { name: 'psamAuthorisation', off: 3, len: 1, type: 'enum', enum: 'psamAuthorisation' },
      ],
      example: {
        hex: 'B2 00 01 00',
        value: { status: 'ok', antennaSwitch: 1, psamAuthorisation: 'authorised' },
      },
    },
  ],
}
