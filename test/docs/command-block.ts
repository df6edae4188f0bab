// The list of commands in docs/cli.md: from the table of commands and the lines that --help prints.
// A command or a verb that is not in the tables is not in the document.
import { commands } from '../../firmware-runtime/commands.ts'

const usage = (await Promise.all(commands.map(({ load }) => load()))).flatMap((one) => one.usage)

const cell = (text: string): string => text.replaceAll('|', '\\|')

/** Ways to call a command, its verbs once each. */
function verbsOf(name: string): string {
  const verbs = usage.flatMap((line) => {
    const [first, second = ''] = line.split(' ')
    return first === name && /^[a-z][a-z-]*$/.test(second) ? [second] : []
  })
  return [...new Set(verbs)].join(', ')
}

export const commandLines = (): string[] => [
  '| command | verbs | what it does |',
  '|---|---|---|',
  ...commands.map(
    ({ name, summary }) =>
      `| ${name} | ${verbsOf(name)} | ${cell(summary.en)} · ${cell(summary.zh)} |`,
  ),
]
