// B4 of generic-ver: vehicle and card information (rsu-interface.md 2.3).
// 183 bytes, or 274 with the EF04 extract before the card file; 104 where B3 has the vehicle.
import type { FieldTable, FrameTable } from '../../table-types.ts'

const head: readonly FieldTable[] = [
  { name: 'obuId', off: 1, len: 4, type: 'hex' },
  { name: 'error', off: 5, len: 1, type: 'enum', enum: 'b4Error' },
  { name: 'transType', off: 6, len: 1, type: 'hex' },
  { name: 'vehicle', off: 7, len: 79, type: 'file', table: 'vehicle79' },
  { name: 'balance', off: 86, len: 4, type: 'fen' },
]
const commonValue = {
  obuId: '02001234',
  error: 'ok',
  transType: '10',
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
  balance: 10000,
}
const cardAndStation = {
  card: {
    issuer: 'B2E2CAD437010001',
    cardType: 22,
    cardVersion: 64,
    network: '3701',
    cardNumber: '1200000000000001',
    startDate: '20230101',
    expireDate: '20330101',
    plate: '测A12345',
    userType: 0,
    colour: 0,
    vehicleClass: 1,
  },
  cardPadding: '00000000000000',
  station: {
    recordId: 'AA',
    recordLength: 41,
    applicationLock: 0,
    network: '3701',
    station: '0102',
    lane: '01',
    time: 1699996400,
    vehicleClass: 1,
    status: '03',
    gantryId: '000000',
    gantryTime: 0,
    plate: '测A12345',
    plateColour: 0,
    axles: 2,
    weight: 0,
    vehicleStatus: '00',
    amountSoFar: 0,
  },
}
const headHex =
  'B4 02001234 00 10 B2E241313233343500000000 0000 01 00 002E1210 04 02 001B 000005' +
  '5445535456454849434C453030303031 54455354454E47494E45303030303031' +
  '0000000000000000000000000000000000000000 00002710'
const tailHex =
  'B2E2CAD437010001 16 40 3701 1200000000000001 20230101 20330101' +
  'B2E241313233343500000000 00 00 01 00000000000000' +
  'AA2900 3701 0102 01 6553E2F0 01 03 000000 00000000 B2E241313233343500000000' +
  '00 02 000000 00 00000000'

export const b4VehicleCard: FrameTable = {
  code: 'B4',
  name: 'vehicleAndCard',
  from: 'rsu',
  onLonger: 'reject',
  forms: [
    {
      name: 'withoutEf04',
      length: 183,
      fields: [
        ...head,
        { name: 'card', off: 90, len: 43, type: 'file', table: 'f0015' },
        { name: 'cardPadding', off: 133, len: 7, type: 'bytes', reserved: true },
        { name: 'station', off: 140, len: 43, type: 'file', table: 'f0019-2020' },
      ],
      example: { hex: headHex + tailHex, value: { ...commonValue, ...cardAndStation } },
    },
    {
      name: 'withEf04',
      length: 274,
      fields: [
        ...head,
        { name: 'ef04', off: 90, len: 91, type: 'bytes' },
        { name: 'card', off: 181, len: 43, type: 'file', table: 'f0015' },
        { name: 'cardPadding', off: 224, len: 7, type: 'bytes', reserved: true },
        { name: 'station', off: 231, len: 43, type: 'file', table: 'f0019-2020' },
      ],
      example: {
        hex: headHex + '00'.repeat(91) + tailHex,
        value: { ...commonValue, ef04: '00'.repeat(91), ...cardAndStation },
      },
    },
    {
      name: 'cardAlone',
      length: 104,
      fields: [
        ...head.filter(({ off }) => Number(off) < 7),
        { name: 'balance', off: 7, len: 4, type: 'fen' },
        { name: 'card', off: 11, len: 43, type: 'file', table: 'f0015' },
        { name: 'cardPadding', off: 54, len: 7, type: 'bytes', reserved: true },
        { name: 'station', off: 61, len: 43, type: 'file', table: 'f0019-2020' },
      ],
      example: {
        hex: `B4 02001234 00 10 00002710${tailHex}`,
        value: {
          obuId: '02001234',
          error: 'ok',
          transType: '10',
          balance: 10000,
          ...cardAndStation,
        },
      },
    },
  ],
}
