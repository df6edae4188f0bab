// Studio for Windows with the lanes, as packages: the portable zip and the installer are built and opened, and the
// installer runs under wine: installed, listed, uninstalled. Its window was never opened on Windows.
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { archivedFiles, root } from '../package/packaged-app.ts'
import { expectSmall } from '../package/sizes.ts'
import { MadeForWindows } from './made.ts'
import { installersPart, wineHere, Windows } from './wine.ts'

const dir = mkdtempSync(join(tmpdir(), 'etc-lane-studio-win-'))
const program = 'etc-lane-studio-unofficial.exe'
const lanes = ['lanes/node.exe', 'lanes/etc-lane.cmd', 'lanes/dist/runtime/main.mjs']
const natives = [
  'node_modules/@serialport/bindings-cpp/prebuilds/win32-x64/@serialport+bindings-cpp.node',
  'node_modules/node-hid/prebuilds/HID-win32-x64/node-napi-v4.node',
]
const laneNatives = natives.map((name) => `lanes/${name}`)
let made: MadeForWindows
let folder: string
let archive: string

beforeAll(() => {
  made = new MadeForWindows(dir, '--studio-windows', 'ETC Lane Studio unofficial')
  folder = made.unpackTo(join(dir, '停车场 开通'))
  archive = join(folder, 'resources', 'app.asar')
})
afterAll(() => rmSync(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }))

it('says in its names and inside that it is not for release, so that it refuses the keys of a real lot', () => {
  for (const file of [made.zip, made.setup]) expect(file).toContain('-unofficial-')
  const manifest = archivedFiles(archive).find(({ path }) => path === 'package.json')
  expect(JSON.parse(manifest?.text() ?? '{}')).toMatchObject({ etcLaneElectron: 'unofficial' })
})

it('is no larger than its ceiling', () => {
  expectSmall(made.zip, 'studioWindows')
})

it('holds Studio and the lanes, with native parts of Windows for x64 and of no other system', () => {
  expect(made.names).toEqual(expect.arrayContaining([program, ...lanes]))
  expect(made.names.filter((name) => name.endsWith('.node')).toSorted()).toEqual(
    laneNatives.toSorted(),
  )
  made.expectForX64([program, 'lanes/node.exe', ...laneNatives])
  const paths = archivedFiles(archive).map(({ path }) => path)
  const parts = ['dist/main/main.mjs', 'dist/preload/preload.cjs', 'dist/renderer/index.html']
  expect(paths).toEqual(expect.arrayContaining(parts))
  // The program of the lanes, their fonts, profiles and native parts lie beside it, once.
  const twice = /^(?:dist\/runtime|device-profiles|node_modules)\/|\.(?:node|ttf)$/
  expect(paths.filter((path) => twice.test(path))).toEqual([])
  expect(made.names.filter((name) => name.startsWith('resources/'))).toEqual(['resources/app.asar'])
  expect(paths.filter((path) => /node-(linux|win)-x64|\.(map|ts)$/.test(path))).toEqual([])
  expect(made.names.filter((name) => name.includes('default_app'))).toEqual([])
})

it('has its fuses set in the program, and the hash of its archive, which Windows compares', async () => {
  const { fuses } = (await import(installersPart('studio', 'config.mjs'))) as {
    fuses: Readonly<Record<string, boolean>>
  }
  const wire = await getCurrentFuseWire(join(folder, program))
  const set = Object.keys(fuses).map((name) => {
    const option = Object.entries(FuseV1Options).find(
      ([key]) => key.toLowerCase() === name.toLowerCase(),
    )?.[1] as FuseV1Options
    return [name, String.fromCharCode(wire[option] ?? 0) === '1']
  })
  expect(Object.fromEntries(set)).toEqual(fuses)
  const bytes = made.read('resources/app.asar')
  const header = bytes.subarray(16, 16 + bytes.readUInt32LE(12))
  const value = createHash('sha256').update(header).digest('hex')
  const row = JSON.stringify({ file: 'resources\\app.asar', alg: 'SHA256', value })
  expect(made.read(program).includes(row)).toBe(true)
})

it('no name in it is one that Windows refuses, and none is too long under a usual folder', () => {
  made.expectNames()
})

it('the setup holds the same files, unpacked here byte by byte', () => {
  made.expectInSetup([...laneNatives, ...lanes, 'resources/app.asar'])
})

it('neither names a folder of this machine', () => {
  made.expectNoPath([root, dir, 'linux-x64/@serialport'])
})

describe.skipIf(wineHere.missing !== null)('the setup of Studio, run under wine', () => {
  const here = new Windows(dir)
  beforeAll(() => here.begin())
  afterAll(() => here.end())

  it('is laid over an older one in a folder of a Chinese name, listed, and taken away without the lot', () => {
    made.expectComesAndGoes(here, [program, ...lanes, ...laneNatives], true)
  })
})
