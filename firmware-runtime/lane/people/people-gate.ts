// Who makes a call: the machine's own token, a person by the session of a window, or nobody yet. Decides what a person
// lacks for an act on money: the own PIN again, or another person's PIN within ten minutes.
import { createHash } from 'node:crypto'
import { mayDo, type Right, type Role } from '#base/pure/values/roles.ts'
import { t } from '#base/pure/words/fault-text.ts'
import {
  approvalFault,
  hasAssent,
  openRequests,
  requested,
  requestMs,
  factsOf,
  type ActRequest,
  type Assent,
} from '../pure/people/assent.ts'
import type { CallRow } from '#base/calls/rows.ts'
import { guardBy, mayBeAlone, type GuardedAct } from '#base/pure/values/guards.ts'
import { canonicalJson } from '#base/pure/data/json.ts'
import { idleMs, sessionMs } from '../pure/people/sessions.ts'
import { isExpired, type Account } from '#ledger/pure/people/people.ts'
import type {
  ActRequestView,
  GonePersonView,
  MeView,
  PersonView,
  SeatView,
} from '../calls/people-views.ts'
import type { BilingualText } from '#base/pure/words/fault-text.ts'
import { isSamePerson } from '#base/pure/values/same-person.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { apiErrorOf } from '#base/process/api-fault.ts'
import type { Doer, PeopleService, SignedIn } from './people-service.ts'

/** The caller. `role` null: a window without a sign-in. */
export interface Caller {
  readonly role: Role | null
  /** Null: the machine's token, without a window. */
  readonly token: string | null
  readonly person: Pick<Account, 'id' | 'name'> | null
  readonly mustChange: boolean
}

export const machineCaller = (role: Role, token: string | null = null): Caller => ({
  role,
  token,
  person: null,
  mustChange: false,
})

interface GuardedArgs extends Pick<
  GuardedAct,
  'means' | 'how' | 'itemId' | 'stayId' | 'device' | 'kind'
> {
  readonly commandId: string
  readonly reason: string
  readonly laneId?: string
}

interface GateParts {
  readonly service: PeopleService
  nowMs(): number
  /** False at an entry. */
  letsOut(laneId: string): boolean
  /** The car in the lane has an order. */
  isPriced(laneId: string): boolean
  /** Releasing or waiving a large amount needs two people. */
  largeNeedsTwo(): boolean
  /** The car in the lane owes a large amount. */
  isLarge(laneId: string): boolean
  /** Absent: the lot is still being set up. */
  readonly isLive?: true
  waiting(): readonly BilingualText[]
}

interface ChangeArgs {
  readonly by?: string | undefined
  readonly reason?: string | undefined
  readonly commandId?: string | undefined
}

/** Audit text that tells apart two requests of one minute, and says what was approved. */
const wordsOf = ({ id, name, facts }: Pick<ActRequest, 'id' | 'name' | 'facts'>): string =>
  `${name} ${id} ${canonicalJson(facts)}`

/**
 * Acts that name their person themselves and need that person's PIN: each of the two people of a refund, and the one
 * who signs that an acceptance begins without its survey. Declining a refund needs one person only.
 */
const isSigned = (name: string, args: unknown): boolean =>
  name === 'refunds.ask' ||
  name === 'acceptance.override' ||
  (name === 'refunds.answer' && (args as { readonly answer?: unknown }).answer === 'yes')

const hashOf = (name: string, args: unknown, id: string): string =>
  createHash('sha256')
    .update(JSON.stringify([name, args, id]))
    .digest('hex')

export class PeopleGate {
  readonly service: PeopleService
  private readonly parts: GateParts
  private assents: readonly Assent[] = []
  private requests: readonly ActRequest[] = []

  constructor(parts: GateParts) {
    this.parts = parts
    this.service = parts.service
  }

  /** `token` null: the call comes from no window. A lot without accounts gives one role to every caller. */
  callerOf(token: string | null, role: Role): Caller {
    if (token === null || !this.service.asksWho) return machineCaller(role, token)
    const found = this.service.sessionOf(token)
    if (found === null) return { role: null, token, person: null, mustChange: false }
    const { account, session } = found
    const { id, name } = account
    return { role: account.role, token, person: { id, name }, mustChange: session.mustChange }
  }

  /**
   * Throws PEOPLE-05 or PEOPLE-06 until the person, or a second one, has approved exactly these arguments. Returns the
   * name of the second person; null: no second person was needed, or the lot has no second one.
   */
  mustAssent(
    name: string,
    { right, guard: rule }: Pick<CallRow, 'right' | 'guard'>,
    args: unknown,
    { person }: Caller,
  ): string | null {
    if (person === null) return null
    const given = args as GuardedArgs
    const { laneId, commandId } = given
    const letsOut = laneId !== undefined && this.parts.letsOut(laneId)
    const isPriced = laneId !== undefined && this.parts.isPriced(laneId)
    const largeNeedsTwo = this.parts.largeNeedsTwo()
    const isLarge = laneId !== undefined && this.parts.isLarge(laneId)
    const { isLive = false } = this.parts
    const guard = guardBy(rule, { ...given, letsOut, isPriced, largeNeedsTwo, isLarge, isLive })
    if (guard === 'none') return null
    if (guard === 'fourEyes') {
      if (this.hasSecond(person.id, right))
        return this.mustBeApproved(name, right, given, person.id)
      if (!mayBeAlone(name)) throw new LaneFault('PEOPLE-17', { field: '/commandId', value: name })
    }
    // Nobody else could approve, so the own PIN is recorded in the audit for a later check.
    this.mustHavePin(person.id, commandId)
    return null
  }

  private mustHavePin(personId: string, commandId: string): void {
    if (hasAssent(this.assents, { personId, commandId }, this.parts.nowMs())) return
    throw new LaneFault('PEOPLE-05', { field: '/commandId', value: commandId })
  }

  /** PEOPLE-14: where people have accounts, a typed name proves no PIN (ADR 233). */
  mustNotBeTyped(name: string, args: unknown): void {
    const { approvedBy, by } = args as { readonly approvedBy?: unknown; readonly by?: unknown }
    const field = typeof approvedBy === 'string' ? '/approvedBy' : '/by'
    const value = isSigned(name, args) ? by : approvedBy
    if (typeof value !== 'string' || !this.service.hasPeople) return
    const note = t(
      '由业主在窗口用自己的密码放行',
      'an owner must release it in the window with the own PIN',
    )
    const why = name === 'acceptance.override' ? { note } : {}
    throw new LaneFault('PEOPLE-14', { field, value, ...why })
  }

  /** Accounts that may approve another person's request, with a secret of their own. */
  private secondsOf(right: Right, isBy: (account: Account) => boolean): readonly Account[] {
    const nowMs = this.parts.nowMs()
    return this.service.accounts.filter(
      (one) =>
        !isBy(one) &&
        one.isBarred !== true &&
        mayDo(one.role, right) &&
        !one.mustChange &&
        !isExpired(one, nowMs),
    )
  }

  /** Names of people who may be the second one; null: the lot has no accounts. */
  namesOfSeconds(right: Right, by: string): readonly string[] | null {
    if (!this.service.hasPeople) return null
    if (this.service.fault !== null) return []
    return this.secondsOf(right, ({ name }) => isSamePerson(name, by)).map(({ name }) => name)
  }

  private hasSecond(id: string, right: Right): boolean {
    return this.service.accounts.some(
      (one) => one.id !== id && one.isBarred !== true && mayDo(one.role, right),
    )
  }

  private mustBeApproved(name: string, right: Right, args: GuardedArgs, byId: string): string {
    const atMs = this.parts.nowMs()
    const hash = hashOf(name, args, byId)
    const open = openRequests(this.requests, atMs).find((one) => one.hash === hash)
    if (open !== undefined && open.approvedBy !== null)
      return this.service.find(open.approvedBy).name
    const { reason } = args
    const id = open?.id ?? this.service.freshId()
    const facts = factsOf(args)
    const request = { id, hash, name, right, byId, reason, facts, atMs, approvedBy: null }
    if (open === undefined) {
      this.requests = requested(this.requests, request)
      this.service.note(`people.request ${wordsOf(request)}`, byId, reason)
    }
    throw new LaneFault('PEOPLE-06', { field: '/commandId', value: id })
  }

  async confirm(commandId: string, secret: string, caller: Caller): Promise<void> {
    const { id } = this.personOf(caller)
    await this.service.check(id, secret, 'people.confirm')
    const atMs = this.parts.nowMs()
    const kept = this.assents.filter((one) => hasAssent([one], one, atMs))
    this.assents = [...kept, { personId: id, commandId, atMs }]
  }

  async approve(requestId: string, personId: string, secret: string): Promise<void> {
    const found = (): ActRequest | null =>
      openRequests(this.requests, this.parts.nowMs()).find(({ id }) => id === requestId) ?? null
    const fault = (account: Pick<Account, 'id' | 'role'>): void => {
      const why = approvalFault(found(), account)
      if (why !== null)
        throw new LaneFault('PEOPLE-07', { field: '/requestId', value: requestId, note: why })
    }
    fault(this.service.find(personId))
    const account = await this.service.check(personId, secret, 'people.approve')
    fault(account)
    // The person who gave this secret knows it, so it does not prove a second person yet.
    if (account.mustChange || isExpired(account, this.parts.nowMs()))
      throw new LaneFault('PEOPLE-12', { field: '/personId', value: account.name })
    const request = found()
    if (request !== null)
      this.service.note(`people.approved ${wordsOf(request)}`, account.id, request.reason)
    this.requests = this.requests.map((one) =>
      one.id === requestId ? { ...one, approvedBy: account.id } : one,
    )
  }

  openRequests(): readonly ActRequestView[] {
    const nowMs = this.parts.nowMs()
    return openRequests(this.requests, nowMs).map((one) => ({
      id: one.id,
      name: one.name,
      right: one.right,
      by: this.service.find(one.byId).name,
      reason: one.reason,
      facts: one.facts,
      second: this.secondsOf(one.right, ({ id }) => id === one.byId).map(({ id, name, role }) => ({
        id,
        name,
        role,
      })),
      leftSec: Math.ceil((requestMs - (nowMs - one.atMs)) / 1000),
      isApproved: one.approvedBy !== null,
    }))
  }

  /** PEOPLE-03 when nobody is signed in. */
  personOf({ person }: Caller): Pick<Account, 'id' | 'name'> {
    if (person === null) throw new LaneFault('PEOPLE-03')
    return person
  }

  /**
   * Author of a change to an account. `by` is accepted from a caller with the machine's token only. A signed-in person
   * has to give a reason (PEOPLE-13), and to type the own PIN for each change: a person who sets a secret can sign in
   * with it from then on.
   */
  changerOf({ person, role }: Caller, { by, reason, commandId = '' }: ChangeArgs): Doer {
    const why = reason === undefined ? {} : { reason }
    if (person === null) return { by: by ?? 'etc-lane', role: role ?? 'owner', ...why }
    if (reason === undefined) throw new LaneFault('PEOPLE-13', { field: '/reason' })
    this.mustHavePin(person.id, commandId)
    this.assents = this.assents.filter((one) => one.commandId !== commandId)
    return { by: person.name, role: role ?? 'owner', id: person.id, ...why }
  }

  seat({ token }: Caller): Omit<SeatView, 'lot' | 'refused'> {
    const { service } = this
    const { fault } = service
    const found = token === null ? null : service.sessionOf(token)
    return {
      hasPeople: service.asksWho,
      people: fault === null ? service.accounts.map((one) => this.view(one)).map(tileOf) : [],
      me: found === null ? null : this.me(found),
      fault: fault === null ? null : apiErrorOf(fault),
      waitingLanes: this.parts.waiting(),
    }
  }

  me({ account, session }: Omit<SignedIn, 'token'>): MeView {
    const { id, name, role } = account
    const idleLeftMs = session.touchedAtMs + idleMs - this.parts.nowMs()
    return {
      id,
      name,
      role,
      mustChange: session.mustChange,
      idleLeftSec: Math.max(0, Math.ceil(idleLeftMs / 1000)),
      endsIso: isoOf(session.openedAtMs + sessionMs),
    }
  }

  view(account: Account): PersonView {
    const { id, name, role, mustChange, secretAtMs, changed, isBarred = false } = account
    const lockedForSec = Math.ceil(this.service.lockLeftMs(account) / 1000)
    const secretAtIso = isoOf(secretAtMs)
    const tile = { id, name, role, lockedForSec, isBarred }
    return { ...tile, mustChange, secretAtIso, changed: changeOf(changed) }
  }

  /** Removed accounts, last removed first. */
  gone(): readonly GonePersonView[] {
    return this.service.removed
      .map(({ id, name, role, changed }) => ({ id, name, role, changed: changeOf(changed) }))
      .toReversed()
  }
}

function changeOf(changed: Account['changed']): PersonView['changed'] {
  if (changed === undefined) return null
  const { act, by, reason, atMs } = changed
  return { act, by, reason, atIso: isoOf(atMs) }
}

const tileOf = ({ id, name, role, lockedForSec, isBarred }: PersonView) => ({
  id,
  name,
  role,
  lockedForSec,
  isBarred,
})
