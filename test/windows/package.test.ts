// The lanes for Windows as packages: the zip and the setup are built and opened, and the setup is run under wine: laid down,
// listed, taken away. What is laid down runs in lanes.test.ts.
import { spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../package/packaged-app.ts'
import { missingWine, Windows } from './wine.ts'

const dir = mkdtempSync(join(tmpdir(), 'etc-lane-win-'))
const top = 'ETC Lane/'

interface Made {
  readonly zip: string
  readonly setup: string
  /** Names of files that the setup was given. */
  readonly packed: readonly string[]
}
let made: Made
let names: readonly string[]

function said(program: string, ...args: readonly string[]): Buffer {
  const ran = spawnSync(program, args, { maxBuffer: 256 << 20 })
  if (ran.status !== 0) throw new Error(`${program}: ${ran.stderr.toString('utf8')}`)
  return ran.stdout
}
const inZip = (name: string): Buffer => said('unzip', '-p', made.zip, `${top}${name}`)

beforeAll(() => {
  const script = join(root, 'installers', 'dev', 'package.mjs')
  const out = said(process.execPath, script, '--windows', '--for-tests', '--out', dir)
  made = JSON.parse(out.toString('utf8')) as Made
  const listed = said('unzip', '-Z1', made.zip).toString('utf8').trim().split('\n')
  names = listed.filter((name) => !name.endsWith('/')).map((name) => name.slice(top.length))
})
afterAll(() => rmSync(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }))

const natives = [
  'node_modules/@serialport/bindings-cpp/prebuilds/win32-x64/@serialport+bindings-cpp.node',
  'node_modules/node-hid/prebuilds/HID-win32-x64/node-napi-v4.node',
]

it('the zip holds Node, serial ports and HID of Windows for x64, and of no other system', () => {
  expect(names.filter((name) => name.endsWith('.node')).toSorted()).toEqual(natives)
  expect(names).toEqual(expect.arrayContaining(['node.exe', 'dist/runtime/main.mjs']))
  for (const name of ['node.exe', ...natives]) {
    const bytes = inZip(name)
    const peAt = bytes.readUInt32LE(0x3c)
    expect([name, bytes.toString('latin1', 0, 2)]).toEqual([name, 'MZ'])
    // Machine 0x8664 is x64.
    expect([name, bytes.readUInt16LE(peAt + 4)]).toEqual([name, 0x8664])
  }
})

it('no name in it is one that Windows refuses, and none is too long under a usual folder', () => {
  const refused = /[<>:"|?*\\]|[ .](?:\/|$)|(?:^|\/)(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|\/|$)/i
  expect(names.filter((name) => refused.test(name))).toEqual([])
  expect(names.filter((name) => `C:\\Program Files\\${top}${name}`.length >= 260)).toEqual([])
  const small = names.map((name) => name.toLowerCase())
  expect(new Set(small).size).toBe(small.length)
})

it('the starter tells the code page before the program says a word, line by line as Windows reads', () => {
  const text = inZip('etc-lane.cmd').toString('utf8')
  expect(text.indexOf('chcp 65001')).toBeGreaterThan(-1)
  expect(text.indexOf('chcp 65001')).toBeLessThan(text.indexOf('node.exe'))
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]|\/usr|\/bin/)
})

it('nothing in it names a folder of this machine', () => {
  const own = names.filter((name) => /^dist\/.*\.mjs$|\.cmd$|^package\.json$/.test(name))
  expect(own.length).toBeGreaterThan(10)
  const text = said('unzip', '-p', made.zip, `${top}dist/*.mjs`, `${top}*.cmd`)
  expect(text.includes(root)).toBe(false)
})

it('the setup holds the same files, unpacked here byte by byte, and no path of this machine', () => {
  const setup = readFileSync(made.setup)
  expect(setup.toString('latin1', 0, 2)).toBe('MZ')
  expect(setup.includes('NullsoftInst')).toBe(true)
  const last = (name: string): string => name.slice(name.lastIndexOf('/') + 1)
  const given = new Set(made.packed)
  expect(names.map(last).filter((name) => !given.has(name))).toEqual([])
  // A setup for tests is not made small: what it lays down lies in it as it is.
  for (const name of [...natives, 'etc-lane.cmd', 'dist/runtime/main.mjs'])
    expect([name, setup.includes(inZip(name))]).toEqual([name, true])
  for (const path of [root, tmpdir() + '/etc-lane', 'linux-x64/@serialport']) {
    expect([path, setup.includes(path)]).toEqual([path, false])
    expect([path, setup.includes(Buffer.from(path, 'utf16le'))]).toEqual([path, false])
  }
})

describe.skipIf(missingWine !== null)('the setup, run under wine', () => {
  const here = new Windows(dir)
  const program = here.linux('C:\\车场程序')
  const lot = here.linux('C:\\车场 一号\\lot.json')
  const key = 'HKLM\\Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\ETC Lane'

  const laid = (): string[] =>
    readdirSync(program, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(program, join(entry.parentPath, entry.name)))
      .toSorted()

  beforeAll(() => here.begin())
  afterAll(() => here.end())

  it('is laid over an older one in a folder of a Chinese name, listed, and taken away without the lot', () => {
    mkdirSync(program)
    writeFileSync(join(program, 'node.exe'), 'of an older version')
    mkdirSync(dirname(lot))
    writeFileSync(lot, '{}')
    expect(here.run([made.setup, '/S', '/D=C:\\车场程序']).code).toBe(0)
    expect(laid()).toEqual([...names, 'uninstall.exe'].toSorted())
    for (const name of ['node.exe', 'etc-lane.cmd', ...natives])
      expect([name, readFileSync(join(program, name)).equals(inZip(name))]).toEqual([name, true])
    const listed = here.run(['reg', 'query', key])
    expect([listed.code, listed.out]).toEqual([0, expect.stringContaining('uninstall.exe')])

    expect(here.run([join(program, 'uninstall.exe'), '/S', '_?=C:\\车场程序']).code).toBe(0)
    expect([existsSync(join(program, 'node.exe')), existsSync(lot)]).toEqual([false, true])
    expect(here.run(['reg', 'query', key]).code).toBe(1)
  })
})
