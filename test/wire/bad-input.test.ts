// Mistakes of a person or a disk when a lane starts, with real processes:
// exit code 2, a stable fault code, a sentence that says what to do, and nothing lost or changed.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openLedger } from '#ledger/sqlite/ledger.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { readChainKey } from '#lane/folder/data-folder.ts'
import { cleanUp, newFolder, Program, runToEnd, type Ended } from './kit/live-program.ts'

/** A lot without devices and platform but with ledger rows: made once, copied for every test. */
let made = ''

const init = (dir: string, more: readonly string[] = []): Promise<Ended> =>
  runToEnd(['lot', 'init', '--data', dir, '--mode', 'demo', '--charge', 'card', ...more])

beforeAll(async () => {
  made = join(newFolder(), 'lot')
  mkdirSync(made, { mode: 0o755 })
  expect((await init(made)).code).toBe(0)
  const first = new Program(['run', '--data', made])
  await first.ready()
  const act = { by: '测试员', reason: '测试' }
  for (let n = 0; n < 3; n++)
    await first.call('queue.retryNow', { ...act, commandId: `bad-input-${n}-command` })
  expect(await first.stop()).toBe(0)
})
afterAll(cleanUp)

function copy(): string {
  const dir = join(newFolder(), 'lot')
  cpSync(made, dir, { recursive: true })
  return dir
}

const lotOf = (dir: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(dir, 'lot.json'), 'utf8')) as Record<string, unknown>

const kept = ['ledger.db', 'ledger.head', 'lot.json', 'tariff.json'] as const

const printOf = (dir: string): string[] =>
  kept
    .map((name) => join(dir, name))
    .map((file) =>
      existsSync(file) ? createHash('sha256').update(readFileSync(file)).digest('hex') : 'none',
    )

test('files of a lot are their owner’s alone, also in a folder that anybody may read', () => {
  const modes = [...kept, 'ledger.db-wal', 'keys/chain.key', 'run'].flatMap((name) => {
    const file = join(made, name)
    return existsSync(file) ? [[name, statSync(file).mode & 0o077]] : []
  })
  expect(modes.length).toBeGreaterThan(5)
  for (const [name, others] of modes) expect([name, others]).toEqual([name, 0])
})

const hasChinese = /[\u4e00-\u9fff]{2}/

/** Refused with its exit code and the fault code, in two languages, and no file has changed. */
async function refused(dir: string, code: string): Promise<Ended> {
  const before = printOf(dir)
  const ended = await runToEnd(['run', '--data', dir])
  // No restart cures a LOT, LEDGER or SEAL code, or a file of the lot that is no JSON; the others are tried again.
  expect(ended.code, ended.stderr).toBe(/^(?:LOT|LEDGER|SEAL)-|^FILE-0[12]$/.test(code) ? 78 : 2)
  expect(ended.stdout).toHaveLength(1)
  const { error } = ended.json as { error: Record<string, string> }
  expect(error).toMatchObject({ code })
  expect(error['message']).toMatch(hasChinese)
  expect(error['todo']).toMatch(hasChinese)
  expect(ended.stderr).toContain(code)
  expect(ended.stderr).toMatch(/[a-z]{3,} [a-z]{2,}/)
  expect(printOf(dir)).toEqual(before)
  expect(existsSync(join(dir, 'run', 'lock'))).toBe(false)
  return ended
}

/** With the folder repaired it starts, and the three acts are still there. */
async function startsAgain(dir: string): Promise<void> {
  const again = new Program(['run', '--data', dir])
  await again.ready()
  const verdict = await again.call('ledger.verify')
  expect(verdict).toMatchObject({ ok: true })
  const { rows } = await again.call<{ rows: { type: string }[] }>('ledger.query', { kind: 'event' })
  expect(rows.filter((row) => row.type === 'audit')).toHaveLength(3)
  expect(await again.stop()).toBe(0)
}

test.each([
  ['not JSON', (text: string) => text.slice(0, 100), 'FILE-02', ''],
  ['a member twice', (text: string) => text.replace('{', '{"version":1,'), 'FILE-02', ''],
  [
    'a wrong value',
    (t: string) => t.replace('"online"', '"a"').replace('"card"', '"a"'),
    'LOT-02',
    '/chargeMode',
  ],
  ['an unknown member', (text: string) => text.replace('{', '{"more":1,'), 'LOT-02', '/more'],
  [
    'a lane with a wrong link',
    (text: string) => text.replace('"rsu": null', '"rsu": "usb:1"'),
    'LOT-03',
    '/lanes/0/rsu',
  ],
])('lot file: %s', async (_name, change, code, field) => {
  const dir = copy()
  const file = join(dir, 'lot.json')
  const good = readFileSync(file, 'utf8')
  writeFileSync(file, change(good))
  const { json } = await refused(dir, code)
  expect(json).toMatchObject({ error: { file, ...(field === '' ? {} : { field }) } })
  writeFileSync(file, good)
  await startsAgain(dir)
})

test('no lot file', async () => {
  const dir = copy()
  renameSync(join(dir, 'lot.json'), join(dir, 'elsewhere.json'))
  await refused(dir, 'LOT-01')
})

test('a tariff with a fraction of a fen', async () => {
  const dir = copy()
  const file = join(dir, 'tariff.json')
  const good = readFileSync(file, 'utf8')
  writeFileSync(file, good.replace('"fen": 300', '"fen": 300.5'))
  const { json } = await refused(dir, 'TARIFF-01')
  expect(json).toMatchObject({
    error: { file, field: '/editions/0/plans/1/bands/0/steps/0/fen', value: '300.5' },
  })
  writeFileSync(file, good)
  await startsAgain(dir)
})

test('X01 a tariff whose bands overlap: the band and the minutes are named', async () => {
  const dir = copy()
  const file = join(dir, 'tariff.json')
  const good = readFileSync(file, 'utf8')
  const night = '{ "from": "22:00", "to": "08:00", "visitFen": 500 },'
  writeFileSync(file, good.replaceAll('"bands": [', `"bands": [${night}`))
  const { json } = await refused(dir, 'TARIFF-01')
  const field = '/editions/0/plans/0/bands/1/from'
  expect(json).toMatchObject({ error: { file, field, value: '"00:00"' } })
  expect(JSON.stringify(json)).toContain('工作日 00:00 到 08:00 与第 1 个时段重叠')
  writeFileSync(file, good)
  await startsAgain(dir)
})

test('a port that does not exist: said by name, the lane runs degraded and keeps trying', async () => {
  const dir = copy()
  const lot = lotOf(dir)
  const lanes = lot['lanes'] as Record<string, unknown>[]
  const port = `serial:${join(dir, 'no-such-port')}?variant=generic-bcc`
  const wired = lanes.map((lane) => (lane['id'] === 'exit' ? { ...lane, rsu: port } : lane))
  writeFileSync(join(dir, 'lot.json'), JSON.stringify({ ...lot, lanes: wired }))
  const program = new Program(['run', '--data', dir])
  await program.ready()
  expect(program.lines[0]).toMatchObject({ event: 'ready' })
  const fault = await program.line((line) => line['event'] === 'fault')
  expect(fault).toMatchObject({
    laneId: 'exit',
    error: { code: 'LINK-01', field: '/lanes/exit/rsu', value: port },
  })
  const board = await program.call<{ lanes: { laneId: string; devices: unknown }[] }>('board.get')
  expect(board.lanes.find((l) => l.laneId === 'exit')?.devices).toMatchObject({
    rsu: { state: 'down', link: port },
  })
  expect(await program.call('ledger.verify')).toMatchObject({ ok: true })
  expect(await program.stop()).toBe(0)
  expect(program.stderr).toContain('LINK-01')
  expect(program.lines.filter((line) => line['event'] === 'fault')).toHaveLength(1)
})

test('a second runtime on the folder; the first goes on', async () => {
  const dir = copy()
  const first = new Program(['run', '--data', dir])
  await first.ready()
  const second = await runToEnd(['run', '--data', dir])
  expect(second.code).toBe(2)
  expect(second.json).toMatchObject({ error: { code: 'LOCK-01', value: String(first.child.pid) } })
  expect(second.stderr).toContain(`pid ${first.child.pid}`)
  expect(await first.call('ledger.verify')).toMatchObject({ ok: true })
  expect(await first.stop()).toBe(0)
  await startsAgain(dir)
})

test('a ledger of a newer version', async () => {
  const dir = copy()
  const db = new DatabaseSync(join(dir, 'ledger.db'))
  const before = Number(db.prepare('PRAGMA user_version').get()?.['user_version'])
  db.exec('PRAGMA user_version = 999')
  db.close()
  const { json } = await refused(dir, 'LEDGER-01')
  expect(JSON.stringify(json)).toContain('999')
  const back = new DatabaseSync(join(dir, 'ledger.db'))
  back.exec(`PRAGMA user_version = ${before}`)
  back.close()
  await startsAgain(dir)
})

test('no ledger while its head exists', async () => {
  const dir = copy()
  renameSync(join(dir, 'ledger.db'), join(dir, 'away.db'))
  await refused(dir, 'LEDGER-02')
  expect(existsSync(join(dir, 'ledger.db'))).toBe(false)
  const query = await runToEnd(['ledger', 'query', '--kind', 'stay', '--data', dir])
  expect(query).toMatchObject({ code: 2, json: { error: { code: 'LEDGER-02' } } })
  renameSync(join(dir, 'away.db'), join(dir, 'ledger.db'))
  await startsAgain(dir)
})

test('a head ahead of the ledger: rows were lost, so ETC stays off', async () => {
  const dir = copy()
  cpSync(join(dir, 'ledger.db'), join(dir, 'old.db'))
  const { ledger } = openLedger({
    dir,
    nodeId: 'n1',
    chainKey: readChainKey(dir),
    crypto: openGmCrypto(),
    durability: 'full',
    version: 'test',
  })
  ledger.append([{ kind: 'event', atMs: 1, body: { type: 'photosBack', detail: '' } }])
  ledger.close()
  const whole = readFileSync(join(dir, 'ledger.db'))
  renameSync(join(dir, 'old.db'), join(dir, 'ledger.db'))
  await refused(dir, 'LEDGER-03')
  const verify = await runToEnd(['ledger', 'verify', '--data', dir])
  expect(verify).toMatchObject({ code: 1, json: { ok: false, faults: [{ code: 'LEDGER-03' }] } })
  writeFileSync(join(dir, 'ledger.db'), whole)
  await startsAgain(dir)
})

const hasNamespaces =
  spawnSync('unshare', ['-Urm', 'mount', '-t', 'tmpfs', 'x', '/mnt']).status === 0

/** A command prefix that mounts a file system with the lot in it. */
const onTmpfs = (dir: string, kib: number, then = ''): string[] => [
  'unshare',
  '-Urm',
  'sh',
  '-c',
  `mount -t tmpfs -o size=${kib}k x '${dir}' && cp -a '${made}/.' '${dir}' ${then} && exec "$@"`,
  'sh',
]

describe.skipIf(!hasNamespaces)('on a file system of its own', () => {
  test('disk full under a running lane: refused, and done once when there is room again', async () => {
    const dir = newFolder()
    const program = new Program(['run', '--data', dir], onTmpfs(dir, 1024))
    await program.ready()
    const inside = `/proc/${program.child.pid}/root`
    program.endpoints = {
      ...program.endpoints,
      tokenFile: join(inside, program.endpoints?.tokenFile ?? ''),
    } as NonNullable<Program['endpoints']>
    const ballast = join(inside, dir, 'ballast')
    const act = { by: '测试员', reason: '磁盘' }
    let full = ''
    try {
      writeFileSync(ballast, new Uint8Array(2 * 1024 * 1024))
    } catch (error) {
      full = String(error)
    }
    expect(full).toContain('ENOSPC')
    const codes: string[] = []
    // SQLite may still have room for a page or two in its log.
    for (let n = 0; n < 20 && codes.length === 0; n++)
      await program
        .call('queue.retryNow', { ...act, commandId: `full-disk-${n}` })
        .catch((e: Error) => {
          codes.push(`full-disk-${n} ${e.message}`)
        })
    expect(codes.join()).toContain('DATA-02')
    const commandId = codes[0]?.split(' ')[0] ?? ''
    rmSync(ballast)
    expect(await program.call('queue.retryNow', { ...act, commandId })).toEqual({
      ok: true,
      repeated: false,
    })
    expect(await program.call('ledger.verify')).toMatchObject({ ok: true })
    expect(await program.stop()).toBe(0)
  })

  test('disk full at the start', async () => {
    const dir = newFolder()
    const fill = `&& (head -c 4m /dev/zero > '${dir}/ballast' || true)`
    const ended = await runToEnd(['run', '--data', dir], onTmpfs(dir, 1024, fill))
    expect(ended.code, ended.stderr).toBe(2)
    expect(ended.json).toMatchObject({ error: { code: expect.stringMatching(/^DATA-0[12]$/) } })
  })

  test('a read-only folder, for root too', async () => {
    const dir = newFolder()
    const ended = await runToEnd(
      ['run', '--data', dir],
      onTmpfs(dir, 1024, `&& mount -o remount,ro '${dir}'`),
    )
    expect(ended.code, ended.stderr).toBe(2)
    expect(ended.json).toMatchObject({ error: { code: 'DATA-01' } })
    expect(ended.stderr).toContain('DATA-01')
  })

  test('a read-only folder can still be queried and verified', async () => {
    const dir = newFolder()
    const prefix = onTmpfs(dir, 1024, `&& mount -o remount,ro '${dir}'`)
    const verify = await runToEnd(['ledger', 'verify', '--data', dir], prefix)
    expect(verify, verify.stderr).toMatchObject({ code: 0, json: { ok: true } })
  })
})

test('a key that others may read is not made: the folder is for its user alone', () => {
  const mode = statSync(join(made, 'keys', 'chain.key')).mode & 0o777
  expect(mode).toBe(0o600)
  chmodSync(made, 0o700)
})
