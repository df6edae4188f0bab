// What waits for a person of the centre, and what did.
import type { BilingualText } from '../../../../firmware-runtime/core/values/fault-text.ts'

export interface MatterView {
  readonly matterId: string
  readonly lotId: string
  readonly lotName: BilingualText
  /** Empty: of the whole lot. */
  readonly nodeId: string
  readonly kind: string
  readonly detail: Readonly<Record<string, unknown>>
  readonly sinceMs: number
  readonly endedMs: number | null
  /** The row at which the feed has stopped; null: none. */
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
  'inbox.end': { args: { readonly matterId: string; readonly reason: string }; answer: null }
}
