// The lanes for Windows as packages: the zip and the installer are built and opened, and the installer runs under wine:
// installed, listed, uninstalled. The installed program runs in lanes.test.ts.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../package/packaged-app.ts'
import { expectSmall } from '../package/sizes.ts'
import { MadeForWindows } from './made.ts'
import { wineHere, Windows } from './wine.ts'

const dir = mkdtempSync(join(tmpdir(), 'etc-lane-win-'))
let made: MadeForWindows

beforeAll(() => {
  made = new MadeForWindows(dir, '--windows', 'ETC Lane')
})
afterAll(() => rmSync(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }))

const natives = [
  'node_modules/@serialport/bindings-cpp/prebuilds/win32-x64/@serialport+bindings-cpp.node',
  'node_modules/node-hid/prebuilds/HID-win32-x64/node-napi-v4.node',
]

it('the zip is no larger than its ceiling', () => {
  expectSmall(made.zip, 'lanesWindows')
})

it('the zip holds Node, serial ports and HID of Windows for x64, and of no other system', () => {
  expect(made.names.filter((name) => name.endsWith('.node')).toSorted()).toEqual(natives)
  expect(made.names).toEqual(expect.arrayContaining(['node.exe', 'dist/runtime/main.mjs']))
  made.expectForX64(['node.exe', ...natives])
})

it('no name in it is one that Windows refuses, and none is too long under a usual folder', () => {
  made.expectNames()
})

it('the starter tells the code page before the program says a word, line by line as Windows reads', () => {
  const text = made.read('etc-lane.cmd').toString('utf8')
  expect(text.indexOf('chcp 65001')).toBeGreaterThan(-1)
  expect(text.indexOf('chcp 65001')).toBeLessThan(text.indexOf('node.exe'))
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]|\/usr|\/bin/)
})

it('the setup holds the same files, unpacked here byte by byte', () => {
  made.expectInSetup([...natives, 'etc-lane.cmd', 'dist/runtime/main.mjs'])
})

it('neither names a folder of this machine', () => {
  made.expectNoPath([root, `${tmpdir()}/etc-lane`, 'linux-x64/@serialport'])
})

describe.skipIf(wineHere.missing !== null)('the setup, run under wine', () => {
  const here = new Windows(dir)
  beforeAll(() => here.begin())
  afterAll(() => here.end())

  it('is laid over an older one in a folder of a Chinese name, listed, and taken away without the lot', () => {
    made.expectComesAndGoes(here, ['node.exe', 'etc-lane.cmd', ...natives], false)
  })
})
