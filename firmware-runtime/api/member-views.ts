// What the calls of members answer: the list with who is inside, and what a file would change of it.
// The shape of a member is that of its rows in the ledger.
import type { PayAttemptView } from './calls/pay.ts'
import type { BadCell } from '../core/values/tables/table.ts'
import type { MemberDiff } from '../core/member/member-diff.ts'
import type { Member } from '../core/values/rows/member-row.ts'

export interface MemberInside {
  readonly plate: string
  readonly stayId: string
  readonly enteredAtIso: string
  /** It has one of the spaces now; else its others have them all, and it pays as any car. */
  readonly isCovered: boolean
}

export interface MemberView {
  readonly member: Member
  readonly state: 'valid' | 'notYet' | 'expired'
  /** Whole days left, today included; null without an end. */
  readonly daysLeft: number | null
  readonly inside: readonly MemberInside[]
}

export interface MembersView {
  readonly rows: readonly MemberView[]
  /** Of the list as it is: a file is written only over the list that its difference was shown of. */
  readonly digest: string
  /** Parts of the lot that its entry lanes lead into. */
  readonly areas: readonly string[]
  readonly todayIso: string
}

/** What a pass was sold for, at every sale of its number. */
export interface SaleMoney {
  readonly payments: readonly PayAttemptView[]
  readonly paidFen: number
  /** What may still go back. */
  readonly leftFen: number
}

export interface UnusualPlates {
  /** Plates that are taken, and that a person should look at again: core/values/plates/plate.ts. */
  readonly unusual: readonly string[]
}

/** What a file would do; nothing is written by looking. */
export interface MembersDiffView extends MemberDiff, UnusualPlates {
  /** None: it can be written. */
  readonly bad: readonly BadCell[]
  readonly digest: string
}
