// The accounts of a running lot: signs people in, keeps sessions, and carries out the decisions of lane/pure/people in
// order. No lane waits for it; when the file cannot be read, nobody can sign in.
import { t } from '#base/pure/words/fault-text.ts'
import { createHash } from 'node:crypto'
import {
  accountNamed,
  accountOf,
  isExpired,
  isHere,
  stepPeople,
  type Account,
  type People,
  type PeopleEffect,
  type PeopleEvent,
  type SecretUse,
} from '#ledger/pure/people/people.ts'
import { lockLeftMs, unlocked, wrongMax } from '#ledger/pure/people/lock.ts'
import { ended, endedOf, liveSession, opened, touched } from '../pure/people/sessions.ts'
import type { Session, Sessions } from '../pure/people/sessions.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import { secretFault, type SecretFault } from '#base/pure/data/secret-rules.ts'
import type { Role } from '#base/pure/values/roles.ts'
import type { Random } from '#base/ports/clocks.ts'
import type { PeopleAudit, PeopleFile, SecretHasher } from '#ledger/ports/people.ts'

export interface PeopleParts {
  readonly file: PeopleFile
  readonly hasher: SecretHasher
  readonly random: Random
  nowMs(): InstantMs
  /** True while no lot exists: nobody signs in, and a removed account leaves no trace. */
  isDraft?(): boolean
  /** Sessions from before the lanes were reopened. */
  readonly sessions?: Sessions
  /** Durable when it returns; throws when it cannot be written, and then nothing is done. */
  audit(row: PeopleAudit): void
}

/** Author of an act: a person of the lot, or a caller with the machine's token. */
export interface Doer {
  readonly by: string
  readonly role: Role
  /** Account id of a person of the lot. */
  readonly id?: string
  /** The reason; stored in the audit and with the account. */
  readonly reason?: string
}

export interface SignedIn {
  readonly token: string
  readonly account: Account
  readonly session: Session
}

const tokenBytes = 32
const tokenHashOf = (token: string): string => createHash('sha256').update(token).digest('hex')

const refusals = {
  noSuchPerson: {
    code: 'PEOPLE-09',
    field: '/id',
    note: t('没有这个人', 'there is no such person'),
  },
  nameTaken: {
    code: 'PEOPLE-09',
    field: '/name',
    note: t('这个名字用过了', 'the name was used before'),
  },
  lastOwner: { code: 'PEOPLE-08', field: '/id', note: '' },
  tooMany: { code: 'PEOPLE-09', field: '/name', note: t('人员太多', 'there are too many people') },
} as const

export class PeopleService {
  private people: People
  /** Why nobody can sign in. */
  private readonly broken: LaneFault | null
  private sessions: Sessions
  private readonly parts: PeopleParts

  constructor(parts: PeopleParts) {
    this.parts = parts
    this.sessions = parts.sessions ?? []
    try {
      this.people = parts.file.read()
      this.broken = null
    } catch (error) {
      if (!(error instanceof LaneFault)) throw error
      this.people = []
      this.broken = error
    }
  }

  /** With accounts, or an unreadable file of accounts, windows require a sign-in. */
  get hasPeople(): boolean {
    return this.broken !== null || this.people.some(isHere)
  }

  /** Whether windows require a sign-in: a lot with accounts that is not a draft. */
  get asksWho(): boolean {
    return this.hasPeople && !this.isDraft
  }

  private get isDraft(): boolean {
    return this.parts.isDraft?.() === true
  }

  /** Sessions in progress. */
  get seats(): Sessions {
    return this.sessions
  }

  get fault(): LaneFault | null {
    return this.broken
  }

  get accounts(): People {
    return this.readable().filter(isHere)
  }

  /** Removed accounts: their names stay in the books. */
  get removed(): People {
    return this.readable().filter((one) => !isHere(one))
  }

  /** A new unique id for a request or an audit row. */
  freshId = (): string => Buffer.from(this.parts.random.bytes(8)).toString('hex')

  lockLeftMs = ({ lock }: Account): number => lockLeftMs(lock, this.parts.nowMs())

  private readable(): People {
    if (this.broken !== null) throw this.broken
    return this.people
  }

  private step(event: PeopleEvent, doer: Doer | null): Account {
    const change =
      doer === null ? null : { by: doer.by, reason: doer.reason ?? '', atMs: this.parts.nowMs() }
    const step = stepPeople(this.readable(), event, change)
    if (!step.ok) {
      const { code, field, note } = refusals[step.refusal]
      const value = 'id' in event ? event.id : event.type === 'added' ? event.name : ''
      throw new LaneFault(code, { field, value, ...(note === '' ? {} : { note }) })
    }
    const { account, people, effects } = step
    const who = doer ?? { by: account.name, role: account.role }
    for (const effect of effects) this.carryOut(effect, people, account, who)
    return account
  }

  private carryOut(
    effect: PeopleEffect,
    people: People,
    account: Account,
    { by, role, reason = '' }: Doer,
  ): void {
    if (effect.do === 'audit') {
      const { act, result } = effect
      const words = `${act} ${account.id} ${account.name}`
      this.parts.audit({ act: words, by, role, reason, commandId: this.freshId(), result })
    } else if (effect.do === 'keep') {
      this.parts.file.write(people)
      this.people = people
    } else this.sessions = endedOf(this.sessions, effect.id)
  }

  private mustFit(role: Role, name: string, secret: string): void {
    const why = secretFault(role, name, secret)
    if (why !== null) throw new LaneFault('PEOPLE-04', { field: '/secret', note: why })
  }

  /** `isOwn`: the person typed the secret, and nobody else knows it. */
  async add(
    given: { readonly name: string; readonly role: Role; readonly secret: string },
    doer: Doer,
    isOwn: boolean,
  ): Promise<Account> {
    const { name, role, secret: typed } = given
    this.mustFit(role, name, typed)
    const secret = await this.parts.hasher.hash(typed)
    const atMs = this.parts.nowMs()
    return this.step({ type: 'added', name, role, secret, isOwn, atMs }, doer)
  }

  /** Finds an account by id or name. */
  find(text: string): Account {
    const found = accountNamed(this.readable(), text)
    if (found === null)
      throw new LaneFault('PEOPLE-09', {
        field: '/id',
        value: text,
        note: t('没有这个人', 'there is no such person'),
      })
    return found
  }

  async setSecret(id: string, typed: string, doer: Doer): Promise<Account> {
    const { role, name } = this.find(id)
    this.mustFit(role, name, typed)
    const isOwn = doer.id === id
    // The person who set it, or saw it typed, still knows it, so it must change.
    if (isOwn && (await this.parts.hasher.matches(typed, this.find(id).secret)))
      throw new LaneFault('PEOPLE-04', { field: '/secret', note: 'same' satisfies SecretFault })
    const secret = await this.parts.hasher.hash(typed)
    return this.step({ type: 'secretSet', id, secret, isOwn, atMs: this.parts.nowMs() }, doer)
  }

  remove(id: string, doer: Doer): Account {
    return this.step({ type: this.isDraft ? 'withdrawn' : 'removed', id }, doer)
  }

  /**
   * Changes the role and sets a new secret, because a PIN is not enough for an owner; all sessions of the account end.
   */
  async setRole(
    {
      id,
      role,
      secret: typed,
    }: { readonly id: string; readonly role: Role; readonly secret: string },
    doer: Doer,
  ): Promise<Account> {
    this.mustFit(role, this.find(id).name, typed)
    const secret = await this.parts.hasher.hash(typed)
    const [isOwn, atMs] = [doer.id === id, this.parts.nowMs()]
    return this.step({ type: 'roleSet', id, role, secret, isOwn, atMs }, doer)
  }

  bar(id: string, doer: Doer): Account {
    return this.step({ type: 'barred', id }, doer)
  }

  unlock(id: string, doer: Doer): Account {
    return this.step({ type: 'unlocked', id }, doer)
  }

  /** The account, when the secret is right; else PEOPLE-01 or PEOPLE-02. Each try is on disk before its answer. */
  async check(id: string, typed: string, act: SecretUse): Promise<Account> {
    const before = accountOf(this.readable(), id)
    this.mustNotBeLocked(before)
    const isRight = await this.parts.hasher.matches(typed, before?.secret ?? null)
    if (before === null) throw new LaneFault('PEOPLE-01', { field: '/secret' })
    // Another request may have changed the lock or the secret in the meantime.
    const now = accountOf(this.readable(), id)
    this.mustNotBeLocked(now)
    const stillRight = isRight && now?.secret === before.secret
    const atMs = this.parts.nowMs()
    const account = this.step({ type: 'checked', id, isRight: stillRight, act, atMs }, null)
    if (stillRight) return account
    this.mustNotBeLocked(account)
    const note = `${wrongMax - account.lock.wrong}`
    throw new LaneFault('PEOPLE-01', { field: '/secret', note })
  }

  private mustNotBeLocked(account: Account | null): void {
    if (account?.isBarred === true)
      throw new LaneFault('PEOPLE-15', { field: '/id', value: account.name })
    const leftMs = this.lockLeftMs(account ?? { ...nobody })
    if (leftMs > 0)
      throw new LaneFault('PEOPLE-02', { field: '/id', value: `${Math.ceil(leftMs / 1000)}` })
  }

  /** `before`: the former token of the window; its session ends. */
  async signIn(id: string, typed: string, before: string): Promise<SignedIn> {
    const account = await this.check(id, typed, 'people.signIn')
    const { random } = this.parts
    const token = Buffer.from(random.bytes(tokenBytes)).toString('hex')
    const nowMs = this.parts.nowMs()
    const session: Session = {
      tokenHash: tokenHashOf(token),
      personId: id,
      openedAtMs: nowMs,
      touchedAtMs: nowMs,
      mustChange: account.mustChange || isExpired(account, nowMs),
    }
    this.sessions = opened(this.sessions, session, tokenHashOf(before))
    return { token, account, session }
  }

  /** Null when the token belongs to no live session. */
  sessionOf(token: string): Omit<SignedIn, 'token'> | null {
    const session = liveSession(this.sessions, tokenHashOf(token), this.parts.nowMs())
    const account = session === null ? null : accountOf(this.people, session.personId)
    if (session === null || account === null || account.isBarred === true) return null
    return { session, account }
  }

  /** Records in the audit that a person requested an act, without doing it. */
  note(act: string, id: string, reason: string): void {
    const { name, role } = this.find(id)
    this.parts.audit({ act, by: name, role, reason, commandId: this.freshId(), result: 'asked' })
  }

  touch(token: string): void {
    this.sessions = touched(this.sessions, tokenHashOf(token), this.parts.nowMs())
  }

  signOut(token: string): void {
    this.sessions = ended(this.sessions, tokenHashOf(token))
  }
}

const nobody = {
  id: '',
  name: '',
  role: 'auditor',
  secret: null,
  secretAtMs: 0,
  mustChange: false,
  lock: unlocked,
} as const satisfies Account
