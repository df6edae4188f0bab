// A plate stands with one member of a kind at a time.
import { LaneFault } from '#base/pure/faults/faults.ts'
import { t } from '#base/pure/words/fault-text.ts'
import type { Member } from '#base/pure/rows/member-row.ts'
import { memberTwice } from './member-rules.ts'

/** MEMBER-02 for a plate that two members have. */
export function mustBeOnce(members: readonly Member[]): void {
  const twice = memberTwice(members)
  if (twice === null) return
  const note = t(`已在编号 ${twice.otherNo} 中`, `already in number ${twice.otherNo}`)
  throw new LaneFault('MEMBER-02', { field: '/member/plates', value: twice.plate, note })
}
