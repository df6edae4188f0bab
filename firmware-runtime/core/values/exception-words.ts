// What was out of the ordinary at one passage (clause 8.3.1), by a word of this product.
// A dialect says what its platform calls it.

export type ExceptionWord =
  | 'obuNotRead'
  | 'obuUnreadable'
  | 'cardUnreadable'
  | 'plateMismatch'
  | 'blacklisted'
  | 'expired'
  | 'insufficient'
  | 'debitFailed'
  | 'noTac'
  | 'psamFault'
  | 'severalTags'
  | 'noAnswerTwice'
  | 'refused'
  | 'largeAmount'
  | 'repeatSuspected'
  | 'listTooOld'
  | 'other'

/** A row of before holds the number that its platform gives the word. */
export type ExceptionType = ExceptionWord | number

/** `noTac` in a row of before. */
const noTacOfBefore = 10

/** No TAC is known, so no platform can be told of the charge. */
export const isNoTac = (type: ExceptionType): boolean => type === 'noTac' || type === noTacOfBefore
