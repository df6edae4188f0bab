// The roles of the connections, with the passwords of the centre's folder; and what the server must be.
import pg from 'pg'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { centreRoles, type CentreRole } from '../schema/migrate.ts'
import type { Passwords } from './passwords.ts'
import { oldestMajor } from './programs.ts'
import { codeOf, wordsOf } from './server.ts'
import { locks } from '../schema/locks.ts'

const wrongPassword = ['28P01', '28000']
const noRight = '42501'

/** Throws CENTRE-01 for an older server, CENTRE-07 for texts that cannot hold Chinese. */
export async function mustFit(owner: pg.ClientBase): Promise<void> {
  const { rows } = await owner.query<{ version: string; number: number; encoding: string }>(
    `SELECT current_setting('server_version') AS version,
      current_setting('server_version_num')::int / 10000 AS number,
      current_setting('server_encoding') AS encoding`,
  )
  for (const { version, number, encoding } of rows) {
    if (number < oldestMajor) throw new LaneFault('CENTRE-01', { value: version })
    if (encoding !== 'UTF8')
      throw new LaneFault('CENTRE-07', {
        value: encoding,
        note: t('数据库的字符编码须为 UTF8', 'the encoding of the database has to be UTF8'),
      })
  }
}

/** False: another centre has it. It is held as long as this connection. */
export async function takeDatabase(owner: pg.ClientBase): Promise<boolean> {
  const { rows } = await owner.query<{ got: boolean }>('SELECT pg_try_advisory_lock($1) AS got', [
    locks.centre,
  ])
  return rows[0]?.got === true
}

async function enters(config: pg.ClientConfig): Promise<boolean> {
  const client = new pg.Client(config)
  client.on('error', () => undefined)
  try {
    await client.connect()
    return true
  } catch (error) {
    if (wrongPassword.includes(codeOf(error))) return false
    throw error
  } finally {
    await client.end()
  }
}

/** Makes a role, or gives it this password where it has another. */
async function makeRole(
  owner: pg.ClientBase,
  role: CentreRole,
  config: pg.ClientConfig,
  password: string,
): Promise<void> {
  const { rows } = await owner.query<{ others: number }>(
    `SELECT (SELECT count(*)::int FROM pg_locks
        WHERE locktype = 'advisory' AND objid = $2 AND pid <> pg_backend_pid()) AS others
      FROM pg_roles WHERE rolname = $1`,
    [role, locks.centre],
  )
  const [there] = rows
  if (there !== undefined && (await enters(config))) return
  // A centre with another database of this server uses the same roles.
  if (there !== undefined && there.others > 0) throw new LaneFault('CENTRE-02', { value: role })
  const verb = there === undefined ? 'CREATE' : 'ALTER'
  await owner.query(`${verb} ROLE ${role} LOGIN PASSWORD ${pg.escapeLiteral(password)}`)
}

/** `work` of the owner; throws CENTRE-07 where the server does not let it. */
export async function withRights<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (codeOf(error) !== noRight) throw error
    throw new LaneFault('CENTRE-07', { note: wordsOf(error) })
  }
}

export async function makeRoles(
  owner: pg.ClientBase,
  configOf: (role: CentreRole) => pg.ClientConfig,
  passwords: Passwords,
): Promise<void> {
  for (const role of centreRoles) await makeRole(owner, role, configOf(role), passwords[role])
}
