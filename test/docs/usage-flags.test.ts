// Every flag that --help and docs/cli.md show is one that its command takes: a word nobody reads is no flag.
// A flag that no command knows is put last; the command must complain about that one and about no other.
import { describe, expect, it } from 'vitest'
import { commands } from '../../firmware-runtime/commands.ts'
import { LaneFault } from '../../firmware-runtime/core/values/faults.ts'

const usage = (await Promise.all(commands.map(({ load }) => load()))).flatMap((one) => one.usage)

const unknown = '--no-such-flag'
const io = { stdout: () => undefined, stderr: () => undefined, json: true, onStop: () => undefined }

/** Words before the first flag or place holder: command and verbs. */
function wordsOf(line: string): string[] {
  const words: string[] = []
  for (const word of line.split(' ')) {
    if (!/^[a-z][a-z-]*$/.test(word)) break
    words.push(word)
  }
  return words
}

/** The flags of a line, with a value where the line shows one. */
const flagsOf = (line: string): string[] =>
  [...line.matchAll(/--([a-z][\w-]*)(?: ([^\s[\]|]+))?/g)].flatMap(([, name, value = '']) =>
    value === '' || /^(--|…|\.\.\.)/.test(value) ? [`--${name}`] : [`--${name}`, 'x'],
  )

/** What the command says of the flags; null when it says nothing. */
async function complaint(args: readonly string[]): Promise<string | null> {
  const [name = '', ...rest] = args
  const command = await commands.find((one) => one.name === name)?.load()
  try {
    await command?.run(rest, io)
    return null
  } catch (error) {
    return error instanceof LaneFault ? `${error.code} ${error.message}` : String(error)
  }
}

const shown = usage.map((line) => ({ line, words: wordsOf(line), flags: flagsOf(line) }))

describe('flags that are shown', () => {
  it.each(shown.filter(({ flags }) => flags.length > 0))('$line', async ({ words, flags }) => {
    const said = await complaint([...words, ...flags, unknown])
    expect(said).toContain(unknown)
  })
  it('one that is not there is seen', async () => {
    const said = await complaint(['lot', 'check', '--data', 'x', '--dta', 'x', unknown])
    expect(said).toContain('--dta')
    expect(said).not.toContain(unknown)
  })
})
