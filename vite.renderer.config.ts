// Builds the pages: the window (renderer/), and into the runtime's folder, in mode `platform` the page that the platform
// simulator serves, in mode `centre` the pages of the centre. No inline script, inlined asset or polyfill: the content security policies forbid them.
import { resolve } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import { buildId } from './installers/dev/build-id.mjs'
import { bundledPackages } from './installers/dev/bundled-packages.ts'
import { callFacts } from './installers/dev/call-facts.ts'

const window = { root: 'renderer', outDir: 'dist/renderer', target: 'chrome148' }
/** Opened in any browser. */
const served: Readonly<Record<string, typeof window>> = {
  platform: {
    root: 'renderer/platform-sim',
    outDir: 'dist/runtime/platform-page',
    target: 'chrome120',
  },
  centre: { root: 'centre/pages', outDir: 'dist/runtime/centre-page', target: 'chrome120' },
}

export default defineConfig(({ mode }) => {
  const { root, outDir, target } = served[mode] ?? window
  return {
    root: resolve(import.meta.dirname, root),
    base: './',
    define: { ETC_LANE_VERSION: JSON.stringify(buildId().version) },
    plugins: [vue(), callFacts, bundledPackages],
    build: {
      outDir: resolve(import.meta.dirname, outDir),
      emptyOutDir: true,
      target,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 2_000,
      reportCompressedSize: false,
    },
  }
})
