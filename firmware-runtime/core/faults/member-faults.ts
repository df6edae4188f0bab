// Faults of members: period passes, white list, emergency vehicles, visitors.
// Rows of the table in faults.ts. These faults stop no lane.
import { t } from '../values/fault-text.ts'
import type { FaultRow } from '../values/fault-text.ts'

const listStays = t('名单没有改动,车道照常运行', 'The list was not changed; the lanes keep running')

export const memberFaults = {
  'MEMBER-01': {
    what: t('名单的一项不合规定', 'An entry of the list breaks a rule'),
    means: listStays,
    todo: t('改正所示的一项', 'Correct the field shown'),
  },
  'MEMBER-02': {
    what: t(
      '这辆车在同一时间已有同类的一项',
      'This car already has an entry of this kind for that time',
    ),
    means: listStays,
    todo: t('续期原来的一项,或先收回它', 'Renew the existing entry, or withdraw it first'),
  },
  'MEMBER-03': {
    what: t('名单里没有这个编号', 'The list has no entry with this number'),
    means: listStays,
    todo: t('刷新名单再看', 'Refresh the list and look again'),
  },
  'MEMBER-04': {
    what: t('看过差异之后名单又变了', 'The list changed after you looked at the differences'),
    means: listStays,
    todo: t('重新看一次差异再写入', 'Look at the differences again, then write'),
  },
  'MEMBER-05': {
    what: t('文件里有不合规定的行', 'Some lines of the file break a rule'),
    means: t('没有写入任何一行', 'No line was written'),
    todo: t('改正所示的行,重新导入', 'Correct the lines shown and import the file again'),
  },
} as const satisfies Record<string, FaultRow>
