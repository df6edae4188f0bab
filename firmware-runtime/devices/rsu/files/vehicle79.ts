// Vehicle file of the OBU (rsu-interface.md 4.4): 59 bytes and 20 reserved.
// Trucks use another layout in the reserved part, so it is kept as bytes.
import type { FileTable } from '../table-types.ts'

export const vehicle79: FileTable = {
  name: 'vehicle79',
  length: 79,
  fields: [
    { name: 'plate', off: 0, len: 12, type: 'gbkText' },
    { name: 'colour', off: 12, len: 2, type: 'uint' },
    { name: 'vehicleClass', off: 14, len: 1, type: 'uint' },
    { name: 'userType', off: 15, len: 1, type: 'uint' },
    { name: 'lengthDm', off: 16, len: 2, type: 'uint' },
    { name: 'widthDm', off: 18, len: 1, type: 'uint' },
    { name: 'heightDm', off: 19, len: 1, type: 'uint' },
    { name: 'wheels', off: 20, len: 1, type: 'uint' },
    { name: 'axles', off: 21, len: 1, type: 'uint' },
    { name: 'wheelbaseDm', off: 22, len: 2, type: 'uint' },
    { name: 'weightOrSeats', off: 24, len: 3, type: 'uint' },
    { name: 'characteristics', off: 27, len: 16, type: 'gbkText' },
    { name: 'engineNumber', off: 43, len: 16, type: 'gbkText' },
    { name: 'reserved', off: 59, len: 20, type: 'bytes', reserved: true },
  ],
  example: {
    hex:
      'B2E2413132333435000000000000' +
      '0100002E12100402001B000005' +
      '5445535456454849434C453030303031' +
      '54455354454E47494E45303030303031' +
      '0000000000000000000000000000000000000000',
    value: {
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
}
