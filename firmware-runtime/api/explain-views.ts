// What the control API says of a car beside its rows, events and frames: why, in what order, and by which rules.
// Shared with the window and with scripts.
import type { AskName } from '../core/explain/turn.ts'
import type { LaneEffect, LaneEvent, LaneStateName } from '../core/lane/lane.ts'
import type { StoryItem } from '../core/explain/story.ts'
import type { WhySection } from '../core/explain/why.ts'

export interface TurnView {
  readonly atIso: string
  readonly laneId: string
  readonly event: LaneEvent['type']
  /** The state that it led to. */
  readonly after: LaneStateName
  readonly asked: readonly { readonly ask: AskName; readonly answer: unknown }[]
  readonly did: readonly LaneEffect['do'][]
}

export interface ExplainedView {
  /** Turns of its lanes: what they were told, asked and did. */
  readonly turns: readonly TurnView[]
  /** Plain words, in the order in which people ask. */
  readonly why: readonly WhySection[]
  /** Rows, events, frames and turns in the order of time. */
  readonly story: readonly StoryItem[]
}
