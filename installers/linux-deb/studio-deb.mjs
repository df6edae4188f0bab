// `npm run package -- --studio-deb`: Studio as a Debian package, from the application that electron-builder unpacked:
// with a menu entry, its icon, and Chromium's sandbox helper owned by root.
import { cpSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { initWasm, Resvg } from '@resvg/resvg-wasm'
import { laneVersion } from '../lane/lay.mjs'
import { licencesFile, sbomFile } from '../lane/third-party.mjs'
import { root } from '../dev/node24.mjs'
import { makePackage, put } from './debian-package.mjs'

const iconPixels = 256

/** Libraries that the binary is linked with; newer releases have some under another name. */
const depends = [
  'libasound2 | libasound2t64',
  'libatk-bridge2.0-0 | libatk-bridge2.0-0t64',
  'libatk1.0-0 | libatk1.0-0t64',
  'libatspi2.0-0 | libatspi2.0-0t64',
  'libc6 (>= 2.31)',
  'libcairo2',
  'libcups2 | libcups2t64',
  'libdbus-1-3',
  'libexpat1',
  'libgbm1',
  'libgcc-s1',
  'libglib2.0-0 | libglib2.0-0t64',
  'libgtk-3-0 | libgtk-3-0t64',
  'libnspr4',
  'libnss3',
  'libpango-1.0-0',
  'libudev1',
  'libusb-1.0-0',
  'libx11-6',
  'libxcb1',
  'libxcomposite1',
  'libxdamage1',
  'libxext6',
  'libxfixes3',
  'libxkbcommon0',
  'libxrandr2',
]

const about = (name) => ({
  name,
  version: laneVersion(),
  arch: 'amd64',
  depends,
  // Without a Chinese font the screens are unreadable; the lanes run without this window.
  recommends: ['fonts-noto-cjk', 'libnotify4', 'libsecret-1-0', 'xdg-utils', 'etc-lane'],
  description: `window on the lanes of a car park with ETC
 Sets up a car park, shows its lanes, measures antennas and keeps device
 profiles. To close it ends no lane that runs as a service.`,
})

const desktopText = (name) => `[Desktop Entry]
Type=Application
Name=ETC Lane Studio
Comment=Set up, prove and run the ETC lanes of a car park
Comment[zh_CN]=停车场 ETC 车道的开通、验收与运行
Exec=/usr/bin/${name}
Icon=${name}
Terminal=false
Categories=Office;
StartupWMClass=${name}
Actions=kiosk;

[Desktop Action kiosk]
Name=Full screen
Name[zh_CN]=全屏
Exec=/usr/bin/${name} --kiosk
`

const copyright = (home) => `Files: *
Copyright: the maintainers of ETC Lane Studio, and those of Electron and of the packages in it
License: ${home}/${licencesFile} has the text of each, ${home}/${sbomFile} lists them; Chromium is
 under LICENSES.chromium.html of ${home}
`

async function iconOf(svg) {
  await initWasm(readFileSync(join(root, 'node_modules', '@resvg', 'resvg-wasm', 'index_bg.wasm')))
  return new Resvg(svg, { fitTo: { mode: 'width', value: iconPixels } }).render().asPng()
}

/**
 * Returns the file. `unpacked`: the application with its executable `name`. `quick`: without compression, for tests.
 */
export async function makeStudioDeb(out, unpacked, name, quick) {
  const home = `/usr/lib/${name}`
  const icons = '/usr/share/icons/hicolor'
  const svg = readFileSync(join(import.meta.dirname, 'studio.svg'), 'utf8')
  const png = await iconOf(svg)
  return makePackage({
    out,
    quick,
    about: about(name),
    // Where the kernel denies user namespaces to ordinary users, this helper makes the sandbox.
    setuid: [`${home}/chrome-sandbox`],
    lay(tree) {
      cpSync(unpacked, join(tree, home), { recursive: true })
      mkdirSync(join(tree, 'usr', 'bin'), { recursive: true })
      symlinkSync(`../lib/${name}/${name}`, join(tree, 'usr', 'bin', name))
      put(tree, `/usr/share/applications/${name}.desktop`, desktopText(name))
      put(tree, `${icons}/scalable/apps/${name}.svg`, svg)
      put(tree, `${icons}/${iconPixels}x${iconPixels}/apps/${name}.png`, png)
      put(tree, `/usr/share/doc/${name}/copyright`, copyright(home))
    },
  })
}
