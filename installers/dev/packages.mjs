// npm packages: installed from the lock file when the stamp is missing or does not match.
// The stamp holds the hash of the lock file and the system, because some packages are per system.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findNode24, root } from './node24.mjs'
import { collect, say, SetupStop, tail, thrice } from './progress.mjs'

const lockFile = join(root, 'package-lock.json')
const stampFile = join(root, 'node_modules', '.etc-lane-packages.json')
const npmTimeoutMs = 20 * 60_000

const wantedStamp = () =>
  JSON.stringify({
    lock: createHash('sha256').update(readFileSync(lockFile)).digest('hex'),
    system: `${process.platform}-${process.arch}`,
  })

const readText = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : '')

/** Whether npm's own list of installed packages has every required package of the lock file. */
function filledByHand() {
  const listFile = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(listFile)) return false
  const there = JSON.parse(readFileSync(listFile, 'utf8')).packages ?? {}
  const locked = JSON.parse(readFileSync(lockFile, 'utf8')).packages ?? {}
  return Object.entries(locked).every(([path, row]) => {
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

/** Installs the locked packages if needed. Returns the path of Node 24. */
export async function ensurePackages() {
  const wanted = wantedStamp()
  if (readText(stampFile) !== wanted || findNode24() === null) {
    if (!filledByHand() || findNode24() === null) {
      say('Setting up (the first time needs the network and a few minutes):')
      const { code, output } = await thrice('npm packages', () =>
        npm(['ci', '--no-audit', '--no-fund'], { cwd: root, timeoutMs: npmTimeoutMs }),
      )
      if (code !== 0) {
        say(tail(output))
        throw new SetupStop('npm could not install the packages; mend the cause above: npm ci')
      }
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
