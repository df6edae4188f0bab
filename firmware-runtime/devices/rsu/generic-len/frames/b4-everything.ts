// B4 of generic-len: OBU, vehicle, card, balance and station record in one (rsu-interface.md 2.4).
// It comes unasked and opens the dialogue; device type 01 is single-piece here (section 9 row 4).
import type { FrameTable } from '../../table-types.ts'

const reserved = '00'.repeat(63)

export const b4Everything: FrameTable = {
  code: 'B4',
  name: 'obuVehicleAndCard',
  from: 'rsu',
  onLonger: 'reject',
  forms: [
    {
      name: 'full',
      length: 274,
      fields: [
        { name: 'obuId', off: 1, len: 4, type: 'hex' },
        { name: 'deviceType', off: 5, len: 1, type: 'enum', enum: 'deviceType' },
        { name: 'cardPresent', off: 6, len: 1, type: 'enum', enum: 'cardPresent' },
        { name: 'obuStatus', off: 7, len: 1, type: 'enum', enum: 'obuStatus' },
        { name: 'sysInfo', off: 8, len: 26, type: 'file', table: 'sysinfo26' },
        { name: 'vehicle', off: 34, len: 79, type: 'file', table: 'vehicle79' },
        { name: 'card', off: 113, len: 43, type: 'file', table: 'f0015' },
        { name: 'cardPadding', off: 156, len: 7, type: 'bytes', reserved: true },
        { name: 'balance', off: 163, len: 4, type: 'fen' },
        { name: 'station', off: 167, len: 43, type: 'file', table: 'f0019-2020' },
        { name: 'blacklist', off: 210, len: 1, type: 'enum', enum: 'blacklist' },
        { name: 'reserved', off: 211, len: 63, type: 'bytes', reserved: true },
      ],
      example: {
        hex:
          'B4 02001234 02 01 00' +
          'B2E2CAD437010001 0100 3701012023000001 20230101 20330101' +
          'B2E241313233343500000000 0000 01 00 002E1210 04 02 001B 000005' +
          '5445535456454849434C453030303031 54455354454E47494E45303030303031' +
          '0000000000000000000000000000000000000000' +
          'B2E2CAD437010001 16 40 3701 1200000000000001 20230101 20330101' +
          'B2E241313233343500000000 00 00 01 00000000000000 00002710' +
          'AA2900 3701 0102 01 6553E2F0 01 03 000000 00000000 B2E241313233343500000000' +
          `00 02 000000 00 00000000 00 ${reserved}`,
        value: {
          obuId: '02001234',
          deviceType: 'twoPiece',
          cardPresent: 'present',
          obuStatus: 'ok',
          sysInfo: {
            issuer: 'B2E2CAD437010001',
            contractType: 1,
            contractVersion: 0,
            contractSerial: '3701012023000001',
            issueDate: '20230101',
            expireDate: '20330101',
          },
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
          balance: 10000,
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
          blacklist: 'notListed',
          reserved,
        },
      },
    },
  ],
}
