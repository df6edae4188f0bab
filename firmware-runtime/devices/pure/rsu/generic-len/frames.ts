// The frames of generic-len (rsu-interface.md 2.4), in the order of their type byte.
// Adding a frame is one row.
import { debitedRecord, f0015, f0019Year2020, sysinfo26, vehicle79 } from '../files.ts'
import { form, frame, zeros } from '../frame-rows.ts'
import type { FrameTable } from '../table-types.ts'

const card = f0015.example
const station = f0019Year2020.example
const vehicle = vehicle79.example
const sysInfo = sysinfo26.example

export const lenFrames: readonly FrameTable[] = [
  // B0: device status, the answer to C0.
  // Its last byte says whether the PSAM is authorised: without that no vehicle file can be decrypted.
  frame('B0', 'deviceStatus', 'rsu', 'reject', [
    form('full', 13, 'B0 00 02 000829 1000 0001 1106 00', [
      ['status', 1, 1, 'enum b0Status', 'ok'],
      ['manufacturer', 2, 1, 'hex', '02'],
      ['rsuId', 3, 3, 'hex', '000829'],
      ['softwareVersion', 6, 2, 'hex', '1000'],
      ['hardwareVersion', 8, 2, 'hex', '0001'],
      ['protocolVersion', 10, 2, 'hex', '1106'],
      ['psamAuthorisation', 12, 1, 'enum psamAuthorisation', 'authorised'],
    ]),
  ]),
  // B2: the heartbeat, and nothing else.
  // In the other variants the same type byte tells an OBU: never decode it by another table.
  frame('B2', 'heartbeat', 'rsu', 'rest', [
    form('heartbeat', 4, 'B2 00 01 00', [
      ['status', 1, 1, 'enum heartbeatStatus', 'ok'],
      ['antennaSwitch', 2, 1, 'uint', 1],
      ['psamAuthorisation', 3, 1, 'enum psamAuthorisation', 'authorised'],
    ]),
  ]),
  // B4: OBU, vehicle, card, balance and station record in one.
  // It comes unasked and opens the dialogue; device type 01 is single-piece here (section 9 row 4).
  frame('B4', 'obuVehicleAndCard', 'rsu', 'reject', [
    form(
      'full',
      274,
      `B4 02001234 02 01 00 ${sysInfo.hex} ${vehicle.hex} ${card.hex} ${zeros(7)} 00002710 ${station.hex} 00 ${zeros(63)}`,
      [
        ['obuId', 1, 4, 'hex', '02001234'],
        ['deviceType', 5, 1, 'enum deviceType', 'twoPiece'],
        ['cardPresent', 6, 1, 'enum cardPresent', 'present'],
        ['obuStatus', 7, 1, 'enum obuStatus', 'ok'],
        ['sysInfo', 8, 26, 'file sysinfo26', sysInfo.value],
        ['vehicle', 34, 79, 'file vehicle79', vehicle.value],
        ['card', 113, 43, 'file f0015', card.value],
        ['cardPadding', 156, 7, 'bytes', zeros(7), { reserved: true }],
        ['balance', 163, 4, 'fen', 10000],
        ['station', 167, 43, 'file f0019-2020', station.value],
        ['blacklist', 210, 1, 'enum blacklist', 'notListed'],
        ['reserved', 211, 63, 'bytes', zeros(63), { reserved: true }],
      ],
    ),
  ]),
  // B5: transaction result. Codes are in table b5Error.
  // The 64-byte record begins at offset 7. That FFFFFFFF means an unread balance is assumed (2.2).
  frame('B5', 'transactionResult', 'rsu', 'reject', [
    form(
      'debit',
      71,
      `B5 02001234 02 00 0000251C 20231115061321 00 00000011 370100000001 0012 A1B2C3D4 01020304 ${zeros(32)}`,
      [
        ['obuId', 1, 4, 'hex', '02001234'],
        ['deviceType', 5, 1, 'enum deviceType', 'twoPiece'],
        ['error', 6, 1, 'enum b5Error', 'ok'],
        ['balanceAfter', 7, 4, 'fen', 9500, { nullWhen: 'FFFFFFFF' }],
        ['time', 11, 7, 'bcdDateTime', '20231115061321'],
        ['algorithm', 18, 1, 'enum algorithm', '3des'],
        ['psamSerial', 19, 4, 'uint', 17],
        ['psamTerminal', 23, 6, 'hex', '370100000001'],
        ['cardSerial', 29, 2, 'uint', 18],
        ['tac', 31, 4, 'hex', 'A1B2C3D4'],
        ['random', 35, 4, 'hex', '01020304'],
        ['reserved', 39, 32, 'bytes', zeros(32), { reserved: true }],
      ],
    ),
  ]),
  // BA: PSAM data, the answer to CA, as in generic-ver without
  // its counts. The terminal number stands here and not in B0.
  frame('BA', 'psamData', 'rsu', 'reject', [
    form(
      'one',
      36,
      'BA 00 370100000001 37010000000000000001 04 20 3701000000000000 0102030405060708',
      [
        ['error', 1, 1, 'enum baError', 'ok'],
        ['terminal', 2, 6, 'hex', '370100000001'],
        ['serialNumber', 8, 10, 'hex', '37010000000000000001'],
        ['keyType', 18, 1, 'enum algorithm', 'sm4'],
        ['version', 19, 1, 'uint', 32],
        ['area', 20, 8, 'hex', '3701000000000000'],
        ['random', 28, 8, 'hex', '0102030405060708'],
      ],
    ),
  ]),
  // BB: result of PSAM authorisation.
  // SW 9000 is success.
  frame('BB', 'psamResult', 'rsu', 'reject', [
    form('one', 4, 'BB 00 9000', [
      ['error', 1, 1, 'enum bbError', 'ok'],
      ['statusWord', 2, 2, 'hex', '9000'],
    ]),
  ]),
  // C0: initialise. The RSU answers with B0.
  // Work mode 00 is the normal one; 54 tests without end, 45 does not decrypt: neither is sent.
  frame('C0', 'initialise', 'pc', 'reject', [
    form('full', 8, 'C0 6553F100 08 00 00', [
      ['unixTime', 1, 4, 'unix32', 1700000000],
      ['powerStep', 5, 1, 'uint', 8],
      ['channel', 6, 1, 'uint', 0],
      ['workMode', 7, 1, 'enum workMode', 'normal'],
    ]),
  ]),
  // C1: the transaction of this OBU is complete, after B5 alone.
  // There is no "go on" here: B4 comes unasked.
  frame('C1', 'complete', 'pc', 'reject', [
    form('plain', 5, 'C1 02001234', [['obuId', 1, 4, 'hex', '02001234']]),
  ]),
  // C2: ignore this OBU. It has no stop type and asks for no
  // frame again.
  frame('C2', 'ignore', 'pc', 'reject', [
    form('plain', 5, 'C2 02001234', [['obuId', 1, 4, 'hex', '02001234']]),
  ]),
  // C4: antenna switch, 00 off and 01 on.
  // What answers it is not public; the heartbeat tells.
  frame('C4', 'antennaSwitch', 'pc', 'reject', [
    form('switch', 2, 'C4 01', [['switch', 1, 1, 'uint', 1]]),
  ]),
  // C6: debit and write the station record. Never repeated.
  // It names no diversifier, but the time of entry beside that of the debit.
  frame('C6', 'debit', 'pc', 'reject', [
    form('full', 66, `C6 02001234 000001F4 20231115061320 ${debitedRecord.hex} 20231115041320`, [
      ['obuId', 1, 4, 'hex', '02001234'],
      ['amount', 5, 4, 'fen', 500],
      ['time', 9, 7, 'bcdDateTime', '20231115061320'],
      ['station', 16, 43, 'file f0019-2020', debitedRecord.value],
      ['entryTime', 59, 7, 'bcdDateTime', '20231115041320'],
    ]),
  ]),
  // CA: asks for the PSAM. The first word of a start.
  // Nothing but the type byte: this variant has one PSAM, so no channel is named.
  frame('CA', 'psamStart', 'pc', 'reject', [form('bare', 1, 'CA', [])]),
  // CB: applies a PSAM authorisation. Its payload is not public
  // (8 bytes are assumed), so it is kept as bytes: read in captures, never sent by the driver.
  frame('CB', 'psamApply', 'pc', 'reject', [
    form('opaque', 'any', 'CB 1112131415161718', [
      ['payload', 1, 'fill', 'bytes', '1112131415161718'],
    ]),
  ]),
]
