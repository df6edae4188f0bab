// B3 of generic-bcc: vehicle information of the OBU (rsu-interface.md 2.2).
// One dialect sends the whole 79-byte vehicle file instead of its first 16 bytes.
import type { FrameTable } from '../../table-types.ts'

export const b3VehicleInfo: FrameTable = {
  code: 'B3',
  name: 'vehicleInfo',
  from: 'rsu',
  onLonger: 'reject',
  forms: [
    {
      name: 'short',
      length: 24,
      fields: [
        { name: 'obuId', off: 2, len: 4, type: 'hex' },
        { name: 'error', off: 6, len: 1, type: 'enum', enum: 'b3Error' },
        { name: 'plate', off: 7, len: 12, type: 'gbkText' },
        { name: 'colour', off: 19, len: 2, type: 'uint' },
        { name: 'vehicleClass', off: 21, len: 1, type: 'uint' },
        { name: 'userType', off: 22, len: 1, type: 'uint' },
      ],
      example: {
        hex: 'B3 02001234 00 B2E241313233343500000000 0000 01 00',
        value: {
          obuId: '02001234',
          error: 'ok',
          plate: '测A12345',
          colour: 0,
          vehicleClass: 1,
          userType: 0,
        },
      },
    },
    {
      name: 'wholeFile',
      length: 87,
      fields: [
        { name: 'obuId', off: 2, len: 4, type: 'hex' },
        { name: 'error', off: 6, len: 1, type: 'enum', enum: 'b3Error' },
        { name: 'vehicle', off: 7, len: 79, type: 'file', table: 'vehicle79' },
      ],
      example: {
        hex:
          'B3 02001234 00 B2E241313233343500000000 0000 01 00 002E1210 04 02 001B 000005' +
          '5445535456454849434C453030303031 54455354454E47494E45303030303031' +
          '0000000000000000000000000000000000000000',
        value: {
          obuId: '02001234',
          error: 'ok',
          vehicle: {
            plate: '测A12345',
            colour: 0,
            vehicleClass: 1,
            userType: 0,
            lengthDm: 46,
            widthDm: 18,
            heightDm: 16,
            wheels: 4,
            axles: 2,
            wheelbaseDm: 27,
            weightOrSeats: 5,
            characteristics: 'TESTVEHICLE00001',
            engineNumber: 'TESTENGINE000001',
            reserved: '0000000000000000000000000000000000000000',
          },
        },
      },
    },
  ],
}
