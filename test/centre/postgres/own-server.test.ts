// The centre's own PostgreSQL on the disk of this machine: made, used, stopped, killed, and started again.
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import {
  centreDir,
  centreCopies,
  openHeard,
  postmasterOf,
  socketOf,
  startCentre,
} from '../../kit/centre-parts.ts'
import { eventually } from '../../kit/eventually.ts'
import { systemMonoClock } from '#base/time/system-clocks.ts'
import { dayMs } from '#base/pure/values/instant.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import { isProcessAlive } from '#base/files/process-lock.ts'
import { refusedLater } from '../../kit/refusals.ts'

const madeCentreDir = centreCopies()

const addLot = `INSERT INTO centre.lot (lot_id, name) VALUES ($1, '{"zh":"东","en":"East"}')`
const lots = 'SELECT lot_id FROM centre.lot ORDER BY 1'
const setting = (name: string): string => `SELECT current_setting('${name}') AS value`

it('makes a database that listens on a socket alone, and keeps what was written over a stop', async () => {
  const dir = centreDir()
  const first = await openHeard(dir)
  const { door } = first.database
  await door.query(addLot, ['A1'])
  const found = await Promise.all(
    ['listen_addresses', 'fsync', 'data_checksums', 'server_encoding', 'lc_ctype'].map(
      async (name) => (await door.query(setting(name))).rows[0].value,
    ),
  )
  expect(found).toEqual(['', 'on', 'on', 'UTF8', 'C.UTF-8'])
  expect((await door.query('SELECT current_user AS who')).rows).toEqual([{ who: 'etc_door' }])
  const rules = readFileSync(join(dir, 'postgres', 'pg_hba.conf'), 'utf8')
    .split('\n')
    .filter((line) => /^\w/.test(line))
  expect(rules.length).toBeGreaterThan(2)
  expect(rules.filter((line) => !line.endsWith('scram-sha-256'))).toEqual([])
  for (const [path, mode] of [
    ['passwords.json', 0o600],
    ['postgres', 0o700],
    ['socket', 0o700],
  ] as const)
    expect([path, statSync(join(dir, path)).mode & 0o777]).toEqual([path, mode])
  const pid = postmasterOf(dir)
  expect(statSync(`/proc/${pid}`).uid).toBe(statSync(join(dir, 'postgres')).uid)
  expect(statSync(`/proc/${pid}`).uid).not.toBe(0)
  await first.close()
  expect(isProcessAlive(pid)).toBe(false)
  expect(
    ['socket', 'centre.lock', 'initdb-password'].filter((n) => existsSync(join(dir, n))),
  ).toEqual([])
  const again = await openHeard(dir)
  expect((await again.database.door.query(lots)).rows).toEqual([{ lot_id: 'A1' }])
})

it.each(['SIGKILL', 'SIGQUIT', 'SIGINT'] as const)(
  'starts a server again that somebody ends with %s, and the pools work on',
  async (signal) => {
    const dir = await madeCentreDir()
    const open = await openHeard(dir)
    const { door } = open.database
    await door.query(addLot, ['A1'])
    process.kill(postmasterOf(dir), signal)
    await eventually(() => open.states).toEqual(['down', 'up'])
    expect((await door.query(lots)).rows).toEqual([{ lot_id: 'A1' }])
    expect(open.faults).toEqual([])
  },
)

it('leaves a program alone whose number stands in an old pid file', async () => {
  const dir = await madeCentreDir()
  const first = await openHeard(dir)
  const file = join(dir, 'postgres', 'postmaster.pid')
  const text = readFileSync(file, 'utf8')
  await first.close()
  writeFileSync(file, text.replace(/^\d+/, String(process.pid)))
  const again = await openHeard(dir)
  expect(postmasterOf(dir)).not.toBe(process.pid)
  expect((await again.database.desk.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
})

it.each([
  [['--door', 'here'], '--door', 'here'],
  [['--desk', '127.0.0.1:70000'], '--desk', '127.0.0.1:70000'],
  [['--postgres', 'mysql://u:secret@h/d'], '--postgres', 'mysql://u@h/d'],
])('refuses %j', async (args, field, value) => {
  const centre = startCentre('--data', centreDir(), ...args)
  expect(await centre.ended).toBe(2)
  expect(centre.said).toMatchObject([{ error: { code: 'ARG-01', field, value } }])
})

it('refuses a second centre in a folder, and the first works on', async () => {
  const dir = await madeCentreDir()
  const open = await openHeard(dir)
  const second = startCentre('--data', dir)
  expect(await second.ended).toBe(2)
  expect(second.said).toMatchObject([{ error: { code: 'CENTRE-02', value: `pid ${process.pid}` } }])
  expect((await open.database.door.query(lots)).rows).toEqual([])
  expect(open.states).toEqual([])
})

it('takes a folder whose path is too long for a socket', async () => {
  const dir = join(centreDir(), 'a'.repeat(60), '长路径'.repeat(10))
  const open = await openHeard(dir)
  expect((await open.database.door.query(lots)).rows).toEqual([])
  const folder = socketOf(dir)
  expect(existsSync(folder)).toBe(true)
  expect(existsSync(join(dir, 'socket'))).toBe(false)
  await open.close()
  expect(existsSync(folder)).toBe(false)
})

it.each(['9.6', '14', '99', ''])(
  'refuses a folder of PostgreSQL %j and changes nothing',
  async (version) => {
    const dir = centreDir()
    mkdirSync(join(dir, 'postgres'), { recursive: true })
    writeFileSync(join(dir, 'postgres', 'PG_VERSION'), `${version}\n`)
    expect(await refusedLater(openHeard(dir))).toMatchObject({
      code: 'CENTRE-03',
      detail: { file: join(dir, 'postgres'), value: String(Number(version)) },
    })
    expect(existsSync(join(dir, 'passwords.json'))).toBe(false)
  },
)

it('refuses the schema of a newer program and changes nothing', async () => {
  const dir = await madeCentreDir()
  const first = await openHeard(dir)
  const { owner } = JSON.parse(readFileSync(join(dir, 'passwords.json'), 'utf8'))
  expect(owner).toMatch(/^[0-9a-f]{48}$/)
  await first.asOwner('INSERT INTO centre.schema_version VALUES (99)')
  await first.close()
  expect(await refusedLater(openHeard(dir))).toMatchObject({
    code: 'CENTRE-04',
    detail: { value: '99' },
  })
  expect(existsSync(join(dir, 'centre.lock'))).toBe(false)
  expect(existsSync(join(dir, 'postgres', 'postmaster.pid'))).toBe(false)
})

it.each([
  ['a setting that is none', 'shared_buffers = much\n', 'CENTRE-05'],
  ['a setting of no version', 'no_such_setting = 1\n', 'CENTRE-05'],
  ['a file that is missing', "include 'missing.conf'\n", 'CENTRE-05'],
])('says in the words of the log why the database does not start: %s', async (_, line, code) => {
  const dir = await madeCentreDir()
  const file = join(dir, 'postgres', 'postgresql.conf')
  const text = readFileSync(file, 'utf8')
  writeFileSync(file, `${text}\n${line}`)
  const fault = await refusedLater(openHeard(dir))
  expect(fault).toMatchObject({ code })
  expect(String(fault?.detail.note)).toMatch(/postgresql\.conf|missing\.conf/)
  writeFileSync(file, text)
  await openHeard(dir)
})

it('says why a database that ended does not come back, once, and goes on when the cause has ended', async () => {
  const dir = await madeCentreDir()
  const open = await openHeard(dir)
  const file = join(dir, 'postgres', 'postgresql.conf')
  const text = readFileSync(file, 'utf8')
  writeFileSync(file, `${text}\nshared_buffers = much\n`)
  process.kill(postmasterOf(dir), 'SIGKILL')
  await eventually(() => open.faults.map(({ code }) => code)).toEqual(['CENTRE-05'])
  await expect(open.database.door.query(lots)).rejects.toThrow()
  writeFileSync(file, text)
  await eventually(() => open.states).toEqual(['down', 'up'])
  expect((await open.database.door.query(lots)).rows).toEqual([])
  expect(open.faults).toHaveLength(1)
})

it('makes the database whole after an initdb that was killed', async () => {
  const dir = centreDir()
  mkdirSync(join(dir, 'postgres.new'), { recursive: true })
  writeFileSync(join(dir, 'postgres.new', 'PG_VERSION'), '15\n')
  const open = await openHeard(dir)
  expect((await open.database.door.query(lots)).rows).toEqual([])
  expect(existsSync(join(dir, 'postgres.new'))).toBe(false)
})

it('makes the months to come each day, however long it runs', async () => {
  const mono = systemMonoClock()
  const days: (() => void)[] = []
  let nowMs = Date.UTC(2027, 0, 15)
  const hurried: MonoClock = {
    nowUs: () => mono.nowUs(),
    after(ms, call) {
      if (ms !== dayMs) return mono.after(ms, call)
      days.push(call)
      return () => undefined
    },
  }
  const clock = { nowMs: () => nowMs }
  const open = await openHeard(await madeCentreDir(), { mono: hurried, clock })
  const hasMonth = async (month: string): Promise<boolean> => {
    const text = `SELECT to_regclass('centre.lot_batch_${month}') IS NOT NULL AS found`
    return (await open.asOwner(text)).rows[0].found
  }
  expect([await hasMonth('202705'), await hasMonth('202706')]).toEqual([true, false])
  nowMs = Date.UTC(2027, 1, 1)
  days.pop()?.()
  await eventually(() => hasMonth('202706')).toBe(true)
  await eventually(() => days.length).toBe(1)
})
