// Rules of lint that ask types: each one finds its planted fault, where the product's own files are judged.
// No comment takes a file out of them.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { repository } from './tree.ts'

const planted: Readonly<Record<string, string>> = {
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

it('finds what is planted, and nothing in a file without a fault', () => {
  const folder = mkdtempSync(join(tmpdir(), 'etc-lint-'))
  try {
    const base = join(repository, 'tsconfig.base.json')
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ extends: base, compilerOptions: { lib: ['ES2024'], types: [] } }),
    )
    for (const [rule, text] of Object.entries(planted))
      writeFileSync(join(folder, `${rule}.ts`), `${text}\nexport {}\n`)
    writeFileSync(join(folder, 'good.ts'), 'export const half = (n: number): number => n / 2\n')
    const oxlint = join(repository, 'node_modules', 'oxlint', 'bin', 'oxlint')
    const config = join(repository, '.oxlintrc.json')
    const { stdout, status } = spawnSync(
      process.execPath,
      [oxlint, '-c', config, '-f', 'unix', folder],
      { cwd: repository, encoding: 'utf8' },
    )
    const found = new Set<string>()
    for (const [, file, rule = ''] of stdout.matchAll(
      /([\w-]+)\.ts:\d+:\d+: .*typescript\(([\w-]+)\)/g,
    ))
      if (file === rule) found.add(rule)
      else expect(stdout).not.toContain('good.ts')
    expect([...found].toSorted()).toEqual(Object.keys(planted).toSorted())
    expect(status).toBe(1)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

it('is not switched off by a comment', () => {
  const off = new RegExp(['eslint', 'oxlint'].map((tool) => `${tool}-disable`).join('|'))
  const grep = spawnSync('git', ['grep', '-lE', off.source], { cwd: repository, encoding: 'utf8' })
  expect(grep.stdout).toBe('')
  expect(grep.status).toBe(1)
})
