// What an act on money needs beside a session: the person's own PIN again, or another person's within ten minutes.
// An approval is of one request, by its hash: another amount or another car is another request.
import { isCountOfDrawer, isOfSums } from '../billing/day-tally.ts'
import { takesOf } from '../values/payment-means.ts'
import { mayDo, type Right, type Role } from '../values/roles.ts'
import type { InstantMs } from '../values/instant.ts'

type Guard = 'none' | 'pin' | 'fourEyes'

interface GuardedAct {
  readonly name: string
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

/** Money that goes back, or a stay that is closed unpaid, beside the lanes: nobody waits for it there. */
const fourEyes = [
  'refunds.given',
  'pay.refund',
  'day.writeOff',
  'charges.settle',
  'stays.close',
  'inside.recount',
]

const ownPin = [
  // Who holds the key of copies opens the lot anywhere.
  'backup.key',
  // A drawer that opens for no sale is money, and whoever counts it takes out what does not stay.
  'day.drawer',
  'day.count',
  // What takes off a price by a person's word, or off what is owed.
  'coupons.validate',
  'points.use',
  'arrears.waive',
  // What later cars owe.
  'members.issue',
  'members.import',
  'coupons.issue',
  'coupons.import',
  'points.import',
  'inside.import',
  'tariff.save',
  'clock.confirm',
  // What a platform is told of a charge.
  'queue.mend',
  'queue.release',
  // Cars of a lot that is open meet it.
  'rehearse.begin',
  // Its car goes for a fen, and that comes back.
  'first.start',
  // The certificate that the platform makes of the former request fits no key any more.
  'setup.requestAnew',
  'setup.import',
  // Lets access tests begin before the survey is accepted.
  'acceptance.override',
  'papers.review',
  'setup.begin',
  'setup.revert',
]

/** A car in front of a boom waits for nobody's second person: what a lane does needs one's own PIN. */
export function guardOf(given: GuardedAct): Guard {
  const { name, letsOut, largeNeedsTwo } = given
  if (fourEyes.includes(name)) return 'fourEyes'
  if (name === 'lane.release') return largeNeedsTwo === true ? 'fourEyes' : 'pin'
  if (letsGoOfLarge(given)) return 'fourEyes'
  if (name === 'day.end') return endGuard(given)
  if (ownPin.includes(name)) return 'pin'
  if (given.isLive === true && isOfLanes(given)) return 'pin'
  if (name === 'lane.open') return letsOut ? 'pin' : 'none'
  // A plate that is typed says what the car owes: it may be that of a member.
  if (name === 'lane.correctPlate') return letsOut && given.stayId === undefined ? 'pin' : 'none'
  return name === 'lane.settle' ? settleGuard(given) : 'none'
}

/**
 * Cash of an order is in the drawer, which is counted. Whatever takes no money lets a car out unpaid, by whichever word;
 * nothing is held against a transfer; without an order a person alone says how much it is.
 */
function settleGuard({ means, isPriced = true }: GuardedAct): Guard {
  const isUnpaid = typeof means === 'string' && takesOf(means) !== 'amount'
  return isUnpaid || means === 'transfer' || !isPriced ? 'pin' : 'none'
}

/** Another plate owes another amount, and free lets go of all of it; collected later it is still owed. */
const letsGoOfLarge = ({ name, means, largeNeedsTwo, isLarge }: GuardedAct): boolean =>
  largeNeedsTwo === true &&
  isLarge === true &&
  (name === 'lane.correctPlate' ||
    (name === 'lane.settle' && typeof means === 'string' && takesOf(means) === 'nothing'))

/**
 * Beside the lanes one person alone goes as far as `aloneFenMax`, and another one looks at it later. What a lane asks two
 * people for has no such measure: where there is nobody else it is refused, and the car is taken otherwise.
 */
export const mayBeAlone = (name: string): boolean => !name.startsWith('lane.')

/** The board of a lane by another spelling of its address opens that lane; the key of the gateway is that of its money. */
const isOfLanes = ({ name, device, kind, letsOut }: GuardedAct): boolean =>
  name === 'setup.key' ||
  (name === 'setup.try' && device === 'barrier') ||
  // Nothing closes a boom behind a test: the next car would go unpaid.
  (name === 'test.begin' && kind === 'open' && letsOut)

/**
 * Money goes back by two people, and who counted the drawer does not end alone what was missing in it. Where sums differ
 * and words alone end it, nobody brings the money: that is written off by another name.
 */
function endGuard({ how, itemId }: GuardedAct): Guard {
  if (how === 'refunded') return 'fourEyes'
  if (typeof itemId !== 'string') return 'pin'
  const isTwos = isCountOfDrawer(itemId) || (how === 'explained' && isOfSums(itemId))
  return isTwos ? 'fourEyes' : 'pin'
}

/** A PIN that was typed for one act, by its command id. */
export interface Assent {
  readonly personId: string
  readonly commandId: string
  readonly atMs: InstantMs
}
export const assentMs = 2 * 60_000

export const hasAssent = (
  assents: readonly Assent[],
  wanted: Pick<Assent, 'personId' | 'commandId'>,
  nowMs: InstantMs,
): boolean =>
  assents.some(
    ({ personId, commandId, atMs }) =>
      personId === wanted.personId &&
      commandId === wanted.commandId &&
      nowMs >= atMs &&
      nowMs - atMs < assentMs,
  )

/** What an act is about, by the names of its call: which car, how much. */
export type ActFacts = Readonly<Record<string, string | number | boolean>>

/** Of a call's arguments, of a list how many; who asks, why and by which command stands beside them. */
export function factsOf(args: object): ActFacts {
  const beside = ['by', 'reason', 'approvedBy', 'commandId']
  const isFact = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value)
  const facts = Object.entries(args).map(([name, value]: [string, unknown]) => {
    return [name, Array.isArray(value) ? value.length : value] as const
  })
  return Object.fromEntries(
    facts.filter(([name, value]) => !beside.includes(name) && isFact(value)),
  ) as ActFacts
}

export interface ActRequest {
  readonly id: string
  /** Of the call's name and all its arguments, with who asks. */
  readonly hash: string
  readonly name: string
  readonly right: Right
  readonly byId: string
  readonly reason: string
  readonly facts: ActFacts
  readonly atMs: InstantMs
  readonly approvedBy: string | null
}
export const requestMs = 10 * 60_000
const requestsMax = 50

export const openRequests = (
  requests: readonly ActRequest[],
  nowMs: InstantMs,
): readonly ActRequest[] => requests.filter(({ atMs }) => nowMs >= atMs && nowMs - atMs < requestMs)

/** The newest are kept: who asks for more than that in ten minutes asks again. */
export const requested = (
  requests: readonly ActRequest[],
  request: ActRequest,
): readonly ActRequest[] => [
  ...openRequests(requests, request.atMs).slice(1 - requestsMax),
  request,
]

type ApprovalFault = 'noRequest' | 'samePerson' | 'notAllowed'

export function approvalFault(
  request: ActRequest | null,
  approver: { readonly id: string; readonly role: Role },
): ApprovalFault | null {
  if (request === null) return 'noRequest'
  if (request.byId === approver.id) return 'samePerson'
  return mayDo(approver.role, request.right) ? null : 'notAllowed'
}
