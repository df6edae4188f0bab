// Every regular expression of the program that reads text from outside, and texts that make a careless
// one backtrack for minutes.
import { readFileSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { runInThisContext } from 'node:vm'
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
const attackChars = 1_000

/** Long runs of characters that a pattern may accept, ended by one that it does not. */
export const attacks: readonly string[] = letters.flatMap((unit) => {
  const run = unit.repeat(attackChars / unit.length)
  return [`${run}\u0001`, `"${run}\u0001`, `<x ${run}\u0001`, `x/${run}\u0001`]
})

type Bounded = (source: string, flags: string, backMax: number) => RegExp

/**
 * `bounded` makes a regular expression that the engine gives up after so many backtracks. Without
 * `--no-regexp-optimization` the engine does not count backtracks through runs of one character.
 */
function counting<T>(use: (bounded: Bounded) => T): T {
  setFlagsFromString('--allow-natives-syntax')
  setFlagsFromString('--no-regexp-optimization')
  try {
    const made: unknown = runInThisContext('(s, f, n) => %NewRegExpWithBacktrackLimit(s, f, n)')
    return use(made as Bounded)
  } finally {
    setFlagsFromString('--no-allow-natives-syntax')
    setFlagsFromString('--regexp-optimization')
  }
}

/** Whether a text makes the pattern backtrack more than so often per character: a count, equal on every machine. */
export function goesBack({ source, flags }: Pattern, timesMax: number, texts = attacks): boolean {
  // The pattern is tried from each position unless it is sticky; where it matches nowhere, the empty alternative does.
  const whole = `${flags.includes('y') ? '' : '[^]*?'}(?:${source})|`
  return counting((bounded) =>
    texts.some((text) => bounded(whole, flags, timesMax * text.length).exec(text) === null),
  )
}
