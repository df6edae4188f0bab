// Finds circles of imports: groups of files, folders or rooms that import each other.
// Tarjan's algorithm, so that each circle is found once.
import { isRelative, resolveFrom, type ImportGraph } from './imports.ts'

type Arrows = ReadonlyMap<string, ReadonlySet<string>>

/** Imports between the names of the paths; imports within one name are left out. */
export function arrowsOf(
  graph: ImportGraph,
  nameOf: (path: string) => string,
  options: { readonly types: boolean },
): Arrows {
  const arrows = new Map<string, Set<string>>()
  for (const [path, imports] of graph) {
    const from = nameOf(path)
    const to = arrows.get(from) ?? new Set()
    arrows.set(from, to)
    for (const { specifier, typeOnly } of imports) {
      if (!isRelative(specifier) || (typeOnly && !options.types)) continue
      const name = nameOf(resolveFrom(path, specifier))
      if (name !== from) to.add(name)
    }
  }
  return arrows
}

/** Each circle as a sorted list of names. */
export function circlesOf(arrows: Arrows): string[][] {
  const met = new Map<string, number>()
  const back = new Map<string, number>()
  const open: string[] = []
  const circles: string[][] = []
  const visit = (name: string): number => {
    const at = met.size
    met.set(name, at)
    let least = at
    open.push(name)
    for (const next of arrows.get(name) ?? []) {
      const reached = met.has(next) ? (open.includes(next) ? back.get(next) : at) : visit(next)
      least = Math.min(least, reached ?? met.get(next) ?? at)
    }
    back.set(name, least)
    if (least === at) {
      const circle = open.splice(open.indexOf(name))
      if (circle.length > 1) circles.push(circle.sort())
    }
    return least
  }
  for (const name of arrows.keys()) if (!met.has(name)) visit(name)
  return circles
}
