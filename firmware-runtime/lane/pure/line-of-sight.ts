// Whether a box in a plan hides one place from another: a line against a rectangle, edges included.
// Millimetres; what only touches an edge counts as hidden.

export interface Place {
  readonly x: number
  readonly y: number
}

interface Box {
  readonly from: Place
  readonly to: Place
}

/** The part of the line between two parallel edges, as fractions of its length; null: outside. */
function within(start: number, way: number, low: number, high: number): [number, number] | null {
  if (way === 0) return start < low || start > high ? null : [0, 1]
  const [a, b] = [(low - start) / way, (high - start) / way]
  return [Math.min(a, b), Math.max(a, b)]
}

export function hides({ from, to }: Box, eye: Place, seen: Place): boolean {
  const along = within(eye.x, seen.x - eye.x, from.x, to.x)
  const across = within(eye.y, seen.y - eye.y, from.y, to.y)
  if (along === null || across === null) return false
  return Math.max(along[0], across[0], 0) <= Math.min(along[1], across[1], 1)
}
