// C6 of generic-len: debit and write the station record (rsu-interface.md 2.4). Never repeated.
// It names no diversifier, but the time of entry beside that of the debit.
import type { FrameTable } from '../../table-types.ts'

export const c6Debit: FrameTable = {
  code: 'C6',
  name: 'debit',
  from: 'pc',
  onLonger: 'reject',
  forms: [
    {
      name: 'full',
      length: 66,
      fields: [
        { name: 'obuId', off: 1, len: 4, type: 'hex' },
        { name: 'amount', off: 5, len: 4, type: 'fen' },
        { name: 'time', off: 9, len: 7, type: 'bcdDateTime' },
        { name: 'station', off: 16, len: 43, type: 'file', table: 'f0019-2020' },
        { name: 'entryTime', off: 59, len: 7, type: 'bcdDateTime' },
      ],
      example: {
        hex:
          'C6 02001234 000001F4 20231115061320' +
          'AA29003701010202 6553F100 0104 00000000000000 B2E241313233343500000000' +
          '00 02 000000 00 000001F4 20231115041320',
        value: {
          obuId: '02001234',
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
          entryTime: '20231115041320',
        },
      },
    },
  ],
}
