// Members of a lot: plates that park by a period pass, a white list, as emergency vehicles or visitors, or earn points.
// Their rows are the one record of who was a member when; money/pure/member folds and prices them.
import type { InstantMs } from '../values/instant.ts'

export const memberKinds = ['period', 'white', 'emergency', 'visitor', 'points'] as const
export type MemberKind = (typeof memberKinds)[number]

export interface Member {
  /** Number assigned by the lot; issuing the same number again replaces the entry. */
  readonly no: string
  /** `points`: it pays as any car, and earns points. */
  readonly kind: MemberKind
  readonly name: string
  /** In normal form. Of emergency vehicles also `*` with the last character, as in `*警`. */
  readonly plates: readonly string[]
  /** Number of plates covered at the same time; null: all. */
  readonly spaces: number | null
  /** Parts of the lot; null: all of it. */
  readonly areas: readonly string[] | null
  /** First and last day, both included: yyyy-mm-dd of +08:00. */
  readonly from: string
  readonly until: string | null
}

export type MemberRow =
  | { readonly row: 'issued'; readonly member: Member }
  /** Reversed from the time of this row on. */
  | { readonly row: 'reversed'; readonly no: string }

/** A stretch of a stay that a member covered. */
export interface CoverPart {
  readonly no: string
  readonly fromMs: InstantMs
  readonly toMs: InstantMs
}
