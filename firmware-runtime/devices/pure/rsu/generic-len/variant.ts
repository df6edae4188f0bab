// generic-len 1.0 as one table: frames, codes, what a code says about the money, capabilities. Codes of
// rsu-interface.md 2.4 and 2.5.1. No source says what an error in B5 means for the money.
import type { VariantTable } from '../table-types.ts'
import {
  channel,
  noMoney,
  parkingColours,
  powerStep,
  timingOf,
  variantBase,
} from '../variant-base.ts'
import { lenFrames } from './frames.ts'

export const genericLen: VariantTable = {
  ...variantBase,
  id: 'generic-len',
  counting: { dataStartsAt: 0, lengthAdds: 0 },
  // The interval of its heartbeat is not published; the longest one of any variant is a minute (2.2).
  timing: timingOf(180_000, 20_000),
  sequence: 'none',
  powerUpSeq: null,
  opensWith: 'B4',
  heartbeat: { forms: ['b2Status'], reply: 'none' },
  psam: { start: 'CA', data: 'BA', apply: 'CB', result: 'BB', atStart: true },
  // The parking source of this variant uploads 09 for every debit (4.7).
  impliedTransType: '09',
  frames: lenFrames,
  enums: {
    b0Status: { '00': 'ok', '01': 'rf', '02': 'psam' },
    heartbeatStatus: { '00': 'ok', '01': 'rf', '02': 'psam' },
    psamAuthorisation: { '00': 'authorised', '01': 'notAuthorised' },
    baError: { '00': 'ok', '01': 'powerOnInitialisation' },
    bbError: { '00': 'ok', '01': 'onlineAuthorisation' },
    workMode: { '00': 'normal', '54': 'continuousTest', '45': 'noDecryption' },
    deviceType: { '01': 'singlePiece', '02': 'twoPiece' },
    cardPresent: { '00': 'absent', '01': 'present' },
    obuStatus: { '00': 'ok', '01': 'removed' },
    blacklist: { '00': 'notListed', '01': 'black', '02': 'white' },
    algorithm: { '00': '3des', '04': 'sm4' },
    b5Error: {
      '00': 'ok',
      '01': 'obuTimeout',
      '02': 'noCard',
      '03': 'badData',
      '04': 'tagError',
      '05': 'cardError',
    },
  },
  moneyState: {
    b5Error: {
      // A time-out may come after the debit, and the other four codes name an object, not a step: unknown (5.1).
      codes: {
        '00': 'paid',
        '01': 'unknown',
        '02': 'unknown',
        '03': 'unknown',
        '04': 'unknown',
        '05': 'unknown',
      },
      entryLane: {},
      otherwise: 'unknown',
    },
    b8Error: noMoney,
  },
  // B4 has no error byte: it is sent only after a successful reading.
  b4Readable: [],
  // The parking source of section 4.5; it does not list 4 and 5, which are the same in all other sources.
  plateColours: parkingColours,
  laneModes: { entry: 0, exit: 0 },
  antennaSwitch: 'C4',
  settings: [powerStep, channel],
  capabilities: { proofFetch: false, vehicleFrame: false, heartbeatReply: false, emptyAck: false },
}
