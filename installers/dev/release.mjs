// `npm run release [-- --out DIR] [-- --only TARGET,…] [-- --for-tests] [-- --against DIR]`: every package of one commit,
// with the sums of their bytes. A second run of the same commit has the same bytes: `--against` compares with an earlier
// one and ends with 1 where a byte differs. Studio is made from the official Electron alone; where that cannot be had, its
// packages are named as not made.
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
} from 'node:fs'
import { renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { parseArgs, promisify } from 'node:util'
import { releaseTime } from '../lane/steady.mjs'
import { builtId } from './build-id.mjs'
import { root } from './node24.mjs'
import { officialArchive } from './official-electron.mjs'
import { say, SetupStop } from './progress.mjs'

/** Flags of `npm run package` by target; `electron`: the platform whose Electron it holds. */
const targets = {
  'lanes-deb-amd64': { flags: ['--deb'] },
  'lanes-deb-arm64': { flags: ['--deb', '--arch', 'arm64'] },
  'lanes-linux-x64': { flags: ['--archive'] },
  'lanes-linux-arm64': { flags: ['--archive', '--arch', 'arm64'] },
  'lanes-win32-x64': { flags: ['--archive', '--windows'] },
  'lanes-windows': { flags: ['--windows'] },
  'studio-deb': { flags: ['--studio-deb'], electron: 'linux' },
  'studio-windows': { flags: ['--studio-windows'], electron: 'win32' },
}

const sumsFile = 'SHA256SUMS'
const releaseFile = 'release.json'

const run = promisify(execFile)

async function sha256(file) {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

/** Makes one target and moves its files to `out`; returns their names. */
async function made(out, { flags }, forTests) {
  const work = mkdtempSync(join(out, 'making-'))
  try {
    const script = join(root, 'installers', 'dev', 'package.mjs')
    const args = [script, ...flags, '--out', work, ...(forTests ? ['--for-tests'] : [])]
    const { stdout } = await run(process.execPath, args, { cwd: root, maxBuffer: 64 << 20 })
    const said = JSON.parse(stdout.trim().split('\n').at(-1) ?? '')
    const files = [said.file, said.zip, said.setup].filter((file) => typeof file === 'string')
    for (const file of files) renameSync(file, join(out, basename(file)))
    return files.map((file) => basename(file))
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** First byte that differs; the shorter length where one file begins the other. */
function firstDifference(a, b) {
  const [one, other] = [readFileSync(a), readFileSync(b)]
  const length = Math.min(one.length, other.length)
  for (let at = 0; at < length; at++) if (one[at] !== other[at]) return at
  return length
}

/** `{ name, at }` of each file that is not the same in both folders; `at` is null where one has no such file. */
function differences(here, there) {
  const named = (folder) =>
    readdirSync(folder).filter((name) => statSync(join(folder, name)).isFile())
  const names = [...new Set([...named(here), ...named(there)])].toSorted()
  return names.flatMap((name) => {
    const [a, b] = [join(here, name), join(there, name)]
    if (!existsSync(a) || !existsSync(b)) return [{ name, at: null }]
    const at = firstDifference(a, b)
    const isSame = statSync(a).size === statSync(b).size && at === statSync(a).size
    return isSame ? [] : [{ name, at }]
  })
}

function wantedTargets(only) {
  const names = only === undefined ? Object.keys(targets) : only.split(',')
  const unknown = names.filter((name) => !Object.hasOwn(targets, name))
  if (unknown.length > 0)
    throw new SetupStop(
      `--only: ${unknown.join(', ')} is not one of ${Object.keys(targets).join(', ')}.`,
    )
  return names
}

/** Empties the folder of an earlier release; refuses any other that holds something. */
function emptied(out) {
  mkdirSync(out, { recursive: true })
  const there = readdirSync(out)
  if (there.length === 0) return
  if (!there.includes(releaseFile))
    throw new SetupStop(`--out: ${out} holds other files; name an empty folder.`)
  const { files } = JSON.parse(readFileSync(join(out, releaseFile), 'utf8'))
  const own = [...files.map(({ name }) => basename(name)), sumsFile, releaseFile]
  for (const name of own) rmSync(join(out, name), { force: true })
}

/** Returns the exit code. */
export async function release(args) {
  const { values } = parseArgs({
    args,
    options: {
      out: { type: 'string', default: 'release' },
      only: { type: 'string' },
      against: { type: 'string' },
      'for-tests': { type: 'boolean', default: false },
    },
  })
  const names = wantedTargets(values.only)
  const forTests = values['for-tests']
  const { version, build } = builtId()
  if (build.endsWith('-changed') && !forTests)
    throw new SetupStop('Sources differ from the commit: commit them, then run again.')
  const out = resolve(root, values.out)
  emptied(out)
  const files = []
  const notMade = []
  for (const target of names) {
    const { electron } = targets[target]
    if (electron !== undefined && !forTests && (await officialArchive(electron, 'x64')) === null) {
      notMade.push({ target, why: 'the official Electron could not be fetched' })
      continue
    }
    say(`${target} …`)
    for (const name of await made(out, targets[target], forTests)) {
      const file = join(out, name)
      files.push({ name, target, bytes: statSync(file).size, sha256: await sha256(file) })
    }
  }
  files.sort((a, b) => (a.name < b.name ? -1 : 1))
  const time = new Date(releaseTime() * 1000).toISOString()
  const whole = { product: 'etc-lane', version, build, time, isForTests: forTests, files, notMade }
  writeFileSync(join(out, releaseFile), `${JSON.stringify(whole, null, 1)}\n`)
  const sums = files.map(({ name, sha256: sum }) => `${sum}  ${name}\n`)
  writeFileSync(join(out, sumsFile), sums.join(''))
  const differs =
    values.against === undefined ? [] : differences(out, resolve(root, values.against))
  for (const { name, at } of differs)
    say(at === null ? `${name}: only one release has it` : `${name}: differs from byte ${at} on`)
  process.stdout.write(
    `${JSON.stringify({ folder: out, files: files.length, notMade, differs })}\n`,
  )
  return differs.length === 0 && notMade.length === 0 ? 0 : 1
}
