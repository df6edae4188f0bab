// B3 of generic-ver: the vehicle file by itself, where B4 has the card alone (rsu-interface.md 2.2, dialect S3).
// Most antennas of this framing send both in one B4; which it is, their frames say.
import { vehicle79 } from '../../files/vehicle79.ts'
import type { FrameTable } from '../../table-types.ts'

export const b3VehicleInfo: FrameTable = {
  code: 'B3',
  name: 'vehicleInfo',
  from: 'rsu',
  onLonger: 'reject',
  forms: [
    {
      name: 'wholeFile',
      length: 85,
      fields: [
        { name: 'obuId', off: 1, len: 4, type: 'hex' },
        { name: 'error', off: 5, len: 1, type: 'enum', enum: 'b3Error' },
        { name: 'vehicle', off: 6, len: 79, type: 'file', table: 'vehicle79' },
      ],
      example: {
        hex: `B3 02001234 00 ${vehicle79.example.hex}`,
        value: { obuId: '02001234', error: 'ok', vehicle: vehicle79.example.value },
      },
    },
  ],
}
