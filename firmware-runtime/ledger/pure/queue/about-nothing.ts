// Driver feedback (P36) is sent again while its subject may still reach the platform: its charge, or, for a result, the
// feedback itself. If no older record is under way and a day has passed, that is impossible: the record is set aside for a
// person.
import { dayMs } from '#base/pure/values/instant.ts'
import type { OutboxKind } from '#base/pure/rows/ledger-row.ts'
import type { OutboxRecord, OutboxRecords } from './records.ts'

/** Answers in a row: a platform may need a moment for what it has just taken. */
const answersMin = 5

const about: readonly OutboxKind[] = ['charge', 'exitUpload', 'feedback']

export function isAboutNothing(
  records: OutboxRecords,
  { op, destination, seq, rounds, atMs }: OutboxRecord,
  nowMs: number,
): boolean {
  if (op !== 'feedback' && op !== 'feedbackState') return false
  if (rounds < answersMin || nowMs - atMs < dayMs) return false
  return about.every((kind) => (records.next(kind, destination, 0)?.seq ?? seq) >= seq)
}
