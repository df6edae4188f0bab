// C6 of generic-ver: debit, and EF04 in the longer forms (rsu-interface.md 2.3). Never repeated.
// A wrong trade type debits or skips silently (section 9 row 27): parking sends the 67 bytes.
import type { FieldTable, FrameForm, FrameTable } from '../../table-types.ts'

const recordHex =
  'AA29003701010202 6553F100 0104 00000000000000 B2E241313233343500000000' +
  '00 02 000000 00 000001F4'
const commonValue = {
  obuId: '02001234',
  diversifier: 'B2E2CAD437010001',
  amount: 500,
  time: '20231115061320',
  station: {
    recordId: 'AA',
    recordLength: 41,
    applicationLock: 0,
    network: '3701',
    station: '0102',
    lane: '02',
    time: 1700000000,
    vehicleClass: 1,
    status: '04',
    gantryId: '000000',
    gantryTime: 0,
    plate: '测A12345',
    plateColour: 0,
    axles: 2,
    weight: 0,
    vehicleStatus: '00',
    amountSoFar: 500,
  },
}
const head: readonly FieldTable[] = [
  { name: 'obuId', off: 1, len: 4, type: 'hex' },
  { name: 'diversifier', off: 5, len: 8, type: 'hex' },
]
const withTradeType: readonly FieldTable[] = [
  ...head,
  { name: 'tradeType', off: 13, len: 1, type: 'enum', enum: 'tradeType' },
  { name: 'amount', off: 14, len: 4, type: 'fen' },
  { name: 'time', off: 18, len: 7, type: 'bcdDateTime' },
  { name: 'station', off: 25, len: 43, type: 'file', table: 'f0019-2020' },
  { name: 'ef04Block1', off: 68, len: 91, type: 'bytes', reserved: true },
]

const longHex =
  'C6 02001234 B2E2CAD437010001 02 000001F4 20231115061320' + recordHex + '00'.repeat(91)
const longValue = { ...commonValue, tradeType: 'debitOnly', ef04Block1: '00'.repeat(91) }

const withBlock2 = (name: string, bytes: number): FrameForm => ({
  name,
  length: 159 + bytes,
  fields: [...withTradeType, { name: 'ef04Block2', off: 159, len: bytes, type: 'bytes' }],
  example: {
    hex: longHex + '00'.repeat(bytes),
    value: { ...longValue, ef04Block2: '00'.repeat(bytes) },
  },
})

export const c6Debit: FrameTable = {
  code: 'C6',
  name: 'debit',
  from: 'pc',
  onLonger: 'reject',
  forms: [
    {
      name: 'plain',
      length: 67,
      fields: [
        ...head,
        { name: 'amount', off: 13, len: 4, type: 'fen' },
        { name: 'time', off: 17, len: 7, type: 'bcdDateTime' },
        { name: 'station', off: 24, len: 43, type: 'file', table: 'f0019-2020' },
      ],
      example: {
        hex: 'C6 02001234 B2E2CAD437010001 000001F4 20231115061320' + recordHex,
        value: commonValue,
      },
    },
    {
      name: 'tradeType',
      length: 159,
      fields: withTradeType,
      example: { hex: longHex, value: longValue },
    },
    withBlock2('tradeType5', 5),
    withBlock2('tradeType15', 15),
  ],
}
