// Booms that tests raised, with what their inputs show now: whether one may be lowered is seen here before a person presses.
import type { BarrierPosition, LoopState } from '../pure/lane/barrier.ts'
import type { RaisedBoom } from '#base/pure/lot/raised-boom.ts'
import type { TriedEnd } from './tried-views.ts'

export interface RaisedBoomView extends RaisedBoom {
  /** By the inputs; `unknown`: they do not tell, or the barrier is not connected. */
  readonly position: BarrierPosition
  /** The safety loop. `none`: no loop is fitted, so nothing lowers the boom but a person beside it. */
  readonly under: LoopState | 'none'
  readonly isReached: boolean
  /** A person pressed, and the boom is on its way. */
  readonly isLowering: boolean
  /** How the last press ended; null: none yet. */
  readonly end: TriedEnd | null
}

export interface RaisedBoomsView {
  readonly rows: readonly RaisedBoomView[]
}
