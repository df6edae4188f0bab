// How a camera of one maker writes what it pushes: content in, requests out.
// Each style is a file of its own.
import type { PushPart } from './push.ts'
import type { Sighting } from './sighting.ts'

/** One sighting on its way, as a style writes it. */
export interface PushContent {
  readonly sighting: Sighting
  /** Repeat counter, starts at 1. */
  readonly posts: number
  readonly history: boolean
  readonly macAddress: string
  readonly colourInFront: boolean
  /** The parts come in another order than usual. */
  readonly reordered: boolean
}

/** How a make writes a push. */
export type PushStyle = (content: PushContent) => {
  readonly parts: readonly PushPart[]
  readonly body: Uint8Array
}
