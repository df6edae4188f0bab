// Quirks that real devices of one variant show, by name, with their usual values (rsu-interface.md section 8).
// A test sets them by POST /knobs.

export const usualKnobs = {
  seqMode: 'strict' as 'strict' | 'perType' | 'free',
  /** generic-bcc: 36, 39 or 43 bytes of file 0019 in B4. */
  stationBytes: 36 as 36 | 39 | 43,
  /** generic-bcc: B2 with (37) or without (35) the contract type and version. */
  b2Bytes: 35 as 35 | 37,
  heartbeatForm: 'short' as 'short' | 'zeroId' | 'onesId',
  /** generic-bcc: the check byte is sent without escape, as one field sender does. */
  unescapedBcc: false,
  psamAuthorised: true,
  /** The PSAM refuses every authorisation, whatever the platform answered. */
  psamRefuses: false,
  psamCountZero: false,
  antennaAnswer: 'ack' as 'ack' | 'B0' | 'none',
  /** Debits happen, but B5 cannot read the balance back: FFFFFFFF with error 00. */
  balanceUnreadable: false,
  /** The id in B0, 6 hex. */
  rsuId: '000829',
  /** The firmware version in B0, 4 hex; empty: the dialect's usual one. */
  firmware: '',
  /** Status byte of B0, and of a heartbeat that has one. */
  deviceStatus: 0,
  /** Code in B5 after a debit that took place; 0: the true one. */
  debitCode: 0,
  /** Code in B5 instead of debiting; 0: it debits. */
  refusalCode: 0,
  /** The time in B5 is this many seconds before that of its C6. */
  resultAgeSec: 0,
  /** B5 reports a debit that did not take place. */
  debitsNothing: false,
  /** Fen that every debit takes, whatever C6 asks for; 0: the amount of C6. */
  debitsFen: 0,
  /** Code of every access to file EF04, 0 for done: the card answers nothing, or refuses. */
  ef04Code: 0,
  /** The RSU's own list bars every card. */
  listedBlack: false,
  /** The RSU's clock is off by this many seconds. */
  clockSkewSec: 0,
}

/** `heartbeatMs`: usually that of the dialect. */
export type RsuKnobs = typeof usualKnobs & { heartbeatMs: number }
