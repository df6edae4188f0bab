// Rules for clocks and threads (design.md section 2): where time may be read, and what
// the hot thread may load. Both are tables; the made-up trees of the test must be refused.
import type { ImportGraph } from './imports.ts'
import { isRelative, resolveFrom } from './imports.ts'
import type { Tree } from './tree.ts'

/** Rooms that get time and randomness only through ports. */
const timelessRooms = ['core', 'ports', 'devices', 'platforms', 'app', 'api'].map(
  (room) => `firmware-runtime/${room}/`,
)
const timeWords =
  /\b(Date\.now|new Date|performance\.now|hrtime|setTimeout|setInterval|setImmediate|Math\.random|randomUUID)\b/

/** The transport clock may be made and named only here: it never becomes business time. */
const transportRooms = [
  'firmware-runtime/adapters/http/',
  'firmware-runtime/runtime/',
  'firmware-runtime/harness/',
  'firmware-runtime/simulators/',
]

const uncommented = (text: string): string =>
  text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/\/\/.*$/gm, '')

export function clockFaults(tree: Tree): string[] {
  const faults: string[] = []
  for (const [path, text] of tree) {
    if (!path.endsWith('.ts') || !path.startsWith('firmware-runtime/')) continue
    const code = uncommented(text)
    const word = timeWords.exec(code)?.[0]
    if (word !== undefined && timelessRooms.some((room) => path.startsWith(room)))
      faults.push(`${path} reads time or chance by itself: ${word}`)
    const wall = /\btransport:\s*\w*[cC]lock/.test(code)
    if (wall && !transportRooms.some((room) => path.startsWith(room)))
      faults.push(`${path} names the transport clock`)
  }
  return faults
}

/** Queries, totals, checks, exports and backups run in the worker, on a read-only connection. */
const workerOnly = [
  'ledger-reader',
  'queries',
  'plate-index',
  'totals',
  'sums',
  'sheet',
  'verify',
  'export',
  'backup',
].map((name) => `firmware-runtime/adapters/sqlite/${name}.ts`)
const hotEntry = 'firmware-runtime/runtime/site/site.ts'

/** Files that the hot thread loads, each with the file that imported it first. */
function closure(graph: ImportGraph, entry: string): Map<string, string> {
  const from = new Map([[entry, '']])
  for (const path of from.keys())
    for (const found of graph.get(path) ?? []) {
      if (found.typeOnly || !isRelative(found.specifier)) continue
      const target = resolveFrom(path, found.specifier)
      if (!from.has(target)) from.set(target, path)
    }
  return from
}

export function threadFaults(graph: ImportGraph): string[] {
  const loaded = closure(graph, hotEntry)
  return workerOnly
    .filter((path) => loaded.has(path))
    .map((path) => `the hot thread loads ${path} through ${loaded.get(path) ?? ''}`)
}
