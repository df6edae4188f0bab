// How electron-builder packs the unpacked application for Linux and Windows: contents, exclusions, fuses.
// Exported as data, so that a test can compare the fuses of the packed binary with these.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { Arch, Platform } from 'electron-builder'
import { laneVersion, systems } from '../lane/lay.mjs'

/** By system: target of electron-builder, and the folder below its output. */
export const unpacked = {
  'linux-x64': { targets: Platform.LINUX.createTarget('dir', Arch.x64), folder: 'linux-unpacked' },
  'win32-x64': { targets: Platform.WINDOWS.createTarget('dir', Arch.x64), folder: 'win-unpacked' },
}

/** Simulators and runtime are utility processes, so nothing runs Electron as plain Node. */
export const fuses = {
  runAsNode: false,
  enableCookieEncryption: true,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  // Checked by Electron on macOS and Windows only; the archive contains the hashes on every system.
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  loadBrowserProcessSpecificV8Snapshot: false,
  grantFileProtocolExtraPrivileges: false,
}

/** Patterns that exclude a package's native parts for other systems. */
const foreignNatives = (name, system) => {
  const own = systems[system].natives.filter((path) => path.startsWith(`${name}/`))
  const folders = own.map((path) => path.split('/').at(-2))
  return `!node_modules/${name}/prebuilds/!(${folders.join('|')})/**`
}

/** For Windows the lanes lie beside the application, with program, fonts, profiles and native parts (ADR 425). */
const filesFor = (system) =>
  system === 'win32-x64'
    ? ['dist/{main,preload,renderer}/**', 'package.json', '!dist/**/*.map', '!node_modules/**']
    : filesWithProgram(system)

/** What dist/ does not contain: two packages with native parts, for one system only. */
const filesWithProgram = (system) => [
  'dist/**',
  'device-profiles/**',
  'package.json',
  '!dist/**/*.map',
  '!dist/.built',
  '!dist/runtime/compiled/**',
  // The pinned Node is for development; Electron has its own.
  '!node_modules/node-{linux,win}-x64*/**',
  '!node_modules/@serialport/bindings-cpp/{src,build,binding.gyp}{,/**}',
  foreignNatives('@serialport/bindings-cpp', system),
  '!node_modules/@serialport/bindings-cpp/prebuilds/linux-x64/*.musl.node',
  '!node_modules/node-hid/{src,hidapi,build,binding.gyp}{,/**}',
  foreignNatives('node-hid', system),
  '!**/node_modules/node-addon-api/**',
  '!node_modules/**/*.{map,ts,md}',
]

/** Removes Electron's example application from an unpacked folder. */
const dropExample = ({ appOutDir }) =>
  rmSync(join(appOutDir, 'resources', 'default_app.asar'), { force: true })

/**
 * `beside`: a folder of files to lie beside the executable. `official`: `electronFolder` holds an archive with a listed hash (installers/dev/official-electron.mjs).
 * A package made from any other is marked in its name and in its package.json.
 */
export const configOf = ({ output, system, electronFolder, electronVersion, official, beside }) => {
  const name = official ? 'etc-lane-studio' : 'etc-lane-studio-unofficial'
  return {
    appId: 'studio.etclane.app',
    productName: name,
    extraMetadata: {
      version: laneVersion(),
      etcLaneElectron: official ? 'official' : 'unofficial',
    },
    directories: { output },
    electronDist: electronFolder,
    electronVersion,
    electronLanguages: ['en-US', 'zh-CN'],
    electronFuses: fuses,
    npmRebuild: false,
    files: filesFor(system),
    extraFiles: [{ from: beside, to: '.' }],
    asarUnpack: ['**/*.node'],
    linux: { executableName: name, category: 'Utility' },
    afterPack: dropExample,
  }
}
