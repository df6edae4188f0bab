// Secrets and sessions of the people of the centre: a try is counted in the database before it is checked, so that
// parallel tries, restarts and several desks get no more of them. A session is kept as the digest of its token. Its role
// is etc_people: the role of the other calls has no right to people and sessions (centre/schema/desk-rights.ts).
import { createHash, randomBytes, randomInt } from 'node:crypto'
import type pg from 'pg'
import { secretHasher } from '#ledger/crypto/secret-hash.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { StoredSecret } from '#ledger/pure/people/people.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { present } from '#base/pure/values/must.ts'
import { dayMs, minuteMs, type InstantMs } from '#base/pure/values/instant.ts'
import type { WallClock } from '#base/ports/clocks.ts'
import type { SecretHasher } from '#ledger/ports/people.ts'
import { inTransaction, onClient } from '../schema/transaction.ts'
import { logAct, type DeskPerson } from './acts.ts'
import type { WallView } from './calls/walls/views.ts'
import type { Transaction } from './in-lots.ts'

const deskLimits = {
  triesMax: 5,
  /** After the last of them, doubled by each further wrong one. */
  lockMs: 30_000,
  lockMaxMs: 15 * minuteMs,
  /** Wrong tries of a place count so long. */
  failuresMs: dayMs,
  /** Addresses locked for a person in `lockMaxMs`, beyond which only those go on from which the person has signed in. */
  strangersMax: 20,
  forgetMs: 90 * dayMs,
  idleMs: 30 * minuteMs,
  sessionMs: 12 * 60 * minuteMs,
  /** A screen that a person has left open ends when it has not been on for so long. */
  wallIdleMs: 30 * dayMs,
  /** Tries of an address in a minute for names that are no person's. */
  unknownTriesMax: 10,
  /** Browsers of a person that are known. */
  browsersMax: 100,
  secretMin: 10,
  secretMax: 64,
} as const

/** A session's last use is written at most so often. */
const usedEveryMs = 10_000
const addressesMax = 10_000

interface PersonRow {
  readonly person_id: string
  readonly name: string
  readonly secret: string
  readonly lots: string
  readonly one_time: boolean
}

interface TryRow {
  readonly address: string
  readonly failures: number
  readonly locked_until: Date | null
  readonly known: boolean
  readonly last_at: Date
}

/** Where a try comes from. */
export interface SignInFrom {
  readonly address: string
  /** Token of a browser in which somebody has signed in; null: none. */
  readonly browser: string | null
}

interface SessionRow extends PersonRow {
  readonly since: Date
  readonly last_seen: Date
  readonly wall: string | null
}

const personOf = (
  { person_id: personId, name, lots, one_time: oneTime }: PersonRow,
  wall: string | null = null,
): DeskPerson => ({ personId, name, lots, oneTime, wall })

/** A person's session ends by idleness and by its age, a screen only when nobody has switched it on for long. */
function isOver({ wall, since, last_seen: seen }: SessionRow, nowMs: InstantMs): boolean {
  const { idleMs, sessionMs, wallIdleMs } = deskLimits
  const unseenMs = nowMs - seen.getTime()
  return wall === null
    ? unseenMs > idleMs || nowMs - since.getTime() > sessionMs
    : unseenMs > wallIdleMs
}

const digestOf = (token: string): Buffer => createHash('sha256').update(token).digest()
const newToken = (): string => randomBytes(32).toString('base64url')
/** In place of an address: a browser in which the person has signed in, so that others at its address do not lock it out. */
const browserPlace = (token: string): string => `browser ${digestOf(token).toString('hex')}`

const wallsQuery = `SELECT session_id AS "wallId", wall AS name,
  round(extract(epoch FROM since) * 1000)::float8 AS "sinceMs",
  round(extract(epoch FROM last_seen) * 1000)::float8 AS "seenMs"
  FROM desk.session WHERE person_id = $1 AND wall IS NOT NULL ORDER BY session_id`

const lockedMs = (failures: number): number => {
  const { triesMax, lockMs, lockMaxMs } = deskLimits
  return failures < triesMax ? 0 : Math.min(lockMs * 2 ** (failures - triesMax), lockMaxMs)
}
const storedOf = (text: string): StoredSecret => JSON.parse(text) as StoredSecret

/** Without characters that are taken for one another; 74 bits. */
const letters = 'abcdefghjkmnpqrstuvwxyz23456789'
const group = (): string =>
  Array.from({ length: 5 }, () => letters[randomInt(letters.length)]).join('')
const oneTimeSecret = (): string => [group(), group(), group()].join('-')

/** Throws CENTRE-36 for a secret that breaks the rule. `now`: the present one; null: not known. */
export function mustBeStrong(wanted: string, name: string, now: string | null): void {
  const { secretMin, secretMax } = deskLimits
  const length = [...wanted].length
  const note =
    length < secretMin
      ? t(`至少 ${secretMin} 个字符`, `at least ${secretMin} characters`)
      : length > secretMax
        ? t(`最多 ${secretMax} 个字符`, `at most ${secretMax} characters`)
        : wanted.toLowerCase().includes(name.toLowerCase())
          ? t('不能含有姓名', 'it must not contain the name')
          : wanted === now
            ? t('要和现在的不同', 'it must differ from the present one')
            : null
  if (note !== null) throw new LaneFault('CENTRE-36', { field: 'wanted', note })
}

/** Counts tries for unknown names by address, in memory: those of people are counted in the database. */
class UnknownPace {
  private readonly tries = new Map<string, { count: number; readonly fromMs: InstantMs }>()

  /** Throws PEOPLE-10 above the pace. */
  count(address: string, nowMs: InstantMs): void {
    const known = this.tries.get(address)
    const isOver = known === undefined || Math.abs(nowMs - known.fromMs) >= minuteMs
    if (isOver && this.tries.size >= addressesMax) this.tries.clear()
    const row = isOver ? { count: 0, fromMs: nowMs } : known
    this.tries.set(address, row)
    row.count++
    if (row.count > deskLimits.unknownTriesMax) throw new LaneFault('PEOPLE-10', { value: address })
  }
}

/** A copy of the database works with it elsewhere: it separates these hashes from others, and is no secret. */
const pepper = new TextEncoder().encode('etc-lane centre')
export const deskHasher = (): SecretHasher => secretHasher(() => pepper)

export class Secrets {
  private readonly pool: pg.Pool
  private readonly clock: WallClock
  private readonly hasher: SecretHasher
  private readonly pace = new UnknownPace()

  constructor(pool: pg.Pool, clock: WallClock, hasher: SecretHasher) {
    this.pool = pool
    this.clock = clock
    this.hasher = hasher
  }

  /** Makes the first person; one whose one-time secret is still in use gets a new one. Null: it was changed. */
  async firstPerson(): Promise<{ readonly name: string; readonly password: string } | null> {
    const name = 'admin'
    const password = oneTimeSecret()
    const secret = JSON.stringify(await this.hasher.hash(password))
    const { rows } = await this.run((db) =>
      db.query<{ made: boolean }>('SELECT desk.first_person($1, $2) AS made', [name, secret]),
    )
    return rows[0]?.made === true ? { name, password } : null
  }

  private run<T>(work: (db: Transaction) => Promise<T>): Promise<T> {
    return onClient(this.pool, (client) => inTransaction(client, () => work(client)))
  }

  /** Returns the tokens of a new session and of the browser. Throws CENTRE-32, CENTRE-33 or PEOPLE-10. */
  async signIn(name: string, secret: string, from: SignInFrom) {
    const row = await this.checked(name, secret, from)
    const { address } = from
    // A browser has one token for all people who sign in there.
    const isToken = from.browser !== null && /^[\w-]{43}$/.test(from.browser)
    const browser = isToken ? present(from.browser, 'a token') : newToken()
    const token = newToken()
    const now = new Date(this.clock.nowMs())
    await this.run(async (db) => {
      await keepBrowser(db, row, browser, now)
      await db.query(
        `DELETE FROM desk.session WHERE last_seen < $3 OR wall IS NULL AND (last_seen < $1 OR since < $2)`,
        [deskLimits.idleMs, deskLimits.sessionMs, deskLimits.wallIdleMs].map(
          (ms) => new Date(now.getTime() - ms),
        ),
      )
      await db.query(
        `INSERT INTO desk.session (token_digest, person_id, since, last_seen) VALUES ($1, $2, $3, $3)`,
        [digestOf(token), row.person_id, now],
      )
      await logAct(
        db,
        { nowMs: now.getTime(), person: row },
        { act: 'session.begin', detail: { address } },
      )
    })
    return { token, browser, person: personOf(row) }
  }

  /** Ends the person's other sessions. Throws CENTRE-32, -33 and -36. */
  async change(
    person: DeskPerson,
    token: string,
    { secret, wanted, ...from }: SignInFrom & { readonly secret: string; readonly wanted: string },
  ): Promise<void> {
    mustBeStrong(wanted, person.name, secret)
    await this.checked(person.name, secret, from)
    const stored = JSON.stringify(await this.hasher.hash(wanted))
    await this.run(async (db) => {
      await db.query('UPDATE desk.person SET secret = $2, one_time = false WHERE person_id = $1', [
        person.personId,
        stored,
      ])
      await db.query('DELETE FROM desk.session WHERE person_id = $1 AND token_digest <> $2', [
        person.personId,
        digestOf(token),
      ])
      await logAct(db, { nowMs: this.clock.nowMs(), person }, { act: 'person.secret' })
    })
  }

  /** `isUsed`: a person has touched the page since its last request. Throws CENTRE-34 without a session, or after its end. */
  async personOf(token: string | null, isUsed: boolean): Promise<DeskPerson> {
    const nowMs = this.clock.nowMs()
    const row = token === null ? undefined : await this.sessionAt(digestOf(token), nowMs, isUsed)
    if (row === undefined) throw new LaneFault('CENTRE-34')
    return personOf(row, row.wall)
  }

  /**
   * Makes the browser of a person a screen that stays open and only looks: its session takes the place of the person's.
   * Returns its token.
   */
  async openWall(person: DeskPerson, from: string, wall: string): Promise<string> {
    const token = newToken()
    const nowMs = this.clock.nowMs()
    await this.run(async (db) => {
      await db.query('DELETE FROM desk.session WHERE token_digest = $1', [digestOf(from)])
      await db.query(
        `INSERT INTO desk.session (token_digest, person_id, since, last_seen, wall)
         VALUES ($1, $2, $3, $3, $4)`,
        [digestOf(token), person.personId, new Date(nowMs), wall],
      )
      await logAct(db, { nowMs, person }, { act: 'wall.open', detail: { wall } })
    })
    return token
  }

  async signOut(token: string | null): Promise<void> {
    if (token === null) return
    await this.run((db) =>
      db.query('DELETE FROM desk.session WHERE token_digest = $1', [digestOf(token)]),
    )
  }

  private sessionAt(digest: Buffer, nowMs: InstantMs, isUsed: boolean) {
    return this.run(async (db) => {
      const { rows } = await db.query<SessionRow>(
        'SELECT * FROM desk.session JOIN desk.person USING (person_id) WHERE token_digest = $1',
        [digest],
      )
      const [row] = rows
      if (row === undefined) return undefined
      if (isOver(row, nowMs)) {
        await db.query('DELETE FROM desk.session WHERE token_digest = $1', [digest])
        return undefined
      }
      const unwrittenMs = nowMs - row.last_seen.getTime()
      if ((isUsed || row.wall !== null) && unwrittenMs > usedEveryMs)
        await db.query('UPDATE desk.session SET last_seen = $2 WHERE token_digest = $1', [
          digest,
          new Date(nowMs),
        ])
      return row
    })
  }

  walls(person: DeskPerson): Promise<readonly WallView[]> {
    return this.run(async (db) => (await db.query<WallView>(wallsQuery, [person.personId])).rows)
  }

  /** False: the person has no such wall view. */
  endWall(person: DeskPerson, wallId: string): Promise<boolean> {
    return this.run(async (db) => {
      const { rows } = await db.query<{ wall: string }>(
        `DELETE FROM desk.session WHERE session_id = $1 AND person_id = $2 AND wall IS NOT NULL
         RETURNING wall`,
        [wallId, person.personId],
      )
      const [ended] = rows
      if (ended === undefined) return false
      const detail = { wall: ended.wall }
      await logAct(db, { nowMs: this.clock.nowMs(), person }, { act: 'wall.end', detail })
      return true
    })
  }

  /** The person of a right secret. An unknown name takes as long. */
  private async checked(name: string, secret: string, from: SignInFrom): Promise<PersonRow> {
    const counted = await this.counted(name, from)
    if (counted === undefined) this.pace.count(from.address, this.clock.nowMs())
    const stored = counted === undefined ? null : storedOf(counted.row.secret)
    const matches = await this.hasher.matches(secret, stored)
    if (counted === undefined || !matches) throw new LaneFault('CENTRE-32')
    await this.run((db) =>
      db.query(
        `UPDATE desk.sign_in_try SET failures = 0, locked_until = NULL, known = true
         WHERE person_id = $1 AND address = $2`,
        [counted.row.person_id, counted.place],
      ),
    )
    return counted.row
  }

  /** Counts a try before it is checked; the last allowed one locks its place. Throws CENTRE-33 with the seconds left. */
  private counted(
    name: string,
    from: SignInFrom,
  ): Promise<{ readonly row: PersonRow; readonly place: string } | undefined> {
    const nowMs = this.clock.nowMs()
    return this.run(async (db) => {
      const { rows } = await db.query<PersonRow>(
        'SELECT * FROM desk.person WHERE name = $1 FOR UPDATE',
        [name],
      )
      const [row] = rows
      if (row === undefined) return undefined
      const { place, failures, leftMs } = await placeOf(db, row, from, nowMs)
      if (leftMs > 0) throw new LaneFault('CENTRE-33', { value: String(Math.ceil(leftMs / 1000)) })
      const lockMs = lockedMs(failures + 1)
      await db.query(
        `INSERT INTO desk.sign_in_try (person_id, address, failures, locked_until, last_at)
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT (person_id, address)
         DO UPDATE SET failures = $3, locked_until = $4, last_at = $5`,
        [
          ...[row.person_id, place, failures + 1],
          ...[lockMs > 0 ? new Date(nowMs + lockMs) : null, new Date(nowMs)],
        ],
      )
      const detail = { address: from.address }
      if (failures + 1 === deskLimits.triesMax)
        await logAct(db, { nowMs, person: row }, { act: 'person.lastTry', detail })
      return { row, place }
    })
  }
}

/** That the person has signed in there. The newest ones are kept. */
async function keepBrowser(
  db: Transaction,
  { person_id: personId }: PersonRow,
  browser: string,
  now: Date,
): Promise<void> {
  await db.query(
    `INSERT INTO desk.sign_in_try (person_id, address, failures, last_at, known)
     VALUES ($1, $2, 0, $3, true) ON CONFLICT (person_id, address) DO UPDATE SET known = true, last_at = $3`,
    [personId, browserPlace(browser), now],
  )
  await db.query(
    `DELETE FROM desk.sign_in_try WHERE person_id = $1 AND address IN (
       SELECT address FROM desk.sign_in_try WHERE person_id = $1 AND address LIKE 'browser %'
       ORDER BY last_at DESC, address OFFSET $2)`,
    [personId, deskLimits.browsersMax],
  )
}

/** The place that a try counts for: its browser where the person has signed in there, else its address; and its lock. */
async function placeOf(
  db: Transaction,
  { person_id: personId }: PersonRow,
  { address, browser }: SignInFrom,
  nowMs: InstantMs,
) {
  const { strangersMax, forgetMs, failuresMs, triesMax, lockMaxMs } = deskLimits
  const before = (ms: number): Date => new Date(nowMs - ms)
  await db.query(
    `DELETE FROM desk.sign_in_try WHERE person_id = $1
       AND (last_at < $2 OR (NOT known AND last_at < $3))`,
    [personId, before(forgetMs), before(failuresMs)],
  )
  const own = browser === null ? address : browserPlace(browser)
  const { rows } = await db.query<TryRow>(
    'SELECT * FROM desk.sign_in_try WHERE person_id = $1 AND address IN ($2, $3)',
    [personId, own, address],
  )
  const known = rows.find((row) => row.known && row.address === own)
  const found = known ?? rows.find((row) => row.address === address)
  const strangers = await db.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM desk.sign_in_try
     WHERE person_id = $1 AND NOT known AND failures >= $2 AND last_at > $3`,
    [personId, triesMax, before(lockMaxMs)],
  )
  const isBeyond = found?.known !== true && (strangers.rows[0]?.n ?? 0) >= strangersMax
  const isOld = found === undefined || found.last_at < before(failuresMs)
  return {
    place: known?.address ?? address,
    failures: isOld ? 0 : found.failures,
    leftMs: isBeyond ? lockMaxMs : (found?.locked_until?.getTime() ?? nowMs) - nowMs,
  }
}
