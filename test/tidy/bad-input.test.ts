// F01 to F22, P01 to P16, S01 to S05, R01 to R17, H01 to H11, K01 to K09 and X01 to X17 are promised by name: every row
// of the table has its tests, no such test is without a row, none is skipped, and the page in docs/ agrees with the
// table.
import ts from 'typescript'
import { expect, it } from 'vitest'
import { badInputs, type BadInput } from '../bad-input/rows.ts'
import { readTree, treeOf, type Tree } from './tree.ts'

const numbered = (letter: string, last: number): string[] =>
  Array.from({ length: last }, (_, i) => `${letter}${String(i + 1).padStart(2, '0')}`)
const promised = [
  ...numbered('F', 22),
  ...numbered('P', 16),
  ...numbered('S', 5),
  ...numbered('R', 17),
  ...numbered('H', 11),
  ...numbered('K', 9),
  ...numbered('X', 17),
]
/** Tests of answers, calls, clocks and money come in tables: a table row begins with its id. */
const rowTitle = /^([RHKX]\d\d) /

/** The called name, such as `it.skip` or `test.each`; for `it.each(rows)(...)` that of the inner call. */
function calleeOf(node: ts.Expression): string {
  if (ts.isIdentifier(node)) return node.text
  if (ts.isPropertyAccessExpression(node)) return `${calleeOf(node.expression)}.${node.name.text}`
  return ts.isCallExpression(node) ? calleeOf(node.expression) : ''
}

/** Parsed results by file, since the tests below change one file of the tree at a time. */
const read = new Map<string, readonly string[]>()

function namedIn(source: string): readonly string[] {
  const named = read.get(source) ?? idsIn(source)
  read.set(source, named)
  return named
}

/** Ids at the beginning of test titles; skipped and unfinished tests do not count. */
function idsIn(source: string): readonly string[] {
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    const callee = ts.isCallExpression(node) ? calleeOf(node.expression) : ''
    // Skipped tests do not count, nor do the rows of their tables.
    if (/^(?:it|test|describe)\..*\b(?:skip|todo|fails)\b/.test(callee)) return
    ts.forEachChild(node, visit)
    const isText = ts.isStringLiteralLike(node) || ts.isTemplateHead(node)
    const [, ofRow] = rowTitle.exec(isText ? node.text : '') ?? []
    if (ofRow !== undefined) found.push(ofRow)
    if (!ts.isCallExpression(node) || !/^(?:it|test)(?:\.|$)/.test(callee)) return
    const title = node.arguments[0]
    if (title === undefined || !ts.isStringLiteralLike(title)) return
    const [, id] = /^([FPS]\d\d) /.exec(title.text) ?? []
    if (id !== undefined) found.push(id)
  }
  visit(ts.createSourceFile('test.ts', source, ts.ScriptTarget.Latest, true))
  return found
}

function missing(rows: readonly BadInput[], tree: Tree): string[] {
  const faults: string[] = []
  for (const id of promised) {
    const found = rows.filter((row) => row.id === id)
    if (found.length !== 1) faults.push(`${id}: ${found.length} rows`)
    for (const file of found.flatMap(({ tests }) => tests))
      if (!namedIn(tree.get(file) ?? '').includes(id)) faults.push(`${id}: no test in ${file}`)
  }
  for (const [file, source] of tree) {
    if (!file.startsWith('test/bad-input/') || !file.endsWith('.test.ts')) continue
    for (const id of new Set(namedIn(source)))
      if (!rows.some((row) => row.id === id && row.tests.includes(file)))
        faults.push(`${id}: ${file} is not in its row`)
  }
  return faults
}

const tree = readTree()

it('every bad input of the promise has its named tests', () => {
  expect(missing(badInputs, tree)).toEqual([])
  expect(badInputs.map(({ id }) => id)).toEqual(promised)
})

it('a test that is gone, renamed or skipped is seen', () => {
  const file = 'test/bad-input/frames.lane.test.ts'
  const source = tree.get(file) ?? ''
  const changed = (text: string): string[] =>
    missing(badInputs, treeOf({ ...Object.fromEntries(tree), [file]: text }))
  expect(changed(source)).toEqual([])
  expect(changed(source.replaceAll('F17 ', 'F18 '))).toContain(`F17: no test in ${file}`)
  expect(changed(source.replaceAll("it('F17", `it.${'skip'}('F17`))).toContain(
    `F17: no test in ${file}`,
  )
  const refused = 'test/wire/money-refused.test.ts'
  const text = tree.get(refused) ?? ''
  const other = (now: string): string[] =>
    missing(badInputs, treeOf({ ...Object.fromEntries(tree), [refused]: now }))
  expect(other(text.replace("it('X04", `it.${'skip'}('X04`))).toEqual([
    `X04: no test in ${refused}`,
  ])
  expect(other(text.replace("'X08 the last", "'the last"))).toEqual([`X08: no test in ${refused}`])
  expect(changed(`${source}\nit('P01 here', () => undefined)`)).toContain(
    `P01: ${file} is not in its row`,
  )
  expect(missing(badInputs.slice(1), tree)).toContain('F01: 0 rows')
  for (const { id, tests } of badInputs.filter((row) => /^[RHK]/.test(row.id))) {
    const without = tests.map((name) => [name, (tree.get(name) ?? '').replaceAll(`${id} `, '')])
    const left = missing(
      badInputs,
      treeOf({ ...Object.fromEntries(tree), ...Object.fromEntries(without) }),
    )
    expect(left).toEqual(expect.arrayContaining(tests.map((name) => `${id}: no test in ${name}`)))
  }
  const asleep = 'test/firmware-runtime/lane/lot/lot-clock.test.ts'
  const skipped = (tree.get(asleep) ?? '').replace("it('K09", `it.${'skip'}('K09`)
  expect(missing(badInputs, treeOf({ ...Object.fromEntries(tree), [asleep]: skipped }))).toContain(
    `K09: no test in ${asleep}`,
  )
})

/** Files that read bytes or text from outside the program. */
const readers = [
  'devices/pure/rsu/variants',
  'devices/pure/rsu/driver',
  'devices/pure/barrier/modbus-relay/framing',
  'devices/pure/barrier/modbus-relay/pdu',
  'devices/pure/barrier/modbus-relay/rtu',
  'devices/pure/camera/hikvision/gate',
  'devices/pure/camera/hikvision/event',
  'devices/pure/camera/hikvision/pull',
  'devices/pure/camera/dahua/pull',
  'devices/pure/camera/vz/framing',
  'devices/pure/camera/vz/messages',
  'devices/pure/camera/vz/http-push',
  'devices/pure/http/digest',
  'devices/pure/display/olm/framing',
  'devices/pure/display/olm/codec',
  'devices/pure/detector/contacts/driver',
  'devices/pure/watch/driver',
  'devices/pure/watch/chirpstack/bosch-pls',
  'devices/pure/watch/chirpstack/uplink',
  'devices/pure/watch/nb-iot/report',
  'devices/intake/push-body',
  'devices/pure/camera/dahua/search',
  'devices/pure/camera/hikvision/search',
  'devices/find/ws-discovery',
  'base/crypto/sm2',
  'base/crypto/certs',
  'ledger/pure/platforms/guangxi/judge',
  'ledger/pure/platforms/guangxi/authorization',
  'base/process/strict-json',
  'devices/profiles/read-profile',
  'devices/profiles/signature',
  'devices/frame-log/capture',
  'devices/desk/workshop/paste',
  'base/pure/passport/container',
]

it('every reader of bytes from outside is under fuzz, at the one scale', () => {
  const tests = [...tree].filter(([file]) => /^test\/fuzz\/.*\.test\.ts$/.test(file))
  const all = tests.map(([, source]) => source).join('\n')
  const absent = readers.filter((name) => !all.includes(`'#${name}.ts'`))
  expect(absent).toEqual([])
  expect(readers.filter((name) => !tree.has(`firmware-runtime/${name}.ts`))).toEqual([])
  for (const [file, source] of tests) expect(source, file).toContain("from './scale.ts'")
})
