// System information of the OBU (rsu-interface.md 4.4), 26 bytes.
// The contract serial, not the link id, is what business records are bound to.
import type { FileTable } from '../table-types.ts'

export const sysinfo26: FileTable = {
  name: 'sysinfo26',
  length: 26,
  fields: [
    { name: 'issuer', off: 0, len: 8, type: 'hex' },
    { name: 'contractType', off: 8, len: 1, type: 'uint' },
    { name: 'contractVersion', off: 9, len: 1, type: 'uint' },
    { name: 'contractSerial', off: 10, len: 8, type: 'hex' },
    { name: 'issueDate', off: 18, len: 4, type: 'bcdDate' },
    { name: 'expireDate', off: 22, len: 4, type: 'bcdDate' },
  ],
  example: {
    hex: 'B2E2CAD43701000101003701012023000001' + '2023010120330101',
    value: {
      issuer: 'B2E2CAD437010001',
      contractType: 1,
      contractVersion: 0,
      contractSerial: '3701012023000001',
      issueDate: '20230101',
      expireDate: '20330101',
    },
  },
}
