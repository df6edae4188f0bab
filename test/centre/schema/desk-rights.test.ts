// The rights of the roles on a real server: each statement on each table and column of the schema as each role, what the
// role of the desk tries beyond its session, and the upgrade of a centre made before step 2.
import { createHash, randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { receiptMonth } from '../../../centre/schema/months.ts'
import { firstStep } from '../../../centre/schema/first-step.ts'
import { centreRoles, migrate, type CentreRole } from '../../../centre/schema/migrate.ts'
import { testCentre, type TestCentre } from '../../kit/centre-database.ts'
import { addAside, addLot, addMatter, addPairing } from '../../kit/test-desk.ts'

let centre: TestCentre
beforeAll(async () => {
  centre = await testCentre()
})
afterAll(() => centre.remove())

const noRight = '42501'
/** A value for a column that the server makes itself. */
const generated = '428C9'

interface Column {
  readonly name: string
  readonly type: string
}

/** Tables of the schema with their columns; months have a name that varies and are one row. */
async function tablesOf(): Promise<ReadonlyMap<string, readonly Column[]>> {
  const { rows } = await centre.owner(`SELECT c.oid::regclass::text AS "table",
      json_agg(json_build_object('name', attname, 'type', format_type(atttypid, atttypmod))
        ORDER BY attnum) AS columns
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND attnum > 0 AND NOT attisdropped
    WHERE relnamespace IN ('centre'::regnamespace, 'desk'::regnamespace) AND relkind IN ('r', 'p', 'v', 'm')
    GROUP BY c.oid`)
  return new Map(rows.map((row) => [row.table, row.columns]))
}

const pools = (): Readonly<Record<CentreRole, pg.Pool>> => ({
  etc_door: centre.door,
  etc_desk: centre.desk,
  etc_people: centre.people,
  etc_work: centre.work,
})

/** Whether the role may; nothing is changed. */
async function may(role: CentreRole, statement: string): Promise<boolean> {
  const client = await pools()[role].connect()
  try {
    await client.query('BEGIN')
    await client.query(statement)
    return true
  } catch (error) {
    if (error instanceof pg.DatabaseError && [noRight, generated].includes(error.code ?? ''))
      return false
    throw error
  } finally {
    await client.query('ROLLBACK')
    client.release()
  }
}

/** What a role may do with a table, in words: columns are named where they are not all. */
async function rightsOn(role: CentreRole, table: string, columns: readonly Column[]) {
  const said: string[] = []
  const whole = async (word: string, statement: string): Promise<void> => {
    if (await may(role, statement)) said.push(word)
  }
  const byColumn = async (word: string, of: (column: Column) => string): Promise<void> => {
    const allowed: string[] = []
    for (const column of columns) if (await may(role, of(column))) allowed.push(column.name)
    const isAll = allowed.length === columns.length
    if (allowed.length > 0) said.push(isAll ? word : `${word} ${allowed.join(' ')}`)
  }
  await byColumn('select', ({ name }) => `SELECT ${name} FROM ${table} WHERE false`)
  await byColumn(
    'insert',
    ({ name, type }) => `INSERT INTO ${table} (${name}) SELECT NULL::${type} WHERE false`,
  )
  await byColumn('update', ({ name }) => `UPDATE ${table} SET ${name} = NULL WHERE false`)
  await whole('delete', `DELETE FROM ${table} WHERE false`)
  await whole('truncate', `TRUNCATE ${table} CASCADE`)
  return said.join(', ')
}

const madeByDoor = {
  'centre.lot': 'select, insert, update',
  'centre.lot_batch': 'select, insert',
  'centre.lot_beat': 'select, insert, update',
  'centre.lot_cursor': 'select, insert, update',
  'centre.lane_change': 'select, insert',
  'desk.aside_row': 'select, insert, update',
  'desk.lot_key': 'select',
  'desk.matter': `select, insert lot_id node_id kind thing detail since ended_at taken_at taken_by quiet_until, update lot_id node_id kind thing detail since ended_at taken_at taken_by quiet_until`,
  'desk.pairing': 'select, insert, update',
}
const folded = [
  ...['fold_cursor', 'stay', 'money', 'refund_open', 'taking', 'flow'],
  ...['set_aside', 'odd_money'],
]
const seen = [
  ...['lot', 'lot_batch', 'lot_beat', 'lot_cursor', 'lane_change', 'schema_version'],
  ...folded,
]
const stayColumns =
  'lot_id node_id stay_id day plate colour entered_at left_at ended no_entry entry_lane exit_lane order_fen paid_fen back_fen first_seq last_seq odd_clock'

/** Of today, `202611`. */
const month = receiptMonth(Date.now()).slice(0, 7).replace('-', '')

/** By hand: a table or a right that is not here is red. */
const expected: Readonly<Record<CentreRole, Readonly<Record<string, string>>>> = {
  etc_door: madeByDoor,
  etc_desk: {
    ...Object.fromEntries(seen.map((table) => [`centre.${table}`, 'select'])),
    'centre.lot': 'select, insert lot_id name, update name state',
    'desk.act': 'select, insert at person act lot_id detail',
    'desk.alarm_told': 'select',
    'desk.alarm_way': 'select, insert kind address after_s, update removed_at',
    'desk.aside_row': 'select, update passed_at passed_by reason',
    'desk.lot_key':
      'select, insert serial lot_id use certificate from_at to_at, update revoked_at revoked_by',
    'desk.mail_server': 'select, insert server, update server',
    'desk.matter': 'select, update ended_at taken_at taken_by quiet_until',
    'desk.pairing': 'select, update state decided_at decided_by tls_certificate sign_certificate',
    'desk.sample': 'select',
  },
  etc_people: {
    'desk.act': 'insert at person act lot_id detail',
    'desk.person': 'select, update secret one_time',
    'desk.session':
      'select, insert token_digest person_id since last_seen wall, update last_seen, delete',
    'desk.sign_in_try': 'select, insert, update, delete',
  },
  etc_work: {
    ...Object.fromEntries(
      folded.map((table) => [`centre.${table}`, 'select, insert, update, delete, truncate']),
    ),
    'centre.stay': `select, insert ${stayColumns}, update ${stayColumns}, delete, truncate`,
    'centre.lot': 'select',
    'centre.lot_batch': 'select',
    'centre.lot_beat': 'select',
    'centre.lot_cursor': 'select',
    'centre.lane_change': 'select, delete',
    'desk.alarm_episode': 'select, insert, update, delete',
    'desk.alarm_listening': 'select, insert, update',
    'desk.alarm_told': 'select, insert, update',
    'desk.alarm_way': 'select',
    'desk.aside_row': 'select, insert',
    'desk.lot_key': 'select',
    'desk.mail_server': 'select',
    'desk.matter': madeByDoor['desk.matter'],
    'desk.pairing': 'select',
    'desk.sample': 'select, insert, update, delete',
  },
}

it.each(centreRoles)('%s may do with each table what is written here', async (role) => {
  const found: Record<string, string> = {}
  const tables = await tablesOf()
  expect(tables.size).toBeGreaterThan(30)
  for (const [table, columns] of tables) {
    const rights = await rightsOn(role, table, columns)
    if (rights !== '') found[table] = rights
  }
  expect(found).toEqual(expected[role])
})

it('no role may call a function that is not its own', async () => {
  const { rows } = await centre.owner(`SELECT r.rolname AS role, p.proname AS name
    FROM pg_proc p, pg_roles r WHERE pronamespace IN ('centre'::regnamespace, 'desk'::regnamespace)
    AND r.rolname LIKE 'etc\\_%' AND has_function_privilege(r.oid, p.oid, 'EXECUTE') ORDER BY 1, 2`)
  expect(rows).toEqual([
    { role: 'etc_desk', name: 'acting' },
    { role: 'etc_desk', name: 'scope' },
    { role: 'etc_people', name: 'first_person' },
  ])
})

describe('the role of the desk in a session of lot A1', () => {
  let tokens: { readonly a1: string; readonly all: string; readonly wall: string; oneTime: string }
  beforeAll(async () => {
    for (const lot of ['A1', 'B2']) {
      await addLot(centre, lot)
      await addMatter(centre, lot, 'forked', {})
      await addPairing(centre, lot, '123456')
      await addAside(centre, lot, 7)
      await centre.owner(
        `UPDATE desk.lot_key SET revoked_at = now(), revoked_by = 'li' WHERE lot_id = $1 AND use = 'sign'`,
        [lot],
      )
      await centre.owner(
        "INSERT INTO desk.act (at, person, act, lot_id, detail) VALUES (now(), 'li', 'keys.revoke', $1, '{}')",
        [lot],
      )
    }
    tokens = {
      a1: await centre.tokenOf('A1'),
      all: await centre.tokenOf('*'),
      wall: await centre.tokenOf('A1', 'entrance'),
      oneTime: await centre.tokenOf('A1,B2'),
    }
    await centre.owner("UPDATE desk.person SET one_time = true WHERE name = 'of A1,B2'")
  })

  /** Rows that the last of the statements changed or gave; `denied`: the server refused it. Nothing stays. */
  async function tried(token: string, ...statements: readonly string[]) {
    const client = await centre.desk.connect()
    try {
      await client.query('BEGIN')
      await client.query("SELECT set_config('etc.token', $1, true)", [token])
      let count: number | null = 0
      for (const statement of statements) count = (await client.query(statement)).rowCount
      return count
    } catch (error) {
      if (error instanceof pg.DatabaseError && error.code === noRight) return 'denied'
      throw error
    } finally {
      await client.query('ROLLBACK')
      client.release()
    }
  }

  const matters = 'SELECT FROM desk.matter'
  const inAct = (person: string, lot: string | null): string =>
    `INSERT INTO desk.act (at, person, act, lot_id, detail)
     VALUES (now(), '${person}', 'matter.end', ${lot === null ? 'NULL' : `'${lot}'`}, '{}')`
  const revoke = (by: string, lot = 'A1'): string =>
    `UPDATE desk.lot_key SET revoked_at = now(), revoked_by = '${by}' WHERE lot_id = '${lot}' AND revoked_at IS NULL`
  const decide = (by: string, state: string, lot = 'A1'): string =>
    `UPDATE desk.pairing SET state = '${state}', decided_by = '${by}' WHERE lot_id = '${lot}'`
  const pass = (by: string, lot = 'A1'): string =>
    `UPDATE desk.aside_row SET passed_at = now(), passed_by = '${by}' WHERE lot_id = '${lot}'`
  const key = (lot: string): string =>
    `INSERT INTO desk.lot_key (serial, lot_id, use, certificate, from_at, to_at)
     VALUES ('S1', '${lot}', 'tls', '', now(), now())`

  it.each([
    // lawful
    ['sees its own matters', [matters], 2],
    ['ends its own', ['UPDATE desk.matter SET ended_at = now()'], 2],
    ['revokes a key in its own name', [revoke('of A1')], 1],
    ['decides a request in its own name', [decide('of A1', 'refused')], 1],
    ['lets a row pass in its own name', [pass('of A1')], 1],
    ['adds a key of its lot', [key('A1')], 1],
    ['logs its own act', [inAct('of A1', 'A1')], 1],
    ['logs its own act of no lot', [inAct('of A1', null)], 1],
    ['reads acts of its lot', ['SELECT FROM desk.act'], 1],
    // wider lots
    ['names all lots as before', ["SET LOCAL etc.lots = '*'", matters], 2],
    ['names another token', ["SET LOCAL etc.token = 'x'", matters], 0],
    ['names no token', ["SET LOCAL etc.token = ''", matters], 0],
    ['looks for tokens', ['SELECT token_digest FROM desk.session'], 'denied'],
    ['looks for secrets', ['SELECT secret FROM desk.person'], 'denied'],
    ['writes its own lots', ["UPDATE desk.person SET lots = '*'"], 'denied'],
    [
      'adds a person',
      ["INSERT INTO desk.person (name, secret, one_time) VALUES ('li', '', false)"],
      'denied',
    ],
    ['makes the first person', ["SELECT desk.first_person('admin', '')"], 'denied'],
    ['reads the session by its function', ['SELECT * FROM desk.session_row()'], 'denied'],
    [
      'adds a session',
      [
        "INSERT INTO desk.session (token_digest, person_id, since, last_seen) VALUES ('x', 1, now(), now())",
      ],
      'denied',
    ],
    ['unlocks a person', ['DELETE FROM desk.sign_in_try'], 'denied'],
    ['becomes the role of people', ['SET ROLE etc_people'], 'denied'],
    ['becomes the door', ['SET SESSION AUTHORIZATION etc_door'], 'denied'],
    ['switches security off', ['SET LOCAL row_security = off', matters], 'denied'],
    ['shadows the tables', ['CREATE TEMP TABLE person (name text, lots text)', matters], 2],
    ['reads a month beside its table', [`SELECT FROM centre.money_${month}`], 'denied'],
    [
      'makes a function',
      ["CREATE FUNCTION desk.f() RETURNS int LANGUAGE sql AS 'SELECT 1'"],
      'denied',
    ],
    // keys
    ['un-revokes a key', ['UPDATE desk.lot_key SET revoked_at = NULL'], 'denied'],
    [
      'un-revokes a revoked one',
      ["UPDATE desk.lot_key SET revoked_at = NULL WHERE use = 'sign'"],
      0,
    ],
    ['revokes in another name', [revoke('li')], 'denied'],
    ['revokes a key of another lot', [revoke('of A1', 'B2')], 0],
    ['gives a key another lot', ["UPDATE desk.lot_key SET lot_id = 'B2'"], 'denied'],
    ['adds a key of another lot', [key('B2')], 'denied'],
    ['deletes keys', ['DELETE FROM desk.lot_key'], 'denied'],
    // what was decided
    ['decides a request twice', [decide('of A1', 'refused'), decide('of A1', 'accepted')], 0],
    ['opens a request again', [decide('of A1', 'pending')], 'denied'],
    ['decides in another name', [decide('li', 'refused')], 'denied'],
    ['decides one of another lot', [decide('of A1', 'refused', 'B2')], 0],
    ['writes the digits', ["UPDATE desk.pairing SET digits = '000000'"], 'denied'],
    ['lets a row pass in another name', [pass('li')], 'denied'],
    ['lets one of another lot pass', [pass('of A1', 'B2')], 0],
    [
      'opens a matter again',
      ['UPDATE desk.matter SET ended_at = now()', 'UPDATE desk.matter SET ended_at = NULL'],
      0,
    ],
    // acts
    ['logs an act in another name', [inAct('li', 'A1')], 'denied'],
    ['logs an act of another lot', [inAct('of A1', 'B2')], 'denied'],
    ['changes an act', ["UPDATE desk.act SET person = 'li'"], 'denied'],
    ['deletes acts', ['DELETE FROM desk.act'], 'denied'],
    // what concerns all lots
    ['reads the mail server', ['SELECT FROM desk.mail_server'], 0],
    ['sets the mail server', ["INSERT INTO desk.mail_server (server) VALUES ('{}')"], 'denied'],
    [
      'adds a way',
      ["INSERT INTO desk.alarm_way (kind, address, after_s) VALUES ('mail', '', 0)"],
      'denied',
    ],
  ] as const)('%s', async (_, statements, result) => {
    expect(await tried(tokens.a1, ...statements)).toBe(result)
  })

  it.each([
    ['of a wall view sees', 'wall', matters, 2],
    ['of a wall view ends nothing', 'wall', 'UPDATE desk.matter SET ended_at = now()', 0],
    ['of a wall view logs nothing', 'wall', inAct('of A1', 'A1'), 'denied'],
    ['of a wall view adds no key', 'wall', key('A1'), 'denied'],
    ['before a one-time password is changed sees nothing', 'oneTime', matters, 0],
    [
      'before a one-time password is changed logs nothing',
      'oneTime',
      inAct('of A1,B2', 'A1'),
      'denied',
    ],
    ['of all lots sees all', 'all', matters, 4],
    ['of all lots sees all acts', 'all', 'SELECT FROM desk.act', 2],
    [
      'of all lots sets the mail server',
      'all',
      "INSERT INTO desk.mail_server (server) VALUES ('{}')",
      1,
    ],
  ] as const)('a session %s', async (_, token, statement, result) => {
    expect(await tried(tokens[token], statement)).toBe(result)
  })
})

describe('the role of people', () => {
  it.each([
    ["INSERT INTO desk.person (name, secret, one_time) VALUES ('li', '', false)", noRight],
    ["UPDATE desk.person SET lots = '*'", noRight],
    ['SELECT FROM desk.lot_key', noRight],
    [
      "INSERT INTO desk.act (at, person, act, detail) VALUES (now(), 'of A1', 'keys.revoke', '{}')",
      noRight,
    ],
    [
      "INSERT INTO desk.act (at, person, act, detail) VALUES (now(), 'x', 'session.begin', '{}')",
      noRight,
    ],
    [
      "INSERT INTO desk.act (at, person, act, detail) VALUES (now(), 'of A1', 'session.begin', '{}')",
      null,
    ],
    // A centre with people gets no other first person.
    ["SELECT 1 / (CASE WHEN desk.first_person('admin', '') THEN 0 ELSE 1 END)", null],
  ])('%s', async (statement, code) => {
    const failed = await centre.people.query(statement).then(
      () => null,
      (error: pg.DatabaseError) => error.code,
    )
    expect(failed).toBe(code)
  })
})

it('a centre of step 1 is upgraded by an owner who is no superuser, and keeps its rows', async () => {
  await centre.owner('CREATE ROLE maker LOGIN')
  await centre.owner('CREATE DATABASE former OWNER maker')
  const address = new URL(centre.server.address)
  address.pathname = '/former'
  const addressOf = (user: string): string => {
    address.username = user
    return address.href
  }
  const maker = new pg.Client({ connectionString: addressOf('maker') })
  const desk = new pg.Client({ connectionString: addressOf('etc_desk') })
  try {
    await maker.connect()
    await maker.query(`CREATE SCHEMA centre; CREATE SCHEMA desk;
      CREATE TABLE centre.schema_version (version int NOT NULL); ${firstStep};
      INSERT INTO centre.schema_version VALUES (1)`)
    const digest = createHash('sha256').update('the token').digest()
    await maker.query(
      "INSERT INTO desk.person (name, secret, lots, one_time) VALUES ('li', 's', 'A1', false)",
    )
    await maker.query('INSERT INTO desk.session VALUES ($1, 1, now(), now())', [digest])
    await maker.query(
      `INSERT INTO desk.act (at, person, act, lot_id, detail) VALUES (now(), 'li', 'x', 'A1', '{}'), (now(), 'li', 'x', 'B2', '{}')`,
    )
    await migrate(maker)
    await migrate(maker)
    await maker.query("INSERT INTO centre.lot (lot_id, name) VALUES ('A1', '{}'), ('B2', '{}')")
    await desk.connect()
    const seenBy = async (token: string): Promise<readonly unknown[]> => {
      await desk.query("SELECT set_config('etc.token', $1, false)", [token])
      const lots = await desk.query<{ lot_id: string }>('SELECT lot_id FROM centre.lot')
      const acts = await desk.query('SELECT FROM desk.act')
      return [lots.rows.map(({ lot_id: lot }) => lot), acts.rowCount]
    }
    // The session of before goes on.
    expect(await seenBy('the token')).toEqual([['A1'], 1])
    expect(await seenBy(randomBytes(32).toString('base64url'))).toEqual([[], 0])
    const version = 'SELECT max(version) AS version FROM centre.schema_version'
    expect((await maker.query(version)).rows).toEqual((await centre.owner(version)).rows)
  } finally {
    await maker.end()
    await desk.end()
  }
})
