// Prints the themes of firmware-runtime/ with their lines, and every import against their arrows: `npm run check -- --map
// [THEME]`, with the files behind the arrows from THEME.
import { graphOf, isRelative, resolveFrom } from './imports.ts'
import { mayImport, partOf } from './themes.ts'
import { readTree } from './tree.ts'

const base = 'firmware-runtime/'
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
