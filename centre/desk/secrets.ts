// Secrets and sessions of the people of the centre: a try is counted in the database before it is checked, so that
// parallel tries, restarts and several desks get no more of them. A session is kept as the digest of its token.
import { createHash, randomBytes, randomInt } from 'node:crypto'
import type pg from 'pg'
import { LaneFault } from '../../firmware-runtime/core/faults/faults.ts'
import type { StoredSecret } from '../../firmware-runtime/core/people/people.ts'
import { t } from '../../firmware-runtime/core/values/fault-text.ts'
import { present } from '../../firmware-runtime/core/values/must.ts'
import { dayMs, minuteMs, type InstantMs } from '../../firmware-runtime/core/values/instant.ts'
import type { WallClock } from '../../firmware-runtime/ports/clocks.ts'
import type { SecretHasher } from '../../firmware-runtime/ports/people.ts'
import { logAct, type DeskPerson } from './acts.ts'
import { inLots } from './in-lots.ts'

const deskLimits = {
  triesMax: 5,
  lockMs: 15 * minuteMs,
  /** Addresses locked for a person at once, beyond which only those go on from which the person has signed in. */
  strangersMax: 20,
  forgetMs: 90 * dayMs,
  idleMs: 30 * minuteMs,
  sessionMs: 12 * 60 * minuteMs,
  /** Tries of an address in a minute, whoever they are for. */
  addressTriesMax: 10,
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
  readonly failures: number
  readonly locked_until: Date | null
  readonly known: boolean
  /** Addresses that are locked for that person now and from which the person has never signed in. */
  readonly strangers: number
}

interface SessionRow extends PersonRow {
  readonly since: Date
  readonly last_seen: Date
}

const personOf = ({
  person_id: personId,
  name,
  lots,
  one_time: oneTime,
}: PersonRow): DeskPerson => ({ personId, name, lots, oneTime })

const digestOf = (token: string): Buffer => createHash('sha256').update(token).digest()
const storedOf = (text: string): StoredSecret => JSON.parse(text) as StoredSecret

/** Without characters that are taken for one another; 74 bits. */
const letters = 'abcdefghjkmnpqrstuvwxyz23456789'
const group = (): string =>
  Array.from({ length: 5 }, () => letters[randomInt(letters.length)]).join('')
const oneTimeSecret = (): string => [group(), group(), group()].join('-')

/** Throws CENTRE-36 for a secret that breaks the rule. */
function mustBeStrong(wanted: string, name: string, now: string): void {
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

/** Counts tries by address, in memory: locks are in the database. */
class AddressPace {
  private readonly tries = new Map<string, { count: number; readonly fromMs: InstantMs }>()

  /** Throws PEOPLE-10 above the pace. */
  count(address: string, nowMs: InstantMs): void {
    const known = this.tries.get(address)
    const isOver = known === undefined || Math.abs(nowMs - known.fromMs) >= minuteMs
    if (isOver && this.tries.size >= addressesMax) this.tries.clear()
    const row = isOver ? { count: 0, fromMs: nowMs } : known
    this.tries.set(address, row)
    row.count++
    if (row.count > deskLimits.addressTriesMax) throw new LaneFault('PEOPLE-10', { value: address })
  }
}

export class Secrets {
  private readonly pool: pg.Pool
  private readonly clock: WallClock
  private readonly hasher: SecretHasher
  private readonly pace = new AddressPace()

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
    const { rowCount } = await inLots(this.pool, '', (db) =>
      db.query(
        `INSERT INTO desk.person (name, secret, one_time)
         SELECT $1, $2, true WHERE NOT EXISTS (SELECT FROM desk.person WHERE name <> $1)
         ON CONFLICT (name) DO UPDATE SET secret = $2
           WHERE desk.person.one_time`,
        [name, secret],
      ),
    )
    return rowCount === 0 ? null : { name, password }
  }

  /** Returns the token of a new session. Throws CENTRE-32, CENTRE-33 or PEOPLE-10. */
  async signIn(name: string, secret: string, address: string) {
    const row = await this.checked(name, secret, address)
    const token = randomBytes(32).toString('base64url')
    const now = new Date(this.clock.nowMs())
    await inLots(this.pool, '', async (db) => {
      await db.query('DELETE FROM desk.session WHERE last_seen < $1 OR since < $2', [
        new Date(now.getTime() - deskLimits.idleMs),
        new Date(now.getTime() - deskLimits.sessionMs),
      ])
      await db.query('INSERT INTO desk.session VALUES ($1, $2, $3, $3)', [
        digestOf(token),
        row.person_id,
        now,
      ])
      await logAct(
        db,
        { nowMs: now.getTime(), person: row },
        { act: 'session.begin', detail: { address } },
      )
    })
    return { token, person: personOf(row) }
  }

  /** Ends the person's other sessions. Throws CENTRE-32, -33 and -36. */
  async change(
    person: DeskPerson,
    token: string,
    {
      secret,
      wanted,
      address,
    }: { readonly secret: string; readonly wanted: string; readonly address: string },
  ): Promise<void> {
    mustBeStrong(wanted, person.name, secret)
    await this.checked(person.name, secret, address)
    const stored = JSON.stringify(await this.hasher.hash(wanted))
    await inLots(this.pool, '', async (db) => {
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
    return personOf(row)
  }

  async signOut(token: string | null): Promise<void> {
    if (token === null) return
    await inLots(this.pool, '', (db) =>
      db.query('DELETE FROM desk.session WHERE token_digest = $1', [digestOf(token)]),
    )
  }

  private sessionAt(digest: Buffer, nowMs: InstantMs, isUsed: boolean) {
    return inLots(this.pool, '', async (db) => {
      const { rows } = await db.query<SessionRow>(
        'SELECT * FROM desk.session JOIN desk.person USING (person_id) WHERE token_digest = $1',
        [digest],
      )
      const [row] = rows
      if (row === undefined) return undefined
      const idleMs = nowMs - row.last_seen.getTime()
      if (idleMs > deskLimits.idleMs || nowMs - row.since.getTime() > deskLimits.sessionMs) {
        await db.query('DELETE FROM desk.session WHERE token_digest = $1', [digest])
        return undefined
      }
      if (isUsed && idleMs > usedEveryMs)
        await db.query('UPDATE desk.session SET last_seen = $2 WHERE token_digest = $1', [
          digest,
          new Date(nowMs),
        ])
      return row
    })
  }

  /** The person of a right secret. An unknown name takes as long. */
  private async checked(name: string, secret: string, address: string): Promise<PersonRow> {
    this.pace.count(address, this.clock.nowMs())
    const row = await this.counted(name, address)
    const matches = await this.hasher.matches(
      secret,
      row === undefined ? null : storedOf(row.secret),
    )
    if (row === undefined || !matches) throw new LaneFault('CENTRE-32')
    await inLots(this.pool, '', (db) =>
      db.query(
        `UPDATE desk.sign_in_try SET failures = 0, locked_until = NULL, known = true
         WHERE person_id = $1 AND address = $2`,
        [row.person_id, address],
      ),
    )
    return row
  }

  /** Counts a try before it is checked; the last allowed one locks. Throws CENTRE-33 with the seconds left. */
  private counted(name: string, address: string): Promise<PersonRow | undefined> {
    const nowMs = this.clock.nowMs()
    const { triesMax, lockMs, strangersMax, forgetMs } = deskLimits
    return inLots(this.pool, '', async (db) => {
      const { rows } = await db.query<PersonRow>(
        'SELECT * FROM desk.person WHERE name = $1 FOR UPDATE',
        [name],
      )
      const [row] = rows
      if (row === undefined) return undefined
      await db.query(
        `DELETE FROM desk.sign_in_try WHERE person_id = $1
           AND (last_at < $2 OR (NOT known AND last_at < $3))`,
        [row.person_id, new Date(nowMs - forgetMs), new Date(nowMs - lockMs)],
      )
      const tried = await db.query<TryRow>(
        `SELECT coalesce(t.failures, 0) AS failures, t.locked_until, coalesce(t.known, false) AS known,
           (SELECT count(*)::int FROM desk.sign_in_try
            WHERE person_id = $1 AND NOT known AND locked_until > $3) AS strangers
         FROM (VALUES (1)) one LEFT JOIN desk.sign_in_try t ON t.person_id = $1 AND t.address = $2`,
        [row.person_id, address, new Date(nowMs)],
      )
      const { failures, locked_until: until, known, strangers } = present(tried.rows[0], 'one row')
      const isBeyond = !known && strangers >= strangersMax
      const leftMs = isBeyond ? lockMs : (until?.getTime() ?? nowMs) - nowMs
      if (leftMs > 0) throw new LaneFault('CENTRE-33', { value: String(Math.ceil(leftMs / 1000)) })
      const isLast = failures + 1 >= triesMax
      await db.query(
        `INSERT INTO desk.sign_in_try (person_id, address, failures, locked_until, last_at)
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT (person_id, address)
         DO UPDATE SET failures = $3, locked_until = $4, last_at = $5`,
        [
          ...[row.person_id, address, isLast ? 0 : failures + 1],
          ...[isLast ? new Date(nowMs + lockMs) : null, new Date(nowMs)],
        ],
      )
      const detail = { address }
      if (isLast) await logAct(db, { nowMs, person: row }, { act: 'person.lastTry', detail })
      return row
    })
  }
}
