// B4 of generic-bcc: card information (rsu-interface.md 2.2). Length 62 + station record.
// The station record is file 0019 with (39, 43) or without (36, 40) its 3-byte head.
import type { FieldTable, FrameForm, FrameTable } from '../../table-types.ts'

const head: readonly FieldTable[] = [
  { name: 'obuId', off: 2, len: 4, type: 'hex' },
  { name: 'error', off: 6, len: 1, type: 'enum', enum: 'b4Error' },
  { name: 'cardType', off: 7, len: 1, type: 'uint' },
  { name: 'physicalType', off: 8, len: 1, type: 'uint' },
  { name: 'transType', off: 9, len: 1, type: 'hex' },
  { name: 'balance', off: 10, len: 4, type: 'fen' },
  { name: 'cardId', off: 14, len: 4, type: 'hex' },
  { name: 'card', off: 18, len: 43, type: 'file', table: 'f0015' },
]

const card = {
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
}
const commonValue = {
  obuId: '02001234',
  error: 'ok',
  cardType: 22,
  physicalType: 0,
  transType: '10',
  balance: 10000,
  cardId: '01234567',
  card,
}
const headHex =
  'B4 02001234 00 16 00 10 00002710 01234567 B2E2CAD437010001 16 40 3701 1200000000000001' +
  '20230101 20330101 B2E241313233343500000000 00 00 01'
const record = '37010102016553E2F0010300000000000000000000000001B2E241313233343500000000'

const formOf = (name: string, stationBytes: number, stationHex: string): FrameForm => ({
  name,
  length: 62 + stationBytes,
  fields: [...head, { name: 'station', off: 61, len: stationBytes, type: 'hex' }],
  example: { hex: headHex + stationHex, value: { ...commonValue, station: stationHex } },
})

export const b4CardInfo: FrameTable = {
  code: 'B4',
  name: 'cardInfo',
  from: 'rsu',
  onLonger: 'reject',
  forms: [
    formOf('station36', 36, record),
    formOf('station39', 39, `AA2900${record}`),
    formOf('station43', 43, `AA2900${record}00000000`),
    {
      name: 'withEf04',
      length: 202,
      fields: [
        { name: 'obuId', off: 2, len: 4, type: 'hex' },
        { name: 'error', off: 6, len: 1, type: 'enum', enum: 'b4Error' },
        { name: 'cardReadStatus', off: 7, len: 1, type: 'uint' },
        { name: 'balance', off: 8, len: 4, type: 'fen' },
        { name: 'card', off: 12, len: 43, type: 'file', table: 'f0015' },
        { name: 'station', off: 55, len: 43, type: 'hex' },
        { name: 'ef04Status', off: 98, len: 1, type: 'uint' },
        { name: 'ef04Offset', off: 99, len: 2, type: 'uint' },
        { name: 'ef04Length', off: 101, len: 2, type: 'uint' },
        { name: 'ef04', off: 103, len: 98, type: 'bytes', reserved: true },
      ],
      example: {
        hex:
          'B4 02001234 00 00 00002710 B2E2CAD437010001 16 40 3701 1200000000000001' +
          '20230101 20330101 B2E241313233343500000000 00 00 01' +
          `AA2900${record}00000000` +
          '00 013A 005B' +
          '00'.repeat(98),
        value: {
          obuId: '02001234',
          error: 'ok',
          cardReadStatus: 0,
          balance: 10000,
          card,
          station: `AA2900${record}00000000`,
          ef04Status: 0,
          ef04Offset: 314,
          ef04Length: 91,
          ef04: '00'.repeat(98),
        },
      },
    },
  ],
}
