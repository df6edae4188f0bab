// Calls that explain a car: its timeline, and its explanation as one file, proven by the day's tree of receipts. A row records who
// requested it and why before the file exists; whole plates need a right of their own.
import { t } from '#base/pure/words/fault-text.ts'
import { z } from 'zod'
import { act, read, reply, who } from '#base/calls/rows.ts'
import type { TimelineView } from './views.ts'

export interface CarFileView {
  readonly fileName: string
  /** Two lines (docs/car-format.md). */
  readonly text: string
  readonly isMasked: boolean
  /** Day whose tree contains it, as the number yyyymmdd. */
  readonly day: number
  /** Number of turns whose replay gives another result; 0 for an intact record. */
  readonly differences: number
}

const args = z.strictObject({ stayId: z.string().min(1).max(40), ...who })

export const explainCalls = {
  'ledger.timeline': read(
    'desk',
    () => z.strictObject({ stayId: z.string().min(1).max(40) }),
    reply<TimelineView>(),
    { rest: 'folder', command: 'explain show' },
  ),
  /** Plates and card numbers are masked, pictures are left out. */
  'explain.file': act('desk', args, reply<CarFileView>(), {
    document: true,
    words: t('导出说明页', 'Page of a car exported'),
  }),
  'explain.wholeFile': act('plates', args, reply<CarFileView>(), {
    document: true,
    words: t('导出完整说明页', 'Whole page of a car exported'),
  }),
} as const
