// Cars in spaces whose plate nothing has read, although a reading was to be expected by now.
import { many, t } from '../../core/values/fault-text.ts'
import { minuteMs } from '../../core/values/instant.ts'
import { defineMatter, onStreets } from './matter.ts'

/** A pile tries for the last time after 10 minutes; for people and patrol cars no text states a time. Assumed. */
const readWithinMs = 15 * minuteMs

export const spaceUnread = defineMatter({
  reads: 'spaces.list',
  by: 'place.record',
  why: t(
    '没有车牌就没有门架能扣,车主也查不到;趁车还在,用手持机采集',
    'Without a plate no gantry can charge it and its driver cannot find it: read it with a handheld while it stands there',
  ),
  button: t('看泊位', 'See the spaces'),
  to: '/spaces',
  rowsOf: ({ rows }, { nowMs }) =>
    onStreets(
      rows,
      ({ stay }) =>
        stay === null || stay.plate !== null || stay.isRead
          ? null
          : nowMs - Date.parse(stay.enteredAtIso) < readWithinMs
            ? null
            : stay.enteredAtIso,
      (street, spaces, count) =>
        t(
          `${street} ${count} 辆车没有读到车牌:${spaces}`,
          `${many(count, 'car')} in ${street} without a plate: ${spaces}`,
        ),
    ),
})
