// CF of generic-ver: answer to the heartbeat B1 (rsu-interface.md 2.3).
// Lane texts ask for none, gantry texts for CF 00; a device that needs none ignores it.
import type { FrameTable } from '../../table-types.ts'

export const cfHeartbeatAck: FrameTable = {
  code: 'CF',
  name: 'heartbeatAck',
  from: 'pc',
  onLonger: 'reject',
  forms: [
    {
      name: 'ack',
      length: 2,
      fields: [{ name: 'result', off: 1, len: 1, type: 'uint', reserved: true }],
      example: { hex: 'CF 00', value: { result: 0 } },
    },
  ],
}
