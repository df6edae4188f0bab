// The requests of the test to the runtime that it will kill, and the answers.
// Types only: both sides import them, so that they agree.
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import type { LaneEvent } from '#lane/pure/lane.ts'
import type { KillPoint } from './points.ts'

export type Ask =
  | { readonly do: 'look' | 'retry' | 'fold' | 'stop' }
  | { readonly do: 'arm'; readonly point: KillPoint | null }
  | { readonly do: 'settle'; readonly laneId: string; readonly means: 'cash' | 'later' }
  | { readonly do: 'open'; readonly laneId: string }
  | { readonly do: 'inside'; readonly rows: readonly RowDraft[] }
  | { readonly do: 'skip'; readonly ms: number }
  /** A patrol car stands beside a space, and its driver has read the plate there. */
  | {
      readonly do: 'record'
      readonly laneId: string
      readonly event: Extract<LaneEvent, { type: 'record' }>
    }

export interface LaneLook {
  readonly name: string
  readonly manual: string | null
  readonly position: string
  readonly arrive: string
  readonly under: string
  readonly rsuUp: boolean
}

export interface Look {
  readonly lanes: Readonly<Record<string, LaneLook>>
  readonly unsent: number
  readonly aside: number
  readonly unknown: number
  readonly exposureFen: number
  readonly signedIn: boolean
  /** Number of PSAMs that the platform has signed in. */
  readonly psams: number
  /** Spaces that a watcher has reported since the start. */
  readonly watched: readonly string[]
}

export interface Answer {
  readonly look?: Look
  readonly fold?: string
}
