// Lint rules: what types let through. Only type-aware rules that catch real faults are on.
// Style is prettier's; rooms, file heads and longer files are test/tidy's.
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

const typeChecked = {
  '@typescript-eslint/no-floating-promises': 'error',
  '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
  '@typescript-eslint/await-thenable': 'error',
  '@typescript-eslint/only-throw-error': 'error',
  '@typescript-eslint/switch-exhaustiveness-check': [
    'error',
    { considerDefaultExhaustiveForUnions: true },
  ],
  '@typescript-eslint/no-unsafe-argument': 'error',
  '@typescript-eslint/no-unsafe-assignment': 'error',
  '@typescript-eslint/no-unsafe-call': 'error',
  '@typescript-eslint/no-unsafe-member-access': 'error',
  '@typescript-eslint/no-unsafe-return': 'error',
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
    files: ['{firmware-runtime,electron,test}/**/*.ts'],
    ignores: ['test/renderer/**'],
    languageOptions: { parserOptions: { project: ['tsconfig.node.json'] } },
  },
  {
    files: ['renderer/**/*.ts', 'test/renderer/**/*.ts'],
    languageOptions: {
      parserOptions: { project: ['tsconfig.web.json'], extraFileExtensions: ['.vue'] },
    },
  },
  {
    files: ['{firmware-runtime,electron,renderer,test}/**/*.ts'],
    plugins: { '@typescript-eslint': ts.plugin },
    rules: { ...typescript, ...typeChecked },
  },
  {
    // Every component would be a program of its own for the rules that ask types: five minutes in all.
    // Their types are vue-tsc's; what they call lies in files beside them.
    files: ['renderer/**/*.vue'],
    plugins: { '@typescript-eslint': ts.plugin },
    languageOptions: { parserOptions: { parser: ts.parser } },
    rules: typescript,
  },
  {
    // A describe block is one function, and answers of processes arrive as untyped JSON.
    files: ['test/**/*.ts'],
    rules: {
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
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
