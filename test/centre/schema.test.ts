// The schema of a centre on a real server: made once, refused when newer, and each role sees what is its own.
import { afterAll, beforeAll, expect, it } from 'vitest'
import pg from 'pg'
import { migrate } from '../../centre/schema/migrate.ts'
import { testCentre, type TestCentre } from '../kit/centre-database.ts'

let centre: TestCentre
beforeAll(async () => {
  centre = await testCentre()
  for (const lot of ['A1', 'B2'])
    await centre.owner(`INSERT INTO desk.matter (lot_id, kind, detail, since)
      VALUES ('${lot}', 'forked', '{}', now())`)
})
afterAll(() => centre.remove())

/** Lots whose matters the desk sees in a session of a person of those lots. */
async function seen(lots: string | null): Promise<readonly string[]> {
  const token = lots === null ? null : await centre.tokenOf(lots)
  const client = await centre.desk.connect()
  try {
    await client.query('BEGIN')
    if (token !== null) await client.query("SELECT set_config('etc.token', $1, true)", [token])
    const { rows } = await client.query<{ lot_id: string }>(
      'SELECT lot_id FROM desk.matter ORDER BY 1',
    )
    await client.query('COMMIT')
    return rows.map(({ lot_id: lot }) => lot)
  } finally {
    client.release()
  }
}

it.each([
  ['*', ['A1', 'B2']],
  ['A1', ['A1']],
  ['A1,B2', ['A1', 'B2']],
  ['a1', []],
  ['', []],
  [null, []],
])('the desk sees the rows of the lots of its session: %s', async (lots, wanted) => {
  expect(await seen(lots)).toEqual(wanted)
})

it('the roles own nothing and pass no row-level security', async () => {
  const { rows } = await centre.owner(`SELECT rolname, rolsuper, rolbypassrls, rolcreaterole,
    (SELECT count(*)::int FROM pg_class WHERE relowner = r.oid) AS owned
    FROM pg_roles r WHERE rolname LIKE 'etc\\_%' ORDER BY 1`)
  const none = { rolsuper: false, rolbypassrls: false, rolcreaterole: false, owned: 0 }
  expect(rows).toEqual(
    ['etc_desk', 'etc_door', 'etc_people', 'etc_work'].map((rolname) => ({ rolname, ...none })),
  )
})

it('a second start changes nothing, a newer schema is refused', async () => {
  const client = new pg.Client({ connectionString: centre.server.address })
  await client.connect()
  try {
    await migrate(client)
    await client.query('INSERT INTO centre.schema_version VALUES (99)')
    await expect(migrate(client)).rejects.toMatchObject({
      code: 'CENTRE-04',
      detail: { value: '99' },
    })
    expect(await seen('*')).toEqual(['A1', 'B2'])
  } finally {
    await client.query('DELETE FROM centre.schema_version WHERE version = 99')
    await client.end()
  }
})
