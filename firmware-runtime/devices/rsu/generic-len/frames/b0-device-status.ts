// B0 of generic-len: device status, the answer to C0 (rsu-interface.md 2.4).
// Its last byte says whether the PSAM is authorised: without that no vehicle file can be decrypted.
import type { FrameTable } from '../../table-types.ts'

export const b0DeviceStatus: FrameTable = {
  code: 'B0',
  name: 'deviceStatus',
  from: 'rsu',
  onLonger: 'reject',
  forms: [
    {
      name: 'full',
      length: 13,
      fields: [
        { name: 'status', off: 1, len: 1, type: 'enum', enum: 'b0Status' },
        { name: 'manufacturer', off: 2, len: 1, type: 'hex' },
        { name: 'rsuId', off: 3, len: 3, type: 'hex' },
        { name: 'softwareVersion', off: 6, len: 2, type: 'hex' },
        { name: 'hardwareVersion', off: 8, len: 2, type: 'hex' },
        { name: 'protocolVersion', off: 10, len: 2, type: 'hex' },
        { name: 'psamAuthorisation', off: 12, len: 1, type: 'enum', enum: 'psamAuthorisation' },
      ],
      example: {
        hex: 'B0 00 02 000829 1000 0001 1106 00',
        value: {
          status: 'ok',
          manufacturer: '02',
          rsuId: '000829',
          softwareVersion: '1000',
          hardwareVersion: '0001',
          protocolVersion: '1106',
          psamAuthorisation: 'authorised',
        },
      },
    },
  ],
}
