// The list of commands in docs/cli.md and the heads of its rows, from the table of commands and the lines of --help.
// A command or verb that is not in the tables is not in the document; the text of a row is written by hand.
import { commands } from '../../firmware-runtime/commands.ts'

const usage = (await Promise.all(commands.map(({ load }) => load()))).flatMap((one) => one.usage)

const cell = (text: string): string => text.replaceAll('|', '\\|')

/** The ways to call a command, each verb once. */
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

/** Command and verbs of a usage line, which identify its row. */
const wordsOf = (line: string): string => /^[a-z-]+(?: [a-z][a-z-]*(?= |$))*/.exec(line)?.[0] ?? ''

const names = new Set(commands.map(({ name }) => name))

/** The document with the usage lines as heads of its rows, each form of a command in its order. */
export function withHeads(text: string): string {
  const left = Map.groupBy(usage, wordsOf)
  return text.replaceAll(/^\|( `(?:\\\||[^|])*)\|/gm, (_row, head: string) => {
    const heads = head.replaceAll(/`([^`]+)`/g, (span: string, spanText: string) => {
      const line = names.has(spanText.split(' ', 1)[0] ?? '')
        ? left.get(wordsOf(spanText))?.shift()
        : null
      return line === null || line === undefined ? span : `\`${cell(line)}\``
    })
    return `|${heads}|`
  })
}
