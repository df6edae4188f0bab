// How a device was met, as screens and commands show it: what is known before the first write, and where
// a value came from that no trial of a person wrote.
import type { ContactState, OriginOf } from '../core/configure/contact.ts'

export interface ContactView {
  /** `asking`: nothing was written; a person says the power, by the first write. */
  readonly state: ContactState
}

export interface OriginView {
  readonly from: OriginOf
  readonly atIso: string
}
