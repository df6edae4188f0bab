// The themes that the rooms below firmware-runtime/ become (docs/architecture.md): lines of each, and every import against
// the arrows. `npm run check -- --map [THEME]` prints them, with the files behind the arrows from THEME.
import { graphOf, isRelative, resolveFrom } from './imports.ts'
import rows from './themes.json' with { type: 'json' }
import { readTree } from './tree.ts'

const base = 'firmware-runtime/'
const table = rows.map(([shape = '', part = '']) => [new RegExp(shape), part] as const)
/** The themes in the order of the arrows. */
const order = ['base', 'devices', 'money', 'ledger', 'lane', 'survey', 'acceptance', 'runtime']

/** The part that a file belongs to: a theme, or its desk. */
const partOf = (path: string): string =>
  table.find(([shape]) => shape.test(path.slice(base.length)))?.[1] ?? 'no theme'

/** Whether a file of one part may import one of another. */
function mayImport(from: string, to: string): boolean {
  if (from === to || from === 'harness') return true
  if (from === 'simulators') return to === 'base'
  if (to === 'harness' || to === 'simulators') return false
  const [[theme = '', desk], [other = '', otherDesk]] = [from.split('/'), to.split('/')]
  if ((desk === undefined) !== (otherDesk === undefined)) return desk !== undefined
  return order.indexOf(other) <= order.indexOf(theme)
}

const tree = readTree()
const lines = new Map<string, number>()
const against = new Map<string, string[]>()
for (const [file, imports] of graphOf(tree, (path) => path.startsWith(base))) {
  const from = partOf(file)
  lines.set(from, (lines.get(from) ?? 0) + (tree.get(file) ?? '').split('\n').length - 1)
  for (const { specifier } of imports) {
    const path = isRelative(specifier) ? resolveFrom(file, specifier) : ''
    if (!path.startsWith(base) || mayImport(from, partOf(path))) continue
    const arrow = `${from} -> ${partOf(path)}`
    against.set(arrow, [...(against.get(arrow) ?? []), `${file} imports ${path}`])
  }
}
for (const [part, count] of [...lines].toSorted())
  console.log(`${String(count).padStart(6)} ${part}`)
for (const [arrow, imports] of [...against].toSorted(([, a], [, b]) => b.length - a.length)) {
  console.log(`${arrow}: ${imports.length}`)
  if (arrow.startsWith(`${process.argv[2]} `))
    console.log(imports.map((one) => `  ${one}`).join('\n'))
}
console.log(`${[...against.values()].flat().length} imports against the arrows`)
