// A database of a centre on a PostgreSQL server of the test's own, with the pools of its roles.
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import type { CentreDatabase } from '../../centre/schema/pools.ts'
import { centreRoles, migrate, type CentreRole } from '../../centre/schema/migrate.ts'
import { deskTypes } from '../../centre/desk/exact.ts'
import { ensureMonths, makeMonths, type MakeMonths } from '../../centre/schema/months.ts'
import {
  makePostgres,
  type PostgresServer,
} from '../firmware-runtime/simulators/platform/postgres-server.ts'

export interface TestCentre extends CentreDatabase {
  readonly server: PostgresServer
  readonly makeMonths: MakeMonths
  /** Token of a session of a person who sees these lots; `wall`: of a wall view. */
  tokenOf(lots: string, wall?: string): Promise<string>
  /** A statement as the owner. */
  owner(text: string, values?: readonly unknown[]): Promise<pg.QueryResult>
  remove(): Promise<void>
}

export async function testCentre(nowMs = Date.now()): Promise<TestCentre> {
  const server = await makePostgres()
  const owner = new pg.Pool({ connectionString: server.address, max: 2 })
  owner.on('error', () => undefined)
  for (const role of centreRoles) await owner.query(`CREATE ROLE ${role} LOGIN`)
  const client = await owner.connect()
  await migrate(client)
  client.release()
  await ensureMonths(owner, nowMs)
  const poolOf = (role: CentreRole, more: pg.PoolConfig = {}): pg.Pool => {
    const pool = new pg.Pool({
      ...more,
      connectionString: server.address.replace('books@', `${role}@`),
    })
    pool.on('error', () => undefined)
    return pool
  }
  const [door, desk, work] = [
    poolOf('etc_door'),
    poolOf('etc_desk', { types: deskTypes }),
    poolOf('etc_work'),
  ]
  const people = poolOf('etc_people')
  return {
    server,
    door,
    desk,
    people,
    work,
    makeMonths: (days) => makeMonths(owner, days),
    async tokenOf(lots, wall) {
      const token = randomBytes(32).toString('base64url')
      await owner.query(
        `WITH one AS (INSERT INTO desk.person (name, secret, lots, one_time)
           VALUES ('of ' || $1, '', $1, false) ON CONFLICT (name) DO UPDATE SET lots = $1
           RETURNING person_id)
         INSERT INTO desk.session (token_digest, person_id, since, last_seen, wall)
         SELECT sha256(convert_to($2, 'UTF8')), person_id, now(), now(), $3 FROM one`,
        [lots, token, wall ?? null],
      )
      return token
    },
    owner: (text, values = []) => owner.query(text, [...values]),
    async remove() {
      await Promise.all([door.end(), desk.end(), people.end(), work.end(), owner.end()])
      await server.remove()
    },
  }
}
