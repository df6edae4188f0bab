// How electron-builder packs the unpacked Linux application: what goes in, what stays out, fuses.
// As data, so that a test compares the fuses of the packed binary with these.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { Arch, Platform } from 'electron-builder'

export const targets = Platform.LINUX.createTarget('dir', Arch.x64)

/** Simulators and runtime are utility processes, so nothing needs Electron as plain Node. */
export const fuses = {
  runAsNode: false,
  enableCookieEncryption: true,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  // Checked by Electron on macOS and Windows only; the archive carries its hashes everywhere.
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  loadBrowserProcessSpecificV8Snapshot: false,
  grantFileProtocolExtraPrivileges: false,
}

/** What dist/ does not hold already: two packages with native parts, for this system only. */
const files = [
  'dist/**',
  'device-profiles/**',
  'package.json',
  '!dist/**/*.map',
  '!dist/.built',
  '!dist/runtime/compiled/**',
  // The pinned Node is for development; Electron brings its own.
  '!node_modules/node-{linux,win}-x64*/**',
  '!node_modules/@serialport/bindings-cpp/{src,build,binding.gyp}{,/**}',
  '!node_modules/@serialport/bindings-cpp/prebuilds/!(linux-x64)/**',
  '!node_modules/@serialport/bindings-cpp/prebuilds/linux-x64/*.musl.node',
  '!node_modules/node-hid/{src,hidapi,build,binding.gyp}{,/**}',
  '!node_modules/node-hid/prebuilds/!(HID-linux-x64|HID_hidraw-linux-x64)/**',
  '!**/node_modules/node-addon-api/**',
  '!node_modules/**/*.{map,ts,md}',
]

/** Electron's own example application comes along with an unpacked folder. */
const dropExample = ({ appOutDir }) =>
  rmSync(join(appOutDir, 'resources', 'default_app.asar'), { force: true })

/**
 * `official`: `electronFolder` holds an archive of the hash that is listed (installers/dev/official-electron.mjs).
 * A package on any other says so in its name and in its package.json.
 */
export const configOf = ({ output, electronFolder, electronVersion, official }) => {
  const name = official ? 'etc-lane-studio' : 'etc-lane-studio-unofficial'
  return {
    appId: 'studio.etclane.app',
    productName: name,
    extraMetadata: { etcLaneElectron: official ? 'official' : 'unofficial' },
    directories: { output },
    electronDist: electronFolder,
    electronVersion,
    electronLanguages: ['en-US', 'zh-CN'],
    electronFuses: fuses,
    npmRebuild: false,
    files,
    asarUnpack: ['**/*.node'],
    linux: { executableName: name, category: 'Utility' },
    afterPack: dropExample,
  }
}
