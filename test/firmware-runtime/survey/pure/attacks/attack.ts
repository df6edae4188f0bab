// A fact that must not pass: the rule that it breaks (section of the survey rules, or the printed row), the row, and the change
// of a whole survey.
import type { ItemId, Verdict } from '#survey/pure/file/record.ts'
import type { Change } from './change.ts'

export interface Attack {
  readonly rule: string
  readonly row: ItemId
  readonly what: string
  readonly change: Change
  /** Absent: any verdict but a pass. */
  readonly is?: Verdict
  /** Survey to change; absent: the one that passes row 5 by the field. */
  readonly from?: 'tries'
}

export const attack = (rule: string, row: ItemId, what: string, change: Change): Attack => ({
  rule,
  row,
  what,
  change,
})
export const failing = (one: Attack): Attack => ({ ...one, is: 'fail' })
export const byTries = (one: Attack): Attack => ({ ...one, from: 'tries' })
