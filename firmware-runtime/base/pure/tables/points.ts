// Balances of points of another system as a table: number of the member, points, last day.
import { t } from '../words/fault-text.ts'
import { day, integer, text } from './cells.ts'
import { lastDayHeads, memberHeads } from './headings.ts'
import { defineImport } from './table.ts'

const pointsMax = 10_000_000

export const pointsTable = defineImport({
  imports: {
    words: t('导入积分', 'Points brought'),
    why: t(
      '列:编号、积分、截止日。表格里没有的会员不变;导入过的编号改成表格里的数。',
      'Columns: no, points, until. Members not in the table do not change; numbers imported before are set to the points in the table.',
    ),
    reasons: 'members',
    bytesMax: 200_000,
  },
  name: t('积分', 'points'),
  key: 'no',
  twice: t('编号重复', 'this number stands twice'),
  rowsMax: 2_000,
  code: 'POINTS-02',
  columns: {
    no: {
      zh: '编号',
      also: memberHeads,
      cell: text({ example: 'P-001', help: t('积分会员的编号', 'the number of a points member') }),
    },
    points: {
      zh: '积分',
      also: ['积分余额', '剩余积分', '可用积分', '当前积分'],
      cell: integer(
        '100',
        { digits: 8, max: pointsMax },
        t(`积分为 0 到 ${pointsMax} 的整数`, `points from 0 to ${pointsMax}`),
      ),
    },
    until: { zh: '截止日', also: lastDayHeads, cell: day('2026-12-31') },
  },
})
