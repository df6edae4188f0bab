// What an act on money needs beside a session: the person's own PIN again, or another person's within ten minutes.
// An approval is of one request, by its hash: another amount or another car is another request.
import { takesOf } from '../values/payment-means.ts'
import { mayDo, type Right, type Role } from '../values/roles.ts'
import type { InstantMs } from '../values/instant.ts'

type Guard = 'none' | 'pin' | 'fourEyes'

interface GuardedAct {
  readonly name: string
  readonly means?: unknown
  /** False at an entry and where no car stands: nobody leaves by that. */
  readonly letsOut: boolean
  /** As the lot wants it: a large amount is released by two people. */
  readonly largeNeedsTwo?: boolean
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

/**
 * Who holds the key of copies opens the lot anywhere; a drawer that opens for no sale is money, and so is what a merchant's
 * word takes off a price, or an owner off what is owed.
 */
const ownPin = ['backup.key', 'day.drawer', 'coupons.validate', 'arrears.waive']

/** A car in front of a boom waits for nobody's second person: what a lane does needs one's own PIN. */
export function guardOf({ name, means, letsOut, largeNeedsTwo }: GuardedAct): Guard {
  if (fourEyes.includes(name)) return 'fourEyes'
  if (name === 'lane.release') return largeNeedsTwo === true ? 'fourEyes' : 'pin'
  if (ownPin.includes(name)) return 'pin'
  if (name === 'lane.open') return letsOut ? 'pin' : 'none'
  // Whatever takes no money now lets a car out unpaid, by whichever word.
  const isUnpaid = typeof means === 'string' && takesOf(means) !== 'amount'
  return name === 'lane.settle' && isUnpaid ? 'pin' : 'none'
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
