// A rule for waits in tests: test/kit/eventually.ts is the one wait, and no test has its own limit.
// Finds in the syntax tree what polls by itself, what gives up early, and loops that read a clock or pause.
import ts from 'typescript'
import { isRelative, resolveFrom } from './imports.ts'
import type { Tree } from './tree.ts'

/** A call with its own limit must have at least ten minutes: `patienceMs` of the kit. */
const patienceMsMin = 600_000

interface File {
  readonly path: string
  readonly source: ts.SourceFile
  /** The values of its names, wherever they are declared in it. */
  readonly made: ReadonlyMap<string, ts.Node>
  /** Imported names, each with its file and its name there. */
  readonly from: ReadonlyMap<string, readonly [path: string, name: string]>
}

function readFile(path: string, text: string): File {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const made = new Map<string, ts.Node>()
  const from = new Map<string, readonly [string, string]>()
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer)
      made.set(node.name.text, node.initializer)
    else if (ts.isFunctionDeclaration(node) && node.name && node.body)
      made.set(node.name.text, node.body)
    else if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      const specifier = node.moduleSpecifier.text
      const target = isRelative(specifier) ? resolveFrom(path, specifier) : specifier
      const named = node.importClause?.namedBindings
      if (named && ts.isNamedImports(named))
        for (const { name, propertyName } of named.elements)
          from.set(name.text, [target, (propertyName ?? name).text])
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return { path, source, made, from }
}

/** Parses files on demand. */
class Files {
  private readonly tree: Tree
  private readonly read = new Map<string, File>()

  constructor(tree: Tree) {
    this.tree = tree
  }

  at(path: string): File {
    const file = this.read.get(path) ?? readFile(path, this.tree.get(path) ?? '')
    this.read.set(path, file)
    return file
  }

  /** The value of a name, and the file that declares it. */
  meant(file: File, name: string): readonly [File, ts.Node] | null {
    const here = file.made.get(name)
    if (here) return [file, here]
    const [path, there] = file.from.get(name) ?? []
    if (path === undefined || there === undefined || !this.tree.has(path)) return null
    const other = this.at(path)
    const found = other.made.get(there)
    return found ? [other, found] : null
  }

  /** The least number that an expression can be; null when it cannot be determined. */
  least(file: File, node: ts.Node): number | null {
    if (ts.isNumericLiteral(node)) return Number(node.text)
    if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node))
      return this.least(file, node.expression)
    if (ts.isIdentifier(node)) {
      const meant = this.meant(file, node.text)
      return meant && this.least(...meant)
    }
    if (ts.isConditionalExpression(node)) {
      const sides = [node.whenTrue, node.whenFalse].map((side) => this.least(file, side))
      const known = sides.filter((side) => side !== null)
      return known.length === 0 ? null : Math.min(...known)
    }
    if (!ts.isBinaryExpression(node)) return null
    const [left, right] = [this.least(file, node.left), this.least(file, node.right)]
    if (left === null || right === null) return null
    if (node.operatorToken.kind === ts.SyntaxKind.AsteriskToken) return left * right
    return node.operatorToken.kind === ts.SyntaxKind.PlusToken ? left + right : null
  }
}

/** Waiting functions of vitest, by name and owner. */
const polls: Readonly<Record<string, string>> = { waitFor: 'vi', waitUntil: 'vi', poll: 'expect' }
/** Calls that take a number of ms. */
const limiting = new Set([
  'timeout',
  'setDefaultTimeout',
  'setDefaultNavigationTimeout',
  'waitForTimeout',
])
const limits = new Set(['timeout', 'testTimeout', 'hookTimeout', 'interruptAfterTimeLimit'])
const inShell = /\btimeout (?:-\S+ (?:[A-Z]+ )?)*(\d+)(s|m|h)?\b/
const shellMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 }

const compact = (node: ts.Node): string => node.getText().replaceAll(/\s+/g, '')

function pollAt(node: ts.Node): string | null {
  if (!ts.isPropertyAccessExpression(node) || !ts.isIdentifier(node.expression)) return null
  return polls[node.name.text] === node.expression.text ? compact(node) : null
}

/** A limit under ten minutes: of a locator, a child process, a signal, or in a shell command. */
function limitAt(files: Files, file: File, node: ts.Node): string | null {
  const early = (value: ts.Node): string | null => {
    const ms = files.least(file, value)
    return ms !== null && ms > 0 && ms < patienceMsMin ? compact(value) : null
  }
  if (ts.isShorthandPropertyAssignment(node) && limits.has(node.name.text)) return early(node.name)
  if (ts.isPropertyAssignment(node) && ts.isIdentifier(node.name) && limits.has(node.name.text))
    return early(node.initializer)
  if (ts.isCallExpression(node)) {
    const [called, first] = [node.expression, node.arguments[0]]
    if (!first || !ts.isPropertyAccessExpression(called)) return null
    return limiting.has(called.name.text) ? early(first) : null
  }
  if (!ts.isStringLiteralLike(node) && !ts.isTemplateLiteralToken(node)) return null
  const [found, count, unit = 's'] = inShell.exec(node.text) ?? []
  return found !== undefined && Number(count) * (shellMs[unit] ?? 1) < patienceMsMin ? found : null
}

const hooks = new Set(['beforeAll', 'beforeEach', 'afterAll', 'afterEach'])
const tests = new Set(['it', 'test', 'describe'])

/** The root name, such as `it` of `it.skipIf(x).each(rows)`. */
function rootOf(node: ts.Expression): string {
  if (ts.isIdentifier(node)) return node.text
  return ts.isPropertyAccessExpression(node) || ts.isCallExpression(node)
    ? rootOf(node.expression)
    : ''
}

/** The `timeout` of options; null without one. */
function timeoutOf(files: Files, file: File, options: ts.Node): ts.Node | null {
  if (ts.isIdentifier(options)) {
    const meant = files.meant(file, options.text)
    return meant && timeoutOf(files, ...meant)
  }
  if (!ts.isObjectLiteralExpression(options)) return null
  for (const one of options.properties)
    if (one.name?.getText() === 'timeout')
      return ts.isPropertyAssignment(one) ? one.initializer : (one.name ?? null)
  return null
}

const isFunction = (node: ts.Node | undefined): boolean =>
  node !== undefined && (ts.isArrowFunction(node) || ts.isFunctionExpression(node))

/** A limit of one test, group or hook. */
function ownLimitAt(files: Files, file: File, node: ts.Node): string | null {
  if (!ts.isCallExpression(node)) return null
  const [first, second, third] = node.arguments
  const root = rootOf(node.expression)
  let limit: ts.Node | null = null
  if (hooks.has(root)) limit = second ?? null
  else if (tests.has(root) && first && second && third)
    limit =
      isFunction(third) || timeoutOf(files, file, second) ? timeoutOf(files, file, second) : third
  return limit && compact(limit)
}

const clockWords = /\b(?:Date\.now|performance\.now|hrtime)\b/
const relations = new Set([
  ts.SyntaxKind.LessThanToken,
  ts.SyntaxKind.LessThanEqualsToken,
  ts.SyntaxKind.GreaterThanToken,
  ts.SyntaxKind.GreaterThanEqualsToken,
])

/** Whether an expression, or the value of a name in it, reads a clock. */
function readsClock(file: File, node: ts.Node, deep = 2): boolean {
  if (clockWords.test(node.getText())) return true
  if (ts.isIdentifier(node)) {
    const meant = deep > 0 ? file.made.get(node.text) : undefined
    return meant !== undefined && readsClock(file, meant, deep - 1)
  }
  return ts.forEachChild(node, (child) => readsClock(file, child, deep) || undefined) ?? false
}

/** `new Promise((done) => setTimeout(done, 5))`. */
const isTimer = (node: ts.Node): boolean =>
  ts.isNewExpression(node) && /^new Promise.*\bsetTimeout\(/s.test(node.getText())

/** Also by name: Node's own pause, or one that the file defines. */
function isPause(file: File, node: ts.Expression): boolean {
  if (isTimer(node)) return true
  if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) return false
  const { text } = node.expression
  const made = file.made.get(text)
  return (
    file.from.get(text)?.[0] === 'node:timers/promises' ||
    (made !== undefined && ts.isArrowFunction(made) && isTimer(made.body))
  )
}

/** Separate programs that measure time or pace themselves; no test waits in them. */
const paced = ['test/bench/', 'test/mutation/', 'test/crash/drain-kill/child.ts']

/** A loop that ends by a clock, or pauses between its looks. */
function loopAt(file: File, loop: ts.Node): string | null {
  if (!ts.isIterationStatement(loop, false)) return null
  if (paced.some((path) => file.path.startsWith(path))) return null
  const faultIn = (node: ts.Node): string | undefined => {
    if (ts.isFunctionLike(node)) return undefined
    if (ts.isBinaryExpression(node) && relations.has(node.operatorToken.kind)) {
      if (readsClock(file, node)) return `a loop looks at a clock: ${compact(node)}`
    } else if (ts.isAwaitExpression(node) && isPause(file, node.expression))
      return `a loop pauses: ${compact(node.expression)}`
    return ts.forEachChild(node, faultIn)
  }
  return ts.forEachChild(loop, faultIn) ?? null
}

/** One line for each wait in a file of test/ that does not use the kit. */
export function waitFaults(tree: Tree): string[] {
  const files = new Files(tree)
  return [...tree].flatMap(([path]) => {
    if (!/^test\/.*\.(ts|mjs)$/.test(path) || path === 'test/kit/eventually.ts') return []
    const file = files.at(path)
    const faults: string[] = []
    const visit = (node: ts.Node): void => {
      const tell = (what: string): void => {
        const { line } = file.source.getLineAndCharacterOfPosition(node.getStart())
        faults.push(`${path}:${line + 1} ${what}`)
      }
      const poll = pollAt(node)
      if (poll !== null) tell(`waits by itself: ${poll}`)
      const own = ownLimitAt(files, file, node)
      if (own !== null) tell(`has a limit of its own: ${own}`)
      const limit = own === null ? limitAt(files, file, node) : null
      if (limit !== null) tell(`gives up early: ${limit}`)
      const loop = loopAt(file, node)
      if (loop !== null) tell(loop)
      ts.forEachChild(node, visit)
    }
    visit(file.source)
    return faults
  })
}
