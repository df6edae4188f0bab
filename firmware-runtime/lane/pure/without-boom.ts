// Adapts lane effects to places without a boom: pile, handheld, gantry.
// Passes and barrier commands are removed; rows of money stay unchanged.
import type { LaneEffect } from './lane.ts'

export function withoutBoom(effect: LaneEffect): LaneEffect[] {
  if (effect.do === 'barrier') return []
  if (effect.do === 'trace' && effect.type === 'barrierCommanded') return []
  if (effect.do !== 'append') return [effect]
  const rows = effect.rows.filter(({ kind }) => kind !== 'pass' && kind !== 'barrier')
  return rows.length === 0 ? [] : [{ ...effect, rows }]
}
