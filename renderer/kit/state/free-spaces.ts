// Free spaces of the lot, and all of them, by the board.
import type { BoardView } from '#lane/calls/views.ts'

type Spaces = Partial<Pick<NonNullable<BoardView['status']>, 'free' | 'capacity'>>

export function freeSpaces(status: Spaces | null): { free: number; capacity: number } {
  const { free = 0, capacity = 0 } = status ?? {}
  return { free, capacity }
}
