// Finds exported names that no other file imports.
// Read from the syntax tree; a file that imports another one as a whole (`* as`, `import()`, a worker's URL) uses all
// its names.
import ts from 'typescript'
import { isRelative, resolveFrom, scriptOf } from './imports.ts'
import type { Tree } from './tree.ts'

/** All names of a file. */
const whole = '*'

const isExported = (node: ts.Node): boolean =>
  ts.canHaveModifiers(node) &&
  (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)

function bound(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text]
  return name.elements.flatMap((part) => (ts.isBindingElement(part) ? bound(part.name) : []))
}

function declared(node: ts.Statement): string[] {
  if (ts.isExportDeclaration(node)) {
    const clause = node.exportClause
    return clause !== undefined && ts.isNamedExports(clause)
      ? clause.elements.map(({ name }) => name.text)
      : []
  }
  if (!isExported(node)) return []
  if (ts.isVariableStatement(node))
    return node.declarationList.declarations.flatMap(({ name }) => bound(name))
  const isNamed =
    ts.isFunctionDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isEnumDeclaration(node)
  return isNamed && node.name !== undefined ? [node.name.text] : []
}

const textOf = (node: ts.Node | undefined): string | null =>
  node !== undefined && ts.isStringLiteralLike(node) ? node.text : null

interface Taken {
  readonly specifier: string
  readonly names: readonly string[]
}

function takenByImport(node: ts.ImportDeclaration): readonly string[] {
  const named = node.importClause?.namedBindings
  if (named === undefined || ts.isNamespaceImport(named)) return [whole]
  return named.elements.map(({ name, propertyName }) => (propertyName ?? name).text)
}

function takenAt(node: ts.Node): Taken | null {
  const by = (specifier: string | null, names: readonly string[]): Taken | null =>
    specifier === null ? null : { specifier, names }
  if (ts.isImportDeclaration(node)) return by(textOf(node.moduleSpecifier), takenByImport(node))
  if (ts.isExportDeclaration(node)) {
    const clause = node.exportClause
    const names =
      clause !== undefined && ts.isNamedExports(clause)
        ? clause.elements.map(({ name, propertyName }) => (propertyName ?? name).text)
        : [whole]
    return by(textOf(node.moduleSpecifier), names)
  }
  if (ts.isImportTypeNode(node)) {
    const first = node.qualifier
    const name = first === undefined ? whole : first.getText().split('.')[0]
    return by(ts.isLiteralTypeNode(node.argument) ? textOf(node.argument.literal) : null, [
      name ?? whole,
    ])
  }
  const called = ts.isCallExpression(node) || ts.isNewExpression(node)
  return called ? by(textOf(node.arguments?.[0]), [whole]) : null
}

interface FileNames {
  readonly given: readonly string[]
  readonly taken: readonly Taken[]
}

function namesOf(path: string, text: string): FileNames {
  const source = ts.createSourceFile(path, scriptOf(path, text), ts.ScriptTarget.Latest, true)
  const taken: Taken[] = []
  const visit = (node: ts.Node): void => {
    const found = takenAt(node)
    if (found !== null) taken.push(found)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return { given: source.statements.flatMap(declared), taken }
}

/** One line for each exported name of a file in `within` that no other file of the tree imports. */
export function unusedExports(tree: Tree, within: (path: string) => boolean): string[] {
  const files = new Map<string, FileNames>()
  for (const [path, text] of tree)
    if (/\.(ts|vue|mjs)$/.test(path) && !path.endsWith('.d.ts'))
      files.set(path, namesOf(path, text))
  const takenOf = new Map<string, Set<string>>()
  for (const [path, { taken }] of files)
    for (const { specifier, names } of taken) {
      if (!isRelative(specifier)) continue
      const target = resolveFrom(path, specifier)
      const set = takenOf.get(target) ?? new Set()
      takenOf.set(target, set)
      for (const name of names) set.add(name)
    }
  return [...files].flatMap(([path, { given }]) => {
    const taken = takenOf.get(path)
    if (!within(path) || taken?.has(whole) === true) return []
    return given.filter((name) => taken?.has(name) !== true).map((name) => `${path}: ${name}`)
  })
}
