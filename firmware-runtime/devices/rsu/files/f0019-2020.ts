// Composite toll record 0019 in the layout of 2019/2020 (rsu-interface.md 4.3), 43 bytes.
// Its first 14 bytes are those of the old layout; the gantry fields tell the two apart.
import type { FileTable } from '../table-types.ts'

export const f0019Year2020: FileTable = {
  name: 'f0019-2020',
  length: 43,
  fields: [
    { name: 'recordId', off: 0, len: 1, type: 'hex' },
    { name: 'recordLength', off: 1, len: 1, type: 'uint' },
    { name: 'applicationLock', off: 2, len: 1, type: 'uint' },
    { name: 'network', off: 3, len: 2, type: 'hex' },
    { name: 'station', off: 5, len: 2, type: 'hex' },
    { name: 'lane', off: 7, len: 1, type: 'hex' },
    { name: 'time', off: 8, len: 4, type: 'unix32' },
    { name: 'vehicleClass', off: 12, len: 1, type: 'uint' },
    { name: 'status', off: 13, len: 1, type: 'hex' },
    { name: 'gantryId', off: 14, len: 3, type: 'hex' },
    { name: 'gantryTime', off: 17, len: 4, type: 'unix32' },
    { name: 'plate', off: 21, len: 12, type: 'gbkText' },
    { name: 'plateColour', off: 33, len: 1, type: 'uint' },
    { name: 'axles', off: 34, len: 1, type: 'uint' },
    { name: 'weight', off: 35, len: 3, type: 'uint' },
    { name: 'vehicleStatus', off: 38, len: 1, type: 'hex' },
    { name: 'amountSoFar', off: 39, len: 4, type: 'fen' },
  ],
  example: {
    hex:
      'AA290037010102016553E2F0010300000000000000B2E241313233343500000000' + '00020000000000000000',
    value: {
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
  },
}
