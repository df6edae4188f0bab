// Free spaces of the lot, and all of them, by the board.
import type { BoardView } from '../../firmware-runtime/api/views.ts'

type Spaces = Partial<Pick<NonNullable<BoardView['status']>, 'inside' | 'capacity'>>

export function freeSpaces(status: Spaces | null): { free: number; capacity: number } {
  const { inside = 0, capacity = 0 } = status ?? {}
  return { free: Math.max(0, capacity - inside), capacity }
}
