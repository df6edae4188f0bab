// What the attendant of a simulated lot does about a car that waits: takes notes and gives change, or lets it go.
// Pure: the draw and the number of the act come from the driver.
import type { LaneEvent } from '../../core/lane/lane.ts'
import type { Fen } from '../../core/values/fen.ts'

/** Drivers who pay in cash give notes of this. */
const noteFen = 2_000

export const attendantSettles = (
  means: 'cash' | 'later',
  dueFen: Fen,
  commandId: string,
): Extract<LaneEvent, { type: 'settle' }> => ({
  type: 'settle',
  means,
  amountFen: null,
  ...(means === 'cash' ? { givenFen: Math.ceil(dueFen / noteFen) * noteFen } : {}),
  act: { by: 'simulated attendant', role: 'attendant', reason: 'simulation', commandId },
})
