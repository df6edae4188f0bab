// Every import of a source file: static, re-exported, dynamic, in types, required, or a worker's URL.
// Read from the syntax tree, so that comments and strings do not count.
import ts from 'typescript'
import { parse } from 'vue/compiler-sfc'
import { pathOf } from '../../installers/dev/reach.mjs'
import type { Tree } from './tree.ts'

export interface Import {
  readonly specifier: string
  /** Removed with the types. */
  readonly typeOnly: boolean
}

export const scriptOf = (path: string, text: string): string => {
  if (!path.endsWith('.vue')) return text
  const { script, scriptSetup } = parse(text).descriptor
  return `${script?.content ?? ''}\n${scriptSetup?.content ?? ''}`
}

const literal = (node: ts.Node | undefined): string | null =>
  node !== undefined && ts.isStringLiteralLike(node) ? node.text : null

const allTypes = (clause: ts.ImportClause | undefined): boolean => {
  if (clause === undefined) return false
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true
  const named = clause.namedBindings
  if (clause.name !== undefined || named === undefined || !ts.isNamedImports(named)) return false
  return named.elements.length > 0 && named.elements.every((element) => element.isTypeOnly)
}

const allTypesOut = (node: ts.ExportDeclaration): boolean => {
  if (node.isTypeOnly) return true
  const clause = node.exportClause
  if (clause === undefined || !ts.isNamedExports(clause)) return false
  return clause.elements.length > 0 && clause.elements.every((element) => element.isTypeOnly)
}

function calledWith(node: ts.CallExpression): string | null {
  const called = node.expression
  const isImport = called.kind === ts.SyntaxKind.ImportKeyword
  const isRequire = ts.isIdentifier(called) && called.text === 'require'
  return isImport || isRequire ? literal(node.arguments[0]) : null
}

/** `new URL('./worker.ts', import.meta.url)`, which names a worker or a child process. */
function urlOf(node: ts.NewExpression): string | null {
  if (!ts.isIdentifier(node.expression) || node.expression.text !== 'URL') return null
  const base = node.arguments?.[1]?.getText() ?? ''
  const path = literal(node.arguments?.[0])
  return base === 'import.meta.url' && path !== null && /\.(ts|mjs|vue)$/.test(path) ? path : null
}

function importAt(node: ts.Node): Import | null {
  const found = (specifier: string | null, typeOnly: boolean): Import | null =>
    specifier === null ? null : { specifier, typeOnly }
  if (ts.isImportDeclaration(node)) {
    return found(literal(node.moduleSpecifier), allTypes(node.importClause))
  }
  if (ts.isExportDeclaration(node)) return found(literal(node.moduleSpecifier), allTypesOut(node))
  if (ts.isImportTypeNode(node)) {
    return found(ts.isLiteralTypeNode(node.argument) ? literal(node.argument.literal) : null, true)
  }
  if (ts.isCallExpression(node)) return found(calledWith(node), false)
  if (ts.isNewExpression(node)) return found(urlOf(node), false)
  return null
}

/** Cache of parsed files, because several rules need the same files in one process. */
const known = new Map<string, { readonly text: string; readonly imports: readonly Import[] }>()

export function importsOf(path: string, text: string): readonly Import[] {
  const before = known.get(path)
  if (before?.text === text) return before.imports
  const imports = readImports(path, text)
  known.set(path, { text, imports })
  return imports
}

function readImports(path: string, text: string): readonly Import[] {
  const source = ts.createSourceFile(path, scriptOf(path, text), ts.ScriptTarget.Latest, true)
  const imports: Import[] = []
  const visit = (node: ts.Node): void => {
    const found = importAt(node)
    if (found !== null) imports.push(found)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return imports
}

/** Names a file of the repository: relatively, or by its theme (`imports` of package.json). */
export const isRelative = (specifier: string): boolean => /^[.#]/.test(specifier)

/** The path, relative to the repository, that such an import names; a query such as `?url` is dropped. */
export const resolveFrom = (path: string, specifier: string): string =>
  pathOf(path, specifier.replace(/\?.*$/, ''))

/** Name of the package, `@scope/name` or `name`, without a path inside it. */
export const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')

export type ImportGraph = ReadonlyMap<string, readonly Import[]>

export function graphOf(tree: Tree, within: (path: string) => boolean): ImportGraph {
  const graph = new Map<string, readonly Import[]>()
  for (const [path, text] of tree) {
    if (/\.(ts|vue|mjs)$/.test(path) && within(path)) graph.set(path, importsOf(path, text))
  }
  return graph
}
