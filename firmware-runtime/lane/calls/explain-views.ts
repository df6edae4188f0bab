// The explanation of a car in the control API, beside its rows, events and frames: reasons, order of events, and rules.
// Shared with the window and with scripts.
import type { AskName } from '../pure/explain/turn.ts'
import type { LaneEffect, LaneEvent, LaneStateName } from '../pure/lane.ts'
import type { StoryItem } from '../pure/explain/story.ts'
import type { WhySection } from '../pure/explain/why.ts'

export interface TurnView {
  readonly atIso: string
  readonly laneId: string
  readonly event: LaneEvent['type']
  /** The state of the lane after it. */
  readonly after: LaneStateName
  readonly asked: readonly { readonly ask: AskName; readonly answer: unknown }[]
  readonly did: readonly LaneEffect['do'][]
}

export interface ExplainedView {
  /** Turns of its lanes: inputs, queries and effects. */
  readonly turns: readonly TurnView[]
  /** Reasons in plain words, in the order of common questions. */
  readonly why: readonly WhySection[]
  /** Rows, events, frames and turns in order of time. */
  readonly story: readonly StoryItem[]
}
