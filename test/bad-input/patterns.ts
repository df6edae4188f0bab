// Every pattern of the program that reads text from outside, as the compiler sees them, and texts that
// make a careless pattern go back and forth for minutes.
import { readFileSync } from 'node:fs'
import ts from 'typescript'

export interface Pattern {
  readonly file: string
  readonly line: number
  readonly source: string
  readonly flags: string
}

/** Regular expression literals of one file. */
export function patternsIn(file: string, text: string): Pattern[] {
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const found: Pattern[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/')
      const { line } = tree.getLineAndCharacterOfPosition(node.getStart())
      const [source, flags] = [node.text.slice(1, end), node.text.slice(end + 1)]
      found.push({ file, line: line + 1, source, flags: flags.replace('g', '') })
    }
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return found
}

export const patternsOf = (files: readonly string[]): Pattern[] =>
  files.flatMap((file) => patternsIn(file, readFileSync(file, 'utf8')))

const letters = ['a', 'A', '0', ' ', '-', '.', '"', '=', '<a', '0.', 'a-', 'a=', ', ', '0 ', '00:']
const attackChars = 3_000

/** Long runs of what a pattern may like, ended by what it does not. */
export const attacks: readonly string[] = letters.flatMap((unit) => {
  const run = unit.repeat(attackChars / unit.length)
  return [`${run}\u0001`, `"${run}\u0001`, `<x ${run}\u0001`, `x/${run}\u0001`]
})

/** Time of this thread alone, ms: what others do on the machine is not the pattern's fault. */
function threadMs(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

/** Longest of all attacks on one pattern, in milliseconds of this machine. */
export function slowestMs({ source, flags }: Pattern, texts = attacks): number {
  const pattern = new RegExp(source, flags)
  let slowest = 0
  for (const text of texts) {
    const began = threadMs()
    pattern.lastIndex = 0
    pattern.test(text)
    slowest = Math.max(slowest, threadMs() - began)
  }
  return slowest
}
