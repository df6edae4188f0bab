// Rules of lint (.oxlintrc.json): each finds its planted fault, in the rooms where it applies and nowhere else.
// No comment can disable them for a file.
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { repository } from './tree.ts'
import { folderOfTest } from '../kit/own-folder.ts'

type Planted = Readonly<Record<string, string>>

/** Faults of rules that need types, in a file of the product. */
const ofTypes: Planted = {
  'await-thenable': 'export const run = async (): Promise<void> => void (await 1)',
  'no-floating-promises': 'Promise.resolve(1)',
  'no-misused-promises': 'export const all = [1].filter(async (n) => Promise.resolve(n > 0))',
  'no-unsafe-argument': 'declare const given: any\nexport const length = Number.parseInt(given)',
  'no-unsafe-assignment': 'declare const given: any\nexport const amount = given',
  'no-unsafe-call': 'declare const given: any\ngiven()',
  'no-unsafe-member-access': 'declare const given: any\nvoid given.amount',
  'no-unsafe-return': 'declare const given: any\nexport const read = () => given',
  'only-throw-error': `throw 'full'`,
  'switch-exhaustiveness-check': `declare const means: 'cash' | 'etc'\nswitch (means) {\n  case 'cash':\n    break\n}`,
}
const long = (lines: number): string => 'void 0\n'.repeat(lines)
const ofText: Planted = {
  eqeqeq: 'export const is = (n: number): boolean => n == 1',
  'no-empty': 'if (long) {\n}',
  'no-var': 'var far = 1',
  'prefer-const': 'let fixed = 1',
  'no-constant-condition': 'if (true) void 0',
  'no-unreachable': 'export const none = (): void => {\n  return\n  void 0\n}',
  'no-self-compare': 'export const is = (n: number): boolean => n === n',
  'no-fallthrough': 'switch (Number(long)) {\n  case 1:\n    void 1\n  case 2:\n    void 2\n}',
  'max-lines': long(401),
  'max-lines-per-function': `export function much(): void {\n${long(71)}}`,
  'no-default-export': 'export default 1',
  'no-explicit-any': 'export type Given = any',
  'no-non-null-assertion': 'export const first = [1].at(0)!',
  'consistent-type-imports': `import { Fen } from './fen.ts'\nexport const none: Fen = 0`,
  'ban-ts-comment': `// ${'@ts'}-expect-error\nexport const one: string = 1`,
}
/** Faults of one rule: pure rooms get time, randomness and output as arguments. */
const ofPureRooms: Planted = {
  'no-restricted-globals':
    'Date.now()\nnew Date()\nsetTimeout(f, 1)\nsetInterval(f, 1)\nsetImmediate(f)\nqueueMicrotask(f)\n' +
    'console.log(1)\nperformance.now()\nvoid process.pid\nBuffer.from("a")\nfetch("a")\nvoid crypto.subtle\n' +
    'void globalThis.Date',
  'no-restricted-properties': 'Math.random()\nIntl.DateTimeFormat()',
  'no-restricted-imports': `import 'node:fs'`,
}
/** Faults of the rooms that run beside lanes: a promise behind `void` has no owner. */
const ofRunningRooms: Planted = {
  'no-void':
    'declare const look: () => Promise<void>\n' +
    'export const timer = (after: (run: () => void) => void): void => after(() => void look())\n' +
    'export const end = (): void => void look()',
  'no-floating-promises':
    'declare const look: () => Promise<void>\nvoid look()\nlook()\nlook().then(() => 1)\n' +
    'setInterval(() => {\n  void look()\n}, 1)',
}
const inRunningRooms: Readonly<Record<string, number>> = { 'no-void': 2, 'no-floating-promises': 4 }
const runningRooms = [
  ...['ledger/http', 'lane/lot', 'runtime/host'].map((room) => `firmware-runtime/${room}`),
  'electron/main',
]
const pureRooms = ['base/pure', 'survey/pure', 'devices/pure', 'ledger/pure/platforms'].map(
  (room) => `firmware-runtime/${room}`,
)
const inTests = [
  ...Object.keys(ofTypes).filter((rule) => rule.startsWith('no-unsafe-')),
  'max-lines-per-function',
]

/** Folder, planted faults, and rules that do not apply there. */
const places: readonly (readonly [string, Planted, readonly string[]])[] = [
  ['.', { ...ofTypes, ...ofText }, []],
  ['test', { ...ofTypes, ...ofText }, inTests],
  ...runningRooms.map((room) => [room, ofRunningRooms, []] as const),
  ...pureRooms.map((room) => [room, ofPureRooms, []] as const),
]

it('finds what is planted, and nothing in a file without a fault', () => {
  const folder = folderOfTest('etc-lint-')
  const base = join(repository, 'tsconfig.base.json')
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ extends: base, compilerOptions: { lib: ['ES2024'], types: [] } }),
  )
  // The rules name rooms relative to their own file.
  copyFileSync(join(repository, '.oxlintrc.json'), join(folder, '.oxlintrc.json'))
  for (const [place, planted] of places) {
    mkdirSync(join(folder, place), { recursive: true })
    for (const [rule, text] of Object.entries(planted))
      writeFileSync(join(folder, place, `${rule}.ts`), `${text}\nexport {}\n`)
    writeFileSync(
      join(folder, place, 'good.ts'),
      'export const half = (atMs: number): number => Math.floor(atMs / 2)\n',
    )
  }
  const oxlint = join(repository, 'node_modules', 'oxlint', 'bin', 'oxlint')
  const { stdout, status } = spawnSync(process.execPath, [oxlint, '-f', 'unix', '.'], {
    cwd: folder,
    encoding: 'utf8',
    env: {
      ...process.env,
      OXLINT_TSGOLINT_PATH: join(repository, 'node_modules', '.bin', 'tsgolint'),
    },
  })
  const found = new Map<string, number>()
  const line = /^(?:\.\/)?(?:(.*)\/)?([\w-]+)\.ts:\d+:\d+: .*[(]([\w-]+)[)]\]$/gm
  for (const [, place = '.', file, rule = ''] of stdout.matchAll(line))
    if (file === rule) found.set(`${place} ${rule}`, (found.get(`${place} ${rule}`) ?? 0) + 1)
  const wanted = places.flatMap(([place, planted, off]) =>
    Object.entries(planted)
      .filter(([rule]) => !off.includes(rule))
      .map(([rule, text]) => [
        `${place} ${rule}`,
        planted === ofPureRooms
          ? text.split('\n').length
          : planted === ofRunningRooms
            ? (inRunningRooms[rule] ?? 0)
            : 1,
      ]),
  )
  expect(Object.fromEntries(found)).toEqual(Object.fromEntries(wanted))
  expect(stdout).not.toContain('good.ts')
  expect(status).toBe(1)
})

it('is not switched off by a comment', () => {
  const off = new RegExp(['eslint', 'oxlint'].map((tool) => `${tool}-disable`).join('|'))
  const grep = spawnSync('git', ['grep', '-lE', off.source], { cwd: repository, encoding: 'utf8' })
  expect(grep.stdout).toBe('')
  expect(grep.status).toBe(1)
})
