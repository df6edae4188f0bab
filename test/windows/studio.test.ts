// Studio for Windows with the lanes, as packages: the portable zip and the installer are built and opened. The installer
// runs under wine; Studio itself under wine 10, from its window to a charged car. No real Windows was at hand.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runFileOf } from '#base/calls/run-file.ts'
import type { BoardView, StatusView } from '#lane/calls/views.ts'
import { builtInTemplate } from '#survey/report/report-template.ts'
import { present } from '#base/pure/values/must.ts'
import { newSurvey } from '#survey/files/open-survey.ts'
import {
  admin,
  callOk,
  driveOut,
  endpointsOf,
  insidePlate,
  loops,
  picture,
  randomCar,
  untilBoom,
} from '../e2e/demo-sims.ts'
import { longSurvey } from '../firmware-runtime/survey/desk/commands/long-survey.ts'
import { eventually } from '../kit/eventually.ts'
import { freePort } from '../kit/free-port.ts'
import { archivedFiles, root } from '../package/packaged-app.ts'
import { expectSmall } from '../package/sizes.ts'
import { ledgerRows } from '../wire/kit/ledger-rows.ts'
import { MadeForWindows } from './made.ts'
import { fitForWindows, pageOf, windowed } from './windowed.ts'
import { installersPart, wineHere, Windows, type WindowsProgram } from './wine.ts'

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

describe.skipIf(windowed.missing !== null)('Studio itself, run under wine 10', () => {
  mkdirSync(join(dir, 'ten'))
  const here = new Windows(join(dir, 'ten'), windowed)
  const home = 'C:\\停车 软件'
  const data = 'C:\\演示 车场'
  const dataDir = here.linux(data)
  const executable = `${home}\\ETC Lane Studio unofficial\\${program}`
  let studio: WindowsProgram
  let page: Page
  const shown = (name: string) => page.locator(`[data-test="${name}"]`)
  const sims = () => endpointsOf(dataDir).sims
  const lanesPid = (): number | null => runFileOf(dataDir)?.pid ?? null
  const lane = async (laneId: string) => {
    const { lanes } = await callOk<BoardView>(page, 'board.get')
    return present(
      lanes.find((one) => one.laneId === laneId),
      laneId,
    )
  }

  beforeAll(async () => {
    here.begin()
    const folderOfStudio = made.unpackTo(here.linux(home))
    fitForWindows(here, join(folderOfStudio, 'lanes', 'dist', 'runtime', 'report', 'regular.ttf'))
    const port = await freePort()
    const switches = [`--remote-debugging-port=${port}`, '--demo', '--data', data]
    studio = here.start(executable, ...switches)
    page = await pageOf(port, studio)
  })
  afterAll(() => here.end())

  it('opens its window, which runs in its sandbox and has the calls of the lanes alone', async () => {
    await shown('open').waitFor()
    expect(await page.title()).toBe('ETC Lane Studio')
    expect(await page.locator('.mode').innerText()).toBe('演示')
    const seen =
      'typeof process + " " + typeof require + " " + typeof lane + " " + navigator.platform'
    expect(await page.evaluate(seen)).toBe('undefined undefined object Win32')
  })

  it('charges a car: what its window shows is what the platform and the ledger have', async () => {
    const plate = await insidePlate(page)
    const car = randomCar(plate)
    const { exit } = sims()
    const rsu = present(exit.rsu, 'its antenna')
    const { platform } = endpointsOf(dataDir)
    await admin(rsu, 'POST', '/cars', car)
    await untilBoom(exit, 'closed')
    await loops(exit, true, false)
    await picture(exit, plate)
    await page.locator('[data-test="lane-state"][data-state="opening"]').waitFor()
    expect(await shown('plate').innerText()).toBe(`${plate.slice(0, 2)}·${plate.slice(2)}`)
    const books = '/books?kind=exit-charges'
    const { rows } = await admin<{ rows: { realFee: number }[] }>(platform, 'GET', books)
    const realFee = Number(rows.at(-1)?.realFee)
    expect(await shown('amount').innerText()).toBe(`¥ ${(realFee / 100).toFixed(2)}`)
    await driveOut(page, 'exit', exit)
    await eventually(() => lane('exit'), { of: studio }).toMatchObject({ state: 'idle' })
    const paid = ledgerRows(dataDir).filter(({ kind }) => kind === 'payment')
    expect(paid.at(-1)).toMatchObject({ amountFen: realFee, body: { means: 'etc' } })
  })

  it('begins its lanes again when they are killed', async () => {
    const killed = present(lanesPid(), 'lanes run')
    const { inside } = await callOk<StatusView>(page, 'status.get')
    expect(here.run(['taskkill', '/F', '/PID', String(killed)]).code).toBe(0)
    await eventually(lanesPid, (pid) => pid !== null && pid !== killed, { of: studio })
    const status = () => callOk<StatusView>(page, 'status.get')
    await eventually(status, { of: studio }).toMatchObject({ inside })
  })

  it('runs a command of the lane program beside them, and hears its answer', async () => {
    const answer = await page.evaluate(`start.look('sftp://nobody@127.0.0.1:1/copies')`)
    expect(answer).toMatchObject({ ok: false, error: { code: 'COPY-06' } })
  })

  it('prints a report of a template of its own, by a hidden window', async () => {
    const surveys = join(dataDir, 'surveys')
    mkdirSync(surveys, { recursive: true })
    const { ledger, writer } = newSurvey(join(surveys, '20260302-090000000.etcsurvey'))
    ledger.addAll(longSurvey, 'tester')
    writer.close()
    writeFileSync(join(surveys, 'report-template.html'), builtInTemplate)
    const asked = { name: '20260302-090000000', language: 'zh', format: 'pdf' }
    const { base64 } = await callOk<{ base64: string }>(page, 'survey.report', asked)
    const pdf = Buffer.from(base64, 'base64').toString('latin1')
    expect([pdf.slice(0, 5), pdf.includes('Skia/PDF')]).toEqual(['%PDF-', true])
  })

  it('is opened at sign-in with its folder, when asked', async () => {
    expect(await page.evaluate('desktop.setAtLogin(true)')).toBe(true)
    const key = 'HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run'
    expect(here.run(['reg', 'export', key, 'C:\\run.reg', '/y']).code).toBe(0)
    const line = `"${executable}" --data "${data}"`
    const rows = readFileSync(here.linux('C:\\run.reg'), 'utf16le')
    expect(rows).toContain(`="${line.replaceAll(/["\\]/g, String.raw`\$&`)}"`)
    expect(await page.evaluate('desktop.setAtLogin(false)')).toBe(false)
  })

  it('is one program: a second one ends, and the first goes on', async () => {
    expect(here.run([executable, '--demo', '--data', data]).code).toBe(0)
    expect(await page.title()).toBe('ETC Lane Studio')
  })

  it('closes when the set-up asks its window to, and leaves a ledger that verifies', async () => {
    const unsent = async () => (await callOk<StatusView>(page, 'status.get')).queue.unsent
    await eventually(unsent, { of: studio }).toBe(0)
    expect(here.run(['taskkill', '/IM', program]).code).toBe(0)
    expect(await eventually(() => studio.died()).not.toBeNull()).toBe('code 0')
    expect(existsSync(join(dataDir, 'run', 'runtime.json'))).toBe(false)
    const lanesOf = `${home}\\ETC Lane Studio unofficial\\lanes\\`
    const verify = [`${lanesOf}node.exe`, `${lanesOf}dist\\runtime\\main.mjs`, 'ledger', 'verify']
    const said = here.run([...verify, '--data', data, '--json'])
    expect([said.code, JSON.parse(said.out)]).toMatchObject([
      0,
      { ok: true, chain: 'ok', faults: [] },
    ])
  })
})
