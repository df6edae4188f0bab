// The first contact with a device, for screens and commands: what was known before the first write, and the origin of
// values that no trial by a person wrote.
import type { ContactState, OriginOf } from '../pure/configure/contact.ts'

export interface ContactView {
  /** `asking`: nothing was written; a person decides the power with the first write. */
  readonly state: ContactState
}

export interface OriginView {
  readonly from: OriginOf
  readonly atIso: string
}
