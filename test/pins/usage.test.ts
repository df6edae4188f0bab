// Every usage line and every flag, frozen: a documented command still parses, and a word that was accepted at a place
// still is. Added lines are allowed, and the file is never renewed. The answers of commands: commands.test.ts.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { flagsOf } from '#base/desk/commands/acts.ts'
import { commands } from '../../firmware-runtime/commands.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'

const loaded = new Map(
  await Promise.all(commands.map(async ({ name, load }) => [name, await load()] as const)),
)
const now = [...loaded.values()].flatMap(({ usage }) => usage)
const file = new URL('./kept/usage.txt', import.meta.url)
const unknown = '--no-such-flag'

const pathOf = (line: string): string => /^[a-z-]+(?: [a-z][a-z-]*(?= |$))*/.exec(line)?.[0] ?? ''
const choicesOf = (shape: string): readonly string[] => (/\|/.test(shape) ? shape.split('|') : [])

/** The command's complaint about words and flags, thrown or, by a simulator, printed. */
async function complaint(args: readonly string[]): Promise<string> {
  const [name = '', ...rest] = args
  let text = ''
  const io = {
    stdout: (more: string) => void (text += more),
    stderr: () => undefined,
    json: true,
    onStop: () => undefined,
  }
  try {
    await loaded.get(name)?.run(rest, io)
    return text
  } catch (error) {
    if (!(error instanceof LaneFault)) throw error
    return `${error.code} ${error.message}`
  }
}

/** The first part of an earlier line that is no longer accepted; null if all is. */
async function lost(line: string): Promise<string | null> {
  const path = pathOf(line)
  const flags = [...flagsOf(line)]
  const words = flags.flatMap(([name, { kind }]) => [
    `--${name}`,
    ...(kind === 'boolean' ? [] : ['x']),
  ])
  const said = await complaint([...path.split(' '), ...words, unknown])
  if (!said.includes(unknown)) return `${path}: ${said}`
  const same = now.filter((one) => pathOf(one) === path).map(flagsOf)
  for (const [name, { kind, shape }] of flags) {
    const all = same.flatMap((of) => of.get(name) ?? [])
    if (!all.some((one) => one.kind === kind)) return `${path}: --${name} is no ${kind}`
    const may = new Set(all.flatMap((one) => choicesOf(one.shape)))
    const gone = choicesOf(shape).filter((one) => !may.has(one) && /^[a-z0-9]/.test(one))
    if (may.size > 0 && gone.length > 0) return `${path}: --${name} ${gone.join(', ')}`
  }
  return null
}

it('each line of then still parses, with each of its flags', async () => {
  const frozen = readFileSync(file, 'utf8').trimEnd().split('\n')
  expect(frozen.length).toBeGreaterThan(200)
  const found: string[] = []
  for (const line of frozen) {
    const said = await lost(line)
    if (said !== null) found.push(said)
  }
  expect(found).toEqual([])
})

it('a flag or a word that is gone is seen', async () => {
  expect(await lost('lot check --data DIR --colour C')).toContain('--colour')
  expect(await lost('lot paint --data DIR')).toContain('lot paint')
  expect(await lost('lot init --data DIR [--mode demo|production|dream]')).toContain('dream')
  expect(await lost('lot check [--data]')).toContain('lot check')
})
