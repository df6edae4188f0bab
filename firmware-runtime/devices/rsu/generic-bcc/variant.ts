// generic-bcc 1.0 as one table: frames, codes, what a code says about the money, capabilities. Error codes are those of
// the only published firmware (rsu-interface.md 2.5.5); any other code is unknown.
import { fileTables } from '../files.ts'
import type { VariantTable } from '../table-types.ts'
import { bccFrames } from './frames.ts'

export const genericBcc: VariantTable = {
  id: 'generic-bcc',
  version: '1.0',
  extends: null,
  evidence: 'document',
  counting: { dataStartsAt: 1, lengthAdds: 2 },
  // The heartbeat comes at least once a minute; three missed ones count as a lost link (5.4).
  timing: {
    heartbeatLossMs: 180_000,
    interByteSerialMs: 20,
    interByteTcpMs: 200,
    rereadSilenceMs: 0,
    resultTimeMs: 5000,
  },
  sequence: 'swapped',
  powerUpSeq: 0x98,
  statusAtPowerUp: false,
  opensWith: 'B2',
  afterResult: 'C1',
  proofAnswer: 'B8',
  searchStarts: 'switch',
  heartbeat: { forms: ['error80', 'onesId'], reply: 'none' },
  psam: { start: 'CD', data: 'BD', apply: 'CF', result: 'BF', atStart: false },
  timeBase: 'utc',
  impliedTransType: null,
  frames: bccFrames,
  files: fileTables,
  enums: {
    b0Status: { '00': 'ok', '01': 'psamReset', '02': 'antennaLink', '03': 'controllerInit' },
    b2Error: { '00': 'ok', '80': 'heartbeat' },
    b3Error: { '00': 'ok', '04': 'noAnswer', '06': 'notDecrypted', '2E': 'psamNotAuthorised' },
    b4Error: {
      '00': 'ok',
      '08': 'noAnswer',
      '09': 'stationRefused',
      '20': 'ef04NoAnswer',
      '21': 'ef04Refused',
    },
    b5Error: {
      '00': 'ok',
      '10': 'initialiseNoAnswer',
      '11': 'initialiseRefused',
      '13': 'mac1Failed',
      '16': 'debitNoAnswer',
      '17': 'debitRefused',
      '19': 'mac2Refused',
      '22': 'ef04NoAnswer',
      '23': 'ef04Refused',
      '35': 'proofNoAnswer',
      '36': 'proofRefused',
    },
  },
  moneyState: {
    b5Error: {
      // 19: debited on the card, with doubtful authenticity: a person decides, so unknown here.
      codes: {
        '00': 'paid',
        '10': 'unpaid',
        '11': 'unpaid',
        '13': 'unpaid',
        '16': 'unknown',
        '17': 'unknown',
        '19': 'unknown',
        '22': 'paid',
        '23': 'paid',
      },
      // Entry lanes write EF04 first, so these two codes mean that no debit was tried.
      entryLane: { '22': 'unpaid', '23': 'unpaid' },
      otherwise: 'unknown',
    },
    b8Error: { codes: {}, entryLane: {}, otherwise: 'unknown' },
  },
  b4Readable: ['00'],
  // Section 4.5: 6 is green and 7 blue-white in the parking source of this variant; 4 and 5 as in all other sources.
  plateColours: {
    '0': 'blue',
    '1': 'yellow',
    '2': 'black',
    '3': 'white',
    '4': 'green',
    '5': 'yellowGreen',
    '6': 'green',
    '7': 'blueWhite',
  },
  laneModes: { entry: 3, exit: 4 },
  antennaSwitch: '4C',
  settings: [
    { id: 'powerStep', frame: 'C0', field: 'powerStep', add: 0, min: 0, max: 31, usual: 8 },
    { id: 'channel', frame: 'C0', field: 'channel', add: 0, min: 0, max: 1, usual: 0 },
    {
      id: 'rereadWaitSec',
      frame: 'C0',
      field: 'waitOrInterval',
      add: 0,
      min: 1,
      max: 255,
      usual: 1,
    },
  ],
  powerStepMax: 31,
  capabilities: { proofFetch: false, vehicleFrame: true, heartbeatReply: false, emptyAck: true },
}
