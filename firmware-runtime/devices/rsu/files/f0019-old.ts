// Composite toll record 0019 in the old layout (rsu-interface.md 4.3), 43 bytes.
// Interfaces that send 40 bytes leave out the 3-byte head, 36 and 39 the last reserved bytes too.
import type { FileTable } from '../table-types.ts'

export const f0019Old: FileTable = {
  name: 'f0019-old',
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
    { name: 'reserved1', off: 14, len: 9, type: 'bytes', reserved: true },
    { name: 'operator', off: 23, len: 3, type: 'hex' },
    { name: 'shift', off: 26, len: 1, type: 'hex' },
    { name: 'plate', off: 27, len: 12, type: 'gbkText' },
    { name: 'reserved2', off: 39, len: 4, type: 'bytes', reserved: true },
  ],
  example: {
    hex:
      'AA290037010102016553E2F0010300000000000000000000000001' + 'B2E24131323334350000000000000000',
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
      reserved1: '000000000000000000',
      operator: '000000',
      shift: '01',
      plate: '测A12345',
      reserved2: '00000000',
    },
  },
}
