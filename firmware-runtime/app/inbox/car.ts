// Cars that wait in a lane for a person.
import { t } from '../../core/values/fault-text.ts'
import { needOf } from '../../core/values/manual-reason.ts'
import { defineMatter } from './matter.ts'

export const car = defineMatter({
  reads: 'board.get',
  by: 'lane.open',
  why: t('车停在杆前,后面的车也走不了', 'It stands before the boom, and so do the cars behind it'),
  button: t('去车道', 'To the lane'),
  to: '/lane',
  rowsOf: ({ lanes }) =>
    lanes.flatMap(({ laneId, name, place, car: one }) => {
      if (one === null || needOf(one) === null) return []
      const { plate, sinceIso } = one
      const what = t(
        `${name.zh}:${plate ?? '没有读到车牌的车'} 在等人处理`,
        `${name.en}: ${plate ?? 'a car without a plate reading'} waits for a person`,
      )
      const to = place === undefined ? '/lane' : '/devices/places'
      return [{ key: `${laneId} ${sinceIso}`, what, sinceIso, isUrgent: true, to }]
    }),
})
