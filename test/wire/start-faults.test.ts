// Starts that must fail, as processes: a disk that is full at one step after another, files that cannot
// be written, a used port. Each ends by itself with exit code 2 and a JSON error, and the next start works.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { cleanUp, newFolder, Program, programFile, runToEnd } from './kit/live-program.ts'
import { eventually, patienceMs } from '../kit/eventually.ts'

const folder = newFolder()
const bare = join(folder, 'bare')
let dir = bare
let number = 0
const full = process.env['ETC_LANE_SCALE'] === 'full'

beforeAll(async () => {
  const lot = ['--mode', 'demo', '--charge', 'card', '--camera', 'exit=push:hikvision']
  expect((await runToEnd(['lot', 'init', '--data', dir, ...lot])).code).toBe(0)
})
beforeEach(() => {
  dir = join(folder, `lot-${number++}`)
  cpSync(bare, dir, { recursive: true })
})
afterAll(cleanUp)

/** Starts and ends on SIGTERM, like a supervisor's next try. */
async function worksAgain(): Promise<void> {
  const run = new Program(['run', '--data', dir])
  await run.ready()
  expect(await run.stop()).toBe(0)
  expect(existsSync(join(dir, 'run', 'lock'))).toBe(false)
}

/** Runs to its end without a signal. */
async function failedStart(exit = 2): Promise<unknown> {
  const { code, stdout } = await runToEnd(['run', '--data', dir])
  expect(code).toBe(exit)
  expect(existsSync(join(dir, 'run', 'lock'))).toBe(false)
  expect(existsSync(join(dir, 'run', 'runtime.json'))).toBe(false)
  expect(stdout).toHaveLength(1)
  return stdout[0]
}

describe('a file that cannot be written', () => {
  it.each([
    ['run/runtime.json.new', 'DATA-01', 2],
    ['run/token.new', 'DATA-01', 2],
    ['ledger.head', 'LEDGER-02', 78],
  ])('%s', async (name, code, exit) => {
    mkdirSync(join(dir, name), { recursive: true })
    expect(await failedStart(exit)).toMatchObject({ error: { code } })
    rmSync(join(dir, name), { recursive: true })
    await worksAgain()
  })
})

it('the port of the cameras is taken: LINK-01, and free again it starts', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await new Promise((done) => other.once('listening', done))
  const { port } = other.address() as AddressInfo
  const file = join(dir, 'lot.json')
  const before = readFileSync(file, 'utf8')
  const lot = JSON.parse(before) as object
  const intake = { host: '127.0.0.1', port, allow: ['127.0.0.1'] }
  writeFileSync(file, JSON.stringify({ ...lot, intake }))
  const value = `127.0.0.1:${port}`
  expect(await failedStart()).toMatchObject({ error: { code: 'LINK-01', field: '/intake', value } })
  await new Promise((done) => other.close(done))
  await worksAgain()
})

it('another program holds the ledger: a restart may cure it, so it is no 78', async () => {
  await worksAgain()
  const other = new DatabaseSync(join(dir, 'ledger.db'))
  other.exec('PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE')
  const error = { code: 'LEDGER-05' }
  expect(await failedStart()).toMatchObject({ error })
  other.close()
  await worksAgain()
})

describe('a fault that no restart cures: exit status 78, and with its cause mended it starts', () => {
  const altered: Record<string, (lot: Record<string, unknown>) => object> = {
    'LOT-02 an unknown member': (lot) => ({ ...lot, colour: 'red' }),
    'LOT-02 a capacity that is text': (lot) => ({ ...lot, capacity: 'many' }),
    'LOT-03 a link without a device': (lot) => ({
      ...lot,
      lanes: (lot['lanes'] as object[]).map((lane) => ({ ...lane, rsu: 'nowhere' })),
    }),
    'LOT-04 two lanes of one name': (lot) => ({
      ...lot,
      lanes: (lot['lanes'] as object[]).map((lane) => ({ ...lane, id: 'same' })),
    }),
  }
  it.each(Object.entries(altered))('%s', async (name, alter) => {
    const file = join(dir, 'lot.json')
    const before = readFileSync(file, 'utf8')
    writeFileSync(file, JSON.stringify(alter(JSON.parse(before) as Record<string, unknown>)))
    expect(await failedStart(78)).toMatchObject({ error: { code: name.slice(0, 6) } })
    // Other commands keep the exit status of a command that could not run.
    expect((await runToEnd(['lot', 'check', '--data', dir])).code).toBe(2)
    writeFileSync(file, before)
    await worksAgain()
  })

  it('LEDGER-05 a ledger of other bytes, SEAL-01 a key of another machine', async () => {
    await worksAgain()
    for (const [name, code] of [
      ['ledger.db', 'LEDGER-05'],
      ['keys/chain.key', 'SEAL-01'],
    ] as const) {
      const file = join(dir, name)
      const before = readFileSync(file)
      writeFileSync(file, Buffer.alloc(before.length, 'x'))
      expect(await failedStart(78)).toMatchObject({ error: { code } })
      writeFileSync(file, before)
    }
    await worksAgain()
  })
})

it('a folder whose path is long: one of 380 bytes works, a longer one is DATA-03 and nothing is made', async () => {
  const below = (bytes: number): string => {
    let path = folder
    while (Buffer.byteLength(path) + 61 < bytes) path = join(path, '车场 long '.repeat(5))
    return join(path, 'x'.repeat(bytes - Buffer.byteLength(path) - 1))
  }
  const made = (path: string) =>
    runToEnd(['lot', 'init', '--data', path, '--mode', 'demo', '--charge', 'card'])
  dir = below(380)
  expect([Buffer.byteLength(dir), dir.length > 260]).toEqual([380, true])
  expect((await made(dir)).code).toBe(0)
  await worksAgain()
  const { json } = await runToEnd(['ledger', 'verify', '--data', dir])
  expect(json).toMatchObject({ ok: true, chain: 'ok' })
  const { file } = (await runToEnd(['ledger', 'backup', '--data', dir])).json
  expect(existsSync(String(file))).toBe(true)

  const long = below(401)
  const refused = await made(long)
  expect([refused.code, refused.json['error']]).toMatchObject([2, { code: 'DATA-03' }])
  expect(existsSync(long)).toBe(false)
  mkdirSync(long, { recursive: true })
  cpSync(bare, long, { recursive: true })
  dir = long
  expect(await failedStart()).toMatchObject({ error: { code: 'DATA-03', file: long } })
})

it.each(['run/lock', 'ledger.db', 'run/token'])(
  'SIGTERM in the middle of a start, as soon as %s is there',
  async (name) => {
    const run = new Program(['run', '--data', dir])
    await eventually(() => existsSync(join(dir, name)), { of: run }).toBe(true)
    const fromMs = performance.now()
    expect(await run.stop()).toBe(0)
    expect(performance.now() - fromMs).toBeLessThan(10_000)
    expect(existsSync(join(dir, 'run', 'lock'))).toBe(false)
  },
)

const hasNamespaces =
  spawnSync('unshare', ['-Urm', 'mount', '-t', 'tmpfs', 'x', '/mnt']).status === 0
/** KiB: there is no room for the lock, the key, the ledger, its head, its first row, the token or the run file. */
const sizes = full ? Array.from({ length: 40 }, (_, i) => 8 + 4 * i) : [12, 112, 116, 120]

describe.skipIf(!hasNamespaces)('a disk that is full at a step of the start', () => {
  const small = join(folder, 'small')
  beforeAll(() => mkdirSync(small))
  const said = join(folder, 'said')
  // The disk exists only for the shell. A start that does not end by itself is killed: 137.
  const script = `mount -t tmpfs -o size="$1"k x "$2" && cp -r "$3" "$2/lot" || exit 99
    timeout -s KILL ${patienceMs / 1_000} "$4" "$5" run --data "$2/lot" >"$6"; echo "$?"; cat "$6"
    mount -o remount,size=16m "$2"; : >"$6"
    "$4" "$5" run --data "$2/lot" >"$6" & pid=$!
    for i in $(seq 6000); do grep -q . "$6" && break; sleep 0.1; done
    kill "$pid"; wait "$pid"; echo "$?"; head -c 16 "$6"`

  it.each(sizes)('%d KiB: DATA-02 and an end, and with room it starts', (kib) => {
    const args = [String(kib), small, bare, process.execPath, programFile, said]
    const made = spawnSync('unshare', ['-Urm', 'sh', '-c', script, 'sh', ...args], {
      encoding: 'utf8',
    })
    const [code, fault = '', ...then] = made.stdout.split('\n')
    expect([kib, code]).toEqual([kib, '2'])
    expect(JSON.parse(fault)).toMatchObject({ error: { code: 'DATA-02' } })
    expect(then).toEqual(['0', '{"event":"ready"'])
  })
})
