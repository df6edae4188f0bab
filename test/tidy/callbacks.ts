// Callbacks that the product gives to other people's code, by library: one that may catch what a callback throws gets turns
// alone (asTurn of base/pure/faults/whole-turn.ts). A library that the table does not name is refused.
import ts from 'typescript'
import { importsOf, isRelative, packageOf } from './imports.ts'
import type { Tree } from './tree.ts'

/** What a library does with an error that a callback throws. */
type Kind =
  /** Catches it, or answers it by an error of its own: its callbacks are turns. Names of the calls that take one. */
  | { readonly catches: readonly string[] }
  /** It reaches the process: as an uncaught error, or as a rejected promise without an owner. */
  | 'passes'
  /** Answers it to the request, by an error handler of ours that reports what is no fault. */
  | 'answers'
  /** Calls back before it returns, or has promises alone: our own code gets it. */
  | 'returns'

const emitter = ['on', 'once', 'addListener', 'prependListener']

/** The places are asked one by one by test/firmware-runtime/base/process/strays.test.ts. */
export const libraries: Readonly<Record<string, Kind>> = {
  undici: { catches: ['open', 'dispatch'] },
  mqtt: { catches: [...emitter, 'subscribe', 'publish', 'unsubscribe'] },
  ssh2: {
    catches: [
      ...[
        ...emitter,
        'sftp',
        'readdir',
        'mkdir',
        'rmdir',
        'unlink',
        'rename',
        'fastGet',
        'fastPut',
      ],
      ...['ext_openssh_rename', 'ext_openssh_statvfs'],
    ],
  },
  'node-hid': { catches: ['device.on'] },
  'bonjour-service': { catches: [...emitter, 'Bonjour', 'find', 'unpublishAll'] },
  fastify: 'answers',
  serialport: 'passes',
  pg: 'passes',
  nodemailer: 'returns',
  tar: 'returns',
  zod: 'returns',
  'zod-openapi': 'returns',
  'sm-crypto-v2': 'returns',
  pkijs: 'returns',
  asn1js: 'returns',
  pdfmake: 'returns',
  'iconv-lite': 'returns',
  'qrcode-generator': 'returns',
  'image-size': 'returns',
  echarts: 'returns',
  dxf: 'returns',
  docx: 'returns',
  '@tufjs/models': 'returns',
  '@resvg/resvg-wasm': 'returns',
}

/** Pure parts, calls and tables have no callback of Node. */
const looked =
  /^(?:firmware-runtime\/(?:base|devices|money|ledger|lane|survey|acceptance|runtime)\/(?!calls|ports|pure|tables)|centre\/(?!pages\/))/
const isLooked = (path: string): boolean => path.endsWith('.ts') && looked.test(path)

const nameOf = (callee: ts.Expression): string =>
  ts.isPropertyAccessExpression(callee)
    ? callee.name.text
    : ts.isIdentifier(callee)
      ? callee.text
      : ''

const isTurn = (node: ts.Node | undefined): boolean =>
  node !== undefined && ts.isCallExpression(node) && nameOf(node.expression) === 'asTurn'

/** Names of this file that are `asTurn(...)`, or arguments of a callback that is. */
function turnsIn(file: ts.SourceFile): ReadonlySet<string> {
  const found = new Set<string>()
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && isTurn(node.initializer))
      found.add(node.name.text)
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

const doesNothing = (node: ts.Expression): boolean =>
  ts.isArrowFunction(node) && ts.isIdentifier(node.body) && node.body.text === 'undefined'

/** Functions written in place, and what an emitter is given under a name. */
function callbacksOf(call: ts.CallExpression | ts.NewExpression, name: string): ts.Expression[] {
  const [, second] = call.arguments ?? []
  const named = emitter.includes(name) && second !== undefined ? [second] : []
  return [...(call.arguments ?? [])].filter(
    (one) => ts.isArrowFunction(one) || ts.isFunctionExpression(one) || named.includes(one),
  )
}

function bareIn(path: string, text: string, takers: readonly string[]): string[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true)
  const turns = turnsIn(file)
  const isSafe = (one: ts.Expression): boolean =>
    isTurn(one) || doesNothing(one) || (ts.isIdentifier(one) && turns.has(one.text))
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
      const name = nameOf(node.expression)
      const whole = node.expression.getText(file)
      if (takers.includes(name) || takers.includes(whole))
        for (const one of callbacksOf(node, name))
          if (!isSafe(one)) {
            const { line } = file.getLineAndCharacterOfPosition(one.getStart(file))
            found.push(`${path}:${line + 1} gives ${name} a callback that is no turn`)
          }
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

/** Packages that a file loads, not their types alone. */
const packagesIn = (path: string, text: string): ReadonlySet<string> =>
  new Set(
    importsOf(path, text).flatMap(({ specifier, typeOnly }) =>
      typeOnly || isRelative(specifier) || /^(?:node|virtual):/.test(specifier)
        ? []
        : packageOf(specifier),
    ),
  )

/** Callbacks that are no turn, libraries that no row names, and rows that no library has. */
export function callbackFaults(tree: Tree, table = libraries): readonly string[] {
  const faults: string[] = []
  const used = new Set<string>()
  for (const [path, text] of tree) {
    if (!isLooked(path)) continue
    for (const name of packagesIn(path, text)) {
      used.add(name)
      const kind = table[name]
      if (kind === undefined) faults.push(`${path}: it is not known what ${name} catches`)
      else if (typeof kind === 'object') faults.push(...bareIn(path, text, kind.catches))
    }
  }
  return [
    ...faults,
    ...Object.keys(table).flatMap((name) => (used.has(name) ? [] : [`${name}: not used`])),
  ]
}
