// Lines of code by room, and their ceiling: product, word catalogue, generated tables and tests are counted apart.
// Run as a program it prints the table, and fails above test/tidy/ceiling.json (ADR 395).
import ceiling from './ceiling.json' with { type: 'json' }
import { roomAt } from './rooms.ts'
import { isCode, readTree, type Tree } from './tree.ts'

export const kinds = ['product', 'catalogue', 'generated', 'tests'] as const
type Kind = (typeof kinds)[number]
/** Lines, blank ones and comments included, of each kind by room; of tests by folder. */
export type Lines = Readonly<Record<Kind, ReadonlyMap<string, number>>>

const isGenerated = (text: string): boolean =>
  /^\/\/ (?:Generated|Written) .*test\//m.test(text.slice(0, 400))

function kindOf(path: string, text: string): Kind | null {
  if (!isCode(path)) return null
  if (path.startsWith('test/')) return 'tests'
  if (!/^(?:firmware-runtime|centre|renderer|electron|installers)\//.test(path)) return null
  if (isGenerated(text)) return 'generated'
  return /^(?:renderer\/i18n\/|(?:renderer|centre)\/pages\/[\w-]+\/words[\w-]*\.ts)/.test(path)
    ? 'catalogue'
    : 'product'
}

const roomOf = (path: string): string =>
  path.startsWith('test/')
    ? path.split('/').slice(0, 2).join('/')
    : (roomAt(path)?.name ?? path.split('/').slice(0, 2).join('/'))

export function linesOf(tree: Tree): Lines {
  const lines = { product: new Map(), catalogue: new Map(), generated: new Map(), tests: new Map() }
  for (const [path, text] of tree) {
    const kind = kindOf(path, text)
    if (kind === null) continue
    const room = roomOf(path)
    lines[kind].set(room, (lines[kind].get(room) ?? 0) + text.split('\n').length - 1)
  }
  return lines
}

const sumOf = (rooms: ReadonlyMap<string, number>): number =>
  [...rooms.values()].reduce((sum, lines) => sum + lines, 0)

export type Ceiling = Readonly<Partial<Record<Kind, number>>>

/** `KIND: LINES lines, above its ceiling of LINES`. */
export const aboveCeiling = (lines: Lines, most: Ceiling): readonly string[] =>
  kinds.flatMap((kind) => {
    const [own, limit] = [sumOf(lines[kind]), most[kind]]
    return limit === undefined || own <= limit
      ? []
      : [`${kind}: ${own} lines, above its ceiling of ${limit}`]
  })

/** A line for each kind with its sum and ceiling, then its rooms, the largest first. */
export const linesTable = (lines: Lines, most: Ceiling): string =>
  kinds
    .flatMap((kind) => {
      const limit = most[kind] === undefined ? '' : ` of ${most[kind]}`
      const rooms = [...lines[kind]].toSorted(([, a], [, b]) => b - a)
      return [
        `${kind}: ${sumOf(lines[kind])}${limit}`,
        `  ${rooms.map(([room, own]) => `${room} ${own}`).join(', ')}`,
      ]
    })
    .join('\n')

if (import.meta.main) {
  const lines = linesOf(readTree())
  const above = aboveCeiling(lines, ceiling)
  process.stdout.write(`${[linesTable(lines, ceiling), ...above].join('\n')}\n`)
  process.exitCode = above.length === 0 ? 0 : 1
}
