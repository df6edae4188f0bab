// Vehicle file of the OBU (rsu-interface.md 4.4): 59 bytes and 20 reserved.
// Lorries and special vehicles have another layout behind the first 16 bytes (two public readers agree); of a class
// that is neither theirs nor a car's these bytes stay as they are.
import type { FieldTable, FileTable } from '../table-types.ts'

const head: readonly FieldTable[] = [
  { name: 'plate', off: 0, len: 12, type: 'gbkText' },
  { name: 'colour', off: 12, len: 2, type: 'uint' },
  { name: 'vehicleClass', off: 14, len: 1, type: 'uint' },
  { name: 'userType', off: 15, len: 1, type: 'uint' },
]
/** Goods 11 to 16, special 21 to 26. */
const truckClasses = [11, 12, 13, 14, 15, 16, 21, 22, 23, 24, 25, 26]

/** Passenger cars and buses 1 to 4. */
const carClasses = [1, 2, 3, 4]
const car: readonly FieldTable[] = [
  ...head,
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
]
const carExample: FileTable['example'] = {
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
}

export const vehicle79: FileTable = {
  name: 'vehicle79',
  length: 79,
  fields: [...head, { name: 'raw', off: 16, len: 63, type: 'bytes' }],
  example: carExample,
  layouts: [
    { when: { field: 'vehicleClass', values: carClasses }, fields: car, example: carExample },
    {
      when: { field: 'vehicleClass', values: truckClasses },
      fields: [
        ...head,
        { name: 'lengthMm', off: 16, len: 2, type: 'uint' },
        { name: 'widthMm', off: 18, len: 2, type: 'uint' },
        { name: 'heightMm', off: 20, len: 2, type: 'uint' },
        { name: 'loadKg', off: 22, len: 3, type: 'uint' },
        { name: 'curbKg', off: 25, len: 3, type: 'uint' },
        { name: 'grossKg', off: 28, len: 3, type: 'uint' },
        { name: 'persons', off: 31, len: 1, type: 'uint' },
        { name: 'vin', off: 32, len: 17, type: 'gbkText' },
        { name: 'characteristics', off: 49, len: 16, type: 'gbkText' },
        { name: 'reserved', off: 65, len: 14, type: 'bytes', reserved: true },
      ],
      example: {
        hex:
          'B2E24239383736350000000000010D00' +
          '2ECC09F60F9600251C00213400465002' +
          '4C54455354303030303054455354303031' +
          '54455354464541545552453030303031' +
          '0000000000000000000000000000',
        value: {
          plate: '测B98765',
          colour: 1,
          vehicleClass: 13,
          userType: 0,
          lengthMm: 11980,
          widthMm: 2550,
          heightMm: 3990,
          loadKg: 9500,
          curbKg: 8500,
          grossKg: 18000,
          persons: 2,
          vin: 'LTEST00000TEST001',
          characteristics: 'TESTFEATURE00001',
          reserved: '0000000000000000000000000000',
        },
      },
    },
  ],
}
