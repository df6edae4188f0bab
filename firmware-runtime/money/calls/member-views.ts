// Answers of the calls about members: the list with the cars inside, and what a file would change. A member has the
// shape of its ledger rows.
import type { PayAttemptView } from './pay.ts'
import type { Member } from '#base/pure/rows/member-row.ts'

export interface MemberInside {
  readonly plate: string
  readonly stayId: string
  readonly enteredAtIso: string
  /** It has one of the member's spaces; else its other cars have them all, and it pays like any car. */
  readonly isCovered: boolean
}

export interface MemberView {
  readonly member: Member
  readonly state: 'valid' | 'notYet' | 'expired'
  /** Whole days left, today included; null: no end. */
  readonly daysLeft: number | null
  readonly inside: readonly MemberInside[]
}

export interface MembersView {
  readonly rows: readonly MemberView[]
  /** Digest of the current list: a file is imported only over the list with which it was compared. */
  readonly digest: string
  /** Parts of the lot that its entry lanes lead into. */
  readonly areas: readonly string[]
  readonly todayIso: string
}

/** The price of a pass, over all sales of its number. */
export interface SaleMoney {
  readonly payments: readonly PayAttemptView[]
  readonly paidFen: number
  /** Amount that may still be refunded. */
  readonly leftFen: number
}

export interface UnusualPlates {
  /** Plates that are accepted but should be checked by a person: base/pure/plates/plate.ts. */
  readonly unusual: readonly string[]
}
