// A PIN that was typed again for one act, and requests for the approval of a second person.
// An approval is of one request, by its hash: another amount or another car is another request.
import { mayDo, type Right, type Role } from '#base/pure/values/roles.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'

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

/** Subject of an act by the argument names of its call: which car, how much. */
export type ActFacts = Readonly<Record<string, string | number | boolean>>

/** Facts of a call for the approver: its arguments, for a list its length; requester, reason and command id are separate. */
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
  /** Hash of the call's name, all its arguments and the requester. */
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

/** Keeps the newest requests; beyond the limit an older one must be made again. */
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
