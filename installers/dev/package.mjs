// `npm run package [-- --out DIR] [-- --for-tests] [-- --studio-deb | --deb | --windows]`: the built application for Linux,
// unpacked or as a package of Debian; or the lanes alone, as a package of Debian or as a zip and a setup for Windows.
// Official is what is packed from an archive of the listed hash (official-electron.mjs). Any other build, and one
// for tests, carries that word and refuses a real lot's keys.
import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { build } from 'electron-builder'
import { makeDeb } from '../linux-deb/deb.mjs'
import { makeStudioDeb } from '../linux-deb/studio-deb.mjs'
import { configOf, targets } from '../linux-dir/config.mjs'
import { makeWindows } from '../windows/windows.mjs'
import { findNode24, root } from './node24.mjs'
import { officialArchive } from './official-electron.mjs'

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: 'out' },
    'for-tests': { type: 'boolean' },
    'studio-deb': { type: 'boolean' },
    deb: { type: 'boolean' },
    windows: { type: 'boolean' },
  },
})
const output = resolve(root, values.out)
if (values.deb === true) {
  const file = makeDeb(output, findNode24(), values['for-tests'] === true)
  process.stdout.write(`${JSON.stringify({ file })}\n`)
  process.exit(0)
}
if (values.windows === true) {
  const made = await makeWindows(output, values['for-tests'] === true)
  process.stdout.write(`${JSON.stringify(made)}\n`)
  process.exit(0)
}
const given = process.env.ELECTRON_OVERRIDE_DIST_PATH
if (given === undefined) throw new Error('run this as npm run package')
// A build for tests is never official, so nothing is downloaded for it.
const archive = values['for-tests'] === true ? null : await officialArchive()

const versionIn = (dir) => readFileSync(join(dir, 'version'), 'utf8').trim().replace(/^v/, '')
const config = configOf({
  output,
  // The packager unpacks an archive that lies in the folder; what was unpacked before is not believed.
  electronFolder: archive === null ? given : dirname(archive.path),
  electronVersion: archive === null ? versionIn(given) : archive.version,
  official: archive !== null,
})

await build({ projectDir: root, targets, publish: 'never', config })
const folder = join(output, 'linux-unpacked')
const executable = config.productName
const file =
  values['studio-deb'] === true
    ? await makeStudioDeb(output, folder, executable, values['for-tests'] === true)
    : null
process.stdout.write(`${JSON.stringify({ folder, executable, file })}\n`)
