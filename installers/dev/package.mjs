// `npm run package [-- --out DIR] [-- --for-tests] [-- --studio-deb | --studio-windows | --deb | --archive | --windows]`:
// packs the built application for Linux, unpacked or as a Debian package; or for Windows as a zip and an installer that
// also contain the lanes; or the lanes alone, as a Debian package or an archive (`--arch arm64` for small computers), or
// as a zip and an installer for Windows; `--archive --windows` is the archive of Windows for updates. A package made
// from an archive with a listed hash is official (official-electron.mjs). Any other package, and one for tests, is
// marked as such and refuses a real lot's keys.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { build } from 'electron-builder'
import { makeDeb } from '../linux-deb/deb.mjs'
import { makeStudioDeb } from '../linux-deb/studio-deb.mjs'
import { layLinuxLanes, makeArchive } from '../lane/archive.mjs'
import { fontPackage, laneParts, laneVersion, shippedPackages, systems } from '../lane/lay.mjs'
import { layThirdParty } from '../lane/third-party.mjs'
import { configOf, unpacked } from '../studio/config.mjs'
import { makeStudioWindows } from '../windows/studio-windows.mjs'
import { layWindowsLanes, makeWindows } from '../windows/windows.mjs'
import { linuxNode, windowsElectron } from './for-windows.mjs'
import { root } from './node24.mjs'
import { officialArchive } from './official-electron.mjs'

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: 'out' },
    'for-tests': { type: 'boolean' },
    'studio-deb': { type: 'boolean' },
    'studio-windows': { type: 'boolean' },
    deb: { type: 'boolean' },
    archive: { type: 'boolean' },
    arch: { type: 'string', default: 'x64' },
    windows: { type: 'boolean' },
  },
})
const output = resolve(root, values.out)
const quick = values['for-tests'] === true
/** Of the archive; the lanes of Linux begin with their shell script, those of Windows with a cmd file. */
async function layingOf(system) {
  if (system.startsWith('win32')) return (folder) => layWindowsLanes(folder)
  const nodeBinary = await linuxNode(values.arch)
  return (folder) => layLinuxLanes(folder, { system, nodeBinary })
}
if (values.deb === true || values.archive === true) {
  const isForWindows = values.windows === true && values.deb !== true
  const system = isForWindows ? 'win32-x64' : `linux-${values.arch}`
  if (!Object.hasOwn(systems, system))
    throw new Error(`--arch: ${values.arch} is not one of x64, arm64`)
  const file =
    values.deb === true
      ? makeDeb(output, { system, nodeBinary: await linuxNode(values.arch), quick })
      : await makeArchive(output, { system, quick, lay: await layingOf(system) })
  process.stdout.write(`${JSON.stringify({ file })}\n`)
  process.exit(0)
}
if (values.windows === true) {
  const made = await makeWindows(output, quick)
  process.stdout.write(`${JSON.stringify(made)}\n`)
  process.exit(0)
}
const forWindows = values['studio-windows'] === true
const system = forWindows ? 'win32-x64' : 'linux-x64'
const given = process.env.ELECTRON_OVERRIDE_DIST_PATH
if (!forWindows && given === undefined) throw new Error('run this as npm run package')
// A build for tests is never official, so nothing is downloaded for it.
const archive = quick ? null : await officialArchive(...system.split('-'))

const versionIn = (dir) => readFileSync(join(dir, 'version'), 'utf8').trim().replace(/^v/, '')
async function electronHere() {
  // electron-builder unpacks the archive from this folder; an earlier unpacked copy is not trusted.
  if (archive !== null) return { folder: dirname(archive.path), version: archive.version }
  const folder = forWindows ? await windowsElectron() : given
  return { folder, version: versionIn(folder) }
}
const electron = await electronHere()
const beside = mkdtempSync(join(tmpdir(), 'etc-lane-beside-'))
layThirdParty(beside, {
  program: { name: 'etc-lane-studio', version: laneVersion() },
  parts: ['main', 'preload', 'renderer', ...laneParts],
  unbundled: [...shippedPackages(), fontPackage],
  others: [
    {
      name: 'electron',
      version: electron.version,
      licence: 'MIT',
      file: join(root, 'node_modules', 'electron', 'LICENSE'),
    },
  ],
})
const config = configOf({
  beside,
  output,
  system,
  electronFolder: electron.folder,
  electronVersion: electron.version,
  official: archive !== null,
})

await build({ projectDir: root, targets: unpacked[system].targets, publish: 'never', config })
rmSync(beside, { recursive: true, force: true })
const folder = join(output, unpacked[system].folder)
const executable = config.productName
if (forWindows) {
  const made = await makeStudioWindows(output, folder, executable, quick)
  process.stdout.write(`${JSON.stringify({ executable, ...made })}\n`)
  process.exit(0)
}
const file =
  values['studio-deb'] === true ? await makeStudioDeb(output, folder, executable, quick) : null
process.stdout.write(`${JSON.stringify({ folder, executable, file })}\n`)
