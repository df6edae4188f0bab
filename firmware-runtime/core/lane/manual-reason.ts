// Why a car goes to a person: the words that lanes, boards and ledgers share.
// A display has a text for each (driver-text.ts).

/** Why a car needs a person (clause 8.3.1 and P14). */
export type ManualReason =
  | 'obuNotRead'
  | 'plateNotRead'
  | 'passInDoubt'
  | 'noStay'
  | 'insufficient'
  | 'blacklisted'
  | 'plateMismatch'
  | 'obuInvalid'
  /** The card shows a purse that no card holds. */
  | 'cardDamaged'
  | 'refused'
  | 'noAnswerTwice'
  | 'platformDown'
  | 'rsuGone'
  /** The lane has no antenna: nothing is out of order, and nothing of ETC can pay there. */
  | 'noRsu'
  | 'largeAmount'
  | 'repeatSuspected'
  | 'offlineCaps'
  | 'noDestination'
  | 'psamNotAuthorised'
  | 'psamNotStated'
  | 'statusList'
  | 'listTooOld'
  | 'notSignedIn'
  | 'signInExpired'
  | 'outcomeUnknown'
  | 'ledgerStopped'
  | 'tooLate'
  /** The clock cannot say how long this car stood: core/lot/clock-watch.ts. */
  | 'clockUnsure'
  /** A pile or handheld that is not where it may charge, or nobody knows where it is. */
  | 'outsideFence'
  | 'positionUnknown'
  /** At an entry: every bay is taken or kept for a reservation. */
  | 'lotFull'
  /** At an entry: the reservation platform lets only reserved cars in now. */
  | 'flowControl'
