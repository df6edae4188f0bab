// Cars that stand in a space for longer than the lot file allows.
import { many, t } from '#base/pure/words/fault-text.ts'
import { defineMatter, onStreets } from './matter.ts'

export const spaceOver = defineMatter({
  reads: 'spaces.list',
  args: { withoutDue: true },
  by: 'place.record',
  why: t(
    '先去看车在不在:它离开也可能没有被发现,费用会一直加上去',
    'Look whether the car is there: its departure may have been missed, and the amount keeps growing',
  ),
  button: t('看泊位', 'See the spaces'),
  to: '/spaces',
  rowsOf: ({ rows }) =>
    onStreets(
      rows,
      ({ stay }) => stay?.overIso ?? null,
      (street, spaces, count) =>
        t(
          `${street} ${count} 辆车停放超时:${spaces}`,
          `${many(count, 'car')} in ${street} over the time limit: ${spaces}`,
        ),
    ),
})
