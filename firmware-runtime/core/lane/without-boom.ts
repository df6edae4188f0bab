// What a lane does for a car, as far as it is done where nothing opens: at a pile, a handheld or a gantry.
// Passes and commands of the boom fall away; rows of the money stand as they were.
import type { LaneEffect } from './lane.ts'

export function withoutBoom(effect: LaneEffect): LaneEffect[] {
  if (effect.do === 'barrier') return []
  if (effect.do === 'trace' && effect.type === 'barrierCommanded') return []
  if (effect.do !== 'append') return [effect]
  const rows = effect.rows.filter(({ kind }) => kind !== 'pass' && kind !== 'barrier')
  return rows.length === 0 ? [] : [{ ...effect, rows }]
}
