// C6 of generic-bcc: debit and write the station record (rsu-interface.md 2.2). Never repeated.
// Its time goes into MAC1 and TAC, so it is business time of the PC (section 3.2).
import type { FrameForm, FrameTable } from '../../table-types.ts'

const record = '37010102026553F100010400000000000000000000000001B2E241313233343500000000'

const formOf = (name: string, stationBytes: number, stationHex: string): FrameForm => ({
  name,
  length: 30 + stationBytes,
  fields: [
    { name: 'obuId', off: 2, len: 4, type: 'hex' },
    { name: 'diversifier', off: 6, len: 8, type: 'hex' },
    { name: 'transactionSerial', off: 14, len: 4, type: 'uint', reserved: true },
    { name: 'amount', off: 18, len: 4, type: 'fen' },
    { name: 'time', off: 22, len: 7, type: 'bcdDateTime' },
    { name: 'station', off: 29, len: stationBytes, type: 'hex' },
  ],
  example: {
    hex: `C6 02001234 B2E2CAD437010001 00000000 000001F4 20231115061320 ${stationHex}`,
    value: {
      obuId: '02001234',
      diversifier: 'B2E2CAD437010001',
      transactionSerial: 0,
      amount: 500,
      time: '20231115061320',
      station: stationHex,
    },
  },
})

export const c6Debit: FrameTable = {
  code: 'C6',
  name: 'debit',
  from: 'pc',
  onLonger: 'reject',
  forms: [formOf('station36', 36, record), formOf('station40', 40, `${record}00000000`)],
}
