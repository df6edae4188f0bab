// Finds flags of usage lines that the code behind them never reads: values that are parsed and dropped.
// Follows the command through every function that it names, in its file and in imported files of the command line.
import ts from 'typescript'
import { flagsOf } from '#base/desk/commands/acts.ts'
import { isRelative, resolveFrom } from '../tidy/imports.ts'
import type { Tree } from '../tidy/tree.ts'

const rooms = /^firmware-runtime\/(?:(?:\w+\/desk|base|runtime)\/commands|harness)\//
const makers: readonly string[] = ['act']

interface Source {
  readonly path: string
  /** Functions and constants at the top level of the file. */
  readonly own: ReadonlyMap<string, ts.Node>
  /** The origin of imported names. */
  readonly imported: ReadonlyMap<string, string>
  readonly acts: readonly ts.CallExpression[]
}

function importsOf(path: string, one: ts.ImportDeclaration): (readonly [string, string])[] {
  const from = ts.isStringLiteral(one.moduleSpecifier) ? one.moduleSpecifier.text : ''
  const named = one.importClause?.namedBindings
  if (!isRelative(from) || named === undefined || !ts.isNamedImports(named)) return []
  return named.elements.map(({ name }) => [name.text, resolveFrom(path, from)] as const)
}

function sourceOf(path: string, text: string): Source {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const own = new Map<string, ts.Node>()
  const imported: (readonly [string, string])[] = []
  const acts: ts.CallExpression[] = []
  for (const one of file.statements) {
    if (ts.isImportDeclaration(one)) imported.push(...importsOf(path, one))
    if (ts.isFunctionDeclaration(one) && one.name !== undefined) own.set(one.name.text, one)
    if (ts.isVariableStatement(one))
      for (const { name, initializer } of one.declarationList.declarations)
        if (ts.isIdentifier(name) && initializer !== undefined) own.set(name.text, initializer)
  }
  const walk = (node: ts.Node): void => {
    const isAct = ts.isCallExpression(node) && ts.isIdentifier(node.expression)
    if (isAct && makers.includes(node.expression.getText())) acts.push(node)
    ts.forEachChild(node, walk)
  }
  walk(file)
  return { path, own, imported: new Map(imported), acts }
}

/** Identifiers and texts below a node, without types. */
function wordsOf(node: ts.Node): string[] {
  const words: string[] = []
  const walk = (one: ts.Node): void => {
    if (ts.isTypeNode(one)) return
    if (ts.isIdentifier(one) || ts.isStringLiteral(one)) words.push(one.text)
    ts.forEachChild(one, walk)
  }
  walk(node)
  return words
}

function linesOf({ own }: Source, call: ts.CallExpression): string[] {
  const [given] = call.arguments
  const named = given !== undefined && ts.isIdentifier(given) ? own.get(given.text) : given
  const list = named !== undefined && ts.isAsExpression(named) ? named.expression : named
  if (list === undefined || !ts.isArrayLiteralExpression(list)) return []
  return list.elements.map((one) => {
    if (ts.isStringLiteralLike(one)) return one.text
    return one
      .getText()
      .slice(1, -1)
      .replaceAll(/\$\{[^}]*\}/g, 'x')
  })
}

/** Every word that the command can reach, beginning after its usage lines. */
function reachedBy(call: ts.CallExpression, source: Source, sources: Map<string, Source>) {
  const words = new Set<string>()
  const seen = new Set<ts.Node>()
  const follow = (node: ts.Node, from: Source): void => {
    if (seen.has(node)) return
    seen.add(node)
    for (const word of wordsOf(node)) {
      words.add(word)
      const there = sources.get(from.imported.get(word) ?? '') ?? from
      const next = there.own.get(word)
      if (next !== undefined && !ts.isCallExpression(next)) follow(next, there)
    }
  }
  for (const part of [call.expression, ...call.arguments.slice(1)]) follow(part, source)
  return words
}

export function deadFlags(tree: Tree): string[] {
  const files = [...tree].filter(([path]) => rooms.test(path))
  const sources = new Map(files.map(([path, text]) => [path, sourceOf(path, text)]))
  return [...sources.values()].flatMap((source) =>
    source.acts.flatMap((call) => {
      const names = linesOf(source, call).flatMap((line) => [...flagsOf(line).keys()])
      const words = reachedBy(call, source, sources)
      const dead = [...new Set(names)].filter((name) => !words.has(name))
      return dead.map((name) => `${source.path}: nothing reads --${name}`)
    }),
  )
}
