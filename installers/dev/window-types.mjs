// `node installers/dev/window-types.mjs`: types of the window, of the centre's pages and of their tests, as vue-tsc judges
// them. The runtime's files that they import are four fifths of the program and are judged by tsconfig.node.json.
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { root } from './node24.mjs'

const require = createRequire(import.meta.url)
const ofVue = createRequire(require.resolve('vue-tsc'))
const ts = require('typescript')
const { createParsedCommandLine, createVueLanguagePlugin } = ofVue('@vue/language-core')
const { proxyCreateProgram } = ofVue('@volar/typescript')

const config = join(root, 'tsconfig.web.json')
const { vueOptions } = createParsedCommandLine(ts, ts.sys, config)
const own = [{ extension: 'vue', isMixedContent: true, scriptKind: ts.ScriptKind.Deferred }]
const { config: text, error } = ts.readConfigFile(config, ts.sys.readFile)
const { options, fileNames, errors } = ts.parseJsonConfigFileContent(
  text ?? {},
  ts.sys,
  root,
  { allowNonTsExtensions: true },
  config,
  undefined,
  own,
)
const host = ts.createCompilerHost(options)
const createProgram = proxyCreateProgram(ts, ts.createProgram, () => [
  createVueLanguagePlugin(ts, options, vueOptions, (id) => id),
])
const program = createProgram({ rootNames: fileNames, options, host })
const found = [
  ...(error === undefined ? [] : [error]),
  ...errors,
  ...program.getOptionsDiagnostics(),
  ...program.getGlobalDiagnostics(),
  ...fileNames
    .map((name) => program.getSourceFile(name))
    .filter((file) => file !== undefined)
    .flatMap((file) => [
      ...program.getSyntacticDiagnostics(file),
      ...program.getSemanticDiagnostics(file),
    ]),
]
if (found.length > 0)
  console.log(
    ts.formatDiagnosticsWithColorAndContext(found, {
      getCanonicalFileName: (name) => name,
      getCurrentDirectory: () => root,
      getNewLine: () => '\n',
    }),
  )
console.log(`${fileNames.length} files of ${program.getSourceFiles().length} judged`)
process.exitCode = found.length === 0 ? 0 : 1
