// Cars that wait in a lane for a person.
import { t } from '#base/pure/words/fault-text.ts'
import { defineMatter, onBoard } from './matter.ts'

export const car = defineMatter({
  reads: 'board.get',
  by: 'lane.open',
  why: t('车停在杆前,后面的车也走不了', 'It stands before the boom, and so do the cars behind it'),
  button: t('去车道', 'To the lane'),
  to: '/lane',
  rowsOf: onBoard('car', ({ plate }, { zh, en }) =>
    t(
      `${zh}:${plate ?? '没有读到车牌的车'} 在等人处理`,
      `${en}: ${plate ?? 'a car without a plate reading'} waits for a person`,
    ),
  ),
})
