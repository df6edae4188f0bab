// Card issue file 0015 (rsu-interface.md 4.1), 43 bytes.
// generic-ver sends it padded to 50; the padding belongs to the frame, not to the file.
import type { FileTable } from '../table-types.ts'

export const f0015: FileTable = {
  name: 'f0015',
  length: 43,
  fields: [
    { name: 'issuer', off: 0, len: 8, type: 'hex' },
    { name: 'cardType', off: 8, len: 1, type: 'uint' },
    { name: 'cardVersion', off: 9, len: 1, type: 'uint' },
    { name: 'network', off: 10, len: 2, type: 'hex' },
    { name: 'cardNumber', off: 12, len: 8, type: 'hex' },
    { name: 'startDate', off: 20, len: 4, type: 'bcdDate' },
    { name: 'expireDate', off: 24, len: 4, type: 'bcdDate' },
    { name: 'plate', off: 28, len: 12, type: 'gbkText' },
    { name: 'userType', off: 40, len: 1, type: 'uint' },
    { name: 'colour', off: 41, len: 1, type: 'uint' },
    { name: 'vehicleClass', off: 42, len: 1, type: 'uint' },
  ],
  example: {
    hex:
      'B2E2CAD4370100011640370112000000000000012023010120330101' + 'B2E241313233343500000000000001',
    value: {
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
  },
}
