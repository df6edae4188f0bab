// Faults of the list of cars inside: import from another system, and a recount.
// Rows of the table in faults.ts. These faults stop no lane.
import { t } from '../values/fault-text.ts'
import type { FaultRow } from '../values/fault-text.ts'

export const insideFaults = {
  'INSIDE-01': {
    what: t('文件里有不合规定的行', 'Some lines of the file break a rule'),
    means: t('没有写入任何一辆车', 'No car was written'),
    todo: t('改正所示的行,重新导入', 'Correct the lines shown and import the file again'),
  },
  'INSIDE-02': {
    what: t(
      '看过差异之后场内车辆又变了',
      'The cars inside changed after you looked at the differences',
    ),
    means: t('没有写入任何一辆车', 'No car was written'),
    todo: t('重新看一次差异再写入', 'Look at the differences again, then write'),
  },
  'INSIDE-03': {
    what: t('有一辆车现在不能记为不在场', 'One of the cars cannot be marked as gone now'),
    means: t('没有结束任何停车记录', 'No stay was closed'),
    todo: t(
      '去掉所示的一辆,或等它离场、扣费有结果',
      'Leave out the car shown, or wait until it has left or its charge has a result',
    ),
  },
} as const satisfies Record<string, FaultRow>
