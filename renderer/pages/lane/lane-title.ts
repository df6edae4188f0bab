// The state of a lane in words: what its state machine does; the boom's state comes only from its position input.
// A lane that was commanded to open is not called open; an empty lane with a lost antenna cannot do ETC.
import type { LaneView } from '#lane/calls/views.ts'

/** Key of the state in `lane.state` of the catalogue. */
export function laneTitle({
  state,
  barrier,
  car,
}: Pick<LaneView, 'state' | 'barrier'> & Partial<Pick<LaneView, 'car'>>): string {
  if (state !== 'opening') return state
  if (car?.notOpenedSinceIso !== undefined) return 'notOpened'
  if (barrier.position === 'open' || barrier.position === 'heldOpen') return 'opening'
  return barrier.position === 'opening' ? 'rising' : 'told'
}

/** States that need a person's attention. */
export const isBadTitle = (title: string): boolean =>
  ['manual', 'noEtc', 'notOpened'].includes(title)
