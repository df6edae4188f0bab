// The shape of an answer: its members and their types, recursively, where values vary. All items of a list count as
// one.

type Shape = { readonly types: Set<string>; readonly members: Map<string, Shape>; seen: number }
const empty = (): Shape => ({ types: new Set(), members: new Map(), seen: 0 })

const typeOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value

/** Members whose names are data (numbers, dates, ids with a dash) all become `*`. */
const nameOf = (name: string): string => (/^[A-Za-z][A-Za-z0-9]*$/.test(name) ? name : '*')

function add(shape: Shape, value: unknown): void {
  shape.types.add(typeOf(value))
  if (typeof value !== 'object' || value === null) return
  if (!Array.isArray(value)) shape.seen++
  for (const [name, one] of Object.entries(value)) {
    const key = Array.isArray(value) ? '[]' : nameOf(name)
    const member = shape.members.get(key) ?? empty()
    shape.members.set(key, member)
    add(member, one)
  }
}

function linesAt(
  path: string,
  shape: Shape,
  timesMax: number,
  found: Record<string, string>,
): void {
  found[path] = [...shape.types].toSorted().join('|')
  const own = [...shape.members].toSorted(([a], [b]) => (a < b ? -1 : 1))
  for (const [name, member] of own) {
    // A member that only some items of a list have.
    const isSometimes = name !== '[]' && name !== '*' && countOf(member) < timesMax
    linesAt(
      `${path}${name === '[]' ? '[]' : `.${name}`}${isSometimes ? '?' : ''}`,
      member,
      member.seen,
      found,
    )
  }
}
const counts = new WeakMap<Shape, number>()
const countOf = (shape: Shape): number => counts.get(shape) ?? 0

function counted(shape: Shape, value: unknown): void {
  counts.set(shape, countOf(shape) + 1)
  if (typeof value !== 'object' || value === null) return
  for (const [name, one] of Object.entries(value)) {
    const member = shape.members.get(Array.isArray(value) ? '[]' : nameOf(name))
    if (member !== undefined) counted(member, one)
  }
}

/** By path, such as `rows[].amountFen`, the types found there; `?` where some lack it. */
export function shapeOf(value: unknown): Record<string, string> {
  const shape = empty()
  add(shape, value)
  counted(shape, value)
  const found: Record<string, string> = {}
  linesAt('', shape, shape.seen, found)
  return found
}
