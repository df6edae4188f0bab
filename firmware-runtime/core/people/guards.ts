// What an act on money needs beside a session: the person's own PIN again, or another person's within ten minutes.
// A row of the call table names one of these, or says 'pin' or 'fourEyes' by itself.
import { isCountOfDrawer, isMessage, isOfSums } from '../billing/day-tally.ts'
import { takesOf } from '../values/payment-means.ts'

export type Guard = 'none' | 'pin' | 'fourEyes'

export interface GuardedAct {
  readonly means?: unknown
  /** How an item of the books ends. */
  readonly how?: unknown
  readonly itemId?: unknown
  /** Of a car that was picked by its photo among those that it may be. */
  readonly stayId?: unknown
  /** False at an entry and where no car stands: nobody leaves by that. */
  readonly letsOut: boolean
  /** Its car has an order: what is due is what is paid, whoever takes it. */
  readonly isPriced?: boolean
  /** As the lot wants it: a large amount is released, or let go of, by two people. */
  readonly largeNeedsTwo?: boolean
  /** The car there owes a large amount. */
  readonly isLarge?: boolean
  /** Which device a test of the set-up moves. */
  readonly device?: unknown
  /** What a test of a lane's own device does. */
  readonly kind?: unknown
  /** Lanes run: what the set-up moves and seals is theirs. */
  readonly isLive?: boolean
}
type GuardOf = (given: GuardedAct) => Guard
/** As a row of the call table says it. 'fourEyes' is for money that goes back and stays that are closed unpaid, beside the lanes: nobody waits for a second person there. */
export type GuardRule = Guard | GuardOf

export const guardBy = (rule: GuardRule, given: GuardedAct): Guard =>
  typeof rule === 'function' ? rule(given) : rule

/** Another plate owes another amount, and free lets go of all of it; collected later it is still owed. */
const letsGoOfLarge = ({ largeNeedsTwo, isLarge }: GuardedAct): boolean =>
  largeNeedsTwo === true && isLarge === true

export const largeRelease: GuardOf = ({ largeNeedsTwo }) =>
  largeNeedsTwo === true ? 'fourEyes' : 'pin'

/** A car in front of a boom waits for nobody's second person: what a lane does needs one's own PIN. */
export const openGuard: GuardOf = ({ letsOut }) => (letsOut ? 'pin' : 'none')

/** A plate that is typed says what the car owes: it may be that of a member. */
export const plateGuard: GuardOf = (given) => {
  if (letsGoOfLarge(given)) return 'fourEyes'
  return given.letsOut && given.stayId === undefined ? 'pin' : 'none'
}

/**
 * Cash of an order is in the drawer, which is counted. Whatever takes no money lets a car out unpaid, by whichever word;
 * nothing is held against a transfer; without an order a person alone says how much it is.
 */
export const settleGuard: GuardOf = (given) => {
  const { means, isPriced = true } = given
  const takes = typeof means === 'string' ? takesOf(means) : null
  if (takes === 'nothing' && letsGoOfLarge(given)) return 'fourEyes'
  const isUnpaid = takes !== null && takes !== 'amount'
  return isUnpaid || means === 'transfer' || !isPriced ? 'pin' : 'none'
}

/** The key of the gateway is that of the money of running lanes. */
export const liveGuard: GuardOf = ({ isLive }) => (isLive === true ? 'pin' : 'none')

/** The board of a lane by another spelling of its address opens that lane. */
export const liveBarrier: GuardOf = (given) =>
  given.device === 'barrier' ? liveGuard(given) : 'none'

/** Nothing closes a boom behind a test: the next car would go unpaid. */
export const liveOpen: GuardOf = (given) =>
  given.kind === 'open' && given.letsOut ? liveGuard(given) : 'none'

/**
 * Money goes back by two people, and who counted the drawer does not end alone what was missing in it. Where sums differ
 * and words alone end it, nobody brings the money: that is written off by another name.
 */
export const endGuard: GuardOf = ({ how, itemId }) => {
  // What the end of a driver's word names went back by a refund of its own.
  if (typeof itemId === 'string' && isMessage(itemId)) return 'pin'
  if (how === 'refunded') return 'fourEyes'
  if (typeof itemId !== 'string') return 'pin'
  const isTwos = isCountOfDrawer(itemId) || (how === 'explained' && isOfSums(itemId))
  return isTwos ? 'fourEyes' : 'pin'
}

/**
 * Beside the lanes one person alone goes as far as `aloneFenMax`, and another one looks at it later. What a lane asks two
 * people for has no such measure: where there is nobody else it is refused, and the car is taken otherwise.
 */
export const mayBeAlone = (name: string): boolean => !name.startsWith('lane.')
