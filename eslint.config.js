// Lint rules of the window: for its components, which oxlint reads only in part, and against custom events. All other
// rules are oxlint's (.oxlintrc.json). Formatting is oxfmt's; folders and file lengths are checked by test/tidy.
import vue from 'eslint-plugin-vue'
import ts from 'typescript-eslint'

const typedOnly =
  'parts of the window import one another: an event of our own has no type and no owner'
/** Rules of the window; test/tidy checks them with planted faults. */
export const windowRules = {
  'no-restricted-syntax': [
    'error',
    { selector: 'TSEnumDeclaration', message: 'not erasable: use a union or an object as const' },
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

/** The rules that oxlint applies to all other files. */
const ofComponents = {
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
  '@typescript-eslint/no-explicit-any': 'error',
  '@typescript-eslint/no-non-null-assertion': 'error',
  '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
  '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': true }],
}

export default ts.config(
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
  ...vue.configs['flat/essential'],
  {
    files: ['**/*.ts'],
    ignores: ['**/*.d.ts'],
    languageOptions: { parser: ts.parser },
    rules: windowRules,
  },
  {
    // vue-tsc checks the types of components; the code that they call is in .ts files beside them.
    files: ['**/*.vue'],
    plugins: { '@typescript-eslint': ts.plugin },
    languageOptions: { parserOptions: { parser: ts.parser } },
    rules: { ...ofComponents, ...windowRules, 'vue/multi-word-component-names': 'off' },
  },
)
