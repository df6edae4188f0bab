// The packed application: its Debian package, its contents, its fuses, a car that enters and one that pays.
// Started from a folder outside any checkout; afterwards none of its processes runs and the ledger is intact.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StatusView } from '#lane/calls/views.ts'
import { endpointsOf, callOk } from '../e2e/demo-sims.ts'
import {
  archivedFiles,
  etcLane,
  loadFromArchive,
  packInto,
  root,
  startApp,
  type Packed,
  type StartedApp,
} from './packaged-app.ts'
import { linkedWith } from './elf.ts'
import { expectSmall } from './sizes.ts'
import { bundleProcesses, filesOf, listenerOf, processesOf, programOf } from './processes.ts'
import { migrations, newestVersion } from '#ledger/sqlite/migrations/index.ts'
import { licencesFile, sbomFile } from '../../installers/lane/third-party.mjs'
import { eventually } from '../kit/eventually.ts'

const dir = mkdtempSync(join(tmpdir(), 'etc-lane-package-'))
const dataDir = join(dir, 'data')
/** The runtime, the three platforms, one RSU, and barrier, camera and display of two lanes. */
const programs = 11
let packed: Packed

beforeAll(async () => {
  packed = await packInto(dir)
})
afterAll(() => rmSync(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }))

describe('what is packed', () => {
  it('is no larger than its ceiling', () => {
    expectSmall(packed.deb, 'studio')
  })

  it('says in its name and inside that it is not for release', () => {
    expect(basename(packed.executable)).toBe('etc-lane-studio-unofficial')
    const manifest = archivedFiles(packed.archive).find(({ path }) => path === 'package.json')
    expect(JSON.parse(manifest?.text() ?? '{}')).toMatchObject({ etcLaneElectron: 'unofficial' })
  })

  it('holds the four parts of the program and native parts for this system only', () => {
    const files = archivedFiles(packed.archive)
    const paths = files.map(({ path }) => path)
    expect(paths).toEqual(
      expect.arrayContaining([
        'dist/main/main.mjs',
        'dist/preload/preload.cjs',
        'dist/renderer/index.html',
        'dist/runtime/main.mjs',
        'device-profiles/schema/profile.schema.json',
      ]),
    )
    const native = files.filter(({ path }) => path.endsWith('.node'))
    expect(native.map(({ path }) => path).toSorted()).toEqual([
      'node_modules/@serialport/bindings-cpp/prebuilds/linux-x64/@serialport+bindings-cpp.glibc.node',
      'node_modules/node-hid/prebuilds/HID-linux-x64/node-napi-v4.node',
      'node_modules/node-hid/prebuilds/HID_hidraw-linux-x64/node-napi-v4.node',
    ])
    for (const { path, unpacked } of native) {
      expect([path, unpacked]).toEqual([path, true])
      expect(existsSync(join(`${packed.archive}.unpacked`, path))).toBe(true)
    }
    expect(paths.filter((path) => /node-(linux|win)-x64|\.(map|ts)$/.test(path))).toEqual([])
    const resources = readdirSync(join(packed.folder, 'resources')).toSorted()
    expect(resources).toEqual(['app.asar', 'app.asar.unpacked'])
  })

  it('names no folder of the machine it was built on', () => {
    expect(readFileSync(packed.archive).includes(root)).toBe(false)
  })

  it('has its fuses set in the binary', async () => {
    const wire = await getCurrentFuseWire(packed.executable)
    // The fuse wire is text in the binary; a 1 is an enabled fuse.
    const on = (option: FuseV1Options): boolean => String.fromCharCode(wire[option] ?? 0) === '1'
    expect({
      runAsNode: on(FuseV1Options.RunAsNode),
      nodeOptions: on(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
      inspect: on(FuseV1Options.EnableNodeCliInspectArguments),
      fileProtocol: on(FuseV1Options.GrantFileProtocolExtraPrivileges),
      onlyFromArchive: on(FuseV1Options.OnlyLoadAppFromAsar),
      archiveHashes: on(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
      cookies: on(FuseV1Options.EnableCookieEncryption),
    }).toEqual({
      runAsNode: false,
      nodeOptions: false,
      inspect: false,
      fileProtocol: false,
      onlyFromArchive: true,
      archiveHashes: true,
      cookies: true,
    })
  })

  it('brings a serialport and a node-hid that load out of it', async () => {
    const load = (name: string, ask: string): Promise<unknown> =>
      loadFromArchive(
        packed,
        `const part = require(process.argv[1] + '/node_modules/${name}')
        Promise.resolve(${ask}).then((found) => console.log(JSON.stringify(found)))`,
      )
    // Listing ports needs a program that not every machine has; opening one is native everywhere.
    const opened = `new Promise((done) =>
      new part.SerialPort({ path: '/dev/none', baudRate: 115200 }, ({ message }) => done(message)))`
    expect(await load('serialport', opened)).toContain('cannot open /dev/none')
    expect(await load('node-hid', 'Array.isArray(part.devices())')).toBe(true)
  })
})

describe('the package of Debian', () => {
  const name = 'etc-lane-studio-unofficial'
  const said = (...args: string[]): string =>
    execFileSync('dpkg-deb', args, { encoding: 'utf8', maxBuffer: 64 << 20 })
  const inTree = (path: string): string => join(packed.tree, path)
  const text = (path: string): string => readFileSync(inTree(path), 'utf8')

  it('depends on what brings each library that its program is linked with', () => {
    const offered = said('-f', packed.deb, 'Depends')
      .split(/[,|]/)
      .map((one) => one.trim().split(' ', 1)[0])
    const brought = readdirSync(packed.folder)
    const asked = linkedWith(readFileSync(packed.executable)).filter(
      (one) => !brought.includes(one),
    )
    expect(asked.length).toBeGreaterThan(20)
    const found = execFileSync('dpkg', ['-S', ...asked.map((one) => `*/${one}`)], {
      encoding: 'utf8',
      maxBuffer: 64 << 20,
    })
    const rows = found.split('\n').map((row) => row.split(/:(?:amd64:)? /))
    const lacking = asked.filter(
      (library) =>
        !rows.some(
          ([owners = '', path = '']) =>
            path.endsWith(`/${library}`) && owners.split(', ').some((one) => offered.includes(one)),
        ),
    )
    expect(lacking).toEqual([])
  })

  it('gives nobody rights but by the helper of the sandbox, and every file its sum', () => {
    const rows = said('-c', packed.deb)
      .trim()
      .split('\n')
      .map((row) => row.split(/\s+/))
    const odd = rows.filter(
      ([rights = '', owner]) =>
        !/^(?:[d-]rw[x-]r-[x-]r-[x-]|lrwxrwxrwx)$/.test(rights) || owner !== 'root/root',
    )
    expect(odd.map(([rights, owner, , , , path]) => [rights, owner, path])).toEqual([
      ['-rwsr-xr-x', 'root/root', `./usr/lib/${name}/chrome-sandbox`],
    ])
    const sums = said('--info', packed.deb, 'md5sums').trim().split('\n')
    expect(sums).toHaveLength(rows.filter(([rights = '']) => rights.startsWith('-')).length)
    for (const row of sums) {
      const [sum = '', path = ''] = row.split('  ')
      const found = createHash('md5')
        .update(readFileSync(inTree(path)))
        .digest('hex')
      expect([path, found]).toEqual([path, sum])
    }
  })

  it('has a row in the menu of the desktop, an icon, and licences', () => {
    const entry = text(`usr/share/applications/${name}.desktop`)
    const starts = [...entry.matchAll(/^Exec=\/(\S+)(.*)$/gm)].map(([, at = '', args]) => {
      expect(realpathSync(inTree(at))).toBe(realpathSync(packed.executable))
      return args
    })
    expect(starts).toEqual(['', ' --kiosk'])
    expect(entry).toContain(`\nIcon=${name}\n`)
    const icons = 'usr/share/icons/hicolor'
    const png = readFileSync(inTree(`${icons}/256x256/apps/${name}.png`))
    expect(png.toString('latin1', 1, 4)).toBe('PNG')
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([256, 256])
    expect(text(`${icons}/scalable/apps/${name}.svg`)).toContain('<svg')
    const licences = text(`usr/share/doc/${name}/copyright`).match(/[\w.-]+\.(?:txt|json|html)/g)
    expect(licences).toEqual([licencesFile, sbomFile, 'LICENSES.chromium.html'])
    for (const file of licences ?? []) expect(existsSync(join(packed.folder, file))).toBe(true)
    expect(said('-f', packed.deb, 'Version', 'Package')).toContain(`Package: ${name}`)
  })
})

interface StayRow {
  readonly plate: string | null
  readonly leftAtIso: string | null
}
interface DeductionRow {
  readonly plate: string
  readonly amountFen: number
  readonly means: string
  readonly state: string
}
interface Rows<T> {
  readonly rows: readonly T[]
}

describe('the packed application on its demo lot', () => {
  let app: StartedApp
  let paid: DeductionRow
  const at = (name: string): Locator => app.page.locator(`[data-test="${name}"]`)
  const own = () => processesOf(app.mark, packed.folder)

  beforeAll(async () => {
    app = await startApp(packed, dir, dataDir)
    await at('open').waitFor()
  })
  afterAll(() => app.kill())

  /** Sends a car with the window's own control; returns its plate. */
  async function send(lane: 'entry' | 'exit'): Promise<string> {
    await at('demo').click()
    await at(`send-${lane}-etc`).click()
    const said = await app.page.locator('.demo [role="status"]').innerText()
    const plate = /\S[A-Z]·\w+/.exec(said)?.[0].replace('·', '') ?? said
    await app.page.keyboard.press('Escape')
    await app.page.locator('.el-overlay').waitFor({ state: 'hidden' })
    return plate
  }

  const stay = async (plate: string): Promise<StayRow | undefined> => {
    const ledgerQuery = { kind: 'stay', plate }
    return (await callOk<Rows<StayRow>>(app.page, 'ledger.query', ledgerQuery)).rows[0]
  }

  it('takes a car in at the entry', async () => {
    const plate = await send('entry')
    await eventually(() => stay(plate)).toMatchObject({ leftAtIso: null })
    const shown = app.page.locator('.last').getByText(`${plate.slice(0, 2)}·${plate.slice(2)}`)
    await shown.waitFor()
  })

  it('lets a car out that has paid by ETC, over a serial line', async () => {
    const plate = await send('exit')
    const left = async (): Promise<boolean> => typeof (await stay(plate))?.leftAtIso === 'string'
    await eventually(left).toBe(true)
    const ledgerQuery = { kind: 'deduction', plate }
    const { rows } = await callOk<Rows<DeductionRow>>(app.page, 'ledger.query', ledgerQuery)
    expect(rows).toMatchObject([{ plate, means: 'etc', state: 'paid' }])
    if (rows[0] === undefined) throw new Error('there is one row')
    paid = rows[0]
    expect(paid.amountFen).toBeGreaterThan(0)
    expect(JSON.stringify(endpointsOf(dataDir).sims.exit.rsu)).toContain('"link":"serial:')
  })

  it('checks its ledger in its own worker', async () => {
    const verdict = await callOk<{ ok: boolean; sums: object }>(app.page, 'ledger.verify')
    expect(verdict).toMatchObject({ ok: true, sums: { paidFen: paid.amountFen } })
  })

  it('runs the runtime and every simulator as processes of the package, none of the checkout', () => {
    const { pid } = JSON.parse(readFileSync(join(dataDir, 'run', 'runtime.json'), 'utf8')) as {
      pid: number
    }
    const { platform, operator, etcOperator, sims } = endpointsOf(dataDir)
    const lanes = Object.values(sims).flatMap(({ rsu, camera, barrier, display }) => [
      ...[rsu, camera, barrier, display],
    ])
    const all = [platform, operator, etcOperator, ...lanes]
    const admins = all.flatMap((sim) => (sim === null ? [] : [sim.admin]))
    expect(admins).toHaveLength(programs - 1)
    const pids = bundleProcesses(own()).map((found) => found.pid)
    const listeners = admins.map((admin) => listenerOf(admin, pids))
    expect(new Set([pid, ...listeners])).toEqual(new Set(pids))
    expect(pids).toHaveLength(programs)
    for (const one of [app.child.pid ?? 0, ...pids]) {
      expect(programOf(one)).toBe(packed.executable)
      expect(filesOf(one).filter((file) => file.startsWith(root))).toEqual([])
    }
    expect(filesOf(pid).some((file) => file.endsWith('bindings-cpp.glibc.node'))).toBe(true)
  })

  it('ends with its window: no process, no lock and no scratch folder is left', async () => {
    const unsent = async (): Promise<number> =>
      (await callOk<StatusView>(app.page, 'status.get')).queue.unsent
    await eventually(unsent).toBe(0)
    await app.page.evaluate('void setTimeout(() => window.close(), 0)')
    expect(await app.ended).toBe(0)
    await eventually(own).toEqual([])
    expect(readdirSync(join(dataDir, 'run'))).toEqual([])
    // All programs of the computer share the folder of device locks; the locks are released.
    const links = 'etc-lane-links'
    expect(readdirSync(join(app.temp, links))).toEqual([])
    const scratch = readdirSync(app.temp).filter((name) => name.startsWith('etc-lane'))
    expect(scratch).toEqual([links])
  })

  it('leaves a ledger that the command line finds whole, migrated and paid', async () => {
    const verdict = await etcLane('ledger', 'verify', '--data', dataDir)
    expect(verdict).toMatchObject({
      ok: true,
      chain: 'ok',
      schemaVersion: newestVersion(migrations),
      sums: { paidFen: paid.amountFen },
    })
    const ledgerArgs = ['ledger', 'query', '--kind', 'deduction', '--data', dataDir]
    const { rows } = await etcLane<Rows<DeductionRow>>(...ledgerArgs)
    expect(rows).toMatchObject([{ plate: paid.plate, state: 'paid' }])
  })
})

describe('the packed application, killed', () => {
  it('opens on its folder again, and takes every process with it', async () => {
    const app = await startApp(packed, dir, dataDir)
    const own = () => processesOf(app.mark, packed.folder)
    try {
      await app.page.locator('[data-test="open"]').waitFor()
      expect(await callOk(app.page, 'ledger.verify')).toMatchObject({ ok: true })
      expect(bundleProcesses(own())).toHaveLength(programs)
    } finally {
      await app.kill()
    }
    await eventually(own).toEqual([])
  })
})

describe('a build for tests', () => {
  it('refuses a lot in production mode and touches nothing of it', async () => {
    const real = join(dir, 'real')
    mkdirSync(real)
    const lot = JSON.parse(readFileSync(join(dataDir, 'lot.json'), 'utf8')) as object
    writeFileSync(join(real, 'lot.json'), JSON.stringify({ ...lot, mode: 'production' }))
    copyFileSync(join(dataDir, 'tariff.json'), join(real, 'tariff.json'))
    const app = await startApp(packed, dir, real)
    try {
      const refusal = (): Promise<unknown> => app.page.evaluate(`lane.call('status.get', {})`)
      await eventually(refusal).toMatchObject({ ok: false, error: { code: 'LOT-06' } })
      expect(readdirSync(real)).toEqual(['lot.json', 'tariff.json'])
    } finally {
      await app.kill()
    }
  })
})
