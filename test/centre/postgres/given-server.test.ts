// `--postgres URL`: an existing server is used, and one that does not fit is refused.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startFault } from '../../../centre/postgres/data-folder.ts'
import { refusedFault } from '../../../centre/postgres/server.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { shownUrl } from '../../../centre/postgres/given-server.ts'
import { mustFit } from '../../../centre/postgres/roles.ts'
import { centreDir, centreCopies, openHeard } from '../../kit/centre-parts.ts'
import { eventually } from '../../kit/eventually.ts'
import { refusedLater } from '../../kit/refusals.ts'
import {
  makePostgres,
  type PostgresServer,
} from '../../firmware-runtime/simulators/platform/postgres-server.ts'

const madeCentreDir = centreCopies()

let server: PostgresServer
beforeAll(async () => {
  server = await makePostgres()
  for (const statement of [
    'CREATE ROLE plain LOGIN',
    'CREATE ROLE maker LOGIN CREATEROLE',
    'CREATE DATABASE of_plain OWNER plain',
    'CREATE DATABASE of_maker OWNER maker',
    'CREATE DATABASE of_books',
    'CREATE DATABASE second',
    "CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'",
  ])
    expect(server.psql(statement)).toMatch(/^CREATE/)
})
afterAll(() => server.remove())

const at = (database: string, user = 'books'): string =>
  server.address.replace('books@', `${user}@`).replace('/postgres', `/${database}`)

it.each([
  ['nobody listens', () => 'postgres://books@127.0.0.1:1/postgres', 'CENTRE-06', /ECONNREFUSED/],
  ['no such host', () => 'postgres://books@nowhere.invalid/postgres', 'CENTRE-06', /\S/],
  ['no such database', () => at('none'), 'CENTRE-06', /3D000/],
  ['no such user', () => at('postgres', 'stranger'), 'CENTRE-06', /28000/],
  ['a user without the right to make roles', () => at('of_plain', 'plain'), 'CENTRE-07', /role/],
  ['a user who owns no database', () => at('second', 'maker'), 'CENTRE-07', /permission denied/],
  ['no Chinese in it', () => at('latin'), 'CENTRE-07', /UTF8/],
  ['another protocol', () => 'http://127.0.0.1:1/', 'ARG-01', /postgres:/],
  ['no address', () => 'postgres', 'ARG-01', /postgres:/],
  ['a per cent sign in its password', () => 'postgres://u:a%zz@h/d', 'ARG-01', /%25/],
  ['one at its end', () => 'postgres://u@h/d%', 'ARG-01', /%25/],
  ['one in its user', () => 'postgres://u%@h/d', 'ARG-01', /%25/],
  ['a certificate that is not there', () => `${at('postgres')}?sslrootcert=/none`, 'ARG-01', /%25/],
])('refuses a server: %s', async (_, url, code, note) => {
  const dir = centreDir()
  const fault = await refusedLater(openHeard(dir, { url: url() }))
  expect(fault).toMatchObject({ code })
  expect(JSON.stringify(fault?.detail.note)).toMatch(note)
  expect(existsSync(join(dir, 'centre.lock'))).toBe(false)
})

it('uses the server, starts none, and goes on after it was away', async () => {
  const dir = centreDir()
  const url = at('of_books')
  const open = await openHeard(dir, { url })
  const now = 'SELECT current_user AS who, current_database() AS at'
  const { rows } = await open.database.desk.query(now)
  expect(rows).toEqual([{ who: 'etc_desk', at: 'of_books' }])
  expect(existsSync(join(dir, 'postgres'))).toBe(false)
  await server.crash()
  await eventually(() => open.faults.map(({ code }) => code)).toEqual(['CENTRE-06'])
  await expect(open.database.door.query(now)).rejects.toThrow()
  await server.start()
  await eventually(() => open.states).toEqual(['down', 'up'])
  expect((await open.database.door.query(now)).rows).toEqual([{ who: 'etc_door', at: 'of_books' }])
  expect(await refusedLater(openHeard(centreDir(), { url }))).toMatchObject({ code: 'CENTRE-02' })
  await open.close()
  expect(await refusedLater(openHeard(dir))).toMatchObject({
    code: 'ARG-01',
    detail: { field: '--postgres' },
  })
  const again = await openHeard(dir, { url })
  expect((await again.database.door.query(now)).rows).toHaveLength(1)
})

it('leaves the roles of a centre alone that runs in another database of the server', async () => {
  const dir = await madeCentreDir()
  const open = await openHeard(dir)
  await open.asOwner('CREATE DATABASE second')
  const { owner } = JSON.parse(readFileSync(join(dir, 'passwords.json'), 'utf8'))
  const host = encodeURIComponent(join(dir, 'socket'))
  const url = `postgres://etc_owner:${owner}@${host}/second`
  const fault = await refusedLater(openHeard(centreDir(), { url }))
  expect(fault).toMatchObject({ code: 'CENTRE-02', detail: { value: 'etc_door' } })
  expect((await open.database.door.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
})

it('gives the roles the passwords of a new folder where no centre uses them', async () => {
  const dir = await madeCentreDir()
  const open = await openHeard(dir)
  await open.asOwner("ALTER ROLE etc_desk PASSWORD 'of another folder'")
  await open.close()
  const again = await openHeard(dir)
  expect((await again.database.desk.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
})

it('works for an owner who may make roles and is no superuser', async () => {
  const client = new pg.Client({ connectionString: at('postgres') })
  await client.connect()
  for (const database of ['of_books', 'second', 'of_plain'])
    await client.query(`DROP DATABASE ${database}`)
  await client.query('DROP ROLE IF EXISTS etc_door, etc_desk, etc_work')
  await client.end()
  const dir = centreDir()
  const open = await openHeard(dir, { url: at('of_maker', 'maker') })
  expect((await open.database.door.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
  expect(readFileSync(join(dir, 'passwords.json'), 'utf8')).toContain('/of_maker')
})

it.each([
  ['9.6.24', 9, 'UTF8', 'CENTRE-01'],
  ['14.22', 14, 'UTF8', 'CENTRE-01'],
  ['14.22', 14, 'SQL_ASCII', 'CENTRE-01'],
  ['15.0', 15, 'SQL_ASCII', 'CENTRE-07'],
  ['15.0', 15, 'UTF8', null],
  ['18.4', 18, 'UTF8', null],
])('a server %s (%i) of encoding %s: %s', async (version, number, encoding, code) => {
  const client = { query: () => Promise.resolve({ rows: [{ version, number, encoding }] }) }
  const fault = await refusedLater(mustFit(client as unknown as pg.ClientBase))
  expect(fault?.code ?? null).toBe(code)
})

it.each([
  ['postgres://a:secret@h/d', 'postgres://a@h/d'],
  ['postgres://a@h/d?password=secret&x=1', 'postgres://a@h/d?x=1'],
  ['secret', 'postgres://'],
])('shows the address %s without its password', (url, shown) => {
  expect(shownUrl(url)).toBe(shown)
})

it.each([
  [
    startFault(['FATAL:  could not write lock file "postmaster.pid": No space left on device']),
    'CENTRE-09',
  ],
  [
    startFault([
      'PANIC:  could not write to file "pg_wal/xlogtemp.1": No space left on device',
      '',
    ]),
    'CENTRE-09',
  ],
  [startFault(['FATAL:  could not create shared memory segment']), 'CENTRE-05'],
  [refusedFault(Object.assign(new Error('no room'), { code: '53100' }), {}), 'CENTRE-09'],
  [refusedFault(Object.assign(new Error('too many'), { code: '53300' }), {}), 'CENTRE-06'],
  [refusedFault(new LaneFault('CENTRE-04'), {}), 'CENTRE-04'],
  [refusedFault(new Error('timeout expired'), {}), 'CENTRE-06'],
])('%s', (fault, code) => {
  expect(fault.code).toBe(code)
})
