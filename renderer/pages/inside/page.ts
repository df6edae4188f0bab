// The page /inside.
import { t } from '#base/pure/words/fault-text.ts'
import { insideTable } from '#base/pure/tables/inside.ts'
import type { Page } from '../../kit/page.ts'

export const page = {
  path: '/inside',
  place: 'booth',
  order: 20,
  title: t('场内车辆', 'Cars inside'),
  also: t('在场 盘点 车位', 'Present recount spaces'),
  reads: 'inside.list',
  list: {
    keyOf: ({ stayId }) => stayId,
    opens: ({ stayId }) => `/ledger/${encodeURIComponent(stayId)}`,
    search: t('查找车牌', 'Find a plate'),
    empty: {
      title: t('场内没有车', 'No car is inside'),
      why: t(
        '每辆车入场后在这里占一行,离场后消失。换系统当天,从原来的系统导出场内车辆的表格,在这里导入。',
        'Each car is listed here from entry until it leaves. On the day you change systems, export a table of cars inside from the old system and import it here.',
      ),
    },
    saves: { name: insideTable.name, needs: 'members.export' },
    columns: [
      ['there', t('在场', 'Inside')],
      ['plate', t('车牌', 'Plate'), ({ plate }, words) => words.plate(plate), 'figures'],
      [
        'entered',
        t('入场时间', 'Entered'),
        ({ enteredAtIso }, words) => words.dateTime(enteredAtIso),
        { look: 'figures', shape: 'time' },
      ],
      ['bar'],
    ],
  },
} as const satisfies Page<'inside.list'>
