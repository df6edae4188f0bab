// `etc-lane version` and its other spellings say which program this is; a refusal says it below its sentences.
// The schema is that of the newest migration, and the version never stands without its build.
import { afterEach, expect, it, vi } from 'vitest'
import { migrations, newestVersion } from '#ledger/sqlite/migrations/index.ts'
import { productCommands } from '#runtime/commands/index.ts'
import { runProgram } from '#runtime/commands/program.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

async function outputOf(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const got = { out: '', err: '' }
  const into = (name: 'out' | 'err') => (text: unknown) => {
    got[name] += String(text)
    return true
  }
  vi.spyOn(process.stdout, 'write').mockImplementation(into('out'))
  vi.spyOn(process.stderr, 'write').mockImplementation(into('err'))
  const code = await runProgram(argv, productCommands)
  vi.restoreAllMocks()
  return { code, ...got }
}

const facts = { build: 'source', schema: newestVersion(migrations), apiVersion: 1 }

it.each(['version', '--version', '-V'])('%s', async (word) => {
  const { code, out } = await outputOf(word)
  expect(code).toBe(0)
  expect(out).toMatch(/^etc-lane \d+\.\d+\.\d+ \(source\)\nledger-schema \d+\nnode .*\n\S+\n$/)
  const json = await outputOf(word, '--json')
  expect(JSON.parse(json.out)).toMatchObject(facts)
})

it('stands below a refusal on stderr', async () => {
  const { code, err } = await outputOf('no-such-command')
  expect(code).toBe(2)
  expect(err.trimEnd().split('\n').at(-1)).toMatch(/^etc-lane \d+\.\d+\.\d+ \(source\)$/)
})
