// The surveys that were under way when an antenna changed its version: the change is recorded in each, so that what was
// measured before it does not count for the antenna as it is (table D.1 rows 4 to 6).
import { canonicalJson } from '#base/pure/data/json.ts'
import type { SurveyLedger } from '../../runs/survey-ledger.ts'
import type { SetupBody } from '../../pure/file/record.ts'

export interface AntennaChange {
  /** Id and names of the lane: a survey names its lane as a person wrote it. */
  readonly lanes: readonly string[]
  readonly before: string
  readonly now: string
}

/** A survey without a record of the setup has none that could have changed. */
export function recordChange(ledger: SurveyLedger, { lanes, before, now }: AntennaChange): boolean {
  const { opened, setup } = ledger.project
  if (opened === null || setup === null || !lanes.includes(opened.lane)) return false
  if (setup.firmware === now) return false
  const earlier: SetupBody = { ...setup, firmware: setup.firmware ?? before }
  const bodies = canonicalJson(earlier) === canonicalJson(setup) ? [] : [earlier]
  ledger.addAll([...bodies, { ...setup, firmware: now }], 'etc-lane')
  return true
}
