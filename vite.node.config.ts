// Builds what runs outside the window; --mode main | preload | runtime picks the entry.
// Packages are bundled, except Electron and the two with native parts.
import { resolve } from 'node:path'
import { defineConfig, type Plugin } from 'vite'
import { runtimePart } from './installers/dev/runtime-parts.ts'
import { buildId } from './installers/dev/build-id.mjs'
import { bundledPackages } from './installers/dev/bundled-packages.ts'
import { callFacts, rowCommandFacts } from './installers/dev/call-facts.ts'

const targets: Record<
  string,
  { entry: string; outDir: string; file: string; format: 'es' | 'cjs' }
> = {
  main: { entry: 'electron/main/main.ts', outDir: 'dist/main', file: 'main.mjs', format: 'es' },
  // A sandboxed preload cannot be an ES module.
  preload: {
    entry: 'electron/preload/preload.ts',
    outDir: 'dist/preload',
    file: 'preload.cjs',
    format: 'cjs',
  },
  runtime: {
    entry: 'firmware-runtime/main.ts',
    outDir: 'dist/runtime',
    file: 'main.mjs',
    format: 'es',
  },
}
const external = ['electron', 'serialport', 'node-hid']

/**
 * Importing node:http evaluates all its exports, one of which loads Node's whole fetch: 39 of the 43 ms that the
 * import takes. Taking the three used exports from the built-in module takes 4 ms.
 */
const leanHttp: Plugin = {
  name: 'lean-http',
  enforce: 'pre',
  // Packages use `require`, which does not have this cost, and need more exports.
  resolveId: (id, importer) => {
    if (id !== 'node:http') return null
    const isPackage = importer?.includes('node_modules') === true
    return isPackage ? { id, external: true } : '\0lean-http'
  },
  load: (id) =>
    id === '\0lean-http'
      ? "export const { Agent, createServer, request } = process.getBuiltinModule('node:http')"
      : null,
}

/**
 * Optional native parts of ssh2 and pg: replaced by a module that throws, after which these packages use their
 * JavaScript code.
 */
const noNativeParts: Plugin = {
  name: 'no-native-parts',
  enforce: 'pre',
  resolveId: (id) =>
    /(^cpu-features|^pg-native|sshcrypto\.node)$/.test(id) ? '\0no-native-part' : null,
  load: (id) => (id === '\0no-native-part' ? "throw new Error('not compiled')" : null),
}

/**
 * Escapes characters beyond Latin-1: a source text with a single one of them would take two bytes for each
 * character in the engine.
 */
const asciiText: Plugin = {
  name: 'ascii-text',
  generateBundle(_, bundle) {
    for (const file of Object.values(bundle))
      if (file.type === 'chunk')
        file.code = file.code.replaceAll(
          /[\u0080-\uffff]/g,
          (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
        )
  },
}

export default defineConfig(({ mode }) => {
  const target = targets[mode]
  if (target === undefined) throw new Error(`--mode ${mode} is none of ${Object.keys(targets)}`)
  const entry = resolve(import.meta.dirname, target.entry)
  const partOf = runtimePart(entry)
  return {
    root: import.meta.dirname,
    publicDir: false,
    plugins: [callFacts, rowCommandFacts, leanHttp, noNativeParts, asciiText, bundledPackages],
    // pdfmake and the packages that it uses for layout still read `__dirname`.
    define:
      mode === 'runtime'
        ? { __dirname: 'import.meta.dirname', ETC_LANE_BUILD: JSON.stringify(buildId()) }
        : {},
    ssr: { target: 'node', noExternal: true, external },
    build: {
      ssr: entry,
      // The oldest Node that runs the lanes: the one of wine. `using` is newer and is written out.
      target: 'node22',
      outDir: target.outDir,
      emptyOutDir: mode === 'runtime',
      minify: false,
      sourcemap: mode === 'runtime',
      reportCompressedSize: false,
      rolldownOptions: {
        external: [...external, /^node:(?!http$)/],
        preserveEntrySignatures: 'allow-extension',
        output: {
          format: target.format,
          // Keeps names and statements on their lines; whitespace and comments were a quarter of the bytes read at a
          // start.
          minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
          entryFileNames: target.file,
          chunkFileNames: 'part-[name].mjs',
          // Splits the runtime, so that a lane and a worker load only what they use.
          codeSplitting: mode === 'runtime' && {
            includeDependenciesRecursively: false,
            groups: [
              {
                debugName: 'starts',
                name: (id, context) => partOf(id, (of) => context.getModuleInfo(of)),
              },
            ],
          },
        },
      },
    },
  }
})
