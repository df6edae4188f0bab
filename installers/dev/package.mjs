// `npm run package [-- --out DIR] [-- --for-tests]`: the built application, unpacked, for Linux.
// A build on an unofficial Electron, or for tests, carries that word and refuses a real lot's keys.
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { build } from 'electron-builder'
import { configOf, targets } from '../linux-dir/config.mjs'
import { root } from './node24.mjs'

const { values } = parseArgs({
  options: { out: { type: 'string', default: 'out' }, 'for-tests': { type: 'boolean' } },
})
const electronFolder = process.env.ELECTRON_OVERRIDE_DIST_PATH
if (electronFolder === undefined) throw new Error('run this as npm run package')

const output = resolve(root, values.out)
const electronVersion = readFileSync(join(electronFolder, 'version'), 'utf8')
  .trim()
  .replace(/^v/, '')
const config = configOf({
  output,
  electronFolder,
  electronVersion,
  official: process.env.ETC_LANE_ELECTRON_KIND === 'official' && values['for-tests'] !== true,
})

await build({ projectDir: root, targets, publish: 'never', config })
const folder = join(output, 'linux-unpacked')
process.stdout.write(`${JSON.stringify({ folder, executable: config.productName })}\n`)
