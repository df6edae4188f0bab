// Faults of people's acts on cars, stays and records. Rows of the one table in faults.ts.
// Codes are never reused.
import { t } from './fault-text.ts'
import type { FaultRow } from './fault-text.ts'

export const actFaults = {
  'ACT-01': {
    what: t(
      '这个 commandId 属于先前另一个操作',
      'This commandId belongs to another command given before',
    ),
    means: t(
      '这次没有执行;先前那个操作照旧有效',
      'Nothing was done now; the earlier command stands',
    ),
    todo: t('给这个操作一个新的 commandId 再试', 'Give this command an id of its own'),
  },
} as const satisfies Record<string, FaultRow>
