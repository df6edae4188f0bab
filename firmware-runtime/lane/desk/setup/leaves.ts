// The values of an object with their paths: one line for each value of a file.
// An absent member has no line.
type Value = string | number | boolean | null

export interface Leaf {
  readonly path: readonly string[]
  readonly value: Value
}

export function leavesOf(value: unknown, path: readonly string[] = []): readonly Leaf[] {
  if (typeof value !== 'object' || value === null) return [{ path, value: value as Value }]
  return Object.entries(value).flatMap(([name, member]) =>
    member === undefined ? [] : leavesOf(member, [...path, name]),
  )
}
