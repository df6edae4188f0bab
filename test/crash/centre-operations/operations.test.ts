// The commands of docs/operations.md, "The centre's machine", run as they stand there: a standby, copies, restores and an
// upgrade, each with rows that lots have sent, which the Python program proves.
import { spawnSync } from 'node:child_process'
import { cpSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { openDoor } from '../../../centre/door/door.ts'
import { systemMonoClock, systemWallClock } from '#base/time/system-clocks.ts'
import { must } from '#base/pure/values/must.ts'
import {
  asServer,
  freePort,
  postgresBin,
  postgresFolder,
  postgresIn,
  type PostgresServer,
} from '../../firmware-runtime/simulators/platform/postgres-server.ts'
import { testCentre } from '../../kit/centre-database.ts'
import { eventually } from '../../kit/eventually.ts'
import { openScene, sent, type Checked, type Lot, type Scene } from '../../centre/door/door-kit.ts'

const page = readFileSync('docs/operations.md', 'utf8')
const [section = ''] = page.split("\n## The centre's machine\n")[1]?.split('\n## ') ?? []

/** The marked blocks of a part, in order. */
function blocksOf(part: string): readonly string[] {
  const [text = ''] = section.split(`\n### ${part}\n`)[1]?.split('\n### ') ?? []
  return [...text.matchAll(/^✓.*\n```sh\n([^]*?)^```$/gm)].map(([, block = '']) => block)
}
const blockOf = (part: string, word: string): string => {
  const found = blocksOf(part).filter((block) => block.includes(word))
  must(found.length === 1, `${part} has one block with ${word}`)
  return found[0] ?? ''
}

const hasPgbackrest = spawnSync('pgbackrest', ['version']).status === 0
if (!hasPgbackrest)
  process.stdout.write('SKIPPED: pgbackrest is not installed, its commands were not run\n')

let scene: Scene
let lots: readonly Lot[]
/** Variables of the page. */
let env: Record<string, string>

beforeAll(async () => {
  scene = await openScene()
  lots = [await scene.lot('A1'), await scene.lot('B2')]
  await sendMore()
  const [base, kept] = [postgresFolder(), postgresFolder()]
  env = { CENTRE: scene.centre.server.address, DIR: join(base, 'centre'), KEPT: kept }
  cpSync(join(scene.dir, 'authority'), join(env['DIR'] ?? '', 'authority'), { recursive: true })
  cpSync('package.json', join(env['DIR'] ?? '', 'passwords.json'))
  asServer.own(base)
  folders.push(base, kept)
})
const folders: string[] = []
afterAll(async () => {
  await scene.close()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

async function sendMore(): Promise<void> {
  for (const lot of lots) for (let n = 0; n < 5; n++) await lot.sendNext(100)
}

/** Runs it as the user of the server; it must succeed. Returns what it printed. */
function run(block: string, more: Record<string, string> = {}): string {
  const made = spawnSync('bash', ['--norc', '-eu', '-c', block], {
    ...asServer.ids(),
    cwd: env['KEPT'],
    env: { ...env, ...more, LC_ALL: 'C', PATH: `${postgresBin()}:${process.env['PATH'] ?? ''}` },
    encoding: 'utf8',
  })
  must(made.status === 0, `${block}\n${made.stdout}${made.stderr}`)
  return made.stdout
}

/** For a server that pg_ctl starts; stopped at the end of the test. */
async function place(): Promise<{ data: string; options: string; address: string }> {
  const [data, port] = [postgresFolder(), await freePort()]
  onTestFinished(() => {
    spawnSync(join(postgresBin(), 'pg_ctl'), ['stop', '-m', 'immediate', '-D', data], {
      ...asServer.ids(),
      cwd: '/',
    })
    rmSync(data, { recursive: true, force: true })
  })
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=`
  return { data, options, address: `postgres://books@127.0.0.1:${port}/postgres` }
}

function checked(address: string): Checked {
  const made = spawnSync('python3', ['test/fixtures/centre-check.py', address], {
    encoding: 'utf8',
  })
  return JSON.parse(made.stdout)
}
const headsOf = (): Record<string, string> =>
  Object.fromEntries(lots.map(({ lotId, seq, prev }) => [`${lotId}/n1`, `${seq} ${prev}`]))
const expectAll = (address: string): void =>
  expect(checked(address)).toMatchObject({ ok: true, faults: [], heads: headsOf() })

/** What the restore took, for whoever reads the output. */
function timed(what: string, data: string, restore: () => void): void {
  const sinceMs = performance.now()
  restore()
  const ms = Math.round(performance.now() - sinceMs)
  const [kb = ''] = spawnSync('du', ['-sk', data], { encoding: 'utf8' }).stdout.split('\t')
  process.stdout.write(`restore, ${what}: ${kb} kB in ${ms} ms\n`)
}

it('marks the commands that this file runs', () => {
  expect(
    ['A standby', 'Backup', 'Restore', 'Upgrade', 'More machines'].map(
      (part) => blocksOf(part).length,
    ),
  ).toEqual([4, 3, 3, 1, 0])
})

it('restores a base backup, and the lots send what came later', async () => {
  const base = blockOf('Backup', 'pg_basebackup')
  run(base)
  const heads = headsOf()
  const { data, options, address } = await place()
  timed('base backup', data, () =>
    run(blockOf('Restore', 'cp -a'), { RESTORED_DATA: data, RESTORED_OPTIONS: options }),
  )
  expect(checked(address)).toMatchObject({ ok: true, faults: [], heads })
})

it('restores what people decided, and asks the lots for all their rows again', async () => {
  run(blockOf('Backup', 'pg_dump'))
  expect(run('tar -tf "$KEPT/centre.tar"')).toContain('authority/authority.key.pem')
  const fresh = await testCentre()
  onTestFinished(() => fresh.remove())
  timed('desk', fresh.server.dir, () =>
    run(blockOf('Restore', 'pg_restore'), { FRESH: fresh.server.address }),
  )
  const door = await openDoor({
    database: fresh,
    authority: scene.authority,
    host: '127.0.0.1',
    port: 0,
    clock: systemWallClock(),
    mono: systemMonoClock(),
    failed: (error) => {
      throw error
    },
  })
  onTestFinished(() => door.close())
  const { rows } = await scene.centre.owner(
    "SELECT lot_id, from_seq, to_seq, encode(head, 'hex') AS head FROM centre.lot_batch ORDER BY lot_id, to_seq",
  )
  expect(rows.length).toBeGreaterThan(9)
  for (const lot of lots) {
    const [seq, prev] = [lot.seq, lot.prev]
    const past = lot.batch(1)
    const answer = await sent(door.url, lot.agent, {
      path: '/v1/rows',
      headers: past.headers,
      body: past.body,
    })
    expect(answer).toEqual({ status: 409, body: { want: 1 } })
    expect([lot.seq, lot.prev]).toEqual([seq, prev])
  }
  const names = await fresh.owner('SELECT lot_id FROM centre.lot ORDER BY 1')
  expect(names.rows).toEqual([{ lot_id: 'A1' }, { lot_id: 'B2' }])
})

it.skipIf(!hasPgbackrest)('backs up and restores by pgbackrest', async () => {
  const [repository, sockets, data] = [postgresFolder(), postgresFolder(), postgresFolder()]
  folders.push(repository, sockets, data)
  run('cp -a "$KEPT/base/." "$DATA"', { DATA: data })
  const options: Record<string, string> = {
    PGBACKREST_REPO1_PATH: repository,
    PGBACKREST_REPO1_RETENTION_FULL: '2',
    PGBACKREST_PG1_PATH: data,
    PGBACKREST_PG1_USER: 'books',
    PGBACKREST_PG1_DATABASE: 'postgres',
    PGBACKREST_PG1_SOCKET_PATH: sockets,
    PGBACKREST_LOG_PATH: repository,
    PGBACKREST_LOCK_PATH: sockets,
    PGBACKREST_CONFIG: '/dev/null',
  }
  const words = Object.entries(options).map(([name, value]) => `${name}=${value}`)
  const server: PostgresServer = await postgresIn(data, [
    `unix_socket_directories=${sockets}`,
    'archive_mode=on',
    `archive_command=env ${words.join(' ')} pgbackrest --stanza=centre archive-push %p`,
    // The file that a restore writes names the usual place of its settings.
    `restore_command=env ${words.join(' ')} pgbackrest --stanza=centre archive-get %f "%p"`,
  ])
  onTestFinished(() => server.remove())
  const at = { ...options, PGBACKREST_PG1_PORT: new URL(server.address).port }
  expect(run(blockOf('Backup', 'stanza-create'), at)).toContain('full backup')
  const heads = checked(server.address).heads
  await server.crash()
  rmSync(join(data, 'base'), { recursive: true })
  timed('pgbackrest', data, () => run(blockOf('Restore', 'pgbackrest'), at))
  await server.start()
  expect(checked(server.address)).toMatchObject({ ok: true, faults: [], heads })
})

it('upgrades', async () => {
  const [old, fresh] = [postgresFolder(), await place()]
  folders.push(old)
  run('cp -a "$KEPT/base/." "$OLD"', { OLD: old })
  const before = await postgresIn(old)
  const { heads } = checked(before.address)
  await before.crash()
  // In order, as pg_upgrade wants it.
  run('pg_ctl start -w -D "$OLD" -l "$OLD/start.log" -o "$OPTIONS"; pg_ctl stop -w -D "$OLD"', {
    OLD: old,
    OPTIONS: fresh.options,
  })
  run(blockOf('Upgrade', 'pg_upgrade'), {
    OLD_BIN: postgresBin(),
    NEW_BIN: postgresBin(),
    OLD_DATA: old,
    NEW_DATA: fresh.data,
    LOCALE: 'C',
    INITDB_OPTIONS: '-U books -A trust',
    UPGRADE_OPTIONS: '-U books',
  })
  const server = await postgresIn(fresh.data)
  onTestFinished(() => server.remove())
  expect(checked(server.address)).toMatchObject({ ok: true, faults: [], heads })
})

it('makes a standby, lets acts wait for it, and promotes it', async () => {
  const { data, options, address } = await place()
  run(blockOf('A standby', 'CREATE ROLE standby'))
  const from = scene.centre.server.address.replace('books@', 'standby@')
  const printed = run(blockOf('A standby', 'pg_basebackup'), {
    STANDBY_FROM: from,
    STANDBY_DATA: data,
    STANDBY_OPTIONS: options,
  })
  expect(printed).toMatch(/walreceiver/)
  run(blockOf('A standby', 'synchronous_commit = local'))
  const { server } = scene.centre
  await eventually(() => server.psql('SELECT sync_state FROM pg_stat_replication')).toBe('sync')
  spawnSync(join(postgresBin(), 'pg_ctl'), ['stop', '-m', 'immediate', '-D', data], {
    ...asServer.ids(),
    cwd: '/',
  })
  await eventually(() => server.psql('SELECT count(*) FROM pg_stat_replication')).toBe('0')
  // New connections have the setting: rows do not wait for a standby that is away, an act of a person does.
  await scene.centre.owner(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename LIKE 'etc_%'",
  )
  const [lot] = lots
  must(lot !== undefined, 'there is a lot')
  const batch = lot.batch(1)
  await eventually(async () => (await lot.send(batch)).status).toBe(200)
  lot.seq++
  lot.prev = batch.head
  const act = scene.atDesk((db) =>
    db.query("INSERT INTO desk.act (at, person, act, detail) VALUES (now(), 'of *', 'x', '{}')"),
  )
  let isDone = false
  void act.then(() => (isDone = true))
  await eventually(() =>
    server.psql("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"),
  ).toBe('1')
  expect(isDone).toBe(false)
  run(`pg_ctl start -w -D "$STANDBY_DATA" -l "$STANDBY_DATA/start.log" -o "$STANDBY_OPTIONS"`, {
    STANDBY_DATA: data,
    STANDBY_OPTIONS: options,
  })
  await act
  await server.crash()
  run(blockOf('A standby', 'pg_ctl promote'), { STANDBY_DATA: data, PROMOTED: address })
  expectAll(address)
  await server.start()
  server.psql('ALTER SYSTEM RESET synchronous_standby_names')
  server.psql('SELECT pg_reload_conf()')
})
