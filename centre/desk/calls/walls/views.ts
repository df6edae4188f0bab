// Screens that a person has left open: they show the day and the lots, and nothing else.
import type { SessionView } from '../session/views.ts'

export interface WallView {
  readonly wallId: string
  readonly name: string
  readonly sinceMs: number
  /** When it last asked. */
  readonly seenMs: number
}

export interface WallCalls {
  /** Those of the person. */
  'walls.list': { args: object; answer: readonly WallView[] }
  /** Makes this browser one; the person's session in it ends. */
  'walls.open': { args: { readonly name: string }; answer: SessionView }
  'walls.end': { args: { readonly wallId: string }; answer: null }
}
