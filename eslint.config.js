// Lint rules that look at a file alone. Rules that ask types are oxlint's (.oxlintrc.json): it asks the native
// compiler, in a fifth of the time. Style is prettier's; rooms, file heads and longer files are test/tidy's.
import vue from 'eslint-plugin-vue'
import ts from 'typescript-eslint'

const why = 'core, devices and platforms are pure: time, chance and output arrive as arguments'
const bannedGlobals = [
  'Date',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'console',
  'performance',
  'process',
  'Buffer',
  'fetch',
  'crypto',
  'globalThis',
]

/** Rules of the pure rooms; test/tidy runs them over planted faults. */
export const pureRoomRules = {
  'no-restricted-globals': ['error', ...bannedGlobals.map((name) => ({ name, message: why }))],
  'no-restricted-properties': [
    'error',
    { object: 'Math', property: 'random', message: why },
    { object: 'Intl', property: 'DateTimeFormat', message: why },
  ],
  'no-restricted-imports': ['error', { patterns: [{ group: ['node:*'], message: why }] }],
}

/** A default export is found by syntax, so that no further plugin is needed. */
const noDefaultExport = {
  'no-restricted-syntax': [
    'error',
    {
      selector: 'ExportDefaultDeclaration',
      message: 'named exports only: a name is the same everywhere',
    },
    { selector: 'TSEnumDeclaration', message: 'not erasable: use a union or an object as const' },
    {
      selector: 'ObjectExpression > SpreadElement > ObjectExpression.argument',
      message: 'members of a literal stand in it: a spread here only steers the formatter',
    },
  ],
}

const typedOnly =
  'parts of the window import one another: an event of our own has no type and no owner'
/** Rules of the window; test/tidy runs them over planted faults. */
export const windowRules = {
  'no-restricted-syntax': [
    ...noDefaultExport['no-restricted-syntax'],
    { selector: 'CallExpression[callee.property.name="dispatchEvent"]', message: typedOnly },
    { selector: 'CallExpression[callee.name="dispatchEvent"]', message: typedOnly },
    { selector: 'NewExpression[callee.name=/^(CustomEvent|EventTarget)$/]', message: typedOnly },
    {
      selector:
        'CallExpression[callee.property.name=/^(add|remove)EventListener$/] > Literal[value=/-/]',
      message: typedOnly,
    },
  ],
}

const everywhere = {
  ...noDefaultExport,
  eqeqeq: 'error',
  'no-empty': 'error',
  'no-var': 'error',
  'prefer-const': 'error',
  'no-constant-condition': ['error', { checkLoops: false }],
  'no-unreachable': 'error',
  'no-self-compare': 'error',
  'no-fallthrough': 'error',
  'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
  'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
}

const typescript = {
  '@typescript-eslint/no-explicit-any': 'error',
  '@typescript-eslint/no-non-null-assertion': 'error',
  '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
  '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': true }],
}

export default ts.config(
  { ignores: ['**/node_modules/', 'dist/', 'out/', '.cache/', 'coverage/', 'test/e2e/shots/'] },
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
  { files: ['**/*.{ts,vue,mjs,js}'], rules: everywhere },
  ...vue.configs['flat/essential'],
  { files: ['**/*.ts'], languageOptions: { parser: ts.parser } },
  {
    files: ['{firmware-runtime,electron,renderer,test}/**/*.ts'],
    plugins: { '@typescript-eslint': ts.plugin },
    rules: typescript,
  },
  {
    // Types of components are vue-tsc's; what they call lies in files beside them.
    files: ['renderer/**/*.vue'],
    plugins: { '@typescript-eslint': ts.plugin },
    languageOptions: { parserOptions: { parser: ts.parser } },
    rules: typescript,
  },
  {
    // A describe block is one function.
    files: ['test/**/*.ts'],
    rules: { 'max-lines-per-function': 'off' },
  },
  { files: ['firmware-runtime/{core,survey,devices,platforms}/**/*.ts'], rules: pureRoomRules },
  {
    // Tools ask for a default export here; components and typings of packages have one by nature.
    files: ['*.config.{ts,js}', '**/*.vue', '**/*.d.ts', 'test/ci-reporter.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  { files: ['renderer/**/*.ts'], ignores: ['**/*.d.ts'], rules: windowRules },
  {
    files: ['renderer/**/*.vue'],
    rules: { 'vue/multi-word-component-names': 'off', ...windowRules },
  },
)
