// The page /points.
import { t } from '#base/pure/words/fault-text.ts'
import { pointsTable } from '#base/pure/tables/points.ts'
import type { Page } from '../../kit/page.ts'

export const page = {
  path: '/points/:thing?',
  place: 'money',
  order: 90,
  title: t('会员积分', 'Points'),
  also: t('会员 积分', 'Loyalty'),
  reads: 'points.list',
  list: {
    keyOf: ({ no }) => no,
    nameOf: ({ no, name }) => `${no} ${name}`,
    empty: {
      title: t('还没有积分会员', 'No member has points yet'),
      why: t(
        '在“月租与名单”里加上类别为积分会员的车,在“收费标准”里写上积分规则。',
        'Add cars of the kind Points on the page "Passes and lists", and enter the points rules in the tariff.',
      ),
    },
    saves: { name: pointsTable.name, needs: 'members.export' },
    columns: [
      [
        'no',
        t('编号', 'Number'),
        ({ no }) => no,
        { look: 'figures', sum: (_rows, words) => words.t('csv.sum') },
      ],
      ['name', t('会员', 'Member'), ({ name }) => name],
      [
        'plates',
        t('车牌', 'Plates'),
        (row, { plate }) => row.plates.map(plate).join(' '),
        'figures',
      ],
      [
        'balance',
        t('积分', 'Points'),
        ({ points: balance }) => String(balance),
        {
          look: 'number',
          shape: 'number',
          order: ({ points: balance }) => balance,
          sum: (rows) => rows.reduce((sum, { points: balance }) => sum + balance, 0),
        },
      ],
      ['acts'],
    ],
  },
} as const satisfies Page<'points.list'>
