// Builds dist/: window, preload, main process and runtime, each from its vite configuration.
// An entry that is missing in the tree is skipped, so that a part can be built alone.
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { buildId } from './build-id.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const parts = [
  { mode: 'main', entry: 'electron/main/main.ts', config: 'vite.node.config.ts' },
  { mode: 'preload', entry: 'electron/preload/preload.ts', config: 'vite.node.config.ts' },
  { mode: 'runtime', entry: 'firmware-runtime/main.ts', config: 'vite.node.config.ts' },
  {
    mode: 'platform',
    entry: 'renderer/platform-sim/index.html',
    config: 'vite.renderer.config.ts',
  },
  { mode: 'centre', entry: 'centre/pages/index.html', config: 'vite.renderer.config.ts' },
  { mode: 'production', entry: 'renderer/index.html', config: 'vite.renderer.config.ts' },
]
const wanted = process.argv.slice(2)

/** Files that a report needs beside the program (base/desk/document/report-parts.ts). */
const reportParts = {
  'regular.ttf': '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
  'bold.ttf': '@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf',
  'OFL.txt': '@expo-google-fonts/noto-sans-sc/LICENSE_FONT',
  'raster.wasm': '@resvg/resvg-wasm/index_bg.wasm',
}
function copyReportParts() {
  const folder = join(root, 'dist', 'runtime', 'report')
  mkdirSync(folder, { recursive: true })
  for (const [name, from] of Object.entries(reportParts))
    copyFileSync(join(root, 'node_modules', from), join(folder, name))
}

for (const { mode, entry, config } of parts) {
  if (!existsSync(join(root, entry))) continue
  if (wanted.length > 0 && !wanted.includes(mode)) continue
  await build({ configFile: join(root, config), mode, logLevel: 'warn' })
  if (mode !== 'runtime') continue
  copyReportParts()
  writeFileSync(join(root, 'dist', 'runtime', 'build.json'), `${JSON.stringify(buildId())}\n`)
}
