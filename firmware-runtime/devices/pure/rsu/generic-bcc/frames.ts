// The frames of generic-bcc (rsu-interface.md 2.2), in the order of their type byte.
// Adding a frame is one row.
import { f0015, statusBits, vehicle79 } from '../files.ts'
import { form, frame, zeros, type FieldRow } from '../frame-rows.ts'
import type { FrameTable } from '../table-types.ts'

const card = f0015.example
const vehicle = vehicle79.example
/** File 0019 without its head, as read from the card and as written by us. */
const record = '37010102016553E2F0010300000000000000000000000001B2E241313233343500000000'
const written = '37010102026553F100010300000000000000000000000001B2E241313233343500000000'
const debited = '37010102026553F100010400000000000000000000000001B2E241313233343500000000'

const b0Head: readonly FieldRow[] = [
  ['status', 2, 1, 'enum b0Status', 'ok'],
  ['psamCount', 3, 1, 'uint', 2],
  ['psamTerminal1', 4, 6, 'hex', '370100000001'],
  ['psamTerminal2', 10, 6, 'hex', '370100000002'],
  ['algorithm', 16, 1, 'uint', 0],
  ['manufacturer', 17, 1, 'hex', '08'],
  ['rsuId', 18, 3, 'hex', '000829'],
  ['softwareVersion', 21, 2, 'hex', '0200'],
]
const b2Head: readonly FieldRow[] = [
  ['obuId', 2, 4, 'hex', '02001234'],
  ['error', 6, 1, 'enum b2Error', 'ok'],
  ['issuer', 7, 8, 'hex', 'B2E2CAD437010001'],
]
const b2Contract: readonly FieldRow[] = [
  ['contractType', 15, 1, 'uint', 1],
  ['contractVersion', 16, 1, 'uint', 0],
]
const contractAt = (off: number): readonly FieldRow[] => [
  ['contractSerial', off, 8, 'hex', '3701012023000001'],
  ['issueDate', off + 8, 4, 'bcdDate', '20230101'],
  ['expireDate', off + 12, 4, 'bcdDate', '20330101'],
]
const statusAt = (off: number): readonly FieldRow[] => [
  ['equipmentClass', off, 1, 'hex', '10'],
  ['status', off + 1, 1, 'bits', ['contactlessCard'], { bits: statusBits }],
  ['removal', off + 2, 1, 'uint', 1],
]
const b2Hex = 'B2 02001234 00 B2E2CAD437010001'
const contractHex = '3701012023000001 20230101 20330101'
const b4Head: readonly FieldRow[] = [
  ['obuId', 2, 4, 'hex', '02001234'],
  ['error', 6, 1, 'enum b4Error', 'ok'],
  ['cardType', 7, 1, 'uint', 22],
  ['physicalType', 8, 1, 'uint', 0],
  ['transType', 9, 1, 'hex', '10'],
  ['balance', 10, 4, 'fen', 10000],
  ['cardId', 14, 4, 'hex', '01234567'],
  ['card', 18, 43, 'file f0015', card.value],
]
const b5Head: readonly FieldRow[] = [
  ['obuId', 2, 4, 'hex', '02001234'],
  ['error', 6, 1, 'enum b5Error', 'ok'],
  ['fileWriteTime', 7, 4, 'unix32', 1700000000],
  ['psamTerminal', 11, 6, 'hex', '370100000001'],
]
const c6Head: readonly FieldRow[] = [
  ['obuId', 2, 4, 'hex', '02001234'],
  ['diversifier', 6, 8, 'hex', 'B2E2CAD437010001'],
  ['transactionSerial', 14, 4, 'uint', 0, { reserved: true }],
  ['amount', 18, 4, 'fen', 500],
  ['time', 22, 7, 'bcdDateTime', '20231115061320'],
]
const recordWrite = (code: string) =>
  form('station36', 62, `${code} 02001234 B2E2CAD437010001 00000000 20231115061320 ${written}`, [
    ['obuId', 2, 4, 'hex', '02001234'],
    ['diversifier', 6, 8, 'hex', 'B2E2CAD437010001'],
    ['transactionSerial', 14, 4, 'uint', 0],
    ['time', 18, 7, 'bcdDateTime', '20231115061320'],
    ['station', 25, 36, 'hex', written],
  ])

export const bccFrames: readonly FrameTable[] = [
  // 4C: antenna switch (4C and C4 by device, section 9 row 1).
  // Answered by B0, by an empty acknowledgement or not at all.
  frame('4C', 'antennaSwitch', 'pc', 'reject', [
    form('switch', 4, '4C 01', [['switch', 2, 1, 'uint', 1]]),
  ]),
  // B0: device status, the answer to C0.
  // The 28-byte form has one reserved byte less.
  frame('B0', 'deviceStatus', 'rsu', 'rest', [
    form('reserved5', 29, 'B0 00 02 370100000001 370100000002 00 08 000829 0200 0000000000', [
      ...b0Head,
      ['reserved', 23, 5, 'bytes', '0000000000'],
    ]),
    form('reserved4', 28, 'B0 00 02 370100000001 370100000002 00 08 000829 0200 00000000', [
      ...b0Head,
      ['reserved', 23, 4, 'bytes', '00000000'],
    ]),
  ]),
  // B1: state of a loop wired to the RSU.
  // Only RSUs with their own loops send it.
  frame('B1', 'loopCoil', 'rsu', 'rest', [
    form('coil', 5, 'B1 01 03', [
      ['coil', 2, 1, 'uint', 1],
      ['count', 3, 1, 'uint', 3],
    ]),
  ]),
  // B2: OBU system information, or a heartbeat.
  // Heartbeats: error 80 with OBU id 00000000, the same cut short, or OBU id FFFFFFFF.
  frame('B2', 'obuInfo', 'rsu', 'reject', [
    form('plain', 35, `${b2Hex} ${contractHex} 10 20 01`, [
      ...b2Head,
      ...contractAt(15),
      ...statusAt(31),
    ]),
    form('withContract', 37, `${b2Hex} 01 00 ${contractHex} 10 20 01`, [
      ...b2Head,
      ...b2Contract,
      ...contractAt(17),
      ...statusAt(33),
    ]),
    form('withCardId', 47, `${b2Hex} 01 00 ${contractHex} 37011200000000000001 10 20 01`, [
      ...b2Head,
      ...b2Contract,
      ...contractAt(17),
      ['cardId', 33, 10, 'hex', '37011200000000000001'],
      ...statusAt(43),
    ]),
    form('heartbeat', 8, 'B2 00000000 80', [
      ['obuId', 2, 4, 'hex', '00000000'],
      ['error', 6, 1, 'enum b2Error', 'heartbeat'],
    ]),
  ]),
  // B3: vehicle information of the OBU.
  // One dialect sends the whole 79-byte vehicle file instead of its first 16 bytes.
  frame('B3', 'vehicleInfo', 'rsu', 'reject', [
    form('short', 24, 'B3 02001234 00 B2E241313233343500000000 0000 01 00', [
      ['obuId', 2, 4, 'hex', '02001234'],
      ['error', 6, 1, 'enum b3Error', 'ok'],
      ['plate', 7, 12, 'gbkText', '测A12345'],
      ['colour', 19, 2, 'uint', 0],
      ['vehicleClass', 21, 1, 'uint', 1],
      ['userType', 22, 1, 'uint', 0],
    ]),
    form('wholeFile', 87, `B3 02001234 00 ${vehicle.hex}`, [
      ['obuId', 2, 4, 'hex', '02001234'],
      ['error', 6, 1, 'enum b3Error', 'ok'],
      ['vehicle', 7, 79, 'file vehicle79', vehicle.value],
    ]),
  ]),
  // B4: card information. Length 62 + station record.
  // The station record is file 0019 with (39, 43) or without (36, 40) its 3-byte head.
  frame('B4', 'cardInfo', 'rsu', 'reject', [
    form('station36', 98, `B4 02001234 00 16 00 10 00002710 01234567 ${card.hex} ${record}`, [
      ...b4Head,
      ['station', 61, 36, 'hex', record],
    ]),
    form(
      'station39',
      101,
      `B4 02001234 00 16 00 10 00002710 01234567 ${card.hex} AA2900${record}`,
      [...b4Head, ['station', 61, 39, 'hex', `AA2900${record}`]],
    ),
    form(
      'station43',
      105,
      `B4 02001234 00 16 00 10 00002710 01234567 ${card.hex} AA2900${record}00000000`,
      [...b4Head, ['station', 61, 43, 'hex', `AA2900${record}00000000`]],
    ),
    form(
      'withEf04',
      202,
      `B4 02001234 00 00 00002710 ${card.hex} AA2900${record}00000000 00 013A 005B ${zeros(98)}`,
      [
        ['obuId', 2, 4, 'hex', '02001234'],
        ['error', 6, 1, 'enum b4Error', 'ok'],
        ['cardReadStatus', 7, 1, 'uint', 0],
        ['balance', 8, 4, 'fen', 10000],
        ['card', 12, 43, 'file f0015', card.value],
        ['station', 55, 43, 'hex', `AA2900${record}00000000`],
        ['ef04Status', 98, 1, 'uint', 0],
        ['ef04Offset', 99, 2, 'uint', 314],
        ['ef04Length', 101, 2, 'uint', 91],
        ['ef04', 103, 98, 'bytes', zeros(98), { reserved: true }],
      ],
    ),
  ]),
  // B5: transaction result. 18 bytes when nothing was debited.
  // The 36-byte form of one dialect has another order and no PSAM terminal number.
  frame('B5', 'transactionResult', 'rsu', 'reject', [
    form(
      'debit',
      40,
      'B5 02001234 00 6553F100 370100000001 20231115061321 09 A1B2C3D4 0012 00000011 0000251C',
      [
        ...b5Head,
        ['time', 17, 7, 'bcdDateTime', '20231115061321'],
        ['transType', 24, 1, 'hex', '09'],
        ['tac', 25, 4, 'hex', 'A1B2C3D4'],
        ['cardSerial', 29, 2, 'uint', 18],
        ['psamSerial', 31, 4, 'uint', 17],
        ['balanceAfter', 35, 4, 'fen', 9500, { nullWhen: 'FFFFFFFF' }],
      ],
    ),
    form('withoutDebit', 18, 'B5 02001234 00 6553F100 370100000001', b5Head),
    form(
      'withoutTerminal',
      36,
      'B5 02001234 00 20231115061321 00000011 0012 09 0000251C A1B2C3D4 6553F100 00 00',
      [
        ['obuId', 2, 4, 'hex', '02001234'],
        ['error', 6, 1, 'enum b5Error', 'ok'],
        ['time', 7, 7, 'bcdDateTime', '20231115061321'],
        ['psamSerial', 14, 4, 'uint', 17],
        ['cardSerial', 18, 2, 'uint', 18],
        ['transType', 20, 1, 'hex', '09'],
        ['balanceAfter', 21, 4, 'fen', 9500, { nullWhen: 'FFFFFFFF' }],
        ['tac', 25, 4, 'hex', 'A1B2C3D4'],
        ['fileWriteTime', 29, 4, 'unix32', 1700000000],
        ['keyType', 33, 1, 'uint', 0],
        ['ef04Status', 34, 1, 'uint', 0],
      ],
    ),
  ]),
  // BD of one dialect: data for PSAM authorisation.
  // The 8 random bytes go to the authorisation platform.
  frame('BD', 'psamAuthorisation', 'rsu', 'rest', [
    form('data', 27, 'BD 00 37010000000000000001 20 37010000 0102030405060708', [
      ['error', 2, 1, 'uint', 0],
      ['psamSerialNumber', 3, 10, 'hex', '37010000000000000001'],
      ['version', 13, 1, 'uint', 32],
      ['area', 14, 4, 'hex', '37010000'],
      ['random', 18, 8, 'hex', '0102030405060708'],
    ]),
  ]),
  // BF of one dialect: result of PSAM authorisation.
  // SW 9000 is success.
  frame('BF', 'psamAuthorised', 'rsu', 'rest', [
    form('result', 6, 'BF 00 9000', [
      ['error', 2, 1, 'uint', 0],
      ['statusWord', 3, 2, 'hex', '9000'],
    ]),
  ]),
  // C0: initialise. The RSU answers with B0.
  // Byte 14 is a wait in seconds on some devices, the BST interval in ms on others (section 9 row 3).
  frame('C0', 'initialise', 'pc', 'reject', [
    form('full', 19, 'C0 6553F100 20231115061320 04 01 08 00 01', [
      ['unixTime', 2, 4, 'unix32', 1700000000],
      ['time', 6, 7, 'bcdDateTime', '20231115061320'],
      ['laneMode', 13, 1, 'uint', 4],
      ['waitOrInterval', 14, 1, 'uint', 1],
      ['powerStep', 15, 1, 'uint', 8],
      ['channel', 16, 1, 'uint', 0],
      ['transactionMode', 17, 1, 'uint', 1],
    ]),
  ]),
  // C1: go on with this OBU; after B5 it ends the transaction.
  // The 7-byte form carries no diversification factor.
  frame('C1', 'continue', 'pc', 'reject', [
    form('withDiversifier', 15, 'C1 02001234 B2E2CAD437010001', [
      ['obuId', 2, 4, 'hex', '02001234'],
      ['diversifier', 6, 8, 'hex', 'B2E2CAD437010001'],
    ]),
    form('plain', 7, 'C1 02001234', [['obuId', 2, 4, 'hex', '02001234']]),
  ]),
  // C2: stop type 1 drops this OBU and searches again, 2 asks for the frame again.
  // Other stop types belong to single devices and are not sent (section 9 row 8).
  frame('C2', 'stop', 'pc', 'reject', [
    form('stop', 8, 'C2 02001234 01', [
      ['obuId', 2, 4, 'hex', '02001234'],
      ['stopType', 6, 1, 'uint', 1],
    ]),
  ]),
  // C3: write an entry record without a debit.
  // Answered by the 18-byte B5.
  frame('C3', 'entryWrite', 'pc', 'reject', [recordWrite('C3')]),
  // C4: antenna switch (4C and C4 by device, section 9 row 1).
  // Answered by B0, by an empty acknowledgement or not at all.
  frame('C4', 'antennaSwitch', 'pc', 'reject', [
    form('switch', 4, 'C4 01', [['switch', 2, 1, 'uint', 1]]),
  ]),
  // C6: debit and write the station record. Never repeated.
  // Its time goes into MAC1 and TAC, so it is business time of the PC (section 3.2).
  frame('C6', 'debit', 'pc', 'reject', [
    form(
      'station36',
      66,
      `C6 02001234 B2E2CAD437010001 00000000 000001F4 20231115061320 ${debited}`,
      [...c6Head, ['station', 29, 36, 'hex', debited]],
    ),
    form(
      'station40',
      70,
      `C6 02001234 B2E2CAD437010001 00000000 000001F4 20231115061320 ${debited}00000000`,
      [...c6Head, ['station', 29, 40, 'hex', `${debited}00000000`]],
    ),
  ]),
  // C7: write an exception record, laid out as C3.
  // Answered by the 18-byte B5.
  frame('C7', 'exceptionWrite', 'pc', 'reject', [recordWrite('C7')]),
]
