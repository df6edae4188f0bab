// Confirmation that an act on money needs beside a session: the person's own PIN again, or another person's within ten minutes.
// A row of the call table names one of these functions, or states 'pin' or 'fourEyes' directly.
import { takesOf } from './payment-means.ts'

export type Guard = 'none' | 'pin' | 'fourEyes'

export interface GuardedAct {
  readonly means?: unknown
  /** How an item of the books ends. */
  readonly how?: unknown
  readonly itemId?: unknown
  /** The stay of a car that was picked by its photo from several candidates. */
  readonly stayId?: unknown
  /** False at an entry and where no car stands: no car can leave by it. */
  readonly letsOut: boolean
  /** Its car has an order, so the amount is the amount due and not the person's choice. */
  readonly isPriced?: boolean
  /** Setting of the lot: a large amount needs two people to be released or waived. */
  readonly largeNeedsTwo?: boolean
  /** The car there owes a large amount. */
  readonly isLarge?: boolean
  /** Device that a set-up test moves. */
  readonly device?: unknown
  /** Kind of a test of a lane's own device. */
  readonly kind?: unknown
  /** Lanes are running, so the set-up acts on their devices and keys. */
  readonly isLive?: boolean
}
export type GuardOf = (given: GuardedAct) => Guard
/** Value in the call table. 'fourEyes' applies away from the lanes, where no car waits: to refunds and stays closed unpaid. */
export type GuardRule = Guard | GuardOf

export const guardBy = (rule: GuardRule, given: GuardedAct): Guard =>
  typeof rule === 'function' ? rule(given) : rule

/** True when a second person must confirm an act that can waive a large amount: another plate, or `free`. */
const letsGoOfLarge = ({ largeNeedsTwo, isLarge }: GuardedAct): boolean =>
  largeNeedsTwo === true && isLarge === true

export const largeRelease: GuardOf = ({ largeNeedsTwo }) =>
  largeNeedsTwo === true ? 'fourEyes' : 'pin'

/** A car in front of a boom does not wait for a second person: acts at a lane need only the person's own PIN. */
export const openGuard: GuardOf = ({ letsOut }) => (letsOut ? 'pin' : 'none')

/** A typed plate decides the amount due: it may be that of a member. */
export const plateGuard: GuardOf = (given) => {
  if (letsGoOfLarge(given)) return 'fourEyes'
  return given.letsOut && given.stayId === undefined ? 'pin' : 'none'
}

/**
 * Cash for an order is checked by the count of the drawer. A means that takes no money lets a car out unpaid; a
 * transfer has no counter-check; without an order the amount is the person's word alone.
 */
export const settleGuard: GuardOf = (given) => {
  const { means, isPriced = true } = given
  const takes = typeof means === 'string' ? takesOf(means) : null
  if (takes === 'nothing' && letsGoOfLarge(given)) return 'fourEyes'
  const isUnpaid = takes !== null && takes !== 'amount'
  return isUnpaid || means === 'transfer' || !isPriced ? 'pin' : 'none'
}

/** The gateway key moves the money of running lanes. */
export const liveGuard: GuardOf = ({ isLive }) => (isLive === true ? 'pin' : 'none')

/** A relay board addressed in another spelling would still open that lane's barrier. */
export const liveBarrier: GuardOf = (given) =>
  given.device === 'barrier' ? liveGuard(given) : 'none'

/** A test does not close the boom afterwards: the next car would leave unpaid. */
export const liveOpen: GuardOf = (given) =>
  given.kind === 'open' && given.letsOut ? liveGuard(given) : 'none'

/**
 * Away from the lanes one person may act alone up to `aloneFenMax`, and another one reviews it later. An act at a lane that
 * needs two people has no such limit: without a second person it is refused, and the car is settled otherwise.
 */
export const mayBeAlone = (name: string): boolean => !name.startsWith('lane.')
