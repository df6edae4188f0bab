// Calls that give out what explains a car as one file, proven by the day's tree of receipts.
// Who asked and why is a row before the file exists; whole plates are a right of their own.
import { t } from '../../core/values/fault-text.ts'
import { z } from 'zod'
import { act, reply, who } from '../rows.ts'

export interface CarFileView {
  readonly fileName: string
  /** Two lines (docs/car-format.md). */
  readonly text: string
  readonly isMasked: boolean
  /** yyyymmdd, as a number: the day whose tree has it. */
  readonly day: number
  /** Turns that come out otherwise when they are made again; 0 of a sound record. */
  readonly differences: number
}

const args = z.strictObject({ stayId: z.string().min(1).max(40), ...who })

export const explainCalls = {
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
