// npm packages: installed from the lock file when the stamp is missing or does not match.
// The stamp holds the hash of the lock file and the system, because some packages are per system.
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findNode24, root } from './node24.mjs'
import { collect, say, SetupStop, setUpStep, step, tail, thrice } from './progress.mjs'

const lockFile = join(root, 'package-lock.json')
const stampFile = join(root, 'node_modules', '.etc-lane-packages.json')
const npmTimeoutMs = 20 * 60_000
/** Three questions to the registry take less than a minute, also where a network drops everything silently. */
const probeTimeoutMs = 12_000

const wantedStamp = () =>
  JSON.stringify({
    lock: createHash('sha256').update(readFileSync(lockFile)).digest('hex'),
    system: `${process.platform}-${process.arch}`,
  })

const readText = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : '')

/** Packages of the lock file by path; none where it is not JSON, which `npm ci` then says itself. */
function lockedPackages() {
  try {
    return JSON.parse(readFileSync(lockFile, 'utf8')).packages ?? {}
  } catch (error) {
    if (error instanceof SyntaxError) return {}
    throw error
  }
}

/** Whether npm's own list of installed packages has every required package of the lock file. */
function filledByHand() {
  const listFile = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(listFile)) return false
  const there = JSON.parse(readFileSync(listFile, 'utf8')).packages ?? {}
  const locked = Object.entries(lockedPackages())
  if (locked.length === 0) return false
  return locked.every(([path, row]) => {
    if (path === '' || row.optional || row.devOptional || row.peer) return true
    return there[path]?.version === row.version && there[path]?.integrity === row.integrity
  })
}

/** Runs npm with the Node that started us, not with the Node that npm is about to replace. */
export function npm(args, options) {
  const cli = process.env.npm_execpath
  if (cli === undefined || !existsSync(cli)) {
    return collect(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, options)
  }
  return collect(process.env.npm_node_execpath ?? process.execPath, [cli, ...args], options)
}

/** Share of the locked packages that are in place, percent. npm moves them there towards its end. */
function percentInPlace() {
  const paths = Object.keys(lockedPackages()).filter((path) => path !== '')
  const there = paths.filter((path) => existsSync(join(root, path))).length
  return Math.floor((100 * there) / Math.max(1, paths.length))
}

/**
 * Asks the registry for one locked package: what stands between is said in seconds and not after npm's own retries. With
 * an empty cache, since npm answers from its own where the network is gone, and then waits for each package in turn.
 */
async function askRegistry() {
  const found = Object.entries(lockedPackages()).find(([path]) => path.startsWith('node_modules/'))
  if (found === undefined) return { code: 0, output: '' }
  const [path, { name = path.split('node_modules/').at(-1), version }] = found
  const cache = mkdtempSync(join(tmpdir(), 'etc-lane-npm-'))
  const limits = ['--fetch-retries=0', `--fetch-timeout=${probeTimeoutMs}`, `--cache=${cache}`]
  try {
    return await npm(['view', `${name}@${version}`, 'version', ...limits], {
      cwd: root,
      timeoutMs: probeTimeoutMs + 3_000,
    })
  } finally {
    rmSync(cache, { recursive: true, force: true })
  }
}

const ci = (...more) =>
  npm(['ci', '--no-audit', '--no-fund', ...more], { cwd: root, timeoutMs: npmTimeoutMs })
const title = (text) => setUpStep('packages', text)

/** Installs from the registry; where it does not answer once, from npm's cache alone, before it is asked again. */
async function installPackages() {
  const asked = await step('npm registry', askRegistry)
  if (asked.code !== 0) {
    const offline = () => ci('--offline')
    const cached = await step(title('npm packages, from its cache'), offline, percentInPlace)
    if (cached.code === 0) return
    const again = await thrice('npm registry', askRegistry)
    if (again.code !== 0) {
      say(tail(again.output))
      throw new SetupStop(
        'npm does not reach its registry; mend the cause above (proxy, certificate, network): npm ci',
      )
    }
  }
  const { code, output } = await thrice(title('npm packages'), () => ci(), percentInPlace)
  if (code === 0) return
  say(tail(output))
  throw new SetupStop('npm could not install the packages; mend the cause above: npm ci')
}

/** Installs the locked packages if needed. Returns the path of Node 24. */
export async function ensurePackages() {
  const wanted = wantedStamp()
  if (readText(stampFile) !== wanted || findNode24() === null) {
    if (!filledByHand() || findNode24() === null) {
      say('Setting up (the first time needs the network and a few minutes):')
      await installPackages()
    }
    writeFileSync(stampFile, wanted)
  }
  const node = findNode24()
  if (node === null) {
    throw new SetupStop(
      `No Node 24 is packaged for ${process.platform}-${process.arch}; install Node 24 and run again.`,
    )
  }
  return node
}
