// What waits for a person of the centre, and what did.
import type { BilingualText } from '#base/pure/words/fault-text.ts'

export interface MatterView {
  readonly matterId: string
  readonly lotId: string
  readonly lotName: BilingualText
  /** Empty: of the whole lot. */
  readonly nodeId: string
  readonly kind: string
  /** What of the lot; null: the kind says it all. */
  readonly what: BilingualText | null
  readonly detail: Readonly<Record<string, unknown>>
  readonly sinceMs: number
  readonly endedMs: number | null
  /** Who has taken it, and when; null: nobody. */
  readonly taken: { readonly name: string; readonly atMs: number } | null
  /** It is not told and makes no sound until then; null: it is not quiet. */
  readonly quietMs: number | null
  /** Ways that were told its begin, oldest first. */
  readonly told: readonly { readonly way: 'mail' | 'webhook'; readonly atMs: number }[]
  /** Ways that could not be told, and why. */
  readonly failing: readonly { readonly way: 'mail' | 'webhook'; readonly why: string }[]
  /** The row at which the feed, or its fold, has stopped, and which a person may let pass; null: none. */
  readonly aside: { readonly seq: number; readonly digest: string; readonly why: string } | null
}

export interface InboxCalls {
  /** Open ones first, then the last ended ones. */
  'inbox.list': { args: object; answer: readonly MatterView[] }
  'inbox.pass': {
    args: {
      readonly lotId: string
      readonly nodeId: string
      readonly seq: number
      readonly digest: string
      readonly reason: string
    }
    answer: null
  }
  /** It is told no further, and makes no sound. */
  'inbox.take': { args: { readonly matterId: string }; answer: null }
  'inbox.quiet': {
    args: { readonly matterId: string; readonly minutes: number; readonly reason: string }
    answer: null
  }
  /** Neither taken nor quiet any more. */
  'inbox.release': { args: { readonly matterId: string }; answer: null }
  /** Throws CENTRE-40 for a matter that ends by itself. */
  'inbox.end': { args: { readonly matterId: string; readonly reason: string }; answer: null }
}
