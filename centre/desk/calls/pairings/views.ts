// Lots that ask to join.
import type { BilingualText } from '#base/pure/words/fault-text.ts'

export interface PairingView {
  readonly pairingId: string
  readonly lotId: string
  readonly name: BilingualText
  readonly address: string
  /** Six, as the lot shows them. */
  readonly digits: string
  readonly askedMs: number
  /** The lot has certificates, which end when this request is accepted. */
  readonly replaces: boolean
}

export interface PairingCalls {
  'pairings.list': { args: object; answer: readonly PairingView[] }
  'pairings.accept': {
    /** `digits`: those that the person saw. `reason`: required where certificates are replaced. */
    args: { readonly pairingId: string; readonly digits: string; readonly reason: string }
    answer: null
  }
  'pairings.refuse': { args: { readonly pairingId: string; readonly reason: string }; answer: null }
}
