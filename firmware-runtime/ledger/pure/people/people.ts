// The accounts of a lot and their changes, as (state, event) -> (state, effects).
// Ids and names are never reused; the last owner cannot be removed; a removed account keeps its name and loses its secret.
import { roles, type Role } from '#base/pure/values/roles.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import { afterWrong, lockLeftMs, unlocked, type Lock } from './lock.ts'

/** A hashed secret with the parameters of its hash. */
export interface StoredSecret {
  readonly n: number
  readonly r: number
  readonly p: number
  readonly salt: string
  readonly hash: string
}

export interface Account {
  readonly id: string
  readonly name: string
  readonly role: Role
  /** Null: removed. */
  readonly secret: StoredSecret | null
  readonly secretAtMs: InstantMs
  /** Another person knows the secret: the owner of the account must set a new one at the next sign-in. */
  readonly mustChange: boolean
  readonly lock: Lock
  /** Barred by a person until a person lifts it; absent: not barred. */
  readonly isBarred?: true
  /** The last change by hand; absent: made before these were recorded. */
  readonly changed?: AccountChange
}

/** Changes of an account by a person, each with its reason. */
export const accountActs = [
  'added',
  'secretSet',
  'roleSet',
  'barred',
  'removed',
  'unlocked',
] as const
type AccountAct = (typeof accountActs)[number]

interface AccountChange {
  readonly act: AccountAct
  readonly by: string
  /** Empty: no reason is required, as for the person's own secret. */
  readonly reason: string
  readonly atMs: InstantMs
}

export type People = readonly Account[]

export type SecretUse = 'people.signIn' | 'people.confirm' | 'people.approve'

export type PeopleEvent =
  | {
      readonly type: 'added'
      readonly name: string
      readonly role: Role
      readonly secret: StoredSecret
      /** The person set it and no one else knows it. */
      readonly isOwn: boolean
      readonly atMs: InstantMs
    }
  | {
      readonly type: 'secretSet'
      readonly id: string
      readonly secret: StoredSecret
      readonly isOwn: boolean
      readonly atMs: InstantMs
    }
  /** A change of role sets a new secret: roles differ in the secret they require. */
  | {
      readonly type: 'roleSet'
      readonly id: string
      readonly role: Role
      readonly secret: StoredSecret
      readonly isOwn: boolean
      readonly atMs: InstantMs
    }
  /** Sign-in is refused until it is unlocked. */
  | { readonly type: 'barred'; readonly id: string }
  | { readonly type: 'removed'; readonly id: string }
  /** Only for a lot that never ran: the account cannot have signed anything yet. */
  | { readonly type: 'withdrawn'; readonly id: string }
  | { readonly type: 'unlocked'; readonly id: string }
  | {
      readonly type: 'checked'
      readonly id: string
      readonly isRight: boolean
      /** Purpose for which the secret was entered. */
      readonly act: SecretUse
      readonly atMs: InstantMs
    }

export type PeopleEffect =
  /** Made durable before the other effects of the step. */
  | { readonly do: 'audit'; readonly act: string; readonly id: string; readonly result: string }
  | { readonly do: 'keep' }
  | { readonly do: 'endSessions'; readonly id: string }

type PeopleRefusal = 'noSuchPerson' | 'nameTaken' | 'lastOwner' | 'tooMany'

type PeopleStep =
  | {
      readonly ok: true
      readonly people: People
      readonly account: Account
      readonly effects: readonly PeopleEffect[]
    }
  | { readonly ok: false; readonly refusal: PeopleRefusal }

const peopleMax = 200
/** A secret expires after this many days; until it is changed the person may do nothing else. */
export const secretDaysMax = 180
const dayMs = 86_400_000

export const isHere = ({ secret }: Account): boolean => secret !== null
export const isExpired = ({ secretAtMs }: Account, nowMs: InstantMs): boolean =>
  nowMs - secretAtMs > secretDaysMax * dayMs

export const accountOf = (people: People, id: string): Account | null =>
  people.find((account) => account.id === id && isHere(account)) ?? null

const folded = (name: string): string => name.normalize('NFKC').trim().toLowerCase()

/** Finds an account by a typed id or a name. */
export const accountNamed = (people: People, text: string): Account | null =>
  accountOf(people, text) ??
  people.find((account) => isHere(account) && folded(account.name) === folded(text)) ??
  null

const refusal = (why: PeopleRefusal): PeopleStep => ({ ok: false, refusal: why })

function done(
  people: People,
  account: Account,
  act: string,
  more: { readonly result?: string; readonly endsSessions?: boolean } = {},
): PeopleStep {
  const { id } = account
  const { result = 'done', endsSessions = false } = more
  const effects: PeopleEffect[] = [{ do: 'audit', act, id, result }, { do: 'keep' }]
  if (endsSessions) effects.push({ do: 'endSessions', id })
  const isNew = people.every((one) => one.id !== id)
  const next = isNew ? [...people, account] : people.map((one) => (one.id === id ? account : one))
  return { ok: true, people: next, account, effects }
}

function added(people: People, event: Extract<PeopleEvent, { type: 'added' }>): PeopleStep {
  const { name, role, secret, atMs, isOwn } = event
  if (people.length >= peopleMax) return refusal('tooMany')
  // Names of removed accounts stay reserved: a name in the ledger belongs to one person for ever.
  if (people.some((one) => folded(one.name) === folded(name))) return refusal('nameTaken')
  const id = `p${people.length + 1}`
  const account: Account = {
    id,
    name: name.normalize('NFKC').trim(),
    role,
    secret,
    secretAtMs: atMs,
    mustChange: !isOwn,
    lock: unlocked,
  }
  return done(people, account, `people.add ${role}`)
}

/** Number of owners who can still sign in. */
const ownersOf = (people: People): number =>
  people.filter((one) => isHere(one) && one.isBarred !== true && one.role === roles[0]).length

const isLastOwner = (people: People, { role, isBarred }: Account): boolean =>
  role === 'owner' && isBarred !== true && ownersOf(people) === 1

/** The account without its bar. */
const unbarred = ({ isBarred: _, ...account }: Account): Account => ({ ...account, lock: unlocked })

function checked(
  people: People,
  account: Account,
  { isRight, act, atMs }: Extract<PeopleEvent, { type: 'checked' }>,
): PeopleStep {
  if (isRight) return done(people, { ...account, lock: unlocked }, act)
  const lock = afterWrong(account.lock, atMs)
  const result = lockLeftMs(lock, atMs) > 0 ? 'locked' : 'refused'
  return done(people, { ...account, lock }, act, { result })
}

/** `who`: the acting person, reason and time; null: no person, as when a secret is checked. */
export function stepPeople(
  people: People,
  event: PeopleEvent,
  who: Omit<AccountChange, 'act'> | null = null,
): PeopleStep {
  const step = stepOf(people, event)
  const act = accountActs.find((one) => one === event.type)
  if (!step.ok || who === null || act === undefined) return step
  const account = { ...step.account, changed: { act, ...who } }
  return {
    ...step,
    account,
    people: step.people.map((one) => (one.id === account.id ? account : one)),
  }
}

function stepOf(people: People, event: PeopleEvent): PeopleStep {
  if (event.type === 'added') return added(people, event)
  const account = accountOf(people, event.id)
  if (account === null) return refusal('noSuchPerson')
  switch (event.type) {
    case 'secretSet': {
      const { secret, isOwn, atMs } = event
      const next = { ...account, secret, secretAtMs: atMs, mustChange: !isOwn, lock: unlocked }
      return done(people, next, 'people.secret', { endsSessions: true })
    }
    case 'roleSet': {
      const { role, secret, isOwn, atMs } = event
      if (role !== 'owner' && isLastOwner(people, account)) return refusal('lastOwner')
      const next = {
        ...account,
        role,
        secret,
        secretAtMs: atMs,
        mustChange: !isOwn,
        lock: unlocked,
      }
      return done(people, next, `people.role ${account.role} ${role}`, { endsSessions: true })
    }
    case 'barred':
      if (isLastOwner(people, account)) return refusal('lastOwner')
      return done(people, { ...account, isBarred: true }, 'people.lock', { endsSessions: true })
    case 'removed':
      if (isLastOwner(people, account)) return refusal('lastOwner')
      return done(people, { ...unbarred(account), secret: null }, 'people.remove', {
        endsSessions: true,
      })
    case 'withdrawn': {
      const left = people.filter(({ id }) => id !== event.id)
      if (account.role === 'owner' && left.length > 0 && ownersOf(left) === 0)
        return refusal('lastOwner')
      const numbered = left.map((one, index) => ({ ...one, id: `p${index + 1}` }))
      const { id } = account
      const audit = { do: 'audit', act: 'people.withdraw', id, result: 'done' } as const
      return { ok: true, people: numbered, account, effects: [audit, { do: 'keep' }] }
    }
    case 'unlocked':
      return done(people, unbarred(account), 'people.unlock')
    case 'checked':
      return checked(people, account, event)
  }
}
