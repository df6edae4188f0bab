// generic-bcc 1.0 as one table: frames, codes, what a code says about the money, capabilities. Error codes are those of
// the only published firmware (rsu-interface.md 2.5.5); any other code is unknown.
import type { VariantTable } from '../table-types.ts'
import {
  bstIntervalMs,
  channel,
  noMoney,
  parkingColours,
  powerStep,
  timingOf,
  variantBase,
} from '../variant-base.ts'
import { bccFrames } from './frames.ts'

export const genericBcc: VariantTable = {
  ...variantBase,
  id: 'generic-bcc',
  counting: { dataStartsAt: 1, lengthAdds: 2 },
  // The heartbeat comes at least once a minute; three missed ones count as a lost link (5.4).
  timing: timingOf(180_000, 0),
  sequence: 'swapped',
  powerUpSeq: 0x98,
  opensWith: 'B2',
  heartbeat: { forms: ['error80', 'onesId'], reply: 'none' },
  psam: { start: 'CD', data: 'BD', apply: 'CF', result: 'BF', atStart: false },
  impliedTransType: null,
  frames: bccFrames,
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
    b8Error: noMoney,
  },
  b4Readable: ['00'],
  // Section 4.5: 6 is green and 7 blue-white in the parking source of this variant; 4 and 5 as in all other sources.
  plateColours: parkingColours,
  laneModes: { entry: 3, exit: 4 },
  antennaSwitch: '4C',
  settings: [
    powerStep,
    channel,
    { ...bstIntervalMs, id: 'rereadWaitSec', field: 'waitOrInterval', usual: 1 },
  ],
  capabilities: { proofFetch: false, vehicleFrame: true, heartbeatReply: false, emptyAck: true },
}
