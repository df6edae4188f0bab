// B0 of generic-ver: device status, the answer to C0 (rsu-interface.md 2.3). Length 18 + 9n.
// Devices are known whose PSAM count byte says 0 before one entry: n comes from the length then.
import type { FrameTable } from '../../table-types.ts'

export const b0DeviceStatus: FrameTable = {
  code: 'B0',
  name: 'deviceStatus',
  from: 'rsu',
  onLonger: 'reject',
  forms: [
    {
      name: 'counted',
      length: { base: 18, per: { psamCount: 9 }, derive: { assume: {}, solve: 'psamCount' } },
      fields: [
        { name: 'status', off: 1, len: 1, type: 'enum', enum: 'b0Status' },
        { name: 'psamCount', off: 2, len: 1, type: 'uint' },
        {
          name: 'psam',
          off: 3,
          len: 9,
          type: 'repeat',
          count: 'psamCount',
          each: [
            { name: 'channel', off: 0, len: 1, type: 'uint' },
            { name: 'version', off: 1, len: 1, type: 'uint' },
            { name: 'authState', off: 2, len: 1, type: 'uint' },
            { name: 'terminal', off: 3, len: 6, type: 'hex' },
          ],
        },
        { name: 'algorithm', off: '+', len: 1, type: 'uint' },
        { name: 'manufacturer', off: '+', len: 1, type: 'hex' },
        { name: 'rsuId', off: '+', len: 3, type: 'hex' },
        { name: 'softwareVersion', off: '+', len: 2, type: 'hex' },
        { name: 'workState', off: '+', len: 1, type: 'uint' },
        { name: 'flagId', off: '+', len: 3, type: 'hex' },
        { name: 'interfaceVersion', off: '+', len: 4, type: 'hex' },
      ],
      example: {
        hex: 'B0 00 01 01 20 00 370100000001 00 08 000829 2009 00 000000 03040000',
        value: {
          status: 'ok',
          psamCount: 1,
          psam: [{ channel: 1, version: 32, authState: 0, terminal: '370100000001' }],
          algorithm: 0,
          manufacturer: '08',
          rsuId: '000829',
          softwareVersion: '2009',
          workState: 0,
          flagId: '000000',
          interfaceVersion: '03040000',
        },
      },
    },
  ],
}
