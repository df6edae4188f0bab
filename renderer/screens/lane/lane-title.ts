// The words over a lane: what its machine does, and of the boom only what its position input says.
// A lane that was told to open is not open; an empty one whose antenna is out cannot do ETC.
import type { LaneView } from '../../../firmware-runtime/api/views.ts'

/** Name of the state among the words of `lane.state`. */
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

/** States that somebody has to look at. */
export const isBadTitle = (title: string): boolean =>
  ['manual', 'noEtc', 'notOpened'].includes(title)
