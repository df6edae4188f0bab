// The frames of generic-ver (rsu-interface.md 2.3), in the order of their type byte.
// Adding a frame is one row.
import { debitedRecord, f0015, f0019Year2020, statusBits, sysinfo26, vehicle79 } from '../files.ts'
import { counted, entry, form, frame, zeros, type FieldRow } from '../frame-rows.ts'
import type { FrameTable } from '../table-types.ts'

const card = f0015.example
const station = f0019Year2020.example
const vehicle = vehicle79.example
const sysInfo = sysinfo26.example

const b0Psam = entry([
  ['channel', 0, 1, 'uint', 1],
  ['version', 1, 1, 'uint', 32],
  ['authState', 2, 1, 'uint', 0],
  ['terminal', 3, 6, 'hex', '370100000001'],
])
const b1Psam = entry([
  ['channel', 0, 1, 'uint', 1],
  ['runState', 1, 1, 'uint', 0],
  ['authState', 2, 1, 'uint', 0],
])
const b1Antenna = entry([
  ['antennaId', 0, 1, 'uint', 1],
  ['state', 1, 1, 'enum antennaState', 'ok'],
  ['channel', 2, 1, 'uint', 0],
  ['powerStep', 3, 1, 'uint', 8],
])
const baPsam = entry([
  ['channel', 0, 1, 'uint', 1],
  ['terminal', 1, 6, 'hex', '370100000001'],
  ['serialNumber', 7, 10, 'hex', '37010000000000000001'],
  ['version', 17, 1, 'uint', 32],
  ['keyType', 18, 1, 'uint', 4],
  ['area', 19, 8, 'hex', '3701000000000000'],
  ['random', 27, 8, 'hex', '0102030405060708'],
])
const bbPsam = entry([
  ['channel', 0, 1, 'uint', 1],
  ['status', 1, 1, 'uint', 0],
  ['statusWord', 2, 2, 'hex', '9000'],
])
const cbPsam = entry([
  ['channel', 0, 1, 'uint', 1],
  ['authState', 1, 1, 'uint', 1],
  ['apdu', 2, 13, 'hex', '00820000081112131415161718'],
])
const b4Head: readonly FieldRow[] = [
  ['obuId', 1, 4, 'hex', '02001234'],
  ['error', 5, 1, 'enum b4Error', 'ok'],
  ['transType', 6, 1, 'hex', '10'],
]
const c6Hex = `C6 02001234 B2E2CAD437010001 02 000001F4 20231115061320 ${debitedRecord.hex} ${zeros(91)}`
const c6Rows: readonly FieldRow[] = [
  ['obuId', 1, 4, 'hex', '02001234'],
  ['diversifier', 5, 8, 'hex', 'B2E2CAD437010001'],
  ['tradeType', 13, 1, 'enum tradeType', 'debitOnly'],
  ['amount', 14, 4, 'fen', 500],
  ['time', 18, 7, 'bcdDateTime', '20231115061320'],
  ['station', 25, 43, 'file f0019-2020', debitedRecord.value],
  ['ef04Block1', 68, 91, 'bytes', zeros(91), { reserved: true }],
]

export const verFrames: readonly FrameTable[] = [
  // B0: device status, the answer to C0. Length 18 + 9n.
  // Devices are known whose PSAM count byte says 0 before one entry: n comes from the length then.
  frame('B0', 'deviceStatus', 'rsu', 'reject', [
    form(
      'counted',
      counted(18, 'psamCount', 9),
      'B0 00 01 01 20 00 370100000001 00 08 000829 2009 00 000000 03040000',
      [
        ['status', 1, 1, 'enum b0Status', 'ok'],
        ['psamCount', 2, 1, 'uint', 1],
        ['psam', 3, 9, 'repeat psamCount', [b0Psam.value], { each: b0Psam.each }],
        ['algorithm', '+', 1, 'uint', 0],
        ['manufacturer', '+', 1, 'hex', '08'],
        ['rsuId', '+', 3, 'hex', '000829'],
        ['softwareVersion', '+', 2, 'hex', '2009'],
        ['workState', '+', 1, 'uint', 0],
        ['flagId', '+', 3, 'hex', '000000'],
        ['interfaceVersion', '+', 4, 'hex', '03040000'],
      ],
    ),
  ]),
  // B1: controller heartbeat. Length 8 + 3n + 3m + 4h.
  // The counts can be wrong: one antenna at the end is taken as given, else only the tail is read.
  frame('B1', 'heartbeat', 'rsu', 'rest', [
    form(
      'counted',
      {
        base: 8,
        per: { psamCount1: 3, psamCount2: 3, antennaCount: 4 },
        derive: { assume: { psamCount2: 0, antennaCount: 1 }, solve: 'psamCount1' },
      },
      'B1 001101 01 01 00 00 00 01 01 01 00 00 08',
      [
        ['controllers', 1, 3, 'hex', '001101'],
        ['psamCount1', 4, 1, 'uint', 1],
        ['psam1', 5, 3, 'repeat psamCount1', [b1Psam.value], { each: b1Psam.each }],
        ['psamCount2', '+', 1, 'uint', 0],
        ['psam2', '+', 3, 'repeat psamCount2', [], { each: b1Psam.each }],
        ['antennaCount', '+', 1, 'uint', 1],
        ['antennasWorking', '+', 1, 'uint', 1],
        ['antennas', '+', 4, 'repeat antennaCount', [b1Antenna.value], { each: b1Antenna.each }],
      ],
    ),
    form('tail', 'any', 'B1 001101 010100000001 01 00 00 08', [
      ['controllers', 1, 3, 'hex', '001101'],
      ['middle', 4, 'fill', 'bytes', '010100000001'],
      ['antennaId', '+', 1, 'uint', 1],
      ['state', '+', 1, 'enum antennaState', 'ok'],
      ['channel', '+', 1, 'uint', 0],
      ['powerStep', '+', 1, 'uint', 8],
    ]),
  ]),
  // B2: OBU information.
  // Device type 01 is a two-piece OBU, 02 a single-piece one, 03 a CPC card.
  frame('B2', 'obuInfo', 'rsu', 'rest', [
    form('full', 37, `B2 02001234 00 01 01 ${sysInfo.hex} 10 20 01`, [
      ['obuId', 1, 4, 'hex', '02001234'],
      ['error', 5, 1, 'enum b2Error', 'ok'],
      ['antennaId', 6, 1, 'uint', 1],
      ['deviceType', 7, 1, 'enum deviceType', 'twoPiece'],
      ['sysInfo', 8, 26, 'file sysinfo26', sysInfo.value],
      ['equipmentClass', 34, 1, 'hex', '10'],
      ['status', 35, 1, 'bits', ['contactlessCard'], { bits: statusBits }],
      ['removal', 36, 1, 'uint', 1],
    ]),
  ]),
  // B3: the vehicle file by itself, where B4 has the card alone (rsu-interface.md 2.2, dialect S3).
  // Most antennas of this framing send both in one B4; which it is, their frames say.
  frame('B3', 'vehicleInfo', 'rsu', 'reject', [
    form('wholeFile', 85, `B3 02001234 00 ${vehicle.hex}`, [
      ['obuId', 1, 4, 'hex', '02001234'],
      ['error', 5, 1, 'enum b3Error', 'ok'],
      ['vehicle', 6, 79, 'file vehicle79', vehicle.value],
    ]),
  ]),
  // B4: vehicle and card information.
  // 183 bytes, or 274 with the EF04 extract before the card file; 104 where B3 has the vehicle.
  frame('B4', 'vehicleAndCard', 'rsu', 'reject', [
    form(
      'withoutEf04',
      183,
      `B4 02001234 00 10 ${vehicle.hex} 00002710 ${card.hex} ${zeros(7)} ${station.hex}`,
      [
        ...b4Head,
        ['vehicle', 7, 79, 'file vehicle79', vehicle.value],
        ['balance', 86, 4, 'fen', 10000],
        ['card', 90, 43, 'file f0015', card.value],
        ['cardPadding', 133, 7, 'bytes', zeros(7), { reserved: true }],
        ['station', 140, 43, 'file f0019-2020', station.value],
      ],
    ),
    form(
      'withEf04',
      274,
      `B4 02001234 00 10 ${vehicle.hex} 00002710 ${zeros(91)} ${card.hex} ${zeros(7)} ${station.hex}`,
      [
        ...b4Head,
        ['vehicle', 7, 79, 'file vehicle79', vehicle.value],
        ['balance', 86, 4, 'fen', 10000],
        ['ef04', 90, 91, 'bytes', zeros(91)],
        ['card', 181, 43, 'file f0015', card.value],
        ['cardPadding', 224, 7, 'bytes', zeros(7), { reserved: true }],
        ['station', 231, 43, 'file f0019-2020', station.value],
      ],
    ),
    form('cardAlone', 104, `B4 02001234 00 10 00002710 ${card.hex} ${zeros(7)} ${station.hex}`, [
      ...b4Head,
      ['balance', 7, 4, 'fen', 10000],
      ['card', 11, 43, 'file f0015', card.value],
      ['cardPadding', 54, 7, 'bytes', zeros(7), { reserved: true }],
      ['station', 61, 43, 'file f0019-2020', station.value],
    ]),
  ]),
  // B5: transaction result. Codes are in table b5Error.
  // The 20-byte form of CPC cards is not laid out in public text and is refused.
  frame('B5', 'transactionResult', 'rsu', 'reject', [
    form(
      'debit',
      36,
      'B5 02001234 00 370100000001 20231115061321 09 00 01 A1B2C3D4 0012 00000011 0000251C',
      [
        ['obuId', 1, 4, 'hex', '02001234'],
        ['error', 5, 1, 'enum b5Error', 'ok'],
        ['psamTerminal', 6, 6, 'hex', '370100000001'],
        ['time', 12, 7, 'bcdDateTime', '20231115061321'],
        ['transType', 19, 1, 'hex', '09'],
        ['algorithm', 20, 1, 'enum algorithm', '3des'],
        ['keyVersion', 21, 1, 'uint', 1],
        ['tac', 22, 4, 'hex', 'A1B2C3D4'],
        ['cardSerial', 26, 2, 'uint', 18],
        ['psamSerial', 28, 4, 'uint', 17],
        ['balanceAfter', 32, 4, 'fen', 9500, { nullWhen: 'FFFFFFFF' }],
      ],
    ),
  ]),
  // B8: the answer to C8.
  // The TAC may hold old bytes unless the code says that it was read (section 2.5.5).
  frame('B8', 'proof', 'rsu', 'reject', [
    form('full', 18, 'B8 02001234 00 A1B2C3D4 0A0B0C0D 0000251C', [
      ['obuId', 1, 4, 'hex', '02001234'],
      ['error', 5, 1, 'enum b8Error', 'ok'],
      ['tac', 6, 4, 'hex', 'A1B2C3D4'],
      ['mac', 10, 4, 'hex', '0A0B0C0D'],
      ['balanceAfter', 14, 4, 'fen', 9500, { nullWhen: 'FFFFFFFF' }],
    ]),
  ]),
  // BA: PSAM data for authorisation. Length 10 + 35n.
  // The random of each PSAM is valid until the next random request.
  frame('BA', 'psamData', 'rsu', 'reject', [
    form(
      'counted',
      counted(10, 'count', 35),
      'BA 00 20231115061320 01 01 370100000001 37010000000000000001 20 04 3701000000000000 0102030405060708',
      [
        ['error', 1, 1, 'uint', 0],
        ['time', 2, 7, 'bcdDateTime', '20231115061320'],
        ['count', 9, 1, 'uint', 1],
        ['psam', 10, 35, 'repeat count', [baPsam.value], { each: baPsam.each }],
      ],
    ),
  ]),
  // BB: result of PSAM authorisation. Length 3 + 4n.
  // SW 9000 is success.
  frame('BB', 'psamResult', 'rsu', 'reject', [
    form('counted', counted(3, 'count', 4), 'BB 00 01 01 00 9000', [
      ['error', 1, 1, 'uint', 0],
      ['count', 2, 1, 'uint', 1],
      ['psam', 3, 4, 'repeat count', [bbPsam.value], { each: bbPsam.each }],
    ]),
  ]),
  // C0: initialise. The RSU answers with B0.
  // The channel is 01 or 02 here, not 0 or 1 (section 9 row 2).
  frame('C0', 'initialise', 'pc', 'reject', [
    form('full', 22, 'C0 6553F100 20231115061320 13 0A 08 01 01 000000 0000', [
      ['unixTime', 1, 4, 'unix32', 1700000000],
      ['time', 5, 7, 'bcdDateTime', '20231115061320'],
      ['laneMode', 12, 1, 'uint', 19],
      ['bstIntervalMs', 13, 1, 'uint', 10],
      ['powerStep', 14, 1, 'uint', 8],
      ['channel', 15, 1, 'uint', 1],
      ['transactionMode', 16, 1, 'uint', 1],
      ['flagId', 17, 3, 'hex', '000000'],
      ['reserved', 20, 2, 'bytes', '0000', { reserved: true }],
    ]),
  ]),
  // C1: go on with this OBU; after B5 it ends the transaction.
  // The diversifier is normally the issuer id of the OBU.
  frame('C1', 'continue', 'pc', 'reject', [
    form('full', 13, 'C1 02001234 B2E2CAD437010001', [
      ['obuId', 1, 4, 'hex', '02001234'],
      ['diversifier', 5, 8, 'hex', 'B2E2CAD437010001'],
    ]),
  ]),
  // C2: stop type 01 ends and searches again, 02 asks for the frame again.
  // 03 and 04 differ by device and are not sent (section 9 row 8).
  frame('C2', 'stop', 'pc', 'reject', [
    form('withTime', 10, 'C2 02001234 01 6553F100', [
      ['obuId', 1, 4, 'hex', '02001234'],
      ['stopType', 5, 1, 'uint', 1],
      ['unixTime', 6, 4, 'unix32', 1700000000],
    ]),
    form('plain', 6, 'C2 02001234 01', [
      ['obuId', 1, 4, 'hex', '02001234'],
      ['stopType', 5, 1, 'uint', 1],
    ]),
  ]),
  // C4: antenna switch, 00 off and 01 on.
  // Answered by B0, by an acknowledgement or not at all.
  frame('C4', 'antennaSwitch', 'pc', 'reject', [
    form('switch', 2, 'C4 01', [['switch', 1, 1, 'uint', 1]]),
  ]),
  // C6: debit, and EF04 in the longer forms. Never repeated.
  // A wrong trade type debits or skips silently (section 9 row 27): parking sends the 67 bytes.
  frame('C6', 'debit', 'pc', 'reject', [
    form('plain', 67, `C6 02001234 B2E2CAD437010001 000001F4 20231115061320 ${debitedRecord.hex}`, [
      ['obuId', 1, 4, 'hex', '02001234'],
      ['diversifier', 5, 8, 'hex', 'B2E2CAD437010001'],
      ['amount', 13, 4, 'fen', 500],
      ['time', 17, 7, 'bcdDateTime', '20231115061320'],
      ['station', 24, 43, 'file f0019-2020', debitedRecord.value],
    ]),
    form('tradeType', 159, c6Hex, c6Rows),
    form('tradeType5', 164, `${c6Hex} ${zeros(5)}`, [
      ...c6Rows,
      ['ef04Block2', 159, 5, 'bytes', zeros(5)],
    ]),
    form('tradeType15', 174, `${c6Hex} ${zeros(15)}`, [
      ...c6Rows,
      ['ef04Block2', 159, 15, 'bytes', zeros(15)],
    ]),
  ]),
  // C8: fetch the proof of the last debit again.
  // Never combined with an EF04 write: its code would hide that of the proof (section 2.5.5).
  frame('C8', 'fetchProof', 'pc', 'reject', [
    form('plain', 7, 'C8 02001234 0012', [
      ['obuId', 1, 4, 'hex', '02001234'],
      ['cardSerial', 5, 2, 'uint', 18],
    ]),
    form('withEf04', 104, `C8 02001234 0012 01 ${zeros(91)} 0000000000`, [
      ['obuId', 1, 4, 'hex', '02001234'],
      ['cardSerial', 5, 2, 'uint', 18],
      ['ef04Command', 7, 1, 'uint', 1],
      ['ef04Block1', 8, 91, 'bytes', zeros(91)],
      ['ef04Block2', 99, 5, 'bytes', '0000000000'],
    ]),
  ]),
  // CA: start of PSAM authorisation.
  // Bit order of the channel map is assumed: highest bit is channel 1.
  frame('CA', 'psamStart', 'pc', 'reject', [
    form('map32', 5, 'CA 80000000', [['channels', 1, 4, 'hex', '80000000']]),
    form('map16', 3, 'CA 8000', [['channels', 1, 2, 'hex', '8000']]),
  ]),
  // CB: apply PSAM authorisation. Length 2 + 15n.
  // Each APDU is an external authentication that answers the random of BA.
  frame('CB', 'psamApply', 'pc', 'reject', [
    form('counted', counted(2, 'count', 15), 'CB 01 01 01 00820000081112131415161718', [
      ['count', 1, 1, 'uint', 1],
      ['psam', 2, 15, 'repeat count', [cbPsam.value], { each: cbPsam.each }],
    ]),
  ]),
  // CF: answer to the heartbeat B1.
  // Lane texts ask for none, gantry texts for CF 00; a device that needs none ignores it.
  frame('CF', 'heartbeatAck', 'pc', 'reject', [
    form('ack', 2, 'CF 00', [['result', 1, 1, 'uint', 0, { reserved: true }]]),
  ]),
]
