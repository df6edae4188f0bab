// Faults of a real disk: full, read-only, a file-size limit, a write or a sync that fails.
// Each has its code; afterwards the ledger opens and has every acknowledged row.
import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { openLedger } from '#ledger/sqlite/ledger.ts'
import { verifyLedger } from '#ledger/sqlite/ledger-reader.ts'
import { optionsFor } from '../../firmware-runtime/ledger/sqlite/ledger-kit.ts'
import { compile, hasCompiler } from '../powercut/record.ts'
import { folderOfFile } from '../../kit/own-folder.ts'

const script = fileURLToPath(new URL('./child.ts', import.meta.url))
const faults = fileURLToPath(new URL('./faults.c', import.meta.url))

const folder = folderOfFile('etc-disk-faults-')
let number = 0

const newDir = (): string => {
  const dir = join(folder, `disk-${number++}`)
  mkdirSync(dir)
  return dir
}

/** What the child printed; a disk in its own mount namespace is checked inside the child. */
function run(command: string, args: readonly string[], env: Record<string, string> = {}): unknown {
  const made = spawnSync(command, args, {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], ...env },
  })
  if (made.stdout === '') throw new Error(`the child said nothing: ${made.stderr}`)
  return JSON.parse(made.stdout)
}

const hasNamespaces =
  spawnSync('unshare', ['-Urm', 'mount', '-t', 'tmpfs', 'x', '/mnt']).status === 0
const hasLimit = spawnSync('prlimit', ['--version']).status === 0

/** Runs the child on a file system of its own. */
function onMount(mount: string, dir: string, then: string): unknown {
  const shell = `${mount} && exec "$0" "$1" "$2" "$3"`
  return run('unshare', ['-Urm', 'sh', '-c', shell, process.execPath, script, dir, then])
}

describe.skipIf(!hasNamespaces)('on a file system of its own', () => {
  it('DATA-02 when 384 KiB are full; goes on when space is freed', () => {
    const dir = newDir()
    const found = onMount(`mount -t tmpfs -o size=384k x "$2"`, dir, 'free')
    expect(found).toMatchObject({
      first: 'DATA-02',
      again: 'DATA-02',
      readable: 'ok',
      freed: 'ok',
      flushed: 'ok',
    })
    const { acknowledged, head } = found as { acknowledged: number; head: number }
    expect(acknowledged).toBeGreaterThan(0)
    expect(head).toBe(acknowledged + 1)
  })

  it.each([
    ['fullNew', 'N', 1],
    ['fullOld', 'I', 2],
  ])(
    'DATA-02 at start on a full disk (%s), and it opens when there is room',
    (then, letter, head) => {
      const found = onMount(`mount -t tmpfs -o size=512k x "$2"`, newDir(), then)
      expect(found).toEqual({ full: 'DATA-02', letter, head })
    },
  )

  it('DATA-01 in a folder that is read-only, also for root', () => {
    const dir = newDir()
    const mount = 'mount -t tmpfs x "$2" && mount -o remount,ro "$2"'
    expect(onMount(mount, dir, '')).toEqual({ open: 'DATA-01' })
  })

  it('DATA-01 when a ledger is there and the folder became read-only', () => {
    const dir = newDir()
    openLedger(optionsFor(dir)).ledger.close()
    const mount = 'mount --bind "$2" "$2" && mount -o remount,ro,bind "$2"'
    expect(onMount(mount, dir, '')).toEqual({ open: 'DATA-01' })
    const again = openLedger(optionsFor(dir))
    expect(again.repair.letter).toBe('B')
    again.ledger.close()
  })
})

/** After the fault the ledger opens, is intact, and has every acknowledged row. */
function mustBeWhole(dir: string, found: unknown): void {
  const { acknowledged } = found as { acknowledged: number }
  const { ledger } = openLedger(optionsFor(dir))
  expect(ledger.head.seq).toBeGreaterThanOrEqual(acknowledged)
  ledger.close()
  expect(verifyLedger(optionsFor(dir))).toMatchObject({ ok: true, faults: [] })
}

const refusesAll = {
  first: 'LEDGER-06',
  again: 'LEDGER-06',
  readable: 'LEDGER-06',
  freed: 'LEDGER-06',
  flushed: 'LEDGER-06',
}

it.skipIf(!hasLimit)('LEDGER-06 at a file-size limit, and then for everything', () => {
  const dir = newDir()
  const found = run('prlimit', ['--fsize=400000', process.execPath, script, dir, ''])
  expect(found).toMatchObject(refusesAll)
  mustBeWhole(dir, found)
})

describe.skipIf(!hasCompiler())('LEDGER-06, and then for everything, when', () => {
  const cases = ['write', 'fsync'].flatMap((call) =>
    [1, 2, 3, 5, 8, 13, 30, 35, 36].map((nth) => ({ call, nth })),
  )

  it.each(cases)('$call number $nth fails', ({ call, nth }) => {
    const dir = newDir()
    const library = compile(folder, faults)
    const faultFile = join(folder, `fault-${number}`)
    const env = { LD_PRELOAD: library, FAULT_DIR: dir, FAULT_CALL: call, FAULT_FILE: faultFile }
    const found = run(process.execPath, [script, dir, 'fault', faultFile, String(nth)], env)
    expect(found).toMatchObject(refusesAll)
    mustBeWhole(dir, found)
  })
})
