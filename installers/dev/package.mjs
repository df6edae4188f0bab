// Packs the built application unpacked for Linux into out/ (electron-builder, target dir).
// A build on the unofficial Electron carries that word in its name and is for tests only.
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Arch, build, Platform } from 'electron-builder'
import { root } from './node24.mjs'

const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH
const official = process.env.ETC_LANE_ELECTRON_KIND === 'official'
if (folder === undefined) throw new Error('run this as npm run package')

const name = official ? 'etc-lane-studio' : 'etc-lane-studio-unofficial'
const electronVersion = readFileSync(join(folder, 'version'), 'utf8').trim().replace(/^v/, '')

/** Electron's own example application comes along with an unpacked folder. */
const dropExample = ({ appOutDir }) =>
  rmSync(join(appOutDir, 'resources', 'default_app.asar'), { force: true })

await build({
  projectDir: root,
  targets: Platform.LINUX.createTarget('dir', Arch.x64),
  publish: 'never',
  config: {
    appId: 'studio.etclane.app',
    productName: name,
    directories: { output: 'out', buildResources: 'installers/linux' },
    electronDist: folder,
    electronVersion,
    npmRebuild: false,
    // The pinned Node is for development; Electron brings its own.
    files: [
      'dist/**',
      'device-profiles/**',
      'package.json',
      '!node_modules/node-{linux,win}-x64/**',
      '!node_modules/**/prebuilds/{,HID-,HID_hidraw-}{win32,darwin,android,linux-arm}*/**',
      '!dist/**/*.map',
      '!dist/.built',
    ],
    asarUnpack: ['**/*.node'],
    linux: { executableName: name, category: 'Utility' },
    afterPack: dropExample,
  },
})
process.stdout.write(`${JSON.stringify({ folder: 'out/linux-unpacked', executable: name })}\n`)
