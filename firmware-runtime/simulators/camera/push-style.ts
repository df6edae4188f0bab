// The push format of one camera maker: content in, requests out.
// Each style is a file of its own.
import type { PushPart } from './push.ts'
import type { Sighting } from './sighting.ts'

/** One sighting to be pushed, as a style gets it. */
export interface PushContent {
  readonly sighting: Sighting
  /** Repeat counter, starts at 1. */
  readonly posts: number
  readonly history: boolean
  readonly macAddress: string
  readonly colourInFront: boolean
  /** True: the parts are in an unusual order. */
  readonly reordered: boolean
}

/** The push format of a make. */
export type PushStyle = (content: PushContent) => {
  readonly parts: readonly PushPart[]
  readonly body: Uint8Array
}
