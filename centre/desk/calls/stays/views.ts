// Stays found by plate or number, and one stay with the rows that it is made of.
import type { BilingualText } from '#base/pure/words/fault-text.ts'
import type { Streamed } from '../../streamed-rows.ts'
import type { SignatureView } from '../lots/views.ts'

/** The stay behind which the next page begins. */
export interface StayPlace {
  readonly enteredMs: number
  readonly lotId: string
  readonly nodeId: string
  readonly stayId: string
}

export interface StayView extends StayPlace {
  readonly lotName: BilingualText
  readonly plate: string | null
  readonly colour: string
  /** Null: it is open. */
  readonly leftMs: number | null
  readonly ended: string | null
  readonly noEntry: boolean
  readonly entryLane: string | null
  readonly exitLane: string | null
  readonly orderFen: number
  readonly paidFen: number
  readonly backFen: number
  readonly firstSeq: number
  readonly lastSeq: number
  readonly oddClock: boolean
}

/**
 * How a word was understood: a whole plate, its first or last characters, the number of a stay or of an order. `short`: fewer
 * than three characters.
 */
export type FoundBy = 'plate' | 'start' | 'tail' | 'stay' | 'order' | 'short'

interface StayAsk {
  /** `*` for all lots of the person. */
  readonly lotId: string
  readonly word: string
}

/** A row of a stay, and the batch that holds it. */
export interface StoryRow {
  readonly seq: number
  /** Members of its canonical text, with `body` as the object that it is; null: it cannot be read. */
  readonly row: Readonly<Record<string, unknown>> | null
  /** In `batches`. */
  readonly batch: number
}

interface StoryBatch extends SignatureView {
  readonly fromSeq: number
  readonly toSeq: number
  readonly serial: string
}

export interface StoryView {
  readonly stay: StayView
  readonly lanes: readonly { readonly laneId: string; readonly name: BilingualText }[]
  readonly rows: readonly StoryRow[]
  readonly batches: readonly StoryBatch[]
  /** Rows between its first and last one whose texts are withheld: any may be its own. At most 100. */
  readonly withheld: readonly number[]
  /** Rows that name it and that a person set aside: its sums lack them. At most 100. */
  readonly aside: readonly number[]
  /** Rows between its first and last one that were not read, since they are too many. */
  readonly unread: number
}

export interface StaysCalls {
  /** Newest first, 100 a page. */
  'stays.find': {
    args: StayAsk & { readonly after: StayPlace | null }
    answer: {
      readonly by: FoundBy
      readonly stays: readonly StayView[]
      readonly next: StayPlace | null
    }
  }
  /** All of the same with masked plates, for a file. */
  'stays.export': { args: StayAsk; answer: Streamed<StayView> }
  'stays.story': {
    args: { readonly lotId: string; readonly nodeId: string; readonly stayId: string }
    answer: StoryView
  }
}
