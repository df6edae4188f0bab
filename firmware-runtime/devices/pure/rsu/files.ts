// The files of OBU and card (rsu-interface.md 4): nested tables that the frames of every variant refer to by name.
// Adding a file is one table and its name in the list below.
import { laid, zeros, type FieldRow } from './frame-rows.ts'
import type { FileTable } from './table-types.ts'

const file = (name: string, length: number, hex: string, rows: readonly FieldRow[]): FileTable => ({
  name,
  length,
  ...laid(hex, rows),
})

/** Card issue file 0015 (4.1). generic-ver sends it padded to 50; the padding belongs to the frame, not to the file. */
export const f0015 = file(
  'f0015',
  43,
  'B2E2CAD437010001 16 40 3701 1200000000000001 20230101 20330101 B2E241313233343500000000 00 00 01',
  [
    ['issuer', 0, 8, 'hex', 'B2E2CAD437010001'],
    ['cardType', 8, 1, 'uint', 22],
    ['cardVersion', 9, 1, 'uint', 64],
    ['network', 10, 2, 'hex', '3701'],
    ['cardNumber', 12, 8, 'hex', '1200000000000001'],
    ['startDate', 20, 4, 'bcdDate', '20230101'],
    ['expireDate', 24, 4, 'bcdDate', '20330101'],
    ['plate', 28, 12, 'gbkText', '测A12345'],
    ['userType', 40, 1, 'uint', 0],
    ['colour', 41, 1, 'uint', 0],
    ['vehicleClass', 42, 1, 'uint', 1],
  ],
)

/** The first 14 bytes of file 0019 are the same in both layouts. */
const recordHead: readonly FieldRow[] = [
  ['recordId', 0, 1, 'hex', 'AA'],
  ['recordLength', 1, 1, 'uint', 41],
  ['applicationLock', 2, 1, 'uint', 0],
  ['network', 3, 2, 'hex', '3701'],
  ['station', 5, 2, 'hex', '0102'],
  ['lane', 7, 1, 'hex', '01'],
  ['time', 8, 4, 'unix32', 1699996400],
  ['vehicleClass', 12, 1, 'uint', 1],
  ['status', 13, 1, 'hex', '03'],
]

/** Composite toll record 0019 in the layout of 2019/2020 (4.3); the gantry fields tell it from the old one. */
export const f0019Year2020 = file(
  'f0019-2020',
  43,
  'AA 29 00 3701 0102 01 6553E2F0 01 03 000000 00000000 B2E241313233343500000000 00 02 000000 00 00000000',
  [
    ...recordHead,
    ['gantryId', 14, 3, 'hex', '000000'],
    ['gantryTime', 17, 4, 'unix32', 0],
    ['plate', 21, 12, 'gbkText', '测A12345'],
    ['plateColour', 33, 1, 'uint', 0],
    ['axles', 34, 1, 'uint', 2],
    ['weight', 35, 3, 'uint', 0],
    ['vehicleStatus', 38, 1, 'hex', '00'],
    ['amountSoFar', 39, 4, 'fen', 0],
  ],
)

/** The same record as written by a debit of the exit lane. */
export const debitedRecord: FileTable['example'] = {
  hex: 'AA2900 3701 0102 02 6553F100 01 04 000000 00000000 B2E241313233343500000000 00 02 000000 00 000001F4',
  value: {
    ...f0019Year2020.example.value,
    lane: '02',
    time: 1700000000,
    status: '04',
    amountSoFar: 500,
  },
}

/**
 * Composite toll record 0019 in the old layout (4.3). Interfaces that send 40 bytes leave out the 3-byte head, 36 and 39
 * the last reserved bytes too.
 */
const f0019Old = file(
  'f0019-old',
  43,
  'AA 29 00 3701 0102 01 6553E2F0 01 03 000000000000000000 000000 01 B2E241313233343500000000 00000000',
  [
    ...recordHead,
    ['reserved1', 14, 9, 'bytes', zeros(9), { reserved: true }],
    ['operator', 23, 3, 'hex', '000000'],
    ['shift', 26, 1, 'hex', '01'],
    ['plate', 27, 12, 'gbkText', '测A12345'],
    ['reserved2', 39, 4, 'bytes', '00000000', { reserved: true }],
  ],
)

/** System information of the OBU (4.4). The contract serial, not the link id, is what business records are bound to. */
export const sysinfo26 = file(
  'sysinfo26',
  26,
  'B2E2CAD437010001 01 00 3701012023000001 20230101 20330101',
  [
    ['issuer', 0, 8, 'hex', 'B2E2CAD437010001'],
    ['contractType', 8, 1, 'uint', 1],
    ['contractVersion', 9, 1, 'uint', 0],
    ['contractSerial', 10, 8, 'hex', '3701012023000001'],
    ['issueDate', 18, 4, 'bcdDate', '20230101'],
    ['expireDate', 22, 4, 'bcdDate', '20330101'],
  ],
)

/** Goods 11 to 16, special 21 to 26. */
const truckClasses = [11, 12, 13, 14, 15, 16, 21, 22, 23, 24, 25, 26]
/** Passenger cars and buses 1 to 4. */
const carClasses = [1, 2, 3, 4]
const car = laid(
  'B2E241313233343500000000 0000 01 00 002E 12 10 04 02 001B 000005 5445535456454849434C453030303031 54455354454E47494E45303030303031 0000000000000000000000000000000000000000',
  [
    ['plate', 0, 12, 'gbkText', '测A12345'],
    ['colour', 12, 2, 'uint', 0],
    ['vehicleClass', 14, 1, 'uint', 1],
    ['userType', 15, 1, 'uint', 0],
    ['lengthDm', 16, 2, 'uint', 46],
    ['widthDm', 18, 1, 'uint', 18],
    ['heightDm', 19, 1, 'uint', 16],
    ['wheels', 20, 1, 'uint', 4],
    ['axles', 21, 1, 'uint', 2],
    ['wheelbaseDm', 22, 2, 'uint', 27],
    ['weightOrSeats', 24, 3, 'uint', 5],
    ['characteristics', 27, 16, 'gbkText', 'TESTVEHICLE00001'],
    ['engineNumber', 43, 16, 'gbkText', 'TESTENGINE000001'],
    ['reserved', 59, 20, 'bytes', zeros(20), { reserved: true }],
  ],
)

/**
 * Vehicle file of the OBU (4.4): 59 bytes and 20 reserved. Lorries and special vehicles have another layout behind the
 * first 16 bytes (two public readers agree); of a class that is neither theirs nor a car's these bytes stay as they are.
 */
export const vehicle79: FileTable = {
  name: 'vehicle79',
  length: 79,
  fields: [...car.fields.slice(0, 4), { name: 'raw', off: 16, len: 63, type: 'bytes' }],
  example: car.example,
  layouts: [
    { when: { field: 'vehicleClass', values: carClasses }, ...car },
    {
      when: { field: 'vehicleClass', values: truckClasses },
      ...laid(
        'B2E242393837363500000000 0001 0D 00 2ECC 09F6 0F96 00251C 002134 004650 02 4C54455354303030303054455354303031 54455354464541545552453030303031 0000000000000000000000000000',
        [
          ['plate', 0, 12, 'gbkText', '测B98765'],
          ['colour', 12, 2, 'uint', 1],
          ['vehicleClass', 14, 1, 'uint', 13],
          ['userType', 15, 1, 'uint', 0],
          ['lengthMm', 16, 2, 'uint', 11980],
          ['widthMm', 18, 2, 'uint', 2550],
          ['heightMm', 20, 2, 'uint', 3990],
          ['loadKg', 22, 3, 'uint', 9500],
          ['curbKg', 25, 3, 'uint', 8500],
          ['grossKg', 28, 3, 'uint', 18000],
          ['persons', 31, 1, 'uint', 2],
          ['vin', 32, 17, 'gbkText', 'LTEST00000TEST001'],
          ['characteristics', 49, 16, 'gbkText', 'TESTFEATURE00001'],
          ['reserved', 65, 14, 'bytes', zeros(14), { reserved: true }],
        ],
      ),
    },
  ],
}

export const fileTables: readonly FileTable[] = [
  f0015,
  f0019Year2020,
  f0019Old,
  vehicle79,
  sysinfo26,
]

/** Bits of the status byte of an OBU. */
export const statusBits = [
  'cardAbsent',
  'statusBit6',
  'contactlessCard',
  'logicCard',
  'cardError',
  'locked',
  'removed',
  'batteryLow',
]
