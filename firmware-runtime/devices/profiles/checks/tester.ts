// Checks the column map of a tester: overlapping columns, a decimal sign that separates columns, names without a
// header, and a missing example, without which nothing proves that the map fits the file.
import { bothOf } from '#base/pure/words/fault-text.ts'
import { testerMapOf } from '../../pure/field/tester-rows.ts'
import type { Findings } from '../findings.ts'
import type { Profile } from '../schema.ts'
import { findingWords as words } from '../finding-words.ts'

export const testerRows = 'tester-rows'

export function checkTester(p: Profile, findings: Findings): void {
  const read = testerMapOf(p.protocol.data ?? {})
  if (!read.ok)
    for (const { member, value, note } of read.faults)
      findings.add('PROFILE-14', ['protocol', 'data', member], value, bothOf(note))
  if (!p.examples.some(({ expect }) => expect.as === testerRows))
    findings.add('PROFILE-08', '/examples', '', words.rowsNeeded())
}
